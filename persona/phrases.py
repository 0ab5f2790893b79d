"""Fixed replies, in the person's own casing and punctuation, for what no model should word."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from memory.model import Fact
from persona.admission import admissions
from persona.chance import chance_of
from persona.decide import Outcome
from persona.fact_words import facts_in_words
from persona.intent import Intent
from persona.phrases_abroad import ABROAD, Phrases
from persona.style import Style
from persona.style.balance import Balance
from persona.style.languages import answer_language
from persona.style.pen import without_apostrophes

ENGLISH = Phrases(
    unknown=(
        "No idea, I don't think I ever talked about that",
        "I don't know that one",
        "Not sure, never really came up",
        "No clue, sorry",
        "Hm, beats me",
        "Couldn't tell you, sorry",
    ),
    unknown_to_owner=(
        "I don't know that yet. Tell me and I'll remember it",
        "That's not in anything I've read from you. What's the answer?",
        "I have nothing on that. Teach me?",
    ),
    private=(
        "That's private, I'd rather not say",
        "I keep that one to myself",
        "Sorry, that's not something I share here",
    ),
    refused=("No, I won't do that in my name", "Sorry, that's something I don't do"),
    small={
        Intent.GREETING: ("Hey! What's up?", "Hi there", "Hello!"),
        Intent.WELLBEING: ("I'm good, thanks! And you?", "All good here. You?"),
        Intent.THANKS: ("Any time", "No worries"),
        Intent.FAREWELL: ("Bye! Talk soon", "See you"),
        Intent.STATEMENT: (
            *("Oh, tell me more", "I see. Go on", "And then?", "Right", "Oh really?", "Oh nice"),
            *("Ah okay", "Makes sense", "Oh wow", "Got it", "Yeah", "Fair enough", "How so?"),
        ),
    },
    nature="I'm an AI twin of {owner}, made from what {owner} wrote and said. Not the person",
    noted="Got it, I'll remember: {lines}",
)


def reply_for(
    outcome: Outcome, heard: str, style: Style | None, balance: Balance, *, owner: bool
) -> str:
    """Return the reply to a question that is not answered."""
    said = _phrases(heard, style)
    if outcome is Outcome.UNKNOWN and not owner and said is ENGLISH and style and style.is_sure:
        return _best(admissions(heard, style), heard, balance)
    unknown = said.unknown_to_owner if owner else said.unknown
    choices = {Outcome.PRIVATE: said.private, Outcome.REFUSED: said.refused}.get(outcome, unknown)
    return _pick(choices, heard, style, balance)


def small_talk(intent: Intent, heard: str, style: Style | None, balance: Balance) -> str:
    """Return a word in passing that claims nothing."""
    said = _phrases(heard, style)
    greetings = style.greetings if style and intent is Intent.GREETING and said is ENGLISH else ()
    choices = tuple(greetings) or said.small.get(intent, ("Mm",))
    return _pick(choices, heard, style, balance)


def nature(owner: str, heard: str, style: Style | None) -> str:
    """Return what the twin says of itself when asked sincerely."""
    return _in_manner(_phrases(heard, style).nature.format(owner=owner), style)


def noted(lines: Sequence[str], heard: str, style: Style | None) -> str:
    """Return the answer to something taught."""
    return _in_manner(_phrases(heard, style).noted.format(lines="; ".join(lines)), style)


def facts(known: Sequence[Fact], heard: str, style: Style | None) -> str:
    """Return facts as the owner would say them; as they are kept in other languages."""
    if _phrases(heard, style) is not ENGLISH:
        return "; ".join(map(_as_kept, known))
    return _in_manner(facts_in_words(known), style)


def _as_kept(fact: Fact) -> str:
    ended = f" (– {fact.valid_to:%m/%Y})" if fact.valid_to else ""
    return f"{fact.attribute}: {fact.value}{ended}"


_MAY_BE_OVER = re.compile(
    r"\b(now|today|tonight|tomorrow|yesterday|currently|lately|recently|soon|just|still|yet|"
    r"(this|next|last) \w+|(i|we|she|he|they|it)(['’]?(m|s|re)| am| is| are)( not)?|"
    r"(i|we)( don['’]?t| only)? (live|work|study|have|own|drive|rent|share|play|train|teach|run)|"
    r"my|our|gonna)\b",
    re.IGNORECASE,
)
"""Words of a state that need not hold any more; likes, views and what is past stay true."""
_LATELY, _ALMOST_A_YEAR = timedelta(days=31), timedelta(days=330)


def said_then(said: str, said_at: datetime | None, heard: str, style: Style | None) -> str:
    """Return old words of the owner's, with when they were said if a life may have gone on."""
    if said_at is None:
        return said
    if _phrases(heard, style) is not ENGLISH:
        return f"{said} ({said_at:%m/%Y})"
    if not _MAY_BE_OVER.search(said):
        return said
    ago = datetime.now(UTC) - said_at
    month = f"{said_at:%B}" if ago < _ALMOST_A_YEAR else f"{said_at:%B %Y}"
    then = "The other day" if ago < _LATELY else f"Back in {month}"
    return f"{_in_manner(then, style).removesuffix('.')}: {said}"


def _phrases(heard: str, style: Style | None) -> Phrases:
    """Return the phrases in the language of a message, where the owner speaks it."""
    language = answer_language(heard, style.languages) if style else "en"
    return ABROAD.get(language, ENGLISH)


def _in_manner(text: str, style: Style | None) -> str:
    """Return a phrase in the casing and with the full stops that the person uses."""
    if style is None:
        return text
    if (style.casing.lower_start or 0) > 0.5:
        text = re.sub(r"(^|[.?!] )([A-Z])(?=\w)", lambda found: found[0].lower(), text)
    if (style.casing.small_i or 0) > 0.5:
        text = re.sub(r"\bI\b", "i", text)
    if style.is_sure and (style.wording.bare_contractions or 0) > 0.5:
        text = without_apostrophes(text)
    if style.punctuation.final_period > 0.5 and text[-1:].isalnum():
        text += "."
    return text


def _pick(choices: Sequence[str], heard: str, style: Style | None, balance: Balance) -> str:
    return _best([_in_manner(text, style) for text in choices], heard, balance)


def _best(choices: Sequence[str], heard: str, balance: Balance) -> str:
    """Return what keeps the talk nearest to the owner's habits; of equals, the message decides."""
    return min(choices, key=lambda text: (balance.strain(text), chance_of(f"{text} {heard}")))
