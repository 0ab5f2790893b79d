"""The short list of things that are said of people, under one name each.

A single-valued attribute can hold one value at a time, so a newer value closes the older one;
of a many-valued one, new values stand beside the old.
"""

import re
import unicodedata
from dataclasses import dataclass

FAVOURITE = "favourite "
"""Attributes that begin so are free and single-valued: `favourite film`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One thing that can be said of a person."""

    name: str
    single: bool = False
    """True when a newer value closes the older one."""
    private: bool = False
    """True when only the owner is told, unless the owner says otherwise."""
    asks: tuple[str, ...] = ()
    """Words that ask for it when they all stand in a question in this order; `*` ends a stem."""
    also: tuple[str, ...] = ()
    """Other names it goes by."""


def _one(
    name: str, *, asks: str, also: str = "", single: bool = False, private: bool = False
) -> Attribute:
    """Return one row of the table, its lists written with commas."""
    return Attribute(
        name=name, single=single, private=private, asks=_split(asks), also=_split(also)
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(part.strip().casefold() for part in words.split(",") if part.strip())


ATTRIBUTES: tuple[Attribute, ...] = (
    _one(
        "name",
        single=True,
        asks=(
            "your name, call* you, te llamas, como te chamas, seu nome, t'appelles, "
            "wie heißt du, ti chiami"
        ),
        also="full name, first name, is called",
    ),
    _one(
        "age",
        single=True,
        asks=(
            "how old, your age, what age, cuántos años, quantos anos, quel âge, wie alt, "
            "quanti anni"
        ),
        also="years old, is aged",
    ),
    _one(
        "birthday",
        single=True,
        asks=(
            "birthday, when born, date of birth, cumpleaños, aniversário, anniversaire, "
            "geburtstag, compleanno"
        ),
        also="date of birth, birth date, born on",
    ),
    _one(
        "born in",
        single=True,
        asks=("where born, birthplace, dónde naciste, onde nasce*, où né*, wo geboren, dove nat*"),
        also="birthplace, place of birth",
    ),
    _one(
        "lives in",
        single=True,
        asks=(
            "where live, where living, where based, where home, where move, "
            "where moved, where moving, what city, "
            "which city, dónde vives, onde moras, onde mora, onde vive*, où habites, "
            "où vis, wo wohnst, wo lebst, dove vivi, dove abiti"
        ),
        also=(
            "lives, location, residence, home, city, based in, moved to, living in, "
            "resides in, current city"
        ),
    ),
    _one(
        "comes from",
        asks=(
            "where from, hometown, nationality, country from, de dónde eres, d'où viens, "
            "de onde, woher, di dove sei"
        ),
        also="from, is from, hometown, nationality, origin, native of",
    ),
    _one("grew up in", asks="where gr* up, where childhood", also="raised in"),
    _one(
        "works as",
        single=True,
        asks=(
            "your job, do for a living, what do you do, profession, occupation, work as, "
            "your career, qué te dedicas, de qué trabajas, o que fazes, "
            "fais dans la vie, was machst beruflich, che lavoro"
        ),
        also="job, occupation, profession, is a, job title, career, role",
    ),
    _one(
        "works at",
        single=True,
        asks=(
            "where work, who work for, company, employer, which firm, dónde trabajas, "
            "onde trabalh*, où travailles, wo arbeitest, dove lavori"
        ),
        also="employer, works for, company, workplace, employed by, employed at",
    ),
    _one("works in", asks="field work, industry, line of work", also="industry"),
    _one(
        "studies",
        asks=(
            "study, studying, studies, major, degree, estudias, étudies, studierst, studi, estudas"
        ),
        also="studying, major, field of study, degree, studied",
    ),
    _one(
        "studies at",
        single=True,
        asks="where study*, school, university, college",
        also="school, university, college, attends, student at",
    ),
    _one(
        "relationship status",
        single=True,
        asks="married, single, relationship, dating, seeing anyone",
        also="marital status",
    ),
    _one(
        "partner",
        single=True,
        asks=(
            "your wife, your husband, your partner, your girlfriend, your boyfriend, "
            "fiancé*, fiance*, spouse, married to"
        ),
        also="wife, husband, spouse, girlfriend, boyfriend, fiancé, fiancée",
    ),
    _one("sister", asks="sister*, sibling*, hermana*, irmã*, schwester*"),
    _one("brother", asks="brother*, sibling*, hermano*, irmão*, bruder*"),
    _one("son", asks="son, sons, child*, kid*, hijo*, filho*, fils, sohn"),
    _one("daughter", asks="daughter*, child*, kid*, hija*, filha*, tochter"),
    _one("mother", single=True, asks="mother*, mom*, mum*, parent*", also="mom"),
    _one("father", single=True, asks="father*, dad*, parent*", also="dad"),
    _one("family", asks="family, sibling*, child*, kids", also="has family"),
    _one("friend", asks="friend*", also="best friend, has a friend"),
    _one(
        "has a pet",
        asks="pet, pets, dog*, cat, cats, perro*, gato*, cachorro*, chien*, hund",
        also="pet, dog, cat, has a dog, has a cat, owns a dog, owns a cat",
    ),
    _one(
        "likes",
        asks="like, love, enjoy, into, fan of, te gusta*, gosta*, aimes, magst, ti piac*",
        also="loves, enjoys, is a fan of, prefers, interested in, liked",
    ),
    _one(
        "dislikes",
        asks="hate, dislike, not like, don't like, can't stand, detestas",
        also="hates, doesn't like, does not like, can't stand",
    ),
    _one(
        "hobby",
        asks=(
            "hobb*, free time, spare time, for fun, sport*, instrument*, pastime*, play, "
            "weekend* do"
        ),
        also="hobbies, plays, interests, pastime, sport",
    ),
    _one(
        "speaks",
        asks="language*, speak, idioma*, langue*, sprichst, lingue, línguas",
        also="speaks language, language, languages, native language",
    ),
    _one("learns", asks="learning", also="is learning, learning"),
    _one("diet", single=True, asks="diet, vegetarian, vegan, eat meat, don't eat", also="eats"),
    _one("allergic to", asks="allerg*, alérgic*, alergi*", also="allergy"),
    _one("drives", single=True, asks="drive, your car, what car", also="car"),
    _one("owns", asks="own, do you have a", also="has a, bought"),
    _one("religion", single=True, asks="religio*, believe in god, faith"),
    _one(
        "plans",
        asks="plan*, going to do, next week, next month, upcoming, this weekend",
        also="plan, is planning, will",
    ),
    _one(
        "health",
        private=True,
        asks="health*, ill, sick, diagnos*, medication*, disease, pregnant",
        also="illness, condition, medical condition, diagnosed with, medication",
    ),
    _one(
        "phone",
        single=True,
        private=True,
        asks="phone number, your number, call you at, your cell, teléfono, telefone",
        also="phone number, mobile, telephone",
    ),
    _one(
        "e-mail",
        single=True,
        private=True,
        asks="email*, e-mail*, correo, mail address",
        also="email, email address, mail",
    ),
    _one(
        "address",
        single=True,
        private=True,
        asks="address, what street, which street, dirección, endereço, adresse",
        also="home address, street address",
    ),
    _one("card", private=True, asks="card number, credit card, iban, bank account"),
    _one(
        "document number",
        private=True,
        asks="passport, social security, ssn, id number, driving licen*",
        also="passport, passport number, social security number",
    ),
    _one("secret", private=True, asks="password*, pin, door code, code for"),
)

_BY_NAME = {name: one for one in ATTRIBUTES for name in (*one.also, one.name)} | {
    one.name: one for one in ATTRIBUTES
}


def attribute_named(name: str) -> Attribute | None:
    """Return the attribute that goes by this name, or None when the list has none."""
    plain = " ".join(name.casefold().split())
    if plain.startswith(("favourite ", "favorite ")):
        return Attribute(name=FAVOURITE + plain.split(maxsplit=1)[1], single=True)
    return _BY_NAME.get(plain)


def is_single(name: str) -> bool:
    """Tell whether a newer value of this attribute closes the older one."""
    found = attribute_named(name)
    return found is not None and found.single


def is_private(name: str) -> bool:
    """Tell whether this attribute is for the owner alone unless the owner says otherwise."""
    found = attribute_named(name)
    return found is not None and found.private


def asked_attributes(question: str) -> tuple[str, ...]:
    """Return the names of the attributes that a question asks for, in the order of the list.

    >>> asked_attributes("Where do you live these days?")
    ('lives in',)
    """
    words = _words(question)
    listed = [one.name for one in ATTRIBUTES if any(_stand_in(ask, words) for ask in one.asks)]
    return (*listed, *_asked_favourite(words))


def _asked_favourite(words: list[str]) -> tuple[str, ...]:
    marks = [at for at, word in enumerate(words[:-1]) if word in ("favourite", "favorite")]
    return tuple(FAVOURITE + words[at + 1] for at in marks)


def _stand_in(ask: str, words: list[str]) -> bool:
    """Tell whether all words of an ask stand among the words, in order."""
    rest = iter(words)
    return all(any(_matches(wanted, word) for word in rest) for wanted in ask.split())


def _matches(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).replace("’", "'").casefold()
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", plain)
