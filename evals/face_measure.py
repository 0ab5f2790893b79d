"""What can be measured on the pictures of a face that speaks, drawn or filmed."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from evals.errors import EvalProblem
from persona.face.footage import FPS
from persona.face.landmarks import INNER_LIPS, JAW, Landmarker, Picture
from persona.face.loudness import levels
from persona.face.survey import eye_opening, lips
from persona.voice.speech import Speech, TimedPhone

MOST_LAG = 5
"""Frames to either side in which the best lag is looked for."""
_CLOSED_SHARE = 0.15
"""Lips count as closed up to this share of the person's range of opening."""
_SHUT_EYES = 0.72
"""Eyes count as shut below this share of their usual height."""
_IDENTITY_EVERY = 8


class Seen(NamedTuple):
    """What a sequence of pictures shows, frame by frame."""

    points: NDArray[np.float32]
    """[n, 68, 2]."""
    gap: NDArray[np.float32]
    """[n], between the lips, over the length of the face."""
    identities: NDArray[np.float32]
    """[m, 128], of some of them."""
    mouths: NDArray[np.float32]
    """[n, 32, 64], the mouth in grey, held in place."""
    seam: float
    """How strong edges are where the jaw meets cheek and neck, over those in the whole face."""


def look_at(pictures: Sequence[Picture], landmarker: Landmarker) -> Seen:
    """Find the face in every picture.

    Raises:
        EvalProblem: there is one without a face.
    """
    points: list[NDArray[np.float32]] = []
    identities: list[NDArray[np.float32]] = []
    mouths: list[NDArray[np.float32]] = []
    seams: list[float] = []
    for number, picture in enumerate(pictures):
        box = landmarker.find(picture)
        if box is None:
            raise EvalProblem(f"no face is found in frame {number}", "choose footage of a face")
        points.append(landmarker.points(picture, box))
        mouths.append(_mouth(picture, points[-1]))
        if number % _IDENTITY_EVERY == 0:
            identities.append(landmarker.identity(picture, box))
            seams.append(_seam(picture, points[-1]))
    stacked = np.stack(points)
    gap, _ = lips(stacked)
    return Seen(stacked, gap, np.stack(identities), np.stack(mouths), float(np.mean(seams)))


def energy(speech: Speech, frames: int) -> NDArray[np.float32]:
    """Return the level of the sound in dB at each frame."""
    edges = np.arange(frames + 1) * speech.sample_rate // FPS
    return levels(speech.samples, edges.clip(0, len(speech.samples)).astype(np.int64))


def correlations(gap: NDArray[np.float32], level: NDArray[np.float32]) -> dict[int, float]:
    """Return the correlation of mouth and sound at each lag in frames; positive: mouth late."""
    n = min(len(gap), len(level))
    found: dict[int, float] = {}
    for lag in range(-MOST_LAG, MOST_LAG + 1):
        mouth = gap[max(0, lag) : n + min(0, lag)]
        sound = level[max(0, -lag) : n - max(0, lag)]
        found[lag] = float(np.corrcoef(mouth, sound)[0, 1])
    return found


def closures(
    gap: NDArray[np.float32], phones: Sequence[TimedPhone], closed: float, opened: float
) -> list[bool]:
    """Return for each p, b and m whether the lips meet in it.

    Args:
        gap: [n], of the pictures.
        phones: what is said in them.
        closed: the person's gap with closed lips.
        opened: the person's gap with a wide open mouth.
    """
    limit = closed + _CLOSED_SHARE * (opened - closed)
    met: list[bool] = []
    for phone in phones:
        if phone.symbol in ("P", "B", "M"):
            first = int(phone.start * FPS)
            last = max(first + 1, int(np.ceil(phone.end * FPS)))
            met.append(bool(gap[first:last].min(initial=np.inf) <= limit))
    return met


def identity_distance(identities: NDArray[np.float32], portrait: NDArray[np.float32]) -> float:
    """Return the mean distance to the portrait; the same person lies within 0.6."""
    return float(np.linalg.norm(identities - portrait, axis=1).mean())


def flicker(mouths: NDArray[np.float32]) -> float:
    """Return how much the mouth's brightness jumps there and back from frame to frame."""
    return float(np.abs(mouths[:-2] - 2 * mouths[1:-1] + mouths[2:]).mean())


def blinks(points: NDArray[np.float32]) -> int:
    """Return how often the eyes shut."""
    eyes = eye_opening(points)
    shut = eyes < _SHUT_EYES * np.median(eyes)
    return int(np.sum(shut[1:] & ~shut[:-1]))


def _mouth(picture: Picture, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mouth at a steady place and size, by the nose and the eyes."""
    left, right = points[36:42].mean(axis=0), points[42:48].mean(axis=0)
    base = points[33]
    apart = right - left
    across = np.array([-apart[1], apart[0]])
    source = np.array([base - apart / 2, base + apart / 2, base + across])
    target = np.array([[8, 4], [56, 4], [32, 52]], np.float32)
    affine = cv2.getAffineTransform(source.astype(np.float32), target)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return cv2.warpAffine(grey, affine, (64, 32)).astype(np.float32)


def _seam(picture: Picture, points: NDArray[np.float32]) -> float:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    face = np.zeros(grey.shape, np.uint8)
    cv2.fillPoly(face, [cv2.convexHull(points.astype(np.int32))], 1)
    ring = np.zeros(grey.shape, np.uint8)
    wide = max(3, round(float(np.ptp(points[JAW, 0])) * 0.10))
    middle = points[INNER_LIPS].mean(axis=0)
    inset = (points[2:15] + (middle - points[2:15]) * 0.2).astype(np.int32)
    cv2.polylines(ring, [inset], False, (1,), wide)
    return float(edges[ring > 0].mean() / (edges[face > 0].mean() + 1e-6))
