"""Beats as MP4 that can be shown while it still grows: fragments of one beat each.

A browser's `MediaSource` takes them. Each run begins with its own head and a key frame, so that
a run can be given up at any beat and another begun.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# What this library gives is only half typed.

from fractions import Fraction
from typing import Any

import av
import numpy as np

from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.live.beat import SOUND_RATE, Beat
from persona.live.doubler import Doubler

_WIRE_RATE = 2 * SOUND_RATE
_KEY_EVERY = 2 * FPS
_BEAT_MICROSECONDS = 1_000_000 // FPS
_MP4 = {
    "movflags": "empty_moov+default_base_moof",
    "frag_duration": str(_BEAT_MICROSECONDS),
    "flush_packets": "1",
}
_H264 = {"preset": "ultrafast", "tune": "zerolatency", "crf": "24", "threads": "1"}


class _Sink:
    """A file that is only written to, and emptied as it is."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Take what follows."""
        self._parts.append(bytes(part))
        return len(part)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


class Fragments:
    """One run of fragments, H.264 and AAC; sound alone where it is begun without a picture."""

    def __init__(self, picture: Picture | None) -> None:
        """Begin.

        Args:
            picture: of the size of all that follow, and shown until the first of them.
        """
        self._sink = _Sink()
        self._file: Any = av.open(self._sink, "w", format="mp4", options=_MP4)
        self._picture = picture
        self._video: Any = None if picture is None else self._video_stream(picture)
        self._sound: Any = self._file.add_stream("aac", rate=_WIRE_RATE, layout="mono")
        self._doubled = Doubler()
        self._count = 0

    def add(self, beat: Beat) -> bytes:
        """Take a beat; return what can be sent, which is a beat or two behind."""
        if self._picture is not None:
            self._picture = self._picture if beat.picture is None else beat.picture
            frame = av.VideoFrame.from_ndarray(self._picture, format="bgr24")
            frame.pts, frame.time_base = self._count, Fraction(1, FPS)
            self._file.mux(self._video.encode(frame))
        sound = np.clip(self._doubled(beat.sound), -1, 1).astype(np.float32)[None]
        part = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        part.sample_rate, part.time_base = _WIRE_RATE, Fraction(1, _WIRE_RATE)
        part.pts = self._count * sound.shape[1]
        self._file.mux(self._sound.encode(part))
        self._count += 1
        return self._sink.take()

    def close(self) -> None:
        """Let go of it; what was not sent yet is lost."""
        self._file.close()

    def _video_stream(self, picture: Picture) -> Any:
        stream = self._file.add_stream("libx264", rate=FPS)
        stream.height, stream.width = picture.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = _KEY_EVERY
        stream.options = _H264
        return stream
