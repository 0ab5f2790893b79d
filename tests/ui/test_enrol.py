"""Enrolment and consent on the command line, end to end."""

import json
from pathlib import Path
from typing import Any

import cv2
import pytest

from evals.made_up_film import write_film
from persona.voice.sound import write_wav
from tests.recordings import deeper, portrait, sitting, speech
from ui.cli import run

AGREED = ["--consent", "I agree that a twin is made of me."]


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    options = ["--home", str(tmp_path / "home")]
    assert run(["create", "ana", "--owner", "Ana Reis", *options]) == 0
    return options


def told(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> Any:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_video_becomes_face_voice_and_words_until_consent_is_withdrawn(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = write_film(tmp_path / "me.mp4", sitting(225), speech())
    arguments = ["enrol", "ana", "--video", str(video), "--quick", *home]
    shown = told(capsys, [*arguments, *AGREED])
    found = shown["found"]["video"]
    assert found["picture"]["face_share"] == 1
    assert "nurse" in found["speech"]["text"]
    assert shown["face"]["face"] == "own-footage"
    assert shown["voice"]["clean_seconds"] > 5
    assert shown["words"]["kept"] >= 1
    assert all(Path(p["file"]).is_file() for p in shown["portraits"])
    assert any("voice" in step for step in shown["missing"])

    facts = told(capsys, ["facts", "ana", *home])
    assert {"nurse", "Lisbon"} <= {fact["value"] for fact in facts}
    (source,) = told(capsys, ["show", "ana", *home])["sources"]
    assert (source["format"], source["own"]) == ("recording", shown["words"]["kept"])

    again = told(capsys, arguments)
    assert again["words"] == {"kept": 0, "facts": 0}

    agreed = told(capsys, ["consent", "ana", *home])
    assert agreed["covers"] == ["face", "text", "voice"]
    assert agreed["consents"][0]["sample_hashes"]
    gone = told(capsys, ["consent", "ana", "--withdraw", *home])
    assert len(gone["removed"]) == 3
    assert gone["consents"] == []
    assert run(["film", "ana", "hello", "--out", str(tmp_path / "x.mp4"), *home]) == 2
    assert not any(Path(p["file"]).exists() for p in shown["portraits"])

    told(capsys, ["remove", "ana", str(source["id"]), *home])
    assert told(capsys, ["facts", "ana", *home]) == []


def test_a_photo_alone_is_enough(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "me.jpg"), portrait())
    shown = told(capsys, ["enrol", "ana", "--photo", str(tmp_path / "me.jpg"), *AGREED, *home])
    assert shown["face"] == {"face": "photo", "mouths": 1, "idle_frames": 0}
    assert shown["voice"] is None
    assert len(shown["missing"]) == 3


def test_sound_alone_is_enough(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "me.wav", speech())
    audio = ["--audio", str(tmp_path / "me.wav"), "--quick", "--script"]
    shown = told(capsys, ["enrol", "ana", *audio, *AGREED, *home])
    assert shown["face"] is None
    assert shown["voice"]["fitted"] is False
    assert shown["words"] == {"kept": 0, "facts": 0}


def test_a_video_and_a_recording_of_two_people_give_neither_voice_nor_words(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = write_film(tmp_path / "me.mp4", sitting(225), speech())
    given = ["enrol", "ana", "--video", str(video), "--quick", *AGREED, *home]
    write_wav(tmp_path / "other.wav", deeper(speech()))
    shown = told(capsys, [*given, "--audio", str(tmp_path / "other.wav")])
    (problem,) = [one for one in shown["problems"] if one["key"] == "two people"]
    assert problem["in"] == "video and audio"
    assert shown["same_voice"] < 0.75
    assert (shown["face"]["face"], shown["voice"]) == ("own-footage", None)
    assert shown["words"]["kept"] == 0

    write_wav(tmp_path / "same.wav", speech(("On Mondays I water the plants of my neighbour.",)))
    shown = told(capsys, [*given, "--audio", str(tmp_path / "same.wav")])
    assert shown["same_voice"] > 0.75
    assert shown["voice"]["clean_seconds"] > 5


def test_who_agreed_aloud_must_be_who_is_recorded(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = told(capsys, ["consent", "ana", "--ask", *home])["statement"]
    write_wav(tmp_path / "yes.wav", speech((statement,)))
    told(capsys, ["consent", "ana", "--spoken", str(tmp_path / "yes.wav"), *home])
    write_wav(tmp_path / "other.wav", deeper(speech()))
    assert run(["enrol", "ana", "--audio", str(tmp_path / "other.wav"), "--quick", *home]) == 2
    assert "doesn't sound like the owner's" in capsys.readouterr().err
    write_wav(tmp_path / "me.wav", speech())
    given = ["enrol", "ana", "--audio", str(tmp_path / "me.wav"), "--quick", *home]
    assert told(capsys, given)["voice"]["clean_seconds"] > 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--video", "me.mp4"], "only made with consent"),
        (["--video", "me.mp4", "--consent", "no"], "only made with consent"),
        (["--video", "me.mp4", "--consent", "I do not agree to this"], "say no"),
        (["--video", "missing.mp4", *AGREED], "there is no file"),
        (["--video", "words.txt", *AGREED], "can't be read as a video"),
        (["--photo", "wall.png", *AGREED], "no face is found"),
        (["--photo", "words.txt", *AGREED], "can't be read as a picture"),
        (["--video", "blank.mp4", *AGREED], "nothing in it can be used"),
        ([*AGREED], "nothing to enrol"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    home: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    wall = portrait() * 0 + 120
    write_film(tmp_path / "blank.mp4", sitting(12, wall), fps=2)
    write_film(tmp_path / "me.mp4", sitting(12), fps=2)
    cv2.imwrite("wall.png", wall)
    Path("words.txt").write_text("no film at all", "utf-8")
    capsys.readouterr()
    assert run(["enrol", "ana", *arguments, "--json", *home]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1
    kept = tmp_path / "home"
    assert not any((kept / name).exists() for name in ("consents", "faces", "enrolment"))


def test_a_statement_is_shown_and_read_aloud_once(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["consent", "ana", "--spoken", str(tmp_path / "yes.wav"), *home]
    statement = told(capsys, ["consent", "ana", "--ask", *home])["statement"]
    write_wav(tmp_path / "yes.wav", speech((statement,)))
    assert run(given) == 0
    (kept,) = told(capsys, ["consent", "ana", *home])["consents"]
    assert (kept["how"], kept["statement"]) == ("spoken", statement)
    assert run(given) == 2
    assert "no statement was shown" in capsys.readouterr().err


def test_a_twin_that_is_not_there_is_told(
    home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["enrol", "nobody", "--photo", "x.jpg", *AGREED, *home]) == 2
    assert "there is no twin 'nobody'" in capsys.readouterr().err
