"""A run of the fidelity card on a page: what matters most, plots, all figures, worst cases."""

import streamlit as st

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.plots import plots
from evals.fidelity.wording import (
    NOT_SHOWN,
    TITLES,
    aim,
    bound,
    held_lines,
    interval,
    made_by,
    number,
    sections_of,
)
from ui import session
from ui.components.evidence import draw_evidence
from ui.measuring import teach_answer
from ui.session import Scene
from ui.wording import safe

_PAPER, _NIGHT = "#0c1314", "#f2efe8"
"""Ink of the plots by day and by night."""


def draw_card(run: Run, scene: Scene) -> None:
    """Draw a run."""
    st.caption(safe(made_by(run)))
    with st.expander("What it was measured on", type="compact"):
        for line in held_lines(run.held):
            st.markdown(safe(line))
    _draw_tops([figure for figure in run.figures if figure.headline])
    _draw_plots(run)
    st.subheader("All figures", anchor=False)
    for name in sections_of(run):
        with st.expander(TITLES[name]):
            _draw_table([figure for figure in run.figures if figure.section == name])
    st.caption(safe(NOT_SHOWN))
    st.subheader("Worst cases", anchor=False)
    for section, cases in run.worst().items():
        box = st.expander(
            f"{TITLES.get(section, section)} ({len(cases)})", key=f"worst_{section}",
            on_change="rerun",
        )  # fmt: skip
        if box.open:
            with box:
                for case in cases:
                    _draw_case(case, scene)


def _draw_tops(figures: list[Figure]) -> None:
    with st.grid(3, min_column_width=190):
        for figure in figures:
            with st.container(border=True, gap="xxsmall", height="stretch"):
                st.caption(figure.label)
                unit = " points" if figure.unit == "points" else ""
                shown = number(figure.value, figure.unit) + unit
                st.metric(figure.label, shown, label_visibility="collapsed")
                st.caption(f"{interval(figure)} · n = {figure.n:,}")
                if figure.gate is not None:
                    _draw_aim(figure)


def _draw_aim(figure: Figure) -> None:
    icon, color = ("check", "green") if figure.passed else ("close", "orange")
    st.badge(f"aim {aim(figure)}", icon=f":material/{icon}:", color=color)


def _draw_plots(run: Run) -> None:
    ink = _NIGHT if st.context.theme.type == "dark" else _PAPER
    for title, svg in plots(run, ink=ink).items():
        st.markdown(f"**{title}**")
        st.image(svg)


def _draw_table(figures: list[Figure]) -> None:
    head = "| figure | value | 95 % | n | floor | ceiling | aim |\n|---|---|---|---|---|---|---|\n"
    st.markdown(head + "\n".join(map(_row, figures)))
    for figure in figures:
        published = f" Published: {figure.anchor}." if figure.anchor else ""
        if figure.note or published:
            st.caption(f"{safe(figure.label)}: {safe(figure.note + published)}")


def _row(figure: Figure) -> str:
    cells = (
        figure.label,
        number(figure.value, figure.unit),
        interval(figure),
        f"{figure.n:,}",
        bound(figure.floor, figure.floor_is, figure.unit),
        bound(figure.ceiling, figure.ceiling_is, figure.unit),
        aim(figure),
    )
    return "| " + " | ".join(map(safe, cells)) + " |"


def _draw_case(case: Case, scene: Scene) -> None:
    with st.container(border=True, gap="xsmall"):
        st.caption(safe(case.kind))
        st.markdown(f"**{safe(case.asked)}**")
        st.markdown(f":gray[said] {safe(case.got)}")
        st.markdown(f":gray[right] {safe(case.wanted)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_ground(case, scene)
            _draw_correction(case, scene)


def _draw_ground(case: Case, scene: Scene) -> None:
    if not case.evidence:
        return
    with st.popover("What was said", type="tertiary", icon=":material/search:"):
        shown = scene.memory.utterances.by_id(case.evidence)
        if shown:
            draw_evidence(list(shown.values()), session.workshop().zone)
        else:
            st.caption("It is no longer in memory.")


def _draw_correction(case: Case, scene: Scene) -> None:
    box = st.popover("Put it right", type="tertiary", icon=":material/edit:")
    with box, st.form(f"teach_{case.section}_{case.key}", border=False, clear_on_submit=True):
        words = st.text_area(
            "In your own words",
            help="Kept as your answer to this question; it outranks what was read.",
            key=f"words_{case.section}_{case.key}",
        )
        sent = st.form_submit_button("Teach", type="primary")
    if sent and words.strip():
        teach_answer(scene.memory, case, words.strip())
        session.read_anew(scene.twin)
        st.toast("Kept. Measure again to see what it changed.", icon=":material/check:")
