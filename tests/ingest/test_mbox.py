"""Mail is read with what its author wrote apart from what was quoted, signed or added."""

import mailbox
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import open_archive
from ingest.errors import ImportProblem
from ingest.record import Conversation, Item, Message, Skipped
from ingest.sources.mail_body import part_body
from ingest.sources.mail_items import LARGEST
from ingest.sources.mbox import Mbox
from tests.ingest.exports import messages, opened, read, shown, skipped

FROM = "From 1234@xxx Sun Nov 03 21:07:45 +0000 2024\n"
HEADERS = (
    "From: Ana Reis <Ana@Example.org>\nTo: ben@example.org\nSubject: Re: the roof\n"
    "Date: Sun, 3 Nov 2024 22:07:45 +0100\nMessage-ID: <m2@example.org>\n"
    "In-Reply-To: <m1@example.org>\nReferences: <m0@example.org> <m1@example.org>\n"
)


def _mail(body: str = "hi", headers: str = HEADERS, more: str = "") -> str:
    return f"{FROM}{headers}{more}\n{body}\n\n"


def _read(folder: Path, content: str | bytes) -> list[Item]:
    return read(Mbox(), folder, content, "All mail.mbox")


def _parts(folder: Path, mail: MIMEMultipart | MIMEText) -> list[Item]:
    mail["From"], mail["Message-ID"] = "ana@example.org", "<m@example.org>"
    return _read(folder, FROM.encode() + mail.as_bytes() + b"\n\n")


def test_a_mail_has_its_author_time_thread_and_ids(tmp_path: Path) -> None:
    assert _read(tmp_path, _mail()) == [
        Conversation(key="m0@example.org", title="the roof", form="mail"),
        Message(
            where="mail 1",
            author="Ana Reis",
            author_key="ana@example.org",
            said_at=datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC),
            text="hi",
            external_id="m2@example.org",
            reply_to="m1@example.org",
        ),
    ]


HEADED = [
    ("From: =?utf-8?q?Jos=C3=A9?= <j@x.org>", "José", "j@x.org"),
    ("From: =?iso-8859-1?Q?Jos=E9?=\n =?iso-8859-1?Q?_Reis?= <j@x.org>", "José Reis", "j@x.org"),
    ("From: =?UTF-8?B?5p2x5Lqs?= <j@x.org>", "東京", "j@x.org"),
    ('From: "Reis, Ana" <j@x.org>', "Reis, Ana", "j@x.org"),
    ("From: j@x.org", "j@x.org", "j@x.org"),
    ("From: =?klingon?q?Ana?= <j@x.org>", "Ana", "j@x.org"),
    ("From: =?utf-8?b?broken!?= <j@x.org>", None, "j@x.org"),
    ("From: José <j@x.org>", "José", "j@x.org"),
    ("X-Nothing: 1", "unknown sender", None),
]


@pytest.mark.parametrize(("line", "author", "address"), HEADED)
def test_headers_are_decoded(
    line: str, author: str | None, address: str | None, tmp_path: Path
) -> None:
    found = messages(_read(tmp_path, _mail(headers=f"{line}\nSubject: x\n")))[0]
    assert author is None or found.author == author
    assert found.author_key == address


BODIES = [
    ("text/plain; charset=iso-8859-1", "quoted-printable", "caf=E9 =3D ok", "café = ok"),
    ("text/plain; charset=utf-8", "base64", "Y2Fmw6k=", "café"),
    ("text/plain; charset=windows-1252", "quoted-printable", "=93hi=94", "“hi”"),
    ("text/plain; charset=nonsense", "8bit", "café", "café"),
    ("text/plain", "8bit", "café", "café"),
    ("text/plain; charset=utf-8", "quoted-printable", "caf=E9", "café"),
    (
        "text/html; charset=utf-8",
        "8bit",
        "<style>p{}</style><p>a&amp;b</p><p>c<br>d",
        "a&b\n\nc\nd",
    ),
    ("text/plain; format=flowed", "8bit", "one \ntwo\nthree\n>From here", "one two\nthree"),
]


@pytest.mark.parametrize(("kind", "encoding", "body", "text"), BODIES)
def test_bodies_are_decoded(kind: str, encoding: str, body: str, text: str, tmp_path: Path) -> None:
    more = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n"
    assert messages(_read(tmp_path, _mail(body, more=more)))[0].text.split("\nFrom")[0] == text


def test_of_two_forms_of_one_text_the_plain_one_is_taken(tmp_path: Path) -> None:
    mail = MIMEMultipart("alternative")
    mail.attach(MIMEText("plain"))
    mail.attach(MIMEText("<b>rich</b>", "html"))
    assert shown(_parts(tmp_path, mail)) == ["ana@example.org: plain"]


def test_an_empty_plain_form_gives_way_to_the_other(tmp_path: Path) -> None:
    mail = MIMEMultipart("alternative")
    mail.attach(MIMEText(" \n"))
    mail.attach(MIMEText("<b>rich</b>", "html"))
    assert shown(_parts(tmp_path, mail)) == ["ana@example.org: rich"]


def test_attachments_are_named_and_text_around_them_is_kept(tmp_path: Path) -> None:
    mail = MIMEMultipart()
    mail.attach(MIMEText("before"))
    plan = MIMEApplication(b"\0" * 50)
    plan.add_header("Content-Disposition", "attachment", filename=("utf-8", "", "plän.pdf"))
    mail.attach(plan)
    mail.attach(MIMEText("after"))
    inner = EmailMessage()
    inner["From"] = "ben@example.org"
    inner.set_content("inner words")
    mail.attach(MIMEMessage(inner))
    found = messages(_parts(tmp_path, mail))
    assert [message.text for message in found] == ["before\n\nafter"]
    assert found[0].attachment is not None
    assert found[0].attachment.startswith("file: plän.pdf, ")


OWN = [
    ("yes\n\nOn Sun, Nov 3, 2024 at 9:07 PM Ben <b@x.org> wrote:\n> a?\n> ok", "yes", "a?\nok"),
    ("yes\n\nOn Sun, Nov 3, 2024 at 9:07 PM Ben\n<b@x.org> wrote:\n\n> roof?", "yes", "roof?"),
    ("> one?\n\nyes\n\n> two?\nno", "yes\n\nno", "one?\ntwo?"),
    ("ja\n\nAm 03.11.2024 um 21:07 schrieb Ben <b@x.org>:\n> Dach?", "ja", "Dach?"),
    ("oui\n\nLe 3 nov. 2024 à 21:07, Ben <b@x.org> a écrit :\n> toit ?", "oui", "toit ?"),
    ("sí\n\nEl dom, 3 nov 2024 a las 21:07, Ben (<b@x.org>) escribió:\n\n> ¿eh?", "sí", "¿eh?"),
    ("да\n\nвс, 3 нояб. 2024 г. в 21:07, Ben <b@x.org>:\n> крыша?", "да", "крыша?"),
    ("ok\n\n-----Original Message-----\nFrom: Ben\nroof?", "ok",
     "-----Original Message-----\nFrom: Ben\nroof?"),
    ("ok\n\n-----Ursprüngliche Nachricht-----\nVon: Ben", "ok",
     "-----Ursprüngliche Nachricht-----\nVon: Ben"),
    ("ok\n\n________________________________\nFrom: Ben\nSent: Sunday\nTo: Ana\n\nroof?", "ok",
     "________________________________\nFrom: Ben\nSent: Sunday\nTo: Ana\n\nroof?"),
    ("ok\n\nVon: Ben <b@x.org>\nGesendet: Sonntag\nAn: Ana\n\nDach?", "ok",
     "Von: Ben <b@x.org>\nGesendet: Sonntag\nAn: Ana\n\nDach?"),
    ("ok\n\nOn Sunday Ben <b@x.org> wrote:\n\nroof?", "ok",
     "On Sunday Ben <b@x.org> wrote:\n\nroof?"),
    ("bye\n-- \nAna Reis\nPorto", "bye", ""),
    ("bye\n-- \nAna\n> old", "bye", "old"),
    ("bye\n\nSent from my iPhone", "bye", ""),
    ("bye\n\nVon meinem iPhone gesendet", "bye", ""),
    ("From: what I heard, it rains.\nTo: be sure, ask.",
     "From: what I heard, it rains.\nTo: be sure, ask.", ""),
    ("She wrote:\nnothing", "She wrote:\nnothing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "own", "quoted"), OWN)
def test_only_the_authors_own_words_are_taken_as_theirs(body: str, own: str, quoted: str) -> None:
    assert part_body(body) == (own, quoted)


def test_a_quotation_is_kept_apart_unless_the_mail_it_is_from_was_read(tmp_path: Path) -> None:
    first = _mail("roof?", HEADERS.replace("m2@", "m1@").split("In-Reply")[0])
    answer = _mail("yes\n\n> roof?")
    assert shown(_read(tmp_path, first + answer)) == ["Ana Reis: roof?", "Ana Reis: yes"]
    alone = messages(_read(tmp_path, answer))
    assert [(m.text, m.quoted, m.external_id) for m in alone] == [
        ("yes", False, "m2@example.org"),
        ("roof?", True, "m2@example.org#quoted"),
    ]


@pytest.mark.parametrize(
    "line",
    ["List-Id: <x>", "List-Unsubscribe: <x>", "Auto-Submitted: auto-replied", "Precedence: bulk"],
)
def test_lists_and_automatic_answers_are_nobodys_manner(line: str, tmp_path: Path) -> None:
    assert [m.quoted for m in messages(_read(tmp_path, _mail(more=f"{line}\n")))] == [True]


def test_a_mail_that_says_it_is_not_automatic_is_not(tmp_path: Path) -> None:
    assert not messages(_read(tmp_path, _mail(more="Auto-Submitted: no\n")))[0].quoted


def test_gmails_threads_and_labels_are_used(tmp_path: Path) -> None:
    more = "X-GM-THRID: 77\nX-Gmail-Labels: =?UTF-8?Q?Posta_inviata,Sent?=\n"
    spam = "X-GM-THRID: 78\nX-Gmail-Labels: Spam,Unread\n"
    items = _read(tmp_path, _mail(more=more) + _mail("buy", more=spam))
    assert opened(items).key == "thread 77"
    assert [message.system for message in messages(items)] == [False, True]


CHAT = (
    '<con:conversation xmlns:con="google:archive:conversation">'
    '<cli:message to="b@x.org" from="ana@x.org/phone" int:time-stamp="1180000000000" '
    'xmlns:int="google:internal" xmlns:cli="jabber:client"><cli:body>hi</cli:body></cli:message>'
    '<cli:message to="ana@x.org" from="b@x.org" xmlns:cli="jabber:client">'
    "<cli:body>ho</cli:body></cli:message></con:conversation>"
)


def test_an_old_chat_is_read_line_by_line(tmp_path: Path) -> None:
    more = "X-Gmail-Labels: Chat\nContent-Type: text/xml; charset=utf-8\n"
    items = _read(tmp_path, _mail(CHAT, more=more))
    assert opened(items).form == "chat"
    assert shown(items) == ["ana@x.org: hi", "b@x.org: ho"]
    assert messages(items)[0].said_at == datetime(2007, 5, 24, 9, 46, 40, tzinfo=UTC)
    broken = _read(tmp_path, _mail("<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", more=more))
    assert shown(broken) == ["! mail 1: a chat that can't be read: DTDForbidden"]


def test_lines_that_look_like_a_beginning_do_not_part_a_mail(tmp_path: Path) -> None:
    body = "one\nFrom here it is 2024\n\n>From there\n\nFrom now on, I paint."
    assert [message.text for message in messages(_read(tmp_path, _mail(body)))] == [
        "one\nFrom here it is 2024\n\nFrom there\n\nFrom now on, I paint."
    ]


def test_a_mail_without_an_id_has_the_same_one_next_time(tmp_path: Path) -> None:
    content = _mail(headers="From: ana@x.org\n") + _mail("other", headers="From: ana@x.org\n")
    first, again = _read(tmp_path, content), _read(tmp_path, content.replace("\n\n\n", "\n\n"))
    found = [message.external_id for message in messages(first)]
    assert len(set(found)) == 2
    assert found == [message.external_id for message in messages(again)]


def test_a_mail_that_is_too_large_is_cut_and_the_next_one_read(tmp_path: Path) -> None:
    large = ("x" * 999 + "\n") * (LARGEST // 1000 + 2000)
    items = _read(tmp_path, _mail(large) + _mail("end"))
    assert [found.where for found in skipped(items)] == ["mail 1"]
    assert messages(items)[-1].text == "end"
    assert len(messages(items)) == 2


def test_what_is_no_mail_is_told(tmp_path: Path) -> None:
    items = _read(tmp_path, FROM + "X: 1\n\nhi\n\n" + FROM + "\nno headers\n\n" + _mail("end"))
    assert [type(item) for item in items].count(Skipped) == 1
    assert shown(items)[-1] == "Ana Reis: end"
    with pytest.raises(ImportProblem, match="is no mbox"):
        _read(tmp_path, "From here on\n\nit rains.")


def test_only_mail_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "Sent").write_text(_mail())
    (tmp_path / "letter.txt").write_text("From here on\n\nit: rains")
    with open_archive(tmp_path) as archive:
        assert Mbox().claims(archive) == ["Sent"]


@pytest.mark.parametrize(
    "body",
    [
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: multipart/mixed; "
        "boundary=b\n\n" * 3000,
        "Content-Type: text/html\n\n" + "<div><blockquote>" * 50_000 + "x",
        "Content-Type: text/html\n\n" + "<!--" * 50_000,
        "\n" + "On " * 100_000 + ":",
        "\n" + "> " * 100_000 + "\n" + "a@" * 100_000 + ":\n> x",
        "\n" + ("On Sunday Ben wrote\n" * 20_000),
        "Subject: " + "=?utf-8?q?a?= " * 20_000 + "\n\nx",
    ],
)
def test_hostile_mail_is_read_soon(body: str, tmp_path: Path) -> None:
    items = _read(tmp_path, FROM + HEADERS + body + "\n\n" + _mail("end"))
    assert messages(items)[-1].text == "end"


def test_mangled_mail_is_read_or_skipped(tmp_path: Path) -> None:
    chat = _mail(CHAT, more="X-Gmail-Labels: Chat\nContent-Type: text/xml\n")
    seed = (_mail("a\n> b") + chat).encode()
    for number in range(150):
        chance, content = Random(number), bytearray(seed)
        for _ in range(5):
            start = chance.randrange(70, len(content))
            content[start : start + 8] = chance.choice([b"\xff", b"\0", b"\n", b"=?", b": ;", b"<"])
        assert all(str(item).encode() for item in _read(tmp_path, bytes(content)))


_lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(
    lambda line: f"so {line}."
)
_subjects = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
_mails = st.lists(
    st.tuples(st.lists(_lines, min_size=1, max_size=4).map("\n".join), _subjects),
    min_size=1,
    max_size=6,
)


def _written(folder: Path, mails: list[tuple[str, str]]) -> Iterator[Path]:
    box = mailbox.mbox(folder / "x.mbox")
    for number, (text, subject) in enumerate(mails):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Ana <ana@example.org>", subject
        mail["Message-ID"] = f"<{number}@example.org>"
        mail.set_content(text)
        box.add(mail)
    box.close()
    yield folder / "x.mbox"


@settings(max_examples=60, deadline=None)
@given(mails=_mails)
def test_what_a_mail_program_writes_is_read_back_whole(mails: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = next(_written(Path(folder), mails))
        items = read(Mbox(), Path(folder), path.read_bytes(), "y.mbox")
    assert skipped(items) == []
    titles = [item.title for item in items if isinstance(item, Conversation)]
    said = [(message.text, message.author_key) for message in messages(items)]
    assert titles == [subject for _, subject in mails]
    assert said == [
        ("\n".join(line.rstrip() for line in text.split("\n")), "ana@example.org")
        for text, _ in mails
    ]
