"""Footage of every kind, looked at with the real face finder and, where it speaks, real hearing."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from evals.made_up_film import turned, write_film
from ingest.container import probe
from ingest.errors import ImportProblem
from ingest.footage import Ears, Footage, look
from persona.bootstrap import open_ears, open_eyes
from persona.face.landmarks import Picture
from persona.settings import load_settings
from persona.voice.sound import resampled
from persona.voice.speech import Speech
from tests.recordings import deeper, portrait, sitting, speech

SECONDS = 6
GRID = Path(__file__).parents[3] / "shared" / "data" / "footage"


@pytest.fixture(scope="module")
def ears() -> Ears:
    return open_ears(load_settings())


@pytest.fixture
def seen(ears: Ears) -> Callable[[Path], Footage]:
    return lambda path: look(path, open_eyes(), ears, lambda *_: None)


def keys(footage: Footage) -> set[str]:
    return {finding.key for finding in footage.findings}


def film(path: Path, picture: Picture | None = None, sound: Speech | None = None) -> Path:
    return write_film(path, sitting(SECONDS * 10, picture), sound, fps=10)


def test_a_good_film_gives_portraits_words_and_one_voice(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    footage = seen(film(tmp_path / "me.mp4", sound=speech()))
    assert keys(footage) == set()
    assert footage.shows_face
    assert footage.holds_voice
    assert footage.holds_words
    assert len(footage.portraits) == 5
    assert [p.score for p in footage.portraits] == sorted(
        (p.score for p in footage.portraits), reverse=True
    )
    assert footage.heard is not None
    assert "born in Lisbon" in footage.heard.transcript.text
    starts = [word.start for word in footage.heard.transcript.words]
    assert starts == sorted(starts)
    assert footage.heard.sound.sample_rate == 16_000


@pytest.mark.parametrize(
    ("name", "codec", "audio_codec"),
    [
        ("a.mov", "libx264", "aac"),
        ("a.m4v", "libx264", "aac"),
        ("a.mkv", "libx264", "aac"),
        ("a.webm", "libvpx", "libopus"),
        ("a.avi", "mpeg4", "mp3"),
        ("a.3gp", "mpeg4", "aac"),
    ],
)
def test_every_common_container_is_read(
    name: str, codec: str, audio_codec: str, tmp_path: Path
) -> None:
    path = write_film(
        tmp_path / name, sitting(30), speech(), fps=10, codec=codec, audio_codec=audio_codec
    )
    held = probe(path)
    assert (held.has_picture, held.has_sound, held.width, held.height) == (True, True, 512, 400)
    moments = list(open_eyes().watch(path, per_second=2, seconds=600))
    assert 5 <= len(moments) <= 7
    assert all(len(moment.faces) == 1 for moment in moments)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_phone_held_upright_is_turned(degrees: int, tmp_path: Path) -> None:
    lying = np.ascontiguousarray(np.rot90(portrait(), degrees // 90))
    path = turned(write_film(tmp_path / "a.mp4", sitting(20, lying), fps=10), degrees)
    held = probe(path)
    assert (held.width, held.height) == (512, 400)
    assert held.rotation % 360 in (degrees, 360 - degrees)
    moments = list(open_eyes().watch(path, per_second=2, seconds=600))
    assert all(moment.faces for moment in moments)
    assert moments[0].picture.shape == (400, 512, 3)


def test_a_rate_that_varies_keeps_its_time(tmp_path: Path) -> None:
    times = [0.0]
    for number in range(59):
        times.append(times[-1] + (0.033 if number % 3 else 0.2))
    path = write_film(tmp_path / "a.mp4", sitting(60), times=times)
    assert probe(path).variable_rate
    assert not probe(write_film(tmp_path / "b.mp4", sitting(60))).variable_rate
    moments = list(open_eyes().watch(path, per_second=5, seconds=600))
    assert moments[-1].at == pytest.approx(times[-1], abs=0.25)


def test_ten_bits_of_high_range_are_brought_to_the_screen(tmp_path: Path) -> None:
    params = "log-level=none:transfer=arib-std-b67:colorprim=bt2020:colormatrix=bt2020nc"
    path = write_film(
        tmp_path / "a.mov",
        sitting(10),
        codec="libx265",
        pix_fmt="yuv420p10le",
        options={"x265-params": params, "preset": "ultrafast"},
    )
    assert probe(path).hdr == "HLG"
    moment = next(iter(open_eyes().watch(path, per_second=1, seconds=1)))
    assert moment.faces
    assert 60 < moment.faces[0].light < 235


def test_without_sound_the_face_is_still_there(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    footage = seen(film(tmp_path / "a.mp4"))
    assert keys(footage) == {"no sound"}
    assert (footage.shows_face, footage.holds_voice) == (True, False)


def test_without_a_face_the_voice_is_still_there(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    wall = np.full((240, 320, 3), 128, np.uint8)
    footage = seen(film(tmp_path / "a.mp4", wall, speech()))
    assert keys(footage) == {"no face"}
    assert (footage.shows_face, footage.holds_voice) == (False, True)
    assert all("photo" in finding.instead for finding in footage.findings)


def test_two_faces_are_told(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    both = np.hstack([portrait()[:, 80:400], portrait()[:, 80:400]])
    footage = seen(film(tmp_path / "a.mp4", both))
    assert "several faces" in keys(footage)
    assert not footage.shows_face


def test_a_small_face_is_told(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    room = np.full((720, 1280, 3), 90, np.uint8)
    small = cv2.resize(portrait(), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    room[300:500, 500:756] = small
    footage = seen(film(tmp_path / "a.mp4", room))
    assert "face too small" in keys(footage)
    assert not footage.shows_face


def test_darkness_is_told(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    dark = (portrait() * 0.14).astype(np.uint8)
    footage = seen(film(tmp_path / "a.mp4", dark))
    assert keys(footage) & {"too dark", "no face"}
    assert not footage.shows_face


def test_two_voices_are_told(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    one, other = speech(), deeper(speech())
    voices = [resampled(s.samples, s.sample_rate, 24_000) for s in (one, other)]
    both = Speech(samples=np.concatenate(voices), sample_rate=24_000)
    footage = seen(film(tmp_path / "a.mp4", sound=both))
    assert "two voices" in keys(footage)
    assert (footage.holds_voice, footage.holds_words) == (False, False)


def test_a_short_film_is_used_as_far_as_it_goes(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    footage = seen(write_film(tmp_path / "a.mp4", sitting(20), fps=10))
    assert "too short" in keys(footage)
    assert footage.shows_face


def test_a_sound_file_alone_is_enough(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    footage = seen(write_film(tmp_path / "a.m4a", [], speech()))
    assert keys(footage) == set()
    assert (footage.shows_face, footage.holds_voice) == (False, True)


def test_a_film_that_breaks_off_is_used_as_far_as_it_goes(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    often = {"g": "10"}  # whole pictures all along, not only at the start
    content = write_film(tmp_path / "a.mkv", sitting(120), fps=10, options=often).read_bytes()
    (tmp_path / "b.mkv").write_bytes(content[: len(content) // 2])
    footage = seen(tmp_path / "b.mkv")
    assert "broken off" in keys(footage)
    assert footage.shows_face


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.mp4", b"", "can't be read"),
        ("a.mp4", b"these are words, and no film", "can't be read"),
        ("a.mov", b"\0\0\0\x20ftypisom" + bytes(4000), "can't be read"),
        ("missing.mp4", None, "there is no file"),
    ],
)
def test_what_is_no_recording_is_told(
    seen: Callable[[Path], Footage], name: str, content: bytes | None, told: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportProblem, match=told):
        seen(tmp_path / name)


def test_a_truncated_film_without_its_index_is_told(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    whole = film(tmp_path / "a.mp4").read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ImportProblem, match=r"b\.mp4 can't be read"):
        seen(tmp_path / "b.mp4")


def test_a_picture_is_no_film(seen: Callable[[Path], Footage], tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "me.png"), portrait())
    with pytest.raises(ImportProblem, match="--photo"):
        seen(tmp_path / "me.png")


def test_ten_minutes_take_no_more_memory_than_ten_seconds(
    seen: Callable[[Path], Footage], tmp_path: Path
) -> None:
    head = cv2.resize(portrait()[:256, 120:340], (160, 186)).astype(np.uint8)[:180]

    def peak(seconds: int) -> int:
        path = write_film(
            tmp_path / f"{seconds}.mp4",
            sitting(seconds * 5, head),
            fps=5,
            options={"preset": "ultrafast"},
        )
        tracemalloc.start()
        footage = seen(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert footage.shows_face
        assert footage.seen.looks > 0.8 * min(1500, 5 * seconds)
        return peak

    assert peak(600) < peak(10) + 8_000_000


@pytest.mark.skipif(not GRID.is_dir(), reason="the real clips are not here")
def test_the_portrait_is_found_in_every_real_clip() -> None:
    for clip in sorted(GRID.glob("*.mpg")):
        moments = list(open_eyes().watch(clip, per_second=5, seconds=600))
        assert sum(len(moment.faces) == 1 for moment in moments) > 0.9 * len(moments), clip.name


def test_a_recording_that_does_not_say_its_length_is_measured(tmp_path: Path) -> None:
    whole = write_film(tmp_path / "me.mp4", sitting(75), speech())
    browser_like = tmp_path / "me.webm"
    with (
        av.open(str(whole)) as source,
        av.open(str(browser_like), "w", format="matroska", options={"live": "1"}) as film,
    ):
        streams = {s.index: film.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                film.mux(packet)
    with av.open(str(browser_like)) as made:
        assert not made.duration, "the file says its length, so it shows nothing here"
    assert probe(browser_like).seconds == pytest.approx(probe(whole).seconds, abs=0.2)
