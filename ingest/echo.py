"""Knows another export of a conversation that memory holds: by another tool, name or zone.

Two exports of one chat share its words and the pace of its times. Names and seconds may differ, and
all times may be off by the same quarters of an hour.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from memory.model import NewUtterance, Utterance
from memory.store import Memory
from memory.utterances import fingerprint

TELLING = 15
"""Letters from which a text tells a conversation from others."""
_QUARTER = 900.0
_SLACK = 60.0
"""Seconds that a time may be off: one tool writes seconds, another cuts them."""
_FEWEST, _SHARE = 5, 0.1
"""So many of a sample, and such a part of it, must be found with the very same shift of time."""


class _Held(NamedTuple):
    seconds: float
    utterance_id: int


class Echo:
    """A conversation of memory that comes a second time in other clothes."""

    def __init__(self, conversation_id: int, held: Sequence[Utterance], shift: float) -> None:
        """Take what memory holds of the conversation.

        Args:
            conversation_id: its id in memory.
            held: its utterances.
            shift: seconds by which the times of the second export are ahead.
        """
        self.conversation_id = conversation_id
        self._shift = timedelta(seconds=shift)
        self._held: dict[tuple[int, bool], list[_Held]] = defaultdict(list)
        for one in held:
            if one.said_at is not None:
                entry = _Held(one.said_at.timestamp(), one.utterance_id)
                self._held[hash(one.text), one.own].append(entry)
        for entries in self._held.values():
            entries.sort()

    def part(self, utterances: Sequence[NewUtterance]) -> tuple[list[NewUtterance], list[int]]:
        """Return what is new of some utterances, in the time of memory, and the ids of the rest.

        Each utterance that is held answers for one only, so nothing said twice is lost.
        """
        shifted = [replace(u, said_at=u.said_at and u.said_at - self._shift) for u in utterances]
        found = [self._take(utterance) for utterance in shifted]
        new = [u for u, held in zip(shifted, found, strict=True) if held is None]
        return new, [held for held in found if held is not None]

    def _take(self, utterance: NewUtterance) -> int | None:
        if utterance.said_at is None:
            return None
        entries = self._held.get((hash(utterance.text), utterance.own), [])
        seconds = utterance.said_at.timestamp()
        at = bisect_left(entries, (seconds - _SLACK,))
        if at < len(entries) and entries[at].seconds <= seconds + _SLACK:
            return entries.pop(at).utterance_id
        return None


class Echoes:
    """Finds the echoes among the conversations of a file."""

    def __init__(self, memory: Memory, samples: Mapping[str, Sequence[NewUtterance]]) -> None:
        """Take the samples of each conversation of a file by its key."""
        self._memory = memory
        self._samples = samples
        self._known: dict[str, Echo | None] = {}

    def of(self, key: str, place: int | str | None) -> Echo | None:
        """Return the conversation of memory that one of the file repeats in other clothes.

        Args:
            key: of the conversation of the file.
            place: the conversation that it was known again as, if it was. Then it is an echo only
                where some of it is not there as it stands, as after a contact is renamed.
        """
        if key not in self._known:
            self._known[key] = self._find(key) if self._in_doubt(key, place) else None
        return self._known[key]

    def _in_doubt(self, key: str, place: int | str | None) -> bool:
        if not isinstance(place, int):
            return True
        prints = {fingerprint(u) for u in self._samples.get(key, ())}
        held = self._memory.utterances.known_fingerprints(list(prints))
        return held.get(place, 0) < len(prints)

    def _find(self, key: str) -> Echo | None:
        sample = [u for u in self._samples.get(key, ()) if len(u.text) >= TELLING and u.said_at]
        if len(sample) < _FEWEST:
            return None
        by_text: dict[tuple[str, bool], NewUtterance] = {(u.text, u.own): u for u in sample}
        shifts = Counter[tuple[int, float]]()
        for held in self._memory.utterances.with_text([u.text for u in sample]):
            mine = by_text.get((held.text, held.own))
            if mine is None or mine.said_at is None or held.said_at is None:
                continue
            ahead = (mine.said_at - held.said_at).total_seconds()
            shift = round(ahead / _QUARTER) * _QUARTER
            if abs(ahead - shift) <= _SLACK and abs(shift) <= 86_400:
                shifts[held.conversation_id, shift] += 1
        if not shifts:
            return None
        (conversation_id, shift), count = shifts.most_common(1)[0]
        if count < max(_FEWEST, _SHARE * len(sample)):
            return None
        return Echo(conversation_id, self._memory.utterances.of(conversation_id), shift)
