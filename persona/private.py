"""Finding private data in a text, by shape, context and check sum.

What is found is marked, never judged: who may see it is decided elsewhere.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from persona import private_rules as rules
from persona.private_presidio import kinds_by_presidio


class PrivateKind(StrEnum):
    """What sort of private data a stretch of text is."""

    EMAIL = "e-mail"
    IBAN = "iban"
    CARD = "card"
    NATIONAL_ID = "national id"
    PASSWORD = "password"
    CODE = "code"
    PHONE = "phone"
    ADDRESS = "address"
    HEALTH = "health"
    MONEY = "money"
    SECRET = "secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateSpan:
    """A stretch of text that is private."""

    kind: PrivateKind
    start: int
    end: int


def find_private(text: str) -> list[PrivateSpan]:
    """Return the private stretches of a text in order; none overlaps another.

    >>> [span.kind.value for span in find_private("mail me at mia@example.org")]
    ['e-mail']
    """
    plain = text.replace("’", "'")
    kept: list[PrivateSpan] = []
    for kind, find in _FINDERS.items():
        for start, end in find(plain):
            if all(end <= span.start or start >= span.end for span in kept):
                kept.append(PrivateSpan(kind=kind, start=start, end=end))
    return sorted(kept, key=lambda span: span.start)


def kinds_of(text: str) -> set[str]:
    """Return the kinds of private data in a text, each as one word.

    >>> kinds_of("mail me at mia@example.org")
    {'e-mail'}
    """
    return {span.kind.value.replace(" ", "-") for span in find_private(text)}


def screened(text: str) -> set[str]:
    """Return the kinds of private data that the rules and Presidio find in a text."""
    return kinds_of(text) | kinds_by_presidio(text)


def is_private_text(text: str) -> bool:
    """Tell whether a text holds anything private."""
    return bool(find_private(text))


def masked(text: str) -> str:
    """Return the text with each private stretch replaced by its kind in brackets."""
    for span in reversed(find_private(text)):
        text = f"{text[: span.start]}[{span.kind.value}]{text[span.end :]}"
    return text


Places = Iterator[tuple[int, int]]


def _emails(text: str) -> Places:
    yield from (match.span() for match in rules.EMAIL.finditer(text))


def _ibans(text: str) -> Places:
    for match in rules.IBAN.finditer(text):
        compact = match[0].replace(" ", "")
        if 15 <= len(compact) <= 34 and rules.iban_holds(compact):
            yield match.span()


def _cards(text: str) -> Places:
    for match in rules.CARD.finditer(text):
        digits = _digits(match[0])
        if digits[0] in "23456" and len(set(digits)) > 1 and rules.luhn_holds(digits):
            yield match.span()


def _national_ids(text: str) -> Places:
    yield from (match.span("v") for match in rules.ID_BY_CONTEXT.finditer(text))
    for shape in (rules.SSN, rules.CODICE_FISCALE, rules.NINO):
        yield from (match.span() for match in shape.finditer(text))
    yield from (match.span() for match in rules.CPF.finditer(text) if rules.cpf_holds(match[0]))
    for match in rules.DNI.finditer(text):
        if len(match["digits"]) == 8 and rules.dni_holds(match["digits"], match["letter"]):
            yield match.span()


def _passwords(text: str) -> Places:
    for shape in rules.PASSWORDS:
        for match in shape.finditer(text):
            if _is_password(match["v"], text[match.end("v") :]):
                yield match.span("v")


def _is_password(value: str, rest: str) -> bool:
    """Tell whether a value is meant as a password; a plain word must end its clause."""
    plain = value.rstrip(".,!?").lower()
    if plain in rules.NOT_A_PASSWORD:
        return False
    return not plain.isalpha() or value != value.rstrip(".,!?") or not rest.strip(" .,!?\"'")


def _codes(text: str) -> Places:
    for shape in rules.CODES:
        for match in shape.finditer(text):
            if not rules.CODE_FALSE_FRIENDS.search(text[: match.start()]):
                yield match.span("v")


def _phones(text: str) -> Places:
    context = rules.PHONE_CONTEXT.search(text) is not None
    for match in rules.PHONE.finditer(text):
        if _is_phone(match[0], context=context):
            yield match.span()


def _is_phone(shape: str, *, context: bool) -> bool:
    """Tell whether a row of digits is a phone number, more readily where one is spoken of."""
    digits = _digits(shape)
    if rules.NOT_PHONE.match(shape) or not 7 <= len(digits) <= 15 or len(set(digits)) == 1:
        return False
    if shape.startswith(("+", "00")):
        return len(digits) >= 8
    if re.fullmatch(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}", shape):
        return True
    if context:
        return len(digits) >= 9 or re.fullmatch(r"\d{3}[ -]\d{4}", shape) is not None
    return len(digits) in (10, 11) and shape.startswith("0") and " " in shape


def _addresses(text: str) -> Places:
    for shape in rules.ADDRESSES:
        for match in shape.finditer(text):
            if not rules.NOT_STREET.search(match[0]):
                yield match.span()


def _health(text: str) -> Places:
    for shape in rules.HEALTH:
        for match in shape.finditer(text):
            if not rules.NOT_HEALTH.search(text[max(0, match.start() - 12) : match.end()]):
                yield match.span("v")


def _money(text: str) -> Places:
    for shape in rules.MONEY:
        yield from (match.span() for match in shape.finditer(text))


def _secrets(text: str) -> Places:
    for shape in rules.SECRETS:
        yield from (match.span() for match in shape.finditer(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


# The surer kind stands first and keeps what a later one would also claim.
_FINDERS: dict[PrivateKind, Callable[[str], Places]] = {
    PrivateKind.SECRET: _secrets,
    PrivateKind.EMAIL: _emails,
    PrivateKind.IBAN: _ibans,
    PrivateKind.CARD: _cards,
    PrivateKind.NATIONAL_ID: _national_ids,
    PrivateKind.PASSWORD: _passwords,
    PrivateKind.CODE: _codes,
    PrivateKind.PHONE: _phones,
    PrivateKind.ADDRESS: _addresses,
    PrivateKind.HEALTH: _health,
    PrivateKind.MONEY: _money,
}
