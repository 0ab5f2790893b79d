"""The comparison as one Markdown table."""

from collections.abc import Sequence
from typing import Any

_HEAD = (
    "memory",
    "kept",
    "at 5",
    "at 10",
    "at 25",
    "800 tokens",
    "tokens of 10",
    "a message of a whole chat, ms",
    "one more message, ms",
    "search p50, ms",
    "search p95, ms",
    "model tokens a message",
)


def peers_table(figures: dict[str, Any]) -> str:
    """Return the figures of `measure_peers` to read."""
    lines: list[str] = []
    if figures["raw"]:
        lines += [
            f"Messages as they are: {figures['n_messages']} messages, "
            f"{figures['n_questions']} questions.",
            "",
            *_table(figures["raw"]),
            "",
        ]
    if "by_the_model" in figures:
        lines += [
            f"Beginning of one chat, also by {figures['model']}: "
            f"{figures['by_the_model_messages']} messages, "
            f"{figures['by_the_model_questions']} questions.",
            "",
            *_table(figures["by_the_model"]),
            "",
        ]
    used = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    tried = ", ".join(figures["tried_to_reach"]) or "nowhere"
    return "\n".join([*lines, f"{used}. Tried to reach: {tried}."])


def _table(rows: Sequence[dict[str, Any]]) -> list[str]:
    head = [f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD)]
    return head + [f"| {' | '.join(_cells(row))} |" for row in rows]


def _cells(row: dict[str, Any]) -> list[str]:
    spent = row.get("model_tokens_per_message")
    failed = f", {row['failed']} of {row['messages']} failed" if row.get("failed") else ""
    return [
        f"{row['memory']}{failed}",
        f"{row['kept']:,} of {row['messages']:,}",
        *(f"{row['recall'][cut]:.3f}" for cut in ("5", "10", "25")),
        f"{row['in_budget']:.3f}",
        f"{row['tokens_at_10']:.0f}",
        _ms(row["fill_ms_per_message"]),
        _ms(row.get("add_ms_mean") or row["add_ms"]["p50"]),
        _ms(row["search_ms"]["p50"]),
        _ms(row["search_ms"]["p95"]),
        f"{spent[0]:,} read, {spent[1]:,} written" if spent else "",
    ]


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"
