"""The interview: one question at a time, left and taken up at will, with all answers to re-read."""

import streamlit as st

from ingest.interview.course import load_course
from ui import session
from ui.components.guest import stop_for_visitors
from ui.components.interview_answers import draw_answers
from ui.components.picture import draw_picture
from ui.components.question import draw_question
from ui.interviewing import open_interview
from ui.session import Scene

_COURSES = {"short": "Ten minutes", "long": "Two hours"}
_PARTS = ["Questions", "Answers"]
_AREA = "interview_area"


def _draw_questions(scene: Scene) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        course = st.segmented_control(
            "How long",
            list(_COURSES),
            default="short",
            required=True,
            format_func=_COURSES.__getitem__,
            label_visibility="collapsed",
            key="course",
            bind="query-params",
        )
        st.space("stretch")
        _draw_area()
    interviewer = open_interview(
        session.workshop(), scene.twin, "long" if course == "long" else "short"
    )
    draw_question(interviewer, scene, area=st.session_state.get(_AREA, ""))
    draw_picture(interviewer.picture())


def _draw_area() -> None:
    titles = {"": "In order", **{area.key: area.title for area in load_course().area}}
    st.selectbox(
        "Ask me about",
        list(titles),
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        key=_AREA,
        width=190,
        help="What to be asked about first.",
    )


here = session.here()
st.title("Interview", anchor=False)
stop_for_visitors(here)
part = st.segmented_control(
    "Part",
    _PARTS,
    default=_PARTS[0],
    required=True,
    label_visibility="collapsed",
    key="interview_part",
)
draw = {"Questions": _draw_questions, "Answers": draw_answers}
draw[part or _PARTS[0]](here)
