"""Reading facts with a language model: a compact question, and an answer taken strictly.

Small models invent and drift, so a line counts only when it has the asked form, points to an
utterance of the batch, and its value stands in that utterance.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from memory.attributes import attribute_named, is_private
from memory.model import NewFact, Utterance
from persona.facts.find import OWNER
from persona.private import is_private_text
from persona.style.languages import language_of
from persona.when import find_when

BATCH = 12
"""Utterances in one question; a small model loses count beyond that."""

LONGEST_LINE = 400
"""Characters of an utterance that are shown to the model."""

_HEAD = """\
Below are numbered messages by one person. Copy out what they state about that person for good.
Most messages state nothing: skip them. Never guess. Skip questions, wishes and other people.
Write one line per fact: message number | attribute | words copied from that message
Attributes: {attributes}, or a short one of your own.

Messages
1. ugh my train is late again
2. we moved to Bergen in May, the flat has a view of the harbour
3. how was your weekend?
4. can't, the nurses' meeting runs till six. I work nights at Haukeland
Facts
2 | lives in | Bergen
4 | works at | Haukeland
end

Messages
1. haha yes
2. see you at eight then
Facts
end

Messages
{text}
Facts
"""

_OFFERED = "name, age, lives in, comes from, works at, works as, studies, sister, has a pet, likes"

_LINE = re.compile(r"^\s*(?P<number>\d{1,2})\s*\|(?P<attribute>[^|]+)\|(?P<value>[^|]+)\|?\s*$")
_ATTRIBUTE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_EMPTY = frozenset(
    "the and for with from that this have has was were are not she her his him".split()
)
_NOTHING = frozenset("none unknown nothing n/a null not stated".split())


def facts_prompt(batch: Sequence[Utterance]) -> str:
    """Return the question to a language model about a batch of utterances."""
    lines = [f"{at}. {_one_line(utterance.text)}" for at, utterance in enumerate(batch, 1)]
    return _HEAD.format(attributes=_OFFERED, text="\n".join(lines))


def parse_facts(answer: str, batch: Sequence[Utterance]) -> list[NewFact]:
    """Return the facts of an answer that prove true to the batch; every other line is dropped."""
    lines = [match for match in map(_LINE.match, answer.splitlines()) if match]
    found = [_fact(match, value, batch) for match in lines for value in _values(match["value"])]
    kept = {(one.attribute, one.value.casefold()): one for one in found if one}
    return list(kept.values())


def extract_facts(batch: Sequence[Utterance], ask: Callable[[str], str]) -> list[NewFact]:
    """Return the facts that a language model reads from the owner's own words in a batch."""
    own = [one for one in batch if one.own and not one.quoted and one.text.strip()]
    parts = [own[at : at + BATCH] for at in range(0, len(own), BATCH)]
    return [fact for part in parts for fact in parse_facts(ask(facts_prompt(part)), part)]


def may_state(text: str, fewest_words: int) -> bool:
    """Say whether a text is long enough and speaks of its writer, so that reading it may pay."""
    return len(text.split()) >= fewest_words and _is_about_writer(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]


def _values(text: str) -> list[str]:
    """Return the items of a list, because a small model pads true lists with guesses."""
    return [item.strip(" .\"'") for item in text.split(",")]


def _fact(match: re.Match[str], value: str, batch: Sequence[Utterance]) -> NewFact | None:
    """Return a fact, or None when it isn't shown by the utterance that its line points to."""
    number = int(match["number"])
    attribute = _attribute(match["attribute"])
    if not attribute or not 1 <= number <= len(batch) or not _is_value(value):
        return None
    shown = batch[number - 1]
    if not _stands_in(value, shown.text) or not _is_stated(value, shown.text):
        return None
    return NewFact(
        subject=OWNER,
        attribute=attribute,
        value=value,
        valid_from=_began(shown),
        evidence=(shown.utterance_id,),
        private=is_private(attribute) or is_private_text(value),
    )


def _attribute(text: str) -> str | None:
    """Return the canonical name of an attribute, or a short free one as it is."""
    plain = " ".join(text.casefold().split())
    named = attribute_named(plain)
    if named:
        return named.name
    return plain if _ATTRIBUTE.fullmatch(plain) else None


def _is_value(value: str) -> bool:
    return 1 <= len(value.split()) <= 12 and value.casefold() not in _NOTHING


def _stands_in(value: str, text: str) -> bool:
    """Tell whether at least half of a value's words of weight stand in a text."""
    words = _weighty(value)
    return bool(words) and 2 * len(words & _weighty(text)) >= len(words)


def _weighty(text: str) -> set[str]:
    """Return the words that carry meaning, and all numbers."""
    tokens = set(re.findall(r"[^\W_]+", text.casefold()))
    return {one for one in tokens if one.isdigit() or (len(one) > 2 and one not in _EMPTY)}


_UNSURE = re.compile(r"\?\s*$|\b(?:would|could|should|if|wish|maybe|imagine|recommend)\b", re.I)
_ONESELF = re.compile(r"\b(?:i|im|i'm|i've|i'll|my|me|mine|we|we're|we've|our|us)\b", re.I)


def _is_stated(value: str, text: str) -> bool:
    """Tell whether a sentence about the writer holds the value and means it."""
    words = _weighty(value)
    showing = [one for one in re.split(r"(?<=[.!?])\s+|\n", text) if words & _weighty(one)]
    return any(not _UNSURE.search(one) and _is_about_writer(one) for one in showing)


def _is_about_writer(sentence: str) -> bool:
    """Tell whether a sentence speaks of its writer; other languages need no word for that."""
    plain = sentence.replace("’", "'")
    return language_of(plain) not in ("en", None) or bool(_ONESELF.search(plain))


def _began(shown: Utterance) -> datetime | None:
    """Return since when a fact holds: the date its utterance names, or when it was said."""
    if shown.said_at is None:
        return None
    found = find_when(shown.text, shown.said_at)
    past = found is not None and found.period.start <= shown.said_at
    return found.period.start if found and past else shown.said_at
