"""Letting the chat model read more facts from the owner's words, with a look at what it takes."""

import streamlit as st

from ui import session
from ui.components.progress import draw_progress
from ui.job import Job, Progress
from ui.session import Scene
from ui.wording import count, safe


def draw_reading(scene: Scene) -> None:
    """Draw the offer, the progress, or what came of it."""
    job = session.jobs().get(_name(scene))
    if job is None:
        with st.expander("Find more facts", icon=":material/manage_search:"):
            _draw_offer(scene)
    elif job.running:
        draw_progress(job)
    else:
        _draw_outcome(job, scene)


def _name(scene: Scene) -> str:
    return f"reading:{scene.twin}"


def _draw_offer(scene: Scene) -> None:
    from persona.reading import to_read

    if session.get_ready(scene.twin).running:
        st.caption("The twin is getting ready.")
        return
    chat = session.workshop().chat()
    if chat is None:
        st.caption("The rules have read everything. A chat model could find more: see Settings.")
        return
    words = len(to_read(scene.memory))
    where = (
        "It stays on this machine, takes seconds for each dozen, and a small model finds little."
        if chat.local
        else "They are sent to that provider."
    )
    st.caption(
        f"The rules have read everything. {safe(chat.name)} can read "
        f"{count(words, 'message')} of the owner's that aren't private for what they miss. {where}"
    )
    if st.button("Read them", icon=":material/auto_stories:", key="read_facts", disabled=not words):
        _start(scene)
        st.rerun()


def _start(scene: Scene) -> None:
    workshop, twin = session.workshop(), scene.twin

    def work(progress: Progress) -> object:
        from persona.reading import read_facts

        chat = workshop.chat()
        assert chat is not None, "it was offered because there is one"
        return read_facts(
            workshop.store.memory(twin),
            chat,
            lambda done, total: progress("reading messages", done, total),
        )

    session.jobs().start(_name(scene), work)


def _draw_outcome(job: Job, scene: Scene) -> None:
    from persona.reading import Reading

    reading = job.outcome
    if job.problem:
        st.error(job.problem, icon=":material/error:")
    elif isinstance(reading, Reading):
        text = (
            f"Read {count(reading.messages, 'message')}, found {count(reading.facts, 'new fact')}."
        )
        if reading.problem:
            st.warning(f"{text} {safe(reading.problem)}", title="Ended early")
        else:
            st.success(text, icon=":material/check:")
    st.button(
        "Done",
        type="tertiary",
        key="reading_done",
        on_click=session.jobs().drop,
        args=(_name(scene),),
    )
