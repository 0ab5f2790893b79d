"""Answering aloud: a recorder beside the words, and the question read out."""

import streamlit as st

from memory.errors import SelfsameError
from memory.interviews import AskedQuestion
from ui import session
from ui.session import Scene
from ui.spoken import is_sent_away, read_aloud, with_spoken, write_down
from ui.wording import safe

_ALOUD, _WAITING, _READ = "interview_aloud", "interview_to_hear", "interview_read"


def words_key(question: AskedQuestion) -> str:
    """Return where the page keeps the words of an answer."""
    return f"words_{question.question_id}"


def draw_reading_out() -> None:
    """Draw whether questions are read out."""
    st.toggle("Read questions aloud", key=_ALOUD, help="In a voice of this machine.")


def draw_question_sound(question: AskedQuestion) -> None:
    """Draw the question as sound, where it is to be read out; it begins by itself."""
    if not st.session_state.get(_ALOUD):
        return
    made: tuple[str, bytes] | None = st.session_state.get(_READ)
    if made is None or made[0] != question.prompt:
        try:
            with st.spinner("Reading…"):
                made = (question.prompt, read_aloud(session.settings(), question.prompt))
        except SelfsameError as error:
            st.warning(safe(session.explain(error)), icon=":material/volume_off:")
            return
        st.session_state[_READ] = made
    st.audio(made[1], format="audio/wav", autoplay=True)


def take_spoken(question: AskedQuestion, scene: Scene) -> None:
    """Put what was just recorded among the words, to be looked over; comes before them."""
    number = question.question_id
    if st.session_state.get(_WAITING) != number:
        return
    del st.session_state[_WAITING]
    said = st.session_state.get(_key(number))
    if said is None:
        scene.memory.recordings.drop_draft(number)
    else:
        _hear(question, scene, said.getvalue())


def draw_recorder(question: AskedQuestion, scene: Scene) -> None:
    """Draw the recorder, or a recording that was made before the page was loaded anew."""
    number = question.question_id
    said = st.audio_input(
        "Or say it, as long as you like",
        sample_rate=16_000,
        key=_key(number),
        on_change=_mark,
        args=(number,),
        help="Your recording is kept with the answer, on this machine, and goes when you erase it.",
    )
    if is_sent_away(session.settings()):
        st.caption(":material/cloud_upload: It is sent to a provider to be written down.")
    if said is None:
        _draw_draft(question, scene)


def _key(question_id: int) -> str:
    return f"spoken_{question_id}"


def _mark(question_id: int) -> None:
    st.session_state[_WAITING] = question_id


def _hear(question: AskedQuestion, scene: Scene, wav: bytes) -> None:
    earlier = scene.memory.recordings.heard(question.question_id)
    try:
        with st.spinner("Writing it down…"):
            written = write_down(session.settings(), scene.memory, question.question_id, wav)
    except SelfsameError as error:
        st.warning(
            f"{safe(session.explain(error))}\n\nThe recording is kept; write the answer beside it.",
            icon=":material/hearing_disabled:",
        )
        return
    if not written.words:
        st.warning(
            "No words were heard. Is the right microphone chosen?", icon=":material/mic_off:"
        )
        return
    key = words_key(question)
    words = with_spoken(st.session_state.get(key, ""), earlier, written.words)
    st.session_state[key] = words
    scene.memory.recordings.keep_typed(question.question_id, words)
    if written.unsure:
        st.warning("Hard to make out: please look the words over.", icon=":material/hearing:")
    else:
        st.caption(
            ":material/check: Look the words over, put right what was misheard, then answer."
        )


def _draw_draft(question: AskedQuestion, scene: Scene) -> None:
    draft = scene.memory.recordings.drafted(question.question_id)
    if draft is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.audio(str(draft), format="audio/wav")
        st.button(
            "Drop the recording",
            icon=":material/delete:",
            type="tertiary",
            key=f"undraft_{question.question_id}",
            on_click=scene.memory.recordings.drop_draft,
            args=(question.question_id,),
        )
