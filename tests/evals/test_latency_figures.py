"""What is made of a page's own measurements: waits, stages by kind of turn, pictures."""

import os
import time

from evals.latency_figures import gaps, pictures, stages, waits
from evals.machine_load import MachineLoad

MIC = [
    {"from": 1000.0 + 10_000 * n, "to": 2000.0 + 10_000 * n} for n in range(7)
]  # a second of speech each ten seconds


def test_waits_are_counted_from_the_end_of_speech_and_told_apart_by_kind() -> None:
    twin = [{"from": said["to"] + 700 + n, "to": said["to"] + 3000} for n, said in enumerate(MIC)]
    twin[5] = {"from": twin[5]["from"], "to": MIC[6]["from"] + 250}  # the last one breaks in
    frames = [sound["from"] + 40 for sound in twin]
    found = waits(MIC, twin, frames, [])
    assert {kind: about["n"] for kind, about in found["speech_to_sound_ms"].items()} == {
        "cold": 1,
        "warm": 4,
        "steady": 1,
        "interrupting": 1,
        "all": 7,
    }
    assert found["speech_to_sound_ms"]["cold"]["p50"] == 700
    assert found["speech_to_sound_ms"]["interrupting"]["p50"] == 706
    assert found["first_frame_after_sound_ms"] == {"n": 7, "p50": 40, "p95": 40}
    assert found["visitor_speaks_to_silence_ms"] == {"n": 1, "p50": 250, "p95": 250}
    assert found["unanswered"] == 0


def test_a_reply_to_the_next_question_is_not_taken_for_the_one_to_this() -> None:
    found = waits(MIC[:2], [{"from": MIC[1]["to"] + 500, "to": MIC[1]["to"] + 900}], [], [])
    assert found["unanswered"] == 1
    assert found["speech_to_sound_ms"]["cold"]["n"] == 0
    assert found["speech_to_sound_ms"]["warm"]["p50"] == 500


def test_silence_within_a_reply_is_told_from_that_before_it() -> None:
    twin = [
        {"from": 1000.0, "to": 1400.0},  # a word while thinking
        {"from": 3000.0, "to": 4000.0},
        {"from": 4700.0, "to": 6000.0},
        {"from": 9000.0, "to": 9500.0},
    ]
    states = [(500.0, "thinking"), (2950.0, "speaking"), (6100.0, "listening")]
    again = [(8000.0, "thinking"), (8950.0, "speaking"), (9600.0, "listening")]
    assert gaps(twin, [*states, *again]) == [700.0, 0.0]


def test_stages_are_told_apart_by_kind_and_the_last_word_on_a_turn_counts() -> None:
    spoken = [{"turn": n, "times": {"first_audio_ms": 100.0 * n}} for n in range(1, 9)]
    spoken.append({"turn": 2, "times": {"first_audio_ms": 200.0, "end_ms": 900.0}})
    typed = {"turn": 9, "times": {"first_audio_ms": 50.0}}
    found = stages(spoken, [*spoken, typed], interrupting=2)
    assert {kind: about["first_audio_ms"]["n"] for kind, about in found.items()} == {
        "cold": 1,
        "warm": 4,
        "steady": 1,
        "interrupting": 2,
        "typed": 1,
    }
    assert found["warm"]["end_ms"] == {"n": 1, "p50": 900.0, "p95": 900.0}
    assert found["typed"]["first_audio_ms"]["p50"] == 50.0


def test_pictures_that_come_each_40_ms_are_steady() -> None:
    found = pictures({"frames": [40.0 * n for n in range(500)], "delays": [60.0, 80.0]})
    assert found["render_fps"] == 25.0
    assert found["frame_interval_ms"]["p95"] == 40.0
    assert found["late_frames"] == 0


def test_a_machine_s_load_tells_own_work_from_none() -> None:
    load = MachineLoad(os.getpid())
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    busy = load.cores()
    assert 0.05 < busy["app"] <= 1.5
    assert busy["browser"] < 0.1
    for seconds in range(10):
        load.look(60.0 * seconds)
    memory = load.memory_mb()
    assert memory["minutes"] == 9.0
    assert abs(memory["growth_an_hour"]) < 600
