"""What the owner once wrote to something much like it: the twin's word where nothing is asked.

A small model has nothing to say to a remark but an echo of it. Its owner had. So what they answered
to similar remarks, and what they said on the same matter, is gone through, and one that fits is
said again: unless it tells of a day that is over, of somebody, or of a life that isn't spoken of.
Among those that fit alike, and have about the length the owner would write, the message decides.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

from memory.model import Hit, Utterance
from memory.store import Memory
from persona.chance import chance_of
from persona.grounding import claims_a_life
from persona.intent import Intent, intent_of
from persona.manner import is_assistant_like
from persona.private import is_private_text
from persona.style.address import name_of, without_name
from persona.style.balance import Balance
from persona.style.message import is_media, words_of
from persona.style.model import Style
from persona.style.pen import drawn_length

_REACH = 300
"""Hits that are gone through; most are the owner's own words."""
_ANSWERS, _ON_IT = 16, 8
"""Answers to others, and words on the matter, whose meaning is compared."""
_NEXT = 4
"""Messages after a remark within which its answers stand."""
_PAUSE_SECONDS = 6 * 3600
_ALIKE = 0.25
"""Likeness to what was just said from which words may tell of the owner's life."""
_LOOSELY, _FEW = 0.15, 5
"""The same for other words, unless they are so few that they fit much."""
_ON_THE_MATTER = 0.35
"""The same from which they may be said though they answered nothing like it."""
_MOST_MORE = 2
"""Messages that follow the first at most."""
_WORTH_OF_RANK = 0.4
_WORTH_OF_LENGTH = 0.1
_WORTH_OF_BALANCE = 0.5
_UNFIT = re.compile(
    r"\d{3}|https?:|@|\b(today|tonight|tomorrow|yesterday|this (morning|evening|week|weekend|year)|"
    r"last (night|week|year)|next (week|year)|right now|on my way|leaving now|(mon|tues|wednes|"
    r"thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(i|we)(['’]?m|['’]re| am| are)( \w+)? (\w+ing|at|in|on|under)\b", re.IGNORECASE
)
_THIRD = re.compile(r"\b(he|him|his|she|hers?|they|them|their)(?=\b|['’])", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of the owner that may be said again."""

    text: str
    source: Utterance
    rank: float
    """How well recall found what they stand by, 1 at most."""
    answers: bool
    """Whether they answered something alike, or were only said on the matter."""


def own_reply(
    heard: str, memory: Memory, style: Style, balance: Balance, *, said: Collection[str] = ()
) -> str | None:
    """Return words of the owner's that answer `heard`; None where there are none that fit.

    Args:
        heard: the message.
        memory: the twin's; what is private in it stays out.
        style: the owner's, for the length of what they write.
        balance: what was said of late, against what they write.
        said: replies of late, which aren't repeated.
    """
    found: dict[str, _Said] = {}
    for one in _candidates(heard, memory, style):
        if one.text not in said and one.text.casefold() != heard.strip().casefold():
            found.setdefault(one.text, one)
    hidden = memory.beliefs.show_private([one.source.utterance_id for one in found.values()])
    found = {text: one for text, one in found.items() if one.source.utterance_id not in hidden}
    if not found:
        return None
    like = memory.likeness(heard, list(found))
    wanted = drawn_length(style.length, chance_of(f"length of {heard}"))
    worth = {
        one.text: float(back)
        + _WORTH_OF_RANK * one.rank
        - _WORTH_OF_LENGTH * _off(one, wanted)
        - _WORTH_OF_BALANCE * balance.strain(one.text)
        for one, back in zip(found.values(), like, strict=True)
        if _may_be_said(one, float(back), intent_of(heard))
    }
    if not worth:
        return None
    best = found[max(worth, key=lambda text: worth[text])]
    return "\n".join([best.text, *_and_more(best, heard, memory, style, balance)])


def _and_more(said: _Said, heard: str, memory: Memory, style: Style, balance: Balance) -> list[str]:
    """Return what the owner sent right after it, as often as they send several in a row."""
    if without_name(said.source.text, style.addressing).strip() != said.text:
        return []
    again = 1 - 1 / max(1.0, style.length.per_burst)
    wanted = [chance_of(f"{at} more to {heard}") < again for at in range(1, _MOST_MORE + 1)]
    ids = [said.source.utterance_id + at for at in range(1, [*wanted, False].index(False) + 1)]
    hidden = memory.beliefs.show_private(ids)
    after = memory.utterances.by_id(sorted(set(ids) - hidden), owner=False)
    more: list[str] = []
    for one in map(after.get, ids):
        text = _going_on(one, said.source, heard, memory, style) if one else ""
        if not text or balance.was_said(text):
            break
        more.append(text)
    return list(_while_near(more, memory.likeness(heard, more))) if more else []


def _going_on(one: Utterance, first: Utterance, heard: str, memory: Memory, style: Style) -> str:
    """Return a message if it was sent to the same people and may be said after the first."""
    if not _is_free(one) or one.conversation_id != first.conversation_id or not _soon(first, one):
        return ""
    if name_of(one.text, style.addressing) != name_of(first.text, style.addressing):
        return ""
    text = without_name(one.text, style.addressing).strip()
    whole = _fit_part(text, _names(memory), _longest(style)) == text
    return text if whole and not _tells_of_a_life(text) and _same_people(heard, text) else ""


def _while_near(more: Sequence[str], near: Iterable[float]) -> Iterator[str]:
    """Yield messages until one shares no meaning with what was heard; short ones need not."""
    for text, likeness in zip(more, near, strict=True):
        if likeness < _LOOSELY and len(words_of(text)) > _FEW:
            return
        yield text


def _is_free(one: Utterance) -> bool:
    return one.own and not one.quoted and not one.prompt


def _off(one: _Said, wanted: float) -> float:
    return abs(log((len(words_of(one.text)) + 1) / (wanted + 1)))


def _may_be_said(one: _Said, back: float, intent: Intent) -> bool:
    if intent is Intent.WELLBEING and _tells_of_a_life(one.text):
        return False
    if not one.answers:
        return back >= _ON_THE_MATTER
    if _tells_of_a_life(one.text):
        return back >= _ALIKE
    return back >= _LOOSELY or len(words_of(one.text)) <= _FEW


def _tells_of_a_life(text: str) -> bool:
    return claims_a_life(text) or _DOING.search(text) is not None


def _candidates(heard: str, memory: Memory, style: Style) -> Iterator[_Said]:
    hits = memory.recall(heard, k=_REACH, budget=1, owner=False).hits
    names, longest = _names(memory), _longest(style)
    intent = intent_of(heard)

    def fit(one: Utterance, hit: Hit, *, answers: bool) -> Iterator[_Said]:
        text = _fit_part(without_name(one.text, style.addressing), names, longest)
        if text and _is_free(one) and _same_people(heard, text):
            yield _Said(text, one, hit.score / hits[0].score, answers)

    remarks = [h for h in hits if not h.utterance.own and intent_of(h.utterance.text) is intent]
    after = _after(remarks, memory)
    answers = ((a, hit) for hit in remarks for a in _answers_to(hit.utterance, after))
    yield from islice((one for a, hit in answers for one in fit(a, hit, answers=True)), _ANSWERS)
    if intent is Intent.STATEMENT:
        own = (hit for hit in hits if hit.utterance.own and "?" not in hit.utterance.text)
        on_it = (one for hit in own for one in fit(hit.utterance, hit, answers=False))
        yield from islice(on_it, _ON_IT)


def _names(memory: Memory) -> set[str]:
    return {part for name in memory.timeline().names for part in name.casefold().split()}


def _longest(style: Style) -> float:
    return max(12.0, 1.3 * style.length.words_p90)


def _after(remarks: Collection[Hit], memory: Memory) -> Mapping[int, Utterance]:
    ids = {hit.utterance.utterance_id + on for hit in remarks for on in range(1, _NEXT + 1)}
    return memory.utterances.by_id(sorted(ids), owner=False)


def _answers_to(remark: Utterance, after: Mapping[int, Utterance]) -> Iterator[Utterance]:
    """Yield what the owner wrote next, until somebody else goes on."""
    answered = False
    for on in range(1, _NEXT + 1):
        said = after.get(remark.utterance_id + on)
        if said is None or said.conversation_id != remark.conversation_id:
            return
        if said.own and _soon(remark, said):
            answered = True
            yield said
        elif answered:
            return


def _soon(heard: Utterance, said: Utterance) -> bool:
    if heard.said_at is None or said.said_at is None:
        return True
    return 0 <= (said.said_at - heard.said_at).total_seconds() <= _PAUSE_SECONDS


def _same_people(heard: str, said: str) -> bool:
    """Say whether a he or she that is spoken of was brought up by the other side."""
    spoken_of = {found.casefold()[:2] for found in _THIRD.findall(said)}
    return spoken_of <= {found.casefold()[:2] for found in _THIRD.findall(heard)}


def _fit_part(text: str, names: Collection[str], longest: float) -> str:
    """Return the sentences that stand for themselves, from the first on."""
    if is_media(text) or is_private_text(text):
        return ""
    kept: list[str] = []
    for sentence in _SENTENCES.split(text.strip()):
        words = len(words_of(" ".join([*kept, sentence])))
        if not _stands_alone(sentence, names) or words > longest:
            break
        kept.append(sentence)
    said = " ".join(kept).strip()
    return said if words_of(said) else ""


def _stands_alone(sentence: str, names: Collection[str]) -> bool:
    if _UNFIT.search(sentence) or is_assistant_like(sentence):
        return False
    words = words_of(sentence)
    named = any(word.casefold().removesuffix("'s") in names for word in words)
    return not named and not any(w[:1].isupper() and w[1:2].islower() for w in words[1:])
