"""Reading statements out of a person's own words: sure ones only, rather none than a wrong one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from memory.attributes import FAVOURITE, is_private
from memory.model import NewFact, Utterance
from persona.facts.abroad import ABROAD
from persona.facts.english import ENGLISH
from persona.facts.kin import named_kin
from persona.facts.rule import Rule
from persona.facts.values import short
from persona.when import When, find_when, resolve

OWNER = "owner"
TALE_LENGTH = 45
"""Words after which a message is read as a tale, in which `moved to` may be long past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A fact as somebody stated it, or denied it."""

    fact: NewFact
    negated: bool = False
    """True when the words say that it is not so, or no longer."""


def find_facts(utterance: Utterance, owner_names: Collection[str]) -> list[NewFact]:
    """Return what the owner surely says of themselves in an utterance of their own."""
    return [one.fact for one in _read_own(utterance, owner_names) if not one.negated]


def find_denials(utterance: Utterance, owner_names: Collection[str]) -> list[NewFact]:
    """Return what the owner says is not so; an empty value means whatever it was."""
    return [one.fact for one in _read_own(utterance, owner_names) if one.negated]


def _read_own(utterance: Utterance, owner_names: Collection[str]) -> list[Statement]:
    if not utterance.own or utterance.quoted:
        return []
    found = read_statements(utterance.text, said_at=utterance.said_at, owner_names=owner_names)
    evidence = (utterance.utterance_id,)
    return [replace(one, fact=replace(one.fact, evidence=evidence)) for one in found]


def read_statements(
    text: str, *, said_at: datetime | None, owner_names: Collection[str] = ()
) -> list[Statement]:
    """Return the statements about the speaker in a text, each once, in the order they stand."""
    if _JOKE.search(text):
        return []
    plain = text.replace("’", "'")
    tale = len(plain.split()) > TALE_LENGTH
    found = [
        statement
        for clause in _clauses(plain)
        for statement in _read_clause(clause, said_at, owner_names, tale=tale)
    ]
    return list({_key(one): one for one in found}.values())


def _key(one: Statement) -> tuple[str, str, bool]:
    return one.fact.attribute, one.fact.value.casefold(), one.negated


_JOKE = re.compile(r"\b(?:jk|just kidding|kidding)\b|/s$", re.I)
_ENDS = re.compile(r"(?<=[.!?…;])[\"')]*\s+|\n+|\s(?=(?:but|pero|mas|mais|aber|ma)\s)")
_ASKS = re.compile(
    r"(?:(?:and|so|but|well|oh|hey|ok|also|then) )*(?:do|does|did|are|is|was|were|have|has|had|can|"
    r"could|would|should|will|wanna|what|where|who|why|how|which|whose|when (?:do|did|are|is|will)|"
    r"u|you|if|imagine|suppose|wish|wenn|si|se)\b",
    re.I,
)


def _clauses(plain: str) -> Iterator[str]:
    """Yield the clauses of a text that state something, without what it quotes."""
    unquoted = re.sub(r"[\"“”«»][^\"“”«»]*[\"“”«»]|^>.*$", " … ", plain, flags=re.M)
    for clause in _ENDS.split(unquoted):
        kept = " ".join(clause.split()).strip("\"'")
        if kept and "?" not in kept and not _ASKS.match(kept):
            yield kept


def _read_clause(
    clause: str, said_at: datetime | None, owner_names: Collection[str], *, tale: bool
) -> Iterator[Statement]:
    for rule in (*ENGLISH, *ABROAD):
        if rule.bold and tale:
            continue
        match = rule.pattern.search(clause)
        if match and not _hedged(clause[: match.start()], past=rule.time == "past"):
            yield from _stated(rule, match, said_at)
    for attribute, value in (*named_kin(clause, owner_names), *_favourites(clause)):
        yield Statement(fact=_fact(attribute, value, clause, said_at))


_HEDGE = re.compile(
    r"\b(?:if|wish|wished|unless|whether|hope|hoped|imagine|pretend|suppose|dream|dreamt|dreamed|"
    r"said|says|say|told|tells|asked|asks|thinks|thought|did|do|does|should|would|could|might|may|"
    r"until|till|once|before|like|maybe|perhaps|probably|guess|almost|as though|when|whenever|"
    r"where|what|how|why|who|which|assum\w+|they|he|she|you|than|not|never|n't|si|ojalá|se|wenn)"
    r"(?:\s+\S+){0,2}\s*$",
    re.I,
)


_RELATIVE = re.compile(
    r"\b(?:things?|stuff|(?:the|a|an|all|every|some|any|those|these|that|only|first|one) \S+)\s*$",
    re.I,
)


def _hedged(before: str, *, past: bool) -> bool:
    """Tell whether the words right before a statement take its sureness away."""
    if re.search(r"\b(?:if|wish|would|imagine)\b", before, re.I):
        return True
    near = re.split(r"[,:]", before)[-1]
    if past:
        near = re.sub(r"\b(?:when|where|before|that)\s*$", "", near, flags=re.I)
    return bool(_HEDGE.search(near) or _RELATIVE.search(near))


def _stated(rule: Rule, match: re.Match[str], said_at: datetime | None) -> Iterator[Statement]:
    """Yield what a rule that has matched says, once its value proves to be one."""
    read = rule.fixed or rule.read(match["v"])
    values = [read] if isinstance(read, str) else read or []
    negated = bool(match.groupdict().get("no"))
    for value in values:
        attribute = rule.opposite if negated and rule.opposite else rule.attribute
        fact = _timed(rule, _fact(attribute, value, match.string, said_at), match.string, said_at)
        if fact:
            yield Statement(fact=fact, negated=negated and not rule.opposite)


_FAVOURITE_IS = re.compile(
    r"\bmy (?:all[- ]time |absolute |personal |current )?favou?rite (?P<what>[a-z]+(?: [a-z]+)?) "
    r"(?:is|are|has to be|would be|is definitely|would have to be) (?P<v>\S.*)",
    re.I,
)
_IS_FAVOURITE = re.compile(
    r"^(?P<v>[A-Z][\w' ]{1,40}) (?:is|are) my (?:all[- ]time |absolute )?favou?rite "
    r"(?P<what>[a-z]+)\b"
)
_VAGUE = frozenset("part thing one ones things parts way is are was i the".split())


def _favourites(clause: str) -> Iterator[tuple[str, str]]:
    for match in filter(None, (_FAVOURITE_IS.search(clause), _IS_FAVOURITE.search(clause))):
        value = short(re.sub(r"^called ", "", match["v"]))
        words = match["what"].lower().split()
        if value and not _VAGUE & set(words) and value.lower().split()[0] not in _UNSAID:
            one_of_many = clause[: match.start()].lower().endswith("one of ")
            yield ("likes" if one_of_many else FAVOURITE + " ".join(words)), value


_UNSAID = frozenset(
    "these those they when how what that probably definitely it this being to not so my".split()
)


def _fact(attribute: str, value: str, clause: str, said_at: datetime | None) -> NewFact:
    """Return the fact as of when it was said, or as of the date that its clause names."""
    found = _when(clause, said_at)
    undated = _without(value, said_at)
    begins = found.period.start if found and said_at and found.period.start <= said_at else said_at
    return NewFact(
        subject=OWNER,
        attribute=attribute,
        value=undated,
        valid_from=begins,
        private=is_private(attribute),
    )


def _timed(rule: Rule, fact: NewFact, clause: str, said_at: datetime | None) -> NewFact | None:
    """Return the fact with the time it holds; a plan without a day to come is none."""
    if rule.time == "now" or said_at is None:
        return fact if rule.time != "plan" else None
    if rule.time == "past":
        return _ended(fact, clause, said_at)
    return _planned(fact, clause, said_at)


def _planned(fact: NewFact, clause: str, said_at: datetime) -> NewFact | None:
    """Return a plan with its time, when its day is named close by and still to come."""
    begins = clause.find(fact.value.split()[0])
    coming = find_when(clause[begins : begins + 90], said_at, lean="future")
    needed = 4 if fact.value.startswith(("going to", "gonna")) else 2
    if coming is None or coming.period.start <= said_at or len(fact.value.split()) < needed:
        return None
    return replace(fact, valid_from=coming.period.start, valid_to=coming.period.end)


def _ended(fact: NewFact, clause: str, said_at: datetime) -> NewFact:
    found = find_when(clause, said_at)
    if found is None:
        return replace(fact, valid_from=None, valid_to=said_at)
    if re.search(r"\b(?:quit|left|until|till)\b", clause, re.I):
        return replace(fact, valid_from=None, valid_to=min(found.period.start, said_at))
    return replace(fact, valid_from=found.period.start, valid_to=min(found.period.end, said_at))


_LASTING = re.compile(
    r"\bfor (?:about |almost |over |nearly |the (?:last|past) )?(?P<time>\w+ (?:week|month|"
    r"year)s?)\b",
    re.I,
)


def _when(clause: str, said_at: datetime | None) -> When | None:
    """Return the date phrase of a clause; `for three years` counts as three years ago."""
    if said_at is None:
        return None
    lasting = _LASTING.search(clause)
    began = resolve(f"{lasting['time']} ago", said_at) if lasting else None
    if lasting and began:
        return When(period=began, start=lasting.start(), end=lasting.end(), open_ended=True)
    return find_when(clause, said_at)


def _without(value: str, said_at: datetime | None) -> str:
    """Return a value without the date phrase that stands in it."""
    found = find_when(value, said_at) if said_at else None
    if found is None or found.start == 0:
        return value
    left = f"{value[: found.start]} {value[found.end :]}"
    return re.sub(r"\s+(?:on|in|at|by|the)?\s*$", "", " ".join(left.split()))
