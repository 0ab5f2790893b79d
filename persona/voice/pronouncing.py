"""From written words to the sounds of American English, in the alphabet of Kokoro.

The words go through the grapheme-to-phoneme part of hibari, a port of misaki: a dictionary that
minds parts of speech, and a small network for the words outside it. What the owner says otherwise
stands in a list of theirs.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from persona.voice.phones import ARPABET, kokoro_letters

_lock = Lock()  # the dictionary is looked up by one thread at a time
_EXACT = re.compile(r"/([A-Z0-9 ]+)/")


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word or a mark between words, with the letters that Kokoro says it by."""

    text: str
    letters: str
    """Phonemes and stress marks; for a mark, the mark itself."""
    spaced: bool
    """Whether a space follows."""

    @property
    def is_mark(self) -> bool:
        """True for punctuation."""
        return not any(character.isalnum() for character in self.text)


class Pronouncer:
    """Tells how words sound, some of them as the owner says them."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Take the owner's list: a word to how it sounds, spelt anew or as `/AA B IY/`."""
        self._own = {word.casefold(): said.strip() for word, said in (own or {}).items()}

    def words(self, text: str) -> list[SpokenWord]:
        """Return the words of a text that has been made sayable, with how they sound."""
        engine = _engine()
        with _lock:
            tokens = engine.tokenize(text)
            for token in tokens:
                said = self._own.get(token.text.casefold())
                if said is not None:
                    token.phonemes, token.rating = _own_letters(engine, said), 5
            found = engine.phonemize_tokens(tokens)
        return [
            SpokenWord(token.text, token.phonemes or "", bool(token.whitespace)) for token in found
        ]


def letters_of(words: Sequence[SpokenWord]) -> str:
    """Return words as one line of Kokoro's letters."""
    return "".join(word.letters + (" " if word.spaced else "") for word in words).strip()


def is_pronunciation(said: str) -> bool:
    """Return whether how a word is said is written in a way that can be used."""
    exact = _EXACT.fullmatch(said.strip())
    if exact is None:
        return any(character.isalpha() for character in said)
    return all(phone.rstrip("012") in ARPABET for phone in exact[1].split())


def _own_letters(engine: Any, said: str) -> str:
    exact = _EXACT.fullmatch(said)
    if exact:
        return kokoro_letters(exact[1].split())
    spelt = engine.phonemize_tokens(engine.tokenize(said.replace("-", " ").lower()))
    return "".join(token.phonemes or "" for token in spelt)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from hibari.g2p import G2P  # pyright: ignore[reportMissingTypeStubs]  # it has no types

    return G2P()
