"""The words of one memory, with what their owner may want to do about them."""

import streamlit as st

from memory.model import Utterance
from ui import session
from ui.components.evidence import draw_utterance
from ui.components.undo import drop_undo, offer_undo
from ui.editing import forget_utterances, hide_utterance
from ui.session import Scene
from ui.wording import shortened

_ERASING = "erasing"


def draw_words(said: Utterance, scene: Scene, *, score: float | None = None) -> None:
    """Draw some words with where they come from, to be hidden or erased."""
    with st.container(border=True, gap="xsmall"):
        draw_utterance(said, session.workshop().zone, score=score)
        with st.container(horizontal=True):
            st.button(
                "Let visitors know" if said.private else "Keep private",
                icon=":material/lock_open:" if said.private else ":material/lock:",
                type="tertiary",
                key=f"hide_words_{said.utterance_id}",
                on_click=_hide,
                args=(said, scene),
            )
            if st.session_state.get(_ERASING) != said.utterance_id:
                st.button(
                    "Forget…",
                    icon=":material/delete:",
                    type="tertiary",
                    key=f"forget_words_{said.utterance_id}",
                    on_click=_ask,
                    args=(said.utterance_id,),
                )
        if st.session_state.get(_ERASING) == said.utterance_id:
            _draw_erasing(said, scene)


def _draw_erasing(said: Utterance, scene: Scene) -> None:
    number = said.utterance_id
    st.markdown("These words go for good, and no later import can bring them back.")
    with st.container(horizontal=True):
        st.button(
            "Erase for good",
            type="primary",
            icon=":material/delete_forever:",
            key=f"erase_words_{number}",
            on_click=_erase,
            args=(said, scene),
        )
        st.button("Keep them", key=f"keep_words_{number}", on_click=_ask, args=(None,))


def _hide(said: Utterance, scene: Scene) -> None:
    hide_utterance(scene.memory, said, private=not said.private)
    what = "Visitors may know" if said.private else "Private now"
    offer_undo(
        scene.twin,
        f"{what}: “{shortened(said.text)}”",
        lambda: hide_utterance(scene.memory, said, private=said.private),
    )


def _ask(utterance_id: int | None) -> None:
    st.session_state[_ERASING] = utterance_id


def _erase(said: Utterance, scene: Scene) -> None:
    drop_undo()
    forget_utterances(scene.memory, [said])
    _ask(None)
    st.toast("Forgotten", icon=":material/check:")
    session.read_anew(scene.twin, measure=True)
