"""What this machine does for the twin, where the data lies, and what can be set."""

import streamlit as st

from persona.settings import SETTINGS_FILE, Settings
from ui import machine, session
from ui.components.guest import stop_for_visitors
from ui.wording import safe, size

_STATES = {
    "verified": ":green-badge[:material/verified: there, checksum verified]",
    "unverified": ":gray-badge[:material/pending: there, verified at first use]",
    "missing": ":orange-badge[:material/download: not fetched]",
}


def _draw_privacy(settings: Settings) -> None:
    sent = machine.leaves_machine(settings)
    if not sent:
        st.success(
            "Everything runs and stays on this machine. No usage is reported to anybody.",
            title="Nothing leaves this machine",
            icon=":material/lock:",
        )
        return
    st.warning(
        f"A provider is asked for: {safe(', '.join(sent).lower())}. Questions, and the memories "
        "that answer them, are sent there.",
        title="Some of it leaves this machine",
        icon=":material/cloud_upload:",
    )


def _draw_models(settings: Settings) -> None:
    st.subheader("Models in use", anchor=False)
    for part in machine.parts(settings):
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{part.role}: **{safe(part.name)}**", width="content")
                if part.local:
                    st.badge("on this machine", icon=":material/computer:", color="green")
                else:
                    st.badge("hosted", icon=":material/cloud:", color="orange")
            st.caption(safe(part.why))
    with st.expander("Models that come with selfsame", type="compact"):
        for about, state in machine.model_files(settings):
            st.markdown(f"{safe(about)} {_STATES[state]}")
        st.caption("Fetch what is missing by the command: selfsame models \\-\\-fetch")


def _draw_data(settings: Settings) -> None:
    st.subheader("Where the data lives", anchor=False)
    twins = session.workshop().store.twins()
    with st.grid(3, min_column_width=140):
        st.metric("In the home", size(machine.folder_size(settings.home)))
        st.metric("Twins", len(twins))
        st.metric("Time zone", str(session.workshop().zone), help="Of times that come without one.")
    st.code(str(settings.home), language=None, wrap_lines=True)
    st.caption("Database, index and key lie in this folder, open to your own account alone.")


def _draw_choices(settings: Settings) -> None:
    st.subheader("What can be set", anchor=False)
    st.caption(
        f"By an environment variable, or in {SETTINGS_FILE} in the home under the part after "
        "SELFSAME, in small letters. A change takes effect when the app starts again."
    )
    for choice in machine.choices(settings):
        mark = " · set by you" if choice.is_set else ""
        with st.expander(f"{safe(choice.variable)}{mark}"):
            st.markdown(safe(choice.about))
            st.caption(f"Now: {safe(choice.value)}")


here = session.here()
st.title("Settings", anchor=False)
stop_for_visitors(here)
current = session.settings()
_draw_privacy(current)
_draw_models(current)
_draw_data(current)
_draw_choices(current)
