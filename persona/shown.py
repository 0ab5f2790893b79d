"""Puts the words that show a fact which is asked for and holds among the evidence."""

from dataclasses import replace

from memory.attributes import is_single
from memory.model import Evidence, FactState, Hit
from memory.store import Memory
from persona.intent import asks_of_past
from persona.verdict import asked_facts


def with_shown(evidence: Evidence, asked: Evidence, memory: Memory) -> Evidence:
    """Return the evidence with the words that show what is asked for, where they are missing.

    Args:
        evidence: what was found.
        asked: the evidence of the bare question, which tells whom it is about.
        memory: where the words are.
    """
    if asks_of_past(asked.question):
        return evidence
    facts = [
        fact
        for fact in asked_facts(asked, memory)
        if fact.state is FactState.ACTIVE and is_single(fact.attribute) and fact.evidence
    ]
    there = {hit.utterance.utterance_id for hit in evidence.hits}
    missing = [f.evidence[-1] for f in facts if not there.intersection(f.evidence)]
    if not missing:
        return evidence
    best = max((hit.score for hit in evidence.hits), default=1.0)
    said = memory.utterances.by_id(missing)
    added = tuple(Hit(utterance=said[i], score=best) for i in missing if i in said)
    hits = (*added, *evidence.hits)[: max(len(evidence.hits), len(added))]
    return replace(evidence, hits=hits, facts=(*evidence.facts, *facts))
