"""What every face keeps to, whatever draws it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from persona.face.face import Face, FaceSession, Frame, Interrupted, SpeakEnded, SpeakStarted
from persona.face.local import LocalFace
from persona.face.motion import Attention
from persona.face.photo import PhotoRenderer
from persona.face.render import FootageRenderer
from tests.faces import HELLO, RATE, drawn_face
from tests.persona.face.elsewhere import hosted, wav2lip
from tests.persona.face.footage import face_from_footage

Opened = AbstractContextManager[Face]
FACES: dict[str, Callable[[], Opened]] = {
    "photo": lambda: nullcontext(LocalFace(PhotoRenderer(drawn_face()))),
    "own-footage": lambda: nullcontext(LocalFace(FootageRenderer(face_from_footage()))),
    "d-id": lambda: hosted("d-id"),
    "heygen": lambda: hosted("heygen"),
    "a2e": lambda: hosted("a2e"),
    "wav2lip": wav2lip,
}


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest) -> Iterator[Face]:
    with FACES[request.param]() as made:
        made.start(FaceSession(sample_rate=RATE))
        yield made
        made.close()


def frames_of(face: Face) -> list[Frame]:
    return [event for event in face.events() if isinstance(event, Frame)]


def test_a_take_gives_a_frame_for_each_25th_of_its_sound(face: Face) -> None:
    pictures = list(face.film(HELLO))
    assert len(pictures) == int(np.ceil(HELLO.seconds * 25))
    assert len({picture.shape for picture in pictures}) == 1


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(chunks=st.lists(st.integers(1, 4000), min_size=1, max_size=8))
def test_silence_makes_idle_frames_and_never_drifts(face: Face, chunks: list[int]) -> None:
    face.start(FaceSession(sample_rate=RATE))
    made = pushed = 0
    for chunk in chunks:
        face.push_pcm(np.zeros(chunk, np.float32))
        pushed += chunk
        made += len(frames_of(face))
        assert made == pushed * 25 // RATE


def test_frames_are_numbered_without_a_gap(face: Face) -> None:
    face.push_pcm(HELLO.samples, HELLO.phones)
    first = frames_of(face)
    face.end_segment()
    face.push_pcm(np.zeros(RATE, np.float32))
    numbers = [frame.number for frame in first + frames_of(face)]
    assert numbers == list(range(len(numbers)))


def test_a_segment_says_when_it_starts_and_ends(face: Face) -> None:
    face.push_pcm(HELLO.samples, HELLO.phones)
    face.end_segment()
    kinds = [type(event) for event in face.events()]
    assert kinds.count(SpeakStarted) == kinds.count(SpeakEnded) == 1
    assert kinds.index(SpeakStarted) < kinds.index(SpeakEnded)


def test_an_interrupt_drops_what_was_not_drawn(face: Face) -> None:
    face.push_pcm(HELLO.samples, HELLO.phones)
    face.end_segment()
    events = face.events()
    drawn = [next(events) for _ in range(12)]
    face.interrupt()
    rest = list(events)
    assert [type(event) for event in rest] == [Interrupted]
    seen = sum(isinstance(event, Frame) for event in drawn)
    assert rest[0].frame == seen
    face.push_pcm(np.zeros(RATE // 25, np.float32))
    (after,) = frames_of(face)
    assert (after.number, after.epoch) == (seen, 1)


def test_speaking_looks_different_from_silence(face: Face) -> None:
    spoken = np.stack(list(face.film(HELLO))).astype(np.int16)
    face.start(FaceSession(sample_rate=RATE))
    lower = slice(spoken.shape[1] // 2, None)
    moves = np.abs(np.diff(spoken[:, lower], axis=0)).mean()
    face.push_pcm(np.zeros(len(HELLO.samples), np.float32))
    still = np.stack([frame.picture for frame in frames_of(face)]).astype(np.int16)
    assert moves > 1.1 * np.abs(np.diff(still[:, lower], axis=0)).mean()


def test_listening_and_thinking_look_unlike_resting(face: Face) -> None:
    def after_two_seconds(attention: Attention) -> np.ndarray:
        face.start(FaceSession(sample_rate=RATE))
        face.express(attention)
        face.push_pcm(np.zeros(2 * RATE, np.float32))
        return np.stack([frame.picture for frame in frames_of(face)][-5:]).astype(np.int16)

    resting = after_two_seconds(Attention.RESTING)
    thinking = after_two_seconds(Attention.THINKING)
    listening = after_two_seconds(Attention.LISTENING)
    for one, other in ((resting, thinking), (thinking, listening)):
        assert np.abs(one - other).mean() > 0.5
