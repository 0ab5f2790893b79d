"""The seam of faces: sound with its phones goes in, pictures come out.

Sound is the only clock. A frame is made for each 1/25 s of sound that was pushed; silence makes
idle frames, so a stream that must not stop is fed silence. Nothing here knows the time of day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture
from persona.face.motion import Attention
from persona.voice.speech import Speech, TimedPhone


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceAbilities:
    """What a face can do, for callers to ask."""

    live: bool
    """Whether it draws while sound is still being pushed."""
    hosted: bool
    """Whether sound and pictures leave this machine."""
    needs_phones: bool
    """Whether it moves well only when told the phones."""
    pictures: bool = True
    """Whether it hands out frames; else the viewer's browser sees it in a `Room`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceSession:
    """One conversation's worth of frames."""

    sample_rate: int
    """Samples a second of all that is pushed."""
    first_frame: int = 0
    """Where the count begins: not 0 for a face that takes over from another."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture."""

    number: int
    """From 0; it is shown from `number / 25` seconds of the session's sound."""
    epoch: int
    """How many interrupts came before it: frames of an older epoch are thrown away."""
    picture: Picture


@dataclass(frozen=True, slots=True)
class SpeakStarted:
    """The mouth begins to speak at `frame`."""

    frame: int
    epoch: int


@dataclass(frozen=True, slots=True)
class SpeakEnded:
    """All that was pushed before `end_segment` has been drawn, up to `frame`."""

    frame: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The words stop at `frame`: what comes after it was never seen."""

    frame: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where a viewer's browser sees the face (LiveKit), for faces that hand out no frames."""

    url: str
    token: str = field(repr=False)

    @property
    def link(self) -> str:
        """The room in LiveKit's own page, for a browser."""
        asked = urlencode({"liveKitUrl": self.url, "token": self.token})
        return f"https://meet.livekit.io/custom?{asked}"


FaceEvent = Frame | SpeakStarted | SpeakEnded | Interrupted | Room


class Face(Protocol):
    """A face that speaks; used by one thread at a time, except `interrupt`, which any may call."""

    name: str
    abilities: FaceAbilities

    def start(self, session: FaceSession) -> None:
        """Begin a session."""
        ...

    def push_pcm(self, chunk: NDArray[np.float32], track: Sequence[TimedPhone] = ()) -> None:
        """Take in sound that follows what was pushed before.

        Args:
            chunk: [n], mono, from -1 to 1, at the session's rate.
            track: the phones of this chunk, in seconds from its start. A chunk with phones opens
                a segment; one without, while none is open, is silence and makes idle frames.
        """
        ...

    def end_segment(self) -> None:
        """Say that the words are complete: nothing more bears on frames already heard."""
        ...

    def interrupt(self) -> None:
        """Stop at once: the next frame shows a closed mouth, and sound not yet drawn is dropped."""
        ...

    def express(self, attention: Attention, mood: float = 0.0) -> None:
        """Rest, listen or think from the next frame on, in a mood from -1 (grave) to 1 (glad)."""
        ...

    def events(self) -> Iterator[FaceEvent]:
        """Yield what is ready, each frame drawn as it is asked for; ends where sound ends."""
        ...

    def close(self) -> None:
        """End the session and let go of what it held."""
        ...

    def film(self, take: Speech) -> Iterator[Picture]:
        """Yield the pictures of one finished take, in a session of its own."""
        ...
