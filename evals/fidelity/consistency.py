"""Consistency: the same question in other words, and again after talk of something else."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from evals.fidelity.asking import Answer
from evals.fidelity.asks import ways_to_ask, wrapped
from evals.fidelity.figure import Case, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.questions import FACT, Known
from evals.fidelity.section import Bench, Findings, Section
from memory.lexical import query_terms

OTHER_TALK = ("hey, how are you?", "it has been raining here all day long", "i like your taste")
"""What a visitor says before asking again."""
_GATE = 0.775
_SAME = 0.5
"""Share of the content words of the shorter reply that two replies with one meaning share."""


def consistency(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    chosen = _chosen(bench.questions, bench.sizes.asked_again)
    each = bench.sizes.ways + 1
    return Section(name="consistency", asks=each * len(chosen), run=lambda: _run(bench, chosen))


def _chosen(questions: Sequence[Known], most: int) -> list[Known]:
    """Return questions to ask again, those with five wordings of their own first."""
    return sorted(questions, key=lambda q: q.source != FACT)[:most]


def _run(bench: Bench, chosen: Sequence[Known]) -> Findings:
    worded = [case for question in chosen for case in _in_other_words(bench, question)]
    later = [_after_talk(bench, question) for question in chosen]
    floor = _of_others(bench, chosen)
    return Findings(
        figures=[
            mean_figure(
                {case.key: case.score for case in worded},
                key="consistency.wording",
                label="The same answer to other words",
                headline=True,
                floor=floor,
                floor_is="answers to different questions",
                ceiling=1.0,
                ceiling_is="always the same",
                gate=_GATE,
                anchor="People agree with themselves after two weeks in about 82 % of survey "
                "questions (Twin-2K-500)",
                note="The aim allows a quarter more disagreement than people have with themselves.",
            ),
            mean_figure(
                {case.key: case.score for case in later},
                key="consistency.later",
                label="The same answer after other talk",
                floor=floor,
                floor_is="answers to different questions",
                ceiling=1.0,
                ceiling_is="always the same",
            ),
        ],
        cases=[*worded, *later],
    )


def _of_others(bench: Bench, chosen: Sequence[Known]) -> float | None:
    """Return how often the answers to different questions would count as the same."""
    if len(chosen) < 2:
        return None
    answers = [bench.asker.ask(question.text) for question in chosen]
    pairs = list(combinations(answers, 2))
    return round(sum(alike(one, other) for one, other in pairs) / len(pairs), 4)


def _in_other_words(bench: Bench, question: Known) -> Iterator[Case]:
    own = ways_to_ask(question.kind) if question.source == FACT else ()
    ways = own or wrapped(question.text)
    first = bench.asker.ask(ways[0])
    for way in ways[1 : bench.sizes.ways]:
        yield _case(bench, question, first, bench.asker.ask(way), "other words")


def _after_talk(bench: Bench, question: Known) -> Case:
    first = bench.asker.ask(question.text)
    again = bench.asker.ask(question.text, after=OTHER_TALK)
    return _case(bench, question, first, again, "after other talk")


def _case(bench: Bench, question: Known, first: Answer, again: Answer, kind: str) -> Case:
    return Case(
        key=case_key("consistency", kind, question.text, again.asked),
        section="consistency",
        kind=kind,
        asked=f"{first.asked} / {again.asked}",
        wanted=f"as before: {first.reply}",
        got=again.reply,
        outcome=again.outcome,
        score=float(same(question, first, again)),
        evidence=bench.real(question.evidence),
    )


def same(question: Known, first: Answer, again: Answer) -> bool:
    """Say whether two replies to one question mean the same."""
    both = first.answered and again.answered
    if both and question.is_right(first.reply) and question.is_right(again.reply):
        return True
    return alike(first, again)


def alike(first: Answer, again: Answer) -> bool:
    """Say whether two replies were met the same way and, where answered, share their words."""
    if not first.answered or not again.answered:
        return first.outcome == again.outcome
    words, others = (set(query_terms(a.reply).indices) for a in (first, again))
    return len(words & others) >= _SAME * max(1, min(len(words), len(others)))
