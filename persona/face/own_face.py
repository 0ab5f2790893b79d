"""What a face built from footage is made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import Picture, Points

UNKNOWN = -1
"""The class of a mouth of which it isn't known what was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """`n` of the person's own mouths, all seen from the one place of the reference head."""

    patches: NDArray[np.uint8]
    """[n, height, width, 3]: the lower half of the face."""
    left: int
    top: int
    """Where a patch lies on the canvas."""
    lips: NDArray[np.float32]
    """[n, 20, 2]: outer and inner lips, points 48 to 67, in pixels of the patch."""
    opening: NDArray[np.float32]
    """[n], 0 closed to about 1 wide open."""
    width: NDArray[np.float32]
    """[n], 0 pursed to about 1 wide."""
    area: NDArray[np.float32]
    """[n], area inside the lips over the squared length of the face."""
    teeth: NDArray[np.float32]
    """[n], share of that area that is bright and grey."""
    classes: NDArray[np.int16]
    """[n], which of `visemes.CLASSES` was said there, or `UNKNOWN`."""
    frames: NDArray[np.int32]
    """[n], number of the picture in the footage: neighbours in time fit each other."""
    turn: NDArray[np.float32]
    """[n, 2], how the head is turned and nods, in shares of its size."""
    tint: NDArray[np.float32]
    """[n, 2, 3], mean colour of the left and right edge of the patch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleLoop:
    """`m` pictures in a row of the person's head, played there and back."""

    pictures: NDArray[np.uint8]
    """[m, size, size, 3]."""
    places: NDArray[np.float32]
    """[m, 2, 3]: from the reference head to the head of each picture."""
    turn: NDArray[np.float32]
    tint: NDArray[np.float32]
    eyes: NDArray[np.float32]
    """[m], height over width of the eyes."""

    def __len__(self) -> int:
        return len(self.pictures)

    def at(self, tick: int) -> int:
        """Return which picture is shown at the `tick`-th frame: there and back without a jump."""
        last = len(self.pictures) - 1
        return last - abs(last - tick % (2 * last)) if last else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFace:
    """A face from footage: mouths, head, and how the one is set into the other."""

    portrait: Picture
    """[size, size, 3]: the reference head."""
    points: Points
    """[68, 2], of the portrait."""
    mask: NDArray[np.float32]
    """[height, width] of a patch: 1 where the mouth is taken, 0 where the head stays."""
    atlas: Atlas
    idle: IdleLoop

    @property
    def size(self) -> int:
        """Side of the square picture in pixels."""
        return len(self.portrait)
