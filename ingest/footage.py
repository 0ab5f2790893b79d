"""A video of the owner, looked at once: their portrait, their speech, and what is wrong with it.

Pictures come one at a time and only the best are held, so a long film takes no more memory than a
short one. Who finds faces and who hears is handed in.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.container import Container, probe
from ingest.findings import Finding, Seen, findings_of
from ingest.portrait import Chooser, Face, Picture, Portrait
from memory.errors import SelfsameError

LONGEST = 600.0
"""Seconds that are looked at."""
RATE = 16_000
"""Samples a second of the speech track."""
_LOOKS_A_SECOND, _MOST_LOOKS = 5.0, 1500

Progress = Callable[[str, int, int], object]
"""Called with what is being done, how much of it is done and how much there is."""


class Moment(Protocol):
    """One picture of a video and the faces in it."""

    @property
    def at(self) -> float:
        """Seconds from the start."""
        ...

    @property
    def picture(self) -> Picture:
        """The picture, upright, [height, width, 3], blue, green, red."""
        ...

    @property
    def faces(self) -> Sequence[Face]:
        """The faces in it."""
        ...


class Eyes(Protocol):
    """Finds faces."""

    def watch(self, video: Path, *, per_second: float, seconds: float) -> Iterator[Moment]:
        """Yield pictures of a video, so many a second, with the faces in them."""
        ...


class Sound(Protocol):
    """One channel of sound."""

    @property
    def samples(self) -> NDArray[np.float32]:
        """[n], from -1 to 1."""
        ...

    @property
    def sample_rate(self) -> int:
        """Samples a second."""
        ...


class Word(Protocol):
    """A word and when it is said, in seconds."""

    @property
    def text(self) -> str:
        """The word."""
        ...

    @property
    def start(self) -> float:
        """When it begins."""
        ...

    @property
    def end(self) -> float:
        """When it ends."""
        ...


class Transcript(Protocol):
    """What was heard."""

    @property
    def text(self) -> str:
        """The words in a row."""
        ...

    @property
    def words(self) -> Sequence[Word]:
        """The words with their times."""
        ...

    @property
    def unsure(self) -> bool:
        """Whether it had better not be taken at its word."""
        ...


class Heard(Protocol):
    """A sound track that was listened to."""

    @property
    def sound(self) -> Sound:
        """The track, 16 kHz."""
        ...

    @property
    def transcript(self) -> Transcript:
        """What is said in it."""
        ...

    @property
    def spoken(self) -> float:
        """Seconds of speech."""
        ...

    @property
    def voices(self) -> int:
        """How many people are heard; 0 where nobody speaks."""
        ...


class Ears(Protocol):
    """Listens."""

    def listen(self, recording: Path, *, seconds: float, progress: Progress) -> Heard:
        """Return what is heard in a recording.

        Raises:
            SelfsameError: it holds no sound that can be read.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What there is in a recording of the owner."""

    container: Container
    portraits: tuple[Portrait, ...]
    """The best pictures of the face, best first; from different moments."""
    seen: Seen
    heard: Heard | None
    """None where there is no sound."""
    findings: tuple[Finding, ...]
    """What is wrong, and what can still be done."""

    @property
    def shows_face(self) -> bool:
        """Whether a face can be built from it."""
        return bool(self.portraits) and not self._barred("face")

    @property
    def holds_voice(self) -> bool:
        """Whether a voice can be made from it."""
        return self.heard is not None and not self._barred("voice")

    @property
    def holds_words(self) -> bool:
        """Whether what is said can be kept as the owner's words."""
        heard = self.heard
        return heard is not None and bool(heard.transcript.text) and not self._barred("words")

    def _barred(self, part: str) -> bool:
        return any(part in finding.bars for finding in self.findings)


def look(path: Path, eyes: Eyes, ears: Ears, progress: Progress) -> Footage:
    """Look at a video, or listen to a sound file, of 5 seconds to 10 minutes.

    Raises:
        ImportProblem: it isn't there, is no recording, or is damaged from the start.
    """
    container = probe(path)
    seen, portraits = _watch(path, container, eyes, progress)
    heard = _listen(path, container, ears, progress)
    return Footage(
        container=container,
        portraits=portraits,
        seen=seen,
        heard=heard,
        findings=findings_of(
            container,
            seen,
            spoken=heard.spoken if heard else 0.0,
            voices=heard.voices if heard else 0,
            unsure=heard is not None and heard.transcript.unsure,
            audible=heard is not None,
        ),
    )


def _watch(
    path: Path, container: Container, eyes: Eyes, progress: Progress
) -> tuple[Seen, tuple[Portrait, ...]]:
    if not container.has_picture:
        return Seen(), ()
    length = min(container.seconds or LONGEST, LONGEST)
    rate = min(_LOOKS_A_SECOND, _MOST_LOOKS / length)
    total = max(1, round(length * rate))
    chooser = Chooser(length)
    for number, moment in enumerate(eyes.watch(path, per_second=rate, seconds=LONGEST)):
        chooser.look(moment.at, moment.picture, moment.faces)
        progress("looking for the face", min(number + 1, total), total)
    return chooser.seen, chooser.portraits()


def _listen(path: Path, container: Container, ears: Ears, progress: Progress) -> Heard | None:
    if not container.has_sound:
        return None
    try:
        return ears.listen(path, seconds=LONGEST, progress=progress)
    except SelfsameError:
        if not container.has_picture:
            raise
        return None
