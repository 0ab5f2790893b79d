"""Our own memory in the comparison: one twin a chat, recall as the twin does it."""

from collections.abc import Sequence
from dataclasses import replace

from evals.peers.peer import Found, said
from memory.model import NewUtterance
from memory.recall import name_owner
from memory.store import Memory
from persona.bootstrap import Workshop


class OwnMemory:
    """The memory of twins in an empty home; the first who speaks in a chat is its owner."""

    name = "selfsame"

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._chats: dict[str, tuple[Memory, int, int]] = {}

    def fill(self, chat: str, turns: Sequence[NewUtterance]) -> None:
        self._put(chat, turns)

    def add(self, chat: str, turn: NewUtterance) -> None:
        self._put(chat, [turn])

    def _put(self, chat: str, turns: Sequence[NewUtterance]) -> None:
        if chat not in self._chats:
            self._chats[chat] = self._new(chat, turns[0].speaker)
        memory, conversation_id, source_id = self._chats[chat]
        owner = memory.twin.owner
        marked = [(replace(turn, own=turn.speaker == owner), 0, ()) for turn in turns]
        memory.utterances.add(conversation_id, source_id, marked)
        memory.index_pending()
        memory.timeline()

    def _new(self, chat: str, owner: str) -> tuple[Memory, int, int]:
        memory = self._workshop.store.memory(self._workshop.store.create(chat, owner).name)
        source_id = memory.sources.add(chat, "dialogue")
        return memory, memory.sources.conversation("dialogue", chat, chat, "chat"), source_id

    def search(self, chat: str, question: str, *, limit: int) -> list[Found]:
        memory, _, _ = self._chats[chat]
        named = name_owner(question, memory.twin.owner)
        evidence = memory.recall_by(named, memory.embed_query(named), k=limit, budget=0)
        return [
            Found(text=said(u), shows=(u.external_id,) if u.external_id else ())
            for u in (hit.utterance for hit in evidence.hits)
        ]

    def kept(self, chat: str) -> int:
        return len(self._chats[chat][0].all_utterances())

    def close(self) -> None:
        self._chats.clear()
