"""What the twin knows: facts, search, sources, manner."""

import streamlit as st

from memory.attributes import ATTRIBUTES
from ui import session
from ui.areas import by_area
from ui.components.fact import draw_fact
from ui.components.guest import stop_for_visitors
from ui.components.reading import draw_reading
from ui.components.search import draw_search
from ui.components.sources import draw_sources
from ui.components.undo import draw_undo
from ui.editing import add_fact
from ui.session import Scene
from ui.wording import safe

_PARTS = ["Facts", "Search", "Sources", "Manner"]


def _draw_facts(scene: Scene) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        past = st.toggle("Also what no longer holds", key="past")
        st.space("stretch")
        with st.popover("Add a fact", icon=":material/add:"):
            _draw_new_fact(scene)
    draw_reading(scene)
    facts = scene.memory.beliefs.all(past=past)
    if not facts:
        st.info("No facts yet. They are found when something is imported, or taught in the chat.")
    for area, group in by_area(facts).items():
        st.subheader(area, anchor=False)
        with st.container(gap="xxsmall"):
            for fact in group:
                draw_fact(fact, scene)


def _draw_new_fact(scene: Scene) -> None:
    with st.form("new_fact", border=False, clear_on_submit=True):
        attribute = st.selectbox(
            "What is it about?",
            [one.name for one in ATTRIBUTES],
            index=None,
            accept_new_options=True,
            placeholder="lives in",
            key="new_attribute",
        )
        value = st.text_input("What is true?", placeholder="Porto", key="new_value")
        since = st.date_input("Since when, if you like", value=None, key="new_since")
        private = st.checkbox("For the owner alone", key="new_private")
        sent = st.form_submit_button("Add", type="primary", shortcut="Ctrl+Enter")
    if not sent:
        return
    if not (attribute and value.strip()):
        st.warning("Both are needed: what it is about, and what is true.")
        return
    add_fact(scene.memory, attribute, value, since=since, private=private)
    st.toast(f"Added: {safe(attribute)} {safe(value)}", icon=":material/check:")
    st.rerun()


def _draw_manner(scene: Scene) -> None:
    from persona.profile import load_profile
    from persona.style import summary

    style = load_profile(scene.memory).style
    st.subheader("How they write", anchor=False)
    if style is None:
        st.caption("Measured at the first import.")
    else:
        st.markdown("\n".join(f"- {safe(line)}" for line in summary(style)))
    st.subheader("What they wish", anchor=False)
    wishes = scene.memory.talks.wishes()
    if not wishes:
        st.caption("None yet. Say it in the chat: “keep your answers shorter”.")
    for number, wish in enumerate(wishes):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(wish)
            st.button(
                "Remove",
                icon=":material/close:",
                type="tertiary",
                key=f"wish_{number}",
                on_click=scene.memory.talks.drop_wish,
                args=(wish,),
            )


here = session.here()
st.title("Memories", anchor=False)
stop_for_visitors(here)
part = st.segmented_control(
    "Part",
    _PARTS,
    default=_PARTS[0],
    required=True,
    label_visibility="collapsed",
    key="part",
    bind="query-params",
)
draw = {
    "Facts": _draw_facts,
    "Search": draw_search,
    "Sources": draw_sources,
    "Manner": _draw_manner,
}
draw[part or _PARTS[0]](here)
draw_undo(here.twin)
