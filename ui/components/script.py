"""The text to read aloud while recording."""

import streamlit as st

from ui.reading_script import SCRIPT
from ui.wording import safe


def draw_script() -> None:
    """Draw the text with the mood of each passage."""
    with st.container(border=True, gap="xsmall", key="enrol_script"):
        st.caption("About a minute at an easy pace. Begin again wherever you stumble.")
        for passage in SCRIPT:
            st.markdown(f":small[:gray[{passage.mood}]]  \n{safe(passage.text)}")
