"""Fits the two measures of `persona.decide` on annotated dialogues and prints their coefficients.

Three kinds of question are put to each memory: its own, which it can answer; its adversarial
ones, which ask one speaker for what the other said; and questions taken from other dialogues with
the names exchanged, which nobody there ever spoke of. The figures printed are of dialogues left
out of the fit, one at a time.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.bench import enrol, scratch_workshop
from evals.dialogue import ADVERSARIAL, ANSWERABLE, Dialogue, Question
from memory.model import Signals
from memory.store import Memory
from persona.decide import THRESHOLD, belonging_features, likelihood_of, mention_features
from persona.settings import Settings

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
    """Put all questions to the memories, whole and in small parts, and keep the signals."""
    chance = random.Random(seed)
    examples = _examples(dialogues, range(len(dialogues)), FOREIGN_PER_DIALOGUE, ask, chance)
    for size in PARTS:
        parts = [(i, part) for i, d in enumerate(dialogues) for part in _parts(d, size.sessions)]
        chosen = chance.sample(parts, min(size.most, len(parts)))
        examples += _examples(
            [part for _, part in chosen], [i for i, _ in chosen], size.foreign, ask, chance
        )
    return examples


class _PartSize(NamedTuple):
    sessions: int
    most: int
    foreign: int


PARTS = (_PartSize(1, 40, 6), _PartSize(4, 24, 20))
"""Memories of one and of four sittings stand in the fit, since every memory begins small."""


def _parts(dialogue: Dialogue, sessions: int) -> Iterator[Dialogue]:
    """Yield the dialogue in parts of some sessions, with the questions each part can answer."""
    keys = list(dict.fromkeys(_session(turn.external_id) for turn in dialogue.turns))
    for start in range(0, len(keys), sessions):
        here = set(keys[start : start + sessions])
        turns = tuple(t for t in dialogue.turns if _session(t.external_id) in here)
        ids = {turn.external_id for turn in turns}
        asked = tuple(q for q in dialogue.questions if q.evidence and ids.issuperset(q.evidence))
        if asked:
            name = f"{dialogue.name}, {sessions} from {start}"
            yield replace(dialogue, name=name, turns=turns, questions=asked)


def _session(external_id: str | None) -> str:
    return (external_id or "").partition(":")[0]


def _examples(
    dialogues: Sequence[Dialogue],
    groups: Sequence[int],
    foreign: int,
    ask: Ask,
    chance: random.Random,
) -> list[Example]:
    examples: list[Example] = []
    for group, dialogue in zip(groups, dialogues, strict=True):
        own = [(q.text, q.category, False, dialogue.about(q)) for q in dialogue.questions]
        others = _foreign(dialogue, dialogues, foreign, chance)
        examples += [
            Example(
                dialogue=group,
                category=category,
                foreign=is_foreign,
                signals=ask(dialogue, speaker, text),
            )
            for text, category, is_foreign, speaker in [
                *own,
                *((text, 0, True, speaker) for text, speaker in others),
            ]
        ]
    return examples


def _foreign(
    dialogue: Dialogue, dialogues: Sequence[Dialogue], most: int, chance: random.Random
) -> list[tuple[str, str]]:
    here = set(dialogue.speakers)
    pool = [
        (other, question)
        for other in dialogues
        if not here & set(other.speakers)
        for question in other.questions
        if question.category in ANSWERABLE
    ]
    chosen = chance.sample(pool, min(most, len(pool)))
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
    """Fit both measures: that what was found belongs to the subject, and that it was mentioned.

    The first needs dialogues with adversarial questions.
    """
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


def summarise(examples: Sequence[Example], threshold: float) -> dict[str, Any]:
    """Fit, and tell how the fit does on dialogues left out of it."""
    belongs, mentioned = fit(examples)
    left_out = left_out_likelihoods(examples)
    answered = left_out >= threshold

    def share(chosen: Callable[[Example], bool]) -> float:
        return round(float(np.mean([answered[i] for i, e in enumerate(examples) if chosen(e)])), 3)

    return {
        "belongs": belongs,
        "mentioned": mentioned,
        "threshold": threshold,
        "left_out": {
            "answerable_answered": share(lambda e: not e.foreign and e.category in ANSWERABLE),
            "adversarial_abstained": 1 - share(lambda e: e.category == ADVERSARIAL),
            "foreign_abstained": 1 - share(lambda e: e.foreign),
        },
        "n": len(examples),
    }


def calibrate_on(settings: Settings, dialogues: Sequence[Dialogue]) -> dict[str, Any]:
    """Fit on some dialogues with the encoder of `settings`."""
    memories: dict[tuple[str, str], Memory] = {}
    with scratch_workshop(settings) as workshop:

        def ask(dialogue: Dialogue, speaker: str, text: str) -> Signals:
            key = (dialogue.name, speaker)
            if key not in memories:
                memories[key] = enrol(workshop, dialogue, speaker)
            return memories[key].recall(text).signals

        return summarise(collect(dialogues, ask), THRESHOLD)
