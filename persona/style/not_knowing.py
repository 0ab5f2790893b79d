"""How somebody says that they don't know, and how they ask back: found in their own messages."""

import re
from collections import Counter
from collections.abc import Sequence

_MOST = 24
_LONGEST = 9

_OPENS = (
    r"(?:oh|hm+|um+|uh+|er+|well|ha(?:ha)+h?|lo+l|ah+|aw+|sorry|honestly|yeah|nah|no|tbh|so|ok|"
    r"okay|actually|man|dude|bro|eh|i mean|ngl)\b"
)
_OPENER = rf"(?:{_OPENS}[,.!… ]*){{0,3}}"
_NOT = r"(?:do ?n['’]?t|do not)"
_CORE = (
    r"(?:(?:i(?:['’]?m| am| have|['’]ve got| got)? )?(?:(?:really|honestly|actually|have|still|"
    r"just|got) ){0,2}"
    r"(?:(?:absolutely )?no (?:real )?(?:idea|clue)|not (?:too |so |really |entirely |"
    rf"quite |100 ?% )?sure|{_NOT} (?:really |actually |even |quite )?(?:know|remember|recall)|"
    r"can ?(?:['’]?t|not) (?:really |quite )?(?:remember|recall)|wouldn['’]?t know|"
    r"couldn['’]?t (?:say|tell you))|i forgot|i forget|dunno|idk|who knows|beats me|hard to say)"
)
_TAIL = (
    r"(?: (?:man|dude|bro|mate|either|really|yet|tbh|honestly|sorry|though|tho|now|then|exactly|"
    r"personally|actually|lo+l|ha(?:ha)+h?|anymore|about (?:that|it)|on that|of that|that one|"
    r"that)\b)*(?:[,.]? (?:tbh|sorry|lo+l|ha(?:ha)+h?|man|dude|:-?[)(/DP]))?"
)
_START = rf"(?:^(?:(?!{_OPENS})[^\s:,]+[:,] )?|(?<=[.!?\n] ))"
_ENDS = r"(?P<end>(?:[.!…]+|$|\n|,| -)(?=\s|$))"
_WHOLE = re.compile(rf"{_START}(?P<said>{_OPENER}{_CORE}{_TAIL}){_ENDS}", re.I | re.M)
_BEGUN = re.compile(
    rf"(?:^|(?<=[.!?,;\n] )|(?<=\b(?:but|and) )|(?<=\bso ))(?P<said>{_CORE})(?= \w)", re.I | re.M
)
_BACK = re.compile(
    rf"{_START}(?P<said>(?:{_OPENER}(?:what|how) about (?:you|u|yourself|yours)|wbu|hbu|"
    r"(?:and )?you|what do (?:you|u) think|why do (?:you|u) ask|why)\b ?\?+)(?=\s|$)",
    re.I | re.M,
)


def find_not_knowing(messages: Sequence[str]) -> tuple[str, ...]:
    """Return the ways in which somebody says that they don't know, most used first.

    Whole clauses, without whom they were said to; then the beginnings of longer ones.

    >>> find_not_knowing(["kim: hmm no idea man, ask Jo", "I'm not sure why it rains"])
    ('hmm no idea man', "I'm not sure")
    """
    whole = Counter(
        hit["said"].strip() + hit["end"].strip(",- \n")
        for text in messages
        for hit in _WHOLE.finditer(text)
        if len(hit["said"].split()) <= _LONGEST
    )
    begun = Counter(hit["said"] for text in messages for hit in _BEGUN.finditer(text))
    found = dict.fromkeys([*_ranked(whole), *_ranked(begun)])
    return tuple(found)[:_MOST]


def find_asking_back(messages: Sequence[str]) -> tuple[str, ...]:
    """Return the ways in which somebody turns a question round: `what about you?`."""
    found = Counter(hit["said"] for text in messages for hit in _BACK.finditer(text))
    return _ranked(found)[:_MOST]


def _ranked(found: Counter[str]) -> tuple[str, ...]:
    return tuple(phrase for phrase, _ in found.most_common())
