"""How far a job is, drawn anew by itself until it ends."""

import streamlit as st

from ui.job import Job
from ui.wording import safe, time_left

_EVERY = 0.5
"""Seconds between two looks at a job."""


def draw_progress(job: Job) -> None:
    """Draw a bar until the job ends, and then the whole page anew."""
    st.fragment(run_every=_EVERY)(_draw)(job)


def _draw(job: Job) -> None:
    if not job.running:
        st.rerun()
    step = job.step
    amount = f": {step.done:,} of {step.total:,}" if step.total > 1 else ""
    left = job.seconds_left
    rest = f" · {time_left(left)}" if left is not None else ""
    st.progress(step.share, text=f"{safe(step.label)}{amount}{rest}")
