"""A sitting that makes a twin: material, consent, what was found, and what comes next."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st

from memory.gathered import Gathered
from ui import session
from ui.components.enrol_consent import draw_consent, has_agreed
from ui.components.enrol_found import draw_found
from ui.components.enrol_material import draw_material
from ui.components.enrol_next import draw_next
from ui.components.guest import stop_for_visitors
from ui.components.progress import draw_progress
from ui.enrolling import Enrolled, enrol
from ui.gathered import as_material
from ui.job import Job, Progress
from ui.kept_report import keep_report, kept_report
from ui.session import Scene
from ui.wording import safe


def _job_name(scene: Scene) -> str:
    return f"enrol:{scene.twin}"


@contextmanager
def _step(number: int, title: str, *, done: bool) -> Generator[None]:
    with st.container(border=True, key=f"step_{number}"):
        badge = " :green-badge[:material/check: done]" if done else ""
        st.subheader(f"{number}. {title}{badge}", anchor=False)
        yield


def _draw_making(scene: Scene, gathered: Gathered) -> None:
    agreed, given = has_agreed(scene), bool(gathered.pieces)
    if not given:
        return
    if not agreed:
        st.caption("Agree in step 2, and the twin can be made of it.")
    if st.button(
        "Make the twin of it",
        type="primary",
        icon=":material/auto_awesome:",
        disabled=not agreed,
        help="About as long as the recording lasts, in the background.",
        key="enrol_make",
    ):
        session.jobs().start(_job_name(scene), _work(scene, gathered))
        st.rerun()


def _work(scene: Scene, gathered: Gathered) -> Callable[[Progress], Enrolled]:
    workshop, twin, shelf = session.workshop(), scene.twin, scene.memory.enrolment

    def work(progress: Progress) -> Enrolled:
        enrolled = enrol(workshop, twin, as_material(gathered), progress, fit=False)
        keep_report(shelf, enrolled)
        gathered.clear()
        return enrolled

    return work


def _draw_job(scene: Scene, job: Job) -> None:
    if job.running:
        st.markdown("Looking and listening. You may go on and come back: this goes on by itself.")
        draw_progress(job)
        st.stop()
    if job.problem:
        st.error(safe(job.problem), title="Nothing was changed", icon=":material/error:")
        return
    session.jobs().drop(_job_name(scene))
    session.read_anew(scene.twin, measure=True)
    st.toast("The twin has what it needs from this", icon=":material/check:")


here = session.here()
st.title("Enrolment", anchor=False)
stop_for_visitors(here)
st.markdown(
    f"One sitting gives the twin of {safe(here.person)} a face, a voice and first memories. "
    "Leave whenever you like; what is done stays done."
)
if (job := session.jobs().get(_job_name(here))) is not None:
    _draw_job(here, job)
material = here.memory.gathered
report = kept_report(here.memory.enrolment)
with _step(1, "Show yourself", done=report is not None and not material.pieces):
    if report is None or material.pieces:
        draw_material(material)
    else:
        with st.expander("Give more, or better", key="enrol_more"):
            draw_material(material)
with _step(2, "Agree", done=has_agreed(here)):
    draw_consent(here, material)
_draw_making(here, material)
if report is not None:
    with _step(3, "What was found", done=not report["missing"]):
        draw_found(here, report)
with _step(4 if report else 3, "Go on", done=False):
    draw_next(here, report)
