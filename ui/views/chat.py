"""The talk with the twin."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

from memory.talks import Turn
from ui import session
from ui.components.live import tell_draft
from ui.components.turn import (
    SAY,
    TAUGHT,
    Told,
    draw_foot,
    draw_heard,
    draw_turn,
    remember_told,
)
from ui.live.door import door
from ui.reply import Reply
from ui.session import Scene
from ui.starters import starters
from ui.theme import portrait
from ui.wording import safe

_SHOWN = 50
_REPLY = "reply"


def _running(scene: Scene) -> Reply | None:
    """Return the reply that is being made in this thread, or has just failed."""
    reply: Reply | None = st.session_state.get(_REPLY)
    if reply is None or (reply.twin, reply.visitor) != (scene.twin, scene.visitor):
        return None
    if reply.ended and reply.problem is None:
        st.session_state.pop(_REPLY)
        return None
    return reply


def _begin(heard: str, scene: Scene, turns: Sequence[Turn]) -> Reply:
    reply = Reply(
        heard,
        twin=scene.twin,
        visitor=scene.visitor,
        after=turns[-1].turn_id if turns else 0,
        open_twin=lambda: session.ready_twin(scene.twin),
    )
    st.session_state[_REPLY] = reply
    return reply


def _draw_head(scene: Scene) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(safe(scene.person), anchor=False, width="content")
        st.badge("AI twin", icon=":material/smart_toy:", color="green")
        st.space("stretch")
        with st.popover("More", icon=":material/more_horiz:", type="tertiary"):
            st.caption("Erases what was said here. What the twin learnt from it stays.")
            st.button(
                "Erase this conversation",
                icon=":material/delete:",
                on_click=_erase,
                args=(scene,),
            )


def _erase(scene: Scene) -> None:
    scene.memory.talks.erase(scene.visitor)
    door().end(scene.talk)
    session.read_anew(scene.twin)


def _draw_input(scene: Scene) -> str | None:
    with st.bottom:
        heard = st.chat_input(
            f"Message to the twin of {scene.person}", submit_mode="stop", key="heard"
        )
        speaker = "" if scene.owner else f" · {safe(scene.visitor)} is speaking"
        st.caption(
            f"AI twin of {safe(scene.person)}, not the person{speaker}", text_alignment="center"
        )
    return heard


def _draw_starters(scene: Scene) -> str | None:
    """Draw what to begin with, in an empty thread; return what was picked."""
    if not sum(size.utterances for size in scene.memory.sources.sizes()):
        st.info("This twin remembers nothing yet: give it something to read, or tell it.")
        with st.container(horizontal=True):
            st.page_link(
                "views/import_.py", label="Import chats and notes", icon=":material/upload_file:"
            )
            st.page_link(
                "views/interview.py",
                label="Be interviewed",
                icon=":material/record_voice_over:",
            )
        return None
    st.caption("Some things to ask")
    return st.pills(
        "Some things to ask",
        starters(scene.memory, owner=scene.owner),
        label_visibility="collapsed",
        key="starter",
    )


def _follow(reply: Reply, scene: Scene) -> None:
    """Draw a reply as it is made. The stop button ends it; any other click leaves it going."""
    turn = st.container(gap=None)
    with turn:
        draw_heard(reply.heard, speaker=scene.visitor or "You")
    with turn, st.chat_message(scene.person, avatar=portrait(scene.person)):
        slot = st.empty()
        try:
            for _ in reply.follow():
                if reply.text:
                    slot.text(reply.text)
                else:
                    slot.markdown(_waiting(scene))
        except StopException:
            reply.stop()
            raise
        _finish(reply, scene, slot)


def _waiting(scene: Scene) -> str:
    doing = "getting ready" if session.get_ready(scene.twin).running else "remembering"
    return f":shimmer[{doing}…]"


def _finish(reply: Reply, scene: Scene, slot: DeltaGenerator) -> None:
    if reply.problem:
        slot.error(reply.problem, title="No reply", icon=":material/error:")
    if reply.done is None:
        return
    scores = {hit.utterance.utterance_id: hit.score for hit in reply.done.evidence.hits}
    remember_told(reply.done.turn_id, Told(scores=scores, notices=reply.notices))
    draw_foot(scene.memory.talks.last(scene.visitor, 1)[-1], scene)
    if st.session_state.pop(TAUGHT, False) and not reply.done.learned:
        st.info(
            "Nothing could be learnt from that. Say it as a plain sentence, such as “I live in "
            "Porto now”, or change the fact itself under Memories."
        )


here = session.here()
_draw_head(here)
tell_draft(here)
running = _running(here)
turns = here.memory.talks.last(here.visitor, _SHOWN)
if running is not None:
    turns = [turn for turn in turns if turn.turn_id <= running.after]
said = _draw_input(here) or st.session_state.pop(SAY, None)
if not turns and running is None:
    place = st.empty()
    with place.container():
        said = said or _draw_starters(here)
    if said:
        place.empty()
for turn in turns:
    draw_turn(turn, here)
if said:
    running = _begin(said, here, turns)
if running is not None:
    _follow(running, here)
