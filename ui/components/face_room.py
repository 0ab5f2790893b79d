"""The room of a face that is seen in the browser alone: open it, let it speak, close it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from memory.errors import SelfsameError
from persona.face.specs import SPECS, chosen_face
from persona.voice.clauses import in_clauses
from ui import session
from ui.session import Scene
from ui.wording import safe

if TYPE_CHECKING:
    from persona.face.adapters.live_avatar import LiveAvatarFace

_OPENED = "face_room"
_RATE = 24_000
_SENTENCE = "Hello, it's lovely to meet you at last."


@dataclass(slots=True)
class _Opened:
    """A room that is open."""

    face: "LiveAvatarFace"
    link: str = ""
    notices: list[str] = field(default_factory=list[str])
    """Not empty once the room is lost."""


def draw_face_room(scene: Scene) -> None:
    """Draw the room, where the chosen face has one."""
    desk = session.workshop().face_desk(scene.twin)
    spec = SPECS[chosen_face(session.settings(), desk.profile).partition(":")[0]]
    if not spec.in_room:
        return
    st.subheader(f"The room of {spec.title}", anchor=False)
    st.caption(
        f"{spec.title} sends its pictures to your browser alone, through a room in LiveKit's own "
        "page. Films and the talk page show the face of this machine instead."
    )
    opened: _Opened | None = st.session_state.get(_OPENED)
    if opened is not None:
        _draw_open(scene, opened)
    elif st.button("Open the room", icon=":material/meeting_room:", key="room_open"):
        _open(scene)


def _open(scene: Scene) -> None:
    from persona.face.face import FaceSession, Room

    notices: list[str] = []
    try:
        opened = _Opened(session.workshop().room_face(scene.twin, notices.append), notices=notices)
        opened.face.start(FaceSession(sample_rate=_RATE))
    except SelfsameError as error:
        st.error(session.explain(error))
        return
    opened.link = next((e.link for e in opened.face.events() if isinstance(e, Room)), "")
    if opened.notices:
        _lost(opened)
        return
    st.session_state[_OPENED] = opened
    st.rerun()


def _draw_open(scene: Scene, opened: _Opened) -> None:
    st.link_button("See it", opened.link, icon=":material/open_in_new:")
    text = st.text_input("What it says there", value=_SENTENCE, key="room_words")
    with st.container(horizontal=True):
        say = st.button("Let it speak", type="primary", key="room_say")
        if st.button("Be silent", key="room_stop"):
            opened.face.interrupt()
        if st.button("Close the room", key="room_close"):
            opened.face.close()
            del st.session_state[_OPENED]
            st.rerun()
    if say and text.strip():
        _say(scene, opened, text)
    for _ in opened.face.events():  # hears from the provider whether the room is still there
        pass
    if opened.notices:
        del st.session_state[_OPENED]
        _lost(opened)


def _say(scene: Scene, opened: _Opened, text: str) -> None:
    from persona.voice.sound import resampled

    try:
        for clause in session.workshop().voice(scene.twin).say(in_clauses(text)):
            sound = resampled(clause.samples, clause.sample_rate, _RATE)
            opened.face.push_pcm(sound, clause.phones)
        opened.face.end_segment()
    except SelfsameError as error:
        st.error(session.explain(error))


def _lost(opened: _Opened) -> None:
    opened.face.close()
    why = opened.notices[0].partition(";")[0]
    st.error(safe(f"{why[:1].upper()}{why[1:]}. Open the room anew."), icon=":material/link_off:")
