"""Where the memories come from: each source, what is in it, what it taught, and taking it out."""

from collections import Counter

import streamlit as st

from memory.removal import Removal
from memory.sources import SourceSize
from ui import session
from ui.components.evidence import fact_line
from ui.session import Scene
from ui.wording import count, day, safe, span

_MOST_PEOPLE = 5
_REST = "others"


def draw_sources(scene: Scene) -> None:
    """Draw every source, and what of all of them is kept from visitors."""
    sizes = [size for size in scene.memory.sources.sizes() if size.utterances]
    if not sizes:
        st.info("Nothing has been imported yet.")
    for size in sizes:
        _draw_source(size, scene)
    names = scene.memory.sources.aliases()
    if names:
        st.caption(f"Names of the owner in these files: {safe(', '.join(names))}")
    st.page_link("views/import_.py", label="Import more", icon=":material/upload_file:")
    if sizes:
        st.toggle(
            "Visitors hear other names than people's own",
            value=scene.memory.people.veiled,
            key=f"veil_{scene.twin}",
            on_change=_veil,
            args=(scene,),
            help="Those who wrote, and family whom facts name. You still see everybody's own name.",
        )
    _draw_marks(scene)


def _veil(scene: Scene) -> None:
    scene.memory.people.veil(on=st.session_state[f"veil_{scene.twin}"])
    session.read_anew(scene.twin)


def _draw_source(size: SourceSize, scene: Scene) -> None:
    zone = session.workshop().zone
    number = size.source.source_id
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{safe(size.source.name)}**", width="content")
            st.badge(size.source.format, color="gray")
        st.caption(
            f"{count(size.utterances, 'message')}, {size.own:,} of them the owner's · "
            f"{span(size.first, size.last, zone)} · "
            f"read {day(size.source.imported_at, zone)}"
        )
        with st.container(horizontal=True, gap="small"):
            st.toggle("Look inside", key=f"inside_{number}")
            st.button(
                "Remove…",
                icon=":material/delete:",
                type="tertiary",
                key=f"remove_{number}",
                on_click=_ask,
                args=(number,),
            )
        if st.session_state.get(f"inside_{number}"):
            _draw_inside(size, scene)
        if st.session_state.get(f"removing_{number}"):
            _draw_removal(number, scene)


def _ask(number: int) -> None:
    st.session_state[f"removing_{number}"] = True


def _draw_inside(size: SourceSize, scene: Scene) -> None:
    rows = scene.memory.sources.by_month(size.source.source_id)
    said = _by_person(rows)
    st.caption("Written by " + ", ".join(f"{safe(who)} ({n:,})" for who, n in said.items()))
    dated = [row for row in rows if row[0]]
    if dated:
        shown = _by_month(dated, list(said)[:_MOST_PEOPLE])
        st.bar_chart(shown, x="month", y="messages", color="who", height=220)  # pyright: ignore
    report = scene.memory.sources.report(size.source.source_id) or {}
    skipped = report.get("skipped", [])
    if skipped:
        st.caption(f"Skipped: {report.get('skipped_count', len(skipped)):,}")
        height = min(220, 36 * (len(skipped) + 1))
        st.dataframe(skipped, hide_index=True, height=height)  # pyright: ignore
    removal = scene.memory.removals.preview(size.source.source_id)
    if removal.facts:
        st.caption("Learnt from it alone")
        st.markdown("\n".join(f"- {fact_line(fact)}" for fact in removal.facts))
    else:
        st.caption("No fact rests on it alone.")


_Row = tuple[str, str, bool, int]
"""Month, speaker, whether it is the owner, and how many messages."""


def _who(row: _Row) -> str:
    return "the owner" if row[2] else row[1] or "unknown"


def _by_person(rows: list[_Row]) -> dict[str, int]:
    """Return how much each person said, the most first; those who said least are put together."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals[_who(row)] += row[3]
    most = dict(totals.most_common(_MOST_PEOPLE))
    rest = totals.total() - sum(most.values())
    return {**most, _REST: rest} if rest else most


def _by_month(rows: list[_Row], named: list[str]) -> dict[str, list[object]]:
    """Return the counts as columns."""
    return {
        "month": [row[0] for row in rows],
        "who": [who if (who := _who(row)) in named else _REST for row in rows],
        "messages": [row[3] for row in rows],
    }


def _draw_removal(number: int, scene: Scene) -> None:
    removal = scene.memory.removals.preview(number)
    stays = f" {count(removal.kept, 'message')} stand in another source and stay."
    st.warning(
        f"{count(len(removal.utterances), 'message')} and {count(len(removal.facts), 'fact')} "
        f"that rest on them go.{stays if removal.kept else ''} "
        "Importing the file again brings them back.",
        title=f"Remove {safe(removal.name)}?",
        icon=":material/delete:",
    )
    with st.container(horizontal=True):
        st.button(
            "Remove it",
            type="primary",
            key=f"removed_{number}",
            on_click=_remove,
            args=(scene, removal),
        )
        st.button("Keep it", key=f"kept_{number}", on_click=_keep, args=(number,))


def _keep(number: int) -> None:
    st.session_state[f"removing_{number}"] = False


def _remove(scene: Scene, removal: Removal) -> None:
    scene.memory.remove_source(removal.source_id)
    session.read_anew(scene.twin, measure=True)
    st.toast(f"Removed {safe(removal.name)}", icon=":material/delete:")


def _draw_marks(scene: Scene) -> None:
    marks = scene.memory.marks.all()
    if not marks:
        return
    st.subheader("Found to be private", anchor=False)
    st.caption("For the owner alone, unless you let visitors see it. Single ones: under Search.")
    for mark in marks:
        st.toggle(
            f"Visitors may see: {mark.kind} ({count(mark.utterances, 'message')})",
            value=mark.lifted,
            key=f"lift_{scene.twin}_{mark.kind}",
            on_change=_lift,
            args=(scene, mark.kind),
        )


def _lift(scene: Scene, kind: str) -> None:
    scene.memory.lift(kind, lifted=st.session_state[f"lift_{scene.twin}_{kind}"])
    session.read_anew(scene.twin)
