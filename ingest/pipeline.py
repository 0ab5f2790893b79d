"""From files to memory: a survey first, then the writing, in one stream and safe to repeat."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ingest.accounts import ACCOUNTS
from ingest.archive import open_archive
from ingest.archive_seam import Archive
from ingest.detect import look_through
from ingest.errors import OwnerUnclear
from ingest.identity import OwnerNames, require_owner
from ingest.likely import Cast, likely_owner
from ingest.recognition import Conversations, Expectation, Place, Repeats, Samples
from ingest.record import Conversation, DatesUnclear, Message, Skipped
from ingest.report import Report
from ingest.source import Reader, ReadOptions
from ingest.sources import READERS
from ingest.told import told_names
from memory.model import NewUtterance
from memory.store import Memory

BATCH = 1024
MOST_TITLES = 20

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many messages are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an import is to be done."""

    owner_names: Sequence[str]
    """Names of the owner in the files, besides those remembered."""
    zone: tzinfo
    """Zone of times that come without one."""
    format: str | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    screen: Callable[[str], Collection[str]] = lambda _: ()
    """Returns the kinds of private data in a text; with any it is for the owner alone."""


class Imported(NamedTuple):
    """What an import did."""

    reports: list[Report]
    utterance_ids: list[int]
    """The utterances that were new."""


class _Part(NamedTuple):
    archive: Archive
    reader: Reader
    name: str
    label: str
    left_out: Sequence[Skipped]
    """Files beside it that are not read; told with the first part."""


class Who(NamedTuple):
    """Who wrote in some files."""

    authors: Counter[str]
    likely: list[str]
    """Those of them who are likely to be the owner."""
    dates_unclear: list[DatesUnclear]
    """One of each file in which nothing tells the day from the month."""


class _Surveyed(NamedTuple):
    report: Report
    samples: Samples
    cast: Cast


class _Entry(NamedTuple):
    conversation: Conversation
    utterance: NewUtterance


def who_wrote(paths: Sequence[Path], plan: Plan, owner: str = "") -> Who:
    """Return who wrote how much in some files, to ask the owner which of them they are.

    Args:
        paths: the files.
        plan: how they are read.
        owner: the full name of the owner.
    """
    authors: Counter[str] = Counter()
    casts: list[Cast] = []
    unclear: list[DatesUnclear] = []
    told: list[str] = []
    for path in paths:
        with open_archive(path) as archive:
            told += told_names(archive)
            for part in _parts(archive, plan):
                surveyed = _survey(part, plan, OwnerNames([]))
                authors.update(surveyed.report.authors)
                casts.append(surveyed.cast)
                if surveyed.report.dates_unclear:
                    unclear.append(surveyed.report.dates_unclear)
    return Who(authors, likely_owner(casts, told, owner), unclear)


def preview(paths: Sequence[Path], memory: Memory, plan: Plan) -> list[Report]:
    """Report what an import would do; changes nothing.

    Raises:
        ImportProblem: a file can't be read, or its owner is unclear.
    """
    owner, expected = _owner(memory, plan), Expectation(memory)
    surveys = _surveys(paths, plan, owner, memory.twin.owner)
    for path in paths:
        with open_archive(path) as archive:
            for part in _parts(archive, plan):
                surveyed = surveys[path, part.name]
                if not surveyed.report.unwanted:
                    surveyed.report.added = _missing(part, plan, owner, surveyed, expected)
    return [surveyed.report for surveyed in surveys.values()]


def run(
    paths: Sequence[Path], memory: Memory, plan: Plan, progress: Progress | None = None
) -> Imported:
    """Import files into a memory; what is there already is not added again.

    Every file is surveyed before the first is written, so a bad one changes nothing.

    Raises:
        ImportProblem: a file can't be read, or its owner is unclear.
    """
    owner = _owner(memory, plan)
    surveys = _surveys(paths, plan, owner, memory.twin.owner)
    memory.sources.add_aliases([*plan.owner_names, *_own_keys(surveys.values(), owner)])
    imported = Imported([], [])
    for path in paths:
        digest = _digest(path)
        with open_archive(path) as archive:
            for part in _parts(archive, plan):
                surveyed = surveys[path, part.name]
                if surveyed.report.unwanted:
                    imported.reports.append(surveyed.report)
                    continue
                source_id = memory.sources.add(part.label, part.reader.format, digest)
                entries = _entries(part, plan, owner)
                ids = _write(entries, surveyed, source_id, memory, plan, progress or _quiet)
                memory.sources.put_report(source_id, surveyed.report.as_json())
                imported.reports.append(surveyed.report)
                imported.utterance_ids.extend(ids)
    return imported


def _write(
    entries: Iterator[_Entry],
    surveyed: _Surveyed,
    source_id: int,
    memory: Memory,
    plan: Plan,
    progress: Progress,
) -> list[int]:
    report = surveyed.report
    known = Conversations(memory, report.format, surveyed.samples)
    repeats, done = Repeats(), 0
    new: list[int] = []
    for batch in _batches(entries):
        for conversation, utterances in _by_conversation(batch):
            place = known.id_of(conversation)
            if echo := known.echo_of(conversation):
                utterances, held = echo.part(utterances)
                memory.utterances.note_also_in(source_id, held)
            rows = [
                (u, repeats.count(conversation.key, u), _screened(u, plan, report))
                for u in utterances
            ]
            new += memory.utterances.add(place, source_id, rows)
        memory.index_pending()
        done += len(batch)
        progress(report.file, done, report.messages)
    report.added = len(new)
    return new


def _screened(utterance: NewUtterance, plan: Plan, report: Report) -> Collection[str]:
    """Return the kinds of private data in an utterance, counted for the owner to see."""
    kinds = plan.screen(utterance.text)
    report.private.update(kinds)
    return kinds


def _missing(
    part: _Part, plan: Plan, owner: OwnerNames, surveyed: _Surveyed, expected: Expectation
) -> int:
    """Count the messages that memory does not hold yet, and what is private in them."""
    report, samples = surveyed.report, surveyed.samples
    places: dict[str, Place] = {}
    finder = expected.echoes(samples)
    repeats, missing = Repeats(), 0
    for batch in _batches(_entries(part, plan, owner)):
        for conversation, utterances in _by_conversation(batch):
            key = conversation.key
            if key not in places:
                known = expected.known(conversation, samples)
                places[key] = expected.place(conversation, part.reader.format, known)
                finder.of(key, known)
            if echo := finder.of(key, None):
                utterances, _ = echo.part(utterances)
            for utterance in utterances:
                _screened(utterance, plan, report)
            rows = [(u, repeats.count(key, u)) for u in utterances]
            missing += expected.add(places[key], rows)
    return missing


def _parts(archive: Archive, plan: Plan) -> list[_Part]:
    parts, left_out = look_through(archive, READERS, plan.format)
    several = len(parts) > 1
    return [
        _Part(
            archive,
            reader,
            name,
            f"{archive.label}/{name}" if several else archive.label,
            () if number else left_out,
        )
        for number, (reader, name) in enumerate(parts)
    ]


def _owner(memory: Memory, plan: Plan) -> OwnerNames:
    return OwnerNames([*plan.owner_names, *memory.sources.aliases(), memory.twin.owner])


def _own_keys(surveys: Iterable[_Surveyed], owner: OwnerNames) -> Iterator[str]:
    """Yield the stable ids under which the owner writes; they stay when a name changes."""
    for cast in (surveyed.cast for surveyed in surveys):
        for author in filter(owner.has, cast.keys):
            key = cast.key_of(author)
            if key and not owner.has(key):
                yield key


def _surveys(
    paths: Sequence[Path], plan: Plan, owner: OwnerNames, full_name: str
) -> dict[tuple[Path, str], _Surveyed]:
    """Survey every part of every file.

    Raises:
        OwnerUnclear: nobody in any of them is known to be the owner. Where somebody is in one,
            the others are noted as skipped.
    """
    surveys: dict[tuple[Path, str], _Surveyed] = {}
    told: list[str] = []
    for path in paths:
        with open_archive(path) as archive:
            told += told_names(archive)
            for part in _parts(archive, plan):
                surveys[path, part.name] = _survey(part, plan, owner)
    reports = [surveyed.report for surveyed in surveys.values()]
    likely = likely_owner([surveyed.cast for surveyed in surveys.values()], told, full_name)
    spoken_in = {report.format for report in reports if report.own}
    for report in reports:
        if report.own or (report.format in ACCOUNTS and report.format in spoken_in):
            continue
        try:
            require_owner(report.own, report.authors, report.file, likely)
        except OwnerUnclear:
            if not spoken_in:
                raise
            report.unwanted = True
            most = f"; likely {likely[0]!r} is" if likely and likely[0] in report.authors else ""
            why = f"nobody in it is known to be the owner{most}"
            report.skip(Skipped(where="the whole file", why=why))
    return surveys


def _survey(part: _Part, plan: Plan, owner: OwnerNames) -> _Surveyed:
    """Read a part once to count it and to take samples of its conversations."""
    report, samples = Report(file=part.label, format=part.reader.format), Samples()
    cast = Cast()
    for skipped in part.left_out:
        report.skip(skipped)
    titles: dict[str, str] = {}
    conversation = Conversation(key=part.name, title=part.name)
    for item in part.reader.read(part.archive, part.name, plan.options):
        if isinstance(item, Skipped):
            report.skip(item)
        elif isinstance(item, Conversation):
            conversation = item
        elif isinstance(item, DatesUnclear):
            report.dates_unclear = item
        else:
            utterance = _utterance(item, plan, owner)
            report.count(item, utterance.said_at, own=utterance.own)
            if not item.system:
                titles[conversation.key] = conversation.title
                samples.take(conversation.key, utterance)
                cast.meet(conversation, item)
    report.conversations = len(titles)
    report.titles = sorted(titles.values())[:MOST_TITLES]
    return _Surveyed(report, samples, cast)


def _entries(part: _Part, plan: Plan, owner: OwnerNames) -> Iterator[_Entry]:
    conversation = Conversation(key=part.name, title=part.name)
    for item in part.reader.read(part.archive, part.name, plan.options):
        if isinstance(item, Conversation):
            conversation = item
        elif isinstance(item, Message) and not item.system:
            yield _Entry(conversation, _utterance(item, plan, owner))


def _utterance(message: Message, plan: Plan, owner: OwnerNames) -> NewUtterance:
    return NewUtterance(
        speaker=message.author,
        own=owner.is_own(message),
        text=message.text,
        said_at=exact(message.said_at, plan.zone),
        external_id=message.external_id,
        attachment=message.attachment,
        prompt=message.prompt,
        quoted=message.quoted,
        place=message.where,
    )


def exact(said_at: datetime | None, zone: tzinfo) -> datetime | None:
    """Return a time as UTC; a local one is taken in `zone`, one beyond the calendar is unknown."""
    if said_at is None:
        return None
    aware = said_at if said_at.tzinfo else said_at.replace(tzinfo=zone)
    try:
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _batches(entries: Iterator[_Entry]) -> Iterator[list[_Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def _by_conversation(batch: Sequence[_Entry]) -> Iterator[tuple[Conversation, list[NewUtterance]]]:
    groups: dict[str, tuple[Conversation, list[NewUtterance]]] = {}
    for conversation, utterance in batch:
        opened = groups.setdefault(conversation.key, (conversation, []))
        opened[1].append(utterance)
    yield from groups.values()


def _digest(path: Path) -> str:
    """Return the hash of a file; of a folder, of the names and sizes in it."""
    digest = sha256()
    if path.is_dir():
        for child in sorted(p for p in path.rglob("*") if p.is_file()):
            digest.update(f"{child.relative_to(path)}\0{child.stat().st_size}\0".encode())
        return digest.hexdigest()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _quiet(_label: str, _done: int, _total: int) -> None:
    """Report to nobody."""
