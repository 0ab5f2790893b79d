"""Each file of an import goes to the reader whose format its content has."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.errors import ImportProblem, UnknownFormat
from ingest.sources import READERS

FILES = {
    "WhatsApp Chat with Ben.txt": "03/11/2024, 21:07 - Ana: hi\n03/11/2024, 21:07 - Ben: ho",
    "_chat.txt": "[03/11/2024, 21:07:45] Ana: hi",
    "result.json": json.dumps({"name": "Ben", "type": "personal_chat", "id": 1, "messages": []}),
    "notes.md": "# Notes\n\nIt rains.",
    "letter.txt": "Dear Ben,\n\nit rains.",
    "photo.jpg": "\x00\x01",
    "other.json": "[]",
}
FORMATS = {
    "WhatsApp Chat with Ben.txt": "whatsapp",
    "_chat.txt": "whatsapp",
    "letter.txt": "text",
    "notes.md": "markdown",
    "result.json": "telegram",
}


def _found(path: Path, format: str | None = None) -> dict[str, str]:
    with open_archive(path) as archive:
        parts = find_parts(archive, READERS, format)
        return {part.name: part.reader.format for part in parts}


def _write(folder: Path) -> Path:
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_in_a_folder_each_file_finds_its_reader(tmp_path: Path) -> None:
    assert _found(_write(tmp_path / "all")) == FORMATS


def test_in_a_zip_each_file_finds_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    assert _found(path) == FORMATS


def test_a_chat_in_a_file_of_another_name_is_still_a_chat(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(FILES["_chat.txt"], encoding="utf-8")
    assert _found(tmp_path / "x.txt") == {"x.txt": "whatsapp"}


def test_a_diary_that_mentions_a_time_is_not_a_chat(tmp_path: Path) -> None:
    content = "Dear diary,\n\nwe met at 21:07 - on 03/11/2024, as planned: all of us.\n"
    (tmp_path / "x.txt").write_text(content, encoding="utf-8")
    assert _found(tmp_path / "x.txt") == {"x.txt": "text"}


def test_the_format_that_the_user_settles_is_the_only_one_tried(tmp_path: Path) -> None:
    folder = _write(tmp_path / "all")
    assert _found(folder, "telegram") == {"result.json": "telegram"}
    assert _found(folder / "photo.jpg", "text") == {"photo.jpg": "text"}


def test_a_format_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"'fax'.*known: whatsapp, telegram, .*markdown, text"):
        _found(_write(tmp_path / "all"), "fax")


def test_what_no_reader_knows_is_refused(tmp_path: Path) -> None:
    folder = _write(tmp_path / "all")
    with pytest.raises(UnknownFormat, match=r"photo\.jpg is in no format that can be read"):
        _found(folder / "photo.jpg")
    with pytest.raises(UnknownFormat, match="in no format"):
        _found(folder / "other.json")


def test_nothing_is_refused_as_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_bytes(b"")
    for path in (tmp_path / "empty", tmp_path / "a.txt"):
        with pytest.raises(UnknownFormat, match="is empty"):
            _found(path)


def test_a_zip_of_zips_that_are_none_says_to_unpack_them(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat - Ben.zip", b"PK")
    with pytest.raises(UnknownFormat, match=r"holds zips that can.t be opened.*unpack them"):
        _found(path)
