"""Turns in a stream, asides, moods, times, strain, and a doubled rate."""

import numpy as np
import pytest

from persona.live.backchannel import is_aside, is_stop
from persona.live.beat import SILENT_BEAT, Beat
from persona.live.doubler import Doubler
from persona.live.mood import MoodReader, Tone
from persona.live.stage import StageCounts
from persona.live.strain import Relief, Strain
from persona.live.timeline import Timeline, summary
from persona.voice.ear import RATE, Ear, Sounding
from tests.persona.live.talk import spoken


def heard(ear: Ear, *parts: np.ndarray) -> list[Sounding]:
    """Return what an ear makes of sound."""
    noise = np.random.default_rng(1)
    sound = np.concatenate(parts)
    sound = (sound + noise.normal(0, 1e-4, len(sound))).astype(np.float32)
    return [s for at in range(0, len(sound), 320) for s in ear.feed(sound[at : at + 320])]


def quiet(seconds: float) -> np.ndarray:
    """Return silence."""
    return np.zeros(round(seconds * RATE), np.float32)


def test_a_finished_sentence_ends_a_turn_sooner_than_a_hanging_one() -> None:
    waits: dict[str, float] = {}
    for hint in ("It is done.", "It is done and"):
        ear = Ear()
        heard(ear, quiet(0.5), spoken("I went to the market this morning."))
        ear.hint(hint)
        ended = next(s for s in heard(ear, quiet(2)) if s.ended)
        waits[hint] = ended.quiet
    assert waits["It is done."] < 0.55 < 1.1 < waits["It is done and"]


def test_the_turn_holds_the_first_word() -> None:
    ear = Ear()
    heard(ear, quiet(1), spoken("Hello there."), quiet(0.3))
    assert ear.turn().seconds > len(spoken("Hello there.")) / RATE


def test_noise_and_silence_are_no_turn() -> None:
    assert heard(Ear(), quiet(3)) == []
    cough = np.random.default_rng(5).normal(0, 0.2, RATE // 5) * np.hanning(RATE // 5)
    assert not any(s.spoken > 0.2 for s in heard(Ear(), quiet(1), cough, quiet(1)))


@pytest.mark.parametrize("text", ["Mm-hmm.", "uh-huh", "Yeah, right.", "Okay.", "(coughs)", "Hmm"])
def test_a_listener_s_sounds_are_asides(text: str) -> None:
    assert is_aside(text)


@pytest.mark.parametrize(
    "text", ["Stop.", "No wait", "What did you say?", "Yes but where", "Hold on"]
)
def test_words_that_want_the_word_are_not(text: str) -> None:
    assert not is_aside(text)


def test_stop_alone_wants_silence() -> None:
    assert is_stop("Stop!")
    assert is_stop("Wait.")
    assert not is_stop("Stop by on Friday")


def test_moods_are_read_from_words_and_voice() -> None:
    moods = MoodReader()
    assert moods.read("What is your job?", -30).tone is Tone.EVEN
    assert moods.read("I'm so happy for you", -30).tone is Tone.GLAD
    assert moods.read("I'm not happy", -30).tone is Tone.EVEN
    assert moods.read("My dog died and I miss him", -31).tone is Tone.SAD
    assert moods.read("This is awful", -29).tone is Tone.ANGRY
    assert moods.read("My dog died and I miss him", -18).tone is Tone.ANGRY
    assert moods.read("This is awful", -45).tone is Tone.SAD
    assert moods.read("I miss him").look < 0


def test_a_timeline_keeps_the_first_time_of_each_stage() -> None:
    now = [10.0]
    line = Timeline(10.0, clock=lambda: now[0])
    for at in (10.5, 11.0):
        now[0] = at
        line.mark("first_audio_ms")
    line.set("recall_ms", 20)
    assert line.as_json() == {"recall_ms": 20, "first_audio_ms": 500.0}
    assert summary([{"recall_ms": 1.0}, {"recall_ms": 3.0}])["recall_ms"] == {
        "n": 2,
        "p50": 2.0,
        "p95": 2.9,
    }
    with pytest.raises(KeyError):
        line.mark("lunch_ms")


def test_a_slow_machine_leaves_out_more_step_by_step() -> None:
    strain, counts = Strain(), StageCounts()
    steps: list[Relief | None] = []
    for late in (0, 20, 20, 0, 20, 20):
        counts.spoken += 100
        counts.starved += late
        steps.append(strain.judge(counts))
    assert steps == [
        None,
        Relief.HALF_THE_PICTURES,
        Relief.PICTURES,
        None,
        Relief.VOICE,
        None,
    ]


def test_a_slow_voice_strains_too_and_pictures_that_are_not_there_are_no_relief() -> None:
    for pictures, first in ((True, Relief.HALF_THE_PICTURES), (False, Relief.VOICE)):
        strain, counts = Strain(), StageCounts()
        counts.spoken += 100
        assert strain.judge(counts, voice_pace=1.5, pictures=pictures) is None
        counts.spoken += 100
        assert strain.judge(counts, voice_pace=2.5, pictures=pictures) is first


def test_every_second_picture_is_left_out_and_no_sound() -> None:
    strain, counts = Strain(), StageCounts(spoken=100, starved=50)
    beat = Beat(sound=SILENT_BEAT, picture=np.zeros((2, 2, 3), np.uint8))
    assert all(strain.thinned(beat).picture is not None for _ in range(4))
    strain.judge(counts)
    thinned = [strain.thinned(beat) for _ in range(4)]
    assert sum(one.picture is not None for one in thinned) == 2
    assert all(one.sound is beat.sound for one in thinned)


def test_doubling_in_parts_is_doubling_at_once() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(4800) / 24_000).astype(np.float32)
    doubler = Doubler()
    parts = np.concatenate([doubler(part) for part in tone.reshape(10, 480)])
    late = 15
    wanted = np.sin(2 * np.pi * 440 * np.arange(9600) / 48_000)
    assert np.abs(parts[200 + late :] - wanted[200 : len(wanted) - late]).max() < 0.02
