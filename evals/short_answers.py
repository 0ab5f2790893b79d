"""Short answers against the annotated ones, scored as LoCoMo scores them."""

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import Any

from evals.bench import VISITOR, mean, percentiles
from evals.dialogue import ADVERSARIAL, CATEGORIES, Question
from memory.lexical import query_terms
from persona.decide import Outcome
from persona.twin import Twin

_MULTI_HOP, _OPEN_DOMAIN = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question answered in a few words."""

    category: int
    sure: bool
    """Whether the twin would answer it; if not, the answer is what it would guess."""
    f1: float
    took_ms: float

    @property
    def counted(self) -> float:
        """What it scores where a question that is not answered counts as nothing."""
        return self.f1 if self.sure else 0.0


def answer_briefly(twin: Twin, question: Question) -> Answered | None:
    """Put a question to a twin; None for those without an annotated answer."""
    if question.category == ADVERSARIAL or question.answer is None:
        return None
    started = perf_counter()
    brief = twin.brief(question.text, visitor=VISITOR, anyway=True)
    return Answered(
        category=question.category,
        sure=brief.outcome is Outcome.KNOWN,
        f1=official_f1(brief.text, question.answer, question.category),
        took_ms=(perf_counter() - started) * 1000,
    )


def summarise(answers: Sequence[Answered], *, categories: bool) -> dict[str, Any]:
    """Return the figures: over all, over those answered, and with all answered anyway."""
    figures = _figures(answers) | {"took_ms": percentiles([a.took_ms for a in answers])}
    if categories:
        kinds = sorted({a.category for a in answers})
        figures["by_category"] = {
            CATEGORIES[kind]: _figures([a for a in answers if a.category == kind]) for kind in kinds
        }
    return figures


def _figures(answers: Sequence[Answered]) -> dict[str, Any]:
    sure = [a.f1 for a in answers if a.sure]
    return {
        "n": len(answers),
        "answered": len(sure),
        "f1_unanswered_as_zero": mean([a.counted for a in answers]),
        "f1_of_answered": mean(sure),
        "f1_all_answered": mean([a.f1 for a in answers]),
    }


def official_f1(answer: str, gold: str, category: int) -> float:
    """Return token F1 of stemmed words by the rules of the data set's own evaluation.

    Several answers, with commas between, are each held to the one that fits
    best; of what follows a semicolon in open-domain answers nothing counts.

    >>> official_f1("tents, ropes", "rope, a tent", 1)
    1.0
    """
    if category == _MULTI_HOP:
        given, wanted = answer.split(","), gold.split(",")
        return sum(max(_f1(one, want) for one in given) for want in wanted) / len(wanted)
    return _f1(answer, gold.split(";")[0] if category == _OPEN_DOMAIN else gold)


def _f1(answer: str, gold: str) -> float:
    return _overlap(map(_stem, _words(answer)), map(_stem, _words(gold)))


def token_f1(answer: str, gold: str) -> float:
    """Return token F1 of words as they stand, without articles and marks.

    >>> token_f1("In the garden.", "the garden")
    0.6666666666666666
    """
    return _overlap(_words(answer), _words(gold))


def _overlap(given: Iterable[str], wanted: Iterable[str]) -> float:
    """Return the harmonic mean of precision and recall."""
    said, gold = Counter(given), Counter(wanted)
    shared = (said & gold).total()
    return 2 * shared / (said.total() + gold.total()) if shared else 0.0


def _words(text: str) -> list[str]:
    bare = text.casefold().translate(str.maketrans("", "", string.punctuation))
    return re.sub(r"\b(a|an|the|and)\b", " ", bare).split()


@cache
def _stem(word: str) -> str:
    terms = query_terms(word).indices
    return str(terms[0]) if len(terms) == 1 else word
