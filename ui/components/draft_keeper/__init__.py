"""Keeps what is typed as an answer before it is sent; its page part is in the file beside this."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from memory.recordings import Recordings
from ui.drafting import PATH, Draft, slots

_SLOT = "draft_slot"

_view: Any = component(
    "selfsame_draft_keeper", js=Path(__file__).with_name("view.js").read_text("utf-8")
)


def draw_draft_keeper(recordings: Recordings, question_id: int, *, field: str) -> None:
    """Draw nothing; keep what is typed in a field as the draft of an answer.

    Args:
        recordings: where drafts are kept.
        question_id: the question that is answered.
        field: key of the text area.
    """
    known, token = st.session_state.get(_SLOT, (0, ""))
    if known != question_id or slots().find(token) is None:
        token = slots().open(Draft(lambda words: recordings.keep_typed(question_id, words)))
        st.session_state[_SLOT] = (question_id, token)
    data = {"token": token, "path": PATH, "field": f".st-key-{field} textarea"}
    _view(key="draft_keeper", data=data)


def stop_keeping() -> None:
    """Take nothing more for the question at hand: it is answered, skipped or begun afresh."""
    _, token = st.session_state.pop(_SLOT, (0, ""))
    if (draft := slots().find(token)) is not None:
        draft.done = True
