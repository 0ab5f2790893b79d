"""Whether a face keeps its pace while the reply and the voice are made on the same machine."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread
from time import perf_counter
from typing import Any

import numpy as np

from persona.chat_model import ChatModel
from persona.face.face import FaceSession, Frame
from persona.face.footage import FPS
from persona.face.open_face import open_face
from persona.face.store import BuiltFace
from persona.studio import Voice
from persona.voice.speech import Speech

_QUESTION = "Tell me at length about a day by the sea, in whole sentences."
_LATE_MS = 1000 / FPS


def measure_busy(
    built: BuiltFace,
    takes: Sequence[Speech],
    voice: Voice,
    chat: ChatModel | None,
    *,
    seconds: float,
) -> dict[str, Any]:
    """Draw at the pace of speech, then as fast as it goes, while others work without a pause.

    Args:
        built: the face.
        takes: what it says, over and over.
        voice: speaks all the while.
        chat: words replies all the while; None where there is no model.
        seconds: how long each of the two lasts.
    """
    done = {"spoken_seconds": 0.0, "words_of_replies": 0.0}

    def speak() -> None:
        for piece in voice.say([takes[0].text]):
            done["spoken_seconds"] += piece.seconds

    def word() -> None:
        if chat is not None:
            done["words_of_replies"] += len(str(chat.model.invoke(_QUESTION).text).split())

    with _without_a_pause([speak, *([word] if chat else [])]):
        late = _paced(built, takes, seconds)
        fps = _as_fast_as_it_goes(built, takes, seconds)
    return {
        "chat": chat.name if chat else "none",
        **{name: round(amount, 1) for name, amount in done.items()},
        "paced_frames": len(late),
        "frames_late": int(np.sum(np.array(late) > _LATE_MS)),
        "late_ms_p99": round(float(np.percentile(late, 99)), 1),
        "render_fps": round(fps, 1),
    }


@contextmanager
def _without_a_pause(jobs: Sequence[Callable[[], None]]) -> Generator[None]:
    """Do each job again and again, each in a thread of its own, for as long as the block lasts."""
    over = Event()

    def repeat(job: Callable[[], None], begun: Event) -> None:
        while not over.is_set():
            job()
            begun.set()

    begun = [Event() for _ in jobs]
    threads = [
        Thread(target=repeat, args=pair, daemon=True) for pair in zip(jobs, begun, strict=True)
    ]
    for thread in threads:
        thread.start()
    for event in begun:
        event.wait(60)  # models are loaded by then
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _paced(built: BuiltFace, takes: Sequence[Speech], seconds: float) -> list[float]:
    """Return by how many milliseconds each frame was late that was asked for when it was due."""
    late: list[float] = []
    rest = Event()
    start = perf_counter()
    for _ in _frames(built, takes, round(seconds * FPS)):
        due = start + (len(late) + 1) / FPS
        late.append(max(0.0, perf_counter() - due) * 1000)
        rest.wait(max(0.0, due - perf_counter()))
    return late


def _as_fast_as_it_goes(built: BuiltFace, takes: Sequence[Speech], seconds: float) -> float:
    start = perf_counter()
    drawn = 0
    for _ in _frames(built, takes, round(100 * seconds * FPS)):
        drawn += 1
        if perf_counter() - start > seconds:
            break
    return drawn / (perf_counter() - start)


def _frames(built: BuiltFace, takes: Sequence[Speech], most: int) -> Iterator[Frame]:
    """Yield drawn frames, as many as asked for at most."""
    face = open_face(built)
    face.start(FaceSession(sample_rate=takes[0].sample_rate))
    drawn = 0
    for take in cycle(takes):
        face.push_pcm(take.samples, take.phones)
        face.end_segment()
        for event in face.events():
            if isinstance(event, Frame):
                yield event
                drawn += 1
                if drawn == most:
                    return
