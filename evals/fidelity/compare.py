"""Two runs side by side, and which of their differences are real."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.interval import DRAWS, ends, means_again, too_few
from evals.fidelity.wording import made_by, number

Verdict = Literal["better", "worse", "no difference shown", "can't be told"]
_LEAST = 5
"""Cases below which no difference is told."""
_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One figure in two runs."""

    key: str
    label: str
    unit: str
    first: float | None
    second: float | None
    low: float | None
    """Lower end of the 95 % interval of second less first."""
    high: float | None
    n: int
    """Cases that both runs have, or replies of the smaller run where there are no such cases."""
    paired: bool
    verdict: Verdict

    def as_json(self) -> dict[str, object]:
        """Return it as the command prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


def compare(first: Run, second: Run) -> list[Difference]:
    """Return how the second run differs from the first, figure by figure."""
    pairs = [(figure, second.figure(figure.key)) for figure in first.figures]
    return [_difference(a, b) for a, b in pairs if b is not None]


def _difference(first: Figure, second: Figure) -> Difference:
    shared = sorted(first.items.keys() & second.items.keys())
    if len(shared) >= _LEAST:
        found = _paired(first, second, shared)
        n, paired = len(shared), True
    else:
        n, paired = min(first.n, second.n), False
        found = _unpaired(_values(first), _values(second)) if n >= _LEAST else None
    low, high = found or (None, None)
    return Difference(
        key=first.key,
        label=first.label,
        unit=first.unit,
        first=first.value,
        second=second.value,
        low=low,
        high=high,
        n=n,
        paired=paired,
        verdict=_verdict(first, low, high),
    )


def _values(figure: Figure) -> Sequence[float]:
    """Return draws of a figure: as kept, or made from its cases."""
    if figure.draws:
        return figure.draws
    together = [figure.sittings[key] for key in figure.items] if figure.sittings else None
    if not figure.items or (together and too_few(together)):
        return ()
    return means_again(list(figure.items.values()), together).tolist()


def _paired(first: Figure, second: Figure, shared: Sequence[str]) -> tuple[float, float] | None:
    """Return the interval of the difference: over sittings where both runs kept them."""
    both = first.sittings and second.sittings
    together = [second.sittings[key] for key in shared] if both else None
    if together and too_few(together):
        return None
    return ends(means_again([second.items[k] - first.items[k] for k in shared], together))


def _unpaired(first: Sequence[float], second: Sequence[float]) -> tuple[float, float] | None:
    if not first or not second:
        return None
    chance = np.random.default_rng(0)
    apart = chance.choice(np.array(second), DRAWS) - chance.choice(np.array(first), DRAWS)
    return ends(apart)


def _verdict(figure: Figure, low: float | None, high: float | None) -> Verdict:
    if low is None or high is None:
        return "can't be told"
    if low <= 0 <= high:
        return "no difference shown"
    return "better" if (low > 0) == (figure.better == "more") else "worse"


def conditions(first: Run, second: Run) -> list[str]:
    """Return how each run was made, and what else sets them apart."""
    lines = [f"{run.run_id}: {made_by(run)}" for run in (first, second)]
    if first.held.digest != second.held.digest:
        lines.append("What the copies were built from differs: something was added or put right.")
    other = [of for of in first.prints if first.prints[of] != second.prints.get(of)]
    if other:
        lines.append(f"Other fingerprints: {', '.join(other)}.")
    return lines


def changed_cases(first: Run, second: Run) -> list[tuple[Case, Case]]:
    """Return the cases of both runs that came out otherwise, those that changed most first."""
    before = {case.key: case for case in first.cases}
    pairs = [(before[case.key], case) for case in second.cases if case.key in before]
    changed = [(a, b) for a, b in pairs if a.score != b.score]
    return sorted(changed, key=lambda pair: (-abs(pair[1].score - pair[0].score), pair[1].key))


def comparison_markdown(first: Run, second: Run, differences: Sequence[Difference]) -> str:
    """Return a comparison as a page of Markdown."""
    rows = [
        f"| {d.label} | {number(d.first, d.unit)} | {number(d.second, d.unit)} | "
        f"{span(d)} | {d.n}{' pairs' if d.paired else ''} | {d.verdict} |"
        for d in differences
    ]
    head = [
        f"# {first.twin}: {first.run_id} and {second.run_id}",
        "",
        *(f"- {line}" for line in conditions(first, second)),
        "",
        "A difference is called real when its 95 % interval, by bootstrap over the cases that "
        "both runs have (over their sittings for recall and choice), leaves out 0.",
        "",
        "| figure | first | second | difference, 95 % | n | |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, *_changes(first, second)]) + "\n"


def _changes(first: Run, second: Run) -> list[str]:
    changed = changed_cases(first, second)
    told = [
        f"- {'better' if b.score > a.score else 'worse'}, {b.section}: {_line(b.asked)} "
        f"Before: {_line(a.got)} Now: {_line(b.got)}"
        for a, b in changed[:_SHOWN]
    ]
    return ["", f"## What changed most, of {len(changed)} cases", "", *told] if told else []


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def span(difference: Difference) -> str:
    """Return the interval of a difference."""
    if difference.low is None or difference.high is None:
        return ""
    return f"{difference.low:+.2f} to {difference.high:+.2f}"
