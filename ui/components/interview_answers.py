"""What was said in the interview, to be re-read, put better, or erased."""

import streamlit as st

from ingest.interview.course import load_course
from memory.interviews import AskedQuestion
from ui import session
from ui.interviewing import open_interview
from ui.session import Scene
from ui.wording import count, safe


def draw_answers(scene: Scene) -> None:
    """Draw the answers under their areas; each opens to be edited."""
    asked = [q for q in scene.memory.interviews.all() if q.answer]
    if not asked:
        st.info("No answers yet. They stand here as soon as there are some.")
    for area in load_course().area:
        mine = [question for question in asked if question.area == area.key]
        if mine:
            st.subheader(area.title, anchor=False)
            with st.container(gap="xxsmall"):
                for question in mine:
                    _draw_answer(question, scene)


def _draw_answer(question: AskedQuestion, scene: Scene) -> None:
    number = question.question_id
    mark = ":material/mic: " if scene.memory.recordings.of(number) else ""
    title = f"{mark}{safe(question.prompt)}"
    box = st.expander(title, key=f"given_{number}", on_change="rerun")
    if not box.open:
        return
    spoken = scene.memory.recordings.of(number)
    if spoken is not None:
        box.audio(str(spoken), format="audio/wav")
        box.caption("As you said it. Other words in its place, and the recording goes too.")
    with box, st.form(f"edit_{number}", border=False):
        words = st.text_area(
            "Your answer",
            value=question.answer,
            height=150,
            label_visibility="collapsed",
            key=f"edited_{number}",
        )
        with st.container(horizontal=True):
            kept = st.form_submit_button("Keep this instead", icon=":material/edit:")
            erased = st.form_submit_button(
                "Erase for good", icon=":material/delete:", type="tertiary"
            )
    if kept and words.strip() and words.strip() != question.answer:
        taken = open_interview(session.workshop(), scene.twin, "long").record(question, words)
        st.toast(f"Kept, {count(taken.facts, 'fact')} learnt from it", icon=":material/check:")
    elif erased:
        scene.memory.forget_utterances(question.utterance_ids)
        st.toast("Erased", icon=":material/check:")
    else:
        return
    session.read_anew(scene.twin, measure=True)
    st.rerun()
