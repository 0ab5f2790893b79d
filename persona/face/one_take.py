"""The pictures of one finished take, from any face."""

from collections.abc import Iterator

import numpy as np

from persona.face.face import Face, FaceSession, Frame
from persona.face.footage import FPS
from persona.face.landmarks import Picture
from persona.voice.speech import Speech


def pictures_of_take(face: Face, take: Speech) -> Iterator[Picture]:
    """Yield the pictures of `take` in a session of its own, its last frame filled up."""
    face.start(FaceSession(sample_rate=take.sample_rate))
    face.push_pcm(take.samples, take.phones)
    face.end_segment()
    short = -len(take.samples) * FPS % take.sample_rate
    face.push_pcm(np.zeros(-(-short // FPS), np.float32))
    for event in face.events():
        if isinstance(event, Frame):
            yield event.picture
