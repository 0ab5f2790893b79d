"""How figures read: numbers, intervals, what to hold them against."""

from evals.fidelity.figure import Figure, Held, Run

TITLES = {
    "recall": "Recall",
    "grounding": "Grounding",
    "abstention": "Abstention",
    "style": "Style",
    "choice": "Choice",
    "consistency": "Consistency",
    "change": "Change",
    "erasure": "Erasure",
    "interview": "Interview",
    "leaks": "Leaks",
    "poisoning": "Poisoning",
    "voice": "Voice",
    "face": "Face",
    "judge": "A model's opinion",
}
COLUMNS = ("figure", "value", "95 %", "n", "floor", "ceiling", "of the way", "aim")
MARKS = {True: "reached", False: "not reached", None: "not measured"}

NOT_SHOWN = (
    "What this does not show: whether the twin would decide as its owner does in new situations "
    "(published twins correlate at about 0.20 with their people there), how it does with people "
    "who know the owner well, and anything the owner never wrote or said. Questions made by rules "
    "are easier than people's."
)


def number(value: float | None, unit: str) -> str:
    """Return a value as it is read; a dash for none."""
    if value is None:
        return "–"
    if unit == "points":
        return f"{value:+.1f}"
    return f"{value:.2f}"


def interval(figure: Figure) -> str:
    """Return the 95 % interval of a figure."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{number(figure.low, figure.unit)} to {number(figure.high, figure.unit)}"


def sureness(figure: Figure) -> str:
    """Return the interval of a figure, where there is one, and its n."""
    return " · ".join(filter(None, [interval(figure), f"n = {figure.n:,}"]))


def bound(value: float | None, what: str, unit: str) -> str:
    """Return a floor or ceiling with what it is."""
    if value is None:
        return ""
    return f"{number(value, unit)} {what}".strip()


def aim(figure: Figure) -> str:
    """Return what a figure should reach and whether it does."""
    if figure.gate is None:
        return ""
    sign = "≥" if figure.better == "more" else "≤"
    return f"{sign} {number(figure.gate, figure.unit)}, {MARKS[figure.passed]}"


def way(figure: Figure) -> str:
    """Return how much of the way from floor to ceiling a figure comes, in percent."""
    return "" if figure.placed is None else f"{100 * figure.placed:.0f} %"


def cells(figure: Figure) -> tuple[str, ...]:
    """Return what the card's tables tell of a figure, by `COLUMNS`; its label comes first."""
    return (
        figure.label,
        number(figure.value, figure.unit),
        interval(figure),
        f"{figure.n:,}",
        bound(figure.floor, figure.floor_is, figure.unit),
        bound(figure.ceiling, figure.ceiling_is, figure.unit),
        way(figure),
        aim(figure),
    )


def note_of(figure: Figure) -> str:
    """Return what is to be known of a figure, and what was published of its like."""
    published = f"Published: {figure.anchor}." if figure.anchor else ""
    few = "From too few sittings for an interval." if figure.sittings and figure.low is None else ""
    return " ".join(filter(None, [figure.note, few, published]))


def prints_line(run: Run) -> str:
    """Return the fingerprints that tell this run's models and prompt from others'."""
    told = [f"{of} {mark}" for of, mark in run.prints.items()]
    return f"Fingerprints: {', '.join(told)}." if told else ""


def held_lines(held: Held) -> list[str]:
    """Return what was held out, in sentences."""
    lines = [
        f"Built from {held.built_from:,} of the owner's messages "
        f"(hash {held.digest}); everything below is measured on what that copy never saw."
    ]
    if held.conversations:
        lines.append(
            f"Left out whole: {'; '.join(held.conversations)} ({held.by_conversation:,} messages)."
        )
    if held.since:
        lines.append(f"Left out by time: {'; '.join(held.since)} ({held.by_time:,} messages).")
    if held.interview:
        lines.append(f"Left out of the interview: {held.interview} answers.")
    if held.taught:
        lines.append(f"It knows {held.taught} things that you taught the twin yourself.")
    if held.doubles:
        lines.append(f"{held.doubles} held-out messages stand nearly so in the rest: unused.")
    return lines


def made_by(run: Run) -> str:
    """Return how a run was made, in one line."""
    left = f", stopped before {', '.join(run.left_out)}" if run.left_out else ""
    return (
        f"{run.started_at:%d %B %Y, %H:%M} UTC · {run.size}{left} · {run.replies:,} replies in "
        f"{run.seconds / 60:.0f} min · worded by {run.chat} · encoder {run.embedding} · "
        f"seed {run.seed}"
    )


def sections_of(run: Run) -> list[str]:
    """Return the sections that a run has figures of, in the order of the card."""
    there = {figure.section for figure in run.figures}
    return [name for name in TITLES if name in there]
