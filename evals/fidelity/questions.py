"""All questions that a copy can answer, with the answer and the utterances that show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from evals.fidelity.asks import ways_to_ask
from evals.fidelity.made_questions import make_questions
from evals.short_answers import token_f1
from ingest.sample import SampleQuestion
from memory.beliefs import OWNER
from memory.lexical import query_terms
from memory.model import Fact, Utterance
from memory.sources import TALK
from memory.store import Memory

MADE, FACT, INTERVIEW, ANNOTATED = "made", "fact", "interview", "annotated"
_ENOUGH = 0.66
"""Share of the answer's content words that a right reply holds."""
_SUPPORT = 0.5
_SHORT_ANSWER = 12
"""Words up to which an answer is expected whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A question that memory can answer."""

    text: str
    answer: str
    source: str
    """How it came about: made, fact, interview or annotated."""
    kind: str
    evidence: tuple[int, ...]
    """Utterances of the copy, each of which answers it."""
    contains: tuple[str, ...] = ()
    """Any of these in a reply makes it right; empty where the answer itself decides."""
    lacks: tuple[str, ...] = ()
    """None of these may stand in it."""

    def is_right(self, reply: str) -> bool:
        """Say whether a reply gives the answer."""
        said = reply.casefold()
        if any(words in said for words in self.lacks):
            return False
        if self.contains:
            return any(words in said for words in self.contains)
        return holds(self.answer, reply)

    def f1(self, reply: str) -> float:
        """Return the token F1 of a reply against the answer."""
        return token_f1(reply, self.answer)


def holds(answer: str, reply: str) -> bool:
    """Say whether a reply holds a short answer, or rests on the words of a long one."""
    wanted, given = set(query_terms(answer).indices), set(query_terms(reply).indices)
    if not wanted or not given:
        return False
    shared = len(wanted & given)
    if len(answer.split()) <= _SHORT_ANSWER:
        return shared / len(wanted) >= _ENOUGH
    return shared / len(given) >= _SUPPORT


def known_questions(
    memory: Memory, kept: Sequence[Utterance], annotated: Sequence[Known], seed: int
) -> list[Known]:
    """Return every question that the copy can answer, the kinds mixed, each text once.

    Where the owner taught the answer themself, that is the right one.
    """
    own = [u for u in kept if u.own and not u.private]
    groups = [
        list(annotated),
        list(_of_facts(memory)),
        [_of_interview(u) for u in own if u.prompt and u.prompt.rstrip().endswith("?")],
        [_of_made(q.text, q.answer, q.kind, q.utterance_id) for q in make_questions(own)],
    ]
    chance = Random(seed)
    for group in groups:
        chance.shuffle(group)
    taught = {u.prompt.casefold(): u for u in own if u.prompt and u.source == TALK}
    return [_as_taught(known, taught) for known in _each_once(_in_turns(groups))]


def _as_taught(known: Known, taught: Mapping[str, Utterance]) -> Known:
    said = taught.get(known.text.casefold())
    if said is None:
        return known
    shown = (said.utterance_id,)
    return replace(known, answer=said.text, evidence=shown, contains=(), lacks=())


def _of_facts(memory: Memory) -> Iterable[Known]:
    by_attribute: dict[str, list[Fact]] = {}
    for fact in memory.beliefs.all():
        if fact.subject == OWNER and not fact.private and fact.evidence:
            by_attribute.setdefault(fact.attribute, []).append(fact)
    for attribute, facts in sorted(by_attribute.items()):
        for way in ways_to_ask(attribute)[:1]:
            yield Known(
                text=way,
                answer=facts[-1].value,
                source=FACT,
                kind=attribute,
                evidence=tuple(i for fact in facts for i in fact.evidence),
                contains=tuple(fact.value.casefold() for fact in facts),
            )


def _of_interview(utterance: Utterance) -> Known:
    return Known(
        text=utterance.prompt or "",
        answer=utterance.text,
        source=INTERVIEW,
        kind="answer",
        evidence=(utterance.utterance_id,),
    )


def _of_made(text: str, answer: str, kind: str, utterance_id: int) -> Known:
    return Known(text=text, answer=answer, source=MADE, kind=kind, evidence=(utterance_id,))


def annotated_questions(
    questions: Iterable[SampleQuestion], kept: Iterable[Utterance]
) -> list[Known]:
    """Return the annotated questions whose evidence the copy knows."""
    texts = {u.utterance_id: u.text.casefold() for u in kept}
    found: list[Known] = []
    for question in questions:
        words = (question.evidence or "").casefold()
        shown = tuple(i for i, text in texts.items() if words and words in text)
        if question.outcome == "known" and shown:
            found.append(
                Known(
                    text=question.ask,
                    answer=" / ".join(question.answer_contains),
                    source=ANNOTATED,
                    kind=question.kind,
                    evidence=shown,
                    contains=question.answer_contains,
                    lacks=question.not_contains,
                )
            )
    return found


def _in_turns(groups: Sequence[Sequence[Known]]) -> Iterable[Known]:
    for at in range(max((len(group) for group in groups), default=0)):
        yield from (group[at] for group in groups if at < len(group))


def _each_once(questions: Iterable[Known]) -> list[Known]:
    known: Mapping[str, Known] = {q.text.casefold(): q for q in reversed(list(questions))}
    return list(reversed(list(known.values())))
