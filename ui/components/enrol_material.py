"""The first step of an enrolment: a video, a photo, a recording; given as files or made here."""

import streamlit as st

from memory.errors import SelfsameError
from memory.gathered import Gathered, Kind
from persona.consent.statement import WARNING
from ui import session
from ui.components.film_recorder import draw_film_recorder
from ui.components.script import draw_script
from ui.gathered import ENDINGS, gather, gather_film
from ui.uploads import Upload
from ui.wording import safe

_ROUND = "enrol_round"
_UPLOAD, _RECORD = "Upload", "Record here"
_PLAYED = (".mp4", ".m4v", ".mov", ".webm")
"""Videos that browsers play."""
_KINDS: dict[str, Kind] = {"Video": "video", "Voice": "audio", "Photo": "photo"}
_SHOWN: dict[Kind, str] = {"video": "video", "photo": "photo", "audio": "voice recording"}


def draw_material(gathered: Gathered) -> None:
    """Draw what there is so far, and the ways to give more."""
    st.markdown(
        "The best is a minute or two of **video**: the face from the front, in even light, "
        "speaking. A **photo** and a **voice recording** do too, or one of them."
    )
    st.caption(f":material/front_hand: {WARNING}")
    if gathered.pieces:
        _draw_given(gathered)
    way = st.segmented_control(
        "How",
        [_UPLOAD, _RECORD],
        default=_UPLOAD,
        required=True,
        label_visibility="collapsed",
        key="enrol_way",
    )
    if way == _RECORD:
        _draw_recording(gathered)
    else:
        _draw_uploading(gathered)


def _key(name: str) -> str:
    """Return a key that changes whenever something was taken, so that its field is empty again."""
    return f"{name}_{st.session_state.setdefault(_ROUND, 0)}"


def _take(gathered: Gathered, uploads: list[Upload], *, read_aloud: bool = False) -> None:
    wrong: list[str] = []
    for upload in uploads:
        try:
            gather(gathered, upload, read_aloud=read_aloud)
        except SelfsameError as error:
            wrong.append(session.explain(error))
    if wrong:
        st.error(safe(" ".join(wrong)), icon=":material/error:")
        return
    st.session_state[_ROUND] += 1
    st.rerun()


def _draw_given(gathered: Gathered) -> None:
    with st.container(horizontal=True, gap="medium", key="enrol_given"):
        for kind, piece in gathered.pieces.items():
            with st.container(width=220, gap="xsmall"):
                if kind == "photo":
                    st.image(str(piece.path), width=220)
                elif kind == "video" and piece.path.suffix.lower() in _PLAYED:
                    st.video(str(piece.path))
                elif kind == "video":
                    st.markdown(f":material/movie: {safe(piece.path.name)}")
                else:
                    st.audio(str(piece.path))
                st.button(
                    f"Remove the {_SHOWN[kind]}",
                    icon=":material/close:",
                    type="tertiary",
                    key=f"enrol_drop_{kind}",
                    on_click=gathered.drop,
                    args=(kind,),
                )


def _draw_uploading(gathered: Gathered) -> None:
    uploads = st.file_uploader(
        "Video, photo or sound",
        [ending for endings in ENDINGS.values() for ending in endings],
        accept_multiple_files=True,
        label_visibility="collapsed",
        key=_key("enrol_files"),
    )
    st.caption(
        "Five seconds to ten minutes, of this one person alone. It stays on this machine, and here "
        "until it is used or removed."
    )
    if uploads:
        _take(gathered, list(uploads))


def _draw_recording(gathered: Gathered) -> None:
    what = st.segmented_control(
        "What",
        list(_KINDS),
        default="Video",
        required=True,
        label_visibility="collapsed",
        key="enrol_what",
    )
    kind: Kind = _KINDS[what or "Video"]
    if kind in gathered.pieces:
        st.caption(f"To record another, remove the {_SHOWN[kind]} above.")
        return
    _DRAW[kind](gathered)


def _draw_text() -> bool:
    """Draw what to say; return whether it is read aloud."""
    reading = st.toggle(
        "Read a text",
        value=True,
        help="It holds every sound of English in several moods. Off, you tell something of your "
        "own, and what you say is kept as your words.",
        key="enrol_reading",
    )
    if reading:
        draw_script()
    else:
        st.markdown(
            "Tell of the place you grew up in, of somebody you love, of your work; a minute or two."
        )
    return reading


def _draw_film(gathered: Gathered) -> None:
    reading = _draw_text()
    film = draw_film_recorder(key="enrol_film")
    if film is not None:
        gather_film(gathered, film, read_aloud=reading)
        st.rerun()


def _draw_voice(gathered: Gathered) -> None:
    reading = _draw_text()
    sound = st.audio_input("Your voice", sample_rate=48_000, key=_key("enrol_voice"))
    if sound is not None:
        _take(gathered, [sound], read_aloud=reading)


def _draw_photo(gathered: Gathered) -> None:
    picture = st.camera_input(
        "Look into the camera, mouth closed, light from the front", key=_key("enrol_photo")
    )
    if picture is not None:
        _take(gathered, [picture])


_DRAW = {"video": _draw_film, "audio": _draw_voice, "photo": _draw_photo}
