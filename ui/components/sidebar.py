"""The side of every page: which twin, who speaks, and whether all is ready."""

import streamlit as st

from memory.errors import StoreError
from memory.model import OWNER
from ui import first, session
from ui.session import Scene

_OWNER, _VISITOR = "The owner", "A visitor"
_NO_NAME = "visitor"
_CHOICE, _ROLE, _NAME = "twin_choice", "role", "visitor_name"
_NEXT_PAGE = "next_page"


def draw_sidebar(scene: Scene) -> None:
    """Draw the choices that hold on every page."""
    with st.sidebar:
        _draw_twins(scene)
        _draw_speaker(scene)
        _draw_state(scene.twin)


def take_next_page() -> str | None:
    """Return the page that a new twin is to begin with, once."""
    return st.session_state.pop(_NEXT_PAGE, None)


def draw_new_twin(*, key: str) -> None:
    """Draw the form that makes a twin."""
    with st.form(f"new_twin_{key}", border=False, clear_on_submit=True):
        person = st.text_input("Whose twin is it?", placeholder="First and last name", key=key)
        made = st.form_submit_button("Make the twin", type="primary", width="stretch")
    if not made:
        return
    try:
        session.choose_twin(first.make_twin(person))
    except StoreError as error:
        st.error(session.explain(error))
        return
    st.session_state[_NEXT_PAGE] = "views/enrol.py"
    st.rerun()


def _draw_twins(scene: Scene) -> None:
    twins = session.workshop().store.twins()
    owners = {twin.name: twin.owner for twin in twins}
    same = len(set(owners.values())) < len(owners)
    st.session_state[_CHOICE] = scene.twin
    st.selectbox(
        "Twin",
        list(owners),
        format_func=lambda name: f"{owners[name]} ({name})" if same else owners[name],
        key=_CHOICE,
        on_change=lambda: session.choose_twin(st.session_state[_CHOICE]),
    )
    with st.popover("New twin", icon=":material/add:", type="tertiary"):
        draw_new_twin(key="person_beside")


def _draw_speaker(scene: Scene) -> None:
    st.session_state[_ROLE] = _OWNER if scene.owner else _VISITOR
    st.segmented_control(
        "Who is speaking?",
        [_OWNER, _VISITOR],
        key=_ROLE,
        required=True,
        width="stretch",
        on_change=_change_role,
    )
    if scene.owner:
        st.caption(
            "On your own machine you speak as the owner: you see everything, and what you say "
            "teaches the twin."
        )
        return
    names = scene.memory.talks.visitors()
    st.session_state[_NAME] = scene.visitor
    st.selectbox(
        "Name of the visitor",
        list(dict.fromkeys([scene.visitor, *names])),
        key=_NAME,
        accept_new_options=True,
        on_change=_change_visitor,
    )
    st.caption(
        "Visitors have a thread of their own, hear nothing private, and teach the twin nothing."
    )


def _change_role() -> None:
    session.speak_as(OWNER if st.session_state[_ROLE] == _OWNER else _NO_NAME)


def _change_visitor() -> None:
    session.speak_as(st.session_state[_NAME] or _NO_NAME)


def _draw_state(twin: str) -> None:
    """Say what keeps the twin from talking; that it gets ready is said where a reply waits."""
    # No timer here: one that fires while a reply is followed leaves the page waiting for good.
    problem = session.get_ready(twin).problem
    if problem:
        st.warning(problem, icon=":material/warning:")
