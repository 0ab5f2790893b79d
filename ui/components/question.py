"""The question of the interview that is asked now, and what can be done about it."""

import streamlit as st

from ingest.interview.course import load_course
from ingest.interview.interviewer import Interviewer
from memory.interviews import AskedQuestion
from ui import session
from ui.components.draft_keeper import draw_draft_keeper, stop_keeping
from ui.components.spoken_answer import (
    draw_question_sound,
    draw_reading_out,
    draw_recorder,
    take_spoken,
    words_key,
)
from ui.session import Scene
from ui.wording import count, safe

_EVERY = 4
"""Answers after which the manner is measured anew, in the background."""
_REASONS = {
    "follow-up": ":material/subdirectory_arrow_right: about what you said",
    "gap": ":material/help: still missing",
    "contradiction": ":material/compare_arrows: two things that don't agree",
    "file": "",
    "course": "",
}
_TAKEN, _LEFT = "interview_taken", "interview_left"


def draw_question(interviewer: Interviewer, scene: Scene, *, area: str) -> None:
    """Draw the question to answer now, in large letters."""
    question = interviewer.next(area)
    _draw_taken()
    if question is None:
        _draw_end(interviewer, scene)
        return
    with st.container(border=True, key="question"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.caption(_place(question), width="content")
            draw_reading_out()
        st.header(safe(question.prompt), anchor=False)
        sound = st.container()
        _begin(question, scene)
        with st.container():
            take_spoken(question, scene)
        _draw_left(question, scene)
        _draw_form(interviewer, question, scene)
        draw_draft_keeper(scene.memory.recordings, question.question_id, field=words_key(question))
        draw_recorder(question, scene)
    with st.container(horizontal=True):
        _draw_back(interviewer)
        st.button(
            "Skip",
            icon=":material/skip_next:",
            type="tertiary",
            key="interview_skip",
            shortcut="Alt+ArrowRight",
            on_click=_skip,
            args=(interviewer, question, scene),
        )
        st.space("stretch")
        if st.button(
            "Leave for now",
            icon=":material/logout:",
            type="tertiary",
            key="interview_leave",
            help="Every answer is kept already; you go on from here whenever you like.",
        ):
            session.read_anew(scene.twin, measure=True)
            st.switch_page("views/chat.py")
    with sound:
        draw_question_sound(question)  # last, so that nothing else waits for it


def _place(question: AskedQuestion) -> str:
    area = load_course().find(question.area)
    parts = [f"**{area.title}**" if area else "", _REASONS[question.reason]]
    return " · ".join(filter(None, parts))


def _begin(question: AskedQuestion, scene: Scene) -> None:
    """Begin with what was typed or heard before the page was left, else with the last answer."""
    key, drafts = words_key(question), scene.memory.recordings
    if key in st.session_state:
        return
    typed = drafts.typed(question.question_id)
    st.session_state[key] = typed or drafts.heard(question.question_id) or question.answer
    st.session_state[_LEFT] = question.question_id if typed else 0


def _draw_left(question: AskedQuestion, scene: Scene) -> None:
    if st.session_state.get(_LEFT) != question.question_id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(":material/history: As you left it, not answered yet.", width="content")
        st.button(
            "Discard",
            icon=":material/delete:",
            type="tertiary",
            key="interview_discard",
            on_click=_discard,
            args=(question, scene),
        )


def _discard(question: AskedQuestion, scene: Scene) -> None:
    stop_keeping()
    scene.memory.recordings.drop_typed(question.question_id)
    st.session_state.pop(words_key(question), None)


def _skip(interviewer: Interviewer, question: AskedQuestion, scene: Scene) -> None:
    stop_keeping()
    scene.memory.recordings.drop_draft(question.question_id)
    interviewer.skip(question)


def _draw_form(interviewer: Interviewer, question: AskedQuestion, scene: Scene) -> None:
    with st.form(f"answer_{question.question_id}", border=False):
        words = st.text_area(
            "Your answer",
            height=170,
            label_visibility="collapsed",
            placeholder="In your own words, as you would tell a friend.",
            key=words_key(question),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button(
                "Answer", type="primary", icon=":material/check:", shortcut="Ctrl+Enter"
            )
            st.caption("An empty answer skips.", width="content")
    if sent:
        _take(interviewer, question, words, scene)
        st.rerun()


def _take(interviewer: Interviewer, question: AskedQuestion, words: str, scene: Scene) -> None:
    stop_keeping()
    with st.spinner("Listening…"):
        taken = interviewer.answer(question, words)
    if not taken.utterance_ids:
        scene.memory.recordings.drop_draft(question.question_id)
        return
    scene.memory.recordings.keep(question.question_id)
    st.session_state[_TAKEN] = taken.facts
    st.session_state["interview_said"] = said = st.session_state.get("interview_said", 0) + 1
    session.read_anew(scene.twin, measure=said % _EVERY == 0)


def _draw_taken() -> None:
    facts: int | None = st.session_state.pop(_TAKEN, None)
    if facts is not None:
        learnt = f", and {count(facts, 'fact')} learnt from it" if facts else ""
        st.toast(f"Kept{learnt}", icon=":material/check:")


def _draw_back(interviewer: Interviewer) -> None:
    st.button(
        "Back",
        icon=":material/arrow_back:",
        type="tertiary",
        key="interview_back",
        shortcut="Alt+ArrowLeft",
        help="To the answer before this one.",
        on_click=_back,
        args=(interviewer,),
    )


def _back(interviewer: Interviewer) -> None:
    earlier = interviewer.back()
    if earlier is not None:
        st.session_state.pop(words_key(earlier), None)


def _draw_end(interviewer: Interviewer, scene: Scene) -> None:
    with st.container(border=True):
        st.subheader("That was the last question", anchor=False)
        st.markdown(
            f"Everything {safe(scene.person)} said is kept. The longer interview asks more, and "
            "the review shows what the twin makes of it."
        )
        with st.container(horizontal=True):
            st.page_link("views/review.py", label="Review", icon=":material/fact_check:")
            st.page_link("views/chat.py", label="Talk with the twin", icon=":material/forum:")
            _draw_back(interviewer)
