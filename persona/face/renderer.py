"""How a face is drawn: the seam between what the mouth should do and the pictures of it."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture
from persona.face.motion import Attention
from persona.face.visemes import MouthTrack


class Renderer(Protocol):
    """Draws one face frame by frame; keeps its place in the head's motion between calls."""

    name: str
    """What draws it, such as `own-footage`."""
    size: int
    """Side of the square picture in pixels."""

    def draw(self, track: MouthTrack, stress: NDArray[np.float32]) -> Iterator[Picture]:
        """Yield one picture for each frame of `track`, in order, drawn as it is asked for.

        Args:
            track: what the mouth does.
            stress: [n], 1 at the peak of a stressed syllable, else towards 0.
        """
        ...

    def express(self, attention: Attention, mood: float) -> None:
        """Hold the head this way from the next picture on."""
        ...

    def shut(self) -> None:
        """Let the next picture be of a closed mouth, whatever came before it."""
        ...
