"""What an owner does to a memory, done to a copy: bring in messages, forget words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from memory.beliefs import OWNER
from memory.model import NewUtterance
from memory.store import Memory
from persona.profile import learn_facts


def written(texts: Sequence[str], *, by: str, own: bool) -> list[NewUtterance]:
    """Return messages that somebody has just written."""
    now = datetime.now(UTC)
    return [
        NewUtterance(speaker=by, own=own, text=text, said_at=now, external_id=str(number))
        for number, text in enumerate(texts)
    ]


def take_in(memory: Memory, name: str, said: Sequence[NewUtterance]) -> int:
    """Import messages and learn from them; return their source, one for each name."""
    source_id = memory.sources.add(name, name)
    conversation_id = memory.sources.conversation(name, name, name, "chat")
    new = memory.utterances.add(conversation_id, source_id, [(one, 0, ()) for one in said])
    memory.index_pending()
    learn_facts(memory, new)
    return source_id


def forget(memory: Memory, words: Sequence[str]) -> None:
    """Forget words in lower case: the facts about the owner that hold them, and all messages."""
    for fact in memory.beliefs.all(past=True):
        if fact.subject == OWNER and any(word in fact.value.casefold() for word in words):
            memory.forget_fact(fact.fact_id)
    holding = [
        u.utterance_id
        for u in memory.all_utterances()
        if any(word in u.text.casefold() for word in words)
    ]
    memory.forget_utterances(holding)
