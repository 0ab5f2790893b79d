"""Sender reports (RFC 3550, 6.4.1) that tell when a beat was due, not when its packet left.

A browser lines up sound and picture by these reports. aiortc stamps them with the moment at which
the last packet left, which for a picture is after its encoding: the busier the machine, the later.
Told when their beat was due, both tracks share one clock whatever the encoders take.
"""

# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# What this library gives is only half typed, and it has no setting for this.

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiortc import RTCRtpSender
from aiortc.clock import datetime_to_ntp
from aiortc.rtp import RtcpSrPacket

_WRAPS = 1 << 32
_TICKS = "_RTCRtpSender__rtp_timestamp"


class DueReports:
    """Corrects the reports of one sender."""

    def __init__(
        self,
        sender: RTCRtpSender,
        rate: int,
        taken: Callable[[], float],
        due: Callable[[float], float | None],
    ) -> None:
        """Take over what `sender` reports.

        Args:
            sender: of one track.
            rate: ticks a second of its RTP clock.
            taken: where the frame lies that it took last, in seconds of the stream.
            due: tells when such a moment was due, in seconds since 1970; None before it begins.
        """
        self._rate, self._taken, self._due = rate, taken, due
        self._begins: float | None = None
        """Where its ticks begin to count, in seconds of the stream."""
        self._sent: int | None = None
        """Ticks of the frame that was sent last."""
        self._origin: int | None = None
        """The ticks at which RTP begins: a number drawn by the sender."""
        self._sender: Any = sender
        self._encode, self._report = sender._next_encoded_frame, sender._send_rtcp
        self._sender._next_encoded_frame, self._sender._send_rtcp = self._next, self._send

    async def _next(self, codec: Any) -> Any:
        if self._sent is not None:  # whoever asks for the next has sent the one before
            self._origin = (getattr(self._sender, _TICKS) - self._sent) % _WRAPS
        encoded = await self._encode(codec)
        if encoded is not None:
            self._begins = self._taken() - encoded.timestamp / self._rate
            self._sent = encoded.timestamp
        return encoded

    async def _send(self, packets: Any) -> None:
        for packet in packets:
            if isinstance(packet, RtcpSrPacket):
                self._correct(packet.sender_info)
        await self._report(packets)

    def _correct(self, info: Any) -> None:
        if self._origin is None or self._begins is None:
            return
        ticks = (info.rtp_timestamp - self._origin) % _WRAPS
        due = self._due(self._begins + ticks / self._rate)
        if due is not None:
            info.ntp_timestamp = datetime_to_ntp(datetime.fromtimestamp(due, UTC))
