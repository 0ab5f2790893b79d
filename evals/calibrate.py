"""Fits the two measures of `persona.decide` on annotated dialogues and prints their coefficients.

Three kinds of question are put to each memory: its own, which it can answer; its adversarial
ones, which ask one speaker for what the other said; and questions taken from other dialogues with
the names exchanged, which nobody there ever spoke of. The figures printed are of dialogues left
out of the fit, one at a time.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.dialogue import ADVERSARIAL, ANSWERABLE, Dialogue, Question
from memory.model import Signals
from persona.decide import belonging_features, likelihood_of, mention_features

Ask = Callable[[Dialogue, str, str], Signals]
"""Asks the memory of one speaker of a dialogue a question, and gives the signals."""

FOREIGN_PER_DIALOGUE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question put to a memory, what came back, and what would be right."""

    dialogue: int
    category: int
    foreign: bool
    """True when the question was taken from another dialogue."""
    signals: Signals


class Weights(NamedTuple):
    """A logistic measure: probability = 1 / (1 + exp(-(bias + weights . features)))."""

    bias: float
    weights: tuple[float, ...]


def collect(dialogues: Sequence[Dialogue], ask: Ask, *, seed: int = 1) -> list[Example]:
    """Put all questions to the memories and keep the signals."""
    chance = random.Random(seed)
    examples: list[Example] = []
    for number, dialogue in enumerate(dialogues):
        own = [(q.text, q.category, False, dialogue.about(q)) for q in dialogue.questions]
        foreign = [
            (text, 0, True, speaker) for text, speaker in _foreign(dialogue, dialogues, chance)
        ]
        examples += [
            Example(
                dialogue=number,
                category=category,
                foreign=is_foreign,
                signals=ask(dialogue, speaker, text),
            )
            for text, category, is_foreign, speaker in [*own, *foreign]
        ]
    return examples


def _foreign(
    dialogue: Dialogue, dialogues: Sequence[Dialogue], chance: random.Random
) -> list[tuple[str, str]]:
    here = set(dialogue.speakers)
    pool = [
        (other, question)
        for other in dialogues
        if not here & set(other.speakers)
        for question in other.questions
        if question.category in ANSWERABLE
    ]
    chosen = chance.sample(pool, min(FOREIGN_PER_DIALOGUE, len(pool)))
    return [_moved(other, question, dialogue, chance) for other, question in chosen]


def _moved(
    source: Dialogue, question: Question, target: Dialogue, chance: random.Random
) -> tuple[str, str]:
    about = source.about(question)
    there = [about, *(s for s in source.speakers if s != about)]
    here = list(target.speakers)
    chance.shuffle(here)
    text = question.text
    for old, new in zip(there, here, strict=True):
        text = re.sub(rf"\b{re.escape(old.split()[0])}\b", new.split()[0], text, flags=re.I)
    return text, here[0]


def fit(examples: Sequence[Example]) -> tuple[Weights, Weights]:
    """Fit both measures: that what was found belongs to the subject, and that it was mentioned."""
    own = [e for e in examples if not e.foreign]
    annotated = {e.dialogue for e in own if e.category == ADVERSARIAL}
    swapped = [e for e in own if e.dialogue in annotated and e.category != 3]
    belongs = _logistic(
        [belonging_features(e.signals) for e in swapped],
        [e.category != ADVERSARIAL for e in swapped],
    )
    kept = [e for e in examples if e.foreign or e.category != 3 or e.dialogue not in annotated]
    mentioned = _logistic(
        [mention_features(e.signals) for e in kept], [not e.foreign for e in kept]
    )
    return belongs, mentioned


def left_out_likelihoods(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return for each example the likelihood that it can be answered, fitted on other dialogues."""
    values = np.zeros(len(examples))
    for dialogue in {e.dialogue for e in examples}:
        belongs, mentioned = fit([e for e in examples if e.dialogue != dialogue])
        for i, example in enumerate(examples):
            if example.dialogue == dialogue:
                values[i] = likelihood_of(example.signals, belongs, mentioned)
    return values


def _logistic(features: Sequence[Sequence[float]], right: Sequence[bool]) -> Weights:
    from sklearn.linear_model import LogisticRegression

    values = np.asarray(features)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    model: Any = LogisticRegression(C=0.3, max_iter=900)
    model.fit((values - mean) / spread, np.asarray(right))
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return Weights(round(bias, 3), tuple(round(float(w), 3) for w in weights))
