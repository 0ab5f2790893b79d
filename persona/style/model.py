"""How a person writes, as numbers and short lists: stored as JSON and shown in the app.

Shares run from 0 to 1 and count messages unless said otherwise; None means nothing to count.
"""

from pydantic import BaseModel, ConfigDict

ENOUGH = 25
"""Messages below which the figures are more chance than manner."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Length(_Part):
    """How long messages are."""

    words_median: float = 0.0
    words_p90: float = 0.0
    characters_median: float = 0.0
    per_burst: float = 0.0
    """Messages sent in a row before somebody else writes, on average."""
    unspaced: bool = False
    """True when the script has no blanks, so that signs are counted instead of words."""


class Casing(_Part):
    """The use of capitals."""

    lower_start: float | None = None
    """Share of messages that start with a small letter, of those that start with a letter."""
    small_i: float | None = None
    """Share of `i` among all uses of the English `I`."""
    shouted: float = 0.0
    """Share of messages with a word of three or more letters in capitals."""


class Punctuation(_Part):
    """The use of points and marks, as shares of messages."""

    final_period: float = 0.0
    ellipsis: float = 0.0
    exclamation: float = 0.0
    question: float = 0.0
    doubled: float = 0.0
    """Marks in a row, such as `!!` or `?!`."""
    comma: float = 0.0
    dash: float = 0.0
    """Em or en dashes."""


class Emoji(_Part):
    """The use of emoji and emoticons."""

    share: float = 0.0
    favourites: tuple[str, ...] = ()
    """Most used first."""
    at_end: float | None = None
    """Share of emoji that end a message."""
    alone: float | None = None
    """Share of messages with emoji that hold nothing else."""
    emoticons: tuple[str, ...] = ()
    """Such as `:)`, most used first."""


class Wording(_Part):
    """Words that mark the person."""

    fillers: tuple[str, ...] = ()
    """Little words used more than others use them: `honestly`, `like`, `yeah`."""
    favourites: tuple[str, ...] = ()
    """Other words used more than others use them, in many different talks."""
    laughter: tuple[str, ...] = ()
    laughing: float = 0.0
    """Share of messages with laughter."""
    abbreviations: tuple[str, ...] = ()
    contractions: float | None = None
    """Share of short forms among the places where English could shorten: `I'm` over `I am`."""
    bare_contractions: float | None = None
    """Share of short forms written without the mark: `dont`, `im`."""
    swears: bool = False
    not_knowing: tuple[str, ...] = ()
    """Ways of saying that one doesn't know, most used first."""
    asking_back: tuple[str, ...] = ()
    """Ways of turning a question round, most used first."""


class Addressing(_Part):
    """Opening a message with the name of whom it answers."""

    share: float = 0.0
    mark: str = ":"
    """What follows the name."""


class Style(_Part):
    """How a person writes."""

    messages: int = 0
    length: Length = Length()
    casing: Casing = Casing()
    punctuation: Punctuation = Punctuation()
    emoji: Emoji = Emoji()
    wording: Wording = Wording()
    addressing: Addressing = Addressing()
    greetings: tuple[str, ...] = ()
    """Ways the person opens a talk, most used first."""
    sign_offs: tuple[str, ...] = ()
    """Ways the person ends a talk, most used first."""
    languages: dict[str, float] = {}
    """Share of the messages in each language, of those whose language shows."""
    habits: dict[str, tuple[float, float]] = {}
    """Mean and spread of what shows in a message, by the names of `persona.style.habits`."""

    @property
    def is_sure(self) -> bool:
        """Tell whether there are enough messages for the figures to mean something."""
        return self.messages >= ENOUGH
