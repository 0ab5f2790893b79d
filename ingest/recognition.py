"""Knows a conversation again when it comes a second time, longer or under another name."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ingest.echo import Echo, Echoes
from ingest.record import Conversation
from memory.model import NewUtterance
from memory.store import Memory
from memory.utterances import fingerprint, natural_key

SAMPLE = 200
"""How many messages of a conversation are compared to know it again."""
OPENING = 5
"""So many messages at the very start tell a conversation, however much has been added to it."""
_FEWEST = 3

Place = int | str
"""A conversation: its id in memory, or its format and key when it is still to be entered."""
_NOWHERE = 0
"""An id that no conversation has; what was told to be forgotten is not new even there."""
P = TypeVar("P", int, Place)


class Samples:
    """Fingerprints of each conversation of a file: the first, and an even choice of the rest."""

    def __init__(self) -> None:
        self._chance = random.Random(0)
        self._seen: Counter[str] = Counter()
        self._prints: dict[str, list[str]] = {}
        self.taken: dict[str, list[NewUtterance]] = {}
        """The sampled utterances of each conversation by its key."""

    def take(self, key: str, utterance: NewUtterance) -> None:
        """Offer one utterance to the sample of its conversation."""
        kept, taken = self._prints.setdefault(key, []), self.taken.setdefault(key, [])
        self._seen[key] += 1
        if len(kept) < SAMPLE:
            kept.append(fingerprint(utterance))
            taken.append(utterance)
        elif OPENING <= (place := self._chance.randrange(self._seen[key])) < SAMPLE:
            kept[place], taken[place] = fingerprint(utterance), utterance

    def of(self, key: str) -> Sequence[str]:
        """Return the sample of a conversation, its opening first."""
        return self._prints.get(key, ())


class Repeats:
    """Counts the very same words said by one person at one time, which are all kept.

    Like `Expectation` it keeps 64 bits of each message, not the message.
    """

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def count(self, key: str, utterance: NewUtterance) -> int:
        """Return how many of the same stood before this one in its conversation."""
        if utterance.external_id:
            return 0
        same = hash((key, fingerprint(utterance)))
        self._counts[same] += 1
        return self._counts[same] - 1


class Conversations:
    """Finds the conversation in memory that one of a file continues or repeats."""

    def __init__(self, memory: Memory, format: str, samples: Samples) -> None:
        self._memory = memory
        self._format = format
        self._samples = samples
        self._echoes = Echoes(memory, samples.taken)
        self._ids: dict[str, int] = {}

    def id_of(self, conversation: Conversation) -> int:
        """Return its id, entering it if it is new."""
        key = conversation.key
        if key not in self._ids:
            held = self._memory.utterances.known_fingerprints
            known = _known(self._samples.of(key), held, conversation)
            echo = self._echoes.of(key, known)
            self._ids[key] = (echo.conversation_id if echo else known) or (
                self._memory.sources.conversation(
                    self._format, key, conversation.title, conversation.form
                )
            )
        return self._ids[key]

    def echo_of(self, conversation: Conversation) -> Echo | None:
        """Return what it repeats in other clothes, once its id has been asked for."""
        return self._echoes.of(conversation.key, None)


class Expectation:
    """Counts what an import is going to add, as if memory held already what came before."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._places: dict[int, Place] = {}
        self._held: set[int] = set()

    def echoes(self, samples: Samples) -> Echoes:
        """Return the finder of what memory holds in other clothes."""
        return Echoes(self._memory, samples.taken)

    def known(self, conversation: Conversation, samples: Samples) -> Place | None:
        """Return the conversation of memory, or of a file before, that one is known again as."""
        return _known(samples.of(conversation.key), self._count, conversation)

    def place(self, conversation: Conversation, format: str, known: Place | None) -> Place:
        """Return the conversation that one continues or repeats."""
        key = conversation.key
        return known or self._memory.sources.find_conversation(format, key) or f"{format} {key}"

    def add(self, place: Place, utterances: Sequence[tuple[NewUtterance, int]]) -> int:
        """Take in utterances; return how many of them are new."""
        fresh = {hash((place, natural_key(*entry))): entry for entry in utterances}
        fresh = {key: entry for key, entry in fresh.items() if key not in self._held}
        self._held.update(fresh)
        self._places.update((hash(fingerprint(entry[0])), place) for entry in fresh.values())
        conversation_id = place if isinstance(place, int) else _NOWHERE
        return len(fresh) - self._memory.utterances.count_held(
            conversation_id, list(fresh.values())
        )

    def _count(self, prints: Sequence[str]) -> Mapping[Place, int]:
        hashes = (hash(print_) for print_ in prints)
        expected = Counter(self._places[h] for h in hashes if h in self._places)
        return Counter[Place](self._memory.utterances.known_fingerprints(prints)) | expected


def _known(
    prints: Sequence[str],
    held: Callable[[Sequence[str]], Mapping[P, int]],
    conversation: Conversation,
) -> P | None:
    """Return the conversation that holds the opening of a sample, or a good part of it all.

    A mail tells its thread alone: nobody writes the same one twice in a second.
    """
    full = len(prints) >= SAMPLE
    tried = (
        (prints[:OPENING], 1 if conversation.form == "mail" else OPENING),
        (prints, max(_FEWEST, len(prints) // (5 if full else 2))),
    )
    for some, enough in tried:
        counts = held(some)
        best = max(counts, key=lambda place: counts[place], default=None)
        if best is not None and counts[best] >= enough:
            return best
    return None
