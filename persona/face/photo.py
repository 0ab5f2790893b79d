"""Drawing a face from one picture: lips, jaw, lids, head and breath, by warping it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from persona.face.expression_warp import ExpressionWarp
from persona.face.head_warp import GRID, HeadWarp
from persona.face.landmarks import Picture
from persona.face.motion import Attention, HeadMotion, HeadPose
from persona.face.photo_eye import PhotoEye
from persona.face.photo_face import PhotoFace
from persona.face.photo_mouth import MouthShape, PhotoMouth
from persona.face.visemes import MouthTrack

_IN_PLACE = np.eye(2, 3, dtype=np.float32)
_TO_REST = 0.18
"""How much of the way to and from rest the mouth goes in one frame."""


class PhotoRenderer:
    """Draws a `PhotoFace`."""

    name = "photo"

    def __init__(self, face: PhotoFace) -> None:
        self.size = face.size
        self._portrait = face.portrait
        self._mouth = PhotoMouth(face.portrait, face.points)
        self._eyes = [PhotoEye(face.portrait, face.points, first) for first in (36, 42)]
        self._head = HeadWarp(face.points, face.size)
        self._expression = ExpressionWarp(face.points, face.size, GRID)
        self._motion = HeadMotion()
        self._rest = 1.0

    def draw(self, track: MouthTrack, stress: NDArray[np.float32]) -> Iterator[Picture]:
        """Yield the pictures of `track`."""
        for k, speaking in enumerate(track.speaking):
            pose = self._motion.step(speaking=bool(speaking), stress=float(stress[k]))
            self._rest += _TO_REST * (float(not speaking) - self._rest)
            rest = 0.0 if track.shut[k] or track.opening[k] > 0.05 else self._rest
            shape = MouthShape(float(track.opening[k]), float(track.width[k]), rest)
            yield self._picture(shape, pose)

    def express(self, attention: Attention, mood: float) -> None:
        """Hold the head this way from the next picture on."""
        self._motion.bearing.want(attention, mood)

    def shut(self) -> None:
        """Do nothing: lips follow the track at once, and ease into the resting smile."""

    def _picture(self, shape: MouthShape, pose: HeadPose) -> Picture:
        picture = self._portrait.copy()
        self._mouth.draw(picture, shape)
        if pose.lids > 0:
            for eye in self._eyes:
                eye.draw(picture, pose.lids)
        expression = self._expression.shift(_IN_PLACE, pose, 1 - pose.lids)
        return self._head.moved(picture, pose, expression)
