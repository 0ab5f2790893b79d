"""Recall: is the evidence found, and is the answer right?"""

from collections.abc import Callable, Mapping, Sequence

from evals.fidelity.asking import Answer
from evals.fidelity.contexts import sittings_of
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.plain_search import PlainSearch
from evals.fidelity.questions import Known
from evals.fidelity.section import Bench, Findings, Section
from memory.timeline import indexed_text

CUT = 10
BUDGET = 800
"""Tokens."""
_OVER_BM25 = 0.1
"""By how much a search of words alone has to be bettered."""


def recall(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    found = bench.questions[: bench.sizes.evidence]
    asked = bench.questions[: bench.sizes.recall]
    return Section(name="recall", asks=len(asked), run=lambda: _run(bench, found, asked))


def _run(bench: Bench, found: Sequence[Known], asked: Sequence[Known]) -> Findings:
    answers = [(known, bench.asker.ask(known.text)) for known in asked]
    right = {_key(q): float(a.answered and q.is_right(a.reply)) for q, a in answers}
    short = [(q, a) for q, a in answers if len(q.answer.split()) <= CUT]
    f1 = {_key(q): q.f1(a.reply) for q, a in short}
    sat = sittings_of(bench.kept)
    sittings = {_key(q): sat[q.evidence[0]] for q in (*found, *asked)}
    figures = [
        *_evidence_figures(bench, found, sittings),
        mean_figure(
            right,
            sittings=sittings,
            key="recall.right",
            label="Answers that are right",
            floor=_by_other_replies(answers, lambda q, reply: float(q.is_right(reply))),
            floor_is="replies to other questions",
            ceiling=1.0,
            ceiling_is="every one",
            note="All exact facts of the annotated questions, two thirds of the words of the "
            "others' answers.",
            headline=True,
        ),
        mean_figure(
            f1,
            sittings=sittings,
            key="recall.f1",
            label="Token F1 of short answers",
            floor=_by_other_replies(short, lambda q, reply: q.f1(reply)),
            floor_is="replies to other questions",
            ceiling=1.0,
            ceiling_is="the answer and not a word more",
            anchor="LoCoMo, GPT-4 with the whole chat 0.32, people 0.88 (Maharana et al., 2024)",
            note="The twin answers in whole sentences, which F1 holds against it.",
        ),
    ]
    return Findings(figures=figures, cases=[_case(bench, q, a) for q, a in answers])


def _by_other_replies(
    answers: Sequence[tuple[Known, Answer]], score: Callable[[Known, str], float]
) -> float | None:
    """Return what the replies score when each is held against the question after its own."""
    replies = [answer.reply for _, answer in answers]
    if len(replies) < 2:
        return None
    moved = [*replies[1:], replies[0]]
    scores = [score(q, reply) for (q, _), reply in zip(answers, moved, strict=True)]
    return round(sum(scores) / len(scores), 4)


def _key(question: Known) -> str:
    return case_key("recall", question.text)


def _evidence_figures(
    bench: Bench, found: Sequence[Known], sittings: Mapping[str, str]
) -> list[Figure]:
    owner = bench.memory.twin.owner
    plain = PlainSearch({u.utterance_id: indexed_text(u, owner) for u in bench.kept})
    hits: dict[str, float] = {}
    packed: dict[str, float] = {}
    floor: list[float] = []
    packed_floor: list[float] = []
    for question in found:
        evidence, _ = bench.asker.settle(question.text)
        wanted = set(question.evidence)
        key = _key(question)
        hits[key] = float(any(h.utterance.utterance_id in wanted for h in evidence.hits[:CUT]))
        packed[key] = float(any(u.utterance_id in wanted for u in evidence.packed))
        floor.append(float(bool(wanted & set(plain.best(question.text, CUT)))))
        packed_floor.append(float(bool(wanted & set(plain.within(question.text, BUDGET)))))
    words_alone, words_packed = (_share(values) for values in (floor, packed_floor))
    return [
        mean_figure(
            hits,
            sittings=sittings,
            key="recall.evidence",
            label=f"Evidence among the best {CUT}",
            floor=words_alone,
            floor_is="plain BM25 over single messages",
            ceiling=1.0,
            ceiling_is="all of it",
            gate=None if words_alone is None else round(min(1.0, words_alone + _OVER_BM25), 4),
            anchor="BM25 reaches 0.51 on REALTALK and 0.61 on LoCoMo, with other people's "
            "questions",
            note="Questions made by rules share words with their evidence and are easier than "
            "people's.",
        ),
        mean_figure(
            packed,
            sittings=sittings,
            key="recall.packed",
            label=f"Evidence inside {BUDGET} tokens",
            floor=words_packed,
            floor_is="plain BM25 over single messages",
            ceiling=1.0,
            ceiling_is="all of it",
        ),
    ]


def _share(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _case(bench: Bench, question: Known, answer: Answer) -> Case:
    return Case(
        key=_key(question),
        section="recall",
        kind=f"{question.source}: {question.kind}",
        asked=question.text,
        wanted=question.answer[:300],
        got=answer.reply,
        outcome=answer.outcome,
        score=1.0 if answer.answered and question.is_right(answer.reply) else 0.0,
        evidence=bench.real(question.evidence),
    )
