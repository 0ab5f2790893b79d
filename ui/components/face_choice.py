"""Who draws the face: this machine, a network of the user's, or a provider with consent."""

import tempfile
from pathlib import Path

import streamlit as st

from memory.errors import SelfsameError
from persona.face.desk import FaceDesk
from persona.face.profile import STATEMENT
from persona.face.specs import LOCAL, OWN, SPECS, chosen_face
from ui import session
from ui.components.progress import draw_progress
from ui.job import Job, Progress
from ui.session import Scene
from ui.wording import safe

_VIDEO = ["mp4"]


def draw_face_choice(scene: Scene) -> None:
    """Draw who draws the face now, the choice, what is at providers, and taking it back."""
    desk = session.workshop().face_desk(scene.twin)
    job = session.jobs().get(_job_name(scene))
    with st.expander("Who draws it", expanded=job is not None):
        if job is not None and not _draw_job(scene, job):
            return
        now = chosen_face(session.settings(), desk.profile)
        st.caption(f"Now: {safe(now)}, {safe(SPECS[now.partition(':')[0]].about)}.")
        _draw_choice(desk)
        _draw_making(scene, desk)
        for month, seconds in desk.profile.spent.items():
            st.caption(f"{safe(month)}: {seconds:,} s drawn there")
        _draw_taking_back(desk)


def _job_name(scene: Scene) -> str:
    return f"face:{scene.twin}"


def _draw_job(scene: Scene, job: Job) -> bool:
    """Draw how an avatar gets on; return whether that is over."""
    if job.running:
        st.markdown("The provider is at work, for minutes or an hour. You may go on and come back.")
        draw_progress(job)
        return False
    if job.problem:
        st.error(safe(job.problem), title="No face was made", icon=":material/error:")
    else:
        st.success("The face is made and is seen from now on.", icon=":material/check:")
    session.jobs().drop(_job_name(scene))
    return True


def _draw_choice(desk: FaceDesk) -> None:
    profile = desk.profile
    choices = ["auto", LOCAL, *(f"{name}:{OWN}" for name in profile.avatars)]
    if profile.choice not in choices:
        choices.append(profile.choice)
    choice = st.selectbox(
        "Face",
        choices,
        choices.index(profile.choice),
        accept_new_options=True,
        help="Or write wav2lip:/path/model.onnx or liveavatar:AVATAR_ID. What a provider draws "
        "is sent there as sound; when it fails, the local face stands in.",
        key="face_choice",
    )
    if st.button("Keep this", icon=":material/check:", key="face_keep"):
        try:
            desk.choose(choice)
        except SelfsameError as error:
            st.error(session.explain(error))
        else:
            st.toast("Kept", icon=":material/check:")
            st.rerun()


def _draw_making(scene: Scene, desk: FaceDesk) -> None:
    makers = {spec.title: name for name, spec in SPECS.items() if spec.makes}
    title = st.segmented_control(
        "Let a provider make it", list(makers), key="face_maker", default=None
    )
    if title is None:
        return
    statement = STATEMENT.format(name=scene.person)
    st.markdown(f"> {safe(statement)}")
    agreed = st.checkbox(f"I am {safe(scene.person)} and agree to this.", key="face_consent")
    upload = st.file_uploader(
        "A video of the owner, where the provider takes one; else the portrait is sent",
        _VIDEO,
        key="face_maker_video",
    )
    sent = st.button(f"Send it to {title}", disabled=not agreed, key="face_make")
    if sent:
        desk.consent(statement)
        _start(scene, desk, makers[str(title)], upload.getvalue() if upload else None)
        st.rerun()


def _start(scene: Scene, desk: FaceDesk, provider: str, video: bytes | None) -> None:
    def work(progress: Progress) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "video.mp4"
            if video is not None:
                file.write_bytes(video)
            desk.make(provider, file if video is not None else None, progress)

    session.jobs().start(_job_name(scene), work)


def _draw_taking_back(desk: FaceDesk) -> None:
    agreed = desk.agreed
    if agreed is None:
        return
    st.caption(
        f"Agreed by {safe(agreed.person)}, {agreed.given_at:%d %B %Y}: {safe(agreed.statement)}"
    )
    if st.button("Take it back and delete what is at providers", key="face_forget"):
        try:
            desk.forget_avatars()
        except SelfsameError as error:
            st.error(session.explain(error))
        else:
            st.rerun()
