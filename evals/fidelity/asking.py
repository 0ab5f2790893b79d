"""Puts messages to the twin as a visitor who has never been there, and keeps what it said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.bench import VISITOR
from memory.model import Evidence
from persona.agent import find
from persona.decide import Outcome
from persona.twin import Twin
from persona.verdict import judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the twin said to a message."""

    asked: str
    reply: str
    outcome: Outcome
    evidence: Evidence
    ms: float

    @property
    def answered(self) -> bool:
        """True when the twin took the question as one it can answer."""
        return self.outcome is Outcome.KNOWN

    @property
    def evidence_ids(self) -> tuple[int, ...]:
        """Utterances that the twin found, best first."""
        return tuple(hit.utterance.utterance_id for hit in self.evidence.hits)


class Asker:
    """Asks a twin; the same message is asked once."""

    def __init__(
        self, twin: Twin, tick: Callable[[], None], check: Callable[[], None] | None = None
    ) -> None:
        """Take the twin, what to call after each reply, and what may stop it in between."""
        self.twin = twin
        self._tick = tick
        self._check = check
        self._known: dict[tuple[str, ...], Answer] = {}
        self._said: list[Answer] = []

    def ask(self, message: str, *, after: Sequence[str] = (), visitor: str = VISITOR) -> Answer:
        """Return the reply to a message, to somebody who has said `after` before it."""
        key = (visitor, *after, message)
        if key not in self._known:
            for earlier in after:
                self.twin.ask(earlier, visitor=visitor)
            self._known[key] = self._ask(message, visitor)
            self.twin.forget_visitor(visitor)
        self._tick()
        return self._known[key]

    def ask_anew(self, message: str, *, visitor: str = VISITOR) -> Answer:
        """Return the reply to a message that was asked before, now that memory has changed."""
        self._known.pop((visitor, message), None)
        return self.ask(message, visitor=visitor)

    def tell(self, message: str, *, visitor: str) -> None:
        """Say something to the twin and stay; the next message asked as that visitor ends it."""
        self.twin.ask(message, visitor=visitor)
        self._tick()

    def settle(self, question: str) -> tuple[Evidence, Outcome]:
        """Return what is found for a question and how it is met, without a reply."""
        self.check_stop()
        memory = self.twin.memory
        evidence = find(question, memory)
        return evidence, judge(question, evidence, memory, owner=False)

    def check_stop(self) -> None:
        """Let whoever measures stop it here, where no reply is made."""
        if self._check is not None:
            self._check()

    def said(self) -> list[Answer]:
        """Return every reply so far."""
        return list(self._said)

    def _ask(self, message: str, visitor: str) -> Answer:
        done = self.twin.ask(message, visitor=visitor)
        answer = Answer(
            asked=message,
            reply=done.reply,
            outcome=done.outcome,
            evidence=done.evidence,
            ms=done.timings_ms.get("reply", 0.0),
        )
        self._said.append(answer)
        return answer
