from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from persona.errors import FaceProblem
from persona.face.caption import captions_of
from persona.face.film import write_film
from persona.face.local import LocalFace
from persona.face.photo import PhotoRenderer
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
