"""The head of a message is read in every way that phones write it, and the day is not guessed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from ingest.record import DatesUnclear, Message
from ingest.source import ReadOptions
from ingest.sources.whatsapp import WhatsApp
from tests.ingest.exports import messages, read, shown

EVENING = "2024-11-03 21:07"


@dataclass(frozen=True)
class Head:
    name: str
    line: str
    """The line of the message."""
    said_at: str = EVENING + ":00"


HEADS = [
    Head("android day first", "03/11/2024, 21:07 - Ana: ok"),
    Head("android without zeros", "3/11/2024, 21:07 - Ana: ok"),
    Head("android two-digit year", "03/11/24, 21:07 - Ana: ok"),
    Head("android dots", "03.11.24, 21:07 - Ana: ok"),
    Head("android dashes", "03-11-2024, 21:07 - Ana: ok"),
    Head("android dots and spaces", "3. 11. 2024, 21:07 - Ana: ok"),
    Head("android dot in the time", "03.11.2024 21.07 - Ana: ok"),
    Head("android no comma", "03/11/2024 21:07 - Ana: ok"),
    Head("android year first", "2024-11-03, 21:07 - Ana: ok"),
    Head("android year first slashes", "2024/11/03, 21:07 - Ana: ok"),
    Head("android hungarian", "2024. 11. 03. 21:07 - Ana: ok"),
    Head("android french", "03/11/2024 à 21:07 - Ana: ok"),
    Head("android thai year", "3/11/2567 21:07 - Ana: ok"),
    Head("android arabic digits", "٣\u200f/١١\u200f/٢٠٢٤، ٩:٠٧ م - Ana: ok"),
    Head("android arabic digits morning", "٣/١١/٢٠٢٤, ٩:٠٧ ص - Ana: ok", "2024-11-03 09:07:00"),
    Head("android seconds", "03/11/2024, 21:07:45 - Ana: ok", EVENING + ":45"),
    Head("android mark before", "\u200e03/11/2024, 21:07 - Ana: ok"),
    Head("PM", "3/11/24, 9:07 PM - Ana: ok"),
    Head("pm", "3/11/24, 9:07 pm - Ana: ok"),
    Head("p.m.", "3/11/24, 9:07 p.m. - Ana: ok"),
    Head("p. m.", "3/11/2024 9:07 p. m. - Ana: ok"),
    Head("p. m. with U+00A0", "3/11/2024, 9:07\u00a0p.\u00a0m. - Ana: ok"),
    Head("p. m. with U+202F", "3/11/2024, 9:07\u202fp.\u202fm. - Ana: ok"),
    Head("PM without a space", "3/11/24, 9:07PM - Ana: ok"),
    Head("PM after U+202F", "3/11/24, 9:07\u202fPM - Ana: ok"),
    Head("PM after U+00A0", "3/11/24, 9:07\u00a0PM - Ana: ok"),
    Head("PM after U+2009", "3/11/24, 9:07\u2009PM - Ana: ok"),
    Head("AM", "3/11/24, 9:07 AM - Ana: ok", "2024-11-03 09:07:00"),
    Head("a. m.", "3/11/24, 9:07 a. m. - Ana: ok", "2024-11-03 09:07:00"),
    Head("midnight", "3/11/24, 12:07 AM - Ana: ok", "2024-11-03 00:07:00"),
    Head("noon", "3/11/24, 12:07 PM - Ana: ok", "2024-11-03 12:07:00"),
    Head("chinese before", "2024/11/3 下午9:07 - Ana: ok"),
    Head("chinese before, spaced", "2024/11/3, 下午 9:07 - Ana: ok"),
    Head("chinese after", "2024/11/3 9:07 下午 - Ana: ok"),
    Head("chinese evening", "2024/11/3 晚上9:07 - Ana: ok"),
    Head("chinese small hours", "2024/11/3 凌晨1:07 - Ana: ok", "2024-11-03 01:07:00"),
    Head("chinese noon", "2024/11/3 中午12:07 - Ana: ok", "2024-11-03 12:07:00"),
    Head("japanese before", "2024/11/03 午後9:07 - Ana: ok"),
    Head("korean before", "2024. 11. 3. 오후 9:07 - Ana: ok"),
    Head("korean morning", "2024. 11. 3. 오전 9:07 - Ana: ok", "2024-11-03 09:07:00"),
    Head("greek", "3/11/24, 9:07 μ.μ. - Ana: ok"),
    Head("hindi", "3/11/24, 9:07 अपराह्न - Ana: ok"),
    Head("turkish", "3.11.2024 ÖS 9:07 - Ana: ok"),
    Head("vietnamese", "3/11/24, 9:07 CH - Ana: ok"),
    Head("ios", "[03/11/2024, 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios two-digit year", "[03/11/24, 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios PM", "[3/11/24, 9:07:45 PM] Ana: ok", EVENING + ":45"),
    Head("ios PM after U+202F", "[3/11/24, 9:07:45\u202fPM] Ana: ok", EVENING + ":45"),
    Head("ios no comma", "[2024/11/3 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios chinese before", "[2024/11/03 下午 09:07] Ana: ok"),
    Head("ios chinese seconds", "[2024/11/3 下午9:07:45] Ana: ok", EVENING + ":45"),
    Head("ios chinese after", "[2024/11/03 09:07 下午] Ana: ok"),
    Head("ios danish", "[03.11.2024 kl. 21.07.45] Ana: ok", EVENING + ":45"),
    Head("ios dots", "[03.11.24, 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios year first", "[2024-11-03, 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios mark before", "\u200e[03/11/2024, 21:07:45] Ana: ok", EVENING + ":45"),
    Head("ios marks inside", "[\u200f03/11/2024, \u200f21:07:45] Ana: ok", EVENING + ":45"),
    Head("Bulgarian", "3.11.2024 г., 21:07 ч. - Ana: ok", EVENING + ":00"),
    Head("Persian halves", "3/11/2024, 9:07 ب.ظ - Ana: ok", EVENING + ":00"),
    Head("Malay halves", "3/11/2024, 9:07 PTG - Ana: ok", EVENING + ":00"),
    Head("byte order mark", "\ufeff[03/11/2024, 21:07:45] Ana: ok", EVENING + ":45"),
]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["lf", "crlf", "no end"])
def test_a_head_is_read_as_phones_write_it(head: Head, end: str, tmp_path: Path) -> None:
    assert shown(read(WhatsApp(), tmp_path, head.line + end), times=True) == [
        f"{head.said_at} Ana: ok"
    ]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_a_file_is_recognised_by_its_heads(head: Head, tmp_path: Path) -> None:
    items = read(WhatsApp(), tmp_path, f"{head.line}\nand more\n{head.line}\n", "notes.txt")
    assert shown(items) == ["Ana: ok\nand more", "Ana: ok"]


@dataclass(frozen=True)
class Order:
    name: str
    dates: tuple[str, ...]
    first_day: str
    """The day of the first message."""


ORDERS = [
    Order("nothing tells", ("03/11/2024",), "2024-11-03"),
    Order("first above 12", ("03/11/2024", "13/11/2024"), "2024-11-03"),
    Order("second above 12", ("3/11/24", "3/13/24"), "2024-03-11"),
    Order("only month first keeps going", ("11/3/24", "12/1/24"), "2024-11-03"),
    Order("only day first keeps going", ("11/3/24", "1/4/24", "2/4/24"), "2024-03-11"),
    Order("four digits in front", ("2024/11/03",), "2024-11-03"),
    Order("two digits in front", ("24/11/03", "24/11/29", "24/12/01"), "2024-11-03"),
    Order("year above 31 in front", ("99/11/03", "99/11/04"), "2099-11-03"),
    Order("one head that can't be", ("03/11/2024", "99/13/2024", "13/11/2024"), "2024-11-03"),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_the_order_of_day_and_month_is_inferred_from_the_whole_file(
    order: Order, tmp_path: Path
) -> None:
    lines = [f"{date}, 21:07 - Ana: ok" for date in order.dates]
    first = messages(read(WhatsApp(), tmp_path, "\n".join(lines)))[0]
    assert str(first.said_at).startswith(order.first_day)


def test_the_order_that_the_user_settles_is_kept(tmp_path: Path) -> None:
    options = ReadOptions(date_order="month-first")
    items = read(WhatsApp(), tmp_path, "03/11/2024, 21:07 - Ana: ok", options=options)
    assert isinstance(items[1], Message)
    assert items[1].said_at == datetime(2024, 3, 11, 21, 7)


IMPOSSIBLE = [
    "31/02/2024, 21:07 - Ana: lost",
    "03/13/2024, 21:07 - Ana: lost",
    "03/11/2024, 25:07 - Ana: lost",
    "03/11/2024, 21:61 - Ana: lost",
    "00/11/2024, 21:07 - Ana: lost",
    "03/11/2024, 13:07:99 PM - Ana: lost",
]


@pytest.mark.parametrize("line", IMPOSSIBLE)
def test_a_message_at_no_possible_time_is_skipped_by_line_and_reason(
    line: str, tmp_path: Path
) -> None:
    content = f"28/11/2024, 21:07 - Ana: one\n{line}\nof it\n29/11/2024, 21:07 - Ben: two"
    first, lost, second = shown(read(WhatsApp(), tmp_path, content))
    assert (first, second) == ("Ana: one", "Ben: two")
    assert lost == f"! line 2: there is no such day or time: {line.split(' - ')[0]!r}"


@pytest.mark.parametrize(
    ("dates", "unclear"),
    [
        (["03/11/2024"], "03/11/2024"),
        (["01/03/2026", "02/03/2026"], "01/03/2026"),
        (["03/03/2024"], None),
        (["13/11/2024", "03/12/2024"], None),
        (["11/13/24", "12/03/24"], None),
        (["05/06/24", "04/07/24"], None),
        (["2024/11/03"], None),
    ],
)
def test_it_is_told_where_nothing_tells_the_day_from_the_month(
    dates: list[str], unclear: str | None, tmp_path: Path
) -> None:
    items = read(WhatsApp(), tmp_path, "\n".join(f"{date}, 21:07 - Ana: ok" for date in dates))
    found = [item for item in items if isinstance(item, DatesUnclear)]
    assert [one.example for one in found] == ([unclear] if unclear else [])


def test_an_answer_counts_only_where_nothing_tells(tmp_path: Path) -> None:
    options = ReadOptions(if_unclear="month-first")
    line = "{}, 21:07 - Ana: ok"
    unclear = read(WhatsApp(), tmp_path, line.format("03/11/2024"), options=options)
    clear = read(WhatsApp(), tmp_path, line.format("13/11/2024"), options=options)
    assert [m.said_at for m in messages([*unclear, *clear])] == [
        datetime(2024, 3, 11, 21, 7), datetime(2024, 11, 13, 21, 7)
    ]  # fmt: skip
    assert not any(isinstance(item, DatesUnclear) for item in unclear)
