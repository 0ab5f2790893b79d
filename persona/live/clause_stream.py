"""Cutting a reply into clauses while it is still being written."""

import re

from persona.voice.clauses import LONGEST, in_clauses

_SENTENCE = re.compile(r"[.!?…][\"”’)\]]*\s|\n")
_BREATH = re.compile(r"[,;:—–]\s")
_LEAST = (12, 24, 60)
"""Characters from which on a breath ends the first clause, the second, and a later one."""
_PATIENCE = (24, 60, LONGEST)
"""Characters after which each of them is cut wherever that can be done."""


class ClauseStream:
    """Gives out clauses as soon as they are complete; the first of them short."""

    def __init__(self) -> None:
        self._held = ""
        self._given = 0

    def feed(self, text: str) -> list[str]:
        """Take more of the reply; return the clauses that it completes."""
        self._held += text
        found: list[str] = []
        while (clause := self._complete()) is not None:
            self._given += 1
            if _is_sayable(clause):
                found.append(clause)
        return found

    def rest(self) -> list[str]:
        """Return what is left once the reply is complete."""
        held, self._held = self._held, ""
        return [clause for clause in in_clauses(held) if _is_sayable(clause)]

    def _complete(self) -> str | None:
        """Take the next clause off what is held, if there is a whole one."""
        sentence = _SENTENCE.search(self._held)
        rank = min(self._given, len(_LEAST) - 1)
        breath = next((m for m in _BREATH.finditer(self._held) if m.end() > _LEAST[rank]), None)
        ends = [m.end() for m in (sentence, breath) if m is not None]
        if ends and self._given:
            return self._cut(min(ends))
        if ends:
            whole = self._held[: min(ends)]
            return self._cut(len(next(in_clauses(whole), whole)))
        if _PATIENCE[rank] < len(self._held) <= LONGEST:
            pieces = list(in_clauses(self._held))
            return self._cut(len(pieces[0])) if len(pieces) > 1 else None
        if len(self._held) > LONGEST:
            return self._cut(self._held.rindex(" ", 0, LONGEST) if " " in self._held else LONGEST)
        return None

    def _cut(self, at: int) -> str:
        clause, self._held = self._held[:at], self._held[at:]
        return clause.strip()


def _is_sayable(clause: str) -> bool:
    return any(c.isalnum() for c in clause)
