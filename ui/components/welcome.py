"""The first page of an empty home: try the sample person, or make a twin of one's own."""

import streamlit as st

from ingest.sample import load_sample
from ui import first, session
from ui.components.progress import draw_progress
from ui.components.sidebar import draw_new_twin


def draw_welcome() -> None:
    """Draw the two ways to begin."""
    st.title("A twin that remembers")
    st.markdown(
        "selfsame reads what a person wrote and said, and answers as they would: from memory, "
        "with the words it rests on one click away. It says when it doesn't know. "
        "Everything stays on this machine."
    )
    st.space("small")
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.subheader("Try the sample person")
        _draw_sample()
    with right.container(border=True, height="stretch"):
        st.subheader("Make your own")
        st.markdown(
            "Name the person, then show face and voice, answer an interview, and drop in exports: "
            "WhatsApp, Telegram, notes."
        )
        draw_new_twin(key="person_first")


def _draw_sample() -> None:
    sample = load_sample()
    st.markdown(
        f"Meet **{sample.owner}**, who is invented. Two years of chats and an interview ship with "
        "selfsame, so there is somebody to talk with in a minute."
    )
    job = session.jobs().get(first.SAMPLE_JOB)
    if job is not None and job.running:
        draw_progress(job)
        return
    if job is not None and job.problem:
        st.error(job.problem)
    st.space("stretch")
    if st.button("Try the sample person", type="primary", width="stretch", key="try_sample"):
        session.choose_twin(sample.name)
        first.start_sample()
        st.rerun()
