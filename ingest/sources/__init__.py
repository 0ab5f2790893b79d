"""The readers, in the order they are tried: the plainest come last."""

from ingest.source import Reader
from ingest.sources.document import Markdown, PlainText
from ingest.sources.table import Csv, JsonLines
from ingest.sources.telegram import Telegram
from ingest.sources.whatsapp import WhatsApp

READERS: tuple[Reader, ...] = (
    WhatsApp(),
    Telegram(),
    Csv(),
    JsonLines(),
    Markdown(),
    PlainText(),
)

__all__ = ["READERS"]
