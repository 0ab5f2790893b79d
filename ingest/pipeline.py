"""From files to memory: a survey first, then the writing, in one stream and safe to repeat."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ingest.archive import Archive, open_archive
from ingest.detect import find_parts
from ingest.identity import OwnerNames, require_owner
from ingest.record import Conversation, Message, Skipped
from ingest.report import Report
from ingest.source import Reader, ReadOptions
from ingest.sources import READERS
from memory.model import NewUtterance
from memory.store import Memory
from memory.utterances import fingerprint

BATCH = 1024
SAMPLE = 200
"""How many messages of a conversation are compared to recognise it when it comes again."""

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
    is_private: Callable[[str], bool] = lambda _: False
    """Says whether a text should be for the owner alone."""


class Imported(NamedTuple):
    """What an import did."""

    reports: list[Report]
    utterance_ids: list[int]
    """The utterances that were new."""


class _Part(NamedTuple):
    archive: Archive
    reader: Reader
    name: str


class _Entry(NamedTuple):
    conversation: Conversation
    message: Message
    utterance: NewUtterance


def authors_of(paths: Sequence[Path], plan: Plan) -> Counter[str]:
    """Return who wrote how much in some files, to ask the owner which of them they are."""
    counts: Counter[str] = Counter()
    for path in paths:
        with open_archive(path) as archive:
            for part in _parts(archive, plan):
                for report in [_survey(part, plan, OwnerNames([]), _Samples())]:
                    counts.update(report.authors)
    return counts


def preview(paths: Sequence[Path], memory: Memory, plan: Plan) -> list[Report]:
    """Report what an import would do; changes nothing.

    Raises:
        ImportProblem: a file can't be read, or its owner is unclear.
    """
    reports: list[Report] = []
    for path in paths:
        with open_archive(path) as archive:
            for part in _parts(archive, plan):
                samples = _Samples()
                owner = _owner(memory, plan)
                report = _survey(part, plan, owner, samples)
                require_owner(report.own, report.authors, report.file)
                report.added = _missing(part, plan, memory, owner, samples)
                reports.append(report)
    return reports


def run(
    paths: Sequence[Path], memory: Memory, plan: Plan, progress: Progress | None = None
) -> Imported:
    """Import files into a memory; what is there already is not added again.

    Every file is surveyed before the first is written, so a bad one changes nothing.

    Raises:
        ImportProblem: a file can't be read, or its owner is unclear.
    """
    preview(paths, memory, plan)
    memory.sources.add_aliases(plan.owner_names)
    imported = Imported([], [])
    for path in paths:
        with open_archive(path) as archive:
            for part in _parts(archive, plan):
                _write(part, path, memory, plan, imported, progress or _quiet)
    return imported


def _write(
    part: _Part, path: Path, memory: Memory, plan: Plan, imported: Imported, progress: Progress
) -> None:
    owner, samples = _owner(memory, plan), _Samples()
    report = _survey(part, plan, owner, samples)
    source_id = memory.sources.add(part.archive.label, part.reader.format, _digest(path))
    known = _Conversations(memory, part.reader.format, samples)
    repeats = _Repeats()
    total, done = report.messages, 0
    for batch in _batches(_entries(part, plan, owner)):
        for conversation, entries in _by_conversation(batch):
            rows = [
                (e.utterance, repeats.count(e), plan.is_private(e.utterance.text)) for e in entries
            ]
            added = memory.utterances.add(known.id_of(conversation), source_id, rows)
            report.added += len(added)
            imported.utterance_ids.extend(added)
        memory.index_pending()
        done += len(batch)
        progress(report.file, done, total)
    imported.reports.append(report)


def _missing(
    part: _Part, plan: Plan, memory: Memory, owner: OwnerNames, samples: "_Samples"
) -> int:
    """Count the messages that memory does not hold yet."""
    known = _Conversations(memory, part.reader.format, samples)
    repeats, missing = _Repeats(), 0
    for batch in _batches(_entries(part, plan, owner)):
        for conversation, entries in _by_conversation(batch):
            rows = [(e.utterance, repeats.count(e)) for e in entries]
            conversation_id = known.existing(conversation)
            held = memory.utterances.count_held(conversation_id, rows) if conversation_id else 0
            missing += len(rows) - held
    return missing


def _parts(archive: Archive, plan: Plan) -> list[_Part]:
    found = find_parts(archive, READERS, plan.format)
    return [_Part(archive, part.reader, part.name) for part in found]


def _owner(memory: Memory, plan: Plan) -> OwnerNames:
    return OwnerNames([*plan.owner_names, *memory.sources.aliases(), memory.twin.owner])


def _survey(part: _Part, plan: Plan, owner: OwnerNames, samples: "_Samples") -> Report:
    """Read a part once to count it and to take samples of its conversations."""
    report = Report(file=part.archive.label, format=part.reader.format)
    conversation = Conversation(key=part.name, title=part.name)
    seen: set[str] = set()
    for item in part.reader.read(part.archive, part.name, plan.options):
        if isinstance(item, Skipped):
            report.skip(item)
        elif isinstance(item, Conversation):
            conversation = item
        else:
            utterance = _utterance(item, plan, owner)
            report.count(item, utterance.said_at, own=utterance.own)
            if not item.system:
                seen.add(conversation.key)
                samples.take(conversation.key, utterance)
    report.conversations = len(seen)
    report.titles = sorted(seen)[:20]
    return report


def _entries(part: _Part, plan: Plan, owner: OwnerNames) -> Iterator[_Entry]:
    conversation = Conversation(key=part.name, title=part.name)
    for item in part.reader.read(part.archive, part.name, plan.options):
        if isinstance(item, Conversation):
            conversation = item
        elif isinstance(item, Message) and not item.system:
            yield _Entry(conversation, item, _utterance(item, plan, owner))


def _utterance(message: Message, plan: Plan, owner: OwnerNames) -> NewUtterance:
    return NewUtterance(
        speaker=message.author,
        own=owner.is_own(message),
        text=message.text,
        said_at=_exact(message.said_at, plan.zone),
        external_id=message.external_id,
        attachment=message.attachment,
        prompt=message.prompt,
        quoted=message.quoted,
        place=message.where,
    )


def _exact(said_at: datetime | None, zone: tzinfo) -> datetime | None:
    if said_at is None:
        return None
    aware = said_at if said_at.tzinfo else said_at.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def _batches(entries: Iterator[_Entry]) -> Iterator[list[_Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def _by_conversation(batch: Sequence[_Entry]) -> Iterator[tuple[Conversation, list[_Entry]]]:
    groups: dict[str, tuple[Conversation, list[_Entry]]] = {}
    for entry in batch:
        opened = groups.setdefault(entry.conversation.key, (entry.conversation, []))
        opened[1].append(entry)
    yield from groups.values()


class _Samples:
    """An even sample of the fingerprints of each conversation."""

    def __init__(self) -> None:
        self._chance = random.Random(0)
        self._seen: Counter[str] = Counter()
        self.prints: dict[str, list[str]] = {}

    def take(self, key: str, utterance: NewUtterance) -> None:
        """Offer one utterance to the sample of its conversation."""
        kept = self.prints.setdefault(key, [])
        self._seen[key] += 1
        if len(kept) < SAMPLE:
            kept.append(fingerprint(utterance))
        elif (place := self._chance.randrange(self._seen[key])) < SAMPLE:
            kept[place] = fingerprint(utterance)


class _Conversations:
    """Finds the conversation in memory that one of an export continues or repeats."""

    def __init__(self, memory: Memory, format: str, samples: _Samples) -> None:
        self._memory = memory
        self._format = format
        self._samples = samples
        self._ids: dict[str, int] = {}

    def id_of(self, conversation: Conversation) -> int:
        """Return its id, entering it if it is new."""
        key = conversation.key
        if key not in self._ids:
            self._ids[key] = self._recognised(key) or self._memory.sources.conversation(
                self._format, key, conversation.title, conversation.form
            )
        return self._ids[key]

    def existing(self, conversation: Conversation) -> int | None:
        """Return its id if memory has it."""
        recognised = self._recognised(conversation.key)
        return recognised or self._memory.sources.find_conversation(self._format, conversation.key)

    def _recognised(self, key: str) -> int | None:
        """Return the conversation that holds many of the sampled messages already."""
        prints = self._samples.prints.get(key, [])
        held = self._memory.utterances.known_fingerprints(prints)
        if not held:
            return None
        best = max(held, key=lambda conversation_id: held[conversation_id])
        return best if held[best] >= max(3, len(prints) // 5) else None


class _Repeats:
    """Counts the very same words said by one person at one time, which are all kept."""

    def __init__(self) -> None:
        self._at: dict[str, datetime | None] = {}
        self._counts: dict[str, Counter[str]] = {}

    def count(self, entry: _Entry) -> int:
        """Return how many of the same stood before this one."""
        key, said_at = entry.conversation.key, entry.utterance.said_at
        if key not in self._at or self._at[key] != said_at:
            self._at[key], self._counts[key] = said_at, Counter()
        print_ = fingerprint(entry.utterance)
        self._counts[key][print_] += 1
        return self._counts[key][print_] - 1


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
