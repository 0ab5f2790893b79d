"""Two runs side by side: which differences are real, and the cases behind them."""

from collections.abc import Callable

import streamlit as st

from evals.fidelity.compare import Difference, changed_cases, compare, conditions, span
from evals.fidelity.figure import Run
from evals.fidelity.wording import number
from ui.wording import safe

_ICONS = {"better": ":green-badge[:material/arrow_upward: better]",
          "worse": ":orange-badge[:material/arrow_downward: worse]"}  # fmt: skip
_SHOWN = 6


def draw_comparison(run: Run, others: dict[str, Run], label: Callable[[str], str]) -> None:
    """Draw a run beside another that is chosen here."""
    box = st.expander("Compare with another run", key="compare", on_change="rerun")
    if not box.open:
        return
    with box:
        chosen = st.selectbox("Before", list(others), format_func=label, key="run_before")
        before = others[chosen or next(iter(others))]
        for line in conditions(before, run):
            st.caption(safe(line))
        st.markdown(
            "| figure | before | this run | difference, 95 % | n | |\n|---|---|---|---|---|---|\n"
            + "\n".join(_row(one) for one in compare(before, run))
        )
        st.caption("Better or worse only where the 95 % interval of the difference leaves out 0.")
        _draw_cases(before, run)


def _row(one: Difference) -> str:
    cells = (one.label, number(one.first, one.unit), number(one.second, one.unit), span(one))
    told = " | ".join(map(safe, cells))
    verdict = _ICONS.get(one.verdict, f":small[:gray[{one.verdict}]]")
    return f"| {told} | {one.n}{' pairs' if one.paired else ''} | {verdict} |"


def _draw_cases(before: Run, run: Run) -> None:
    changed = changed_cases(before, run)
    if not changed:
        return
    st.markdown(f"**What changed most** :small[:gray[of {len(changed)} cases]]")
    for first, second in changed[:_SHOWN]:
        better = second.score > first.score
        with st.container(border=True, gap="xxsmall"):
            st.caption(f"{safe(second.kind)} · {'better' if better else 'worse'}")
            st.markdown(f"**{safe(second.asked)}**")
            st.markdown(f":gray[before] {safe(first.got)}")
            st.markdown(f":gray[now] {safe(second.got)}")
