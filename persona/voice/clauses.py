"""Cutting a text into clauses, the first of them short so that the voice begins soon."""

import re
from collections.abc import Iterator

LONGEST = 220
"""Characters of a clause."""
_FIRST = 26
"""Characters of the first clause, about a second of speech."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“(\[]?[A-Z0-9])|\n+")
_TITLE = re.compile(r"(?:^|\s)(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|etc|[A-Z])\.$")
_CLAUSE = re.compile(r"(?<=[,;:—–])\s+|\s+(?=[—–(])")
_PHRASE = re.compile(
    r"\s+(?=(?:and|but|or|so|because|when|while|where|which|who|that|if|although|until|since|"
    r"with|without|for|from|in|on|at|by|to|of|near|after|before|about|into|than|as)\s)",
    re.IGNORECASE,
)


def in_clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text in order; together they are its words."""
    first = True
    for sentence in _sentences(text):
        pieces = _within(sentence, LONGEST)
        if first and len(pieces[0]) > _FIRST:
            pieces[:1] = _early(pieces[0])
        first = False
        yield from pieces


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for piece in _SENTENCE.split(text.strip()):
        held = f"{held} {piece}".strip()
        if held and not _TITLE.search(held):
            yield held
            held = ""
    if held:
        yield held


def _within(sentence: str, limit: int) -> list[str]:
    """Return a sentence in pieces of at most `limit` characters, cut where it breathes."""
    for cut in (_CLAUSE, _PHRASE, re.compile(r"\s+")):
        if len(sentence) > limit:
            sentence_pieces = cut.split(sentence)
            if len(sentence_pieces) > 1:
                return [p for g in _gathered(sentence_pieces, limit) for p in _within(g, limit)]
    return [sentence]


def _gathered(pieces: list[str], limit: int) -> list[str]:
    gathered = [pieces[0]]
    for piece in pieces[1:]:
        if len(gathered[-1]) + 1 + len(piece) <= limit:
            gathered[-1] += f" {piece}"
        else:
            gathered.append(piece)
    return gathered


def _early(sentence: str) -> list[str]:
    """Return a sentence with a short beginning of its own, cut at the best place there is."""
    for cut in (_CLAUSE, _PHRASE):
        places = [m.start() for m in cut.finditer(sentence) if 8 <= m.start() <= _FIRST]
        if places and len(sentence) - places[-1] > 10:
            return [sentence[: places[-1]].rstrip(), sentence[places[-1] :].lstrip()]
    return [sentence]
