"""A copy of a twin in a throw-away home, built from a part of its memory only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from memory.model import Fact, FactState, NewFact, NewUtterance, Utterance
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.private import kinds_of
from persona.profile import measure_profile

_FORMAT = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The rebuilt memory, and which utterance of it is which of the real one."""

    memory: Memory
    original: Mapping[int, int]
    """Utterance of the real twin by utterance of the copy."""
    ids: Mapping[int, int]
    """Utterance of the copy by utterance of the real twin."""


def rebuild(workshop: Workshop, real: Memory, kept: Sequence[Utterance]) -> Copy:
    """Build a twin from some utterances of a real one, with the facts that they alone show."""
    twin = workshop.store.create(real.twin.name, real.twin.owner)
    memory = workshop.store.memory(twin.name)
    memory.sources.add_aliases(real.sources.aliases())
    ids = _add(memory, kept)
    hidden = [ids[u.utterance_id] for u in kept if u.private and u.utterance_id in ids]
    memory.utterances.hide(hidden, private=True)
    memory.index_pending()
    memory.beliefs.hold(_facts(real, ids))
    for wish in real.talks.wishes():
        memory.talks.wish(wish, wish)
    measure_profile(memory)
    memory.timeline()
    return Copy(memory=memory, original={new: old for old, new in ids.items()}, ids=ids)


def _add(memory: Memory, kept: Sequence[Utterance]) -> dict[int, int]:
    ids: dict[int, int] = {}
    talks: dict[int, list[Utterance]] = {}
    for utterance in kept:
        talks.setdefault(utterance.conversation_id, []).append(utterance)
    for conversation, talk in talks.items():
        source_id = memory.sources.add(talk[0].source, _FORMAT)
        held = memory.sources.conversation(_FORMAT, str(conversation), talk[0].source, "chat")
        memory.utterances.add(held, source_id, [(_new(u), 0, kinds_of(u.text)) for u in talk])
        ids |= {int(u.external_id or 0): u.utterance_id for u in memory.utterances.of(held)}
    return ids


def _new(utterance: Utterance) -> NewUtterance:
    return NewUtterance(
        speaker=utterance.speaker,
        own=utterance.own,
        text=utterance.text,
        said_at=utterance.said_at,
        external_id=str(utterance.utterance_id),
        attachment=utterance.attachment,
        prompt=utterance.prompt,
        quoted=utterance.quoted,
        place=utterance.place,
    )


def _facts(real: Memory, ids: Mapping[int, int]) -> list[NewFact]:
    """Return the facts that kept utterances show; what ended one is left to be found again."""
    facts: list[NewFact] = []
    for fact in real.beliefs.all(past=True):
        evidence = tuple(ids[i] for i in fact.evidence if i in ids)
        unseen = bool(fact.evidence) and not evidence
        if fact.state is FactState.RETRACTED or unseen or not (evidence or fact.taught):
            continue
        facts.append(_as_new(fact, evidence))
    return facts


def _as_new(fact: Fact, evidence: tuple[int, ...]) -> NewFact:
    ended_by_itself = fact.superseded_by is None
    return replace(
        NewFact(subject=fact.subject, attribute=fact.attribute, value=fact.value),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to if ended_by_itself else None,
        evidence=evidence,
        private=fact.private,
        taught=fact.taught,
    )
