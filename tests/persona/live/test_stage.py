"""The stage: sound and picture belong together, whatever happens in between."""

import time
from collections.abc import Iterator

import numpy as np
import pytest

from persona.face.open_face import open_face
from persona.live.beat import SOUND_RATE, Beat
from persona.live.stage import Stage
from persona.voice.sound import resampled
from tests.faces import HELLO, drawn_face

WHOLE = resampled(HELLO.samples, HELLO.sample_rate, SOUND_RATE)


class Seen:
    """A stage and what came off it."""

    def __init__(self, *, face: bool) -> None:
        self.ended = 0
        self.stage = Stage(open_face(drawn_face()) if face else None, lambda _: None, self._end)
        self.stage.start()

    def _end(self) -> None:
        self.ended += 1

    def take(self, count: int) -> list[Beat]:
        """Take beats, each as soon as there is one drawn."""
        beats: list[Beat] = []
        while len(beats) < count:
            if self.stage.depth:
                beats.append(self.stage.take())
            else:
                time.sleep(0.002)
        return beats

    def reply(self) -> list[Beat]:
        """Say something and take it to the end."""
        self.stage.say(HELLO, 0.0, self.stage.epoch)
        self.stage.finish(self.stage.epoch)
        before, beats = self.ended, list[Beat]()
        while self.ended == before:
            beats += self.take(1)
        return beats


@pytest.fixture(params=[True, False], ids=["face", "voice alone"])
def seen(request: pytest.FixtureRequest) -> Iterator[Seen]:
    """A stage with a face, and one without."""
    made = Seen(face=request.param)
    yield made
    made.stage.close()


def said(beats: list[Beat]) -> np.ndarray:
    """Return the sound of a reply."""
    return np.concatenate([beat.sound for beat in beats if beat.speaks])


def test_every_sample_comes_out_once_and_in_order(seen: Seen) -> None:
    sound = said(seen.reply())
    assert np.array_equal(sound[: len(WHOLE)], WHOLE)
    assert not sound[len(WHOLE) :].any()


def test_a_reply_after_a_flush_is_whole(seen: Seen) -> None:
    seen.stage.say(HELLO, 0.0, seen.stage.epoch)
    seen.take(12)
    old = seen.stage.epoch
    seen.stage.flush()
    seen.stage.say(HELLO, 0.0, old)
    after = seen.take(15)
    assert not any(beat.speaks for beat in after)
    assert not np.concatenate([beat.sound for beat in after[1:]]).any()
    assert np.array_equal(said(seen.reply())[: len(WHOLE)], WHOLE)


def test_the_end_is_told_once(seen: Seen) -> None:
    seen.reply()
    seen.take(10)
    assert seen.ended == 1


def test_a_slow_voice_makes_a_pause_and_loses_nothing(seen: Seen) -> None:
    epoch = seen.stage.epoch
    seen.stage.say(HELLO, 0.0, epoch)
    first = seen.take(round(HELLO.seconds * 25) + 20)
    seen.stage.say(HELLO, HELLO.seconds, epoch)
    seen.stage.finish(epoch)
    while not seen.ended:
        first += seen.take(1)
    sound = np.concatenate([beat.sound for beat in first])
    loud = np.flatnonzero(np.abs(sound) > 0)
    assert np.abs(sound).sum() == pytest.approx(2 * np.abs(WHOLE).sum(), rel=1e-4)
    assert (loud[-1] - loud[0]) / SOUND_RATE > 2 * HELLO.seconds


def test_there_is_a_picture_for_each_beat() -> None:
    made = Seen(face=True)
    beats = made.take(5) + made.reply()
    made.stage.close()
    assert all(beat.picture is not None for beat in beats)
