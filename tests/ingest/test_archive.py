"""A zip or a folder is opened safely: nothing outside it is read, nothing in it runs away."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from ingest import archive as folders
from ingest import nested
from ingest import zips as archives
from ingest.archive import open_archive
from ingest.archive_seam import head
from ingest.detect import look_through
from ingest.errors import ImportProblem, UnknownFormat, UnreadableArchive
from ingest.sources import READERS


def _zip(path: Path, members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _read(path: Path, name: str) -> bytes:
    with open_archive(path) as archive, archive.open(name) as file:
        return file.read()


def test_a_bare_file_holds_itself(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"hello")
    with open_archive(path) as archive:
        assert (archive.label, list(archive.names)) == ("chat.txt", ["chat.txt"])
        assert archive.size("chat.txt") == 5
        assert head(archive, "chat.txt", 2) == b"he"


def test_a_zip_holds_its_files_and_not_those_of_the_machine_that_made_it(tmp_path: Path) -> None:
    members = {"b/chat.txt": b"hello", "a.txt": b"", "__MACOSX/._a.txt": b"", "b/.DS_Store": b""}
    path = _zip(tmp_path / "x.zip", members)
    with open_archive(path) as archive:
        assert list(archive.names) == ["a.txt", "b/chat.txt"]
        assert archive.size("b/chat.txt") == 5
    assert _read(path, "b/chat.txt") == b"hello"


def test_a_zip_is_known_by_its_content(tmp_path: Path) -> None:
    assert _read(_zip(tmp_path / "export", {"a.txt": b"hello"}), "a.txt") == b"hello"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"gone\.txt can't be read: No such file"):
        _read(tmp_path / "gone.txt", "gone.txt")


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/passwd", "C:/out.txt", "c:\\out", "..\\out.txt"]
)
def test_a_path_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {name: b"hello"})
    with pytest.raises(UnreadableArchive, match="leads out of it"):
        _read(path, name)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"a.txt": bytes(archives.SUSPECT_SIZE + 1)})
    with pytest.raises(UnreadableArchive, match="unpacks to 67,108,865 bytes"):
        _read(path, "a.txt")


def test_more_than_the_machine_can_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 10)
    with pytest.raises(UnreadableArchive, match="would unpack to more"):
        _read(_zip(tmp_path / "x.zip", {"a.txt": b"hello", "b.txt": b"hello!"}), "a.txt")
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)
    with pytest.raises(UnreadableArchive, match="more than 1 files"):
        _read(_zip(tmp_path / "y.zip", {"a.txt": b"", "b.txt": b""}), "a.txt")
    monkeypatch.setattr(folders, "MOST_MEMBERS", 1)
    with pytest.raises(UnreadableArchive, match="more than 1 files"):
        _read(tmp_path, "x.zip")


def _stating(path: Path, size: int) -> Path:
    """Make the zip state another size for its only member, in both places."""
    content = bytearray(path.read_bytes())
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, size)
    struct.pack_into("<I", content, 22, size)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_size_that_lies_gives_no_more_than_it_says(packing: int, tmp_path: Path) -> None:
    path = _stating(_zip(tmp_path / "x.zip", {"a.txt": b"hello" * 1000}, packing), 10)
    with pytest.raises(UnreadableArchive, match=r"is damaged|more than it says"):
        _read(path, "a.txt")


def test_a_locked_zip_says_what_to_do(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"a.txt": b"hello"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match="locked with a password") as raised:
        _read(path, "a.txt")
    assert "unpack it first" in str(raised.value.hint)


def test_a_zip_cut_short_is_refused_as_such(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"a.txt": os.urandom(5000)})
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UnreadableArchive, match="not a whole zip"):
        _read(path, "a.txt")


@pytest.mark.parametrize("place", [0, 26, 30, 40, 400])
def test_a_damaged_member_is_an_unreadable_archive(place: int, tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"a.txt": os.urandom(50) * 100})
    content = bytearray(path.read_bytes())
    content[min(place, content.index(b"PK\x01\x02") - 5)] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match="damaged"):
        _read(path, "a.txt")


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "one")
        archive.writestr("a.txt", "two")
    with pytest.raises(UnreadableArchive, match="two files of one name"):
        _read(path, "a.txt")


def _packed(members: dict[str, bytes]) -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return inner.getvalue()


def test_zips_in_a_zip_or_a_folder_are_opened_beside_each_other(tmp_path: Path) -> None:
    deeper = _packed({"deepest.zip": _packed({"b.txt": b"no"}), "a.txt": b"hello"})
    members = {"in/one.zip": deeper, "in/two.zip": _packed({"a.txt": b"ho"}), "in/two/c.txt": b""}
    members |= {"letter.docx": _packed({"[Content_Types].xml": b"", "word/document.xml": b""})}
    folder = tmp_path / "all"
    for name, content in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for path in (folder, _zip(tmp_path / "x.zip", members)):
        with open_archive(path) as archive:
            assert list(archive.names) == [
                "in/one/a.txt", "in/one/deepest.zip", "in/two.zip/a.txt", "in/two/c.txt",
                "letter.docx",
            ]  # fmt: skip
            assert archive.size("in/one/a.txt") == 5
            assert head(archive, "in/one/a.txt") == b"hello"
            assert head(archive, "in/two.zip/a.txt") == b"ho"


def test_a_broken_locked_or_hostile_zip_in_a_folder_is_left_out_and_named(tmp_path: Path) -> None:
    whole = _packed({"a.txt": b"hello" * 100})
    out, bomb = _packed({"../a.txt": b""}), _packed({"a": bytes(archives.SUSPECT_SIZE + 1)})
    locked = bytearray(whole)
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    cases = ((whole[:60], "whole"), (out, "leads out"), (bomb, "unpacks to"), (locked, "locked"))
    for content, why in cases:
        path = _zip(tmp_path / "x.zip", {"in/one.zip": bytes(content), "b.txt": b"hello"})
        with open_archive(path) as archive:
            found = look_through(archive, READERS, None)
            assert [part.name for part in found.parts] == ["b.txt"]
            assert [skipped.where for skipped in found.left_out] == ["in/one.zip"]
            assert why in found.left_out[0].why
        alone = _zip(tmp_path / "y.zip", {"in/one.zip": bytes(content)})
        with open_archive(alone) as archive, pytest.raises(UnknownFormat, match=why):
            look_through(archive, READERS, None)


def test_zips_in_a_zip_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "x.zip", {f"{n}.zip": _packed({"a.txt": b"hello"}) for n in range(4)})
    monkeypatch.setattr(nested, "MOST_UNPACKED", 19)
    with pytest.raises(UnreadableArchive, match="hold too much"):
        _read(path, "0/a.txt")
    monkeypatch.setattr(nested, "MOST_ZIPS", 3)
    with pytest.raises(UnreadableArchive, match="more than 3 zips"):
        _read(path, "0/a.txt")


def test_an_empty_zip_and_an_empty_file_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    with open_archive(_zip(tmp_path / "x.zip", {})) as archive:
        assert list(archive.names) == []
    with open_archive(tmp_path / "empty") as archive:
        assert head(archive, "empty") == b""


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    (folder / "in").mkdir(parents=True)
    (outside / "secret.txt").write_text("secret")
    (folder / "in" / "a.txt").write_text("hello")
    (folder / "secret.txt").symlink_to(outside / "secret.txt")
    (folder / "out").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    with open_archive(folder) as archive:
        assert list(archive.names) == ["in/a.txt"]
        with archive.open("in/a.txt") as file:
            assert file.read() == b"hello"


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for named in (path, tmp_path):
        path.write_text("hello")
        with open_archive(named) as archive:
            assert list(archive.names) == ["a.txt"]
            path.unlink()
            with pytest.raises(ImportProblem, match=r"a\.txt can't be read"):
                archive.open("a.txt")
