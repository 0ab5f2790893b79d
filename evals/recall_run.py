"""Evidence recall and abstention on annotated dialogues, by the twin's own recall and judgement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from evals.bench import enrol, mean, percentiles, scratch_workshop
from evals.dialogue import ADVERSARIAL, ANSWERABLE, CATEGORIES, Dialogue, Question
from evals.short_answers import Answered, answer_briefly, summarise
from memory.recall import name_owner
from memory.store import Memory
from persona.decide import Outcome
from persona.settings import Settings
from persona.verdict import judge

CUTS = (5, 10, 25)
BUDGET_TOKENS = 800

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Tally:
    """What was measured, question by question."""

    at: dict[int, list[float]] = field(default_factory=lambda: {k: [] for k in CUTS})
    by_category: dict[int, list[tuple[float, ...]]] = field(
        default_factory=lambda: defaultdict[int, list[tuple[float, ...]]](list)
    )
    in_budget: list[float] = field(default_factory=list[float])
    abstained: dict[int, list[bool]] = field(
        default_factory=lambda: defaultdict[int, list[bool]](list)
    )
    answers: list[Answered] = field(default_factory=list[Answered])
    embed_ms: list[float] = field(default_factory=list[float])
    recall_ms: list[float] = field(default_factory=list[float])


def run_dialogues(
    settings: Settings, dialogues: Sequence[Dialogue], progress: Progress, *, answers: int
) -> Tally:
    """Put every question to the twin of the speaker it names.

    Args:
        settings: which models to use.
        dialogues: what the twins are made of.
        progress: told how far it is.
        answers: how many questions, spread evenly, are answered in a few words and scored by
            token F1.
    """
    tally = Tally()
    total = sum(len(d.questions) for d in dialogues)
    step = max(1, total // answers) if answers else 0
    done = 0
    with scratch_workshop(settings) as workshop:
        for dialogue in dialogues:
            memories = {s: enrol(workshop, dialogue, s) for s in dialogue.speakers}
            for question in dialogue.questions:
                memory = memories[dialogue.about(question)]
                _ask(memory, question, tally)
                if step and done % step == 0:
                    answered = answer_briefly(workshop.twin(memory.twin.name), question)
                    tally.answers += [answered] if answered else []
                done += 1
                progress("questions", done, total)
    return tally


def _ask(memory: Memory, question: Question, tally: Tally) -> None:
    started = perf_counter()
    named = name_owner(question.text, memory.twin.owner)
    vector = memory.embed_query(named)
    embedded = perf_counter()
    evidence = memory.recall_by(named, vector, k=max(CUTS), budget=BUDGET_TOKENS)
    ended = perf_counter()
    tally.embed_ms.append((embedded - started) * 1000)
    tally.recall_ms.append((ended - embedded) * 1000)
    found = [hit.utterance.external_id for hit in evidence.hits]
    shares = tuple(share(question.evidence, found[:k]) for k in CUTS)
    for k, found_share in zip(CUTS, shares, strict=True):
        tally.at[k].append(found_share)
    packed = [u.external_id for u in evidence.packed]
    tally.in_budget.append(share(question.evidence, packed))
    tally.by_category[question.category].append((*shares, tally.in_budget[-1]))
    outcome = judge(question.text, evidence, memory, owner=False)
    tally.abstained[question.category].append(outcome is not Outcome.KNOWN)


def share(evidence: Sequence[str], found: Iterable[str | None]) -> float:
    """Return the share of the evidence found; all of it when there is none to find."""
    held = set(found)
    return sum(e in held for e in evidence) / len(evidence) if evidence else 1.0


def report(tally: Tally, *, categories: bool) -> dict[str, Any]:
    """Return the figures as the command prints them."""
    figures: dict[str, Any] = {
        "recall": {str(k): mean(values) for k, values in tally.at.items()},
        "in_budget": {"tokens": BUDGET_TOKENS, "recall": mean(tally.in_budget)},
        "f1": mean([answer.counted for answer in tally.answers]),
        "short_answers": summarise(tally.answers, categories=categories),
        "latency_ms": {
            "query_embedding": percentiles(tally.embed_ms),
            "recall": percentiles(tally.recall_ms),
        },
        "n": len(tally.in_budget),
    }
    if categories:
        figures["by_category"] = {CATEGORIES[c]: _category(tally, c) for c in sorted(CATEGORIES)}
        answerable = [a for c in ANSWERABLE for a in tally.abstained[c]]
        figures["abstention"] = {
            "adversarial": mean(tally.abstained[ADVERSARIAL]),
            "answered_answerable": mean([not a for a in answerable]),
        }
    else:
        everything = [a for answers in tally.abstained.values() for a in answers]
        figures["answered"] = mean([not a for a in everything])
    return figures


def _category(tally: Tally, category: int) -> dict[str, Any]:
    rows = tally.by_category[category]
    named = [*(str(k) for k in CUTS), "in_budget"]
    columns = zip(*rows, strict=True) if rows else [()] * len(named)
    return {"n": len(rows)} | {
        name: mean(column) for name, column in zip(named, columns, strict=True)
    }
