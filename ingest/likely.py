"""Who among the authors of some files is likely to be the owner, to be offered and confirmed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ingest.identity import OwnerNames, fold_name
from ingest.record import Conversation, Message

_MOST_CONVERSATIONS = 2000
_MOST_KEYS = 5
_NEARLY_ALL = 0.9


class Cast:
    """Who speaks in which conversation, and under which stable ids."""

    def __init__(self) -> None:
        self.speakers: dict[str, set[str]] = {}
        """The authors in each conversation, by its key; of the first conversations only."""
        self.titles: dict[str, str] = {}
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        """The ids that each author goes by."""

    def meet(self, conversation: Conversation, message: Message) -> None:
        """Take in one message."""
        if message.author_key and len(self.keys[message.author]) < _MOST_KEYS:
            self.keys[message.author].add(message.author_key)
        if conversation.key not in self.speakers and len(self.speakers) >= _MOST_CONVERSATIONS:
            return
        self.speakers.setdefault(conversation.key, set()).add(message.author)
        self.titles[conversation.key] = conversation.title

    def key_of(self, author: str) -> str | None:
        """Return the id of an author who has one and no other."""
        keys = self.keys.get(author, set[str]())
        return next(iter(keys)) if len(keys) == 1 else None


def likely_owner(casts: Sequence[Cast], told: Iterable[str], owner: str) -> list[str]:
    """Return the authors who are likely to be the owner, by the first sign that there is.

    Args:
        casts: who speaks in each file.
        told: what exports tell about whose they are.
        owner: the full name of the owner.
    """
    authors = sorted({author for cast in casts for author in _authors(cast) if author})
    names = OwnerNames(told)
    told_of = [a for a in authors if names.has(a) or any(names.has(k) for k in _keys(casts, a))]
    return (
        told_of
        or [author for author in authors if _is_akin(author, owner)]
        or _everywhere(casts)
        or _opposite(casts)
    )


def _authors(cast: Cast) -> set[str]:
    return set[str]().union(cast.keys, *cast.speakers.values())


def _keys(casts: Sequence[Cast], author: str) -> set[str]:
    return set[str]().union(*(cast.keys.get(author, set[str]()) for cast in casts))


def _is_akin(author: str, owner: str) -> bool:
    """Say whether a name is the first name of the owner, or holds all of their name."""
    written, full = _words(author), _words(owner)
    if not written or not full:
        return False
    return written == full[:1] or set(full) <= set(written)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold_name(name))


def _everywhere(casts: Sequence[Cast]) -> list[str]:
    """Return the one author who speaks in nearly all conversations that have several."""
    seen: Counter[str] = Counter()
    several = 0
    for speakers in (speakers for cast in casts for speakers in cast.speakers.values()):
        if len(speakers) > 1:
            several += 1
            seen.update(speakers - {""})
    often = [author for author, count in seen.items() if count >= _NEARLY_ALL * several]
    return often if several > 1 and len(often) == 1 else []


def _opposite(casts: Sequence[Cast]) -> list[str]:
    """Return who is left of two where the chat is named after the other."""
    found = {_left(speakers, cast.titles) for cast in casts for speakers in _talks(cast.speakers)}
    return sorted(found - {""}) if len(found - {""}) == 1 else []


def _talks(speakers: Mapping[str, set[str]]) -> list[set[str]]:
    return [who for who in speakers.values() if len(who) == 2]


def _left(speakers: set[str], titles: Mapping[str, str]) -> str:
    named = {fold_name(title) for title in titles.values()}
    others = [author for author in speakers if fold_name(author) not in named]
    return others[0] if len(others) == 1 else ""
