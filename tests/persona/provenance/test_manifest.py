from pathlib import Path

import cv2
import numpy as np
import pytest

from persona.errors import TwinError
from persona.provenance.manifest import Said, mark, verify, words_digest
from persona.provenance.signer import signing_key

SAID = Said(twin="mo", owner="Mo Hart", consent="c-1", words=words_digest("hello there"))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.jpg"
    colours = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    cv2.imwrite(str(path), colours)
    return path


def test_a_marked_file_says_who_said_it_and_when(picture: Path, tmp_path: Path) -> None:
    key = signing_key(tmp_path / "home")
    mark(picture, SAID, key)
    verdict = verify(picture, key)
    assert (verdict.marked, verdict.intact, verdict.by_this_home) == (True, True, True)
    assert verdict.said is not None
    assert (verdict.said.twin, verdict.said.consent) == ("mo", "c-1")
    assert verdict.said.words == words_digest("  hello   there ")
    assert verdict.said.said_at in verdict.summary


def test_a_file_without_a_mark_is_told_apart(picture: Path, tmp_path: Path) -> None:
    verdict = verify(picture, signing_key(tmp_path / "home"))
    assert not verdict.marked
    assert verdict.summary == "no mark of a twin is on this file"


def test_a_change_after_signing_shows(picture: Path, tmp_path: Path) -> None:
    key = signing_key(tmp_path / "home")
    mark(picture, SAID, key)
    content = bytearray(picture.read_bytes())
    content[-40] ^= 0xFF
    picture.write_bytes(bytes(content))
    verdict = verify(picture, key)
    assert verdict.marked
    assert not verdict.intact
    assert "changed since" in verdict.summary


def test_another_homes_signature_is_not_taken_for_this_ones(picture: Path, tmp_path: Path) -> None:
    mark(picture, SAID, signing_key(tmp_path / "elsewhere"))
    verdict = verify(picture, signing_key(tmp_path / "home"))
    assert verdict.intact
    assert not verdict.by_this_home
    assert "isn't this home's" in verdict.summary


def test_the_key_is_kept_and_is_the_owners_alone(tmp_path: Path) -> None:
    first = signing_key(tmp_path)
    assert signing_key(tmp_path) == first
    assert (tmp_path / "signing" / "key.pem").stat().st_mode & 0o077 == 0


def test_a_missing_file_is_one_clear_problem(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="there is no file"):
        verify(tmp_path / "no.mp4", signing_key(tmp_path))
