"""The last step of an enrolment: fit the voice, talk with the interviewer, review, go live."""

from typing import Any

import streamlit as st

from ingest.interview.picture import overall
from persona.voice.desk import VoiceDesk
from persona.voice.profile import SAMPLE
from persona.voice.sample import SHORTEST_SAMPLE
from persona.voice.voices import has_kokoro
from ui import session
from ui.components.progress import draw_progress
from ui.interviewing import open_interview
from ui.job import Progress
from ui.session import Scene
from ui.wording import safe


def draw_next(scene: Scene, report: dict[str, Any] | None) -> None:
    """Draw what is left to do, each with the way there."""
    _draw_fitting(scene, report)
    picture = open_interview(session.workshop(), scene.twin, "short", ask_model=False).picture()
    known = f"the picture is {overall(picture):.0%} complete"
    _draw_way("Interview", known, "views/interview.py", ":material/quiz:")
    _draw_way("Import", "chats, mail, notes", "views/import_.py", ":material/upload_file:")
    _draw_way(
        "Review", "what it believes, before others do", "views/review.py", ":material/fact_check:"
    )
    live = "live" if scene.memory.twin.live_at else "a draft until you let it go live in the review"
    st.caption(f"The twin is {live}.")


def _draw_way(label: str, about: str, page: str, icon: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(page, label=label, icon=icon, width=150)
        st.markdown(f":gray[{safe(about)}]", width="stretch")


def _draw_fitting(scene: Scene, report: dict[str, Any] | None) -> None:
    name = f"voice:{scene.twin}"
    job = session.jobs().get(name)
    if job is not None and job.running:
        st.markdown("Fitting the voice takes some minutes. You may go on and come back.")
        draw_progress(job)
        return
    if job is not None and job.problem:
        st.error(safe(job.problem), title="No voice was fitted", icon=":material/error:")
    desk = VoiceDesk(session.settings(), scene.memory)
    fit = desk.profile.fit
    if fit is not None:
        st.success(
            f"The voice is fitted: likeness {fit.after:.2f}, where the owner's own speech has "
            f"{fit.own:.2f} and other people about 0.55.",
            icon=":material/check:",
        )
        return
    if not _can_fit(scene, report):
        return
    if st.button(
        "Fit the voice",
        type="primary",
        icon=":material/tune:",
        help="Some minutes of work in the background; the twin then speaks alike.",
        key="enrol_fit",
    ):
        _fit(scene, desk, name)
        st.rerun()


def _can_fit(scene: Scene, report: dict[str, Any] | None) -> bool:
    voice = (report or {}).get("voice")
    if voice is None or voice["clean_seconds"] <= SHORTEST_SAMPLE:
        return False
    if not has_kokoro(session.settings()):
        st.info("The voices to fit from haven't been fetched yet: selfsame models \\-\\-fetch")
        return False
    return scene.memory.voice.path(SAMPLE) is not None


def _fit(scene: Scene, desk: VoiceDesk, name: str) -> None:
    sample = scene.memory.voice.path(SAMPLE)
    assert sample is not None, "the button is only there with a sample"

    def work(progress: Progress) -> str:
        desk.fit([sample], "", progress)
        return "\n".join(desk.remarks)

    session.jobs().start(name, work)
