"""The readers, in the order they are tried: the plainest come last."""

from ingest.source import Reader
from ingest.sources.blog import Blog
from ingest.sources.chatgpt import ChatGpt
from ingest.sources.discord import Discord
from ingest.sources.discord_package import DiscordPackage
from ingest.sources.document import Markdown, PlainText
from ingest.sources.eml import Eml
from ingest.sources.google_chat import GoogleChat
from ingest.sources.imessage import IMessage
from ingest.sources.line_chat import LineChat
from ingest.sources.linkedin import LinkedIn
from ingest.sources.mbox import Mbox
from ingest.sources.messenger import Messenger
from ingest.sources.meta_posts import MetaPosts
from ingest.sources.office import Docx, Odt
from ingest.sources.pdf import Pdf
from ingest.sources.signal import Signal
from ingest.sources.slack import Slack
from ingest.sources.table import Csv, JsonLines
from ingest.sources.telegram import Telegram
from ingest.sources.web_page import WebPage
from ingest.sources.whatsapp import WhatsApp
from ingest.sources.x_archive import XArchive

READERS: tuple[Reader, ...] = (
    WhatsApp(),
    Telegram(),
    Discord(),
    DiscordPackage(),
    Slack(),
    Messenger(),
    MetaPosts(),
    IMessage(),
    Signal(),
    LineChat(),
    GoogleChat(),
    Mbox(),
    Eml(),
    XArchive(),
    ChatGpt(),
    LinkedIn(),
    Blog(),
    Csv(),
    JsonLines(),
    Pdf(),
    Docx(),
    Odt(),
    WebPage(),
    Markdown(),
    PlainText(),
)

__all__ = ["READERS"]
