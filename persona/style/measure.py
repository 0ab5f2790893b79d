"""Measuring how a person writes, from their own messages."""

from collections.abc import Iterable, Sequence
from statistics import median, quantiles

from persona.style.address import measure_addressing, without_name
from persona.style.habits import measure_habits
from persona.style.languages import language_shares
from persona.style.message import OwnMessage, is_unspaced, words_of
from persona.style.model import Length, Style
from persona.style.signs import measure_casing, measure_emoji, measure_punctuation
from persona.style.wording import find_greetings, find_sign_offs, measure_wording


def measure_style(messages: Iterable[OwnMessage], *, others: Iterable[str] = ()) -> Style:
    """Return how the owner writes.

    Args:
        messages: The owner's own messages in the order they were written.
        others: What other people wrote in the same talks, against which words stand out.
    """
    own = [one for one in messages if one.text.strip()]
    texts = [one.text for one in own]
    if not own:
        return Style()
    heard = list(others)
    addressing = measure_addressing(texts, heard)
    return Style(
        messages=len(own),
        length=_measure_length(own),
        casing=measure_casing(texts),
        punctuation=measure_punctuation(texts),
        emoji=measure_emoji(texts),
        wording=measure_wording(texts, heard),
        addressing=addressing,
        greetings=find_greetings(own),
        sign_offs=find_sign_offs(own),
        languages=language_shares(texts),
        habits=measure_habits([without_name(text, addressing) for text in texts]),
    )


def _measure_length(own: Sequence[OwnMessage]) -> Length:
    words = [len(words_of(one.text)) for one in own]
    bursts = sum(one.opens_burst for one in own)
    return Length(
        words_median=median(words),
        words_p90=_p90(words),
        characters_median=median(len(one.text) for one in own),
        per_burst=round(len(own) / max(1, bursts), 2),
        unspaced=is_unspaced(" ".join(one.text for one in own)),
    )


def _p90(counts: Sequence[int]) -> float:
    if len(counts) < 2:
        return float(counts[0])
    return round(quantiles(counts, n=10, method="inclusive")[-1], 1)
