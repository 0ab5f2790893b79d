"""Recall: is the evidence found, and is the answer right and made of what was remembered?"""

import re
from collections.abc import Sequence

from evals.fidelity.asking import Answer
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.plain_search import PlainSearch
from evals.fidelity.questions import Known
from evals.fidelity.section import Bench, Findings, Section
from memory.timeline import indexed_text

CUT = 10
_NAMED = re.compile(r"(?<![.!?…] )(?<!^)\b[A-Z][a-z]{2,}\b|\b\d[\d.,:]*\b")


def recall(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    found = bench.questions[: bench.sizes.evidence]
    asked = bench.questions[: bench.sizes.recall]
    return Section(name="recall", asks=len(asked), run=lambda: _run(bench, found, asked))


def _run(bench: Bench, found: Sequence[Known], asked: Sequence[Known]) -> Findings:
    answers = [(known, bench.asker.ask(known.text)) for known in asked]
    right = {_key(q): float(a.answered and q.is_right(a.reply)) for q, a in answers}
    f1 = {_key(q): q.f1(a.reply) for q, a in answers if len(q.answer.split()) <= CUT}
    figures = [
        *_evidence_figures(bench, found),
        mean_figure(
            right,
            key="recall.right",
            label="Answers that are right",
            note="All exact facts of the annotated questions, two thirds of the words of the "
            "others' answers.",
            headline=True,
        ),
        mean_figure(
            f1,
            key="recall.f1",
            label="Token F1 of short answers",
            anchor="LoCoMo, GPT-4 with the whole chat 0.32, people 0.88 (Maharana et al., 2024)",
            note="The twin answers in whole sentences, which F1 holds against it.",
        ),
        _made_up(bench, [a for _, a in answers]),
    ]
    return Findings(figures=figures, cases=[_case(bench, q, a) for q, a in answers])


def _key(question: Known) -> str:
    return case_key("recall", question.text)


def _evidence_figures(bench: Bench, found: Sequence[Known]) -> list[Figure]:
    owner = bench.memory.twin.owner
    plain = PlainSearch({u.utterance_id: indexed_text(u, owner) for u in bench.kept})
    hits: dict[str, float] = {}
    packed: dict[str, float] = {}
    floor: list[float] = []
    for question in found:
        evidence, _ = bench.asker.settle(question.text)
        wanted = set(question.evidence)
        key = _key(question)
        hits[key] = float(any(h.utterance.utterance_id in wanted for h in evidence.hits[:CUT]))
        packed[key] = float(any(u.utterance_id in wanted for u in evidence.packed))
        floor.append(float(bool(wanted & set(plain.best(question.text, CUT)))))
    words_alone = round(sum(floor) / len(floor), 4) if floor else None
    return [
        mean_figure(
            hits,
            key="recall.evidence",
            label=f"Evidence among the best {CUT}",
            floor=words_alone,
            floor_is="plain BM25 over single messages",
            ceiling=1.0,
            ceiling_is="all of it",
            anchor="BM25 reaches 0.51 on REALTALK and 0.61 on LoCoMo, with other people's "
            "questions",
            note="Questions made by rules share words with their evidence and are easier than "
            "people's.",
        ),
        mean_figure(packed, key="recall.packed", label="Evidence inside 800 tokens"),
    ]


def _made_up(bench: Bench, answers: Sequence[Answer]) -> Figure:
    """Return the share of replies that name or number something that nobody gave the twin."""
    owner = bench.memory.twin.owner
    items = {
        case_key("recall", a.asked): float(bool(invented(a, owner))) for a in answers if a.answered
    }
    return mean_figure(
        items,
        key="recall.made_up",
        label="Replies with a made-up name or number",
        better="less",
        gate=0.02,
        floor_is="none",
        note="Names and numbers in a reply that stand in nothing it was given.",
    )


def invented(answer: Answer, owner: str) -> list[str]:
    """Return names and numbers of a reply that stand neither in its evidence nor the question."""
    found = answer.evidence
    given = " ".join(
        [
            answer.asked,
            owner,
            *(f"{u.text} {u.speaker} {u.attachment or ''} {u.said_at:%B %Y}" if u.said_at
              else f"{u.text} {u.speaker}" for u in found.packed),
            *(f"{h.utterance.text} {h.utterance.speaker}" for h in found.hits),
            *(f"{f.value} {f.valid_from:%B %Y}" if f.valid_from else f.value for f in found.facts),
        ]
    ).casefold()  # fmt: skip
    return [word for word in _NAMED.findall(answer.reply) if word.casefold() not in given]


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
