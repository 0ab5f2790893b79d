"""The last change that can be taken back, offered at the foot of the page."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from ui.wording import safe

_LAST = "last_change"


class _Change(NamedTuple):
    """A change of what a twin knows, and the way back."""

    twin: str
    what: str
    back: Callable[[], object]


def offer_undo(twin: str, what: str, back: Callable[[], object]) -> None:
    """Offer to take back a change that was just made, in place of the one before.

    Args:
        twin: whose it is.
        what: what was done, in words.
        back: undoes it.
    """
    st.session_state[_LAST] = _Change(twin, what, back)


def drop_undo() -> None:
    """Offer nothing more: what was changed is gone."""
    st.session_state.pop(_LAST, None)


def draw_undo(twin: str) -> None:
    """Draw the last change of a twin with the button that takes it back."""
    change: _Change | None = st.session_state.get(_LAST)
    if change is None or change.twin != twin:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="undo_bar"):
        st.markdown(safe(change.what), width="stretch")
        st.button("Undo", icon=":material/undo:", key="undo", on_click=_undo, args=(change,))


def _undo(change: _Change) -> None:
    drop_undo()
    change.back()
    st.toast("Taken back", icon=":material/undo:")
