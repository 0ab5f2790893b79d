"""The owner's own answer to a question that went wrong: seen before it is kept, and taken back."""

from collections.abc import Callable, Iterator

from memory.model import Fact, FactState
from memory.store import Memory
from persona.correction import Teaching, read_teaching
from persona.learn import Lesson, learn


def preview_answer(memory: Memory, words: str) -> list[str]:
    """Return in words what an answer would teach; changes nothing."""
    return ["these words, as your answer to it", *_lines(_read(memory, words), memory)]


def teach_answer(memory: Memory, asked: str, words: str) -> Callable[[], None]:
    """Keep the owner's own answer to a question; return what takes it back.

    It outranks what was read. What it asks to forget is gone for good.
    """
    before = {fact.fact_id: fact.state for fact in memory.beliefs.all(past=True)}
    wished, said = memory.talks.wishes(), _said(memory, asked, words)
    learn(words, Lesson(teaching=_read(memory, words), answers=asked, keeps=True), memory)
    memory.index_pending()
    wishes = memory.talks.wishes()

    def take_back() -> None:
        _take_back_facts(memory, before)
        memory.forget_utterances(sorted(_said(memory, asked, words) - said))
        for sentence in set(wishes) - set(wished):
            memory.talks.drop_wish(sentence)
        for sentence in set(wished) - set(wishes):
            memory.talks.take_up_wish(sentence)

    return take_back


def _said(memory: Memory, asked: str, words: str) -> set[int]:
    """Return the utterances that are these words as an answer to this question."""
    every = memory.all_utterances()
    return {u.utterance_id for u in every if (u.prompt, u.text) == (asked, words)}


def _read(memory: Memory, words: str) -> Teaching:
    return read_teaching(words, memory.beliefs.all())


def _lines(teaching: Teaching, memory: Memory) -> Iterator[str]:
    for correction in teaching.corrections:
        yield f"{correction.new.attribute} {correction.new.value}, not {correction.old.value}"
    for fact in teaching.facts:
        past = [f.value for f in memory.beliefs.all() if f.attribute == fact.attribute]
        yield f"{fact.attribute} {fact.value}" + (f" (until now {past[-1]})" if past else "")
    for retraction in teaching.retractions:
        how = "forgotten for good" if retraction.forget else "no longer true"
        for fact in retraction.facts:
            yield f"{how}: {fact.attribute} {fact.value}"
    for wish in teaching.wishes:
        yield f"your wish: {wish.sentence}"


def _take_back_facts(memory: Memory, before: dict[int, FactState]) -> None:
    facts = memory.beliefs.all(past=True)
    memory.beliefs.drop([fact.fact_id for fact in facts if fact.fact_id not in before])
    for fact in memory.beliefs.all(past=True):
        if _was_closed(fact, before):
            memory.beliefs.reopen(fact.fact_id)


def _was_closed(fact: Fact, before: dict[int, FactState]) -> bool:
    return before.get(fact.fact_id) is FactState.ACTIVE and fact.state is not FactState.ACTIVE
