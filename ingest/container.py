"""What a media file holds, read from its head alone."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ingest.errors import ImportProblem

HDR_TRANSFERS = {16: "PQ", 18: "HLG"}
"""Transfer functions of high dynamic range, by their number in ITU-T H.273."""
_VARIES = 0.2
"""Share of the usual gap between pictures by which gaps may differ."""
_OFTEN = 0.05
"""Share of gaps that may; a picture left out now and then is no rate of its own."""
_HEAD, _REORDERED = 120, 8
_STILL = {"png_pipe", "jpeg_pipe", "image2", "webp_pipe", "bmp_pipe", "tiff_pipe", "gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A recording as its file describes it."""

    format: str
    seconds: float
    """Length as the file states it; 0 where it states none."""
    picture_seconds: float = 0.0
    """Length of its pictures, which may end before the sound does."""
    width: int = 0
    """In pixels, as the camera was held; 0 without pictures."""
    height: int = 0
    frames_per_second: float = 0.0
    variable_rate: bool = False
    rotation: int = 0
    """Degrees by which pictures are turned to stand upright."""
    hdr: str = ""
    """`PQ` or `HLG` for high dynamic range."""
    has_picture: bool = False
    has_sound: bool = False
    recorded_at: datetime | None = None


def probe(path: Path) -> Container:
    """Return what a recording holds.

    Raises:
        ImportProblem: it isn't there, or is no recording.
    """
    if not path.is_file():
        raise ImportProblem(f"there is no file {path}", "name a video or a sound file")
    try:
        with av.open(str(path)) as container:
            known = _probed(container, path)
        return known if known.seconds else _measured(known, path)
    except (FFmpegError, OSError, ValueError) as error:
        raise ImportProblem(
            f"{path.name} can't be read as a video or a sound",
            "is it whole? MP4, MOV, WebM, MKV, AVI, 3GP and MPEG are read",
        ) from error


def _probed(container: InputContainer, path: Path) -> Container:
    if container.format.name in _STILL:
        raise ImportProblem(f"{path.name} is a picture, not a recording", "give it as --photo")
    sound = bool(container.streams.audio)
    pictures = [s for s in container.streams.video if not _is_cover(s)]
    known = Container(
        format=container.format.name,
        seconds=(container.duration or 0) / 1_000_000,
        has_sound=sound,
        recorded_at=_recorded_at(container.metadata.get("creation_time", "")),
    )
    return _with_picture(known, container, pictures[0]) if pictures else known


def _measured(known: Container, path: Path) -> Container:
    """Find out how long a recording is that doesn't say it, such as one made by a browser."""
    seconds = 0.0
    with av.open(str(path)) as container, suppress(FFmpegError):
        for packet in container.demux():
            if packet.pts is not None:
                end = (packet.pts + (packet.duration or 0)) * packet.time_base
                seconds = max(seconds, float(end))
    pictures = seconds if known.has_picture else 0.0
    return replace(known, seconds=seconds, picture_seconds=pictures)


class _Head(NamedTuple):
    """What the first seconds of a film show."""

    rotation: int
    variable_rate: bool


def _with_picture(known: Container, container: InputContainer, stream: VideoStream) -> Container:
    head = _head(container, stream)
    width, height = stream.codec_context.width, stream.codec_context.height
    if head.rotation % 180:
        width, height = height, width
    own = float((stream.duration or 0) * (stream.time_base or 0))
    return replace(
        known,
        seconds=known.seconds or own,
        picture_seconds=own or known.seconds,
        width=width,
        height=height,
        frames_per_second=round(float(stream.average_rate or 0), 3),
        variable_rate=head.variable_rate,
        rotation=head.rotation,
        hdr=HDR_TRANSFERS.get(stream.codec_context.color_trc, ""),
        has_picture=True,
    )


def _head(container: InputContainer, stream: VideoStream) -> _Head:
    rotation: int | None = None
    stamps: list[int] = []
    for packet in container.demux(stream):
        if packet.pts is not None:
            stamps.append(packet.pts)
        if rotation is None:
            with suppress(FFmpegError):
                rotation = next((_turned(frame) for frame in packet.decode()), None)
        if len(stamps) > _HEAD and rotation is not None:
            break
    # The last ones may still lack a neighbour that is stored after them.
    gaps = np.diff(sorted(stamps)[:-_REORDERED])
    off = np.abs(gaps - np.median(gaps)) > _VARIES * np.median(gaps) if len(gaps) else gaps
    varies = bool(len(off)) and float(off.mean()) > _OFTEN
    return _Head(rotation or 0, varies)


def _turned(frame: VideoFrame) -> int:
    return round(frame.rotation) % 360


def _is_cover(stream: VideoStream) -> bool:
    """Say whether it is the picture on the sleeve of a sound file."""
    return bool(stream.disposition.value & 0x400)


def _recorded_at(stated: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    # Cameras without a clock write the first day they know.
    return aware if 1990 < aware.year <= datetime.now(UTC).year else None
