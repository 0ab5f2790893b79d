"""The review before a twin goes live: what it believes, what is sensitive, what is missing."""

from collections.abc import Mapping

import streamlit as st

from ingest.interview.picture import AreaPicture
from memory.model import Fact, Utterance
from ui import session
from ui.areas import by_area
from ui.components.fact import draw_fact
from ui.components.guest import stop_for_visitors
from ui.components.live import draw_live
from ui.components.undo import draw_undo
from ui.components.words import draw_words
from ui.interviewing import open_interview
from ui.session import Scene
from ui.wording import around, count, safe

_SHOWN = 30
_LEAST = 6


def _draw_beliefs(scene: Scene) -> None:
    facts = scene.memory.beliefs.all()
    if not facts:
        st.info("The twin believes nothing yet. Facts come with imports, the interview and talks.")
    behind = scene.memory.utterances.by_id([fact.evidence[0] for fact in facts if fact.evidence])
    for area, group in by_area(facts).items():
        st.subheader(area, anchor=False)
        with st.container(gap="xxsmall"):
            for fact in group:
                if not draw_fact(fact, scene):
                    _draw_behind(fact, behind)


def _draw_behind(fact: Fact, behind: Mapping[int, Utterance]) -> None:
    """Draw where the first words that show a fact speak of it."""
    said = behind.get(fact.evidence[0]) if fact.evidence else None
    more = f" and {len(fact.evidence) - 1} more" if len(fact.evidence) > 1 else ""
    words = f"“{safe(around(said.text, fact.value))}”{more}" if said else "entered by hand"
    st.caption(words, width="stretch")


def _draw_sensitive(scene: Scene) -> None:
    facts = [fact for fact in scene.memory.beliefs.all() if fact.private]
    words = [said for said in scene.memory.all_utterances() if said.private]
    st.markdown(
        f"For you alone: **{count(len(facts), 'fact')}**, **{count(len(words), 'message')}**. "
        "Visitors are told nothing of them. Open what may be known, erase what shouldn't be here."
    )
    with st.container(gap="xxsmall"):
        for fact in facts:
            draw_fact(fact, scene)
    for said in words[:_SHOWN]:
        draw_words(said, scene)
    if len(words) > _SHOWN:
        st.caption(f"and {len(words) - _SHOWN:,} more; search finds them under Memories")


def _draw_missing(scene: Scene) -> None:
    picture = open_interview(session.workshop(), scene.twin, "long", ask_model=False).picture()
    st.markdown("What the twin knows least about. A few answers in an area go a long way.")
    for area in sorted(picture, key=lambda one: one.share)[:_LEAST]:
        _draw_area(area)


def _draw_area(area: AreaPicture) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{area.title}**", width="content")
            st.space("stretch")
            if st.button(
                "Talk about it",
                icon=":material/record_voice_over:",
                type="tertiary",
                key=f"talk_about_{area.key}",
            ):
                st.session_state["interview_area"] = area.key
                st.session_state["course"] = "long"
                st.switch_page("views/interview.py")
        st.progress(area.share, text=f":small[{area.share:.0%}]")
        missing = f" · not known: {safe(', '.join(area.missing))}" if area.missing else ""
        st.caption(f"{area.answered} answered, {count(area.questions, 'question')}{missing}")


_DRAW = {"Beliefs": _draw_beliefs, "Sensitive": _draw_sensitive, "Missing": _draw_missing}


here = session.here()
st.title("Review", anchor=False)
stop_for_visitors(here)
draw_live(here, session.workshop().zone)
part = st.segmented_control(
    "Part",
    list(_DRAW),
    default="Beliefs",
    required=True,
    label_visibility="collapsed",
    key="review_part",
)
_DRAW[part or "Beliefs"](here)
draw_undo(here.twin)
