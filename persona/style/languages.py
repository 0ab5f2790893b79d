"""A small vote of stop words: which language a message is in, when its words tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from persona.style.message import lower_words

_STOP_WORDS = {
    "en": "the and you is it to of that in for have are with this was what but not your just my "
    "me do so i i'm it's don't we be on if like can they yes yeah how no",
    "es": "el la los las que de y en un una es no por con para lo como pero me te se mi tu muy "
    "más está estoy qué sí hola del al yo esto cuando hay bien también nos",
    "pt": "o a os as que de e em um uma é não por com para como mas me te se meu minha muito mais "
    "está estou você vc sim olá do da no na eu isso quando tem bem também nós ao pra tá",
    "fr": "le la les que de et en un une est pas pour avec mais me te se mon ma très plus je tu "
    "il elle nous vous ça c'est oui des du au qui on suis bien aussi quand j'ai ne dans",
    "de": "der die das und ist nicht ich du es ein eine zu mit auf für aber mir dir mein sehr mehr "
    "ja wir ihr sie den dem auch noch was wie wenn bin hast habe von so im schon nur wo bist denn",
    "it": "il la i gli le che di e in un una è non per con ma mi ti si mio mia molto più sono io "
    "tu sì ciao del al anche quando come questo c'è bene noi lo ho hai della nel",
    "nl": "de het een en is niet ik je dat in van op te voor met maar mij mijn heel meer ja we "
    "jij ze ook nog wat hoe als ben heb hebt zijn er wel naar dan geen dit",
    "cy": "y yr a ac i o yn mae ydy dw ti fi ni chi ond am ar gan wedi bod sut dim eisiau iawn "
    "hefyd dych rwy rydw fy dy nhw oes beth pan dwi mor",
}
_LANGUAGES_OF = {
    word: tuple(code for code, row in _STOP_WORDS.items() if word in row.split())
    for row in _STOP_WORDS.values()
    for word in row.split()
}
_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}
_MARKS = {"es": "ñ¿¡", "pt": "ãõ", "de": "ß", "cy": "ŵŷ"}


def language_of(text: str) -> str | None:
    """Return the language of a message as a two-letter code, or None when it doesn't show.

    >>> language_of("wo bist du denn?")
    'de'
    """
    for code, script in _SCRIPTS.items():
        if script.search(text):
            return code
    votes = _votes(text)
    first, second, *_ = [*sorted(votes.values(), reverse=True), 0.0, 0.0]
    return max(votes, key=lambda code: votes[code]) if first > second and first >= 0.5 else None


def _votes(text: str) -> dict[str, float]:
    """Return the votes for each language; a word that several share counts a part for each."""
    votes: defaultdict[str, float] = defaultdict(float)
    for word in lower_words(text):
        codes = _LANGUAGES_OF.get(word, ())
        for code in codes:
            votes[code] += 1 / len(codes)
    for code, letters in _MARKS.items():
        votes[code] += sum(letter in letters for letter in text.lower())
    return votes


def language_shares(texts: Iterable[str]) -> dict[str, float]:
    """Return the share of each language among the texts whose language shows, largest first."""
    found = Counter(code for code in map(language_of, texts) if code)
    return {code: round(count / found.total(), 3) for code, count in found.most_common()}
