"""The second step of an enrolment: the owner says yes, in writing or aloud, or takes it back."""

import streamlit as st

from memory.errors import SelfsameError
from memory.gathered import Gathered
from persona.consent.desk import ConsentDesk
from persona.consent.statement import Challenge
from persona.errors import ConsentProblem
from ui import session
from ui.gathered import as_material
from ui.session import Scene
from ui.uploads import Tray
from ui.wording import day, safe

_ALOUD, _TYPED = "Read it aloud", "Type it"
_GONE = "enrol_gone"


def has_agreed(scene: Scene) -> bool:
    """Return whether the owner agreed to a voice and a face."""
    desk = session.workshop().consent_desk(scene.twin)
    return desk.covering("voice") is not None and desk.covering("face") is not None


def draw_consent(scene: Scene, gathered: Gathered) -> None:
    """Draw what was agreed to, or the statement to agree by."""
    desk = session.workshop().consent_desk(scene.twin)
    _draw_gone()
    if has_agreed(scene):
        _draw_agreed(desk)
        return
    challenge = _asked(desk)
    st.markdown(
        f"{safe(scene.person)} says or types these words. The last three change every time, "
        "so no old recording can stand in."
    )
    st.markdown(f"> **{safe(challenge.statement)}**")
    with st.container(horizontal=True, vertical_alignment="center"):
        way = st.segmented_control(
            "How",
            [_ALOUD, _TYPED],
            default=_ALOUD,
            required=True,
            label_visibility="collapsed",
            key="consent_way",
        )
        st.space("stretch")
        st.button(
            "Other words",
            icon=":material/refresh:",
            type="tertiary",
            key="consent_anew",
            on_click=_ask_anew,
            args=(desk,),
        )
    if way == _TYPED:
        _draw_typing(desk, challenge, gathered)
    else:
        _draw_speaking(desk, challenge, gathered)


def _asked(desk: ConsentDesk) -> Challenge:
    try:
        return desk.asked
    except ConsentProblem:
        return desk.challenge()


def _ask_anew(desk: ConsentDesk) -> None:
    desk.challenge()


def _draw_typing(desk: ConsentDesk, challenge: Challenge, gathered: Gathered) -> None:
    with st.form("consent_form", border=False):
        typed = st.text_area(
            "The statement, typed as it stands",
            height=110,
            label_visibility="collapsed",
            placeholder="Type the statement above, with its three words.",
            key="consent_typed",
        )
        sent = st.form_submit_button("I agree", type="primary", icon=":material/check:")
    if not sent:
        return
    try:
        desk.write(typed, challenge=challenge, material=as_material(gathered).files)
    except SelfsameError as error:
        st.error(session.explain(error), icon=":material/error:")
        return
    st.rerun()


def _draw_speaking(desk: ConsentDesk, challenge: Challenge, gathered: Gathered) -> None:
    said = st.audio_input("The statement, read aloud", key="_".join(("said", *challenge.words)))
    if said is None:
        st.caption("It is written down here and compared, and the voice with that of step 1.")
        return
    if not st.button("I agree, check it", type="primary", icon=":material/check:", key="said_it"):
        return
    tray = Tray()
    try:
        with st.spinner("Listening…"):
            (path,) = tray.lay([said])
            desk.speak(path, challenge, material=as_material(gathered).files)
    except SelfsameError as error:
        st.error(session.explain(error), icon=":material/error:")
        return
    finally:
        tray.empty()
    st.rerun()


def _draw_agreed(desk: ConsentDesk) -> None:
    agreed = desk.consents[-1]
    how = "in writing" if agreed.how == "typed" else "aloud"
    alike = "" if agreed.likeness is None else f", in the same voice ({agreed.likeness:.2f})"
    when = day(agreed.given_at, session.workshop().zone)
    st.markdown(f"{safe(agreed.person)} agreed {how} on {when}{alike}.")
    st.markdown(f"> {safe(agreed.statement)}")
    with st.popover("Withdraw", icon=":material/block:", type="tertiary"):
        st.markdown(
            "The voice, the face, the pictures and every copy at a provider are deleted. What was "
            "said and written stays as text until its source is removed under Import."
        )
        st.button(
            "Withdraw and delete",
            type="primary",
            key="consent_withdraw",
            on_click=_withdraw,
            args=(desk,),
        )


def _withdraw(desk: ConsentDesk) -> None:
    st.session_state[_GONE] = desk.withdraw()


def _draw_gone() -> None:
    gone = st.session_state.pop(_GONE, None)
    if gone is None:
        return
    deleted = f" Deleted: {safe(', '.join(gone.removed))}." if gone.removed else ""
    st.success(f"Consent is withdrawn.{deleted}", icon=":material/check:")
    for left in gone.unreachable:
        st.warning(safe(f"Still to be deleted: {left}"), icon=":material/cloud_off:")
