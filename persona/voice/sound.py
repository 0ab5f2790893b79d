"""Sound in and out: files of any kind read as mono, WAV written, rates changed."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# What these libraries give is only half typed.

import io
import wave
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from persona.errors import VoiceProblem
from persona.voice.speech import Speech

Samples = NDArray[np.float32]

_FULL_SCALE = 32767.0


def read_sound(
    path: Path, sample_rate: int | None = None, *, seconds: float | None = None
) -> Speech:
    """Return the sound of a file (WAV, FLAC, MP3, M4A, WebM, a film), mixed to one channel.

    Args:
        path: the file.
        sample_rate: samples a second of what is returned; those of the file by default.
        seconds: how much of it is read; all by default.

    Raises:
        VoiceProblem: it isn't there or holds no sound that can be read.
    """
    import av
    from av.error import FFmpegError

    if not path.is_file():
        raise VoiceProblem(f"there is no file {path}", "name a sound file, such as WAV or MP3")
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise VoiceProblem(f"{path.name} holds no sound", "name a recording with speech")
            rate = sample_rate or container.streams.audio[0].codec_context.sample_rate
            resampler = av.AudioResampler(format="fltp", rate=rate)
            chunks: list[Samples] = []
            left = rate * seconds if seconds else float("inf")
            for frame in chain(_audible(container), [None]):
                # The resampler's own mix of two channels is 3 dB too loud.
                parts = [part.to_ndarray().mean(axis=0) for part in resampler.resample(frame)]
                chunks += parts
                left -= sum(map(len, parts))
                if left <= 0:
                    break
    except FFmpegError as error:
        raise VoiceProblem(
            f"{path.name} can't be read as sound", "use WAV, FLAC, MP3, M4A or WebM"
        ) from error
    if not chunks:
        raise VoiceProblem(f"{path.name} holds no sound", "name a recording with speech")
    return Speech(samples=np.concatenate(chunks).astype(np.float32), sample_rate=rate)


def _audible(container: Any) -> Iterator[Any]:
    """Yield the frames of sound that can be decoded; damaged ones are left out."""
    from av.error import InvalidDataError

    for packet in container.demux(container.streams.audio[0]):
        with suppress(InvalidDataError):
            yield from packet.decode()


def resampled(samples: Samples, old: int, new: int) -> Samples:
    """Return `samples` at another rate, band-limited."""
    from scipy.signal import resample_poly

    if old == new:
        return samples
    shared = gcd(old, new)
    return resample_poly(samples, new // shared, old // shared).astype(np.float32)


def at_tempo(samples: Samples, sample_rate: int, speed: float) -> Samples:
    """Return `samples` said `speed` times as fast, at the same pitch."""
    import av
    from av.error import BlockingIOError as NothingYet
    from av.filter import Graph

    graph: Any = Graph()
    source = graph.add_abuffer(sample_rate=sample_rate, format="flt", layout="mono")
    tempo, sink = graph.add("atempo", f"{speed:.3f}"), graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), "flt", "mono")
    frame.sample_rate = sample_rate
    source.push(frame)
    source.push(None)
    parts: list[Samples] = []
    with suppress(EOFError, NothingYet):
        while True:
            parts.append(sink.pull().to_ndarray()[0])
    return np.concatenate(parts) if parts else samples[:0]


def to_pcm(samples: Samples) -> bytes:
    """Return samples as 16-bit little-endian PCM."""
    return (np.clip(samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()


def from_pcm(pcm: bytes) -> Samples:
    """Return 16-bit little-endian PCM as samples from -1 to 1."""
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / _FULL_SCALE


def wav_bytes(speech: Speech) -> bytes:
    """Return speech as a 16-bit WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(speech.sample_rate)
        file.writeframes(to_pcm(speech.samples))
    return out.getvalue()


def read_wav(wav: bytes) -> Speech:
    """Return the sound of a WAV file as `wav_bytes` makes it."""
    with wave.open(io.BytesIO(wav)) as file:
        pcm, rate = file.readframes(file.getnframes()), file.getframerate()
    return Speech(samples=from_pcm(pcm), sample_rate=rate)


def write_wav(path: Path, speech: Speech) -> None:
    """Write speech as a 16-bit WAV file.

    Raises:
        VoiceProblem: the file can't be written.
    """
    try:
        path.write_bytes(wav_bytes(speech))
    except OSError as error:
        raise VoiceProblem(
            f"{path} can't be written: {error.strerror}", "name a file in a folder of yours"
        ) from error


def level(samples: Samples) -> float:
    """Return the loudness as the root mean square in dB below full scale."""
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples)) + 1e-12)))


def at_level(samples: Samples, decibels: float) -> Samples:
    """Return samples at a loudness, quieter where they would clip."""
    louder = samples * 10 ** ((decibels - level(samples)) / 20)
    peak = float(np.max(np.abs(louder), initial=0.0))
    return (louder * min(1.0, 0.98 / peak) if peak else louder).astype(np.float32)


def joined(parts: Iterable[Speech]) -> Speech:
    """Return speeches of one rate as one, with the times of words and phones moved along."""
    from dataclasses import replace

    pieces = list(parts)
    starts = np.cumsum([0.0, *(piece.seconds for piece in pieces)]).tolist()
    timed = list(zip(pieces, starts, strict=False))
    return Speech(
        samples=np.concatenate([piece.samples for piece in pieces]),
        sample_rate=pieces[0].sample_rate,
        text=" ".join(piece.text for piece in pieces),
        words=tuple(
            replace(word, start=word.start + at, end=word.end + at)
            for piece, at in timed
            for word in piece.words
        ),
        phones=tuple(
            replace(phone, start=phone.start + at, end=phone.end + at)
            for piece, at in timed
            for phone in piece.phones
        ),
    )
