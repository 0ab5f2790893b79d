"""What a visitor sees of the pages that are the owner's."""

import streamlit as st

from memory.model import OWNER
from ui import session
from ui.session import Scene
from ui.wording import safe


def stop_for_visitors(scene: Scene) -> None:
    """End the page unless the owner speaks."""
    if scene.owner:
        return
    st.info(
        f"{safe(scene.visitor)} is speaking, and this page is the owner's.", icon=":material/lock:"
    )
    st.button("Speak as the owner", on_click=session.speak_as, args=(OWNER,))
    st.stop()
