"""Wishes about manner: `shorter`, `stop using emoji`, `in Spanish please`."""

import re
from dataclasses import dataclass
from enum import StrEnum


class WishKind(StrEnum):
    """What a wish is about; a newer wish of the same kind takes the place of the older one."""

    LENGTH = "length"
    HUMOUR = "humour"
    FORMALITY = "formality"
    EMOJI = "emoji"
    ADDRESS = "address"
    LANGUAGE = "language"
    CASE = "case"
    PUNCTUATION = "punctuation"
    WORDS = "words"
    QUESTIONS = "questions"
    SWEARING = "swearing"
    WARMTH = "warmth"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleWish:
    """How the twin should talk from now on, with the sentence that goes into its prompt."""

    kind: WishKind
    sentence: str


def read_wish(clause: str) -> StyleWish | None:
    """Return the wish that a clause states, or None.

    >>> read_wish("please be shorter").sentence
    'Write shorter messages than before.'
    """
    plain = " ".join(clause.replace("’", "'").split()).strip(" .!?,;:")
    asked = _TAIL.sub("", _LEAD.sub("", plain))
    for pattern, kind, sentence in _WISHES:
        match = pattern.fullmatch(asked)
        if match:
            return StyleWish(kind=kind, sentence=_filled(sentence, match))
    return None


def _filled(sentence: str, match: re.Match[str]) -> str:
    """Return the sentence with what was named, and languages by their English names."""
    named = match.groupdict().get("v") or ""
    bare = named.strip("\"'“”‘ ")
    return sentence.format(v=_LANGUAGES.get(bare.lower(), bare))


_LEAD = re.compile(
    r"^(?:(?:ok|okay|hey|so|and|but|also|no(?=,)|please|pls|por favor|bitte|s'il te plaît|"
    r"per favore|just|maybe|now|actually|from now on|next time|in future|try to|try and|can you|"
    r"could you|would you|will you|you can|you could|you should|you need to|you have to|"
    r"you must|i want you to|i'd like you to|i'd prefer (?:it )?if you|let's|always)\b[,:]? *)+",
    re.I,
)
_TAIL = re.compile(
    r"(?:,? (?:please|pls|thanks|thank you|from now on|next time|in future|with me|to me|por favor|"
    r"bitte|s'il te plaît|per favore|ok|okay|anymore|any more|again|then|now|all the time|so much|"
    r"so often|when you (?:answer|reply|write|talk)|in your (?:replies|answers|messages)))+$",
    re.I,
)
_LANGUAGES = {
    "español": "Spanish",
    "castellano": "Spanish",
    "inglés": "English",
    "inglês": "English",
    "anglais": "English",
    "englisch": "English",
    "inglese": "English",
    "português": "Portuguese",
    "français": "French",
    "deutsch": "German",
    "italiano": "Italian",
    "nederlands": "Dutch",
    "cymraeg": "Welsh",
}
_LANGUAGE = "|".join(
    (*_LANGUAGES, "english|spanish|portuguese|french|german|italian|dutch|welsh|japanese|korean")
)
_BE = r"(?:be|sound|write|talk|speak|answer|reply|text|act|make (?:it|them)|keep (?:it|them))"
_MORE = r"(?:a (?:bit|little|lot) |much |way |even |somewhat )?"
_STOP = r"(?:stop|no more|quit|don't|do not|dont|never|less|fewer|avoid|without|skip|drop)"
_USING = r"(?: using| use| with| the| adding| putting| so many| any| all these| all those)*"
_YOUR = r"(?:that's|that is|that was|you're|you are|your (?:answers|replies|messages) are|it's)"


def _wish(pattern: str, kind: WishKind, sentence: str) -> tuple[re.Pattern[str], WishKind, str]:
    return re.compile(pattern, re.I), kind, sentence


_KIND = WishKind
_WISHES = (
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:shorter|briefer|more concise|more brief|brief|concise|short)"
        r"(?: (?:answers|replies|messages))?",
        _KIND.LENGTH,
        "Write shorter messages than before.",
    ),
    _wish(
        rf"{_YOUR} {_MORE}too (?:long|wordy|verbose)",
        _KIND.LENGTH,
        "Write shorter messages than before.",
    ),
    _wish(
        rf"(?:(?:{_BE}|give me) )?{_MORE}(?:longer|more detail(?:ed|s)?|elaborate)"
        r"(?: (?:answers|replies|messages))?",
        _KIND.LENGTH,
        "Write longer messages with more detail.",
    ),
    _wish(rf"{_YOUR} {_MORE}too short", _KIND.LENGTH, "Write longer messages with more detail."),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:funnier|more funny|more playful|funny|wittier)|"
        r"(?:use )?more (?:humou?r|jokes)|(?:crack|make) (?:more|some) jokes",
        _KIND.HUMOUR,
        "Be funny and playful.",
    ),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:more serious|serious|less funny)|{_STOP} (?:joking|jokes|kidding|"
        r"make jokes|making jokes)",
        _KIND.HUMOUR,
        "Be serious; make no jokes.",
    ),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:more formal|formal|more polite|less casual)(?:ly)?",
        _KIND.FORMALITY,
        "Write in a formal, polite tone.",
    ),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:less formal|more casual|casual|informal|more relaxed|more natural)"
        rf"(?:ly)?|{_YOUR} {_MORE}too (?:formal|stiff|polite)",
        _KIND.FORMALITY,
        "Write casually, as to a friend.",
    ),
    _wish(
        rf"{_STOP}{_USING} (?:emojis?|smileys?|emoticons?)|no emojis?",
        _KIND.EMOJI,
        "Use no emoji.",
    ),
    _wish(r"(?:use |add |put )?(?:more|some) emojis?|use emojis?", _KIND.EMOJI, "Use emoji often."),
    _wish(
        r"(?:don't|do not|dont|never|stop) call(?:ing)? me (?P<v>[\w' ]{1,30})",
        _KIND.ADDRESS,
        'Never call the owner "{v}".',
    ),
    _wish(
        r"call me (?P<v>(?!(?:back|later|tomorrow|tonight|when|on|at|in|if|a|an)\b)[\w' ]{1,30})",
        _KIND.ADDRESS,
        'Call the owner "{v}".',
    ),
    _wish(
        rf"(?:(?:{_BE}|switch|respond|go on|continue) )?(?:in|to|en|em|auf) (?P<v>{_LANGUAGE})",
        _KIND.LANGUAGE,
        "Write in {v}.",
    ),
    _wish(
        rf"(?:speak|use|habla|fala|parle|sprich|parla) (?P<v>{_LANGUAGE})",
        _KIND.LANGUAGE,
        "Write in {v}.",
    ),
    _wish(
        rf"(?:(?:{_BE}|use) )?(?:in |only |all )*(?:lower ?case|small letters)(?: only| letters)*|"
        rf"{_STOP}{_USING} (?:capitals?|capital letters|upper ?case|caps)|no (?:capitals|caps)",
        _KIND.CASE,
        "Write everything in lower case.",
    ),
    _wish(
        rf"{_STOP}{_USING} (?:full stops?|periods?)(?: at the end.*)?|no (?:full stops|periods)|"
        r"(?:don't|never|stop) end(?:ing)? .{0,20}with (?:a )?(?:full stop|period)s?",
        _KIND.PUNCTUATION,
        "Put no full stop at the end of a message.",
    ),
    _wish(
        rf"{_STOP}{_USING} (?:exclamation (?:marks?|points?))",
        _KIND.PUNCTUATION,
        "Use no exclamation marks.",
    ),
    _wish(rf"{_STOP}{_USING} (?:em )?dash(?:es)?", _KIND.PUNCTUATION, "Use no dashes."),
    _wish(
        r"(?:don't|do not|dont|never|stop)(?: ever)? (?:say(?:ing)?|us(?:e|ing) the words?|"
        r"writ(?:e|ing)) (?P<v>(?!never$)[\w' \"“”]{2,30})",
        _KIND.WORDS,
        'Never say "{v}".',
    ),
    _wish(
        r"(?:don't|do not|dont|never|stop) ask(?:ing)?(?: me)?(?: (?:so many|all these|any|me))? "
        r"questions(?: back)?",
        _KIND.QUESTIONS,
        "Don't end with a question.",
    ),
    _wish(
        r"(?:don't|do not|dont|never|stop) (?:swear(?:ing)?|curs(?:e|ing))|no swearing",
        _KIND.SWEARING,
        "Never swear.",
    ),
    _wish(r"(?:feel free to )?swear(?: more| if you like)?", _KIND.SWEARING, "Swearing is fine."),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:nicer|kinder|warmer|more friendly|friendlier|more gentle|gentler)",
        _KIND.WARMTH,
        "Be warm and kind.",
    ),
    _wish(
        rf"(?:{_BE} )?{_MORE}(?:more direct|blunter|more blunt|more honest|direct|less nice)",
        _KIND.WARMTH,
        "Be blunt and direct.",
    ),
)
