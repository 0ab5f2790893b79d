"""The words that date phrases are made of, in six languages."""

import re
from collections.abc import Iterable
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def _numbered(rows: tuple[str, ...], *, first: int) -> dict[str, int]:
    """Return each word of each row with the number of its row."""
    return {word: at for at, row in enumerate(rows, first) for word in row.split()}


MONTHS = _numbered(
    (
        "january jan enero janeiro janvier januar gennaio",
        "february feb febrero fevereiro février februar febbraio",
        "march mar marzo março mars märz",
        "april apr abril avril aprile",
        "may mayo maio mai maggio",
        "june jun junio junho juin juni giugno",
        "july jul julio julho juillet juli luglio",
        "august aug agosto août",
        "september sept sep septiembre setembro septembre settembre",
        "october oct octubre outubro octobre oktober ottobre",
        "november nov noviembre novembro novembre",
        "december dec diciembre dezembro décembre dezember dicembre",
    ),
    first=1,
)

WEEKDAYS = _numbered(
    (
        "monday mon lunes lundi montag lunedì",
        "tuesday tue tues martes mardi dienstag martedì",
        "wednesday wed miércoles mercredi mittwoch mercoledì",
        "thursday thu thurs jueves jeudi donnerstag giovedì",
        "friday fri viernes vendredi freitag venerdì",
        "saturday sat sábado samedi samstag sabato",
        "sunday sun domingo dimanche sonntag domenica",
    ),
    first=0,
)

SEASONS = {
    word: month
    for month, words in {
        3: "spring",
        6: "summer verano verão été sommer estate",
        9: "autumn fall",
        12: "winter invierno inverno hiver",
    }.items()
    for word in words.split()
}
"""The month each season begins in, on the northern half of the earth."""

DAY_WORDS = {
    "today": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tonight": 0,
    "yesterday": -1,
    "last night": -1,
    "the day before yesterday": -2,
    "tomorrow": 1,
    "the day after tomorrow": 2,
    "hoy": 0,
    "ayer": -1,
    "anteayer": -2,
    "pasado mañana": 2,
    "hoje": 0,
    "ontem": -1,
    "amanhã": 1,
    "aujourd'hui": 0,
    "hier soir": -1,
    "demain": 1,
    "heute": 0,
    "gestern": -1,
    "vorgestern": -2,
    "übermorgen": 2,
    "oggi": 0,
    "ieri": -1,
    "domani": 1,
}
"""Words for a day, as days from today. French `hier` and German `morgen` also mean other things."""

_AROUND: dict[Unit, tuple[str, str, str]] = {
    "week": (
        "last week, la semana pasada, semana passada, la semaine dernière, letzte woche, "
        "la settimana scorsa",
        "this week, esta semana, cette semaine, diese woche, questa settimana",
        "next week, la próxima semana, la semana que viene, semana que vem, "
        "la semaine prochaine, nächste woche, la prossima settimana",
    ),
    "month": (
        "last month, el mes pasado, mês passado, le mois dernier, letzten monat, il mese scorso",
        "this month, este mes, este mês, ce mois-ci, diesen monat, questo mese",
        "next month, el próximo mes, mês que vem, le mois prochain, nächsten monat, "
        "il mese prossimo",
    ),
    "year": (
        "last year, el año pasado, ano passado, l'année dernière, l'an dernier, letztes jahr, "
        "l'anno scorso",
        "this year, este año, este ano, cette année, dieses jahr, quest'anno",
        "next year, el próximo año, el año que viene, ano que vem, l'année prochaine, "
        "nächstes jahr, l'anno prossimo",
    ),
}

PHRASES: dict[str, tuple[Unit, int]] = {
    phrase.strip(): (unit, shift)
    for unit, rows in _AROUND.items()
    for shift, row in zip((-1, 0, 1), rows, strict=True)
    for phrase in row.split(",")
}
"""Phrases for a unit of the calendar, with how many units it lies from now."""

_UNIT_WORDS: dict[Unit, str] = {
    "day": "day days día días dia dias jour jours tag tagen giorno giorni",
    "week": "week weeks semana semanas semaine semaines woche wochen settimana settimane",
    "month": "month months mes meses mês mois monat monaten mese mesi",
    "year": "year years yr yrs año años ano anos an ans jahr jahren anno anni",
}

UNITS: dict[str, Unit] = {
    word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()
}

COUNTS = _numbered(
    (
        "a an one un una uno um uma une einem einer ein",
        "two dos dois duas deux zwei due",
        "three tres três trois drei tre",
        "four cuatro quatro quatre vier quattro",
        "five cinco cinq fünf cinque",
        "six seis sechs sei",
        "seven siete sete sept sieben sette",
        "eight ocho oito huit acht otto",
        "nine nueve nove neuf neun",
        "ten diez dez dix zehn dieci",
    ),
    first=1,
) | {"a couple of": 2, "a couple": 2, "twelve": 12, "twenty": 20}

AGO = ("hace", "il y a", "vor", "há", "faz")
"""Words that stand before the count where English has `ago` after it."""

SINCE = ("since", "desde", "depuis", "seit", "dal", "ever since")
"""Words after which a thing goes on."""
