import json
from pathlib import Path

import pytest

from ingest.sample import PORTRAIT, PORTRAIT_POINTS
from ui.cli import run


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    options = ["--home", str(tmp_path / "home")]
    assert run(["create", "mo", *options]) == 0
    return options


def give_face(home: list[str]) -> None:
    points = ["--points", str(PORTRAIT_POINTS)]
    agreed = ["--consent", "The owner of this drawing agrees."]
    assert run(["face", "mo", "--photo", str(PORTRAIT), *points, *agreed, *home]) == 0


def test_a_film_is_written_marked_and_verified(
    home: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SELFSAME_VOICE", "hibari:heart")
    give_face(home)
    out = tmp_path / "hello.mp4"
    capsys.readouterr()
    assert run(["film", "mo", "hello mama paper", "--out", str(out), "--json", *home]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["frames"] == round(made["seconds"] * made["fps"])
    assert (made["face"], made["voice"], made["marked"]) == ("photo", "hibari:heart", True)
    assert {"first_frame_ms", "render_fps"} <= made.keys()
    assert run(["verify", str(out), "--json", *home]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["intact"]
    assert verdict["by_this_home"]
    assert verdict["said"]["twin"] == "mo"
    assert [path.name for path in tmp_path.glob("*.mp4")] == ["hello.mp4"]


def test_a_twin_without_a_face_is_told_how_to_get_one(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["film", "mo", "hello", "--out", str(tmp_path / "x.mp4"), *home]) == 2
    assert capsys.readouterr().err.startswith("error: 'mo' has no face yet")


def test_a_missing_video_is_one_line(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed = ["--consent", "I agree to a face of mine."]
    assert run(["face", "mo", "--video", str(tmp_path / "no.mp4"), *agreed, *home]) == 2
    assert capsys.readouterr().err == (
        "error: no.mp4 can't be read as a video (choose an MP4, MOV, MPEG or WebM file)\n"
    )


def test_a_face_is_shown_chosen_and_forgotten(
    home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    give_face(home)
    agreed = ["--consent", "I am Mo and I agree to this face."]
    assert run(["face", "mo", *agreed, "--choose", "heygen:own", *home]) == 0
    capsys.readouterr()
    assert run(["face", "mo", "--json", *home]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["face"], shown["chosen"], shown["spent_seconds"]) == ("photo", "heygen:own", {})
    assert shown["consent"]["statement"] == agreed[1]
    assert run(["face", "mo", "--forget", "--json", *home]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["face"], shown["chosen"], shown["consent"]) == (None, "local:own", None)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--make", "d-id"], "set D_ID_API_KEY"),
        (["--make", "d-id", "--consent", "yes"], "say what you agree to"),
        (["--make", "nobody", "--consent", "I am Mo, I agree."], "no face is made at 'nobody'"),
        (["--choose", "nobody:x"], "there is no face 'nobody:x'"),
    ],
)
def test_what_cannot_be_done_with_a_face_is_one_line(
    home: list[str], capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    give_face(home)
    capsys.readouterr()
    assert run(["face", "mo", *options, *home]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
