"""How well faces built from clips speak, with the same figures on the clips as the scale."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from evals.errors import EvalProblem
from evals.face_busy import measure_busy
from evals.face_measure import (
    Seen,
    blinks,
    closures,
    correlations,
    energy,
    flicker,
    identity_distance,
    look_at,
)
from persona.chat_model import ChatModel
from persona.face.face import FaceSession, Frame
from persona.face.footage import FPS, pictures_of
from persona.face.landmarks import Landmarker, Picture
from persona.face.open_face import build_face, open_face
from persona.face.store import BuiltFace
from persona.face.survey import CLOSED, OPEN
from persona.studio import Voice
from persona.voice.speech import Speech, TimedPhone

SENTENCES = """\
Hello, it's lovely to meet you at last.
My brother moved to Bristol in the spring.
Please put the blue book by the big lamp.
I never thought I would miss the rain so much.
We walked along the beach before breakfast.
Mum makes a better pie than anybody I know.
Could you give me five minutes to think about it?
The wolf hid from the very first visitor.
She showed us a small shop that sells old shoes.
Every evening I play the piano for an hour.
That was the best film I have seen all year.
Bob and Peter bumped into Mary in the market.
I usually have coffee, but today I want tea.
They left the keys on the table by the door.
What would you have done in my place?
My favourite month has always been September.
The train to Cambridge was late again.
Thank you so much for coming to see me.
People keep asking me about the parrot lamp.
I hope the weather will be warm on Sunday.
Our neighbours have a dog who barks at buses.
If you ask me, we should probably go home.""".splitlines()

_BUSY = 20.0
"""Seconds for which it is drawn while others work."""

Progress = Callable[[str, int, int], None]


class _Spoken(NamedTuple):
    """What one sentence gave."""

    lags: dict[int, float]
    met: list[bool]
    seen: Seen
    fps: float
    first_ms: float


def measure_faces(
    files: Sequence[Path],
    voice: Voice,
    progress: Progress,
    *,
    each: int,
    minutes: float,
    chat: ChatModel | None = None,
) -> dict[str, Any]:
    """Build a face from each clip, let it say `each` sentences, and measure both.

    Args:
        files: clips of faces that speak.
        voice: says the sentences.
        progress: told how far it is.
        each: how many sentences each face says.
        minutes: how long the first face speaks on end, and then a little under load; 0 for neither.
        chat: words replies while the first face is drawn under load, where there is one.

    Raises:
        EvalProblem: a clip has no sound.
        FaceProblem: a clip shows no face.
    """
    landmarker = Landmarker()
    clips: list[dict[str, Any]] = []
    long: dict[str, Any] = {}
    busy: dict[str, Any] = {}
    takes = [_one(voice, sentence) for sentence in SENTENCES]
    for number, file in enumerate(files):
        progress("faces", number, len(files))
        chosen = [takes[(number * each + k) % len(takes)] for k in range(each)]
        built = build_face(video=file)
        clips.append(_measure_clip(file, built, chosen, landmarker))
        if minutes and not long:
            long = _endure(built, takes, minutes)
            busy = measure_busy(built, takes, voice, chat, seconds=min(_BUSY, 60 * minutes))
    progress("faces", len(files), len(files))
    return {
        "voice": voice.name,
        "sentences": each * len(files),
        "made": _overall([clip["made"] for clip in clips]),
        "real": _overall([clip["real"] for clip in clips]),
        "long": long,
        "busy": busy,
        "clips": clips,
    }


def _measure_clip(
    file: Path, built: BuiltFace, takes: Sequence[Speech], landmarker: Landmarker
) -> dict[str, Any]:
    pictures = list(pictures_of(file, seconds=30))
    real = look_at(pictures, landmarker)
    heard = _sound_of(file)
    lags = correlations(real.gap, energy(heard, len(real.gap)))
    portrait = real.identities.mean(axis=0)
    spoken = [_speak(built, take, landmarker, real) for take in takes]
    mean_lags = {lag: float(np.mean([s.lags[lag] for s in spoken])) for lag in lags}
    return {
        "file": file.name,
        "made": {
            **_mouth_figures(mean_lags),
            "correlation_by_sentence": [round(s.lags[0], 3) for s in spoken],
            "closures": _share([met for s in spoken for met in s.met]),
            "n_closures": sum(len(s.met) for s in spoken),
            "identity_distance": _mean(
                identity_distance(s.seen.identities, portrait) for s in spoken
            ),
            **_picture_figures([s.seen for s in spoken]),
            "render_fps": _mean(s.fps for s in spoken),
            "first_frame_ms": round(max(s.first_ms for s in spoken), 1),
        },
        "real": {
            **_mouth_figures(lags),
            "identity_distance": round(identity_distance(real.identities, portrait), 3),
            **_picture_figures([_at_size(pictures, landmarker, built)]),
        },
    }


def _speak(built: BuiltFace, take: Speech, landmarker: Landmarker, real: Seen) -> _Spoken:
    face = open_face(built)
    began = time.perf_counter()
    pictures: list[Picture] = []
    first_ms = 0.0
    for picture in face.film(take):
        if not pictures:
            first_ms = (time.perf_counter() - began) * 1000
        pictures.append(picture)
    fps = len(pictures) / (time.perf_counter() - began)
    seen = look_at(pictures, landmarker)
    closed, opened = np.percentile(real.gap, [CLOSED, OPEN])
    return _Spoken(
        lags=correlations(seen.gap, energy(take, len(pictures))),
        met=closures(seen.gap, take.phones, float(closed), float(opened)),
        seen=seen,
        fps=fps,
        first_ms=first_ms,
    )


def _at_size(pictures: Sequence[Picture], landmarker: Landmarker, built: BuiltFace) -> Seen:
    """Return what the real pictures show when brought to the size of the drawn ones."""
    from persona.face.canvas import canvas_map, onto_canvas

    points = look_at(pictures[:1], landmarker).points[0]
    affine = canvas_map(points, pictures[0].shape, built.size)
    return look_at([onto_canvas(p, affine, built.size) for p in pictures], landmarker)


def _endure(built: BuiltFace, takes: Sequence[Speech], minutes: float) -> dict[str, Any]:
    """Let a face speak for a long time; return drift and growth of memory."""
    face = open_face(built)
    rate = takes[0].sample_rate
    face.start(FaceSession(sample_rate=rate))
    samples = frames = 0
    worst, settled = 0.0, 0.0
    while samples < minutes * 60 * rate:
        take = takes[(samples // rate) % len(takes)]
        face.push_pcm(take.samples, take.phones)
        face.end_segment()
        samples += len(take.samples)
        frames += sum(isinstance(event, Frame) for event in face.events())
        worst = max(worst, abs(samples / rate - frames / FPS) * FPS)
        settled = settled or (_resident_mb() if samples > 60 * rate else 0.0)
    return {
        "minutes": minutes,
        "frames": frames,
        "drift_frames": round(worst, 3),
        "memory_growth_mb": round(_resident_mb() - settled, 1),
    }


def _resident_mb() -> float:
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 1e6 if statm.exists() else 0.0


def _one(voice: Voice, sentence: str) -> Speech:
    """Return a sentence as one stretch of speech, however many pieces it comes in."""
    samples: list[NDArray[np.float32]] = []
    phones: list[TimedPhone] = []
    at, rate = 0.0, 0
    for piece in voice.say([sentence]):
        samples.append(piece.samples)
        phones += [TimedPhone(p.symbol, p.start + at, p.end + at) for p in piece.phones]
        at, rate = at + piece.seconds, piece.sample_rate
    if not phones:
        raise EvalProblem(f"the voice {voice.name!r} tells no phones", "choose another voice")
    return Speech(
        samples=np.concatenate(samples), sample_rate=rate, text=sentence, phones=tuple(phones)
    )


def _sound_of(file: Path) -> Speech:
    with av.open(str(file)) as container:
        if not container.streams.audio:
            raise EvalProblem(f"{file.name} has no sound", "choose clips in which somebody speaks")
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
        parts: list[NDArray[np.float32]] = []
        for frame in container.decode(audio=0):
            parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    return Speech(samples=np.concatenate(parts).astype(np.float32), sample_rate=16_000)


def _mouth_figures(lags: dict[int, float]) -> dict[str, float]:
    best = max(lags, key=lambda lag: lags[lag])
    return {
        "correlation": round(lags[0], 3),
        "lag_ms": round(best * 1000 / FPS),
        "best_correlation": round(lags[best], 3),
    }


def _picture_figures(seen: Sequence[Seen]) -> dict[str, float]:
    minutes = sum(len(s.gap) for s in seen) / FPS / 60
    return {
        "flicker": _mean(flicker(s.mouths) for s in seen),
        "seam_energy": _mean(s.seam for s in seen),
        "blinks_a_minute": round(sum(blinks(s.points) for s in seen) / minutes, 1),
    }


def _overall(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the mean of every figure over the clips."""
    names = [name for name, value in rows[0].items() if isinstance(value, int | float)]
    return {name: _mean(float(row[name]) for row in rows) for name in names}


def _mean(values: Any) -> float:
    return round(float(np.mean(list(values))), 3)


def _share(met: Sequence[bool]) -> float:
    return round(float(np.mean(met)), 3) if met else float("nan")
