"""Plain BM25 over single messages: what finding evidence reaches without anything else."""

from collections import defaultdict
from collections.abc import Mapping

from memory.lexical import Lexicon, document_terms, query_terms
from memory.recall import count_tokens


class PlainSearch:
    """An index of texts by their words alone."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        """Take the texts by id."""
        self._texts = texts
        self._lexicon = Lexicon(texts.values())
        self._with: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for number, text in texts.items():
            terms = document_terms(text)
            for term, weight in zip(terms.indices, terms.values, strict=True):
                self._with[term].append((number, weight))

    def best(self, question: str, count: int) -> list[int]:
        """Return the ids of the texts that fit a question best."""
        scores: dict[int, float] = defaultdict(float)
        for term in query_terms(question).indices:
            rarity = self._lexicon.rarity(term)
            for number, weight in self._with.get(term, ()):
                scores[number] += rarity * weight
        return sorted(scores, key=lambda number: (-scores[number], number))[:count]

    def within(self, question: str, tokens: int) -> list[int]:
        """Return the ids of the best texts that fit a budget of tokens."""
        kept: list[int] = []
        for number in self.best(question, len(self._texts)):
            tokens -= count_tokens(self._texts[number])
            if tokens < 0:
                break
            kept.append(number)
        return kept
