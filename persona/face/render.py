"""Drawing a face from its owner's footage: real mouths set into a really moving head."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.canvas import Area
from persona.face.choice import MouthChoice
from persona.face.expression_warp import ExpressionWarp
from persona.face.head_warp import GRID, HeadWarp
from persona.face.landmarks import Picture
from persona.face.lip_warp import LOWER_INNER, UPPER_INNER, part_lips
from persona.face.motion import Attention, Bearing
from persona.face.own_face import OwnFace
from persona.face.survey import CLOSED
from persona.face.visemes import MouthTrack

_WINDOW, _COMMIT = 32, 24
"""Frames that are chosen together, and how many of them are then settled."""
_MOST_STRETCH, _WORTH_IT = 0.45, 0.6
"""A mouth's gap is stretched by this share at most, and only for so many pixels."""
_ECHO, _ALIKE = 0.35, 0.3
"""How much of the mouth before shows in the first frame after a jump, and how far apart, of the
person's range, the two may be: lips seen through teeth look wrong."""
_NOD, _LIFT, _NOD_EASE, _LEAST = 0.7, 0.35, 0.4, 0.03
"""A nod's depth, how far it lifts the brows, how fast they follow the stress, and from where on
motion shows."""
_SMILE_EASE = 0.15


class FootageRenderer:
    """Draws an `OwnFace`."""

    name = "own-footage"

    def __init__(self, face: OwnFace) -> None:
        self.size = face.size
        self._face = face
        self._choice = MouthChoice(face.atlas)
        self._gaps = _gaps(face)
        line: list[float] = np.polyfit(face.atlas.opening, self._gaps, 1).tolist()
        self._per_opening, self._closed = max(line[0], 1e-3), line[1]
        self._shut = float(np.percentile(self._gaps, CLOSED))  # points see a gap in shut lips too
        self._warp = HeadWarp(face.points, face.size)
        self._expression = ExpressionWarp(face.points, face.size, GRID)
        self._eyes_open = max(float(np.median(face.idle.eyes)), 1e-3)
        self._bearing = Bearing()
        self._smiling = 0.0
        self._nod = 0.0
        self._tick = 0
        self._last: int | None = None

    def draw(self, track: MouthTrack, stress: NDArray[np.float32]) -> Iterator[Picture]:
        """Yield the pictures of `track`."""
        start, n = 0, len(track.opening)
        while start < n:
            window = track.part(start, start + _WINDOW)
            idle = self._face.idle
            heads = [idle.at(self._tick + k) for k in range(len(window.opening))]
            commit = _COMMIT if n - start > _WINDOW else None
            mouths = self._choice.choose(
                window,
                idle.turn[heads],
                idle.tint[heads].mean(axis=1),
                commit,
                mood=self._bearing.mood,
            )
            for k, mouth in enumerate(mouths):
                self._tick += 1
                shown = self._bearing.mood and self._choice.smile[mouth]
                self._smiling += _SMILE_EASE * (shown - self._smiling)
                picture = self._picture(heads[k], mouth, float(window.opening[k]), window.shut[k])
                speaking = bool(window.speaking[k])
                yield self._held(picture, heads[k], float(stress[start + k]), speaking)
            start += len(mouths)

    def express(self, attention: Attention, mood: float) -> None:
        """Hold the head this way from the next picture on."""
        self._bearing.want(attention, mood)

    def shut(self) -> None:
        """Let the next mouth be closed."""
        self._choice.forget()
        self._last = None

    def _picture(self, head: int, mouth: int, opening: float, shut: bool) -> Picture:
        face = self._face
        patch = self._mouth(mouth, opening, shut)
        if self._last is not None and abs(int(self._frame(mouth) - self._frame(self._last))) > 1:
            before = self._mouth(self._last, opening, shut)
            apart = abs(float(self._gaps[mouth] - self._gaps[self._last]))
            echo = _ECHO * max(0.0, 1 - apart / (_ALIKE * self._per_opening))
            blend = cv2.addWeighted(before, echo, patch, 1 - echo, 0)
            patch = blend.astype(np.uint8, copy=False)
        self._last = mouth
        picture = face.idle.pictures[head].copy()
        offset = face.idle.tint[head] - face.atlas.tint[mouth]
        return _set_in(picture, _tinted(patch, offset), face, face.idle.places[head])

    def _held(self, picture: Picture, head: int, stress: float, speaking: bool) -> Picture:
        """Dip the head on a stressed syllable and hold it as expressed, on top of its motion."""
        self._nod += _NOD_EASE * (stress - self._nod)
        held = self._bearing.step(speaking=speaking)
        pose = replace(
            held,
            pitch=held.pitch + _NOD * self._nod,
            brows=held.brows + _LIFT * self._nod,
            smile=held.smile - self._smiling,
        )
        if max(map(abs, (pose.yaw, pose.pitch, pose.roll, pose.brows, pose.smile))) < _LEAST:
            return picture
        idle = self._face.idle
        eyes_open = float(np.clip(idle.eyes[head] / self._eyes_open, 0, 1))
        expression = self._expression.shift(idle.places[head], pose, eyes_open)
        return self._warp.moved(picture, pose, expression)

    def _frame(self, mouth: int) -> np.int32:
        return self._face.atlas.frames[mouth]

    def _mouth(self, mouth: int, opening: float, shut: bool) -> NDArray[np.uint8]:
        """Return the patch of a mouth, its lips brought to where they should be."""
        atlas, gap = self._face.atlas, float(self._gaps[mouth])
        wanted = self._shut if shut else float(self._closed + opening * self._per_opening)
        change = float(np.clip(wanted - gap, -gap, _MOST_STRETCH * gap))
        if abs(change) < _WORTH_IT:
            return atlas.patches[mouth]
        return part_lips(atlas.patches[mouth], atlas.lips[mouth], change)


def _gaps(face: OwnFace) -> NDArray[np.float32]:
    """Return the pixels between the lips of each mouth."""
    lips = face.atlas.lips
    apart = lips[:, LOWER_INNER[1:4], 1] - lips[:, UPPER_INNER[1:4], 1]
    return apart.mean(axis=1).clip(0).astype(np.float32)


def _tinted(patch: NDArray[np.uint8], offset: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return `patch` in the light of the head: shifted by [left, right] x colour."""
    if np.abs(offset).max() < 0.75:
        return patch
    share = np.linspace(0, 1, patch.shape[1], dtype=np.float32)[:, None]
    row = offset[0] * (1 - share) + offset[1] * share
    shift = np.broadcast_to(row, patch.shape).astype(np.float32)
    return cv2.add(patch, shift, dtype=cv2.CV_8U).astype(np.uint8, copy=False)


def _set_in(
    picture: Picture, patch: NDArray[np.uint8], face: OwnFace, place: NDArray[np.float32]
) -> Picture:
    """Blend `patch` into `picture` where the head is; changes and returns `picture`."""
    height, width = patch.shape[:2]
    corner = np.array([face.atlas.left, face.atlas.top], np.float32)
    area = _shadow(place, corner, width, height, face.size)
    into = place.copy()
    into[:, 2] += place[:, :2] @ corner - (area.left, area.top)
    size = (area.width, area.height)
    moved = cv2.warpAffine(
        patch, into, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    mask = cv2.warpAffine(face.mask, into, size, flags=cv2.INTER_LINEAR)
    below = picture[area.top : area.bottom, area.left : area.right]
    below[:] = cv2.blendLinear(moved, np.ascontiguousarray(below), mask, 1 - mask)
    return picture


def _shadow(
    place: NDArray[np.float32], corner: NDArray[np.float32], width: int, height: int, size: int
) -> Area:
    """Return the part of the canvas that a patch falls on."""
    corners = corner + np.array([(0, 0), (width, 0), (0, height), (width, height)], np.float32)
    there = corners @ place[:, :2].T + place[:, 2]
    left, top = np.floor(there.min(axis=0)).clip(0, size - 2).astype(int)
    right, bottom = np.ceil(there.max(axis=0)).clip(2, size).astype(int)
    return Area(int(left), int(top), int(right), int(bottom))
