"""A run of the fidelity card on a page: what matters most, plots, all figures, worst cases."""

import streamlit as st

from evals.fidelity.card_markdown import TABLE_HEAD
from evals.fidelity.figure import Figure, Run
from evals.fidelity.plots import plots
from evals.fidelity.wording import (
    NOT_SHOWN,
    TITLES,
    aim,
    cells,
    held_lines,
    made_by,
    note_of,
    number,
    prints_line,
    sections_of,
    sureness,
)
from ui.components.case import draw_case
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
        st.caption(safe(prints_line(run)))
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
                    draw_case(case, scene)


def _draw_tops(figures: list[Figure]) -> None:
    with st.grid(3, min_column_width=190):
        for figure in figures:
            with st.container(border=True, gap="xxsmall", height="stretch"):
                st.caption(figure.label)
                unit = " points" if figure.unit == "points" else ""
                shown = number(figure.value, figure.unit) + unit
                st.metric(figure.label, shown, label_visibility="collapsed")
                st.caption(sureness(figure))
                if figure.gate is not None:
                    _draw_aim(figure)


def _draw_aim(figure: Figure) -> None:
    told = f"aim {aim(figure)}"
    if figure.passed is None:
        st.badge(told, icon=":material/question_mark:", color="gray")
    elif figure.passed:
        st.badge(told, icon=":material/check:", color="green")
    else:
        st.badge(told, icon=":material/close:", color="orange")


def _draw_plots(run: Run) -> None:
    ink = _NIGHT if st.context.theme.type == "dark" else _PAPER
    drawn = list(plots(run, ink=ink).items())
    for title, svg in drawn[:1]:
        _draw_plot(title, svg)
    with st.grid(2, min_column_width=300):
        for title, svg in drawn[1:]:
            with st.container(gap="xxsmall"):
                _draw_plot(title, svg)


def _draw_plot(title: str, svg: str) -> None:
    st.markdown(f"**{title}**")
    st.image(svg, width="stretch")


def _draw_table(figures: list[Figure]) -> None:
    st.markdown("\n".join([TABLE_HEAD, *map(_row, figures)]))
    for figure in figures:
        if note := note_of(figure):
            st.caption(f"{safe(figure.label)}: {safe(note)}")


def _row(figure: Figure) -> str:
    return "| " + " | ".join(map(safe, cells(figure))) + " |"
