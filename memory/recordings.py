"""Spoken answers of the interview as they were recorded, kept beside their words."""

from collections.abc import Iterable
from pathlib import Path

from memory.shelf import Shelf

_KEPT, _DRAFT, _WORDS = ".wav", ".draft.wav", ".draft.txt"


class Recordings:
    """The recordings of one twin by the question they answer; drafts wait to be looked over."""

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

    def keep(self, question_id: int) -> None:
        """Make the draft the recording of the answer, if there is one."""
        if wav := self._shelf.get(f"{question_id}{_DRAFT}"):
            self._shelf.put(f"{question_id}{_KEPT}", wav)
        self.drop_draft(question_id)

    def of(self, question_id: int) -> Path | None:
        """Return the recording of an answer; None where it was written."""
        return self._shelf.path(f"{question_id}{_KEPT}")

    def drop_draft(self, question_id: int) -> None:
        """Delete the draft of a question."""
        self._shelf.remove(f"{question_id}{_DRAFT}")
        self._shelf.remove(f"{question_id}{_WORDS}")

    def drop(self, question_ids: Iterable[int]) -> None:
        """Delete the recordings of answers."""
        for question_id in question_ids:
            self._shelf.remove(f"{question_id}{_KEPT}")

    def any(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._shelf.names())

    def clear(self) -> None:
        """Delete every recording, drafts too."""
        self._shelf.clear()
