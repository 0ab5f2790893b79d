"""The line between a page and a conversation, by which sound and pictures go: one way at a time."""

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

from persona.live.ice import IceServer
from ui.live.outbox import Outbox

# They bring the libraries of sound and pictures: a second that opening the app can skip.
if TYPE_CHECKING:
    from persona.live.conversation import Conversation
    from persona.live.off_air import OffAir
    from persona.live.stream import Stream
    from persona.live.uplink import Uplink
    from persona.live.webrtc import Call

_HEAD = struct.Struct("<?d")
"""Before each fragment: whether a new run begins with it, and where, in seconds."""


class Line:
    """Used by one page after the other; each way taken ends the one before."""

    def __init__(self, servers: Sequence[IceServer] = ()) -> None:
        """Get ready; `servers` help where routers hide one side from the other."""
        self._servers = servers
        self._open: Call | Stream | OffAir | None = None
        self._uplink: Uplink | None = None

    async def call(self, conversation: "Conversation", offer: str) -> str:
        """Answer a browser's offer of WebRTC (SDP).

        Raises:
            ValueError: the offer can't be read.
        """
        from persona.live.media_loop import media_loop
        from persona.live.webrtc import Call

        await self.hang_up()

        async def pick_up() -> str:
            self._open = call = Call(conversation.take, conversation.hear, self._servers)
            return await call.answer(offer)

        return await media_loop().run(pick_up())

    async def stream(self, conversation: "Conversation", outbox: Outbox) -> None:
        """Send fragments of MP4 through the page's own socket."""
        from persona.live.media_loop import media_loop
        from persona.live.stream import Stream
        from persona.live.uplink import Uplink

        await self.hang_up()

        def send(part: bytes, *, anew: bool, start: float) -> bool:
            return outbox.stream(_HEAD.pack(anew, start) + part, anew=anew)

        stage = conversation.stage
        opened = Stream(
            conversation.take,
            lambda: stage.epoch,
            send,
            pictures=stage.has_face,
        )
        self._open, self._uplink = opened, Uplink(conversation.hear)
        await media_loop().run(opened.start())

    async def off_air(self, conversation: "Conversation") -> None:
        """Send nothing; replies are fetched as clips."""
        from persona.live.media_loop import media_loop
        from persona.live.off_air import OffAir
        from persona.live.uplink import Uplink

        await self.hang_up()
        opened = OffAir(conversation.stage, conversation.take)
        self._open, self._uplink = opened, Uplink(conversation.hear)
        await media_loop().run(opened.start())

    def tune(self, rate: float) -> None:
        """Take note of the sample rate of the microphone that the socket brings."""
        if self._uplink is not None:
            self._uplink.tune(rate)

    def listen(self, pcm: bytes) -> None:
        """Take sound of the microphone from the socket: 16 bit, mono."""
        if self._uplink is not None:
            self._uplink.take(pcm)

    async def hang_up(self) -> None:
        """End whatever way is open."""
        opened, self._open, self._uplink = self._open, None, None
        if opened is not None:
            from persona.live.media_loop import media_loop

            await media_loop().run(opened.close())
