"""The other people against whom an owner is told apart: from their own chats, and further ones."""

from collections.abc import Mapping, Sequence

from evals.fidelity.contexts import is_writing
from memory.model import Utterance

LEAST = 50
"""Messages from which a person's hand can be known."""


def crowd_of(
    utterances: Sequence[Utterance], further: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Return who writes enough to be told apart from, with their messages.

    Args:
        utterances: everything that the twin has read.
        further: messages of people from elsewhere.
    """
    people: dict[str, list[str]] = {}
    for utterance in utterances:
        if not utterance.own and is_writing(utterance):
            people.setdefault(utterance.speaker, []).append(utterance.text)
    known = {name: texts for name, texts in people.items() if len(texts) >= LEAST}
    return known | {n: texts for n, texts in further.items() if n not in known}
