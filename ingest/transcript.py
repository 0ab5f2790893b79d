"""What is said in a recording as utterances of the owner, in a source of its own."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple, Protocol

from ingest.record import Message
from ingest.report import Report
from memory.model import NewUtterance
from memory.store import Memory

FORMAT = "recording"
_PAUSE = 1.2
_LONGEST, _SHORTEST = 400, 60
_ENDS = (".", "!", "?", "…")


class Word(Protocol):
    """A word and when it is said, in seconds."""

    @property
    def text(self) -> str:
        """The word with its punctuation."""
        ...

    @property
    def start(self) -> float:
        """When it begins."""
        ...

    @property
    def end(self) -> float:
        """When it ends."""
        ...


class Said(NamedTuple):
    """A few sentences and when they begin, in seconds."""

    text: str
    at: float


def keep_words(
    memory: Memory,
    recording: Path,
    words: Sequence[Word],
    *,
    recorded_at: datetime | None,
    screen: Callable[[str], Collection[str]],
) -> list[int]:
    """Keep what the owner says in a recording; return the ids of what is new.

    Args:
        memory: the twin's memory.
        recording: the file, which names the source.
        words: what was heard in it.
        recorded_at: when it was recorded, if known.
        screen: returns the kinds of private data in a text.
    """
    with recording.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    source_id = memory.sources.add(recording.name, FORMAT, digest)
    conversation_id = memory.sources.conversation(FORMAT, digest, recording.name, "talk")
    report = Report(file=recording.name, format=FORMAT, conversations=1)
    rows: list[tuple[NewUtterance, int, Collection[str]]] = []
    for said in sentences(words):
        utterance = _utterance(said, memory.twin.owner, recorded_at)
        kinds = screen(said.text)
        report.private.update(kinds)
        message = Message(where=utterance.place, author=utterance.speaker, text=said.text)
        report.count(message, utterance.said_at, own=True)
        rows.append((utterance, 0, kinds))
    new = memory.utterances.add(conversation_id, source_id, rows)
    memory.index_pending()
    report.added = len(new)
    memory.sources.put_report(source_id, report.as_json())
    return new


def sentences(words: Sequence[Word]) -> Iterator[Said]:
    """Yield words as runs of whole sentences, parted where the speaker pauses."""
    run: list[Word] = []
    for word in words:
        text = " ".join(w.text for w in run)
        paused = bool(run) and word.start - run[-1].end > _PAUSE
        ended = text.endswith(_ENDS)
        whole = ended and (paused or len(text) > _SHORTEST)
        if run and (whole or len(text) > _LONGEST):
            yield Said(text, run[0].start)
            run = []
        run.append(word)
    if run:
        yield Said(" ".join(w.text for w in run), run[0].start)


def _utterance(said: Said, owner: str, recorded_at: datetime | None) -> NewUtterance:
    at = recorded_at and recorded_at.astimezone(UTC) + timedelta(seconds=round(said.at))
    place = f"{int(said.at) // 60}:{int(said.at) % 60:02}"
    return NewUtterance(
        speaker=owner,
        own=True,
        text=said.text,
        said_at=at,
        external_id=f"{said.at:.2f}",
        place=place,
    )
