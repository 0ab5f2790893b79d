"""A bad case of a measurement: what it should have rested on, and putting it right on the spot."""

import streamlit as st

from evals.fidelity.figure import Case
from ui import session
from ui.components.fact import draw_fact
from ui.components.undo import offer_undo
from ui.components.words import draw_words
from ui.session import Scene
from ui.teaching import preview_answer, teach_answer
from ui.wording import safe, shortened

_OPEN, _TAUGHT, _SAID = "case_open", "cases_taught", "case_said"
_TEACHABLE = ("recall", "grounding", "interview", "consistency", "abstention")
"""Sections whose cases are questions; a taught reply to a remark would only be known by heart."""
_CHECKING = "measurement"


def draw_case(case: Case, scene: Scene) -> None:
    """Draw a case; opened, it shows its evidence and lets the owner correct it."""
    name = f"{case.section}_{case.key}"
    with st.container(border=True, gap="xsmall"):
        st.caption(safe(case.kind))
        st.markdown(f"**{safe(case.asked)}**")
        st.markdown(f":gray[said] {safe(case.got)}")
        st.markdown(f":gray[right] {safe(case.wanted)}")
        opened = st.session_state.get(_OPEN) == name
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Close" if opened else "Look into it",
                icon=":material/close:" if opened else ":material/search:",
                type="tertiary",
                key=f"open_{name}",
                on_click=_open,
                args=("" if opened else name,),
            )
            if name in st.session_state.get(_TAUGHT, ()):
                st.badge("put right, measure again", icon=":material/school:", color="green")
        if opened:
            _draw_ground(case, scene)
            if case.section in _TEACHABLE:
                _draw_teaching(case, scene, name)


def _open(name: str) -> None:
    st.session_state[_OPEN] = name
    st.session_state.pop(_SAID, None)


def _draw_ground(case: Case, scene: Scene) -> None:
    """Draw the words a case rests on and what is believed from them, each to be corrected."""
    shown = scene.memory.utterances.by_id(case.evidence)
    if case.evidence and not shown:
        st.caption("What it rested on is no longer in memory.")
    if shown:
        st.markdown(":small[**What was said**]")
    for said in shown.values():
        draw_words(said, scene)
    facts = scene.memory.beliefs.shown_by(list(shown)) if shown else []
    if facts:
        st.markdown(":small[**What the twin believes from it**]")
    for fact in facts:
        draw_fact(fact, scene)


def _draw_teaching(case: Case, scene: Scene, name: str) -> None:
    words = st.text_area(
        "Your answer, in your own words",
        help="Kept as your answer to this question; it outranks what was read.",
        key=f"words_{name}",
    ).strip()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Preview", key=f"preview_{name}", icon=":material/visibility:")
        if st.button("What does it say now?", key=f"now_{name}", icon=":material/chat:"):
            st.session_state[_SAID] = _says_now(scene, _question_of(case))
    if said := st.session_state.get(_SAID):
        st.markdown(f":gray[says now] {safe(said)}")
    if words:
        with st.container(border=True, gap="xsmall"):
            st.markdown("**The twin learns:**")
            st.markdown(
                "\n".join(f"- {safe(line)}" for line in preview_answer(scene.memory, words))
            )
            st.button(
                "Teach",
                type="primary",
                icon=":material/school:",
                key=f"teach_{name}",
                on_click=_teach,
                args=(case, scene, name, words),
            )


def _question_of(case: Case) -> str:
    """Return the question of a case; of one asked twice, as it was asked first."""
    return case.asked.partition(" / ")[0]


def _says_now(scene: Scene, asked: str) -> str:
    with st.spinner("Asking the twin"):
        twin = session.ready_twin(scene.twin)
        done = twin.ask(asked, visitor=_CHECKING)
        twin.forget_visitor(_CHECKING)
    return done.reply


def _teach(case: Case, scene: Scene, name: str, words: str) -> None:
    back = teach_answer(scene.memory, _question_of(case), words)
    st.session_state.setdefault(_TAUGHT, set()).add(name)
    st.session_state.pop(_SAID, None)
    st.session_state[f"words_{name}"] = ""

    def undo() -> None:
        back()
        st.session_state[_TAUGHT].discard(name)
        session.read_anew(scene.twin)

    offer_undo(scene.twin, f"Taught: {shortened(words, 60)}", undo)
    session.read_anew(scene.twin)
    st.toast("Kept. Measure again to see what it changed.", icon=":material/check:")
