"""HTML pages: articles and letters that were saved from a browser or a word processor."""

import re
from collections.abc import Iterator, Sequence

from ingest.archive_seam import Archive, head
from ingest.record import Item, Skipped
from ingest.source import ReadOptions
from ingest.sources.html_text import MOST, read_html
from ingest.sources.lines import decode_start
from ingest.sources.written import document, without_words

_ENDINGS = (".html", ".htm", ".xhtml")
_OPENS = re.compile(r"<(?:!doctype\s+html|html|head|body|h[1-6]|p|div|article|title)\b", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


class WebPage:
    """Reads HTML."""

    format = "html"

    def claims(self, archive: Archive) -> Sequence[str]:
        """Return the files that end and open as HTML does."""
        names = (name for name in archive.names if name.casefold().endswith(_ENDINGS))
        return [name for name in names if _OPENS.search(decode_start(head(archive, name, 4096)))]

    def read(self, archive: Archive, name: str, options: ReadOptions) -> Iterator[Item]:
        """Yield paragraph by paragraph."""
        raw = head(archive, name, MOST)
        if archive.size(name) > MOST:
            yield Skipped(where="the end", why=f"only {MOST >> 20} MiB of a page are read")
        page = read_html(_decoded(raw))
        yield from document(name, page.blocks, page.title)
        if not page.blocks:
            yield without_words()


def _decoded(raw: bytes) -> str:
    """Return a page as text: by its mark, as UTF-8, or by the charset it names."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return decode_start(raw)
    named = _CHARSET.search(raw[:4096])
    for charset in (named[1].decode("ascii") if named else "utf-8", "utf-8"):
        try:
            return raw.decode(charset)
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")
