"""Films made up for tests and measurements: pictures and a voice in any container."""

# pyright: reportUnknownMemberType=false
# What this library gives is only half typed.

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from persona.face.landmarks import Picture
from persona.voice.speech import Speech

_CLOCK = 30_000
_RATES = {"libopencore_amrnb": 8_000}
_PACKED = 1024


def write_film(
    path: Path,
    pictures: Iterable[Picture],
    sound: Speech | None = None,
    *,
    times: Sequence[float] | None = None,
    fps: float = 25.0,
    codec: str = "libx264",
    audio_codec: str = "aac",
    pix_fmt: str = "yuv420p",
    options: Mapping[str, object] | None = None,
) -> Path:
    """Write a film and return its path; its suffix names the container.

    Args:
        path: the file.
        pictures: [height, width, 3] each, blue, green, red.
        sound: what is heard; none by default.
        times: when each picture is shown, for a rate that varies; evenly by default.
        fps: pictures a second.
        codec: of the pictures.
        audio_codec: of the sound.
        pix_fmt: how pictures are stored.
        options: of the codec.
    """
    clock = Fraction(_CLOCK) if times is not None else Fraction(fps).limit_denominator(1001)
    with av.open(str(path), "w") as container:
        video: VideoStream | None = None
        audio = _audio(container, audio_codec, sound)
        for number, picture in enumerate(pictures):
            video = video or _video(container, codec, picture, pix_fmt, clock, options or {})
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.time_base = 1 / clock
            frame.pts = round(times[number] * clock) if times is not None else number
            container.mux(video.encode(frame))
        if video is not None:
            container.mux(video.encode(None))
        if audio is not None and sound is not None:
            _write_sound(container, audio, sound)
    return path


def turned(path: Path, degrees: int) -> Path:
    """Note in an MP4 or MOV that the camera was turned by 90, 180 or 270 degrees, as phones do."""
    cos, sin = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    matrix = np.array(
        [cos << 16, sin << 16, 0, -sin << 16, cos << 16, 0, 0, 0, 1 << 30], ">i4"
    ).tobytes()
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 44
    content[at : at + 36] = matrix
    path.write_bytes(content)
    return path


def _video(
    container: OutputContainer,
    codec: str,
    picture: Picture,
    pix_fmt: str,
    clock: Fraction,
    options: Mapping[str, object],
) -> VideoStream:
    stream = container.add_stream(codec, rate=min(clock, Fraction(25)))
    assert isinstance(stream, VideoStream)
    stream.height, stream.width = picture.shape[:2]
    stream.pix_fmt, stream.options = pix_fmt, dict(options)
    stream.codec_context.time_base = 1 / clock
    return stream


def _audio(container: OutputContainer, codec: str, sound: Speech | None) -> AudioStream | None:
    if sound is None:
        return None
    stream = container.add_stream(codec, rate=_RATES.get(codec, 48_000))
    assert isinstance(stream, AudioStream)
    stream.layout = "mono"
    return stream


def _write_sound(container: OutputContainer, stream: AudioStream, sound: Speech) -> None:
    resampler = av.AudioResampler(
        format=stream.format.name, layout="mono", rate=stream.rate, frame_size=stream.frame_size
    )
    samples: NDArray[np.float32] = np.ascontiguousarray(sound.samples, np.float32)
    for at in range(0, len(samples), _PACKED):
        frame = av.AudioFrame.from_ndarray(
            samples[None, at : at + _PACKED], format="flt", layout="mono"
        )
        frame.sample_rate, frame.pts = sound.sample_rate, at
        frame.time_base = Fraction(1, sound.sample_rate)
        for part in resampler.resample(frame):
            container.mux(stream.encode(part))
    for part in resampler.resample(None):
        container.mux(stream.encode(part))
    container.mux(stream.encode(None))
