"""The readers, in the order they are tried: the plainest come last."""

from ingest.source import Reader
from ingest.sources.discord import Discord
from ingest.sources.discord_package import DiscordPackage
from ingest.sources.document import Markdown, PlainText
from ingest.sources.google_chat import GoogleChat
from ingest.sources.imessage import IMessage
from ingest.sources.line_chat import LineChat
from ingest.sources.messenger import Messenger
from ingest.sources.signal import Signal
from ingest.sources.slack import Slack
from ingest.sources.telegram import Telegram
from ingest.sources.whatsapp import WhatsApp

READERS: tuple[Reader, ...] = (
    WhatsApp(),
    Telegram(),
    Discord(),
    DiscordPackage(),
    Slack(),
    Messenger(),
    IMessage(),
    Signal(),
    LineChat(),
    GoogleChat(),
    Markdown(),
    PlainText(),
)

__all__ = ["READERS"]
