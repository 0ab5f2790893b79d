from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time

import av
import numpy as np
import pytest

from persona.errors import FaceProblem
from persona.face.caption import captions_of
from persona.face.face import FaceSession, Frame
from persona.face.film import write_film
from persona.face.local import LocalFace
from persona.face.motion import Attention
from persona.face.photo import PhotoRenderer
from persona.face.visemes import MouthTrack
from persona.voice.speech import Speech
from tests.faces import HELLO, RATE, drawn_face, speech_of


@pytest.fixture
def face() -> LocalFace:
    return LocalFace(PhotoRenderer(drawn_face()))


def first_pictures(path: Path, n: int) -> np.ndarray:
    with av.open(str(path)) as file:
        frames = (frame.to_ndarray(format="bgr24") for frame in file.decode(video=0))
        return np.stack([picture for picture, _ in zip(frames, range(n), strict=False)])


def test_sound_pictures_and_captions_share_one_length(face: LocalFace, tmp_path: Path) -> None:
    out = tmp_path / "hello.mp4"
    report = write_film(face, [HELLO, HELLO], out, label=None)
    with av.open(str(out)) as file:
        kinds = {stream.type: stream for stream in file.streams}
        assert {s.codec_context.name for s in kinds.values()} == {"h264", "aac", "mov_text"}
        lengths = {s.type: float(s.duration * s.time_base) for s in file.streams}
    assert report.frames == round(report.seconds * 25)
    assert lengths["video"] == pytest.approx(report.seconds, abs=0.001)
    assert lengths["audio"] == pytest.approx(report.seconds, abs=0.03)
    assert report.seconds == pytest.approx(2 * HELLO.seconds, abs=0.04)


def test_captions_stand_in_the_file_as_text(face: LocalFace, tmp_path: Path) -> None:
    out = tmp_path / "hello.mp4"
    write_film(face, [HELLO], out, label=None)
    with av.open(str(out)) as file:
        packets = b"".join(bytes(packet) for packet in file.demux(subtitles=0))
    assert b"hello mama paper" in packets


def test_a_label_is_seen_in_its_corner_alone(face: LocalFace, tmp_path: Path) -> None:
    plain, labelled = tmp_path / "plain.mp4", tmp_path / "labelled.mp4"
    write_film(LocalFace(PhotoRenderer(drawn_face())), [HELLO], plain, label=None)
    write_film(face, [HELLO], labelled, label="AI-generated")
    one, other = first_pictures(plain, 1)[0], first_pictures(labelled, 1)[0]
    away = np.abs(one.astype(int) - other.astype(int))
    assert away[:24, :100].mean() > 10 * max(away[60:].mean(), 0.1)


def test_captions_are_burnt_in_low_in_the_picture_while_they_are_said(
    face: LocalFace, tmp_path: Path
) -> None:
    plain, burnt = tmp_path / "plain.mp4", tmp_path / "burnt.mp4"
    write_film(LocalFace(PhotoRenderer(drawn_face())), [HELLO], plain, label=None)
    write_film(face, [HELLO], burnt, label=None, burn_in=True)
    one, other = first_pictures(plain, 12)[11], first_pictures(burnt, 12)[11]
    away = np.abs(one.astype(int) - other.astype(int)).mean(axis=(1, 2))
    third = len(away) // 3
    assert away[-third:].mean() > 5 * max(away[:third].mean(), 0.1)


class Noise:
    """Draws noise, which makes large files soon."""

    name, size = "noise", 96

    def draw(self, track: MouthTrack, stress: np.ndarray) -> Iterator[np.ndarray]:
        random = np.random.default_rng(0)
        for _ in stress:
            yield random.integers(0, 255, (self.size, self.size, 3), np.uint8)

    def express(self, attention: Attention, mood: float) -> None: ...

    def shut(self) -> None: ...


def test_a_long_take_goes_to_disk_while_it_is_made(tmp_path: Path) -> None:
    """Clauses are asked for one by one, and the file grows between them."""
    sizes: list[int] = []

    def clauses() -> Iterator[Speech]:
        for _ in range(12):
            sizes.append(sum(file.stat().st_size for file in tmp_path.iterdir()))
            yield HELLO

    out = tmp_path / "long.mp4"
    write_film(LocalFace(Noise()), clauses(), out, label=None)
    whole = out.stat().st_size
    assert 0.2 * whole < sizes[9] < sizes[11] < whole
    assert list(tmp_path.iterdir()) == [out]


def test_the_first_picture_comes_at_once(face: LocalFace) -> None:
    """In processor time, which a busy machine doesn't lengthen: 80 ms at most."""
    list(face.film(HELLO))  # what is only needed once is there
    face.start(FaceSession(sample_rate=RATE))
    began = process_time()
    face.push_pcm(HELLO.samples[: RATE // 2], HELLO.phones)
    next(event for event in face.events() if isinstance(event, Frame))
    assert process_time() - began < 0.08


def test_nothing_to_say_leaves_no_file(face: LocalFace, tmp_path: Path) -> None:
    with pytest.raises(FaceProblem, match="nothing to say"):
        write_film(face, [], tmp_path / "empty.mp4", label=None)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_one_clear_problem(face: LocalFace, tmp_path: Path) -> None:
    with pytest.raises(FaceProblem, match=r"x\.mp4 can't be written"):
        write_film(face, [HELLO], tmp_path / "nowhere" / "x.mp4", label=None)


def test_captions_keep_every_word_in_order_and_do_not_overlap() -> None:
    words = " ".join(f"word{n}" for n in range(30))
    speech = speech_of("AA " * 40, words)
    lines = list(captions_of(speech, at=2.0))
    assert " ".join(line.text for line in lines) == words
    assert all(len(line.text) <= 42 for line in lines)
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(lines))
    assert lines[0].start >= 2.0


def test_speech_without_word_times_gets_one_caption() -> None:
    speech = Speech(samples=np.zeros(RATE, np.float32), sample_rate=RATE, text="hello")
    assert [line.text for line in captions_of(speech)] == ["hello"]
