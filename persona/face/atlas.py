"""Which mouths of the footage are kept, and how each is described."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.face.footage import FPS
from persona.face.own_face import UNKNOWN
from persona.face.survey import Survey
from persona.face.visemes import CLASSES, VISEMES
from persona.voice.speech import TimedPhone

MOST_MOUTHS = 400
_RUN = 5
"""Mouths are kept in runs of so many pictures: what follows in life follows best on screen."""


def kept_frames(survey: Survey, classes: NDArray[np.int16]) -> list[int]:
    """Return the pictures whose mouths are kept: all of a short video, the most varied of a long.

    Runs are taken one after the other, each the one least like those already taken
    (farthest-point sampling).
    """
    found = np.flatnonzero(survey.found)
    if len(found) <= MOST_MOUTHS:
        return found.tolist()
    runs = [run for run in np.split(found, range(_RUN, len(found), _RUN)) if len(run) == _RUN]
    looks = np.array([_look(survey, classes, run) for run in runs])
    taken = [int(np.argmin(survey.opening[[run[_RUN // 2] for run in runs]]))]
    distance = np.full(len(runs), np.inf)
    while len(taken) < min(MOST_MOUTHS // _RUN, len(runs)):
        distance = np.minimum(distance, np.abs(looks - looks[taken[-1]]).sum(axis=1))
        taken.append(int(np.argmax(distance)))
    return sorted(int(frame) for i in set(taken) for frame in runs[i])


def _look(survey: Survey, classes: NDArray[np.int16], run: NDArray[np.intp]) -> list[float]:
    middle = run[_RUN // 2]
    return [
        *(2.0 * survey.opening[run[[0, _RUN // 2, -1]]]),
        *survey.width[run[[0, -1]]],
        0.5 * float(classes[middle]),
    ]


def classes_at(phones: Sequence[TimedPhone], n: int) -> NDArray[np.int16]:
    """Return which class of mouth is said at each of `n` pictures."""
    classes = np.full(n, UNKNOWN, np.int16)
    for phone in phones:
        start, end = round(phone.start * FPS), round(phone.end * FPS)
        classes[start : max(end, start + 1)] = CLASSES.index(VISEMES[phone.symbol].name)
    return classes


def inside(patch: NDArray[np.uint8], lips: NDArray[np.float32]) -> tuple[float, float]:
    """Return the pixels inside the lips, and the share of them that are teeth."""
    inner = lips[12:].astype(np.int32)
    area = float(cv2.contourArea(inner))
    if area < 4:
        return area, 0.0
    mask = np.zeros(patch.shape[:2], np.uint8)
    cv2.fillPoly(mask, [inner], 1)
    bright, colour = _look_of(patch[mask > 0])
    skin_bright, skin_colour = np.median(_look_of(patch.reshape(-1, 3)), axis=1)
    teeth = (bright > 0.75 * skin_bright) & (colour < 0.85 * skin_colour)
    return area, float(teeth.mean())


def _look_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return [2, n]: how bright and how colourful each pixel is."""
    top = pixels.max(axis=1).astype(np.float32)
    return np.stack([top, (top - pixels.min(axis=1)) / (top + 1)])


def edge_tint(patch: NDArray[np.uint8], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return [2, 3]: the mean colour where the mask fades, left and right, above the chin."""
    edge = (mask > 0.1) & (mask < 0.8)
    edge[int(len(mask) * 0.6) :] = False
    tints: list[NDArray[np.float32]] = []
    middle = mask.shape[1] // 2
    for side in (slice(0, middle), slice(middle, None)):
        tints.append(patch[:, side][edge[:, side]].mean(axis=0).astype(np.float32))
    return np.stack(tints)


def head_turn(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return [..., 2]: how far the nose is off the middle, sideways and up or down."""
    sides = np.linalg.norm(points[..., 16, :] - points[..., 0, :], axis=-1)
    middle = (points[..., 0, :] + points[..., 16, :]) / 2
    return ((points[..., 30, :] - middle) / sides[..., None]).astype(np.float32)
