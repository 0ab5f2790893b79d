"""What kind of message was heard: a question about somebody's life, small talk, or a statement."""

import re
from enum import StrEnum
from itertools import dropwhile


class Intent(StrEnum):
    """What a message wants."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WELLBEING = "wellbeing"
    NATURE = "nature"
    """Whether it is a person or a machine that talks."""
    QUESTION = "question"
    STATEMENT = "statement"


_RULES = (
    (
        Intent.NATURE,
        r"\b(are|r) (you|u) (really )?(an? )?(ai|a\.i\.|bot|robot|machine|computer|chatbot|"
        r"language model|real|human|real person|the real)\b|\b(am i|is this) (talking|chatting|"
        r"speaking) (to|with) (an? )?(ai|bot|machine|real|human|computer)|\bis (this|it) really you"
        r"|\bare you (really|actually) \w+\??$",
    ),
    (
        Intent.WELLBEING,
        r"^\W*((hi|hey|hello|hiya|yo)\W+(\w+\W+)?)?(how('s| is| are)? (are )?(you|u|things|it "
        r"going|life)( doing)?( today| these days)?|what'?s up|wassup|sup|you ok(ay)?|u ok|"
        r"tudo bem|como est[aá]s|come stai|ça va|wie geht'?s( dir)?)\W*$",
    ),
    (
        Intent.GREETING,
        r"^\W*(hi|hey+|hello|hiya|yo|heya|good (morning|evening|afternoon)|morning|ol[aá]|hola|"
        r"ciao|salut|bonjour|hallo|oi)(\W+(there|again|you|\w+))?\W*$",
    ),
    (
        Intent.THANKS,
        r"^\W*(thanks|thank you|thx|ty|cheers|obrigad[oa]|gracias|grazie|merci|danke)\b.{0,40}$",
    ),
    (
        Intent.FAREWELL,
        r"^\W*(bye+|goodbye|good night|night|see (you|ya)( (later|soon))?|talk (later|soon)|"
        r"cya|ttyl|tchau|adi[oó]s|ciao ciao|à bientôt|tschüss)\b.{0,25}$",
    ),
    (
        Intent.QUESTION,
        r"\?\s*\W*$|^[^\w\"“]*(and |so |but |ok(ay)? |hey |well )*(what|when|where|who|whom|whose|"
        r"why|how|which|did|do|does|are|is|was|were|have|has|had|can|could|would|will|should|"
        r"tell me|describe|explain|talk about|remind me|name|list|qu[eé]|cu[aá]ndo|d[oó]nde|"
        r"qui[eé]n|c[oó]mo|onde|quando|quem|como|où|quand|qui|comment|wo|wann|wer|wie|warum|"
        r"dove|chi|perch[eé])\b",
    ),
)
_DURING = r"(going|been|doing|feeling|so far|today|tonight|lately|these days|this \w+|all|with you)"
_HOW_YOU_ARE = re.compile(
    r"^(and |so |well )?(how(['’]?s|['’]?re| is| are| have| has)? (you|u|ya|things|it|life|"
    rf"everything|your (day|evening|morning|afternoon|night|week|weekend))( been)?( {_DURING})*|"
    r"what(['’]?s| is)? (up|new|good)( with you)?|what have you been (up to|doing)|"
    rf"(are )?you (doing )?(ok|okay|alright|well))( {_DURING})*$",
    re.IGNORECASE,
)
"""A question that any "fine, and you?" answers; no name and no greeting before it."""
_ASIDE = re.compile(r"^\W*(hi|hey+|hello|hiya|yo)( there)?\b|,\s*\w+\W*$", re.IGNORECASE)
_COMPILED = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _RULES)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ASKS_YOU = re.compile(r"\b(you|your|yours|yourself|u|ur)\b.*\?\W*$", re.IGNORECASE)
_GREETS = dict(_COMPILED)[Intent.GREETING]
_FOLLOWING = re.compile(
    r"^\W*(and|but|what about|how about|why|why not|when|where|who|really|since when|how come)\b"
    r".{0,24}$|\b(that|it|there|then|she|he|her|him|them|they|this|those)\b",
    re.IGNORECASE,
)


def intent_of(text: str) -> Intent:
    """Return what a message wants; what fits no rule is a statement."""
    for intent, pattern in _COMPILED:
        if pattern.search(text):
            return Intent.WELLBEING if _asks_only_how_you_are(text) else intent
    asks = any(_ASKS_YOU.search(one) for one in _SENTENCE.split(text))
    return Intent.QUESTION if asks else Intent.STATEMENT


def _asks_only_how_you_are(text: str) -> bool:
    """Say whether every question in a message is one of courtesy, whatever else it tells."""
    asked = re.findall(r"[^.!?\n]+(?=\?)", text)
    real = [question for question in asked if not _GREETS.search(question)]
    return bool(real) and all(_is_of_courtesy(question) for question in real)


def _is_of_courtesy(question: str) -> bool:
    """Say whether a question is one of courtesy.

    >>> _is_of_courtesy("Hey there, how's your evening going, Ana"), _is_of_courtesy("how's Ana")
    (True, False)
    """
    bare = _ASIDE.sub("", _ASIDE.sub("", question)).strip(" ,-")
    return _HOW_YOU_ARE.search(bare) is not None


def with_context(question: str, before: str | None) -> str:
    """Return the question with the one before it, when it leans on it ("and where was that?")."""
    short = len(question.split()) <= 9
    if before and short and _FOLLOWING.search(question):
        return f"{before} {question}"
    return question


_LEANS = re.compile(
    r"^\W*(and|why|why not|how so|how come|really|right|you|u|((and|so|but) )?(what|how) about "
    r"(you|u|yours?))\b|\b(that|it|its|there|then|he|she|her|his|him|they|them|their|this|those|"
    r"these|ones?)\b",
    re.IGNORECASE,
)


def asked_in(text: str) -> str:
    """Return the questions of a message without what is told beside them, if they need none of it.

    A question may lean on the one before it.

    >>> asked_in("I loved that film! We saw it twice. Do you play the cello?")
    'Do you play the cello?'
    >>> asked_in("I loved that film! Did you see it?")
    'I loved that film! Did you see it?'
    """
    asked = (one for one in _SENTENCE.split(text.strip()) if one.endswith("?"))
    return " ".join(dropwhile(_LEANS.search, asked)) or text


_PAST = re.compile(
    r"\b(before|used to|previous(ly)?|former(ly)?|back then|at first|originally|in the past|"
    r"earlier|once|last job|old (job|flat|house|place)|ex)\b",
    re.IGNORECASE,
)


def asks_of_past(question: str) -> bool:
    """Say whether a question asks for what held before, not what holds now."""
    return _PAST.search(question) is not None


_ANOTHER = re.compile(
    r"\bdoes\b|\b(did|do|has|have|had|was|were|is|are)\s+(your|his|her|their|the)\s+"
    r"(?!name|job|favou?rite|birthday|hometown|age|car)\w+\s+(live|work|do|study|from|drive|come|"
    r"grow|like|born|living|working|based|old)\b",
    re.IGNORECASE,
)


def asks_of_another(question: str) -> bool:
    """Say whether a question asks for something of another person than the one it is put to.

    >>> asks_of_another("where does your gran live?"), asks_of_another("where do you live?")
    (True, False)
    """
    return _ANOTHER.search(question) is not None
