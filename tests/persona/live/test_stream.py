"""Fragments of MP4: they can be shown, begin anew where they must, and keep sound and picture."""

import asyncio
import io
from collections.abc import Callable

import av
import numpy as np
import pytest

from persona.face.footage import FPS
from persona.live.beat import BEAT_SAMPLES, SOUND_RATE, Beat
from persona.live.fragments import Fragments
from persona.live.stream import Stream
from persona.live.uplink import Uplink
from persona.voice.ear import RATE
from persona.voice.sound import Samples

BLACK = np.zeros((64, 64, 3), np.uint8)


def beat(number: int, *, picture: bool = True) -> Beat:
    """Return a beat of a picture that brightens and a tone that goes on."""
    clock = (number * BEAT_SAMPLES + np.arange(BEAT_SAMPLES)) / SOUND_RATE
    tone = 0.5 * np.sin(2 * np.pi * 440 * clock)
    shown = np.full_like(BLACK, min(255, 4 * number)) if picture else None
    return Beat(sound=tone.astype(np.float32), picture=shown)


def pictures_and_sound(film: bytes) -> tuple[list[float], Samples]:
    """Return the brightness of each picture, and the sound."""
    with av.open(io.BytesIO(film)) as opened:
        brightness = [
            float(frame.to_ndarray(format="gray").mean())
            for frame in (opened.decode(video=0) if opened.streams.video else ())
        ]
    with av.open(io.BytesIO(film)) as opened:
        sound = [frame.to_ndarray()[0] for frame in opened.decode(audio=0)]
    return brightness, np.concatenate(sound)


def test_fragments_are_a_film_at_whatever_beat_they_end() -> None:
    run = Fragments(BLACK)
    film = b"".join(run.add(beat(number)) for number in range(50))
    brightness, sound = pictures_and_sound(film)
    assert 47 <= len(brightness) <= 50
    assert brightness == sorted(brightness)
    assert abs(len(sound) / (2 * SOUND_RATE) - len(brightness) / FPS) < 0.1
    assert np.abs(sound[4800:]).max() > 0.4


def test_where_no_picture_is_drawn_the_one_before_stays() -> None:
    run = Fragments(BLACK)
    film = b"".join(run.add(beat(number, picture=number < 25)) for number in range(50))
    brightness, _ = pictures_and_sound(film)
    assert len(brightness) >= 47
    assert max(brightness) - brightness[30] < 3


def test_a_voice_without_a_face_is_sound_alone() -> None:
    run = Fragments(None)
    film = b"".join(run.add(beat(number, picture=False)) for number in range(50))
    brightness, sound = pictures_and_sound(film)
    assert not brightness
    assert np.abs(sound).max() > 0.4


def streamed(
    take: Callable[[int], Beat], epoch: Callable[[], int], accepts: Callable[[int], bool]
) -> list[tuple[bytes, bool, float]]:
    """Return what a stream of two seconds sends: the part, whether a run begins, and where."""
    sent: list[tuple[bytes, bool, float]] = []
    taken = 0

    def next_beat() -> Beat:
        nonlocal taken
        taken += 1
        return take(taken - 1)

    def send(part: bytes, *, anew: bool, start: float) -> bool:
        sent.append((part, anew, start))
        return accepts(len(sent))

    async def run() -> None:
        stream = Stream(next_beat, epoch, send, pictures=True)
        await stream.start()
        while taken < 50:
            await asyncio.sleep(0.01)
        await stream.close()

    asyncio.run(run())
    return sent


def test_after_an_interruption_a_new_run_begins_where_the_old_one_was_left() -> None:
    epoch = 0

    def take(number: int) -> Beat:
        nonlocal epoch
        epoch = int(number >= 20)
        return beat(number)

    sent = streamed(take, lambda: epoch, lambda _: True)
    begins = [at for at, (_, anew, _) in enumerate(sent) if anew]
    assert len(begins) == 2
    first = b"".join(part for part, _, _ in sent[: begins[1]])
    second = b"".join(part for part, _, _ in sent[begins[1] :])
    assert sent[begins[1]][2] == pytest.approx(21 / FPS)
    shown, _ = pictures_and_sound(first)
    shown_then, _ = pictures_and_sound(second)
    assert max(shown) < min(shown_then)


def test_a_page_that_was_too_slow_gets_a_new_run() -> None:
    sent = streamed(beat, lambda: 0, lambda count: count != 10)
    begins = [start for _, anew, start in sent if anew]
    assert len(begins) == 2
    assert begins[1] > 0


def test_nothing_is_sent_before_the_first_picture() -> None:
    sent = streamed(lambda n: beat(n, picture=n >= 10), lambda: 0, lambda _: True)
    assert sent[0][2] == pytest.approx(10 / FPS)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_microphone_of_any_rate_is_heard_at_16_khz(rate: int) -> None:
    heard: list[Samples] = []
    uplink = Uplink(heard.append)
    uplink.tune(rate)
    tone = (8000 * np.sin(2 * np.pi * 300 * np.arange(rate) / rate)).astype("<i2")
    for start in range(0, rate, rate // 50):
        uplink.take(tone[start : start + rate // 50].tobytes())
    sound = np.concatenate(heard)
    assert abs(len(sound) - RATE) < 0.02 * RATE
    assert 0.2 < np.abs(sound).max() < 0.3


@pytest.mark.parametrize("sent", [b"", b"\x00", b"\xff\x7f\x01"])
def test_odd_sound_is_taken_as_far_as_it_goes(sent: bytes) -> None:
    heard: list[Samples] = []
    uplink = Uplink(heard.append)
    for rate in (float("nan"), 1.0, 1e12, 48_000.0):
        uplink.tune(rate)
        uplink.take(sent)
    assert sum(map(len, heard)) <= 4
