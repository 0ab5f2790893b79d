"""Captions for a browser's player."""

import numpy as np

from persona.face.web_captions import as_webvtt
from persona.voice.speech import Speech, TimedWord


def said(text: str) -> Speech:
    """Return a second of sound with its words spread over it."""
    words = text.split()
    each = 1.0 / len(words)
    timed = tuple(TimedWord(word, n * each, (n + 1) * each) for n, word in enumerate(words))
    return Speech(samples=np.zeros(24_000, np.float32), sample_rate=24_000, text=text, words=timed)


def test_pieces_follow_each_other_and_marks_can_not_be_taken_for_tags() -> None:
    captions = as_webvtt([said("Hello there."), said("One <b> & two.")])
    assert captions.split("\n\n") == [
        "WEBVTT",
        "00:00:00.000 --> 00:00:01.000\nHello there.",
        "00:00:01.000 --> 00:00:02.000\nOne &lt;b&gt; &amp; two.\n",
    ]
