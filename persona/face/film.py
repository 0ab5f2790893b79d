"""Writing a spoken film: picture and sound of one clock, streamed to disk as they are made."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from av.subtitles.subtitle import SubtitleSet
from numpy.typing import NDArray

from persona.errors import FaceProblem
from persona.face.caption import Caption, captions_of
from persona.face.face import Face, FaceSession, Frame
from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.face.mood import mood_of
from persona.face.motion import Attention
from persona.face.overlay import draw_caption, draw_label
from persona.voice.speech import Speech

_SOUND_RATE = 48_000
_ASS_HEADER = b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[Events]\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmReport:
    """What was written."""

    seconds: float
    frames: int
    first_frame_ms: float
    """From the first sound to the first picture."""
    render_fps: float
    """Frames drawn for each second spent drawing, without the writing of the file."""
    fps: int = FPS


def write_film(
    face: Face,
    clauses: Iterable[Speech],
    out: Path,
    *,
    label: str | None,
    burn_in: bool = False,
) -> FilmReport:
    """Write an MP4 (H.264, AAC, captions as a track) of `face` saying `clauses`.

    Only a finished film gets the name `out`.

    Args:
        face: who speaks.
        clauses: what is said, all at one sample rate; taken one by one as they are made.
        out: the file.
        label: words shown in the corner all the time; None for none.
        burn_in: whether captions are also drawn into the pictures.

    Raises:
        FaceProblem: there is nothing to say, or the file can't be written.
    """
    partial = out.with_name(f"{out.name}.partial")
    try:
        with av.open(str(partial), "w", format="mp4", options={"movflags": "+faststart"}) as file:
            film = _Film(file, face, label, burn_in)
            for clause in clauses:
                film.add(clause)
            report = film.finish()
        partial.replace(out)
    except (FFmpegError, OSError) as error:
        raise FaceProblem(
            f"{out.name} can't be written", "choose a folder of yours, and a name ending in .mp4"
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return report


class _Film:
    """A film in the making."""

    def __init__(self, file: Any, face: Face, label: str | None, burn_in: bool) -> None:
        self._file, self._face = file, face
        self._label, self._burn_in = label, burn_in
        self._video: Any = None
        self._sound: Any = file.add_stream("aac", rate=_SOUND_RATE, layout="mono")
        self._words: Any = file.add_stream("mov_text")
        self._words.codec_context.subtitle_header = _ASS_HEADER
        self._words.codec_context.time_base = Fraction(1, 1000)
        self._resampler = av.AudioResampler(format="fltp", layout="mono", rate=_SOUND_RATE)
        self._rate = 0
        self._samples = self._written = 0
        self._unwritten = np.empty(0, np.float32)
        self._frames = 0
        self._drawing = 0.0
        self._first_ms: float | None = None
        self._captions: list[Caption] = []

    def add(self, clause: Speech) -> None:
        """Let the face say one more clause."""
        if not self._rate:
            self._rate = clause.sample_rate
            self._face.start(FaceSession(sample_rate=self._rate))
        assert clause.sample_rate == self._rate, "one film has one sample rate"
        self._captions += captions_of(clause, self._samples / self._rate)
        self._face.express(Attention.RESTING, mood_of(clause.text))
        began = time.perf_counter()
        self._face.push_pcm(clause.samples, clause.phones)
        self._samples += len(clause.samples)
        self._take_frames(began)
        self._write_sound(clause.samples)

    def finish(self) -> FilmReport:
        """Write what is left."""
        if not self._rate:
            raise FaceProblem("there is nothing to say", "give some text")
        short = -(self._samples * FPS) % self._rate
        rest = np.zeros(-(-short // FPS), np.float32)
        self._face.push_pcm(rest)
        self._samples += len(rest)
        self._face.end_segment()
        self._take_frames(time.perf_counter())
        self._write_sound(rest)
        for ready in self._resampler.resample(None):
            self._file.mux(self._sound.encode(ready))
        for stream in (self._video, self._sound):
            self._file.mux(stream.encode(None))
        for caption in self._captions:
            self._write_caption(caption)
        return FilmReport(
            seconds=round(self._samples / self._rate, 3),
            frames=self._frames,
            first_frame_ms=round(self._first_ms or 0.0, 1),
            render_fps=round(self._frames / max(self._drawing, 1e-6), 1),
        )

    def _take_frames(self, began: float) -> None:
        events = self._face.events()
        while True:
            before = time.perf_counter()
            event = next(events, None)
            self._drawing += time.perf_counter() - before
            if event is None:
                return
            if isinstance(event, Frame):
                if self._first_ms is None:
                    self._first_ms = (time.perf_counter() - began) * 1000
                self._write_picture(event.picture)

    def _write_picture(self, picture: Picture) -> None:
        if self._video is None:
            self._video = self._video_stream(picture)
        if self._label:
            draw_label(picture, self._label)
        if self._burn_in:
            self._burn(picture)
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts, frame.time_base = self._frames, Fraction(1, FPS)
        self._frames += 1
        self._file.mux(self._video.encode(frame))

    def _video_stream(self, picture: Picture) -> Any:
        stream = self._file.add_stream("libx264", rate=FPS)
        stream.height, stream.width = picture.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "20"}
        return stream

    def _burn(self, picture: Picture) -> None:
        now = (self._frames + 0.5) / FPS
        for caption in self._captions:
            if caption.start <= now < caption.end:
                draw_caption(picture, caption.text)

    def _write_sound(self, samples: NDArray[np.float32]) -> None:
        """Write sound, a second at a time; it waits for the first picture, which opens the file."""
        self._unwritten = np.concatenate([self._unwritten, samples])
        if self._video is None:
            return
        for start in range(0, len(self._unwritten), self._rate):
            part = np.ascontiguousarray(self._unwritten[None, start : start + self._rate])
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = self._rate, self._written
            frame.time_base = Fraction(1, self._rate)
            self._written += part.shape[1]
            for ready in self._resampler.resample(frame):
                self._file.mux(self._sound.encode(ready))
        self._unwritten = self._unwritten[:0]

    def _write_caption(self, caption: Caption) -> None:
        start, end = round(caption.start * 1000), round(caption.end * 1000)
        line = f"0,0,Default,,0,0,0,,{caption.text}".encode()
        packet = self._words.codec_context.encode_subtitle(
            SubtitleSet.create(text=line, start=0, end=end - start, pts=start * 1000)
        )
        packet.stream = self._words
        packet.time_base = Fraction(1, 1000)
        packet.pts = packet.dts = start
        packet.duration = end - start
        self._file.mux(packet)
