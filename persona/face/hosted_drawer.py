"""Drawing segments at a provider: within the budget, fitted to the local face's size."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import cv2
import numpy as np

from persona.face.footage import pictures_of
from persona.face.hosted import HostedFaces
from persona.face.landmarks import Picture
from persona.face.patience import Patience
from persona.voice.speech import Speech


class HostedDrawer:
    """A `SegmentDrawer` that asks a provider for clips."""

    hosted = True

    def __init__(
        self,
        faces: HostedFaces,
        avatar: str,
        spend: Callable[[float], None],
        patience: Patience | None = None,
    ) -> None:
        """Draw `avatar`.

        Args:
            faces: the provider.
            avatar: what it made of the owner.
            spend: told the seconds before they are asked for; raises when they are too many.
            patience: how long to wait for a clip.
        """
        self.name = faces.name
        self._faces, self._avatar, self._spend = faces, avatar, spend
        self._patience = patience or Patience()

    def draw(self, speech: Speech, heads: Iterator[Picture], stop: Event) -> Iterator[Picture]:
        """Yield the pictures of a clip; its last one stays where it is too short."""
        self._spend(speech.seconds)
        clip = self._faces.clip(self._avatar, speech, replace(self._patience, stop=stop))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "clip.mp4"
            file.write_bytes(clip)
            pictures = pictures_of(file)
            picture = next(pictures)
            for head in heads:
                yield _filling(picture, *head.shape[:2])
                picture = next(pictures, picture)

    def close(self) -> None:
        """Do nothing: a clip leaves nothing behind."""


def _filling(picture: Picture, height: int, width: int) -> Picture:
    """Return the middle of `picture` as large as asked."""
    scale = max(height / picture.shape[0], width / picture.shape[1])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    drawn = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else 1)
    top, left = (drawn.shape[0] - height) // 2, (drawn.shape[1] - width) // 2
    return np.ascontiguousarray(drawn[top : top + height, left : left + width], np.uint8)
