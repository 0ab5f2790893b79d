"""Questions to begin with, that the twin has an answer to."""

from ingest.sample import load_sample
from memory.beliefs import OWNER
from memory.errors import SelfsameError
from memory.model import Fact
from memory.store import Memory

MOST = 4
_ASKS = {
    "lives in": "Where do you live these days?",
    "works as": "What do you do for a living?",
    "works at": "Where do you work?",
    "has a pet": "Do you have a pet?",
    "grew up in": "Where did you grow up?",
    "partner": "Who is your partner?",
    "likes": "What do you like?",
    "hobby": "What do you do in your free time?",
    "sister": "Do you have a sister?",
    "brother": "Do you have a brother?",
    "studies": "What did you study?",
    "plans": "What are you planning?",
    "speaks": "Which languages do you speak?",
}
_ALWAYS = ("What makes you laugh?", "Are you a real person?")


def starters(memory: Memory, *, owner: bool) -> list[str]:
    """Return a few questions for an empty thread."""
    if (sample := _sample_questions(memory)) is not None:
        return sample[:MOST]
    asked = [_ASKS[a] for a in _attributes(memory, owner=owner) if a in _ASKS]
    return [*asked, *_ALWAYS][:MOST]


def _sample_questions(memory: Memory) -> list[str] | None:
    try:
        sample = load_sample()
    except (SelfsameError, OSError):
        return None
    same = (memory.twin.name, memory.twin.owner) == (sample.name, sample.owner)
    asked = [question.ask for question in sample.demo_questions]
    return [*asked, "are you a real person?"] if same else None


def _attributes(memory: Memory, *, owner: bool) -> list[str]:
    """Return what is known of the owner, in the order in which it makes good questions."""
    known = {fact.attribute for fact in memory.beliefs.all() if _tellable(fact, owner=owner)}
    return [attribute for attribute in _ASKS if attribute in known]


def _tellable(fact: Fact, *, owner: bool) -> bool:
    return fact.subject == OWNER and (owner or not fact.private)
