"""Which stretch of the footage is the head at rest."""

import numpy as np

from persona.face.alignment import face_length
from persona.face.survey import Survey

MOST_FRAMES = 200


def idle_stretch(survey: Survey, *, most: int = MOST_FRAMES) -> range:
    """Return the pictures of the idle loop: in a row, the mouth quiet, the head near its place.

    Played there and back it closes without a jump.
    """
    best, best_cost = range(0), np.inf
    usual = np.nanmedian(survey.points, axis=0)
    shift = np.linalg.norm(survey.points[:, 30] - usual[30], axis=1) / face_length(usual)
    cost = np.abs(survey.opening) + 3.0 * shift + 10.0 * np.abs(np.gradient(shift))
    for start, end in _rows(survey.found):
        length = min(most, end - start)
        sums = np.concatenate([[0.0], np.cumsum(cost[start:end])])
        means = (sums[length:] - sums[:-length]) / length
        first = int(np.argmin(means))
        if means[first] - 0.01 * length < best_cost:
            best_cost = float(means[first]) - 0.01 * length
            best = range(start + first, start + first + length)
    return best


def _rows(found: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], found.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
