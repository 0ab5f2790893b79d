"""What the twin looks like: the portrait, its mouths, a new face, a test sentence."""

import tempfile
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from memory.errors import SelfsameError
from persona.errors import ConsentProblem
from persona.face.contact_sheet import contact_sheet
from persona.face.landmarks import LICENCE_NOTE
from persona.face.open_face import build_face
from persona.face.own_face import OwnFace
from persona.face.profile import STATEMENT
from persona.face.quality import quality_of
from persona.face.store import BuiltFace
from ui import session
from ui.components.face_choice import draw_face_choice
from ui.components.face_room import draw_face_room
from ui.components.guest import stop_for_visitors
from ui.session import Scene
from ui.wording import safe

_VIDEO = ["mp4", "mov", "mpg", "mpeg", "webm", "mkv"]
_PICTURE = ["jpg", "jpeg", "png"]
_SIZES = {512: "Standard, 512 pixels", 720: "Full, 720 pixels"}
_SENTENCE = "Hello, it's lovely to meet you at last."


class _Material(NamedTuple):
    """What a face is to be made of."""

    name: str
    content: bytes
    points: bytes | None
    """Of a drawing."""


def _draw_face(built: BuiltFace) -> None:
    quality = quality_of(built)
    with st.container(horizontal=True, gap="medium"):
        st.image(built.portrait, channels="BGR", width=240)
        with st.container(gap="xxsmall"):
            st.markdown(f"Made from **{quality.kind}**")
            if isinstance(built, OwnFace):
                st.metric("Mouths to choose from", quality.mouths)
                st.metric("Mouth shapes that are there", f"{quality.coverage:.0%}")
            for wish in quality.advice:
                st.caption(f":material/lightbulb: {safe(wish[0].upper() + wish[1:])}.")
    if isinstance(built, OwnFace):
        with st.expander("All mouths, the most closed first", type="compact"):
            st.image(contact_sheet(built), channels="BGR")


def _draw_test(scene: Scene) -> None:
    st.subheader("Let it say something", anchor=False)
    with st.form("test_sentence", border=False):
        text = st.text_input("Sentence", value=_SENTENCE, key="sentence")
        captions = st.checkbox("With captions in the picture", key="captions")
        sent = st.form_submit_button("Film", type="primary", icon=":material/movie:")
    if not (sent and text.strip()):
        return
    try:
        with st.spinner("Filming…"), tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "film.mp4"
            made = session.workshop().studio(scene.twin).film(text, out, burn_in=captions)
            film = out.read_bytes()
    except SelfsameError as error:
        st.warning(safe(str(error)), icon=":material/voice_over_off:")
        return
    st.video(film, autoplay=True)
    for notice in made.notices:
        st.warning(safe(notice), icon=":material/swap_horiz:")
    about = f"{made.report.seconds:.1f} s, drawn at {made.report.render_fps:.0f} frames a second"
    st.caption(f"{about}, marked as made by AI.")
    st.download_button("Save the film", film, f"{scene.twin}.mp4", "video/mp4")


def _draw_new(scene: Scene, *, first: bool) -> None:
    title = "Give it a face" if first else "Make a new face"
    with st.expander(title, expanded=first):
        st.caption(
            "A video of the owner speaking, from the front, in even light, for a minute or more. "
            "One picture works too, with less of a likeness in motion."
        )
        upload = st.file_uploader("Video or picture", type=_VIDEO + _PICTURE, key="face_file")
        points = None
        if upload is not None and not _is_video(upload.name):
            points = st.file_uploader(
                "For a drawing in which no face is found: its points",
                type=["json"],
                help='{"points": [[x, y], ...]}, 68 of them in pixels, in the usual order of iBUG.',
                key="face_points",
            )
        st.markdown(f"> {safe(STATEMENT.format(name=scene.person))}")
        agreed = st.checkbox(
            f"I am {safe(scene.person)}, or {safe(scene.person)} agrees to this", key="face_agreed"
        )
        size = st.segmented_control(
            "Quality",
            list(_SIZES),
            default=512,
            format_func=lambda side: _SIZES[side],
            help="Full needs footage of 720 lines or more, and about half a gigabyte of memory.",
            key="face_size",
        )
        ready = upload is not None and agreed
        if st.button("Build the face", type="primary", disabled=not ready) and upload is not None:
            material = _Material(upload.name, upload.getvalue(), points and points.getvalue())
            _build(scene, material, size or 512)
        st.caption(safe(f"Used to find the face in pictures: {LICENCE_NOTE}."))


def _is_video(name: str) -> bool:
    return Path(name).suffix.lower().removeprefix(".") in _VIDEO


def _build(scene: Scene, material: _Material, size: int) -> None:
    is_video = _is_video(material.name)
    bar = st.progress(0.0, "Looking at it…")
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"upload{Path(material.name).suffix.lower()}"
            file.write_bytes(material.content)
            points = Path(folder) / "points.json"
            points.write_bytes(material.points or b"")
            built = build_face(
                video=file if is_video else None,
                photo=None if is_video else file,
                points_file=points if material.points else None,
                size=size,
                progress=lambda what, done, total: bar.progress(done / total, what.capitalize()),
            )
    except SelfsameError as error:
        bar.empty()
        st.warning(safe(str(error)), icon=":material/face_retouching_off:")
        return
    desk = session.workshop().face_desk(scene.twin)
    desk.consent(STATEMENT.format(name=scene.person))
    desk.keep(built)
    st.rerun()


def _kept(scene: Scene) -> BuiltFace | None:
    try:
        return session.workshop().built_face(scene.twin)
    except ConsentProblem as problem:
        st.warning(safe(str(problem)), icon=":material/lock:")
        return None


here = session.here()
st.title("Face", anchor=False)
stop_for_visitors(here)
kept = _kept(here)
if kept is None:
    st.info("This twin has no face yet.")
else:
    _draw_face(kept)
    _draw_test(here)
    draw_face_choice(here)
    draw_face_room(here)
_draw_new(here, first=kept is None)
