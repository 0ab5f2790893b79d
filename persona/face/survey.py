"""A first look at a whole video: where the face is in each picture, and what the mouth does."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from persona.errors import FaceProblem
from persona.face.alignment import STEADY, face_length, moved, similarity
from persona.face.landmarks import Box, Landmarker, Picture, Points

LEAST_FRAMES = 25
"""A face is built from a second of footage at least."""
_THOROUGH = 25
"""Pictures after which a very small face is looked for again."""
CLOSED, OPEN = 3, 98
"""Percentiles of one person's lip opening that count as closed and as wide open. Closed is what
the lips do on p, b and m: many people rest with their lips apart."""
_UPPER_INNER, _LOWER_INNER = [61, 62, 63], [67, 66, 65]
_LEFT_CORNER, _RIGHT_CORNER = 48, 54


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is known of `n` pictures of one video."""

    points: NDArray[np.float32]
    """[n, 68, 2], smoothed over three frames; NaN where no face is found."""
    opening: NDArray[np.float32]
    """[n], 0 closed to about 1 wide open for this person."""
    width: NDArray[np.float32]
    """[n], 0 pursed to about 1 wide."""
    eyes: NDArray[np.float32]
    """[n], height over width of the eyes."""

    @property
    def found(self) -> NDArray[np.bool_]:
        """[n], True where there is a face."""
        return ~np.isnan(self.points[:, 0, 0])


def survey(pictures: Iterable[Picture], landmarker: Landmarker) -> Survey:
    """Look at every picture once.

    Raises:
        FaceProblem: there is hardly a face to be seen.
    """
    missing = np.full((68, 2), np.nan, np.float32)
    rows: list[Points] = []
    box: Box | None = None
    for number, picture in enumerate(pictures):
        box = landmarker.find(picture, box, thorough=number % _THOROUGH == 0)
        rows.append(missing if box is None else landmarker.points(picture, box))
    if sum(not np.isnan(row[0, 0]) for row in rows) < LEAST_FRAMES:
        raise FaceProblem(
            "the video shows a face for less than a second",
            "record the whole face from the front, in good light, for a minute or more",
        )
    points = _smoothed(np.stack(rows))
    gaps, widths = lips(points)
    return Survey(
        points=points,
        opening=_scaled(gaps, CLOSED, OPEN),
        width=_scaled(widths, 3, 97),
        eyes=eye_opening(points),
    )


def lips(points: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the gap between the lips and the width of the mouth over the face's length, [n]."""
    gaps = np.linalg.norm(points[:, _UPPER_INNER] - points[:, _LOWER_INNER], axis=2).mean(axis=1)
    widths = np.linalg.norm(points[:, _LEFT_CORNER] - points[:, _RIGHT_CORNER], axis=1)
    lengths = steady_lengths(points)
    return (gaps / lengths).astype(np.float32), (widths / lengths).astype(np.float32)


def steady_lengths(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each face's length with the chin left out of it, which drops as the mouth opens."""
    found = ~np.isnan(points[:, 0, 0])
    whole = float(np.median([face_length(p) for p in points[found]]))
    upper = np.linalg.norm(points[:, 27] - points[:, 33], axis=1)
    return (upper * (whole / float(np.median(upper[found])))).astype(np.float32)


def eye_opening(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return height over width of the eyes, [n] (Soukupova and Cech 2016)."""
    ratios: list[NDArray[np.float32]] = []
    for a in (36, 42):
        tall = np.linalg.norm(points[:, a + 1] - points[:, a + 5], axis=1)
        tall += np.linalg.norm(points[:, a + 2] - points[:, a + 4], axis=1)
        ratios.append(tall / (2 * np.linalg.norm(points[:, a] - points[:, a + 3], axis=1)))
    return np.mean(ratios, axis=0).astype(np.float32)


def reference(found: Survey) -> int:
    """Return the picture that shows the person best: typical pose, lips together, eyes open."""
    usual = np.nanmedian(found.points, axis=0)
    away = np.full(len(found.points), np.inf)
    for i in np.flatnonzero(found.found):
        fit = moved(usual[list(STEADY)], similarity(usual[list(STEADY)], found.points[i, STEADY]))
        turn = np.abs(fit - found.points[i, STEADY]).mean() / face_length(usual)
        shift = np.abs(found.points[i].mean(axis=0) - usual.mean(axis=0)).sum() / face_length(usual)
        away[i] = turn * 20 + shift + abs(found.opening[i])
    shut_eyes = found.eyes < np.nanmedian(found.eyes) * 0.9
    return int(np.argmin(away + 5.0 * shut_eyes))


def _smoothed(points: NDArray[np.float32]) -> NDArray[np.float32]:
    padded = np.concatenate([points[:1], points, points[-1:]])
    soft = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return np.where(np.isnan(soft), points, soft).astype(np.float32)


def _scaled(values: NDArray[np.float32], low: int, high: int) -> NDArray[np.float32]:
    floor, top = np.nanpercentile(values, [low, high])
    return ((values - floor) / max(float(top - floor), 1e-4)).astype(np.float32)
