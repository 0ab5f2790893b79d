"""Mails that are a file each are read as one source, out of folders of several programs."""

import mailbox
import tempfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item
from ingest.source import ReadOptions
from ingest.sources.eml import Eml
from tests.ingest.exports import messages, read, read_path, shown, skipped
from tests.ingest.hostile import mangled

FIRST = (
    "From: Ben <ben@example.org>\nTo: ana@example.org\nSubject: the roof\n"
    "Date: Sun, 3 Nov 2024 22:00:00 +0100\nMessage-ID: <m1@example.org>\n\nroof?\n"
)
ANSWER = (
    "Received: by mail.example.org; Sun, 3 Nov 2024 22:07:45 +0100\n"
    "From: Ana Reis <Ana@Example.org>\nSubject: Re: the roof\nMessage-ID: <m2@example.org>\n"
    "In-Reply-To: <m1@example.org>\nReferences: <m1@example.org>\n\n"
    "done\n\nOn Sun, Ben <ben@example.org> wrote:\n> roof?\n-- \nAna\n"
)


def _folder(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _claims(folder: Path) -> list[str]:
    with open_archive(folder) as archive:
        return list(Eml().claims(archive))


def test_a_single_mail_is_read_without_quotation_and_signature(tmp_path: Path) -> None:
    items = read(Eml(), tmp_path, ANSWER, "roof.eml")
    found = messages(items)
    assert items[0] == Conversation(key="m1@example.org", title="the roof", form="mail")
    assert [(m.text, m.quoted, m.author_key) for m in found] == [
        ("done", False, "ana@example.org"),
        ("roof?", True, "ana@example.org"),
    ]
    assert found[0].where == "roof.eml"


def test_a_folder_of_mails_is_one_source_whose_quotations_are_read_once(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"Inbox/1.eml": FIRST, "Sent/2.eml": ANSWER, "Sent/notes.txt": "x"})
    assert _claims(folder) == ["Inbox/1.eml"]
    assert shown(read_path(Eml(), folder)) == ["Ben: roof?", "Ana Reis: done"]


def test_a_maildir_is_read_with_the_folders_below_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Maildir/cur/1730668065.M1P2.host:2,S": FIRST,
        "Maildir/new/1730668066.M1P3.host": FIRST.replace("m1@", "m3@"),
        "Maildir/.Sent/cur/1730668067.M1P4.host:2,RS": ANSWER,
        "Maildir/.Junk/cur/1730668068.M1P5.host:2,": FIRST.replace("m1@", "m4@"),
        "Maildir/.Sent/maildirfolder": "",
        "Maildir/dovecot-uidlist": "3 V1 N2\n1 :1730668065.M1P2.host\n",
        "Maildir/.hidden/secret.eml": FIRST,
    }
    items = read_path(Eml(), _folder(tmp_path, files))
    assert shown(items) == ["Ben: roof?", "Ben: roof?", "Ana Reis: done", "* roof?"]


def test_what_apple_mail_puts_round_a_mail_is_left_out(tmp_path: Path) -> None:
    plist = '<?xml version="1.0"?><plist><dict><key>flags</key></dict></plist>\n'
    content = f"{len(FIRST)}       \n{FIRST}{plist}"
    assert shown(read(Eml(), tmp_path, content, "7.emlx")) == ["Ben: roof?"]


@pytest.mark.parametrize(
    "files",
    [
        {"a.eml": "hello there"},
        {"a.eml": ""},
        {"a.txt": FIRST},
        {"cur/a": "a: list\nof: things\n"},
        {"cur/photo.jpg": b"\xff\xd8\xff\0"},
    ],
)
def test_what_is_no_mail_is_not_claimed(files: dict[str, str | bytes], tmp_path: Path) -> None:
    assert _claims(_folder(tmp_path, files)) == []
    with pytest.raises(ImportProblem, match="is no mail"), open_archive(tmp_path) as archive:
        list(Eml().read(archive, next(iter(files)), ReadOptions()))


def _read_maildir(mails: list[str]) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.Maildir(Path(folder) / "Maildir")
        for number, text in enumerate(mails):
            mail = EmailMessage()
            mail["From"], mail["Message-ID"] = "ana@example.org", f"<{number}@example.org>"
            mail["Subject"] = "x"
            mail.set_content(text)
            box.add(mail)
        return read_path(Eml(), Path(folder))


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(
    lambda line: f"so {line}."
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_texts, min_size=1, max_size=6))
def test_what_a_mail_program_writes_is_read_back_whole(mails: list[str]) -> None:
    items = _read_maildir(mails)
    assert sorted(m.text for m in messages(items)) == sorted(mails)
    assert skipped(items) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_mangled_mails_are_read_or_refused(seed: int) -> None:
    mangled(Eml(), {"1.eml": FIRST, "2.eml": ANSWER, "M/cur/3:2,S": FIRST}, seed)
