"""An answer that is said: written down into the field, to be put right before it is kept."""

import streamlit as st

from memory.errors import SelfsameError
from ui import session
from ui.uploads import Tray, Upload

_HEARD = "spoken_answer"


def draw_spoken_answer(field: str) -> None:
    """Draw a recorder whose words are added to the text field of that key, drawn after it."""
    said = st.audio_input(
        "Say it", sample_rate=16_000, label_visibility="collapsed", key=f"said_{field}"
    )
    if said is None or st.session_state.get(_HEARD) == said.file_id:
        return
    try:
        with st.spinner("Writing it down…"):
            heard = _heard(said)
    except SelfsameError as error:
        st.error(session.explain(error), icon=":material/mic_off:")
        return
    st.session_state[_HEARD] = said.file_id
    if not heard:
        st.warning("No words were heard. Try again, nearer to the microphone.")
        return
    st.session_state[field] = f"{st.session_state.get(field, '')} {heard}".strip()
    st.caption("Read it over and put right what was misheard; only what stands there is kept.")


def _heard(said: Upload) -> str:
    from persona.voice.ears import open_hearing
    from persona.voice.sound import read_sound

    tray = Tray()
    try:
        (path,) = tray.lay([said])
        return open_hearing(session.settings()).transcribe(read_sound(path, 16_000)).text.strip()
    finally:
        tray.empty()
