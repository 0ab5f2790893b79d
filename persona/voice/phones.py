"""Kokoro's letters and the one phone set.

The letters are misaki's alphabet for English (hexgrad/misaki, EN_PHONES.md); the phones are those
of the CMU Pronouncing Dictionary.
"""

from collections.abc import Sequence

from persona.voice.speech import VOWELS

PHONE_OF = {
    **{"A": "EY", "I": "AY", "O": "OW", "Q": "OW", "W": "AW", "Y": "OY", "i": "IY", "u": "UW"},
    **{"ɑ": "AA", "ɒ": "AA", "ɔ": "AO", "ə": "AH", "ᵊ": "AH", "ɐ": "AH", "ʌ": "AH", "ɜ": "ER"},
    **{"ɚ": "ER", "ɛ": "EH", "ɪ": "IH", "ᵻ": "IH", "ʊ": "UH", "æ": "AE", "a": "AE", "e": "EH"},
    **{"o": "OW", "b": "B", "d": "D", "f": "F", "h": "HH", "j": "Y", "k": "K", "l": "L"},
    **{"m": "M", "n": "N", "ŋ": "NG", "p": "P", "ɹ": "R", "r": "R", "s": "S", "t": "T", "v": "V"},
    **{"w": "W", "z": "Z", "ð": "DH", "θ": "TH", "ʃ": "SH", "ʒ": "ZH", "ʧ": "CH", "ʤ": "JH"},
    **{"ɡ": "G", "T": "D", "ɾ": "D", "ʔ": "T", "x": "K"},
}
"""The phone of each letter that is one; stress marks, length marks and spaces are none."""

ARPABET = {
    **{"AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ"},
    **{"EY": "A", "IH": "ɪ", "IY": "i", "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u", "B": "b"},
    **{"CH": "ʧ", "D": "d", "DH": "ð", "F": "f", "G": "ɡ", "HH": "h", "JH": "ʤ", "K": "k"},
    **{"L": "l", "M": "m", "N": "n", "NG": "ŋ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t"},
    **{"TH": "θ", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ"},
}
"""The letters of each phone."""

_STRESS = {"1": "ˈ", "2": "ˌ"}


def kokoro_letters(phones: Sequence[str]) -> str:
    """Return phones such as `SH IH0 V AO1 N` as letters; without stress, the last vowel has it."""
    vowels = [phone for phone in phones if phone.rstrip("012") in VOWELS]
    unmarked = not any(phone[-1] in _STRESS for phone in vowels)
    letters = ""
    for phone in phones:
        name, mark = phone.rstrip("012"), _STRESS.get(phone[-1], "")
        if unmarked and vowels and phone is vowels[-1]:
            mark = "ˈ"
        plain = "ə" if name == "AH" and not mark else ARPABET[name]
        letters += mark + plain
    return letters


def phones_of(letters: str) -> list[str]:
    """Return the phones of a word in Kokoro's letters."""
    found: list[str] = []
    for at, letter in enumerate(letters):
        if letter == "ɹ" and at and letters[at - 1] == "ɜ":
            continue  # the two together are one vowel
        if letter in PHONE_OF:
            found.append(PHONE_OF[letter])
    return found
