"""The words that something rests on: who said them, when, and where they come from."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

import streamlit as st

from memory.beliefs import OWNER
from memory.model import Fact, FactState, Utterance
from ui.wording import moment, month, safe

_SCORE_HELP = "How well it fits the question; to be compared within one question only."


def draw_evidence(
    utterances: Sequence[Utterance], zone: tzinfo, *, scores: Mapping[int, float] | None = None
) -> None:
    """Draw utterances, best first, each with its words as they were written."""
    known = scores or {}
    for utterance in utterances:
        with st.container(border=True, gap="xxsmall"):
            draw_utterance(utterance, zone, score=known.get(utterance.utterance_id))


def draw_utterance(utterance: Utterance, zone: tzinfo, *, score: float | None = None) -> None:
    """Draw the words of one utterance and where they come from."""
    if utterance.prompt:
        st.caption(f"asked: {safe(utterance.prompt)}")
    st.text(utterance.text or f"({utterance.attachment or 'no words'})")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(origin(utterance, zone), width="content")
        if score is not None:
            st.badge(f"match {score:.2f}", color="gray", help=_SCORE_HELP)
        if utterance.private:
            st.badge("private", icon=":material/lock:", color="orange", help="For the owner alone.")


def origin(utterance: Utterance, zone: tzinfo) -> str:
    """Return who said it, when and in which source, as Markdown."""
    speaker = f"**{safe(utterance.speaker)}**" if utterance.speaker else "**the owner**"
    kind = " (forwarded)" if utterance.quoted else ""
    return f"{speaker}{kind}, {moment(utterance.said_at, zone)} · {safe(utterance.source)}"


_STATES = {
    FactState.SUPERSEDED: ":gray-badge[:material/history: past]",
    FactState.RETRACTED: ":gray-badge[:material/close: was wrong]",
}


def fact_line(fact: Fact) -> str:
    """Return a fact in one line, with when it holds and what is special about it, as Markdown."""
    about = "" if fact.subject == OWNER else f"{safe(fact.subject)} · "
    marks = [
        _STATES.get(fact.state, ""),
        ":orange-badge[:material/lock: private]" if fact.private else "",
        ":green-badge[:material/school: taught]" if fact.taught else "",
    ]
    words = f"{about}:gray[{safe(fact.attribute)}] **{safe(fact.value)}** {_validity(fact)}"
    return " ".join([words, *filter(None, marks)])


def _validity(fact: Fact) -> str:
    until = f"until {month(fact.valid_to)}" if fact.valid_to else ""
    # When it was said is often all that is known, so it may well have held before.
    known = f"{'from' if until else 'as of'} {month(fact.valid_from)}" if fact.valid_from else ""
    return f":small[:gray[{' '.join(filter(None, [known, until]))}]]" if known or until else ""
