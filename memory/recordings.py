"""Answers of the interview as they were recorded or are being typed, until they are sent."""

from collections.abc import Iterable
from pathlib import Path

from memory.shelf import Shelf

_KEPT, _DRAFT, _WORDS, _TYPED = ".wav", ".draft.wav", ".draft.txt", ".typed.txt"


class Recordings:
    """Recordings and drafts of one twin by the question they answer."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def draft(self, question_id: int, wav: bytes, words: str) -> None:
        """Keep a recording with what was heard in it, in place of an earlier draft."""
        self._shelf.put(f"{question_id}{_DRAFT}", wav)
        self._shelf.put(f"{question_id}{_WORDS}", words.encode("utf-8", "replace"))

    def drafted(self, question_id: int) -> Path | None:
        """Return the recording that waits to be looked over; None where there is none."""
        return self._shelf.path(f"{question_id}{_DRAFT}")

    def heard(self, question_id: int) -> str:
        """Return what was heard in the draft; empty where there is none."""
        return (self._shelf.get(f"{question_id}{_WORDS}") or b"").decode()

    def keep_typed(self, question_id: int, words: str) -> None:
        """Keep words that were typed and not sent yet, in place of earlier ones."""
        if words.strip():
            self._shelf.put(f"{question_id}{_TYPED}", words.encode("utf-8", "replace"))
        else:
            self.drop_typed(question_id)

    def typed(self, question_id: int) -> str:
        """Return the words that were typed and not sent; empty where there are none."""
        return (self._shelf.get(f"{question_id}{_TYPED}") or b"").decode()

    def drop_typed(self, question_id: int) -> None:
        """Delete the words that were typed and not sent."""
        self._shelf.remove(f"{question_id}{_TYPED}")

    def keep(self, question_id: int) -> None:
        """Make the draft the recording of the answer, if there is one."""
        if wav := self._shelf.get(f"{question_id}{_DRAFT}"):
            self._shelf.put(f"{question_id}{_KEPT}", wav)
        self.drop_draft(question_id)

    def of(self, question_id: int) -> Path | None:
        """Return the recording of an answer; None where it was written."""
        return self._shelf.path(f"{question_id}{_KEPT}")

    def drop_draft(self, question_id: int) -> None:
        """Delete the draft of a question, typed words too."""
        self.drop_typed(question_id)
        self._shelf.remove(f"{question_id}{_DRAFT}")
        self._shelf.remove(f"{question_id}{_WORDS}")

    def drop(self, question_ids: Iterable[int]) -> None:
        """Delete the recordings of answers, and what was typed to replace these."""
        for question_id in question_ids:
            self.drop_typed(question_id)
            self._shelf.remove(f"{question_id}{_KEPT}")

    def any(self) -> bool:
        """Tell whether anything spoken is kept."""
        return bool(self._spoken())

    def clear(self) -> None:
        """Delete every recording, drafts too; what was typed stays."""
        for name in self._spoken():
            self._shelf.remove(name)

    def _spoken(self) -> list[str]:
        return [name for name in self._shelf.names() if not name.endswith(_TYPED)]
