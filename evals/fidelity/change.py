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

from evals.fidelity.asking import Answer
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.section import Bench, Findings, Section
from memory.beliefs import OWNER
from memory.model import NewUtterance
from memory.store import Memory
from persona.profile import learn_facts

_SET = Path(__file__).parent / "changes.toml"
_SOURCE = "changes"
_ASKS = 5
LATEST, PAST, CORRECTED, FORGOTTEN = "latest", "past", "corrected", "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact with its three values, in the order they are told."""

    attribute: str
    say: str
    first: str
    second: str
    third: str
    ask: str
    before: str

    def told(self, value: str) -> str:
        """Return a value as the owner would write it."""
        return self.say.format(value=value)


def change(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    chosen = _changes()[: bench.sizes.changes]
    return Section(name="change", asks=_ASKS * len(chosen), run=lambda: _run(bench, chosen))


@cache
def _changes() -> tuple[Change, ...]:
    return tuple(Change(**entry) for entry in tomllib.loads(_SET.read_text("utf-8"))["change"])


def _run(bench: Bench, chosen: Sequence[Change]) -> Findings:
    now = datetime.now(UTC)
    _tell(bench.memory, [(c.told(c.first), now - timedelta(days=90)) for c in chosen])
    _tell(bench.memory, [(c.told(c.second), now - timedelta(days=9)) for c in chosen])
    cases = [case for c in chosen for case in _after_update(bench, c)]
    cases += [_after_correction(bench, c) for c in chosen]
    for c in chosen:
        _forget(bench.memory, c)
    _tell(bench.memory, [(c.told(c.second), now - timedelta(days=9)) for c in chosen])
    cases += [_after_forgetting(bench, c) for c in chosen]
    return Findings(figures=[_figure(cases, *row) for row in _FIGURES], cases=cases)


_EITHER = (0.5, "either value at random")
_FIGURES = (
    (LATEST, "The latest value is given", 0.95, *_EITHER),
    (PAST, "The one before is given when asked for", None, *_EITHER),
    (CORRECTED, "A correction is taken up", 0.95, *_EITHER),
    (FORGOTTEN, "What was forgotten is gone, also after importing it again", 1.0, 0.0, "kept"),
)


def _figure(
    cases: Sequence[Case],
    kind: str,
    label: str,
    gate: float | None,
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


def _tell(memory: Memory, lines: Sequence[tuple[str, datetime]]) -> None:
    """Let the owner have written some lines, as an import does it."""
    source_id = memory.sources.add(_SOURCE, _SOURCE)
    conversation_id = memory.sources.conversation(_SOURCE, _SOURCE, _SOURCE, "chat")
    owner = memory.twin.owner
    told = [
        NewUtterance(
            speaker=owner, own=True, text=text, said_at=at.replace(microsecond=0)
            + timedelta(hours=8 * number),
        )
        for number, (text, at) in enumerate(lines)
    ]  # fmt: skip
    new = memory.utterances.add(conversation_id, source_id, [(one, 0, ()) for one in told])
    memory.index_pending()
    learn_facts(memory, new)


def _after_update(bench: Bench, change: Change) -> Iterator[Case]:
    now = bench.asker.ask(change.ask)
    yield _case(bench, change, LATEST, now, wanted=change.second, lacks=change.first)
    before = bench.asker.ask(change.before.format(next=change.second))
    yield _case(bench, change, PAST, before, wanted=change.first)


def _after_correction(bench: Bench, change: Change) -> Case:
    bench.asker.twin.ask(f"that's wrong. {change.told(change.third)}")
    again = bench.asker.ask_anew(change.ask)
    return _case(bench, change, CORRECTED, again, wanted=change.third, lacks=change.second)


def _forget(memory: Memory, change: Change) -> None:
    """Forget a value as its owner can: the facts that hold it, and the words themselves."""
    for fact in memory.beliefs.all(past=True):
        if fact.subject == OWNER and change.second in fact.value.casefold():
            memory.forget_fact(fact.fact_id)
    words = [u for u in memory.all_utterances() if change.second in u.text.casefold()]
    memory.forget_utterances([u.utterance_id for u in words])


def _after_forgetting(bench: Bench, change: Change) -> Case:
    """Look for a forgotten value in replies, facts and messages."""
    replies = [bench.asker.ask_anew(q) for q in (change.ask, change.before.format(next="that"))]
    texts = [a.reply for a in replies]
    texts += [u.text for u in bench.memory.all_utterances()]
    texts += [f.value for f in bench.memory.beliefs.all(past=True)]
    left = [text for text in texts if change.second in text.casefold()]
    return Case(
        key=case_key("change", FORGOTTEN, change.attribute),
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
        key=case_key("change", kind, change.attribute),
        section="change",
        kind=kind,
        asked=answer.asked,
        wanted=wanted,
        got=answer.reply,
        outcome=answer.outcome,
        score=float(right),
        evidence=bench.real(answer.evidence_ids, 3),
    )
