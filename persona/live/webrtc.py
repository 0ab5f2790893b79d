"""Sound and pictures to and from a browser by WebRTC (RFC 8825), through aiortc.

Both tracks are fed by one pacer and count the same beats, so that they share one clock.
"""

# pyright: reportUnknownMemberType=false
# What this library gives is only half typed.

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from fractions import Fraction
from time import time
from typing import Any, cast

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from persona.face.footage import FPS
from persona.live.beat import BEAT_SAMPLES, SOUND_RATE, Beat
from persona.live.doubler import Doubler
from persona.live.due_reports import DueReports
from persona.live.ice import IceServer
from persona.live.pacer import Pacer
from persona.live.prompt_uplink import hear_promptly
from persona.voice.ear import RATE
from persona.voice.sound import Samples

_MOST_QUEUED = 12
_HALF_SAMPLES = BEAT_SAMPLES // 2
_VIDEO_CLOCK = 90_000
_WIRE_RATE = 2 * SOUND_RATE


class _Track(MediaStreamTrack):
    """A track that sends what is put in it; if nobody takes it, the oldest is dropped."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__()
        self.taken = 0.0
        """Where the frame lies that was taken last, in seconds of the stream."""
        self._frames: asyncio.Queue[av.AudioFrame | av.VideoFrame] = asyncio.Queue(_MOST_QUEUED)

    def put(self, frame: av.AudioFrame | av.VideoFrame) -> None:
        """Send a frame after those before it."""
        if self._frames.full():
            self._frames.get_nowait()
        self._frames.put_nowait(frame)

    async def recv(self) -> av.AudioFrame | av.VideoFrame:
        """Return the next frame when there is one."""
        if self.readyState != "live":
            raise MediaStreamError
        frame = await self._frames.get()
        assert frame.pts is not None and frame.time_base is not None
        self.taken = float(frame.pts * frame.time_base)
        return frame


class Call:
    """One browser's connection to one conversation; used in one event loop."""

    def __init__(
        self,
        take: Callable[[], Beat],
        hear: Callable[[Samples], None],
        servers: Sequence[IceServer] = (),
    ) -> None:
        """Get ready.

        Args:
            take: gives the next beat at once.
            hear: takes the microphone's sound at 16 kHz.
            servers: STUN and TURN servers; none are needed on one network.
        """
        asked = [RTCIceServer(**server.as_json()) for server in servers]
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=asked))
        self.pacer = Pacer(take, self._send)
        self._hear = hear
        self._sound, self._picture = _Track("audio"), _Track("video")
        self._epoch = time() - asyncio.get_running_loop().time()
        self._doubled = Doubler()
        self._tasks: set[asyncio.Task[None]] = set()
        self.peer.on("track", self._on_track)
        self.peer.on("connectionstatechange", self._on_state)

    async def answer(self, offer: str) -> str:
        """Return the answer to a browser's offer (SDP).

        Raises:
            ValueError: the offer can't be read.
        """
        await self.peer.setRemoteDescription(RTCSessionDescription(sdp=offer, type="offer"))
        hear_promptly(self.peer)
        for track, rate in ((self._sound, _WIRE_RATE), (self._picture, _VIDEO_CLOCK)):
            sender = self.peer.addTrack(track)
            DueReports(sender, rate, lambda track=track: track.taken, self._due)
        answer = await self.peer.createAnswer()
        assert answer is not None
        await self.peer.setLocalDescription(answer)
        return self.peer.localDescription.sdp

    async def close(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await self.peer.close()

    def _due(self, moment: float) -> float | None:
        """Return when a moment of the stream was due, in seconds since 1970.

        A pace that fell behind and was set anew is left out: what counts for a browser is that
        both tracks tell one clock, and a clock that jumps is told by one of them first.
        """
        began = self.pacer.began
        return None if began is None else began + moment + self._epoch

    def _on_state(self) -> None:
        if self.peer.connectionState == "connected":
            self._start(self.pacer.run())
        elif self.peer.connectionState in ("failed", "closed"):
            for task in self._tasks:
                task.cancel()

    def _on_track(self, track: MediaStreamTrack) -> None:
        if track.kind == "audio":
            self._start(self._listen(track))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # a task that nobody holds may vanish
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, track: MediaStreamTrack) -> None:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        with suppress(MediaStreamError):
            while True:
                frame = cast(object, await track.recv())
                if isinstance(frame, av.AudioFrame):
                    for part in resampler.resample(frame):
                        self._hear(part.to_ndarray()[0])

    def _send(self, beat: Beat, number: int, half: int) -> None:
        if half == 0 and beat.picture is not None:
            picture = av.VideoFrame.from_ndarray(beat.picture, format="bgr24")
            picture.pts, picture.time_base = number * _VIDEO_CLOCK // FPS, Fraction(1, _VIDEO_CLOCK)
            self._picture.put(picture)
        part = beat.sound[half * _HALF_SAMPLES : (half + 1) * _HALF_SAMPLES]
        doubled = np.clip(self._doubled(part), -1, 1) * 32767
        stereo = np.repeat(doubled.astype(np.int16), 2)[None]
        sound = av.AudioFrame.from_ndarray(stereo, format="s16", layout="stereo")
        sound.sample_rate, sound.time_base = _WIRE_RATE, Fraction(1, _WIRE_RATE)
        sound.pts = (2 * number + half) * len(doubled)
        self._sound.put(sound)
