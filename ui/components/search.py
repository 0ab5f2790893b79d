"""Finding things in memory, and hiding or forgetting what was found."""

import streamlit as st

from memory.model import Hit
from ui import session
from ui.components.evidence import draw_utterance
from ui.editing import forget_utterances, hide_utterance
from ui.session import Scene
from ui.wording import count

_FOUND = 40
_OWN, _ALL = "The owner's words", "Everybody's"
_ERASING = "erasing"


def draw_search(scene: Scene) -> None:
    """Draw the search and what it finds."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            "What are you looking for?",
            type="search",
            icon=":material/search:",
            placeholder="a place, a person, something that was said",
            key="wanted",
        )
        who = st.segmented_control("Whose words", [_ALL, _OWN], default=_ALL, key="whose")
    if not wanted.strip():
        st.caption("Searches by meaning and by word, over everything that was imported or said.")
        return
    hits = scene.memory.recall(wanted, k=_FOUND).hits
    names = sorted({hit.utterance.source for hit in hits})
    sources = st.multiselect("Only from", names, key="from", placeholder="every source")
    kept = [hit for hit in hits if _wanted(hit, own=who == _OWN, sources=sources)]
    st.caption(f"{count(len(kept), 'memory', 'memories')}, best first")
    for hit in kept:
        _draw_hit(hit, scene)


def _wanted(hit: Hit, *, own: bool, sources: list[str]) -> bool:
    said = hit.utterance
    return (said.own or not own) and (not sources or said.source in sources)


def _draw_hit(hit: Hit, scene: Scene) -> None:
    said = hit.utterance
    with st.container(border=True, gap="xsmall"):
        draw_utterance(said, session.workshop().zone, score=hit.score)
        with st.container(horizontal=True):
            st.button(
                "Let visitors know" if said.private else "Keep private",
                icon=":material/lock_open:" if said.private else ":material/lock:",
                type="tertiary",
                key=f"hide_words_{said.utterance_id}",
                on_click=lambda: hide_utterance(scene.memory, said, private=not said.private),
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
            _draw_erasing(hit, scene)


def _draw_erasing(hit: Hit, scene: Scene) -> None:
    number = hit.utterance.utterance_id
    st.markdown("These words go for good, and no later import can bring them back.")
    with st.container(horizontal=True):
        st.button(
            "Erase for good",
            type="primary",
            icon=":material/delete_forever:",
            key=f"erase_words_{number}",
            on_click=_erase,
            args=(hit, scene),
        )
        st.button("Keep them", key=f"keep_words_{number}", on_click=_ask, args=(None,))


def _ask(utterance_id: int | None) -> None:
    st.session_state[_ERASING] = utterance_id


def _erase(hit: Hit, scene: Scene) -> None:
    forget_utterances(scene.memory, [hit.utterance])
    _ask(None)
    st.toast("Forgotten", icon=":material/check:")
    session.read_anew(scene.twin, measure=True)
