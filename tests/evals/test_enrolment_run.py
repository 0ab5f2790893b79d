"""The enrolment measured: clips whose words are known, a film that is made up, two speakers."""

from pathlib import Path

import cv2
import pytest

from evals.enrolment_run import measure_clips, measure_film, measure_speakers
from evals.errors import EvalProblem
from evals.made_up_film import write_film
from persona.settings import load_settings
from persona.voice.sound import write_wav
from tests.recordings import SAID, deeper, portrait, sitting, speech


def quiet(_what: str, _done: int, _all: int) -> None:
    """Report to nobody."""


def test_portraits_and_words_are_counted(tmp_path: Path) -> None:
    clip = write_film(tmp_path / "clip.mp4", sitting(225), speech())
    clip.with_suffix(".txt").write_text(" ".join(SAID), "utf-8")
    wall = portrait() * 0 + 120
    blank = write_film(tmp_path / "blank.mp4", sitting(50, wall))
    shown = measure_clips(load_settings(), [clip, blank], quiet)
    assert (shown["n"], shown["with_portrait"], shown["one_voice"]) == (2, 1, 1)
    assert shown["words"] == len(" ".join(SAID).split())
    assert shown["word_error_rate"] < 0.2


def test_a_made_up_film_is_enrolled_and_timed(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "me.png"), portrait())
    shown = measure_film(load_settings(), tmp_path / "me.png", 6, quiet)
    assert shown["size"] == [1280, 720]
    assert shown["film_seconds"] >= 6
    parts = shown["look_seconds"] + shown["face_seconds"]
    assert shown["seconds"] > parts - 0.2  # each is rounded
    assert shown["processor_seconds"] > 0
    assert shown["word_error_rate"] < 0.2
    assert shown["look_grew_mb_over_a_short_film"] < 200


def test_speakers_are_told_apart(tmp_path: Path) -> None:
    for name, factor in (("one", 1.0), ("two", 0.78)):
        folder = tmp_path / name
        folder.mkdir()
        for number, line in enumerate((*SAID, "In the evening I read to my children.")):
            write_wav(folder / f"{number}.wav", deeper(speech((line,)), factor))
    shown = measure_speakers(load_settings(), tmp_path, quiet)
    assert shown["speakers"] == 2
    assert shown["same_voice"]["mean"] > shown["other_voice"]["mean"]
    assert shown["other_voice"]["n"] == shown["same_voice"]["n"] == 4


def test_one_speaker_alone_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(EvalProblem, match="no two speakers"):
        measure_speakers(load_settings(), tmp_path, quiet)
