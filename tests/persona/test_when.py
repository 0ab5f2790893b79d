from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.when import Lean, find_when, resolve

WEDNESDAY = datetime(2024, 3, 13, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    text: str
    start: date
    end: date
    lean: Lean = "past"


CASES = [
    Case("we met yesterday", date(2024, 3, 12), date(2024, 3, 13)),
    Case("see you tomorrow", date(2024, 3, 14), date(2024, 3, 15)),
    Case("I moved last week", date(2024, 3, 4), date(2024, 3, 11)),
    Case("back next month", date(2024, 4, 1), date(2024, 5, 1)),
    Case("we moved two years ago", date(2022, 1, 1), date(2023, 1, 1)),
    Case("a couple of weeks ago", date(2024, 2, 26), date(2024, 3, 4)),
    Case("I fly in two weeks", date(2024, 3, 25), date(2024, 4, 1)),
    Case("it was in May", date(2023, 5, 1), date(2023, 6, 1)),
    Case("it will be in May", date(2024, 5, 1), date(2024, 6, 1), lean="future"),
    Case("in May 2020", date(2020, 5, 1), date(2020, 6, 1)),
    Case("here since 2019", date(2019, 1, 1), date(2020, 1, 1)),
    Case("back in 1998", date(1998, 1, 1), date(1999, 1, 1)),
    Case("on 5 May", date(2023, 5, 5), date(2023, 5, 6)),
    Case("on May 5th, 2021", date(2021, 5, 5), date(2021, 5, 6)),
    Case("2021-12-24 it was", date(2021, 12, 24), date(2021, 12, 25)),
    Case("on 25/12/2022", date(2022, 12, 25), date(2022, 12, 26)),
    Case("am 1.2.2023", date(2023, 2, 1), date(2023, 2, 2)),
    Case("last summer", date(2023, 6, 1), date(2023, 9, 1)),
    Case("last winter", date(2023, 12, 1), date(2024, 3, 1)),
    Case("on Monday", date(2024, 3, 11), date(2024, 3, 12)),
    Case("on Monday", date(2024, 3, 18), date(2024, 3, 19), lean="future"),
    Case("last Wednesday", date(2024, 3, 6), date(2024, 3, 7)),
    Case("last weekend", date(2024, 3, 9), date(2024, 3, 11)),
    Case("hace dos años", date(2022, 1, 1), date(2023, 1, 1)),
    Case("há 3 meses", date(2023, 12, 1), date(2024, 1, 1)),
    Case("il y a deux ans", date(2022, 1, 1), date(2023, 1, 1)),
    Case("vor einer Woche", date(2024, 3, 4), date(2024, 3, 11)),
    Case("due anni fa", date(2022, 1, 1), date(2023, 1, 1)),
    Case("em maio de 2021", date(2021, 5, 1), date(2021, 6, 1)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.text}, {case.lean}")
def test_a_date_phrase_names_its_stretch_of_the_calendar(case: Case) -> None:
    period = resolve(case.text, WEDNESDAY, lean=case.lean)

    assert period is not None
    assert (period.start.date(), period.end.date()) == (case.start, case.end)


UNSURE = [
    "recently",
    "a while ago",
    "it may be 5 or 6",
    "there are 5 may be more",
    "a 2019 Honda",
    "05/06/2023",
    "31 February",
    "march on",
    "room 2020",
    "",
]


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_sure_is_left_alone(text: str) -> None:
    assert resolve(text, WEDNESDAY) is None


def test_the_first_of_several_phrases_counts() -> None:
    period = resolve("yesterday I said in May", WEDNESDAY)

    assert period is not None
    assert period.start.date() == date(2024, 3, 12)


def test_a_phrase_after_since_is_open_ended() -> None:
    found = find_when("I've been here since last year", WEDNESDAY)

    assert found is not None
    assert found.open_ended


def test_the_place_of_a_phrase_is_told() -> None:
    text = "We’ve been there in May 2020, twice"

    found = find_when(text, WEDNESDAY)

    assert found is not None
    assert text[found.start : found.end] == "in May 2020"


moments = st.datetimes(
    datetime(1970, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))]),
)
units = st.sampled_from(["day", "week", "month", "year"])
LENGTHS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}


@given(said_at=moments, unit=units, count=st.integers(1, 60))
def test_so_long_ago_is_one_unit_that_holds_that_moment(
    said_at: datetime, unit: str, count: int
) -> None:
    period = resolve(f"{count} {unit}s ago", said_at)

    assert period is not None
    shortest, longest = LENGTHS[unit]
    assert shortest <= (period.end - period.start).days <= longest
    assert period.end <= said_at
    if unit in ("day", "week"):
        assert said_at - timedelta(days=count * LENGTHS[unit][0]) in period


@given(said_at=moments, month=st.sampled_from(["January", "May", "August", "December"]))
def test_the_two_leanings_of_a_month_lie_around_the_moment(said_at: datetime, month: str) -> None:
    before = resolve(f"in {month}", said_at, lean="past")
    after = resolve(f"in {month}", said_at, lean="future")

    assert before is not None
    assert after is not None
    assert before.start <= said_at < after.end
    assert before == after or before.end <= said_at < after.start


@given(said_at=moments, day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_date_is_read_back_as_it_was_written(said_at: datetime, day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day} {day.year}",
    ):
        period = resolve(written, said_at)

        assert period is not None
        assert period.start.date() == day


@given(text=st.text(max_size=60), said_at=moments)
def test_any_text_is_read_without_trouble(text: str, said_at: datetime) -> None:
    found = find_when(text, said_at)

    assert found is None or (0 <= found.start < found.end <= len(text))


@given(said_at=moments, season=st.sampled_from(["spring", "summer", "autumn", "winter"]))
def test_the_last_season_is_over_and_the_next_has_not_begun(said_at: datetime, season: str) -> None:
    last = resolve(f"last {season}", said_at)
    coming = resolve(f"next {season}", said_at)

    assert last is not None
    assert coming is not None
    assert last.end <= said_at < coming.start
