"""Which of the authors is the owner."""

import re
import shlex
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ingest.errors import OwnerUnclear
from ingest.record import Message


class OwnerNames:
    """The names, numbers and handles that the owner goes by."""

    def __init__(self, names: Iterable[str]) -> None:
        self._folded = {folded for name in names if (folded := fold_name(name))}

    def is_own(self, message: Message) -> bool:
        """Say whether the owner wrote the message; text without an author is the owner's."""
        if not message.author and not message.author_key:
            return True
        return self.has(message.author) or self.has(message.author_key or "")

    def has(self, name: str) -> bool:
        """Say whether `name` is one of the owner's."""
        return bool(name) and fold_name(name) in self._folded


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a name as it is compared: without case, marks, signs and `~`; numbers as digits."""
    digits = re.sub(r"\D", "", name)
    if len(digits) >= 7 and not re.search(r"[^\W\d_]", name):
        return digits.removeprefix("00")
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = (c for c in plain if unicodedata.category(c) not in {"Cf", "Cc"})
    return " ".join("".join(kept).replace("~", " ").split())


def require_owner(
    own: int, authors: Mapping[str, int], file: str, likely: Sequence[str] = ()
) -> None:
    """Check that some message of a file is the owner's.

    Args:
        own: how many are.
        authors: who wrote how many.
        file: its name.
        likely: who is likely to be the owner.

    Raises:
        OwnerUnclear: none is; it names the authors to choose from.
    """
    if own or not authors:
        return
    most = Counter(authors).most_common(8)
    listed = ", ".join(f"{name!r} ({count})" for name, count in most)
    name = next((name for name in likely if name in authors), None)
    raise OwnerUnclear(
        f"{file} doesn't say who its owner is; it was written by {listed}",
        f"you are likely {name!r}: --as {shlex.quote(name)}"
        if name
        else "say which of them you are: --as NAME",
    )
