"""PDF, DOCX, ODT and HTML are read paragraph by paragraph; what has no words says why."""

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.record import Item
from ingest.sources import READERS
from ingest.sources.office import Docx, Odt
from ingest.sources.pdf import Pdf
from ingest.sources.web_page import WebPage
from tests.ingest.exports import messages, opened, read, read_path, shown, skipped


def _pdf(*pages: list[str], password: str = "") -> bytes:
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 750 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = stream
    writer.add_metadata({"/Title": "My letter", "/CreationDate": "D:20241103210745Z"})
    if password:
        writer.encrypt(password, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


LETTER = [
    "Dear Ben, it has rained for so many days that the roof no lon-",
    "ger keeps anything out.",
    "I will paint it when it stops.",
]


def test_a_pdf_is_read_by_paragraphs_with_its_title_and_date(tmp_path: Path) -> None:
    items = read(Pdf(), tmp_path, _pdf(LETTER, ["Yours, Ana."]), "x.pdf")
    assert opened(items).title == "My letter"
    assert shown(items) == [
        ": Dear Ben, it has rained for so many days that the roof no longer keeps anything out.",
        ": I will paint it when it stops.",
        ": Yours, Ana.",
    ]
    assert messages(items)[0].said_at == datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)


def test_a_pdf_without_words_says_why(tmp_path: Path) -> None:
    def why(content: bytes) -> str:
        items = read(Pdf(), tmp_path, content, "x.pdf")
        assert messages(items) == []
        return skipped(items)[0].why

    assert why(_pdf([])).startswith("it holds pictures of pages")
    assert why(_pdf(LETTER, password="secret")).startswith("it is locked with a password")
    assert why(_pdf()) == "it has no pages"
    assert why(b"%PDF-1.7\nbroken").startswith("it is broken")
    assert why(_pdf(LETTER)[:200]).startswith("it is broken")


def _docx() -> bytes:
    document, file = Document(), io.BytesIO()
    document.core_properties.title = "Roof"
    document.core_properties.created = datetime(2024, 11, 3, 21, 7, 45)
    document.add_heading("A talk", 1)
    document.add_heading("Who are you?", 2)
    document.add_paragraph("I'm Ana.\nI\tbake.")
    document.add_heading("Why?", 2)
    document.add_paragraph("").add_run("Because").bold = True
    document.add_paragraph("as Ben said", style="Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.save(file)
    return file.getvalue()


def test_a_docx_is_read_with_its_headings_tables_and_quotes(tmp_path: Path) -> None:
    items = read(Docx(), tmp_path, _docx(), "x.docx")
    assert (opened(items).title, opened(items).form) == ("Roof", "interview")
    assert [(m.prompt, m.text, m.quoted) for m in messages(items)] == [
        ("Who are you?", "I'm Ana.\nI\tbake.", False),
        ("Why?", "Because", False),
        ("Why?", "as Ben said", True),
        ("Why?", "left", False),
        ("Why?", "right", False),
    ]
    assert messages(items)[0].said_at == datetime(2024, 11, 3, 21, 7, 45, tzinfo=UTC)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODT_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _zip(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _docx_of(body: str) -> bytes:
    content = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return _zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": content})


def _odt_of(body: str) -> bytes:
    content = f"<office:document-content {ODT_SPACES}>{body}</office:document-content>"
    return _zip(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})


def test_what_was_inserted_is_read_and_what_was_struck_out_is_not(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>c</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r>"
        "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>d</w:t></w:r></w:p>"
    )
    assert shown(read(Docx(), tmp_path, _docx_of(body), "x.docx")) == [
        ": ab",
        ": c",
        ": box",
        ": d",
    ]


def test_an_odt_is_read_with_its_headings_and_notes(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Why?</text:h>'
        '<text:p>one<text:s text:c="3"/><text:span>two<text:tab/></text:span>three'
        "<text:line-break/>four<office:annotation><text:p>remark</text:p></office:annotation>!"
        "</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
        '<text:p text:style-name="Quotations">as Ben said</text:p>'
    )
    items = read(Odt(), tmp_path, _odt_of(body), "x.odt")
    assert [(m.prompt, m.text, m.quoted) for m in messages(items)] == [
        ("Why?", "one   two\tthree\nfour!", False),
        ("Why?", "item", False),
        ("Why?", "as Ben said", True),
    ]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"
BROKEN = [
    _zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<w:p", "content.xml": "<x"}),
    _zip(**{"word/document.xml": BOMB, "content.xml": BOMB}),
    _zip(other="x"),
    b"PK\x03\x04 and no more",
    _docx()[:2000],
    _zip(**{"word/document.xml": b" " * 2**29, "content.xml": b" " * 2**29}),
]


@pytest.mark.parametrize("reader", [Docx(), Odt()], ids=["docx", "odt"])
@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_document_says_so_in_one_line(
    reader: Docx | Odt, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / f"x.{reader.format}").write_bytes(content)
    items = read_path(reader, tmp_path)
    assert messages(items) == []
    assert len(skipped(items)) == 1
    assert skipped(items)[0].why.startswith("it is broken")
    assert "\n" not in skipped(items)[0].why


@pytest.mark.parametrize("seed", range(60))
def test_mangled_documents_are_read_or_skipped(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    for reader, whole in ((Pdf(), _pdf(LETTER)), (Docx(), _docx_of("<w:p><w:t>a</w:t></w:p>"))):
        content = bytearray(whole)
        for _ in range(6):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        (tmp_path / reader.format).mkdir()
        (tmp_path / reader.format / "x").write_bytes(bytes(content))
        assert read_path(reader, tmp_path / reader.format)


def test_deep_documents_are_read_soon(tmp_path: Path) -> None:
    deep = "<text:span>" * 20_000 + "x" + "</text:span>" * 20_000
    items = read(Odt(), tmp_path, _odt_of(f"<text:p>{deep}</text:p>"), "x.odt")
    assert shown(items) == [": x"]


PAGE = (
    "<!doctype html><html><head><title>On  rain</title><style>p{}</style></head><body>"
    "<script>alert(1)</script><h1>Rain</h1><p>It <b>rains</b> in&nbsp;Porto &amp; here.<br>Still."
    "<blockquote>as Ben said</blockquote><ul><li>one<li>two</ul><h2>Why?</h2><div>Clouds.</div>"
    "<pre>a\n  b</pre><!-- hidden --></body></html>"
)


def test_a_page_is_read_without_its_markup(tmp_path: Path) -> None:
    items = read(WebPage(), tmp_path, PAGE, "x.html")
    assert opened(items).title == "On rain"
    assert [(m.prompt, m.text, m.quoted) for m in messages(items)] == [
        (None, "It rains in\u00a0Porto & here.\nStill.", False),
        (None, "as Ben said", True),
        (None, "one\ntwo", False),
        ("Why?", "Clouds.", False),
        ("Why?", "a\n  b", False),
    ]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "nonsense"])
def test_a_page_is_decoded_by_what_it_says(charset: str, tmp_path: Path) -> None:
    page = f"<html><meta charset='{charset}'><p>café</p></html>"
    encoding = "utf-8" if charset == "nonsense" else charset
    items = read(WebPage(), tmp_path, page.encode(encoding), "x.html")
    assert shown(items) == [": café"]


def test_a_page_without_words_says_so(tmp_path: Path) -> None:
    items = read(WebPage(), tmp_path, "<html><img src=x></html>", "x.html")
    assert shown(items) == ["! the whole document: there are no words in it"]
    deep = read(WebPage(), tmp_path, "<div><blockquote>" * 100_000 + "x", "x.html")
    assert len(deep) == 2


def test_each_document_finds_its_reader_alone_and_in_a_folder(tmp_path: Path) -> None:
    files = {"a.pdf": _pdf(LETTER), "b.docx": _docx(), "c.odt": _odt_of("<text:p>x</text:p>"),
             "d.html": PAGE.encode()}  # fmt: skip
    wanted = {"a.pdf": "pdf", "b.docx": "docx", "c.odt": "odt", "d.html": "html"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    packed = tmp_path.parent / f"{tmp_path.name}.zip"
    packed.write_bytes(_zip(**files))
    assert _found(tmp_path) == _found(packed) == wanted
    for name, format in wanted.items():
        assert _found(tmp_path / name) == {name: format}


def _found(path: Path) -> dict[str, str]:
    with open_archive(path) as archive:
        return {part.name: part.reader.format for part in find_parts(archive, READERS, None)}


def test_pages_that_come_with_an_account_are_not_the_owners(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tweets.js").write_text("window.YTD.tweets.part0 = [ ]")
    (tmp_path / "Your archive.html").write_text(PAGE)
    assert _found(tmp_path) == {"data/tweets.js": "x"}


_paragraphs = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=40).map(
        lambda text: f"so {text}."
    ).filter(lambda text: not {"\ufffe", "\uffff"} & set(text)),
    min_size=1,
    max_size=6,
)  # fmt: skip


def _word(texts: list[str]) -> bytes:
    document, file = Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def _open_document(texts: list[str]) -> bytes:
    return _odt_of("".join(f"<text:p>{escape(text)}</text:p>" for text in texts))


def _page(texts: list[str]) -> bytes:
    return ("<html><body>" + "".join(f"<p>{escape(t)}</p>" for t in texts)).encode()


@settings(max_examples=40, deadline=None)
@given(texts=_paragraphs)
def test_what_is_written_is_read_back_whole(texts: list[str]) -> None:
    written: list[tuple[Docx | Odt | WebPage, bytes, str]] = [
        (Docx(), _word(texts), "x.docx"),
        (Odt(), _open_document(texts), "x.odt"),
        (WebPage(), _page(texts), "x.html"),
    ]
    for reader, content, name in written:
        with tempfile.TemporaryDirectory() as folder:
            items: list[Item] = read(reader, Path(folder), content, name)
        assert skipped(items) == []
        assert [message.text for message in messages(items)] == texts


@settings(max_examples=25, deadline=None)
@given(words=st.lists(st.from_regex("[a-z]{1,9}", fullmatch=True), min_size=1, max_size=60))
def test_every_word_of_a_pdf_is_read(words: list[str]) -> None:
    lines = [" ".join(words[n : n + 8]) for n in range(0, len(words), 8)]
    with tempfile.TemporaryDirectory() as folder:
        items = read(Pdf(), Path(folder), _pdf(lines), "x.pdf")
    assert " ".join(message.text for message in messages(items)).split() == words
