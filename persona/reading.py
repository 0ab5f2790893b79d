"""Facts read from the owner's words by the chat model, batch by batch, besides those of the rules.

The words leave this machine when the model is a hosted one, so it is only done when asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from memory.model import Utterance
from memory.store import Memory
from persona.chat_model import ChatModel, translate
from persona.facts_model import BATCH, extract_facts, may_state

Progress = Callable[[int, int], None]
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of it."""

    messages: int
    """How many messages the model has read."""
    facts: int
    """How many of the facts it found are new."""
    problem: str | None = None
    """Why it ended early; what was found until then is kept."""


def to_read(memory: Memory) -> list[Utterance]:
    """Return the owner's words that may state something about them, and aren't private."""
    return [
        u
        for u in memory.all_utterances()
        if u.own and not u.quoted and not u.private and may_state(u.text, _FEWEST_WORDS)
    ]


def read_facts(
    memory: Memory, chat: ChatModel, progress: Progress, *, most: int | None = None
) -> Reading:
    """Let the chat model read facts from the owner's words, the newest first; holds what it finds.

    Args:
        memory: of the twin.
        chat: the model.
        progress: told how many messages are read and how many there are.
        most: how many messages to read at most.
    """
    words = sorted(to_read(memory), key=lambda u: u.utterance_id, reverse=True)[:most]
    found = 0
    for start in range(0, len(words), BATCH):
        try:
            facts = extract_facts(words[start : start + BATCH], lambda text: _ask(chat, text))
        except Exception as error:  # whatever a provider raises, what was found stays
            problem = str(translate(error))
            return Reading(messages=start, facts=found, problem=problem)
        found += len(memory.beliefs.hold(facts))
        progress(min(start + BATCH, len(words)), len(words))
    return Reading(messages=len(words), facts=found)


def _ask(chat: ChatModel, text: str) -> str:
    return str(chat.model.invoke(text, stop=["\nend"]).text)
