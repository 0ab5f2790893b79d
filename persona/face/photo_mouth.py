"""A mouth that opens in a picture of a closed one, or closes in a picture of an open one.

Above the lips the picture moves with the upper lip, below with the jaw; what opens between them is
a dark cavity with teeth that stay with the skull and a tongue that goes with the jaw. Where the
picture already shows teeth, they are used.
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.alignment import face_length
from persona.face.canvas import Area
from persona.face.landmarks import CHIN, NOSE_BASE, Picture, Points
from persona.face.lip_warp import lip_lines

_WIDEST_GAP = 0.155
"""Of the face's length: the gap at an opening of 1."""
_JAW_SHARE, _ROUND_SHARE = 0.78, 0.62
"""How much of the gap the lower lip makes; less where lips are rounded."""
_PURSE, _SPREAD = 0.30, 0.07
"""How far the corners go in or out, as a share of the mouth's half width."""
_TOOTH = 0.055
"""Height of the teeth that show, of the face's length."""
_SHOWS_TEETH = 0.015
"""From this gap on, of the face's length, the picture itself shows what is inside."""
_HIDDEN, _SEAM = 0.016, 0.35
"""How far lips that close over teeth turn in, of the face's length; how dark their line is."""

_Map = NDArray[np.floating]


class MouthShape(NamedTuple):
    """What the mouth does in one frame."""

    opening: float
    """0 shut to 1 wide open."""
    width: float
    """0 pursed, 0.5 at rest, 1 wide."""
    rest: float
    """1 for the mouth as the picture has it, 0 for one that speaks."""


class PhotoMouth:
    """The mouth of one portrait; changes only the part of the picture it lies in."""

    def __init__(self, portrait: Picture, points: Points) -> None:
        self._length = face_length(points)
        self.area = _area(points, self._length, len(portrait))
        corner = np.array([self.area.left, self.area.top], np.float32)
        self._patch = portrait[self.area.top : self.area.bottom, self.area.left : self.area.right]
        self._patch = np.ascontiguousarray(self._patch)
        self._lips = points[48:68] - corner
        self._chin = float(points[CHIN, 1] - corner[1])
        self._nose = float(points[NOSE_BASE, 1] - corner[1])
        self._middle = self._lips[[0, 6]].mean(axis=0)
        self._half = float(self._lips[6, 0] - self._lips[0, 0]) / 2
        height, width = self._patch.shape[:2]
        self._y, self._x = np.mgrid[0:height, 0:width].astype(np.float32)
        lines = lip_lines(self._lips, width)
        self._upper, self._lower = _smooth(lines.upper), _smooth(lines.lower)
        self.own_gap = float((self._lower - self._upper)[int(self._middle[0])])
        self._shows_teeth = self.own_gap > _SHOWS_TEETH * self._length
        if not self._shows_teeth:  # the line where the lips meet is kept as the picture has it
            meeting = (self._upper + self._lower) / 2
            self._upper = self._lower = meeting.astype(np.float32)
            self.own_gap = 0.0
        self._interior = _interior(self._patch, self._length)
        self._near = self._nearness()

    def draw(self, picture: Picture, shape: MouthShape) -> None:
        """Draw the mouth into `picture`, a copy of the portrait."""
        area = self.area
        picture[area.top : area.bottom, area.left : area.right] = self._drawn(shape)

    def _drawn(self, shape: MouthShape) -> Picture:
        x = self._columns(shape)
        wanted = shape.opening * _WIDEST_GAP * self._length
        wanted += shape.rest * max(0.0, self.own_gap - wanted)
        change = wanted - self.own_gap
        jaw = _JAW_SHARE + (_ROUND_SHARE - _JAW_SHARE) * (1 - 2 * min(shape.width, 0.5))
        upper0, lower0 = _along(self._upper, x), _along(self._lower, x)
        move = np.maximum(change * self._hold(x, lower0), upper0 - lower0)
        parted = np.maximum(change * self._between_corners(x), upper0 - lower0)
        upper, lower = upper0 - parted * (1 - jaw), lower0 + parted * jaw
        within = self._within(upper0, lower0, lower - upper)
        y = np.where(
            self._y < (upper + lower) / 2,
            np.minimum(self._y + move * (1 - jaw) * self._above(upper), upper0 - within),
            np.maximum(self._y - move * jaw * self._below(lower, abs(change)), lower0 + within),
        )
        skin = _remapped(self._patch, x, y)
        skin = _shaded(skin, self._seam((upper + lower) / 2, within))
        open_here = (self._y - upper + 0.5).clip(0, 1) * (lower - self._y + 0.5).clip(0, 1)
        open_here *= ((lower - upper) / 1.5).clip(0, 1)
        rows, columns = open_here.max(axis=1) > 0.05, open_here.max(axis=0) > 0.05
        if not rows.any():
            return skin
        here = (_span(rows), _span(columns))
        inside = self._inside(shape, _Opening(self._y[here], x[here], upper[here], lower[here]))
        weight = open_here[here][:, :, None]
        skin[here] = (skin[here] * (1 - weight) + inside * weight).astype(np.uint8)
        return skin

    def _within(self, upper0: _Map, lower0: _Map, gap: _Map) -> _Map:
        """Return how far beyond their edges lips begin that close over teeth in the picture."""
        shut = 1 - gap / np.maximum(lower0 - upper0, 1)
        return _HIDDEN * self._length * shut.clip(0, 1) * (lower0 - upper0 > 1)

    def _seam(self, line: _Map, within: _Map) -> _Map:
        """Return how much light is left where lips meet that are parted in the picture."""
        near = np.exp(-(((self._y - line) / (0.012 * self._length)) ** 2))
        return 1 - _SEAM * near * within / (_HIDDEN * self._length)

    def _columns(self, shape: MouthShape) -> _Map:
        """Return where each pixel comes from sideways: in for round lips, out for wide ones."""
        away = shape.width - 0.5
        scale = 2 * (_PURSE if away < 0 else _SPREAD) * away * (1 - shape.rest)
        return self._x - (self._x - self._middle[0]) * (scale / (1 + scale)) * self._near

    def _nearness(self) -> _Map:
        """Return 1 at the mouth and 0 at the edges of the patch, which must not move."""
        across = (self._x - self._middle[0]) / (1.3 * self._half)
        down = (self._y - self._middle[1]) / (1.25 * self._half)
        width = self._x.shape[1]
        edge = np.minimum(np.minimum(self._x, width - 1 - self._x), self._y) / (0.12 * width)
        near = np.exp(-((across**2 + down**2) ** 1.5)) * edge.clip(0, 1)
        return near.astype(np.float32)

    def _hold(self, x: _Map, lower: _Map) -> _Map:
        """Return how much each pixel goes with the lips: all between the corners, wider below."""
        down = ((self._y - lower) / (self._chin - lower)).clip(0, 1)
        along = ((x - self._middle[0]) / (self._half * (1 + down))).clip(-1, 1)
        return np.cos(along * (np.pi / 2)).clip(0, 1) ** (0.8 + 0.7 * down)

    def _between_corners(self, x: _Map) -> _Map:
        along = ((x - self._middle[0]) / self._half).clip(-1, 1)
        return np.cos(along * (np.pi / 2)).clip(0, 1) ** 0.8

    def _above(self, upper: _Map) -> _Map:
        return _fall((upper - self._y) / np.maximum(upper - self._nose, 1))

    def _below(self, lower: _Map, change: float) -> _Map:
        chin = np.maximum(self._chin - lower, 1)
        to_chin = 1 - 0.15 * ((self._y - lower) / chin).clip(0, 1)
        return to_chin * _fall((self._y - self._chin) / (0.04 * self._length + 1.05 * change))

    def _inside(self, shape: MouthShape, at: "_Opening") -> NDArray[np.float32]:
        """Return what is seen between the lips: dark, teeth, tongue."""
        look, gap = self._interior, at.lower - at.upper
        depth = ((at.y - at.upper) / np.maximum(gap, 1)).clip(0, 1)
        across = ((at.x - self._middle[0]) / self._half).clip(-1, 1)
        seen = look.dark * (0.7 + 0.5 * depth)[:, :, None]
        tongue = ((depth - 0.6) / 0.3).clip(0, 1) * (gap / (0.1 * self._length) - 0.35).clip(0, 1)
        seen = _over(seen, look.tongue * (1 - 0.5 * across**2)[:, :, None], tongue * 0.85)
        if self._shows_teeth:
            return self._own_inside(seen, at)
        top = _along(self._upper, at.x)
        bare = min(1.0, max(0.0, (shape.width - 0.05) / 0.4))  # round lips cover the teeth
        edge = top + bare * _TOOTH * self._length * (1 - 0.4 * across**2)
        shown = ((edge - at.y) / 2).clip(0, 1) * (1 - across**4)
        shade = (0.72 + 0.28 * ((at.y - at.upper) / (0.025 * self._length)).clip(0, 1)) * (
            1 - 0.30 * across**2 - 0.07 * (np.abs(np.sin(across * 4.5 * np.pi)) < 0.12)
        )
        return _over(seen, look.teeth * shade[:, :, None], shown * 0.95)

    def _own_inside(self, seen: NDArray[np.float32], at: "_Opening") -> NDArray[np.float32]:
        """Lay what the picture itself shows between its lips over `seen`; it stays where it is."""
        upper, lower = _along(self._upper, at.x), _along(self._lower, at.x)
        own = _remapped(self._patch, at.x, np.maximum(at.y, upper + 1))  # teeth go on up there
        opened = (at.lower - lower).clip(0, 3)
        weight = ((lower - at.y + 0.5) / np.maximum(opened, 0.5)).clip(0, 1)
        return _over(seen, own.astype(np.float32), np.where(opened < 0.25, 1, weight))


class _Opening(NamedTuple):
    """The pixels around the gap between the lips, [h, w] each."""

    y: _Map
    x: _Map
    upper: _Map
    lower: _Map


def _span(where: NDArray[np.bool_]) -> slice:
    found = np.flatnonzero(where)
    return slice(int(found[0]), int(found[-1]) + 1)


def _shaded(skin: Picture, light: _Map) -> Picture:
    return (skin * light[:, :, None]).astype(np.uint8)


def _over(below: _Map, above: _Map, weight: _Map) -> NDArray[np.float32]:
    return (below + (above - below) * weight[:, :, None]).astype(np.float32)


class _Interior(NamedTuple):
    dark: NDArray[np.float32]
    teeth: NDArray[np.float32]
    tongue: NDArray[np.float32]


def _interior(patch: Picture, length: float) -> _Interior:
    """Return the colours inside the mouth, in the light of the face around it."""
    light = np.percentile(patch.reshape(-1, 3).max(axis=1), 80) / 255
    return _Interior(
        dark=np.array([28, 22, 58], np.float32) * (0.5 + 0.5 * light),
        teeth=np.array([212, 228, 238], np.float32) * np.sqrt(light),
        tongue=np.array([98, 92, 186], np.float32) * light,
    )


def _area(points: Points, length: float, size: int) -> Area:
    left = points[4:13, 0].min() - 0.05 * length
    right = points[4:13, 0].max() + 0.05 * length
    bottom = min(size, points[CHIN, 1] + 0.42 * length)
    top = points[NOSE_BASE, 1] - 0.10 * length
    return Area(int(max(0, left)), int(max(0, top)), int(min(size, right)), int(bottom))


def _smooth(line: NDArray[np.float32]) -> NDArray[np.float32]:
    return cv2.GaussianBlur(line[None], (0, 0), 2.0)[0].astype(np.float32)


def _along(line: NDArray[np.float32], x: _Map) -> _Map:
    """Return the value of `line` at each x, between its columns too."""
    whole = x.astype(np.int32).clip(0, len(line) - 2)
    part = x - whole
    return line[whole] * (1 - part) + line[whole + 1] * part


def _fall(share: _Map) -> _Map:
    near = 1 - share.clip(0, 1)
    return near * near * (3 - 2 * near)


def _remapped(patch: Picture, x: _Map, y: _Map) -> Picture:
    drawn = cv2.remap(
        patch,
        np.ascontiguousarray(x, np.float32),
        np.ascontiguousarray(y, np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return drawn.astype(np.uint8, copy=False)
