"""One fact with all that its owner may want to do about it."""

from collections.abc import Callable

import streamlit as st

from memory.model import Fact, FactState
from ui import session
from ui.components.evidence import draw_evidence, fact_line
from ui.components.undo import drop_undo, offer_undo
from ui.editing import correct_fact, forget_fact, preview_forgetting, take_back
from ui.session import Scene
from ui.wording import count, day, safe

_FORGETTING = "forgetting"


def draw_fact(fact: Fact, scene: Scene) -> bool:
    """Draw a fact as one line that opens; return whether it is open."""
    box = st.expander(fact_line(fact), key=f"fact_{fact.fact_id}", on_change="rerun")
    if not box.open:
        return False
    with box:
        _draw_origin(fact, scene)
        if fact.state is FactState.ACTIVE:
            _draw_correction(fact, scene)
        _draw_actions(fact, scene)
        if st.session_state.get(_FORGETTING) == fact.fact_id:
            _draw_forgetting(fact, scene)
    return True


def _draw_origin(fact: Fact, scene: Scene) -> None:
    zone = session.workshop().zone
    st.caption(f"Learnt {day(fact.learnt_at, zone)}{' from you' if fact.taught else ''}, from:")
    shown = scene.memory.utterances.by_id(fact.evidence)
    if shown:
        draw_evidence(list(shown.values()), zone)
    else:
        st.caption("No words are kept for it: it was entered by hand.")


def _draw_correction(fact: Fact, scene: Scene) -> None:
    form = st.form(f"correct_fact_{fact.fact_id}", border=False, clear_on_submit=True)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        value = st.text_input(
            "What is right instead", placeholder=fact.value, key=f"value_{fact.fact_id}"
        )
        sent = st.form_submit_button("Correct", icon=":material/edit:")
    if sent and value.strip():
        now = correct_fact(scene.memory, fact, value.strip())
        offer_undo(
            scene.twin, f"Now: {now.attribute} {now.value}", lambda: take_back(scene.memory, now)
        )
        st.rerun()


def _draw_actions(fact: Fact, scene: Scene) -> None:
    number = fact.fact_id
    with st.container(horizontal=True):
        if fact.private:
            _button("Let visitors know", "lock_open", f"hide_{number}", lambda: _hide(fact, scene))
        else:
            _button("Keep private", "lock", f"hide_{number}", lambda: _hide(fact, scene))
        if fact.state is FactState.ACTIVE:
            _button("No longer true", "history", f"past_{number}", lambda: _end(fact, scene))
            _button("Never true", "close", f"never_{number}", lambda: _deny(fact, scene))
        elif fact.superseded_by is None:
            _button("True after all", "undo", f"true_{number}", lambda: _reopen(fact, scene))
        _button("Forget…", "delete", f"forget_{number}", lambda: _ask(number))


def _button(label: str, icon: str, key: str, act: Callable[[], None]) -> None:
    st.button(label, icon=f":material/{icon}:", key=key, type="tertiary", on_click=act)


def _hide(fact: Fact, scene: Scene) -> None:
    beliefs, number = scene.memory.beliefs, fact.fact_id
    beliefs.hide(number, private=not fact.private)
    who = "Visitors may know" if fact.private else "Private now"
    _offer(fact, scene, who, lambda: beliefs.hide(number, private=fact.private))


def _end(fact: Fact, scene: Scene) -> None:
    scene.memory.beliefs.retract(fact.fact_id)
    _offer(fact, scene, "Past now", lambda: scene.memory.beliefs.reopen(fact.fact_id))


def _deny(fact: Fact, scene: Scene) -> None:
    scene.memory.beliefs.deny(fact.fact_id)
    _offer(fact, scene, "No longer believed", lambda: scene.memory.beliefs.reopen(fact.fact_id))


def _reopen(fact: Fact, scene: Scene) -> None:
    scene.memory.beliefs.reopen(fact.fact_id)


def _offer(fact: Fact, scene: Scene, what: str, back: Callable[[], None]) -> None:
    offer_undo(scene.twin, f"{what}: {fact.attribute} {fact.value}", back)


def _ask(fact_id: int | None) -> None:
    st.session_state[_FORGETTING] = fact_id


def _draw_forgetting(fact: Fact, scene: Scene) -> None:
    going = preview_forgetting(scene.memory, fact)
    with st.container(border=True):
        st.markdown(f"**This goes for good:** the fact, and {count(len(going.words), 'message')}.")
        for text in going.words:
            st.text(f"“{text}”")
        if going.also:
            lost = "; ".join(safe(f"{other.attribute} {other.value}") for other in going.also)
            st.caption(f"These facts rest on the same words and lose them: {lost}")
        st.caption("A later import of the same files can't bring it back.")
        with st.container(horizontal=True):
            st.button(
                "Erase for good",
                type="primary",
                icon=":material/delete_forever:",
                key=f"erase_{fact.fact_id}",
                on_click=_forget,
                args=(scene, fact),
            )
            st.button("Keep it", key=f"keep_{fact.fact_id}", on_click=_ask, args=(None,))


def _forget(scene: Scene, fact: Fact) -> None:
    drop_undo()
    erased = forget_fact(scene.memory, fact)
    _ask(None)
    st.toast(f"Forgotten, with {count(erased, 'message')}", icon=":material/check:")
    session.read_anew(scene.twin, measure=erased > 0)
