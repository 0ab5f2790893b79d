"""What to ask next about an answer, by rules: a name, a time, a reason, an example."""

import re
from collections.abc import Collection
from typing import Protocol

from ingest.interview.mentions import Mention, find_mentions

BRIEF = 12
"""Words below which an answer is asked to be longer."""
_BRIEF_LETTERS = 40
"""The same for scripts without blanks, and for languages that the rules don't read."""
_QUOTED = 9
"""Words of an answer that are quoted at most."""


class FollowUps(Protocol):
    """Finds a question that fits what was just said; a language model behind it may fail."""

    def follow_up(self, question: str, answer: str) -> str | None:
        """Return one question, or None when there is nothing good to ask."""
        ...


_UNWILLING = re.compile(
    r"\b(?:rather not|don't want to (?:talk|say|answer)|none of your|no comment|skip|"
    r"prefer not|too (?:personal|private)|next question|not (?:going to|gonna) (?:say|talk))\b",
    re.I,
)
_LOSS = re.compile(
    r"\b(?:died|dead|passed away|passed on|funeral|suicide|miscarriage|killed|cancer)\b", re.I
)
_LOST = re.compile(r"^\W*(?:i )?(?:don't know|dunno|not sure|no idea|can't (?:say|think|remember))")
_CLAIM = re.compile(
    r"\bi (?:(?:really|just|still|absolutely|simply|kind of|truly) )?(?P<verb>hate|love|always|"
    r"never|can't stand|believe|prefer|refuse to|used to|regret|miss|dream of|wish|adore|despise|"
    r"'?m afraid of|am afraid of|am proud of)\b[^.,;:!?\n()–—]*",
    re.I,
)
_REASON = re.compile(r"\b(?:because|cause|cos|since|so that|the reason|that's why|due to)\b", re.I)
_CONCRETE = re.compile(
    r"\d|\b(?:was|were|went|had|got|said|told|took|came|gave|made|saw|met|bought|used to|"
    r"one (?:day|time|night|evening)|once|yesterday|last)\b|\w{3,}ed\b",
    re.I,
)
_ENGLISH = frozenset(
    """the a an and or but i i'm my me we our you it is was were are be been to of in on at for with
    that this he she they his her not no so as have had has do did don't when what who if from by
    just like all there then""".split()
)

_PERSON = (
    "You mentioned {it}. What is {it} like, and what have you two been through?",
    "Tell me about {it}: how do you know each other, and what would {it} say about you?",
    "{it}: can you tell me one thing that happened between you?",
)
_RELATIVE = (
    "You mentioned {it}. What kind of person is that?",
    "Tell me more about {it}. Which moment together comes to mind first?",
    "What have you got from {it}, for better or worse?",
)
_RELATIVES = (
    "You mentioned {it}. What kind of people are they?",
    "Tell me more about {it}. Which moment together comes to mind first?",
)
_PLACE = (
    "What was {it} like for you? When were you there?",
    "You mentioned {it}. Which picture comes to mind when you think of it?",
    "How did you come to {it}, and what did it do to you?",
)
_NAME = (
    "You mentioned {it}. What should I know about that?",
    "What does {it} mean to you?",
)
_TIME = (
    "You say “{it}”. What else was going on in your life then?",
    "Take me back to that time, “{it}”: where were you, and with whom?",
)
_WHY = (
    "You say “{it}”. Why is that?",
    "“{it}”: how did that come about?",
)
_EXAMPLE = (
    "Can you give me an example: one time, one place, what was said?",
    "Which moment shows that best? Tell me what happened.",
    "If somebody had filmed it, what would we see?",
)
_MORE = (
    "Can you tell me a little more? One moment, one person, one place.",
    "What comes to mind first when you stay with that for a moment?",
)
_GENTLE = "I'm sorry. Is there a memory that you would like to be kept, of them or of that time?"


def follow_up_by_rules(answer: str, *, told: Collection[str], turn: int) -> str | None:
    """Return a question that fits an answer, or None when it is complete or not to be pursued.

    Args:
        answer: what was just said.
        told: the questions asked so far; what they name is not asked about again.
        turn: how many follow-ups there were, so that they don't all sound alike.
    """
    plain = answer.replace("’", "'")
    count = len(plain.split())
    if not count or _UNWILLING.search(plain):
        return None
    asked = " ".join(told).casefold()
    if _LOSS.search(plain):
        return _GENTLE if _GENTLE.casefold() not in asked else None
    if _LOST.search(plain):
        return None
    if not _is_english(plain):
        return _pick(_MORE, turn, asked) if len(plain) < _BRIEF_LETTERS else None
    return (
        _about_mention(plain, asked, turn)
        or _about_claim(plain, asked, turn)
        or _about_time(plain, asked, turn)
        or _about_vagueness(plain, count, asked, turn)
    )


def _is_english(plain: str) -> bool:
    words = re.findall(r"[\w']+", plain.casefold())
    if any(ord(letter) > 0x24F and letter.isalpha() for letter in plain):
        return False
    return len(words) < 6 or sum(word in _ENGLISH for word in words) >= 0.15 * len(words)


def _about_mention(plain: str, asked: str, turn: int) -> str | None:
    for mention in find_mentions(plain):
        if mention.kind != "time" and not _is_known(mention, asked):
            return _fill(_forms(mention), turn, mention.words)
    return None


def _forms(mention: Mention) -> tuple[str, ...]:
    if mention.kind == "relative" and mention.words.endswith(("s", "children")):
        return _RELATIVES
    return {"person": _PERSON, "relative": _RELATIVE, "place": _PLACE, "name": _NAME}[mention.kind]


def _is_known(mention: Mention, asked: str) -> bool:
    return re.search(rf"\b{re.escape(mention.words.casefold())}\b", asked) is not None


def _about_claim(plain: str, asked: str, turn: int) -> str | None:
    for sentence in re.split(r"(?<=[.!?\n])\s+", plain):
        claim = _CLAIM.search(sentence)
        if claim and not _REASON.search(sentence) and 3 <= len(claim[0].split()) <= _QUOTED:
            said = re.split(r" but ", claim[0])[0].strip()
            if said.casefold() not in asked:
                if claim["verb"].lower() == "used to":
                    return f"You say “{said}”. What has changed?"
                return _fill(_WHY, turn, said)
    return None


def _about_time(plain: str, asked: str, turn: int) -> str | None:
    times = [one for one in find_mentions(plain) if one.kind == "time"]
    fresh = next((one for one in times if not _is_known(one, asked)), None)
    return _fill(_TIME, turn, fresh.words) if fresh else None


def _about_vagueness(plain: str, count: int, asked: str, turn: int) -> str | None:
    if count < BRIEF:
        return _pick(_MORE if count < 4 else (*_EXAMPLE, *_MORE), turn, asked)
    return None if _CONCRETE.search(plain) else _pick(_EXAMPLE, turn, asked)


def _fill(forms: tuple[str, ...], turn: int, words: str) -> str:
    put = forms[turn % len(forms)].format(it=words)
    return put[0].upper() + put[1:]


def _pick(forms: tuple[str, ...], turn: int, asked: str) -> str | None:
    """Return a form that was not used lately, or None when all have been."""
    turned = forms[turn % len(forms) :] + forms[: turn % len(forms)]
    return next((form for form in turned if form.casefold() not in asked), None)
