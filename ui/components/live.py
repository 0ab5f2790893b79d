"""Whether a twin is a draft or live, and the word about it to visitors."""

from datetime import tzinfo

import streamlit as st

from ui.session import Scene
from ui.wording import day, safe


def tell_draft(scene: Scene) -> None:
    """Tell a visitor when the twin is still a draft."""
    if scene.owner or scene.memory.twin.live_at is not None:
        return
    st.info(
        f"This twin is a draft: {safe(scene.person)} has not looked over what it knows yet.",
        icon=":material/edit_note:",
    )


def draw_live(scene: Scene, zone: tzinfo) -> None:
    """Draw the state of the twin, and the button that changes it."""
    live_at = scene.memory.twin.live_at
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if live_at is None:
            st.markdown("**Draft** :small[:gray[Visitors are told so until you let it go live.]]")
            label, icon = "Go live", ":material/rocket_launch:"
        else:
            st.markdown(f"**Live** :small[:gray[since {day(live_at, zone)}]]")
            label, icon = "Back to draft", ":material/edit_note:"
        st.space("stretch")
        st.button(
            label,
            icon=icon,
            type="primary" if live_at is None else "tertiary",
            key="go_live",
            on_click=_set,
            args=(scene, live_at is None),
        )


def _set(scene: Scene, live: bool) -> None:
    scene.memory.go_live(live=live)
    st.toast("The twin is live" if live else "The twin is a draft again", icon=":material/check:")
