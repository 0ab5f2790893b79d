"""Captions as a browser's player reads them (WebVTT)."""

from collections.abc import Sequence

from persona.face.caption import captions_of
from persona.voice.speech import Speech

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def as_webvtt(pieces: Sequence[Speech]) -> str:
    """Return the captions of pieces that are said one after the other."""
    blocks = ["WEBVTT"]
    start = 0.0
    for piece in pieces:
        for caption in captions_of(piece, start):
            words = " ".join(caption.text.translate(_ESCAPED).split())
            blocks.append(f"{_clock(caption.start)} --> {_clock(caption.end)}\n{words}")
        start += piece.seconds
    return "\n\n".join(blocks) + "\n"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
