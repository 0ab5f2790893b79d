"""The talk with the twin, face to face."""

from secrets import token_urlsafe

import streamlit as st

from persona.live.ice import ice_servers
from ui import session
from ui.components.live import tell_draft
from ui.components.live_view import draw_live_view
from ui.live.door import door
from ui.live.room import Room
from ui.live.routes import CLIPS, PATH
from ui.session import Scene

_WHO = "live_session"


def _make(scene: Scene) -> Room:
    opened = session.workshop()
    return Room(
        lambda: opened.cast(scene.twin, scene.visitor),
        opened.zone,
        lambda: opened.studio(scene.twin),
        ice_servers(opened.settings),
    )


here = session.here()
mine = st.session_state.setdefault(_WHO, token_urlsafe(16))
token = door().admit(mine, here.talk, lambda: _make(here))
tell_draft(here)
settings = session.settings()
draw_live_view(
    {
        "token": token,
        "about": here.talk,
        "path": PATH,
        "clips": CLIPS,
        "person": here.person,
        "ice": [server.as_json() for server in ice_servers(settings)],
        "way": st.query_params.get("transport", settings.live_by),
    },
    key=f"live_{here.twin}_{here.visitor}",
)
st.caption(
    "Speak or type. Speaking up, Stop or Esc interrupts; the space bar is the talk button.",
    text_alignment="center",
)
