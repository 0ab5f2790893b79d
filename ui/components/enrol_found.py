"""The third step of an enrolment: what was found in the material, and what it lacks."""

from pathlib import Path
from typing import Any

import streamlit as st

from memory.errors import SelfsameError
from persona.consent.spoken import SAME_VOICE
from persona.voice.profile import SAMPLE
from persona.voice.sample import GOOD_SAMPLE
from ui import session
from ui.portraits import Shown, kept_portraits, note_used, used
from ui.session import Scene
from ui.wording import count, safe

_MADE = {"own-footage": "moves as in the video", "photo": "from one picture"}


def draw_found(scene: Scene, report: dict[str, Any]) -> None:
    """Draw the report of the last enrolment."""
    _draw_amounts(report)
    _draw_portraits(scene, report)
    _draw_sample(scene)
    _draw_likeness(report.get("same_voice"))
    for problem in report["problems"]:
        st.warning(
            f"{safe(_sentence(problem['what']))}. {safe(_sentence(problem['instead']))}.",
            icon=":material/lightbulb:",
        )
    for remark in report["remarks"]:
        st.caption(f":material/info: {safe(_sentence(remark))}.")
    if report["missing"]:
        st.markdown("**Still missing**")
        for lack in report["missing"]:
            st.markdown(f"- {safe(lack)}")


def _draw_likeness(same_voice: float | None) -> None:
    if same_voice is not None and same_voice >= SAME_VOICE:
        st.caption(f":material/check: One person speaks throughout: likeness {same_voice:.2f}.")


def _sentence(text: str) -> str:
    return (text[:1].upper() + text[1:]).rstrip(".")


def _draw_amounts(report: dict[str, Any]) -> None:
    face, voice, words = report["face"], report["voice"], report["words"]
    with st.grid(3, min_column_width=150):
        made = _MADE[face["face"]] if face else "no face was found or given"
        st.metric("Face", "made" if face else "none", help=_sentence(made))
        clean = voice["clean_seconds"] if voice else 0.0
        st.metric(
            "Clear speech",
            f"{clean:.0f} s",
            help=f"Without noise and distortion. {GOOD_SAMPLE:.0f} seconds make a good voice.",
        )
        facts = count(words["facts"], "fact")
        st.metric("Words kept", count(words["kept"], "passage"), help=f"And {facts} from them.")


def _draw_portraits(scene: Scene, report: dict[str, Any]) -> None:
    portraits = kept_portraits(scene.memory.enrolment)
    if not portraits:
        return
    still = bool(report["face"]) and report["face"]["face"] == "photo"
    in_use = used(scene.memory.enrolment, session.workshop().faces(scene.twin).stamp())
    st.markdown("**The best pictures of the video**")
    with st.grid(5, min_column_width=110):
        for number, shown in enumerate(portraits):
            with st.container(gap="xxsmall"):
                st.image(shown.file)
                if still:
                    _draw_choosing(scene, number, shown, in_use=number == in_use)
                else:
                    st.caption(f"at {shown.at:.1f} s")
    if not still and report["face"]:
        st.caption("The face moves as in the video, so it needs none of them.")


def _draw_choosing(scene: Scene, number: int, shown: Shown, *, in_use: bool) -> None:
    if in_use:
        st.markdown(":green-badge[:material/check: in use]")
    elif st.button("Use it", type="tertiary", key=f"portrait_{number}"):
        try:
            with st.spinner("Making the face…"):
                session.workshop().face_desk(scene.twin).build(photo=Path(shown.file))
        except SelfsameError as error:
            st.warning(session.explain(error), icon=":material/face_retouching_off:")
            return
        note_used(scene.memory.enrolment, number, session.workshop().faces(scene.twin).stamp())
        st.rerun()


def _draw_sample(scene: Scene) -> None:
    sample = scene.memory.voice.path(SAMPLE)
    if sample is not None:
        st.markdown("**The voice sample**: the clearest stretches, made equally loud")
        st.audio(str(sample), format="audio/wav")
