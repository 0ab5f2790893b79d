"""Bringing heads onto one another, whatever the mouth is doing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.landmarks import CHIN, NOSE_BASE, NOSE_TOP, Picture, Points

Affine = NDArray[np.float32]
"""[2, 3]: where a point of one picture lies in another."""

STEADY = (27, 28, 29, 30, 31, 33, 35, 36, 39, 42, 45)
"""Points that speech doesn't move: the nose and the corners of the eyes."""
_TRIES, _ENOUGH = 40, 1e-4


def similarity(source: Points, target: Points) -> Affine:
    """Return the turn, scale and shift that bring `source` nearest to `target`, both [n, 2].

    Least squares after Umeyama (1991).
    """
    middle_source, middle_target = source.mean(axis=0), target.mean(axis=0)
    a, b = source - middle_source, target - middle_target
    spread = float((a * a).sum()) or 1.0
    cos = float((a * b).sum()) / spread
    sin = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / spread
    turn = np.array([[cos, -sin], [sin, cos]], np.float32)
    return np.hstack([turn, (middle_target - turn @ middle_source)[:, None]]).astype(np.float32)


def after(first: Affine, second: Affine) -> Affine:
    """Return the one map that does `first`, then `second`."""
    return (_square(second) @ _square(first))[:2].astype(np.float32)


def inverse(affine: Affine) -> Affine:
    """Return the way back."""
    return np.linalg.inv(_square(affine))[:2].astype(np.float32)


def moved(points: Points, affine: Affine) -> Points:
    """Return `points`, [n, 2], carried by `affine`."""
    return (points @ affine[:, :2].T + affine[:, 2]).astype(np.float32)


def face_length(points: Points) -> float:
    """Return the pixels from the top of the nose to the chin."""
    return float(np.linalg.norm(points[NOSE_TOP] - points[CHIN]))


def still_part(points: Points, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a mask, 255 over forehead, cheekbones and nose, without the eyes, which blink."""
    mask = np.zeros(shape, np.uint8)
    up = (points[NOSE_TOP] - points[NOSE_BASE]) * 1.1
    brow = points[17:27] + up * 0.6
    outline = np.vstack([brow, points[[15, 14]], points[[35, 33, 31]], points[[2, 1]]])
    cv2.fillPoly(mask, [outline.astype(np.int32)], 255)
    for eye in (points[36:42], points[42:48]):
        middle = eye.mean(axis=0)
        size = np.abs(eye - middle).max(axis=0) * (1.4, 2.2)
        box = (tuple(map(float, middle)), tuple(map(float, size * 2)), 0.0)
        cv2.ellipse(mask, box, (0,), -1)
    return mask


def refine(picture: Picture, target: Picture, guess: Affine, mask: NDArray[np.uint8]) -> Affine:
    """Return `guess` made exact: the map of `picture` onto `target` by their look inside `mask`.

    Enhanced correlation (Evangelidis and Psarakis 2008), at half size; the guess stands where
    it doesn't settle or would go far from the guess.
    """
    small = [
        cv2.resize(
            cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
        )
        for p in (target, picture)
    ]
    back = inverse(guess)
    back[:, 2] *= 0.5
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _TRIES, _ENOUGH)
    try:
        _, found = cv2.findTransformECC(
            small[0],
            small[1],
            back.copy(),
            cv2.MOTION_AFFINE,
            stop,
            cv2.resize(mask, small[0].shape[::-1], interpolation=cv2.INTER_NEAREST),
            5,
        )
    except cv2.error:
        return guess
    if np.abs(found[:, :2] - back[:, :2]).max() > 0.06:
        return guess
    exact = found.astype(np.float32)
    exact[:, 2] *= 2
    return inverse(exact)


def _square(affine: Affine) -> NDArray[np.float64]:
    return np.vstack([affine, [0, 0, 1]]).astype(np.float64)
