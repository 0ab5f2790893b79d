"""Moments of real talk: what others had just said, and what the owner then wrote."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from memory.model import Utterance
from persona.style.message import is_media, words_of

_LONGEST = 60
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was said to the owner, and the messages they answered with."""

    heard: str
    speaker: str
    """Who said it."""
    wrote: tuple[str, ...]
    utterance_id: int
    """The first of the owner's messages."""


def moments(utterances: Sequence[Utterance]) -> Iterator[Moment]:
    """Yield the moments in utterances that stand in the order they were said."""
    for _, talk in groupby(utterances, key=lambda u: (u.conversation_id, u.session)):
        yield from _of_sitting(list(talk))


def _of_sitting(talk: Sequence[Utterance]) -> Iterator[Moment]:
    runs = [list(run) for _, run in groupby(talk, key=lambda u: u.own)]
    for before, after in pairwise(runs):
        if before[0].own:
            continue
        heard = before[-1].text
        wrote = tuple(u.text for u in after if is_writing(u))
        if wrote and not is_media(heard) and _SHORTEST <= len(words_of(heard)) <= _LONGEST:
            yield Moment(
                heard=heard,
                speaker=before[-1].speaker,
                wrote=wrote,
                utterance_id=after[0].utterance_id,
            )


def sittings_of(utterances: Iterable[Utterance]) -> dict[int, str]:
    """Return a name for the sitting in which each utterance was said, by its id."""
    return {u.utterance_id: f"{u.conversation_id}.{u.session}" for u in utterances}


def is_writing(utterance: Utterance) -> bool:
    """Say whether an utterance is somebody's own writing, with words in it."""
    text = utterance.text
    return not utterance.quoted and bool(words_of(text)) and not is_media(text)
