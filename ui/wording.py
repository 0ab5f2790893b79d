"""How things are written on a page: plain text made safe for Markdown, dates, amounts."""

import re
from datetime import datetime, tzinfo

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:&])")


def safe(text: str) -> str:
    """Return `text` as one line that Markdown shows as it is written.

    >>> safe("costs $5 *each*")
    'costs \\\\$5 \\\\*each\\\\*'
    """
    # The mark without width keeps a mail address from becoming a link.
    return _MARKS.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u2060")


def moment(at: datetime | None, zone: tzinfo) -> str:
    """Return day and time as a person in `zone` says them."""
    return f"{at.astimezone(zone):%-d %B %Y, %H:%M}" if at else "no date"


def day(at: datetime | None, zone: tzinfo) -> str:
    """Return the day as a person in `zone` says it."""
    return f"{at.astimezone(zone):%-d %B %Y}" if at else "no date"


def span(first: datetime | None, last: datetime | None, zone: tzinfo) -> str:
    """Return the days from `first` to `last`."""
    if first is None or last is None:
        return "no dates"
    begin, end = day(first, zone), day(last, zone)
    return begin if begin == end else f"{begin} – {end}"


def month(at: datetime) -> str:
    """Return a month as facts carry it, which is no more exact."""
    return f"{at:%B %Y}"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "message"), count(1200, "message")
    ('1 message', '1,200 messages')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def around(text: str, about: str, most: int = 120) -> str:
    """Return the part of `text` where it first speaks of `about`, as one line.

    >>> around("We walked all day in the rain. Then we moved to Porto in January", "porto", 24)
    '…moved to Porto in…'
    """
    line = " ".join(text.split())
    named = [re.escape(word) for word in about.split() if len(word) > 2]
    found = re.search(rf"\b(?:{'|'.join(named)})", line, re.IGNORECASE) if named else None
    if found is None or found.end() < most:
        return shortened(line, most)
    start = line.find(" ", found.start() - most // 2) + 1
    return f"…{shortened(line[start:], most)}"


def shortened(text: str, most: int = 120) -> str:
    """Return the beginning of `text` as one line.

    >>> shortened("I moved to Porto\\nin January", 16)
    'I moved to…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]}…"


def duration(ms: float) -> str:
    """Return a time as it is best read.

    >>> duration(38.2), duration(2140)
    ('38 ms', '2.1 s')
    """
    return f"{ms:.0f} ms" if ms < 950 else f"{ms / 1000:.1f} s"


def time_left(seconds: float) -> str:
    """Return how long something will still take, no more exact than such a guess is.

    >>> time_left(4), time_left(43), time_left(170), time_left(9000)
    ('a few seconds left', 'about 40 s left', 'about 3 min left', 'about 2.5 h left')
    """
    if seconds < 10:
        return "a few seconds left"
    if seconds < 95:
        return f"about {round(seconds, -1):.0f} s left"
    minutes = seconds / 60
    return f"about {minutes:.0f} min left" if minutes < 95 else f"about {minutes / 60:.1f} h left"


def size(octets: int) -> str:
    """Return a size on disk.

    >>> size(1_250_000)
    '1.2 MB'
    """
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if octets >= step:
            return f"{octets / step:.1f} {unit}"
    return f"{octets} bytes"
