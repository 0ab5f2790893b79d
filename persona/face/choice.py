"""Which mouth of the atlas is shown at each frame."""

import numpy as np
from numpy.typing import NDArray

from persona.face.own_face import UNKNOWN, Atlas
from persona.face.visemes import MouthTrack

_OPENING, _WIDTH, _TURN, _TINT = 0.10, 0.30, 0.03, 12.0
"""How far off each may be for a cost of 1."""
_OTHER_SOUND, _OTHER_MOOD = 0.4, 1.5
_FULL_SMILE = 0.10
"""How far the corners of a full smile are lifted, in widths of the mouth."""
_NOT_SHUT, _SHUT_WITHIN = 12.0, 0.06
_JUMP, _LIPS = 0.35, 0.35
"""Costs of leaving the order of the footage: once, and for each hundredth of the face's width."""


class MouthChoice:
    """Chooses mouths that fit their sound, their neighbours and the head they are set into."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._step = _steps(atlas)
        self.smile = smiles(atlas)
        """[n], from -1 to 1: how much each mouth smiles."""
        self._last: int | None = None

    def forget(self) -> None:
        """Begin anew: the next mouth need not follow the last one."""
        self._last = None

    def choose(
        self,
        track: MouthTrack,
        turn: NDArray[np.float32],
        tint: NDArray[np.float32],
        commit: int | None = None,
        *,
        mood: float = 0.0,
    ) -> list[int]:
        """Return the mouths of a stretch of frames (Viterbi over all mouths).

        Args:
            track: the mouth wanted at each of `n` frames.
            turn: [n, 2], how the head is turned at each.
            tint: [n, 3], the light on it.
            commit: how many are settled; those after them only look ahead.
            mood: from -1 (grave) to 1 (glad): mouths that look so are preferred.
        """
        own = self._own_costs(track, turn, tint)
        if mood:
            own += _OTHER_MOOD * np.abs(mood - self.smile)
        best = own[0] + (0 if self._last is None else self._step[self._last])
        came: list[NDArray[np.intp]] = []
        for cost in own[1:]:
            ways = best[:, None] + self._step
            from_where = ways.argmin(axis=0)
            came.append(from_where)
            best = ways[from_where, np.arange(len(cost))] + cost
        path = [int(best.argmin())]
        for from_where in reversed(came):
            path.append(int(from_where[path[-1]]))
        settled = path[::-1][:commit]
        self._last = settled[-1]
        return settled

    def _own_costs(
        self, track: MouthTrack, turn: NDArray[np.float32], tint: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        atlas = self._atlas
        cost = np.abs(track.opening[:, None] - atlas.opening) / _OPENING
        cost += np.abs(track.width[:, None] - atlas.width) / _WIDTH
        cost += np.abs(turn[:, None] - atlas.turn).sum(axis=2) / _TURN
        cost += np.abs(tint[:, None] - atlas.tint.mean(axis=1)).mean(axis=2) / _TINT
        cost += _NOT_SHUT * (track.shut[:, None] & (atlas.opening > _SHUT_WITHIN))
        known = atlas.classes != UNKNOWN
        cost += _OTHER_SOUND * (known & (track.classes[:, None] != atlas.classes))
        return cost.astype(np.float32)


def smiles(atlas: Atlas) -> NDArray[np.float32]:
    """Return how much each mouth smiles, [n] from -1 to 1, whatever its opening.

    A smile lifts the corners against the middle of the lips; what opening alone does to that is
    taken off by a straight line fitted to all mouths.
    """
    lips = atlas.lips
    wide = np.linalg.norm(lips[:, 6] - lips[:, 0], axis=1).clip(1)
    lift = (lips[:, [3, 9], 1].mean(axis=1) - lips[:, [0, 6], 1].mean(axis=1)) / wide
    by_opening = np.polynomial.Polynomial.fit(atlas.opening, lift, 1)
    return ((lift - by_opening(atlas.opening)) / _FULL_SMILE).clip(-1, 1).astype(np.float32)


def _steps(atlas: Atlas) -> NDArray[np.float32]:
    """Return [n, n]: what it costs to go from one mouth to another."""
    flat = atlas.lips.reshape(len(atlas.lips), -1)
    away = np.stack([np.abs(flat - one).mean(axis=1) for one in flat])
    cost = _JUMP + _LIPS * away / (0.01 * atlas.patches.shape[2])
    cost[atlas.frames[:, None] + 1 == atlas.frames[None, :]] = 0
    np.fill_diagonal(cost, 0.1)
    return cost.astype(np.float32)
