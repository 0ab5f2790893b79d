"""Sounds that don't ask for the word: a listener's "mm-hm", a cough, a laugh."""

import re

_ASIDE = frozenset(
    """mm mmm mhm hm hmm mm-hm mhmm uh-huh huh uh um ah oh ooh yeah yep yes yup ok okay right sure
    wow nice cool really exactly true aha haha ha hah i see got it of course absolutely
    indeed great""".split()
)
_STOP = frozenset("stop wait hold no but what why how who when where hang sorry excuse".split())
_NOISE = re.compile(r"[\[(*].*?[\])*]")


def is_aside(text: str) -> bool:
    """Return whether a listener's words leave the word to the one who speaks.

    >>> is_aside("Mm-hmm."), is_aside("Yeah, right."), is_aside("(coughs)"), is_aside("Yes but")
    (True, True, True, False)
    """
    words = re.findall(r"[a-z]+(?:[-'][a-z]+)*", _NOISE.sub(" ", text.lower()))
    if len(words) > 4 or _STOP & set(words):
        return False
    return all(_is_murmur(word) or word in _ASIDE for word in words)


def _is_murmur(word: str) -> bool:
    return re.fullmatch(r"[mh]+(?:-?[mh]+)*|[uh]+-?[uh]+", word) is not None


_ENOUGH = frozenset(
    "stop|wait|hold on|be quiet|quiet|shut up|enough|that's enough|ok stop".split("|")
)


def is_stop(text: str) -> bool:
    """Return whether somebody only wants silence.

    >>> is_stop("Stop!"), is_stop("Stop by tomorrow.")
    (True, False)
    """
    return " ".join(re.findall(r"[a-z']+", text.lower())) in _ENOUGH
