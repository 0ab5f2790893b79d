"""What a twin made of an interview alone knows, and what it admits not to know.

Every fifth answer is left out. A file of answers may hold with each answer the ways it may be
asked for later (`"asks": [...]`); the same words under several answers count for each of them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.bench import scratch_workshop
from evals.errors import EvalProblem
from evals.fidelity.abstention import never_spoken_of
from evals.fidelity.interval import wilson
from ingest.errors import ImportProblem
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
_EVERY, _LEFT_OUT = 5, 3
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
    """Interview a new twin from each file and ask about what was told, left out, never spoken of.

    Raises:
        ImportProblem: a file is no file of answers.
        EvalProblem: its answers name no ways to ask for them.
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


def _measure(workshop: Workshop, path: Path, progress: Progress) -> dict[str, Any]:
    asks = read_asks(path)
    answers = read_answers(path, workshop.zone)
    if len(answers) < _EVERY:
        raise ImportProblem(f"{path.name} holds only {len(answers)} answers", _FORM)
    kept = [one for at, one in enumerate(answers) if not _is_left_out(at)]
    name = workshop.store.create(f"interview {path.name}", "Robin Vale").name
    memory = workshop.store.memory(name)
    began = perf_counter()
    interviewer, recorded = _record(memory, kept, path.name, progress)
    seconds = perf_counter() - began
    told = [ask for ask in asks if not all(map(_is_left_out, ask.answers))]
    untold = [ask.text for ask in asks if ask not in told]
    return {
        "answers": len(kept),
        "left_out": len(answers) - len(kept),
        "words": sum(len(one.answer.split()) for one in kept),
        "seconds": round(seconds, 1),
        "facts": recorded.facts,
        "complete": round(overall(interviewer.picture()), 3),
        "found": _found(memory, told, _ids(memory, answers)),
        "answered_when_told": _share(memory, [ask.text for ask in told], known=True),
        "withheld_when_left_out": _share(memory, untold, known=False),
        "withheld_when_never_spoken_of": _share(
            memory, never_spoken_of(memory.all_utterances()), known=False
        ),
    }


def _is_left_out(at: int) -> bool:
    return at % _EVERY == _LEFT_OUT


def _record(
    memory: Memory, answers: Sequence[FileAnswer], source: str, progress: Progress
) -> tuple[Interviewer, Recorded]:
    listening = Listening(learn=lambda new: learn_facts(memory, new), screen=screened)
    interviewer = Interviewer(memory, listening, "long")
    recorded = record_answers(
        interviewer,
        memory,
        answers,
        source=source,
        progress=lambda done, total: progress("taking down answers", done, total),
    )
    measure_profile(memory)
    return interviewer, recorded


def _ids(memory: Memory, answers: Sequence[FileAnswer]) -> list[set[int]]:
    """Return the utterances of each answer of the file; none for those left out."""
    asked = {fold(q.prompt): set(q.utterance_ids) for q in memory.interviews.all()}
    return [asked.get(fold(one.question), set()) for one in answers]


def _found(memory: Memory, told: Iterable[Ask], ids: Sequence[set[int]]) -> dict[str, Any]:
    """Return how often an answer that was asked for is among the first hits."""
    ranks: list[int] = []
    for ask in told:
        gold = {number for at in ask.answers for number in ids[at]}
        hits = memory.recall(ask.text, k=max(CUTS), budget=_BUDGET).hits
        found = [hit.utterance.utterance_id in gold for hit in hits]
        ranks.append(found.index(True) + 1 if any(found) else max(CUTS) + 1)
    n = len(ranks)
    return {**{f"at_{k}": round(sum(r <= k for r in ranks) / n, 3) for k in CUTS}, "n": n}


def _share(memory: Memory, questions: Sequence[str], *, known: bool) -> dict[str, Any]:
    """Return how often questions of a visitor are met as they should be, with its 95 % interval."""
    met = sum(_is_known(memory, question) is known for question in questions)
    n = len(questions)
    return {"share": round(met / n, 3) if n else None, "interval": wilson(met, n), "n": n}


def _is_known(memory: Memory, question: str) -> bool:
    evidence = memory.recall(question, budget=_BUDGET)
    return judge(question, evidence, memory, owner=False) is Outcome.KNOWN
