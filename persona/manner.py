"""How small models fall out of a person's manner, and what the person says in passing instead."""

import re

from memory.model import Evidence, Utterance
from memory.store import Memory
from persona.grounding import claims_a_life
from persona.private import is_private_text
from persona.style.message import is_media, words_of

_ASSISTANT = re.compile(
    r"\bi('m| am) (so |very |really )?(sorry|afraid),? (but )?(i |that )?(can't|cannot|can not|"
    r"don't have|am not able|am unable)"
    r"|\b(can't|cannot|unable to|happy to|glad to|here to|able to) (assist|help)\b"
    r"|\bglad i could help\b|\bas an? (ai|assistant|language model)\b"
    r"|\bhow (can|may) i (help|assist)\b|\bfeel free to\b|\blet me know if you\b"
    r"|\bi('d| would) be (happy|glad) to\b|\b(great|good) question\b|\bi hope (this|that) helps\b"
    r"|\bit('s| is) important to\b|\byou('re| are) welcome!",
    re.IGNORECASE,
)
_LONGEST = 8
_UNFIT = re.compile(r"\d|https?:|@|\n")
_PAUSE_SECONDS = 6 * 3600


def is_assistant_like(said: str) -> bool:
    """Say whether words are those of an assistant, which nobody writes to a friend."""
    return _ASSISTANT.search(said) is not None


def own_reaction(evidence: Evidence, memory: Memory) -> str | None:
    """Return what the owner once answered to something much like it, where it stands for itself.

    Only short words that claim nothing, name nobody and are not private are taken.
    """
    names = {part for name in memory.timeline().names for part in name.casefold().split()}
    for hit in evidence.hits:
        heard = hit.utterance
        if not heard.own:
            answer = memory.utterances.by_id([heard.utterance_id + 1], owner=False)
            for said in answer.values():
                if _answers(heard, said) and _stands_alone(said.text, names):
                    return said.text.strip()
    return None


def _answers(heard: Utterance, said: Utterance) -> bool:
    if not said.own or said.quoted or said.conversation_id != heard.conversation_id:
        return False
    if heard.said_at is None or said.said_at is None:
        return True
    return 0 <= (said.said_at - heard.said_at).total_seconds() <= _PAUSE_SECONDS


def _stands_alone(text: str, names: set[str]) -> bool:
    words = words_of(text)
    if not 1 <= len(words) <= _LONGEST or _UNFIT.search(text) or is_media(text):
        return False
    if any(word.casefold() in names or (word[1:2].islower() and word[:1].isupper())
           for word in words[1:]):  # fmt: skip
        return False
    return not (claims_a_life(text) or is_private_text(text) or is_assistant_like(text))
