"""Other names for other people, as visitors are told them; the owner and the store keep the real.

A name is replaced where it leaves the twin, and put back where a visitor's message comes in, so
that recall, facts and the owner's own view work on what was written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from memory.model import Evidence, Fact, Utterance
from memory.store import Memory
from persona.events import Done, Event, Recalled, Revised, TextDelta, Worded
from persona.facts.words import KIN

NAMES = tuple(
    "Robin Alex Sasha Noa Kim Jules Remy Charlie Sam Morgan Quinn Rowan Avery Riley Casey Jamie "
    "Taylor Jordan Skyler Emery Finley Harley Kai Lou Marlo Nico Oakley Parker Reese Sage Tatum "
    "Umi Val Wren Yael Zion Ariel Blair Cameron Dallas Eden Frankie Gale Hollis Indigo Jaden "
    "Kendall Lane Micah Nour Ollie Perry Rory Shay Toby Uri Vesper Winter Yuri Zuri".split()
)
NOBODY = "somebody"
"""Stands for the real name of somebody in a visitor's message: it must not be confirmed."""
_ALSO_WORDS = frozenset(
    "amber art bill dawn drew faith frank grace grant guy hope jack joy june mark may miles pat "
    "rich rob rose ruby sky sue summer will".split()
)
_SMALL_WORDS = frozenset("and da das de del della den der di do dos la le the van von y".split())


class Veil:
    """Puts pseudonyms in the place of names, and back."""

    def __init__(
        self, names: Sequence[str], number_of: Callable[[str], int], owner_names: Sequence[str]
    ) -> None:
        """Give everybody a pseudonym.

        Args:
            names: the people, in the order they became known, which settles who keeps a
                pseudonym that two would get.
            number_of: a number for a name that stays the same.
            owner_names: the names of the owner, which stay.
        """
        own = {part.casefold() for name in owner_names for part in [name, *name.split()]}
        self._shown: dict[str, str] = {}
        free = [n for n in NAMES if n.casefold() not in own | _parts_of(names)]
        taken: set[str] = set()
        for name in names:
            if name.casefold() not in own | self._shown.keys():
                shown = _free_name(number_of(name), free, taken)
                self._shown[name.casefold()] = shown
                for part in _parts(name):
                    if part.casefold() not in own:
                        self._shown.setdefault(part.casefold(), shown)
        self._real = {_shown_of(self._shown, n).casefold(): n for n in reversed(names)}
        self._over = _any_of(self._shown)
        self._under = _any_of(self._real)

    def over(self, text: str) -> str:
        """Return a text with pseudonyms in the place of names."""
        return self._over.sub(self._pseudonym, text) if self._shown else text

    def under(self, text: str) -> str:
        """Return a visitor's text as it is meant; real names in it become `NOBODY`."""
        if not self._shown:
            return text
        hidden = self._over.sub(self._nobody, text)
        return self._under.sub(lambda found: self._real[found[0].casefold()], hidden)

    def over_utterance(self, utterance: Utterance) -> Utterance:
        """Return an utterance with pseudonyms."""
        return replace(
            utterance,
            speaker=utterance.speaker if utterance.own else self.over(utterance.speaker),
            text=self.over(utterance.text),
            source=self.over(utterance.source),
            prompt=utterance.prompt and self.over(utterance.prompt),
            attachment=utterance.attachment and self.over(utterance.attachment),
        )

    def over_fact(self, fact: Fact) -> Fact:
        """Return a fact with pseudonyms."""
        return replace(fact, subject=self.over(fact.subject), value=self.over(fact.value))

    def events(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield the events of a turn with pseudonyms; a name in two words is held until whole."""
        held = ""
        for event in events:
            if isinstance(event, TextDelta):
                held += event.text
                if held.split()[-1:] and self._is_part(held.split()[-1]):
                    continue
                yield TextDelta(text=self.over(held))
                held = ""
                continue
            if held:
                yield TextDelta(text=self.over(held))
                held = ""
            yield self._over_event(event)
        if held:
            yield TextDelta(text=self.over(held))

    def _over_event(self, event: Event) -> Event:
        if isinstance(event, Revised | Worded):
            return replace(event, text=self.over(event.text))
        if isinstance(event, Recalled):
            return replace(event, evidence=self.over_evidence(event.evidence))
        if isinstance(event, Done):
            evidence = self.over_evidence(event.evidence)
            return replace(event, reply=self.over(event.reply), evidence=evidence)
        return event

    def over_evidence(self, evidence: Evidence) -> Evidence:
        """Return evidence with pseudonyms."""
        return replace(
            evidence,
            question=self.over(evidence.question),
            subject=evidence.subject and self.over(evidence.subject),
            hits=tuple(
                replace(hit, utterance=self.over_utterance(hit.utterance)) for hit in evidence.hits
            ),
            packed=tuple(self.over_utterance(u) for u in evidence.packed),
            facts=tuple(self.over_fact(fact) for fact in evidence.facts),
        )

    def _is_part(self, word: str) -> bool:
        return word.strip("\"'“”(").casefold() in self._shown

    def _pseudonym(self, found: re.Match[str]) -> str:
        name = found[0]
        return self._shown[name.casefold()] if _is_name(name) else name

    def _nobody(self, found: re.Match[str]) -> str:
        return NOBODY if _is_name(found[0]) else found[0]


def veil_of(memory: Memory) -> Veil | None:
    """Return the veil between a twin and its visitors; None where the owner wants none.

    It covers those who wrote, and family and friends whom facts name.
    """
    if not memory.people.veiled:
        return None
    kin = set(KIN.values())
    named = [fact.value for fact in memory.beliefs.all(past=True) if fact.attribute in kin]
    names = list(dict.fromkeys([*memory.people.names(), *named]))
    owner = [memory.twin.owner, *memory.sources.aliases()]
    return Veil(names, memory.people.number_of, owner)


def _free_name(number: int, free: Sequence[str], taken: set[str]) -> str:
    """Return a pseudonym that nobody has yet; a number is added when all are given."""
    for step in range(len(free)):
        name = free[(number + step) % len(free)]
        if name not in taken:
            taken.add(name)
            return name
    name = f"{free[number % len(free)]} {len(taken)}"
    taken.add(name)
    return name


def _parts(name: str) -> list[str]:
    """Return the words of a name that may stand for it alone."""
    words = [word.strip(".,()~\"'") for word in name.split()]
    return [w for w in words if len(w) > 1 and w.isalpha() and w.casefold() not in _SMALL_WORDS]


def _parts_of(names: Sequence[str]) -> set[str]:
    return {part.casefold() for name in names for part in _parts(name)}


def _shown_of(shown: dict[str, str], name: str) -> str:
    return shown.get(name.casefold(), name)


def _any_of(names: dict[str, str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def _is_name(written: str) -> bool:
    """Tell whether a word is meant as a name: those that are words too must have a capital."""
    return written.casefold() not in _ALSO_WORDS or written[0].isupper()
