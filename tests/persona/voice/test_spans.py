import wave
from pathlib import Path

import numpy as np
import pytest

from persona.voice.loudness import TARGET, levelled, loudness
from persona.voice.sound import Samples, read_sound, to_pcm
from persona.voice.spans import sample_of
from persona.voice.speech import Speech
from tests.recordings import SAID, speech

RATE = 24_000


def tone(hertz: float, decibels: float, rate: int = 48_000) -> Speech:
    clock = np.arange(rate * 5) / rate
    wave = 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * clock)
    return Speech(samples=wave.astype(np.float32), sample_rate=rate)


def with_samples(samples: Samples) -> Speech:
    return Speech(samples=samples.astype(np.float32), sample_rate=RATE)


@pytest.mark.parametrize("rate", [16_000, 24_000, 48_000])
def test_loudness_is_that_of_the_reference_tone(rate: int) -> None:
    """A 1 kHz tone at -20 dB full scale measures -23.0 LUFS (one channel, EBU Tech 3341)."""
    assert loudness(tone(997, -20, rate)) == pytest.approx(-23.0, abs=0.2)


@pytest.mark.parametrize("gain", [0.05, 0.3, 1.0])
def test_speech_is_levelled_whatever_it_was(gain: float) -> None:
    quiet = with_samples(speech().samples * gain)
    after = levelled(quiet)
    assert loudness(after) == pytest.approx(TARGET, abs=0.3)
    assert np.abs(after.samples).max() < 0.9


def test_silence_stays_silence() -> None:
    still = with_samples(np.zeros(RATE, np.float32))
    assert not levelled(still).samples.any()
    assert sample_of([still]).spoken_seconds == 0
    assert not len(sample_of([still]).speech.samples)


def test_pauses_are_cut_off_and_clean_speech_is_counted() -> None:
    said = speech()
    padded = with_samples(np.concatenate([np.zeros(3 * RATE), said.samples, np.zeros(3 * RATE)]))
    sample = sample_of([padded])
    assert len(sample.spans) == len(SAID)
    assert sample.spans[0].start == pytest.approx(3.0, abs=0.3)
    assert 0.6 * said.seconds < sample.clean_seconds < said.seconds
    assert sample.speech.seconds == pytest.approx(sample.clean_seconds, abs=1.0)
    assert sample.remarks == ()
    assert loudness(sample.speech) == pytest.approx(TARGET, abs=0.5)


def test_what_is_distorted_is_named_and_left_out() -> None:
    said = speech().samples
    loud = np.clip(said * (1.6 / np.abs(said).max()) * 4, -1, 1)
    sample = sample_of([with_samples(np.concatenate([said, loud]))])
    assert any(
        "distorted at 0:0" in remark or "distorted at 0:1" in remark for remark in sample.remarks
    )
    assert sample.clean_seconds == pytest.approx(
        sample_of([with_samples(said)]).clean_seconds, abs=1
    )
    assert not any(span.clipped for span in sample.spans if span.end < len(said) / RATE)


def test_noise_behind_the_voice_is_named() -> None:
    said = speech().samples
    hiss = np.random.default_rng(3).normal(0, 0.06, len(said))
    assert any("noise" in remark for remark in sample_of([with_samples(said + hiss)]).remarks)
    assert sample_of([with_samples(said)]).remarks == ()


def test_a_word_alone_is_too_short() -> None:
    sample = sample_of([speech(("Yes.",))])
    assert [span.short for span in sample.spans] == [True]
    assert sample.clean_seconds == 0


def test_two_channels_are_no_louder_than_one(tmp_path: Path) -> None:
    said = to_pcm(speech().samples)
    stereo = np.repeat(np.frombuffer(said, "<i2"), 2).tobytes()
    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(stereo)
    read = read_sound(tmp_path / "two.wav")
    assert read.samples == pytest.approx(speech().samples, abs=1e-3)
