"""Cuts a long text to those of its sentences that answer a question."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from memory.lexical import query_terms
from memory.store import Memory
from persona.style.model import Style

LONGEST_QUOTE = 45
"""Words of a quotation, unless a single sentence is longer."""
_SHORTEST_LIMIT = 20
SHARED = 0.5
"""What a sentence gains that holds all words of the question, in units of cosine."""
OPENING = 0.1
"""What the first sentence gains."""
_GAP = " … "


def longest_quote(style: Style | None) -> int:
    """Return how many words of the owner may be quoted at once: about two of their long messages.

    What they told an interviewer is longer than what they write to anybody.
    """
    if style is None or not style.is_sure:
        return LONGEST_QUOTE
    return min(LONGEST_QUOTE, max(_SHORTEST_LIMIT, int(2.2 * style.length.words_p90)))


def nearest_sentences(
    text: str, question: str, memory: Memory, longest: int = LONGEST_QUOTE
) -> str:
    """Return a long text cut to the sentences nearest to a question; a short one as it is.

    People answer in their first words and then tell on, or the other way round: each sentence
    counts for itself, by meaning and by the words it shares, and a gap shows where one was left
    out.

    Args:
        text: somebody's words.
        question: what they are to answer.
        memory: the twin's.
        longest: words that are kept, unless a single sentence has more.
    """
    if len(text.split()) <= longest:
        return text
    sentences = _sentences(text)
    best = np.argsort(-_worth(sentences, question, memory), kind="stable")
    return _joined(sentences, sorted(_fitting(sentences, best.tolist(), longest)))


def nearest_passage(text: str, question: str, memory: Memory, longest: int = LONGEST_QUOTE) -> str:
    """Return a long text cut to sentences in a row that answer a question best, to be said aloud.

    Nobody says a gap. Takes what `nearest_sentences` takes.
    """
    if len(text.split()) <= longest:
        return text
    sentences = _sentences(text)
    worth = _worth(sentences, question, memory)
    best = int(np.argmax(worth))
    rows = _rows_around(best, [len(sentence.split()) for sentence in sentences], longest)
    return " ".join(sentences[max(rows, key=lambda row: float(worth[row].sum()))])


def _rows_around(best: int, words: Sequence[int], longest: int) -> Iterator[slice]:
    """Yield the rows of sentences with the best in them that are short enough, and it alone."""
    yield slice(best, best + 1)
    for start in range(best, -1, -1):
        left = longest - sum(words[start : best + 1])
        if left < 0:
            return
        yield slice(start, best + 1)
        for end in range(best + 1, len(words)):
            left -= words[end]
            if left < 0:
                break
            yield slice(start, end + 1)


def nearest_sentence(texts: Sequence[str], question: str, memory: Memory) -> str:
    """Return the one sentence of some texts that is nearest to a question."""
    sentences = [sentence for text in texts for sentence in _sentences(text)]
    return sentences[int(np.argmax(_alike(sentences, question, memory)))]


def _worth(sentences: Sequence[str], question: str, memory: Memory) -> NDArray[np.float64]:
    """Return how well each sentence of a text answers a question, shape [len(sentences)]."""
    worth = _alike(sentences, question, memory)
    worth[0] += OPENING
    return worth


def _alike(sentences: Sequence[str], question: str, memory: Memory) -> NDArray[np.float64]:
    return memory.likeness(question, sentences) + SHARED * _shared(question, sentences)


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?…])\s+", text) if s]


_BREAK = re.compile(r"\s+/\s+")


def in_one_go(text: str) -> str:
    """Return messages that were sent one after the other as one.

    >>> in_one_go("moved again / to leith! / by the water")
    'moved again, to leith! by the water'
    """
    said = ""
    for part in filter(None, (one.strip(" /") for one in _BREAK.split(text.strip(" /")))):
        said += part if not said else f" {part}" if not said[-1].isalnum() else f", {part}"
    return said


def _shared(question: str, sentences: Sequence[str]) -> NDArray[np.float64]:
    """Return the share of the question's words in each sentence."""
    asked = set(query_terms(question).indices)
    held = (asked & set(query_terms(sentence).indices) for sentence in sentences)
    return np.array([len(found) / max(1, len(asked)) for found in held])


def _fitting(sentences: Sequence[str], best: Sequence[int], longest: int) -> list[int]:
    kept, left = [best[0]], longest - len(sentences[best[0]].split())
    for at in best[1:]:
        words = len(sentences[at].split())
        if words <= left:
            kept.append(at)
            left -= words
    return kept


def _joined(sentences: Sequence[str], kept: Sequence[int]) -> str:
    said = sentences[kept[0]]
    for before, at in pairwise(kept):
        said += (" " if at == before + 1 else _GAP) + sentences[at]
    return said
