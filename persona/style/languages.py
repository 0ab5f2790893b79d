"""Which language a message is in, when it shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from py3langid import langid

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "ms": "Malay",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages that are told apart."""
_SURE = 0.6
"""How sure the identifier must be. Of 56 short chat lines in seven languages it then names 40 and
none of them wrongly; at 0.5 it names 45, two wrongly."""

_SPOKEN = 0.05
"""Share of the owner's messages from which a language is one they speak, and no slip."""


def language_of(text: str) -> str | None:
    """Return the language of a message as a two-letter code, or None when it doesn't show.

    >>> language_of("wo bist du denn?")
    'de'
    """
    code, sure = _identifier().classify(text)
    return str(code) if sure >= _SURE else None


def answer_language(heard: str, shares: Mapping[str, float]) -> str:
    """Return the language to answer in: that of the message where the owner speaks it.

    Args:
        heard: the message.
        shares: the owner's languages as `language_shares` has them, the most used first.
    """
    spoken = [code for code, share in shares.items() if share >= _SPOKEN]
    if len(spoken) < 2:
        return spoken[0] if spoken else "en"
    code = language_of(heard)
    return code if code in spoken else spoken[0]


@cache
def _identifier() -> Any:
    untyped: Any = langid
    identifier = untyped.LanguageIdentifier.from_model_file(untyped.MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGE_NAMES)
    return identifier


def language_shares(texts: Iterable[str]) -> dict[str, float]:
    """Return the share of each language among the texts whose language shows, largest first."""
    found = Counter(code for code in map(language_of, texts) if code)
    return {code: round(count / found.total(), 3) for code, count in found.most_common()}
