"""Hearing what the fast voice says: from a recording and from a stream."""

import time
from dataclasses import replace

import numpy as np
import pytest

from persona.model_table import SMART_TURN
from persona.models import fetch
from persona.settings import load_settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.alignment import aligned
from persona.voice.ears import open_hearing, open_turn_model
from persona.voice.hearing import Hearing, listen, silence
from persona.voice.sound import Samples, joined, resampled
from persona.voice.speaking import Manner
from persona.voice.speech import Speech
from persona.voice.turn_model import TurnModel
from persona.voice.word_errors import word_errors

SENTENCE = "We should leave before the weather gets worse."
MORE = (
    "My sister has packed the car already.",
    "There is bread in the kitchen for all of us.",
    "Did anybody remember to close the windows upstairs?",
)


def said(text: str) -> Speech:
    """Return a sentence in the fast voice."""
    return joined(HibariVoice().speak([text], Manner()))


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    """The embedded hearing."""
    return open_hearing(load_settings())


@pytest.fixture(scope="module")
def turn_model() -> TurnModel:
    """What tells from the sound whether a turn is finished."""
    settings = load_settings()
    fetch(SMART_TURN, settings.models_dir, lambda *_: None)
    model = open_turn_model(settings)
    assert model is not None
    return model


def test_what_is_said_is_heard_with_the_times_of_words(hearing: Hearing) -> None:
    speech = said(SENTENCE)
    heard = hearing.transcribe(speech)
    assert word_errors(SENTENCE, heard.text).rate <= 0.13
    assert not heard.unsure
    assert abs(heard.words[-1].end - speech.words[-1].end) < 0.3


@pytest.mark.parametrize("timed", [True, False])
def test_noise_is_unsure(hearing: Hearing, timed: bool) -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 32_000).astype(np.float32)
    assert hearing.transcribe(Speech(samples=noise, sample_rate=16_000), timed=timed).unsure


@pytest.mark.parametrize("sentences", [1, 4])
def test_words_alone_are_heard_as_well_and_sooner(hearing: Hearing, sentences: int) -> None:
    text = " ".join([SENTENCE, *MORE][:sentences])
    speech = said(text)
    begun = time.process_time()
    heard = hearing.transcribe(speech, timed=False)
    alone = time.process_time() - begun
    assert word_errors(text, heard.text).rate <= 0.13
    assert not heard.unsure
    if sentences == 1:
        begun = time.process_time()
        hearing.transcribe(speech)
        assert alone < 0.8 * (time.process_time() - begun)


def test_what_is_longer_than_a_look_is_heard_to_its_end(hearing: Hearing) -> None:
    speech = said(" ".join([SENTENCE, *MORE] * 3))
    assert speech.seconds > 25
    heard = hearing.transcribe(speech, timed=False)
    assert word_errors(" ".join([SENTENCE, *MORE] * 3), heard.text).rate <= 0.2


def test_a_stream_gives_partial_results_and_ends_a_turn_at_a_pause(hearing: Hearing) -> None:
    speech = said(SENTENCE)
    samples = resampled(speech.samples, speech.sample_rate, 16_000)
    stream = np.concatenate([silence(0.5), samples, silence(1.5)])
    chunks = np.array_split(stream, len(stream) // 320)
    heard = list(listen(hearing, chunks))
    assert [one.final for one in heard].count(True) == 1
    assert heard[-1].final
    assert len(heard) > 1
    assert heard[-1].at < 0.5 + speech.seconds + 1.3
    assert word_errors(SENTENCE, heard[-1].transcript.text).rate <= 0.13


def test_the_sound_tells_a_finished_turn_from_a_hanging_one(
    hearing: Hearing, turn_model: TurnModel
) -> None:
    """A sentence cut off in the middle is waited for longer than a whole one."""

    def waited(samples: Samples) -> float:
        stream = np.concatenate([samples, silence(2.0)])
        last = list(listen(hearing, np.array_split(stream, len(stream) // 320), turn_model))[-1]
        return last.at - len(samples) / 16_000

    speech = said(SENTENCE)
    samples = resampled(speech.samples, speech.sample_rate, 16_000)
    cut = int(speech.words[4].end * 16_000)
    assert waited(samples) < 0.8 < waited(samples[:cut])


def test_silence_is_no_turn(hearing: Hearing) -> None:
    assert list(listen(hearing, [silence(2.0)])) == []


def test_phones_are_found_where_the_synthesiser_put_them() -> None:
    speech = said("Siobhan and Zbigniew told us long stories about the war.")
    found = aligned(replace(speech, words=(), phones=()))
    known = [phone for phone in speech.phones if phone.symbol != "SIL"]
    heard = [phone for phone in found.phones if phone.symbol != "SIL"]
    assert [phone.symbol for phone in heard] == [phone.symbol for phone in known]
    apart = [abs(a.start - b.start) for a, b in zip(known, heard, strict=True)]
    assert float(np.median(apart)) <= 0.04


def test_phones_share_the_sound_when_it_is_not_the_text() -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 24_000).astype(np.float32)
    found = aligned(Speech(samples=noise, sample_rate=24_000, text="Good morning."))
    assert [word.text for word in found.words] == ["Good", "morning"]
    assert found.phones[-1].end == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("wanted", "heard", "errors"),
    [
        ("I paid $3.50.", "I paid three dollars and fifty cents", 0),
        ("Mr. Jones is OK", "mister jones is okay", 0),
        ("one two three", "one three", 1),
        ("one two", "one two two", 1),
    ],
)
def test_word_errors_count_what_differs(wanted: str, heard: str, errors: int) -> None:
    assert word_errors(wanted, heard).errors == errors
