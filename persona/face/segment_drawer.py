"""What draws a whole spoken segment at once: a provider, or a network that looks ahead."""

from collections.abc import Iterator
from threading import Event
from typing import Protocol

from persona.face.landmarks import Picture
from persona.voice.speech import Speech


class SegmentDrawer(Protocol):
    """Draws a face saying what is already complete."""

    name: str
    hosted: bool

    def draw(self, speech: Speech, heads: Iterator[Picture], stop: Event) -> Iterator[Picture]:
        """Yield the pictures of `speech`, about one for each head.

        Args:
            speech: what is said.
            heads: the local face at rest, picture by picture, to draw a mouth into or to be as
                large as; drawn as they are asked for.
            stop: set when it is no longer wanted.

        Raises:
            FaceProblem: it can't be drawn.
            Stopped: it is no longer wanted.
        """
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
