"""Who of ten people wrote this? A classifier on character sequences, with or without content.

Character 2- to 4-grams by TF-IDF and a logistic regression. Plain attribution leaks topic, so
the masked form, in which content words are x, is the one to look at.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.fidelity.features import masked

AT_ONCE = 20
"""Messages whose writer is to be named."""
MOST_PEOPLE = 10
_DOCUMENT = 10
"""Messages in one piece that the classifier learns from."""
_MOST_MESSAGES = 600
_SETS = 40
_DRAWS = 60


class Shares(NamedTuple):
    """How often somebody is named."""

    value: float
    draws: list[float]
    """The same with the messages resampled."""


class Attribution:
    """Knows some people by how they write."""

    def __init__(self, people: Mapping[str, Sequence[str]], *, masks: bool, seed: int) -> None:
        """Take each person's messages; the one to be recognised is the first."""
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
        from sklearn.linear_model import LogisticRegression

        self._form: Callable[[str], str] = masked if masks else str
        self.names = tuple(people)
        self._seed = seed
        self._counts: Any = CountVectorizer(
            analyzer="char", ngram_range=(2, 4), max_features=20_000, lowercase=False
        )
        self._weights: Any = TfidfTransformer(sublinear_tf=True)
        self._model: Any = LogisticRegression(C=10.0, max_iter=400, class_weight="balanced")
        chance = np.random.default_rng(seed)
        chosen = {name: _some(messages, chance) for name, messages in people.items()}
        self._counts.fit([self._form(text) for texts in chosen.values() for text in texts])
        sets = [
            (name, texts[at : at + _DOCUMENT])
            for name, texts in chosen.items()
            for at in range(0, len(texts), _DOCUMENT)
        ]
        rows = self._weights.fit_transform(self._joined([texts for _, texts in sets]))
        self._model.fit(rows, [name for name, _ in sets])

    def _joined(self, sets: Sequence[Sequence[str]]) -> Any:
        """Return for each set of messages how often every sequence stands in it."""
        import scipy.sparse

        sparse: Any = scipy.sparse
        return sparse.vstack(
            [sparse.csr_matrix(self._rows(texts).sum(axis=0)) for texts in sets]
        ).tocsr()

    def _rows(self, texts: Sequence[str]) -> Any:
        return self._counts.transform([self._form(text) for text in texts])

    def named(self, sets: Sequence[Sequence[str]]) -> list[str]:
        """Return who is taken to have written each set of messages."""
        return self._predicted(self._joined(sets))

    def share(self, messages: Sequence[str], name: str, *, draws: int = _DRAWS) -> Shares:
        """Return how often sets of messages are taken to be by somebody, and that resampled."""
        rows = self._rows(messages)
        chance = np.random.default_rng(self._seed)
        every = np.arange(len(messages))
        point = self._once(rows, every, name, chance)
        again = [
            self._once(rows, chance.choice(every, len(every)), name, chance) for _ in range(draws)
        ]
        return Shares(point, again)

    def _once(
        self, rows: Any, among: NDArray[np.int64], name: str, chance: np.random.Generator
    ) -> float:
        from scipy.sparse import csr_matrix

        drawn = chance.choice(among, (_SETS, AT_ONCE))
        which: Any = csr_matrix(
            (np.ones(drawn.size), (np.repeat(np.arange(_SETS), AT_ONCE), drawn.ravel())),
            shape=(_SETS, rows.shape[0]),
        )
        return float(np.mean([found == name for found in self._predicted(which @ rows)]))

    def _predicted(self, rows: Any) -> list[str]:
        return [str(name) for name in self._model.predict(self._weights.transform(rows))]


def _some(messages: Sequence[str], chance: np.random.Generator) -> list[str]:
    order = map(int, chance.permutation(len(messages)))
    return [messages[at] for at in order][:_MOST_MESSAGES]
