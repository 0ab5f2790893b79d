"""A style in words: for the head of a prompt, and for people."""

from collections.abc import Iterable, Iterator

from persona.style.languages import LANGUAGE_NAMES
from persona.style.model import ENOUGH, Style

MOST_WORDS = 90
MOST_SENTENCES = 10


def describe(style: Style) -> str:
    """Return up to ten plain sentences that tell a language model how to write."""
    if not style.messages:
        return "Nothing is known of how you write. Write briefly and plainly."
    kept: list[str] = []
    for sentence in _orders(style):
        if len(" ".join([*kept, sentence]).split()) <= MOST_WORDS and len(kept) < MOST_SENTENCES:
            kept.append(sentence)
    return " ".join(kept)


def _orders(style: Style) -> Iterator[str]:
    """Yield the sentences of a description, the most telling first."""
    if not style.is_sure:
        yield "Little is known of how you write, so take this loosely."
    yield _length_order(style)
    yield from _language_orders(style)
    yield from _casing_orders(style)
    yield from _period_orders(style)
    yield _emoji_order(style)
    yield from _word_orders(style)
    yield from _mark_orders(style)
    if style.wording.swears:
        yield "You may swear."
    if style.greetings:
        yield f"Greet with: {_listed(style.greetings[:2])}."


def _length_order(style: Style) -> str:
    length = style.length
    unit = "characters" if length.unspaced else "words"
    median = max(1, round(length.words_median))
    kind = next(name for most, name in _LENGTHS if median <= most)
    order = f"Write {kind} messages, about {median} {unit}, rarely over {round(length.words_p90)}."
    return f"{order} Often send several in a row." if length.per_burst >= 1.6 else order


_LENGTHS = ((4, "very short"), (10, "short"), (22, "medium-length"), (10_000, "long"))


def _language_orders(style: Style) -> Iterator[str]:
    used = [LANGUAGE_NAMES[code] for code, share in style.languages.items() if share >= 0.15]
    if len(used) > 1:
        yield f"Write in the language you are asked in: {_listed(used)}."
    elif used and used != ["English"]:
        yield f"Write in {used[0]}."


def _casing_orders(style: Style) -> Iterator[str]:
    small = style.casing.lower_start
    if small is not None and small >= 0.35:
        yield "Start in lower case." if small >= 0.7 else "Often start in lower case."
    elif small is not None and small <= 0.15:
        yield "Start with a capital."
    if "en" in style.languages and (style.casing.small_i or 0) >= 0.6:
        yield "Write i, not I."


def _period_orders(style: Style) -> Iterator[str]:
    ended = style.punctuation.final_period
    if ended <= 0.15:
        yield "No full stop at the end."
    elif ended >= 0.6:
        yield "End with a full stop."
    else:
        yield "Often leave out the last full stop."


def _emoji_order(style: Style) -> str:
    emoji = style.emoji
    if emoji.share < 0.005:
        smileys = f", but {_listed(emoji.emoticons)}" if emoji.emoticons else ""
        return f"Use no emoji{smileys}."
    signs = " ".join(emoji.favourites[:4])
    if emoji.share < 0.05:
        return f"Use emoji rarely ({signs})."
    return f"Use emoji in {_one_in(emoji.share)}: {signs}."


def _word_orders(style: Style) -> Iterator[str]:
    wording = style.wording
    if wording.laughing >= 0.01 and wording.laughter:
        yield f"Laugh as {wording.laughter[0]}."
    if wording.fillers:
        yield f"Favour words like {_listed(wording.fillers[:5])}."
    if wording.abbreviations:
        yield f"Abbreviate: {_listed(wording.abbreviations[:4])}."
    if (wording.bare_contractions or 0) >= 0.25:
        often = (wording.bare_contractions or 0) >= 0.6
        yield "Leave out apostrophes." if often else "Often leave out apostrophes."
    elif wording.contractions is not None and wording.contractions <= 0.3:
        yield "Write I am, not I'm."


def _mark_orders(style: Style) -> Iterator[str]:
    marks = style.punctuation
    if marks.exclamation >= 0.3:
        yield "Use exclamation marks often."
    elif marks.exclamation <= 0.04:
        yield "Hardly ever use exclamation marks."
    if marks.ellipsis >= 0.1:
        yield "Trail off with ... at times."
    if marks.doubled >= 0.08:
        yield "Double marks: !! or ??."
    if marks.dash < 0.02:
        yield "Never use dashes or lists."


def summary(style: Style) -> list[str]:
    """Return lines about a style for people to read."""
    if not style.messages:
        return ["There are no messages to measure yet."]
    lines = [_size_line(style), *_language_lines(style), *_casing_lines(style), _mark_line(style)]
    lines += [_emoji_line(style), *_wording_lines(style), *_ritual_lines(style)]
    if not style.is_sure:
        lines.insert(0, f"Fewer than {ENOUGH} messages: take all of this as a first guess.")
    return lines


def _size_line(style: Style) -> str:
    length = style.length
    unit = "characters" if length.unspaced else "words"
    return (
        f"{style.messages} messages; half have at most {length.words_median:g} {unit}, "
        f"nine in ten at most {length.words_p90:g}; {length.per_burst:g} in a row."
    )


def _language_lines(style: Style) -> Iterator[str]:
    shown = [
        f"{LANGUAGE_NAMES[code]} {_percent(share)}"
        for code, share in style.languages.items()
        if share >= 0.02
    ]
    if shown:
        yield f"Languages: {', '.join(shown)}."


def _casing_lines(style: Style) -> Iterator[str]:
    if style.casing.lower_start is not None:
        yield f"{_percent(style.casing.lower_start)} start in lower case."


def _mark_line(style: Style) -> str:
    marks = style.punctuation
    return (
        f"{_percent(marks.final_period)} end with a full stop; {_percent(marks.exclamation)} have "
        f"an exclamation mark, {_percent(marks.question)} a question mark, "
        f"{_percent(marks.ellipsis)} an ellipsis."
    )


def _emoji_line(style: Style) -> str:
    if not style.emoji.favourites:
        return "No emoji."
    signs = " ".join(style.emoji.favourites)
    if style.emoji.share < 0.01:
        return f"Hardly any emoji: {signs}"
    return f"{_percent(style.emoji.share)} have emoji: {signs}"


def _wording_lines(style: Style) -> Iterator[str]:
    wording = style.wording
    rows = (
        ("Little words", wording.fillers),
        ("Favourite words", wording.favourites),
        ("Laughter", wording.laughter),
        ("Abbreviations", wording.abbreviations),
    )
    yield from (f"{label}: {_listed(words)}." for label, words in rows if words)
    if wording.swears:
        yield "Swears at times."


def _ritual_lines(style: Style) -> Iterator[str]:
    if style.greetings:
        yield f"Opens with: {_listed(style.greetings)}."
    if style.sign_offs:
        yield f"Closes with: {_listed(style.sign_offs)}."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _one_in(share: float) -> str:
    if share >= 0.6:
        return "most messages"
    return f"one message in {round(1 / share)}"
