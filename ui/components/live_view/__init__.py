"""The live view, whose page part is in the files beside this one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

_HERE = Path(__file__).parent
_SCRIPTS = ("turns.js", "uplink.js", "call.js", "stream.js", "clips.js", "visitor.js", "view.js")
"""One module for the page: each script uses those before it."""


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


_view: Any = component(
    "selfsame_live",
    html=_read("view.html"),
    css=_read("view.css"),
    js="\n".join(map(_read, _SCRIPTS)),
)


def draw_live_view(data: Mapping[str, object], *, key: str) -> None:
    """Draw the view of a live conversation; it stays the same element from run to run."""
    _view(key=key, data=dict(data))
