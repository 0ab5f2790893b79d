"""Records a film with camera and microphone; its page part is in the files beside this one."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from ui.filming import PATH, Slot, slots
from ui.uploads import Tray

_HERE = Path(__file__).parent
_SLOT = "film_slot"


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


_view: Any = component(
    "selfsame_film_recorder",
    html=_read("view.html"),
    css=_read("view.css"),
    js=_read("view.js"),
)


def draw_film_recorder(*, key: str) -> Tray | None:
    """Draw the recorder; return a film that was just handed in, as the one file of a tray."""
    token: str = st.session_state.get(_SLOT, "")
    slot = slots().find(token)
    if slot is None:
        slot = Slot()
        token = st.session_state[_SLOT] = slots().open(slot)
    _view(key=key, data={"token": token, "path": PATH}, on_sent_change=lambda: None)
    film, slot.arrived = slot.arrived, None
    return film
