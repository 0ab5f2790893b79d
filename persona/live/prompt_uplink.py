"""A microphone that is heard as it comes: what a visitor says isn't played, so nothing is smoothed.

aiortc keeps four packets of sound (80 ms) back to play them evenly. They are put in order without
that too: a packet that is missing is waited for all the same.
"""

from typing import Any

from aiortc import RTCPeerConnection

_BUFFER = "_RTCRtpReceiver__jitter_buffer"  # there is no setting for it


def hear_promptly(peer: RTCPeerConnection) -> None:
    """Let the sound that comes in be given on with the packet that follows it."""
    for transceiver in peer.getTransceivers():
        if transceiver.kind == "audio":
            buffer: Any = getattr(transceiver.receiver, _BUFFER)
            buffer._prefetch = 1
