"""What is counted sign by sign: capitals, marks, emoji."""

import re
from collections import Counter
from collections.abc import Sequence

from persona.style.model import Casing, Emoji, Punctuation

_ONE = (
    r"(?:[\U0001f1e6-\U0001f1ff]{2}|[\u2600-\u27bf\u2b50\u2b55\u2934\u2935\u231a-\u23f3"
    r"\U0001f300-\U0001faff])"
)
EMOJI = re.compile(
    rf"{_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d{_ONE}[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_EMOTICON = re.compile(
    r"(?<![\w:])(?:[:;=8xX]'?-?[)(DPpOo3/\\|*]+|<3+|\^_?\^|:'\(|>_<|T_T|\(:)(?![\w])"
)
_TAIL = re.compile(r"[\s)\"'”’*_~]+$")
MOST = 6


def share(count: int, total: int) -> float:
    """Return a share, rounded for reading; of nothing it is 0."""
    return round(count / total, 3) if total else 0.0


def known_share(count: int, total: int) -> float | None:
    """Return a share, or None when there was nothing to count."""
    return share(count, total) if total else None


def share_with(pattern: str, texts: Sequence[str]) -> float:
    """Return the share of texts that hold a pattern."""
    found = re.compile(pattern)
    return share(sum(1 for text in texts if found.search(text)), len(texts))


def measure_casing(texts: Sequence[str]) -> Casing:
    """Return how capitals are used."""
    starts = [text.lstrip()[0] for text in texts if text.strip()]
    cased = [letter for letter in starts if letter.lower() != letter.upper()]
    small = sum(len(re.findall(r"(?<![\w'.])i(?=['’ ]|$)(?!\.)", text)) for text in texts)
    large = sum(len(re.findall(r"(?<![\w'.])I(?=['’ ]|$)", text)) for text in texts)
    return Casing(
        lower_start=known_share(sum(letter.islower() for letter in cased), len(cased)),
        small_i=known_share(small, small + large),
        shouted=share(sum(_shouts(text) for text in texts), len(texts)),
    )


def _shouts(text: str) -> bool:
    return any(word.isupper() and len(word) > 3 for word in re.findall(r"[^\W\d_]+", text))


def measure_punctuation(texts: Sequence[str]) -> Punctuation:
    """Return how often each kind of mark is used."""
    bare = [_TAIL.sub("", EMOJI.sub("", text)) for text in texts]
    return Punctuation(
        final_period=share_with(r"(?<![.…])[.。]$", bare),
        ellipsis=share_with(r"\.\.+|…", texts),
        exclamation=share_with(r"[!！]", texts),
        question=share_with(r"[?？]", texts),
        doubled=share_with(r"[!?！？]{2,}", texts),
        comma=share_with(r"[,、，]", texts),
        dash=share_with(r"[—–]", texts),
    )


def measure_emoji(texts: Sequence[str]) -> Emoji:
    """Return which emoji are used, how often and where."""
    with_emoji = [text for text in texts if EMOJI.search(text)]
    counted = Counter(sign for text in texts for sign in EMOJI.findall(text))
    smileys = Counter(sign for text in texts for sign in _EMOTICON.findall(text))
    ending = sum(1 for text in with_emoji if _ends_with_emoji(text))
    alone = sum(1 for text in with_emoji if not re.search(r"\w", EMOJI.sub("", text)))
    return Emoji(
        share=share(len(with_emoji), len(texts)),
        favourites=tuple(sign for sign, _ in counted.most_common(MOST)),
        at_end=known_share(ending, len(with_emoji)),
        alone=known_share(alone, len(with_emoji)),
        emoticons=tuple(sign for sign, count in smileys.most_common(3) if count > 1),
    )


def _ends_with_emoji(text: str) -> bool:
    last = [match.end() for match in EMOJI.finditer(text)][-1]
    return not text[last:].strip()
