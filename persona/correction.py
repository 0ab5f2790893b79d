"""What an owner's message to their twin teaches: facts, corrections, retractions and wishes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.attributes import ATTRIBUTES, asked_attributes, is_single
from memory.model import Fact, FactState, NewFact
from persona.facts import Statement, read_statements
from persona.facts.words import COMMON
from persona.wishes import StyleWish, read_wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A known fact that is wrong or has passed, and the one that takes its place."""

    old: Fact
    new: NewFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """Something that is no longer to be held true, or is to be forgotten for good."""

    about: str
    """What the owner's words name."""
    facts: tuple[Fact, ...] = ()
    """The known facts that are meant; empty when none fits."""
    forget: bool = False
    """True when it must not come back, not even by another import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """All that one message teaches; a question or small talk teaches nothing."""

    facts: tuple[NewFact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    wishes: tuple[StyleWish, ...] = ()
    rejects: bool = False
    """True when the owner says that the last reply was wrong."""

    def __bool__(self) -> bool:
        return any((self.facts, self.corrections, self.retractions, self.wishes, self.rejects))


def read_teaching(
    text: str,
    known_facts: Sequence[Fact],
    *,
    said_at: datetime | None = None,
    just_used: Sequence[Fact] = (),
) -> Teaching:
    """Return what an owner's message teaches their twin.

    Args:
        just_used: The facts that the twin's last reply stood on, which a bare `no, Porto` meets.
    """
    active = [one for one in known_facts if one.state is FactState.ACTIVE]
    sentences = [one for one in _SENTENCE.split(text.replace("’", "'").strip()) if one.strip()]
    wishes, rest = _wishes(sentences)
    forgotten = [match for match in map(_forgetting, rest) if match]
    kept = [one for one in rest if not _forgetting(one)]
    facts, corrections, denied = _statements(kept, active, said_at)
    if not (facts or corrections or denied):
        corrections = [one for part in kept for one in _bare(part, just_used, said_at)]
    return Teaching(
        facts=tuple(facts),
        corrections=tuple(corrections),
        retractions=(*denied, *(_forget(match, active) for match in forgotten)),
        wishes=tuple(wishes),
        rejects=any(_REJECTS.search(part) for part in kept),
    )


WISH_LENGTH = 15
"""Words above which a sentence is read as a tale, not as several wishes."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_CUE = re.compile(
    r"^(?:(?:no|nope|nah|non|não|nein|actually|wrong|incorrect|correction|sorry|well|wait|hmm|oh|"
    r"hey|yeah but|i mean|in fact|en realidad|na verdade|en fait|eigentlich|in realtà|falsch|"
    r"(?:that|this|it)(?:'s| is| was) (?:wrong|not (?:right|true|correct)|incorrect|false)|"
    r"that isn't (?:right|true|correct)|not true|you(?:'re| are) wrong|let me correct you)"
    r"\b[\s,.!:;—-]*)+",
    re.I,
)
_REJECTS = re.compile(
    r"^(?:no[,.! ]+)?(?:(?:that|this|it)(?:'s| is| was|'s just) (?:\w+ )?(?:wrong|incorrect|false|"
    r"not (?:right|true|correct)|nonsense|made up)|that isn't (?:right|true|correct)|not true|"
    r"wrong\b|you(?:'re| are) wrong|you got (?:that|it) wrong|i never said that|"
    r"eso no es (?:cierto|verdad)|isso não é verdade|c'est faux|das stimmt nicht|non è vero)",
    re.I,
)


_JOINT = re.compile(r",\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+")


def _wishes(sentences: list[str]) -> tuple[list[StyleWish], list[str]]:
    """Return the wishes of a message and the parts of it that are none."""
    wishes: list[StyleWish] = []
    rest: list[str] = []
    for sentence in sentences:
        whole = read_wish(sentence)
        parts = (
            [sentence] if whole else re.split(r",\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+", sentence)
        )
        found = [read_wish(part) for part in parts]
        wishes += [one for one in found if one]
        if not any(found):
            rest.append(sentence)
        elif not all(found):
            rest += [part for part, one in zip(parts, found, strict=True) if not one]
    return wishes, rest


_FORGET = re.compile(
    r"(?:(?:please|pls|can you|could you|you can|just|and|also)\s+)*"
    r"(?:forget|(?:delete|erase|remove)(?=.*\b(?:i|i'm|my|me)\b)|don't remember|do not remember|"
    r"olvida|esquece|oublie|vergiss|dimentica)\s+(?:(?:everything|anything|all|what|that|about|"
    r"the (?:fact|thing|part|bit)|i (?:said|told you)|you know|que|dass|che)\s+)*(?P<v>.+)",
    re.I,
)
_IDLE = re.compile(r"^(?:it|that|this|about it|me|him|her|them)?$", re.I)


def _forgetting(sentence: str) -> str | None:
    """Return what a sentence asks to forget, or None."""
    match = _FORGET.fullmatch(_CUE.sub("", sentence.strip()).strip(" .!"))
    if not match or _IDLE.match(match["v"].strip()):
        return None
    return match["v"].strip()


def _forget(about: str, active: Sequence[Fact]) -> Retraction:
    return Retraction(about=about, facts=tuple(_meant(about, active)), forget=True)


def _meant(about: str, active: Sequence[Fact]) -> list[Fact]:
    """Return the facts that some words are about: by their values, or else by their attributes."""
    words = _weighty(about)
    by_value = [one for one in active if _weighty(one.value) & words]
    asked = {*asked_attributes(about), *_named_attributes(about)}
    by_attribute = [one for one in active if one.attribute in asked]
    both = [one for one in by_value if one in by_attribute]
    return both or by_value or by_attribute


def _named_attributes(about: str) -> Iterator[str]:
    """Yield the attributes that some words name outright, such as `my address`."""
    plain = about.casefold()
    for one in ATTRIBUTES:
        if any(re.search(rf"\bmy {re.escape(name)}s?\b", plain) for name in (one.name, *one.also)):
            yield one.name


def _weighty(text: str) -> set[str]:
    tokens = re.findall(r"[^\W_]+", text.casefold())
    return {one for one in tokens if one not in COMMON and (one.isdigit() or len(one) > 2)}


def _statements(
    sentences: list[str], active: Sequence[Fact], said_at: datetime | None
) -> tuple[list[NewFact], list[Correction], list[Retraction]]:
    """Return the new facts, the corrections and the retractions that sentences state."""
    facts: list[NewFact] = []
    corrections: list[Correction] = []
    retractions: list[Retraction] = []
    for sentence in sentences:
        swapped = list(_swaps(sentence, active, said_at))
        corrections += swapped
        retractions += _endings(sentence, active)
        for statement in read_statements(_CUE.sub("", sentence.strip()), said_at=said_at):
            if statement.negated:
                retractions.append(_denied(statement.fact, active))
            elif not swapped:
                _sort_in(statement, active, facts, corrections)
    return facts, corrections, retractions


def _sort_in(
    statement: Statement,
    active: Sequence[Fact],
    facts: list[NewFact],
    corrections: list[Correction],
) -> None:
    """Add a statement where it belongs, unless it is known already."""
    new = replace(statement.fact, taught=True)
    same = [one for one in active if one.attribute == new.attribute and one.subject == new.subject]
    if any(one.value.casefold() == new.value.casefold() for one in same) and new.valid_to is None:
        return
    if same and is_single(new.attribute) and new.valid_to is None:
        corrections.append(Correction(old=same[-1], new=new))
    else:
        facts.append(new)


_NOT = r"(?:not|no|pas|não|nicht|non)"
_SOME = r"[\w'-]+(?: [\w'-]+){0,2}?"
_IS = r"(?:it's|it is|its|he's|she's|is|are|i'm|es|é|c'est|ist|è|called|named|to|in|at|as)"
_SWAPS = (
    re.compile(
        rf"(?:\b{_IS} |^|, )(?P<new>{_SOME}),? (?:and )?{_NOT} (?:in |at |as )?(?P<old>{_SOME})"
        r"\s*[.!]*$",
        re.I,
    ),
    re.compile(
        rf"\b{_NOT} (?P<old>{_SOME})(?:,| but|,? {_IS}|, but)+ (?P<new>{_SOME})\s*[.!]*$", re.I
    ),
)


def _swaps(sentence: str, active: Sequence[Fact], said_at: datetime | None) -> Iterator[Correction]:
    """Yield a correction for `it's Mia, not Mina`, where a known fact holds the old word."""
    plain = _CUE.sub("", sentence.strip())
    for match in filter(None, (pattern.search(plain) for pattern in _SWAPS)):
        old = re.compile(rf"(?<!\w){re.escape(match['old'])}(?!\w)", re.I)
        meant = next((one for one in reversed(active) if old.search(one.value)), None)
        if meant:
            value = old.sub(match["new"], meant.value)
            yield Correction(old=meant, new=_taught(meant, value, said_at))
            return


def _taught(old: Fact, value: str, said_at: datetime | None) -> NewFact:
    """Return a fact like an old one, with the value that its owner has taught."""
    return NewFact(
        subject=old.subject,
        attribute=old.attribute,
        value=value,
        valid_from=old.valid_from or said_at,
        private=old.private,
        taught=True,
    )


_NO_MORE = r"\bi (?:don't|do not|dont|no longer)"
_QUIT = r"\bi(?:'ve| have)? (?:just )?(?:quit|lost|left) (?:my|that|the) job(?! (?:at|with))"
_ENDINGS = (
    (rf"{_NO_MORE} live (?:there|here)\b", ("lives in",)),
    (rf"{_NO_MORE} work (?:there|here|for them)\b", ("works at",)),
    (rf"{_NO_MORE} (?:study|go) there\b", ("studies at",)),
    (rf"{_NO_MORE} have (?:a|the|that|my) car\b", ("drives",)),
    (_QUIT, ("works at", "works as")),
    (r"\b(?:we|i)(?:'ve| have)? (?:just )?(?:broke|broken|split) up\b", ("partner",)),
    (r"\bya no vivo (?:allí|ahí)\b", ("lives in",)),
    (r"\bya no trabajo (?:allí|ahí)\b", ("works at",)),
    (r"\bjá não moro (?:lá|aí)\b", ("lives in",)),
    (r"\bjá não trabalho (?:lá|aí)\b", ("works at",)),
    (r"\bich (?:wohne|lebe) (?:(?:dort|da) nicht mehr|nicht mehr (?:dort|da))\b", ("lives in",)),
    (r"\bich arbeite (?:(?:dort|da) nicht mehr|nicht mehr (?:dort|da))\b", ("works at",)),
    (r"\bje n'y (?:habite|vis) plus\b", ("lives in",)),
    (r"\bje n'y travaille plus\b", ("works at",)),
    (r"\bnon (?:ci )?(?:abito|vivo) più (?:lì|là)\b", ("lives in",)),
)


def _endings(sentence: str, active: Sequence[Fact]) -> Iterator[Retraction]:
    """Yield a retraction for words that end something without naming it."""
    for pattern, attributes in _ENDINGS:
        match = re.search(pattern, sentence, re.I)
        if match:
            ended = tuple(one for one in active if one.attribute in attributes)
            yield Retraction(about=match[0], facts=ended)


def _denied(fact: NewFact, active: Sequence[Fact]) -> Retraction:
    same = [one for one in active if one.attribute == fact.attribute]
    words = _weighty(fact.value)
    meant = [one for one in same if not words or _weighty(one.value) & words]
    return Retraction(about=f"{fact.attribute} {fact.value}".strip(), facts=tuple(meant))


_BARE = re.compile(
    r"(?:it's|it is|its|he's|she's|i'm|es|é|c'est|ist|è|in|at)?\s*(?P<v>[\w'-]+(?: [\w'-]+){0,2})",
    re.I,
)


def _bare(
    sentence: str, just_used: Sequence[Fact], said_at: datetime | None
) -> Iterator[Correction]:
    """Yield the correction in `no, Porto` or `actually it's Porto`, if one fact was just used."""
    plain = sentence.strip()
    left = _CUE.sub("", plain)
    match = _BARE.fullmatch(left.strip(" .!"))
    if len(just_used) != 1 or left == plain or not match or not _weighty(match["v"]):
        return
    if (
        match["v"].split()[0].casefold() in COMMON
        or match["v"].casefold() == just_used[0].value.casefold()
    ):
        return
    yield Correction(old=just_used[0], new=_taught(just_used[0], match["v"], said_at))
