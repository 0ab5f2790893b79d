"""The owner's messages as the measurement takes them, with where each stands in its talk."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from memory.model import Utterance

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_LINK = re.compile(r"https?://\S+|www\.\S+", re.I)
_MEDIA = re.compile(
    r"^\W*(?:media omitted|(?:image|video|audio|sticker|gif|document|photo|voice message) omitted|"
    r"(?:photo|image|video|sticker|voice message|gif|audio|file)(?::.*)?|this message was deleted|"
    r"you deleted this message|null)\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMessage:
    """One message that the owner wrote, and its place among the others."""

    text: str
    opens_burst: bool = True
    """True unless the owner's message before it came with nobody in between."""
    opens_sitting: bool = False
    """True for the owner's first message of a sitting."""
    closes_sitting: bool = False
    """True for the owner's last message of a sitting."""


def own_messages(utterances: Iterable[Utterance]) -> list[OwnMessage]:
    """Return the owner's messages among utterances that stand in the order they were said."""
    talks = groupby(utterances, key=lambda one: (one.conversation_id, one.session))
    return [message for _, talk in talks for message in _of_sitting(list(talk))]


def _of_sitting(talk: Sequence[Utterance]) -> list[OwnMessage]:
    own = [at for at, one in enumerate(talk) if _is_writing(one)]
    return [
        OwnMessage(
            text=talk[at].text,
            opens_burst=at == 0 or not talk[at - 1].own,
            opens_sitting=at == own[0],
            closes_sitting=at == own[-1],
        )
        for at in own
    ]


def _is_writing(one: Utterance) -> bool:
    return one.own and not one.quoted and bool(one.text.strip()) and not is_media(one.text)


def is_media(text: str) -> bool:
    """Tell whether a text only stands for a picture, a recording or a deleted message."""
    return _MEDIA.match(text) is not None


def words_of(text: str) -> list[str]:
    """Return the words of a text as written; in scripts without blanks, each sign is one."""
    plain = _LINK.sub(" ", text).replace("’", "'")
    return _WORD.findall(_UNSPACED.sub(lambda sign: f" {sign[0]} ", plain))


def lower_words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.lower() for word in words_of(text)]


def is_unspaced(text: str) -> bool:
    """Tell whether most letters of a text belong to a script that has no blanks."""
    signs = len(_UNSPACED.findall(text))
    return signs * 2 > sum(letter.isalpha() for letter in text)
