"""Change: facts updated, corrected and forgotten; the latest wins and the past stays known.

Made-up facts are told to the copy as a chat would, then corrected and forgotten as the owner
would; it comes last, since it changes the copy.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from evals.fidelity.as_owner import forget, take_in
from evals.fidelity.asking import Answer
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.section import TURNS_OF_A_CHANGE, Bench, Findings, Section
from memory.model import NewUtterance
from memory.store import Memory

_SET = Path(__file__).parent / "changes.toml"
_SOURCE = "changes"
_TOGETHER = 10
"""Facts that are told in one go; each of another attribute."""
LATEST, PAST, CORRECTED, FORGOTTEN = "latest", "past", "corrected", "forgotten"
REVERSED, MENTIONED = "reversed", "mentioned"
_MENTION = "was thinking of {value} again today, that was long ago"
"""What the owner writes of a value that holds no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact with its three values, in the order they are told."""

    attribute: str
    say: Sequence[str]
    """How each of the three values is said."""
    first: str
    second: str
    third: str
    ask: str
    before: str

    @property
    def told(self) -> tuple[str, str, str]:
        """The three values as the owner would write them."""
        values = zip(self.say, (self.first, self.second, self.third), strict=True)
        first, second, third = (say.format(value=value) for say, value in values)
        return first, second, third


def change(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    chosen = made_up_changes()[: bench.sizes.changes]
    return Section(
        name="change", asks=TURNS_OF_A_CHANGE * len(chosen), run=lambda: _run(bench, chosen)
    )


@cache
def made_up_changes() -> tuple[Change, ...]:
    """Return all facts that are told, the same ones at every call."""
    content = tomllib.loads(_SET.read_text("utf-8"))["change"]
    return tuple(Change(**entry) for entry in content)


def _rounds(chosen: Sequence[Change]) -> list[list[Change]]:
    """Return changes in rounds, in none of which one attribute comes twice."""
    rounds: list[dict[str, Change]] = []
    for one in chosen:
        fitting = (r for r in rounds if len(r) < _TOGETHER and one.attribute not in r)
        there = next(fitting, None)
        if there is None:
            rounds.append({one.attribute: one})
        else:
            there[one.attribute] = one
    return [list(told.values()) for told in rounds]


def _run(bench: Bench, chosen: Sequence[Change]) -> Findings:
    cases = [case for told in _rounds(chosen) for case in _round(bench, told)]
    return Findings(figures=[_figure(cases, *row) for row in _FIGURES], cases=cases)


def _round(bench: Bench, chosen: Sequence[Change]) -> Iterator[Case]:
    """Yield the cases of facts that are told together; the next round finds none of them."""
    now = datetime.now(UTC)
    first = [(c.told[0], now - timedelta(days=90)) for c in chosen]
    second = [(c.told[1], now - timedelta(days=9)) for c in chosen]
    source_id = _tell(bench.memory, second)
    _tell(bench.memory, first)
    yield from [_latest(bench, c, REVERSED) for c in chosen]
    bench.memory.remove_source(source_id)
    _tell(bench.memory, first)
    _tell(bench.memory, second)
    yield from [case for c in chosen for case in _after_update(bench, c)]
    lately = now - timedelta(days=4)
    _tell(bench.memory, [(_MENTION.format(value=c.first), lately) for c in chosen])
    yield from [_latest(bench, c, MENTIONED) for c in chosen]
    yield from [_after_correction(bench, c) for c in chosen]
    forget(bench.memory, [c.second for c in chosen])
    source_id = _tell(bench.memory, second)
    yield from [_after_forgetting(bench, c) for c in chosen]
    forget(bench.memory, [c.third for c in chosen])
    bench.memory.remove_source(source_id)


_EITHER = (0.5, "either value at random")
_FIGURES = (
    (LATEST, "The latest value is given", 0.95, *_EITHER),
    (REVERSED, "The latest value is given, though the older came in later", 0.95, *_EITHER),
    (MENTIONED, "The latest value is given, though the older was spoken of since", 0.95, *_EITHER),
    (PAST, "The one before is given when asked for", 0.95, *_EITHER),
    (CORRECTED, "A correction is taken up", 0.95, *_EITHER),
    (FORGOTTEN, "What was forgotten is gone, also after importing it again", 1.0, 0.0, "kept"),
)


def _figure(
    cases: Sequence[Case],
    kind: str,
    label: str,
    gate: float,
    floor: float,
    floor_is: str,
) -> Figure:
    return mean_figure(
        {case.key: case.score for case in cases if case.kind == kind},
        key=f"change.{kind}",
        label=label,
        gate=gate,
        headline=kind in (LATEST, FORGOTTEN),
        floor=floor,
        floor_is=floor_is,
        ceiling=1.0,
        ceiling_is="always",
    )


def _tell(memory: Memory, lines: Sequence[tuple[str, datetime]]) -> int:
    """Let the owner have written some lines, as an import does it; return their source."""
    owner = memory.twin.owner
    told = [
        NewUtterance(
            speaker=owner, own=True, text=text, said_at=at.replace(microsecond=0)
            + timedelta(hours=8 * number),
        )
        for number, (text, at) in enumerate(lines)
    ]  # fmt: skip
    return take_in(memory, _SOURCE, told)


def _after_update(bench: Bench, change: Change) -> Iterator[Case]:
    yield _latest(bench, change, LATEST)
    before = bench.asker.ask_anew(change.before.format(next=change.second))
    yield _case(bench, change, PAST, before, wanted=change.first)


def _latest(bench: Bench, change: Change, kind: str) -> Case:
    now = bench.asker.ask_anew(change.ask)
    return _case(bench, change, kind, now, wanted=change.second, lacks=change.first)


def _after_correction(bench: Bench, change: Change) -> Case:
    bench.asker.twin.ask(f"that's wrong. {change.told[2]}")
    again = bench.asker.ask_anew(change.ask)
    return _case(bench, change, CORRECTED, again, wanted=change.third, lacks=change.second)


def _after_forgetting(bench: Bench, change: Change) -> Case:
    """Look for a forgotten value in replies, facts and messages."""
    replies = [bench.asker.ask_anew(q) for q in (change.ask, change.before.format(next="that"))]
    texts = [a.reply for a in replies]
    texts += [u.text for u in bench.memory.all_utterances()]
    texts += [f.value for f in bench.memory.beliefs.all(past=True)]
    left = [text for text in texts if change.second in text.casefold()]
    return Case(
        key=case_key("change", FORGOTTEN, change.second),
        section="change",
        kind=FORGOTTEN,
        asked=" / ".join(a.asked for a in replies),
        wanted=f"nothing of {change.second!r}",
        got=left[0] if left else " / ".join(a.reply for a in replies),
        score=0.0 if left else 1.0,
    )


def _case(
    bench: Bench, change: Change, kind: str, answer: Answer, *, wanted: str, lacks: str = ""
) -> Case:
    reply = answer.reply.casefold()
    right = wanted in reply and not (lacks and lacks in reply)
    return Case(
        key=case_key("change", kind, change.second),
        section="change",
        kind=kind,
        asked=answer.asked,
        wanted=wanted,
        got=answer.reply,
        outcome=answer.outcome,
        score=float(right),
        evidence=bench.real(answer.evidence_ids, 3),
    )
