"""The mouths of a face on one sheet, to look at."""

import cv2
import numpy as np

from persona.face.landmarks import Picture
from persona.face.own_face import OwnFace


def contact_sheet(face: OwnFace, *, columns: int = 10, rows: int = 6, side: int = 96) -> Picture:
    """Return mouths of the atlas side by side, the most closed first."""
    order = np.argsort(face.atlas.opening)
    shown = order[np.linspace(0, len(order) - 1, min(len(order), columns * rows)).astype(int)]
    cells = [_cell(face, int(mouth), side) for mouth in shown]
    while len(cells) % columns:
        cells.append(np.zeros_like(cells[0]))
    lines = [np.hstack(cells[at : at + columns]) for at in range(0, len(cells), columns)]
    return np.vstack(lines)


def _cell(face: OwnFace, mouth: int, side: int) -> Picture:
    """Return the lips of one mouth and what is around them."""
    patch, lips = face.atlas.patches[mouth], face.atlas.lips[mouth]
    middle, half = lips.mean(axis=0), 0.95 * float(np.ptp(lips[:, 0]))
    left, top = (int(v) for v in np.maximum(middle - half, 0))
    cut: Picture = patch[top : int(middle[1] + half), left : int(middle[0] + half)]
    small = cv2.resize(cut, (side, side), interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)
