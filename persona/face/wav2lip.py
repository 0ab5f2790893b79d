"""A lip-sync network of the Wav2Lip kind, from a file of the user's: draws mouths into the head.

Takes an ONNX file with two inputs, sound [n, 1, 80, 16] and faces [n, 6, side, side] (the face
with its lower half black, and the face itself), and pictures [n, 3, side, side] as its output.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from persona.errors import FaceProblem
from persona.face.alignment import face_length
from persona.face.footage import FPS
from persona.face.landmarks import CHIN, Landmarker, Picture, Points
from persona.face.mel import BANDS, STEPS_A_SECOND, mel_spectrogram
from persona.face.patience import Stopped
from persona.voice.speech import Speech

_STEPS = 16
"""Steps of sound that the network sees for one picture."""
_USUAL_SIDE = 96
_FOLLOW = 0.3
"""How much of the way to where the face was found its frame goes in one picture."""


class Wav2LipDrawer:
    """A `SegmentDrawer` around such a network."""

    hosted = False

    def __init__(self, model: Path, points: Points) -> None:
        """Load a network.

        Args:
            model: the ONNX file.
            points: [68, 2], where the face usually is, for heads in which none is found.

        Raises:
            FaceProblem: the file can't be read, or isn't such a network.
        """
        self.name = f"wav2lip ({model.name})"
        self._network = _Network(model)
        self._usual = points
        self._landmarker: Landmarker | None = None

    def draw(self, speech: Speech, heads: Iterator[Picture], stop: Event) -> Iterator[Picture]:
        """Yield the heads with mouths that say `speech`."""
        sound = mel_spectrogram(speech.samples, speech.sample_rate)
        sound = np.pad(sound, ((0, 0), (0, _STEPS)), mode="edge")
        frame = _box(self._usual)
        for number, head in enumerate(heads):
            if stop.is_set():
                raise Stopped
            frame += _FOLLOW * (_box(self._points(head)) - frame)
            first = min(number * STEPS_A_SECOND // FPS, sound.shape[1] - _STEPS)
            yield self._spoken(head, frame, sound[:, first : first + _STEPS])

    def close(self) -> None:
        """Let go of the network's part that finds faces."""
        self._landmarker = None

    def _points(self, head: Picture) -> Points:
        self._landmarker = self._landmarker or Landmarker()
        box = self._landmarker.find(head)
        return self._usual if box is None else self._landmarker.points(head, box)

    def _spoken(
        self, head: Picture, frame: NDArray[np.float64], sound: NDArray[np.float32]
    ) -> Picture:
        left, top, right, bottom = _inside(frame, head)
        face = head[top:bottom, left:right]
        side = self._network.side
        small = cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
        small /= 255
        hidden = small.copy()
        hidden[side // 2 :] = 0
        seen = np.concatenate([hidden, small], axis=2).transpose(2, 0, 1)
        drawn = self._network.run(sound, seen).transpose(1, 2, 0) * 255
        large = cv2.resize(drawn, (right - left, bottom - top), interpolation=cv2.INTER_CUBIC)
        mask = _mask(bottom - top, right - left)[:, :, None]
        picture = head.copy()
        blend = large.clip(0, 255) * mask + face * (1 - mask)
        picture[top:bottom, left:right] = blend.astype(np.uint8)
        return picture


class _Network:
    """The ONNX file, opened and understood."""

    def __init__(self, model: Path) -> None:
        import onnxruntime

        ort: Any = onnxruntime
        if not model.is_file():
            raise FaceProblem(f"there is no file {model}", "name the ONNX file of the network")
        try:
            session = ort.InferenceSession(str(model), providers=ort.get_available_providers())
        except Exception as error:  # onnxruntime has many errors, without a common kind
            raise FaceProblem(f"{model.name} can't be read as ONNX", "export it anew") from error
        self._session: Any = session
        self._sound, self._face, self.side = _inputs(model, session)

    def run(self, sound: NDArray[np.float32], face: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the picture, [3, side, side], from 0 to 1."""
        given = {self._sound: sound[None, None], self._face: face[None]}
        try:
            drawn = np.asarray(self._session.run(None, given)[0], np.float32)[0]
        except Exception as error:  # as above
            raise FaceProblem("the lip-sync network fails", "export it anew") from error
        if drawn.shape != (3, self.side, self.side):
            raise FaceProblem("the lip-sync network draws no pictures", "is it a Wav2Lip?")
        return drawn


def check_network(model: Path) -> str:
    """Return what a file draws, having drawn one picture with it.

    Raises:
        FaceProblem: it isn't such a network.
    """
    network = _Network(model)
    side = network.side
    network.run(np.zeros((BANDS, _STEPS), np.float32), np.zeros((6, side, side), np.float32))
    return f"faces of {side} x {side}"


class _Inputs(NamedTuple):
    sound: str
    face: str
    side: int


def _inputs(model: Path, session: Any) -> _Inputs:
    sound = face = ""
    side = _USUAL_SIDE
    for given in session.get_inputs():
        shape = given.shape
        if len(shape) == 4 and shape[1] == 6:
            face = given.name
            side = shape[2] if isinstance(shape[2], int) else _USUAL_SIDE
        elif len(shape) == 4 and shape[2] == BANDS:
            sound = given.name
    if not (sound and face):
        raise FaceProblem(
            f"{model.name} isn't a network of the Wav2Lip kind",
            "it takes sound [n, 1, 80, 16] and faces [n, 6, side, side]",
        )
    return _Inputs(sound, face, side)


def _box(points: Points) -> NDArray[np.float64]:
    """Return left, top, right, bottom of a face as such networks are trained on it."""
    length = face_length(points)
    jaw = points[:17]
    top = points[17:27, 1].min() - 0.15 * length
    bottom = points[CHIN, 1] + 0.08 * length
    return np.array([jaw[:, 0].min(), top, jaw[:, 0].max(), bottom], np.float64)


def _inside(frame: NDArray[np.float64], head: Picture) -> tuple[int, int, int, int]:
    height, width = head.shape[:2]
    left, top, right, bottom = np.round(frame).astype(int).tolist()
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)


def _mask(height: int, width: int) -> NDArray[np.float32]:
    """Return how much of the drawn face is taken: its lower half, soft to all sides."""
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    down = ((y - 0.45) / 0.15).clip(0, 1) * ((1 - y) / 0.06).clip(0, 1)
    return (down * ((1 - np.abs(x)) / 0.16).clip(0, 1)).astype(np.float32)
