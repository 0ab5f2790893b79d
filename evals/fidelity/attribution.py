"""Who of ten people wrote this? A classifier on character sequences, with or without content.

Character 2- to 4-grams by TF-IDF and a logistic regression. Plain attribution leaks topic, so
the masked form, in which content words are x, is the one to look at.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from evals.fidelity.features import drawn, masked

AT_ONCE = 20
"""Messages whose writer is to be named."""
MOST_PEOPLE = 10
_DOCUMENT = 10
_MOST_MESSAGES = 600
_SETS = 40
_DRAWS = 60


class Attribution:
    """Knows some people by how they write."""

    def __init__(self, people: Mapping[str, Sequence[str]], *, masks: bool, seed: int) -> None:
        """Take each person's messages; the one to be recognised is the first."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self._form: Callable[[str], str] = masked if masks else str
        self.names = tuple(people)
        self._seed = seed
        texts, labels = self._documents(people)
        self._vectors: Any = TfidfVectorizer(
            analyzer="char", ngram_range=(2, 4), max_features=20_000, sublinear_tf=True
        )
        self._model: Any = LogisticRegression(C=10.0, max_iter=400, class_weight="balanced")
        self._model.fit(self._vectors.fit_transform(texts), labels)

    def _documents(self, people: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
        chance = np.random.default_rng(self._seed)
        texts: list[str] = []
        labels: list[str] = []
        for name, messages in people.items():
            order = map(int, chance.permutation(len(messages)))
            mixed = [messages[at] for at in order][:_MOST_MESSAGES]
            for start in range(0, len(mixed), _DOCUMENT):
                texts.append(self._joined(mixed[start : start + _DOCUMENT]))
                labels.append(name)
        return texts, labels

    def _joined(self, messages: Iterable[str]) -> str:
        return "\n".join(map(self._form, messages))

    def named(self, sets: Sequence[Sequence[str]]) -> list[str]:
        """Return who is taken to have written each set of messages."""
        vectors = self._vectors.transform([self._joined(one) for one in sets])
        return [str(name) for name in self._model.predict(vectors)]

    def share(self, messages: Sequence[str], name: str) -> tuple[float, list[float]]:
        """Return how often sets of messages are taken to be by somebody, and that resampled."""
        chance = np.random.default_rng(self._seed)
        point = self._once(messages, name, chance)
        draws = [
            self._once(drawn(messages, len(messages), chance), name, chance) for _ in range(_DRAWS)
        ]
        return point, draws

    def _once(self, messages: Sequence[str], name: str, chance: np.random.Generator) -> float:
        sets = [drawn(messages, AT_ONCE, chance) for _ in range(_SETS)]
        return float(np.mean([found == name for found in self.named(sets)]))
