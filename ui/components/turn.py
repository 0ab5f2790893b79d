"""One exchange in a talk: the message, the reply, and what stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from memory.talks import Turn
from persona.decide import Outcome
from ui import session
from ui.components.evidence import draw_evidence, draw_utterance, fact_line
from ui.grounds import grounds_of, title_of
from ui.session import Scene
from ui.theme import OCHRE, portrait
from ui.wording import duration, safe

SAY = "say"
"""Where a message waits that was written elsewhere than in the chat's own input."""
TAUGHT = "taught"
"""Set while the message that waits, or was said last, is a correction."""
_TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was seen when a reply was made and the store does not keep."""

    scores: Mapping[int, float]
    notices: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Badge:
    label: str
    icon: str
    color: Literal["green", "gray", "orange", "red"]
    about: str


_BADGES = {
    Outcome.KNOWN: _Badge(
        label="known", icon="check", color="green", about="It rests on what was said or written."
    ),
    Outcome.UNKNOWN: _Badge(
        label="unknown",
        icon="question_mark",
        color="gray",
        about="Memory doesn't cover the question, so the twin says so and makes nothing up.",
    ),
    Outcome.PRIVATE: _Badge(
        label="private", icon="lock", color="orange", about="Known, but for the owner alone."
    ),
    Outcome.REFUSED: _Badge(
        label="refused", icon="block", color="red", about="Something the twin doesn't do."
    ),
}


def remember_told(turn_id: int, told: Told) -> None:
    """Keep what was seen of a reply for as long as this session lasts."""
    st.session_state.setdefault(_TOLD, {})[turn_id] = told


def draw_heard(text: str, *, speaker: str) -> None:
    """Draw a message to the twin."""
    with st.chat_message(speaker, avatar=portrait(speaker, OCHRE)):
        st.text(text)


def draw_turn(turn: Turn, scene: Scene) -> None:
    """Draw a finished exchange."""
    with st.container(gap=None):
        draw_heard(turn.heard, speaker=scene.visitor or "You")
        with st.chat_message(scene.person, avatar=portrait(scene.person)):
            st.text(turn.reply)
            draw_foot(turn, scene)


@st.fragment
def draw_foot(turn: Turn, scene: Scene) -> None:
    """Draw what stands behind a reply: outcome, times, evidence, and the way to correct it."""
    told: Told = st.session_state.get(_TOLD, {}).get(turn.turn_id, Told(scores={}))
    with st.container(gap="xxsmall"):
        for notice in told.notices:
            st.caption(f":material/info: {safe(notice)}")
        if turn.learned:
            st.caption(f":material/school: Learnt: {safe('; '.join(turn.learned))}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _draw_outcome(turn)
            if scene.owner:
                _draw_correction(turn)
        if turn.evidence:
            _draw_grounds(turn, scene, told)


def _draw_outcome(turn: Turn) -> None:
    badge = _BADGES[Outcome(turn.outcome)]
    st.badge(
        badge.label,
        icon=f":material/{badge.icon}:",
        color=badge.color,
        help=badge.about,
    )
    if times := _times(turn):
        st.caption(times, width="content")


def _times(turn: Turn) -> str:
    named = {"first_word": "first word", "reply": "all of it"}
    known = [
        f"{label} {duration(turn.timings_ms[k])}"
        for k, label in named.items()
        if k in turn.timings_ms
    ]
    return " · ".join(known)


def _draw_grounds(turn: Turn, scene: Scene, told: Told) -> None:
    key = f"grounds_{turn.turn_id}"
    box = st.expander(title_of(turn), type="compact", key=key, on_change="rerun")
    if not box.open:
        return
    grounds = grounds_of(turn, scene.memory, owner=scene.owner)
    zone = session.workshop().zone
    with box:
        for fact, words in grounds.facts:
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f":material/fact_check: {fact_line(fact)}")
                for said in words:
                    draw_utterance(said, zone, score=told.scores.get(said.utterance_id))
        draw_evidence(grounds.found, zone, scores=told.scores)
        if grounds.withheld:
            st.caption(f"{grounds.withheld} more: private, or forgotten since.")


def _draw_correction(turn: Turn) -> None:
    box = st.popover("Correct", type="tertiary", icon=":material/edit:", help="Say what is right")
    with box, st.form(f"correct_{turn.turn_id}", border=False, clear_on_submit=True):
        right = st.text_area(
            "What is right?",
            placeholder="That's wrong. I live in Porto now.",
            help="Sent to your twin as your own word, which outranks what it has read.",
            key=f"right_{turn.turn_id}",
        )
        sent = st.form_submit_button("Teach", type="primary", shortcut="Ctrl+Enter")
    if sent and right.strip():
        st.session_state[SAY], st.session_state[TAUGHT] = right.strip(), True
        st.rerun()
