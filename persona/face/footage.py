"""The pictures of a video, one at a time, at the rate that faces are drawn at."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.video.frame import VideoFrame

from persona.errors import FaceProblem
from persona.face.hdr import to_screen
from persona.face.landmarks import Picture

FPS = 25
"""Frames a second of every face, whatever the camera's rate was."""
_LONG_SIDE = 1280
"""Larger pictures are made smaller: the face itself is drawn at 720 pixels at most."""


def pictures_of(video: Path, *, seconds: float = 600.0, rate: float = FPS) -> Iterator[Picture]:
    """Yield the upright pictures of a video, repeating or leaving out where its rate differs.

    Args:
        video: the file, in any container; damaged pictures in it are left out.
        seconds: how much of it is read.
        rate: pictures a second.

    Raises:
        FaceProblem: it can't be read as a video.
    """
    try:
        with av.open(str(video)) as container:
            if not container.streams.video:
                raise FaceProblem(f"{video.name} has no pictures", "choose a video of the face")
            container.streams.video[0].thread_type = "AUTO"
            yield from _at_rate(_frames(container), seconds, rate)
    except (FFmpegError, OSError) as error:
        raise FaceProblem(
            f"{video.name} can't be read as a video", "choose an MP4, MOV, MPEG or WebM file"
        ) from error


def read_picture(file: Path) -> Picture:
    """Return the picture in a file.

    Raises:
        FaceProblem: it can't be read as a picture.
    """
    raw = np.fromfile(file, np.uint8) if file.is_file() else np.empty(0, np.uint8)
    picture = cv2.imdecode(raw, cv2.IMREAD_COLOR) if len(raw) else None
    if picture is None:
        raise FaceProblem(f"{file.name} can't be read as a picture", "choose a JPEG or PNG file")
    return _at_most(picture.astype(np.uint8, copy=False))


def _frames(container: InputContainer) -> Iterator[VideoFrame]:
    """Yield the frames that can be decoded."""
    read = False
    problem: FFmpegError | None = None
    for packet in container.demux(container.streams.video[0]):
        try:
            for frame in packet.decode():
                read = True
                yield frame
        except InvalidDataError as error:  # a damaged packet: the next ones may be whole
            problem = error
    if not read and problem is not None:
        raise problem


def _at_rate(frames: Iterator[VideoFrame], seconds: float, rate: float) -> Iterator[Picture]:
    start: Fraction | None = None
    made = 0
    for frame in frames:
        stamp = Fraction(0) if frame.pts is None else frame.pts * Fraction(frame.time_base or 1)
        start = stamp if start is None else start
        due = float(stamp - start) * rate + 0.5
        if made >= seconds * rate:
            return
        picture: Picture | None = None
        while made < due:
            if picture is None:
                picture = to_screen(_at_most(_upright(frame)), frame.color_trc)
            yield picture
            made += 1


def _upright(frame: VideoFrame) -> Picture:
    """Return a frame turned the way the camera was held."""
    picture = frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False)
    return np.ascontiguousarray(np.rot90(picture, round(frame.rotation / 90)))


def _at_most(picture: Picture) -> Picture:
    scale = _LONG_SIDE / max(picture.shape[:2])
    if scale >= 1:
        return picture
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)
