"""What a face from footage shows besides speaking."""

import numpy as np
import pytest

from persona.face.choice import MouthChoice, smiles
from persona.face.face import FaceSession, Frame
from persona.face.landmarks import Landmarker
from persona.face.local import LocalFace
from persona.face.mood import mood_of
from persona.face.motion import Attention
from persona.face.render import FootageRenderer
from persona.face.visemes import mouth_track
from tests.faces import RATE
from tests.persona.face.footage import face_from_footage


def points_after(attention: Attention, mood: float) -> np.ndarray:
    """Return the mean points of a face that has held an expression for two seconds."""
    face = LocalFace(FootageRenderer(face_from_footage()))
    face.start(FaceSession(sample_rate=RATE))
    face.express(attention, mood)
    face.push_pcm(np.zeros(3 * RATE, np.float32))
    pictures = [event.picture for event in face.events() if isinstance(event, Frame)]
    landmarker = Landmarker()
    found: list[np.ndarray] = []
    for picture in pictures[50:60]:
        box = landmarker.find(picture)
        assert box is not None
        found.append(landmarker.points(picture, box))
    return np.mean(found, axis=0)


def lift(points: np.ndarray) -> float:
    """Return how far the corners of the mouth are above the middle of the lips, in its widths."""
    wide = np.linalg.norm(points[54] - points[48])
    return float((points[[51, 57], 1].mean() - points[[48, 54], 1].mean()) / wide)


def test_gladness_lifts_the_corners_of_the_mouth() -> None:
    grave, still, glad = (points_after(Attention.RESTING, mood) for mood in (-1.0, 0.0, 1.0))
    assert lift(grave) < lift(still) < lift(glad)
    assert lift(glad) - lift(grave) > 0.04


def test_listening_smiles_a_little_and_tilts() -> None:
    resting = points_after(Attention.RESTING, 0.0)
    listening = points_after(Attention.LISTENING, 0.0)

    def tilt(points: np.ndarray) -> float:
        across = points[36:42].mean(axis=0) - points[42:48].mean(axis=0)
        return float(np.degrees(np.arctan2(across[1], across[0])))

    assert abs(tilt(listening) - tilt(resting)) > 0.4
    assert lift(listening) > lift(resting)


def test_the_owners_own_smiles_are_preferred() -> None:
    atlas = face_from_footage().atlas
    n = 20
    track = mouth_track((), np.arange(n) / 25)
    still = np.zeros((n, 2), np.float32), np.zeros((n, 3), np.float32)
    shown = smiles(atlas)

    def smile(mood: float) -> float:
        return float(shown[MouthChoice(atlas).choose(track, *still, mood=mood)].mean())

    assert smile(-1.0) <= smile(1.0)
    assert smile(1.0) >= np.median(shown[atlas.opening < 0.2])


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The train leaves at five.", 0),
        ("Hello! How lovely to see you.", 1),
        ("I'm so sorry, my father died.", -1),
        ("Das ist leider schlimm.", -1),
        ("I am not happy about it.", -1),
        ("See you 🎉", 1),
        ("", 0),
    ],
)
def test_the_mood_is_read_from_the_words(text: str, mood: int) -> None:
    assert np.sign(mood_of(text)) == mood
