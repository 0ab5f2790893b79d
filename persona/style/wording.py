"""What is counted word by word: fillers, favourites, laughter, greetings and sign-offs."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from persona.style import vocabulary
from persona.style.message import OwnMessage, lower_words, words_of
from persona.style.model import Wording
from persona.style.not_knowing import find_asking_back, find_not_knowing
from persona.style.signs import EMOJI, known_share, share

MOST = 8
_LAUGHTER = re.compile(vocabulary.LAUGHTER, re.I)


def measure_wording(texts: Sequence[str], others: Iterable[str]) -> Wording:
    """Return the words that mark a person, against anybody's chats and the other people's."""
    marked = _over_used(texts, others)
    laughs = Counter(laugh.lower() for text in texts for laugh in _LAUGHTER.findall(text))
    short, full, bare = (_count(pattern, texts) for pattern in _FORMS)
    said = Counter(word for text in texts for word in lower_words(text))
    return Wording(
        fillers=tuple(word for word in marked if word in vocabulary.FILLERS)[:MOST],
        favourites=tuple(word for word in marked if word not in _NO_FAVOURITES)[:MOST],
        laughter=tuple(laugh for laugh, count in laughs.most_common(3) if count > 1),
        laughing=share(sum(1 for text in texts if _LAUGHTER.search(text)), len(texts)),
        abbreviations=_used(said, vocabulary.ABBREVIATIONS, texts),
        contractions=known_share(short + bare, short + bare + full),
        bare_contractions=known_share(bare, short + bare),
        swears=any(word in vocabulary.SWEARS for word in said),
        not_knowing=find_not_knowing(texts),
        asking_back=find_asking_back(texts),
    )


_FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (r"(?=\w+')" + vocabulary.CONTRACTED, vocabulary.FULL, vocabulary.BARE)
)
_NO_FAVOURITES = vocabulary.FILLERS | vocabulary.ABBREVIATIONS | vocabulary.SWEARS


def _count(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    return sum(len(pattern.findall(text.replace("’", "'"))) for text in texts)


def _used(said: Counter[str], listed: frozenset[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Return the listed words that stand more than once, most used first."""
    often = max(2, len(texts) // 200)
    return tuple(word for word, count in said.most_common() if word in listed and count >= often)[
        :MOST
    ]


def _over_used(texts: Sequence[str], others: Iterable[str]) -> list[str]:
    """Return the words used clearly more than expected, the most telling first.

    A word of one topic stands in a few messages close together; one of manner stands all over.
    So a word must show in messages of many parts of the row.
    """
    said = Counter(word for text in texts for word in lower_words(text))
    expected = _expected(others)
    total = max(1, said.total())
    scored = {
        word: count * math.log(count / total / expected(word))
        for word, count in said.items()
        if count >= 4 and len(word) > 1 and count / total > 1.7 * expected(word)
    }
    spread = _spread(texts, set(scored))
    named = _names(texts)
    kept = [word for word in scored if spread[word] >= 4 and word not in named]
    return sorted(kept, key=lambda word: -scored[word])


def _expected(others: Iterable[str]) -> Callable[[str], float]:
    """Return how often a word stands in others' words, leaning on the table where they are few."""
    said = Counter(word for text in others for word in lower_words(text))
    total, weight = said.total(), 5_000

    def rate(word: str) -> float:
        known = vocabulary.BACKGROUND.get(word, vocabulary.RARE)
        return (said[word] + weight * known) / (total + weight)

    return rate


def _spread(texts: Sequence[str], words: set[str]) -> Counter[str]:
    """Return in how many of ten equal parts of the row each word stands."""
    parts = min(10, max(4, len(texts)))
    found = {
        (word, at * parts // len(texts))
        for at, text in enumerate(texts)
        for word in lower_words(text)
        if word in words
    }
    return Counter(word for word, _ in found)


def _names(texts: Sequence[str]) -> set[str]:
    """Return the words that are written with a capital in mid-sentence, so mostly names."""
    inner = [word for text in texts for word in words_of(text)[1:]]
    large = Counter(word.lower() for word in inner if word[0].isupper() and word[1:].islower())
    small = Counter(word for word in inner if word.islower())
    return {word for word, count in large.items() if count > small[word]}


def find_greetings(messages: Sequence[OwnMessage]) -> tuple[str, ...]:
    """Return the ways a person opens a talk, found by how often they open anything else."""
    opening = [_beginnings(one.text) for one in messages if one.opens_sitting]
    inner = [_beginnings(one.text) for one in messages if not one.opens_sitting]
    return _ritual(opening, inner, names=_names([one.text for one in messages]))


def find_sign_offs(messages: Sequence[OwnMessage]) -> tuple[str, ...]:
    """Return the ways a person ends a talk."""
    closing = [_endings(one.text) for one in messages if one.closes_sitting]
    inner = [_endings(one.text) for one in messages if not one.closes_sitting]
    return _ritual(closing, inner, names=_names([one.text for one in messages]))


def _ritual(
    special: Sequence[set[str]], usual: Sequence[set[str]], *, names: set[str]
) -> tuple[str, ...]:
    """Return the phrases that recur in the special messages and are rare in the usual ones."""
    here = Counter(phrase for phrases in special for phrase in phrases)
    there = Counter(phrase for phrases in usual for phrase in phrases)
    telling = {
        phrase: count
        for phrase, count in here.items()
        if count >= max(2, 0.04 * len(special))
        and count / len(special) > 4 * (there[phrase] + 1) / (len(usual) + 2)
    }
    kept = [
        one for one in telling if not _has_fuller(one, telling) and not names & set(one.split())
    ]
    return tuple(sorted(kept, key=lambda one: -telling[one])[:4])


def _has_fuller(phrase: str, telling: dict[str, int]) -> bool:
    """Tell whether a longer phrase holds this one and is used nearly as often."""
    return any(
        phrase != other and phrase in other and telling[other] >= 0.6 * telling[phrase]
        for other in telling
    )


def _beginnings(text: str) -> set[str]:
    words = lower_words(re.split(r"[.!?,\n]|  ", text.strip() + " ")[0])[:4]
    return {" ".join(words[:size]) for size in range(1, len(words) + 1)}


def _endings(text: str) -> set[str]:
    bare = EMOJI.sub(" ", text).strip(" .!?,\n")
    words = lower_words(re.split(r"[.!?,\n]", bare)[-1])
    if len(words) > 6:
        return set()
    return {" ".join(words[-size:]) for size in {2, 3, 4, len(words)} if 0 < size <= len(words)}
