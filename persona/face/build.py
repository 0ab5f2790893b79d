"""Building a face from footage, in two passes and bounded memory."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from persona.face import atlas, idle
from persona.face.alignment import (
    STEADY,
    Affine,
    after,
    face_length,
    inverse,
    moved,
    refine,
    similarity,
    still_part,
)
from persona.face.canvas import Area, canvas_map, mouth_area, mouth_mask, onto_canvas, warped
from persona.face.footage import pictures_of
from persona.face.landmarks import Landmarker, Picture, Points
from persona.face.own_face import Atlas, IdleLoop, OwnFace
from persona.face.survey import Survey, reference, survey
from persona.voice.speech import TimedPhone

SIZE = 512
"""Side of the picture in pixels."""

Progress = Callable[[str, int, int], object]
"""Told of each step: what, done, in all."""


def build_from_footage(
    video: Path,
    landmarker: Landmarker,
    *,
    phones: Sequence[TimedPhone] = (),
    size: int = SIZE,
    progress: Progress = lambda _what, _done, _all: None,
) -> OwnFace:
    """Return the face of the person in a video.

    Args:
        video: the face from the front; a minute or more is best, ten are read at most.
        landmarker: finds the face.
        phones: what is said in the video, if known: mouths are then also chosen by sound.
        size: side of the square picture.
        progress: told how far it is.

    Raises:
        FaceProblem: the video can't be read or shows no face.
    """
    progress("looking for the face", 0, 3)
    found = survey(pictures_of(video), landmarker)
    progress("choosing mouths", 1, 3)
    stage = _stage(video, found, size)
    classes = atlas.classes_at(phones, len(found.points))
    mouths = set(atlas.kept_frames(found, classes))
    rest = idle.idle_stretch(found)
    progress("cutting them out", 2, 3)
    cuts = [
        _cut(stage, found.points[number], picture, number, number in mouths, number in rest)
        for number, picture in enumerate(pictures_of(video))
        if number in mouths or number in rest
    ]
    progress("done", 3, 3)
    return OwnFace(
        portrait=stage.portrait,
        points=stage.points,
        mask=stage.mask,
        atlas=_atlas(stage, found, classes, [cut for cut in cuts if cut.patch is not None]),
        idle=_idle(found, [cut for cut in cuts if cut.picture is not None]),
    )


class _Stage(NamedTuple):
    """The reference head, on which all others are laid."""

    portrait: Picture
    points: Points
    to_canvas: Affine
    area: Area
    mask: NDArray[np.float32]
    still: NDArray[np.uint8]


class _Cut(NamedTuple):
    """What is kept of one picture."""

    number: int
    home: Affine
    """From its head on the canvas to the reference head."""
    points: Points
    tint: NDArray[np.float32]
    patch: Picture | None
    picture: Picture | None


def _stage(video: Path, found: Survey, size: int) -> _Stage:
    chosen = reference(found)
    picture = next(p for i, p in enumerate(pictures_of(video)) if i == chosen)
    to_canvas = canvas_map(found.points[chosen], picture.shape, size)
    points = moved(found.points[chosen], to_canvas)
    area = mouth_area(points, size)
    return _Stage(
        portrait=onto_canvas(picture, to_canvas, size),
        points=points,
        to_canvas=to_canvas,
        area=area,
        mask=mouth_mask(points, area),
        still=still_part(points, (size, size)),
    )


def _cut(
    stage: _Stage, points: Points, picture: Picture, number: int, is_mouth: bool, is_rest: bool
) -> _Cut:
    size = len(stage.portrait)
    shown = onto_canvas(picture, stage.to_canvas, size)
    on_canvas = moved(points, stage.to_canvas)
    guess = similarity(on_canvas[list(STEADY)], stage.points[list(STEADY)])
    home = refine(shown, stage.portrait, guess, stage.still)
    to_patch = after(after(stage.to_canvas, home), _shift(stage.area))
    patch = warped(picture, to_patch, (stage.area.width, stage.area.height))
    return _Cut(
        number=number,
        home=home,
        points=moved(on_canvas, home),
        tint=atlas.edge_tint(patch, stage.mask),
        patch=patch if is_mouth else None,
        picture=shown if is_rest else None,
    )


def _shift(area: Area) -> Affine:
    return np.array([[1, 0, -area.left], [0, 1, -area.top]], np.float32)


def _atlas(stage: _Stage, found: Survey, classes: NDArray[np.int16], cuts: Sequence[_Cut]) -> Atlas:
    numbers = np.array([cut.number for cut in cuts], np.int32)
    patches = np.stack([cut.patch for cut in cuts if cut.patch is not None])
    corner = np.array([stage.area.left, stage.area.top], np.float32)
    lips = np.stack([cut.points[48:68] - corner for cut in cuts]).astype(np.float32)
    insides = [atlas.inside(patch, mouth) for patch, mouth in zip(patches, lips, strict=True)]
    length = face_length(stage.points)
    return Atlas(
        patches=patches,
        left=stage.area.left,
        top=stage.area.top,
        lips=lips,
        opening=found.opening[numbers],
        width=found.width[numbers],
        area=np.array([area / length**2 for area, _ in insides], np.float32),
        teeth=np.array([teeth for _, teeth in insides], np.float32),
        classes=classes[numbers],
        frames=numbers,
        turn=atlas.head_turn(found.points[numbers]),
        tint=np.stack([cut.tint for cut in cuts]),
    )


def _idle(found: Survey, cuts: Sequence[_Cut]) -> IdleLoop:
    numbers = [cut.number for cut in cuts]
    return IdleLoop(
        pictures=np.stack([cut.picture for cut in cuts if cut.picture is not None]),
        places=np.stack([inverse(cut.home) for cut in cuts]),
        turn=atlas.head_turn(found.points[numbers]),
        tint=np.stack([cut.tint for cut in cuts]),
        eyes=found.eyes[numbers],
    )
