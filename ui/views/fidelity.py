"""How far the twin is its owner: measure it, read the card, put right what is wrong."""

import streamlit as st

from evals.fidelity.card_html import as_html
from evals.fidelity.card_markdown import as_markdown
from evals.fidelity.figure import Run
from evals.fidelity.kept_runs import load_run, run_ids
from ui import session
from ui.components.card import draw_card
from ui.components.comparison import draw_comparison
from ui.components.guest import stop_for_visitors
from ui.components.progress import draw_progress
from ui.components.undo import draw_undo
from ui.job import Job
from ui.measuring import expect, job_name, start_measuring
from ui.session import Scene
from ui.wording import moment, safe

_QUICK, _FULL = "A few minutes", "Thorough"


def _draw_start(scene: Scene) -> None:
    st.markdown(
        "A copy of your twin is built without a part of what you said and wrote. It is asked and "
        "talked to, and held against that part. The twin itself stays as it is."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = st.segmented_control(
            "How long", [_QUICK, _FULL], default=_QUICK, required=True, key="fidelity_size"
        )
        if st.button("Measure", type="primary", icon=":material/straighten:", key="measure"):
            start_measuring(scene.twin, full=size == _FULL)
            st.rerun()
    st.caption(safe(f"{expect(scene.memory, full=size == _FULL)}".capitalize()))


def _draw_running(scene: Scene) -> bool:
    """Draw a measurement on its way; return whether there is one."""
    job = session.jobs().get(job_name(scene.twin))
    if job is None:
        return False
    if job.running:
        _draw_progress(job)
        return True
    if job.problem and job.stopping:
        st.info("Stopped before a part of it was done.")
    elif job.problem:
        st.error(safe(job.problem), icon=":material/error:")
    session.jobs().drop(job_name(scene.twin))
    return False


def _draw_progress(job: Job) -> None:
    st.markdown(
        "Stopping after the reply that is being made; what is done is kept."
        if job.stopping
        else "Measuring. You may go on and come back: this goes on by itself."
    )
    draw_progress(job)
    st.button(
        "Stop",
        icon=":material/stop:",
        key="stop_measuring",
        disabled=job.stopping,
        on_click=job.stop,
        help="The parts that are done are kept as a card.",
    )


def _choose(scene: Scene, ids: list[str]) -> Run:
    newest = list(reversed(ids))
    runs = {run_id: load_run(scene.memory, run_id) for run_id in newest}
    zone = session.workshop().zone

    def label(run_id: str) -> str:
        run = runs[run_id]
        part = ", a part of it" if run.left_out else ""
        return f"{moment(run.started_at, zone)}, {run.size}{part}, worded by {run.chat}"

    chosen = st.selectbox("Measured", newest, format_func=label, key="run")
    run = runs[chosen or newest[0]]
    if len(newest) > 1:
        draw_comparison(run, {r: one for r, one in runs.items() if r != run.run_id}, label)
    return run


def _draw_saving(run: Run) -> None:
    with st.container(horizontal=True):
        st.download_button("Save as a page", as_html(run), f"{run.twin}.html", "text/html")
        st.download_button("Save as Markdown", as_markdown(run), f"{run.twin}.md", "text/markdown")


here = session.here()
st.title("Fidelity", anchor=False)
stop_for_visitors(here)
if not _draw_running(here):
    _draw_start(here)
kept = run_ids(here.memory)
if kept:
    shown = _choose(here, kept)
    draw_card(shown, here)
    _draw_saving(shown)
else:
    st.info("Nothing has been measured yet.")
draw_undo(here.twin)
