"""Holds a model to its evidence: names and numbers it brings up must come from somewhere."""

import re
from collections.abc import Iterable, Sequence

from memory.lexical import query_terms

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_FREE = frozenset(
    "i i'm i'd i've i'll ok okay yes no yeah yep nope hi hey hello lol haha hahaha omg wow oh ah "
    "well and but so also not maybe just mr mrs ms tv ai english god christmas".split()
)
_CLAIM = re.compile(
    r"\b(i|we)(['’](ve|d)| have| had| was| were| went| did| used to| work| live| own| got| bought| "
    r"grew| met| made| studied| moved| just \w+ed)\b|\bmy (mum|mom|mother|dad|father|wife|husband|"
    r"brother|sister|son|daughter|kids?|boyfriend|girlfriend|partner|job|boss|house|flat|dog|cat)\b"
    r"|\bi['’]?m (a|an|from|in|at|\d+)\b",
    re.IGNORECASE,
)
_LOOP = re.compile(r"\b([\w'’]+ [\w'’]+[\w'’ ]{0,30}?)\W+\1\b", re.IGNORECASE)
"""Words said twice in a row, as small models do when they have nothing to say."""
_ROUND = re.compile(
    r"\b(?P<once>[\w'’]+ [\w'’]+[\w'’ .,;!?-]{0,90}?)[.!?]+\s+(?P=once)\b", re.IGNORECASE
)
"""Sentences said twice in a row, when they have no more to say."""
_REMEMBERED = 400
"""Characters at the end of what was said in which such a round is looked for."""
_VERDICT = re.compile(r"yes|yeah|yep|no|nope|nah", re.IGNORECASE)
_SUPPORT = 0.5
"""Share of a reply's content words that must stand in what it was given."""
_GLUE = frozenset(
    query_terms(
        "yes no yeah nope like love hate think really thing good bad sure always never much very "
        "ok maybe got get go going know want lot bit still now one say said man right well"
    ).indices
)
"""Words that claim nothing by themselves."""


def claims_a_life(said: str) -> bool:
    """Say whether words claim something about the speaker's life."""
    return _CLAIM.search(said) is not None


def once(said: str) -> str | None:
    """Return words up to where their sentences come again; None where they don't.

    >>> once("He's a carpenter. He builds boats. He's a carpenter. He builds boats")
    "He's a carpenter. He builds boats"
    """
    found = _ROUND.search(said, max(0, len(said) - _REMEMBERED))
    return said[: found.end("once")] if found else None


class Grounding:
    """Checks a reply against the words that its model was given."""

    def __init__(
        self, given: Iterable[str], notes: Sequence[str], *, heard: str, strict: bool
    ) -> None:
        """Take what the model was given.

        Args:
            given: the talk, the message and its notes.
            notes: the notes alone.
            heard: the message alone.
            strict: True for a model that can't be trusted with more than the words of the notes;
                nor with a yes or no, which it gives at random; nor with an echo of the question.
        """
        texts = list(given)
        self._strict = strict
        self._asked = set(query_terms(heard).indices)
        self._noted = {term for note in notes for term in query_terms(note).indices}
        self._words = {w.casefold() for text in texts for w in _WORD.findall(text)}
        self._terms = {term for text in texts for term in query_terms(text).indices}

    def allows(self, word: str, *, opens: bool) -> bool:
        """Say whether the next word may stand: numbers and names must have been given.

        Args:
            word: as the model wrote it.
            opens: True when it opens a sentence, where a capital makes no name.
        """
        if self._strict and not self._is_noted(word):
            return False
        for piece in _WORD.findall(word):
            if piece.casefold() in self._words or piece.casefold() in _FREE:
                continue
            if any(c.isdigit() for c in piece) or (piece[:1].isupper() and not opens):
                return self._possessive(piece)
        return True

    def _is_noted(self, word: str) -> bool:
        if _VERDICT.fullmatch(word.strip(" .,!\n")):
            return False
        return not self._noted or set(query_terms(word).indices) <= self._noted | _GLUE

    def supports(self, reply: str) -> bool:
        """Say whether enough of the reply's content stands in what was given."""
        terms = set(query_terms(reply).indices) - _GLUE
        if self._strict and not terms - self._asked:
            return False
        return not terms or len(terms & self._terms) / len(terms) >= _SUPPORT

    def repeats(self, said: str) -> bool:
        """Say whether the words go round in a circle."""
        return _LOOP.search(said) is not None

    def _possessive(self, piece: str) -> bool:
        bare = re.sub(r"[’']s$|s$", "", piece.casefold())
        return bare in self._words
