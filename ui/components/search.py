"""Finding things in memory."""

import streamlit as st

from memory.model import Hit
from ui.components.words import draw_words
from ui.session import Scene
from ui.wording import count

_FOUND = 40
_OWN, _ALL = "The owner's words", "Everybody's"


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
        draw_words(hit.utterance, scene, score=hit.score)


def _wanted(hit: Hit, *, own: bool, sources: list[str]) -> bool:
    said = hit.utterance
    return (said.own or not own) and (not sources or said.source in sources)
