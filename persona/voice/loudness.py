"""Loudness as people hear it, after EBU R 128 and ITU-R BS.1770, by FFmpeg's meter."""

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as AtEnd
from av.filter import Graph

from persona.voice.sound import Samples
from persona.voice.speech import Speech

TARGET = -23.0
"""LUFS that programmes are levelled to."""
_PEAK = 10 ** (-1 / 20)
_SILENT = -69.0
_BLOCK = 48_000


def loudness(speech: Speech) -> float:
    """Return the integrated loudness in LUFS; -70 for silence."""
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=speech.sample_rate,
        format="flt",
        layout="mono",
        time_base=Fraction(1, speech.sample_rate),
    )
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    measured = -70.0
    for at in range(0, len(speech.samples) + _BLOCK, _BLOCK):
        part = speech.samples[at : at + _BLOCK]
        source.push(_frame(part, speech.sample_rate, at) if len(part) else None)
        measured = _latest(sink, measured)
        if not len(part):
            break
    return measured


def levelled(speech: Speech, target: float = TARGET) -> Speech:
    """Return speech brought to a loudness in LUFS by one gain, with its peaks below -1 dB."""
    found = loudness(speech)
    peak = float(np.max(np.abs(speech.samples), initial=0.0))
    if found < _SILENT or not peak:
        return speech
    gain = min(10 ** ((target - found) / 20), _PEAK / peak)
    samples: Samples = (speech.samples * gain).astype(np.float32)
    return Speech(samples=samples, sample_rate=speech.sample_rate)


def _frame(samples: Samples, rate: int, at: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples[None]), format="flt", layout="mono"
    )
    frame.sample_rate, frame.pts = rate, at
    return frame


def _latest(sink: Any, measured: float) -> float:
    while True:
        try:
            frame = sink.pull()
        except (NothingYet, AtEnd):
            return measured
        measured = float(frame.metadata.get("lavfi.r128.I", measured))
