"""What a twin made of an interview alone knows, and what it admits not to know.

Every fifth answer is left out, five times over, until each was left out once. A file of answers
may hold with each answer the ways it may be asked for later (`"asks": [...]`); the same words under
several answers count for each of them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.bench import mean, scratch_workshop
from evals.errors import EvalProblem
from evals.fidelity.abstention import never_spoken_of
from evals.fidelity.interval import wilson
from ingest.interview.answers_file import FileAnswer, Recorded, read_answers, record_answers
from ingest.interview.interviewer import Interviewer, Listening
from ingest.interview.picture import overall
from memory.beliefs import fold
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.decide import Outcome
from persona.private import screened
from persona.profile import learn_facts, measure_profile
from persona.settings import Settings
from persona.verdict import judge

CUTS = (1, 5, 10)
FOLDS = 5
_BUDGET = 800

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A later question, and the answers of the file that answer it."""

    text: str
    answers: tuple[int, ...]


def measure_interview(
    settings: Settings, files: Sequence[Path], progress: Progress
) -> dict[str, Any]:
    """Interview new twins from each file and ask about what was told, left out, never spoken of.

    Raises:
        ImportProblem: a file is no file of answers.
        EvalProblem: it is too short, or names no ways to ask for its answers.
    """
    figures: dict[str, Any] = {}
    with scratch_workshop(settings) as workshop:
        for path in files:
            figures[path.name] = _measure(workshop, path, progress)
    return figures


def read_asks(path: Path) -> list[Ask]:
    """Return the later questions of a file of answers.

    Raises:
        EvalProblem: there are none.
    """
    told: dict[str, list[int]] = defaultdict(list)
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        for at, line in enumerate(one for one in lines if one["answer"].strip()):
            for text in line.get("asks", ()):
                told[str(text)].append(at)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise EvalProblem(f"{path.name} can't be read as lines of answers", _FORM) from error
    if not told:
        raise EvalProblem(f"{path.name} names no later questions", _FORM)
    return [Ask(text=text, answers=tuple(places)) for text, places in told.items()]


_FORM = 'write lines of {"question": …, "answer": …, "asks": ["…"]}'


@dataclass(slots=True)
class _Tally:
    """What five twins, each without another fifth of the answers, did."""

    ranks: list[int] = field(default_factory=list[int])
    told: list[bool] = field(default_factory=list[bool])
    left_out: list[bool] = field(default_factory=list[bool])
    never: list[bool] = field(default_factory=list[bool])
    facts: list[int] = field(default_factory=list[int])
    complete: list[float] = field(default_factory=list[float])
    seconds: list[float] = field(default_factory=list[float])


def _measure(workshop: Workshop, path: Path, progress: Progress) -> dict[str, Any]:
    asks = read_asks(path)
    answers = read_answers(path, workshop.zone)
    if len(answers) < FOLDS:
        raise EvalProblem(f"{path.name} holds only {len(answers)} answers", "give five or more")
    tally = _Tally()
    for fold_number in range(FOLDS):
        name = workshop.store.create(f"{path.name} {fold_number}", "Robin Vale").name
        memory = workshop.store.memory(name)
        _measure_without(fold_number, memory, asks, answers, tally)
        progress("interviews", fold_number + 1, FOLDS)
    n = len(tally.ranks)
    return {
        "answers": len(answers),
        "words": sum(len(one.answer.split()) for one in answers),
        "seconds": mean(tally.seconds),
        "facts": mean(tally.facts),
        "complete": mean(tally.complete),
        "found": {**{f"at_{k}": mean([r <= k for r in tally.ranks]) for k in CUTS}, "n": n},
        "answered_when_told": _share(tally.told),
        "withheld_when_left_out": _share(tally.left_out),
        "withheld_when_never_spoken_of": _share(tally.never),
    }


def _measure_without(
    left_out: int,
    memory: Memory,
    asks: Sequence[Ask],
    answers: Sequence[FileAnswer],
    tally: _Tally,
) -> None:
    """Interview a twin without every fifth answer, and ask it everything."""
    kept = [one for at, one in enumerate(answers) if at % FOLDS != left_out]
    began = perf_counter()
    interviewer, recorded = _record(memory, kept)
    tally.seconds.append(perf_counter() - began)
    tally.facts.append(recorded.facts)
    tally.complete.append(overall(interviewer.picture()))
    ids = _ids(memory, answers)
    for ask in asks:
        gold = set[int]().union(*(ids[at] for at in ask.answers))
        if gold:
            tally.ranks.append(_rank(memory, ask, gold))
            tally.told.append(_is_known(memory, ask.text))
        else:
            tally.left_out.append(not _is_known(memory, ask.text))
    for text in never_spoken_of(memory.all_utterances()):
        tally.never.append(not _is_known(memory, text))


def _record(memory: Memory, answers: Sequence[FileAnswer]) -> tuple[Interviewer, Recorded]:
    listening = Listening(learn=lambda new: learn_facts(memory, new), screen=screened)
    interviewer = Interviewer(memory, listening, "long")
    recorded = record_answers(
        interviewer, memory, answers, source="interview", progress=lambda _done, _total: None
    )
    measure_profile(memory)
    return interviewer, recorded


def _ids(memory: Memory, answers: Sequence[FileAnswer]) -> list[set[int]]:
    """Return the utterances of each answer of the file; none for those left out."""
    asked = {fold(q.prompt): set(q.utterance_ids) for q in memory.interviews.all()}
    return [asked.get(fold(one.question), set()) for one in answers]


def _rank(memory: Memory, ask: Ask, gold: set[int]) -> int:
    """Return the place of the first hit that answers; one beyond the last where none does."""
    hits = memory.recall(ask.text, k=max(CUTS), budget=_BUDGET).hits
    found = [hit.utterance.utterance_id in gold for hit in hits]
    return found.index(True) + 1 if any(found) else max(CUTS) + 1


def _share(right: Sequence[bool]) -> dict[str, Any]:
    """Return how often it was right, with the 95 % interval."""
    return {"share": mean(right), "interval": wilson(sum(right), len(right)), "n": len(right)}


def _is_known(memory: Memory, question: str) -> bool:
    evidence = memory.recall(question, budget=_BUDGET)
    return judge(question, evidence, memory, owner=False) is Outcome.KNOWN
