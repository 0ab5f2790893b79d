"""A real WebRTC connection: the two tracks tell one clock, whatever their encoders take."""

# pyright: reportPrivateUsage=false

import asyncio
import random
from typing import Any

import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.rtp import RtcpPacket, RtcpSrPacket

from persona.live.beat import SILENT_BEAT, Beat
from persona.live.webrtc import Call

SLOWEST = 0.06
"""Seconds that a picture waits for its encoder at most."""
REPORTS = 3
RATES = {"audio": 48_000, "video": 90_000}


class Tap:
    """Slows a sender down, as a busy machine does, and notes what it reports on the wire."""

    def __init__(self, sender: Any) -> None:
        self.kind: str = sender.kind
        self.zeros: list[float] = []
        """When the stream began, in seconds of NTP, as each report has it."""
        self._sender = sender
        self._sent: int | None = None
        self._origin = 0
        self._encode, self._send = sender._next_encoded_frame, sender.transport._send_rtp
        sender._next_encoded_frame, sender.transport._send_rtp = self._slowly, self._seen
        self._random = random.Random(1)

    async def _slowly(self, codec: Any) -> Any:
        if self._sent is not None:
            self._origin = self._sender._RTCRtpSender__rtp_timestamp - self._sent
        encoded = await self._encode(codec)
        if self.kind == "video":
            await asyncio.sleep(self._random.uniform(0, SLOWEST))
        self._sent = None if encoded is None else encoded.timestamp
        return encoded

    async def _seen(self, data: bytes) -> None:
        if 200 <= data[1] <= 206:
            for packet in RtcpPacket.parse(data):
                if isinstance(packet, RtcpSrPacket) and packet.ssrc == self._sender._ssrc:
                    self._note(packet.sender_info)
        await self._send(data)

    def _note(self, info: Any) -> None:
        if info.ntp_timestamp:
            ticks = (info.rtp_timestamp - self._origin) % (1 << 32)
            self.zeros.append(info.ntp_timestamp / (1 << 32) - ticks / RATES[self.kind])


async def listen_to_a_call() -> list[Tap]:
    """Return what both tracks of a call have reported."""
    beat = Beat(sound=SILENT_BEAT, picture=np.zeros((64, 64, 3), np.uint8))
    call = Call(lambda: beat, lambda _samples: None)
    browser = RTCPeerConnection()
    browser.addTransceiver("audio", direction="sendrecv")
    browser.addTransceiver("video", direction="recvonly")
    await browser.setLocalDescription(await browser.createOffer())
    answer = await call.answer(browser.localDescription.sdp)
    taps = [Tap(sender) for sender in call.peer.getSenders()]
    await browser.setRemoteDescription(RTCSessionDescription(sdp=answer, type="answer"))
    while min(len(tap.zeros) for tap in taps) < REPORTS:
        await asyncio.sleep(0.05)
    await asyncio.gather(call.close(), browser.close())
    return taps


def test_both_tracks_report_one_clock_though_pictures_leave_late() -> None:
    taps = asyncio.run(asyncio.wait_for(listen_to_a_call(), 60))
    zeros = [zero for tap in taps for zero in tap.zeros]
    assert {tap.kind for tap in taps} == {"audio", "video"}
    assert max(zeros) - min(zeros) < 0.002
