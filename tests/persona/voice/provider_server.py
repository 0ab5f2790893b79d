"""A server on the loopback that answers in the shapes of OpenAI and ElevenLabs."""

import base64
import json
import math
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-this-must-never-be-shown"
WORDS = "Good morning."


_SUBSCRIPTION: dict[str, Any] = {
    **{
        "tier": "starter",
        "status": "active",
        "currency": "usd",
        "has_open_invoices": False,
        "open_invoices": [],
    },
    **{"character_count": 10_000, "character_limit": 40_000, "can_extend_character_limit": False},
    **{"voice_limit": 10, "voice_slots_used": 3, "can_extend_voice_limit": False},
    **{"can_use_instant_voice_cloning": True, "can_use_professional_voice_cloning": False},
    **{"professional_voice_limit": 0, "professional_voice_slots_used": 0},
    **{"professional_voice_slots_used_in_workspace": 0, "voice_add_edit_counter": 3},
    **{"max_credit_limit_extension": 0, "allowed_to_extend_character_limit": False},
    "current_overage": {"amount": "0", "currency": "usd"},
}


def tone(seconds: float) -> bytes:
    """Return a tone as 16-bit PCM at 24 kHz."""
    count = int(24_000 * seconds)
    return struct.pack(
        f"<{count}h", *(int(8000 * math.sin(2 * math.pi * 220 * n / 24_000)) for n in range(count))
    )


@dataclass
class Provider:
    """What the server is to do, and what it was asked."""

    url: str = ""
    status: int = 200
    down: str = ""
    """How the paths end that are answered with that status; the others are answered well."""
    error: dict[str, Any] = field(default_factory=dict[str, Any])
    hangs: threading.Event | None = None
    sure: float = 0.9
    """How sure it is of what it hears."""
    made: str = "made-1"
    """Id of the next voice that is made."""
    requires_verification: bool = False
    subscription: dict[str, Any] = field(default_factory=lambda: dict(_SUBSCRIPTION))
    seconds: float = 1.2
    """How long what it says by `/audio/speech` is."""
    reply: str = "I moved to Porto."
    """What its chat model says to everything."""
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(
        default_factory=list[tuple[str, str, dict[str, str], bytes]]
    )

    def fail(self, status: int, error: dict[str, Any], down: str = "") -> None:
        """Answer with an error from now on: everything, or the paths that end in `down`."""
        self.status, self.error, self.down = status, error, down

    def status_of(self, path: str) -> int:
        """Return what a path is answered with."""
        return self.status if path.endswith(self.down) else 200

    @property
    def sent(self) -> dict[str, Any]:
        """The JSON of the last request."""
        return json.loads(self.asked[-1][3])


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a server for as long as the block lasts."""
    state = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            state.asked.append((self.command, self.path, dict(self.headers.items()), body))
            if state.hangs is not None:
                state.hangs.wait(10)
            kind, content = _reply(self.path, state)
            self.send_response(state.status_of(self.path))
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(path: str, state: Provider) -> bytes:
    """Return what the server answers to a path."""
    return _reply(path, state)[1]


def _reply(path: str, state: Provider) -> tuple[str, bytes]:
    if state.status_of(path) != 200:
        return "application/json", json.dumps(state.error).encode()
    if path.endswith("/chat/completions"):
        return "text/event-stream", _streamed(state.reply)
    if path.endswith("/audio/speech"):
        return "application/octet-stream", tone(state.seconds)
    if path.endswith("/audio/transcriptions"):
        return "application/json", json.dumps(_heard(math.log(state.sure))).encode()
    if "/with-timestamps" in path:
        return "application/json", _timed_chunks()
    if path.endswith("/voices/add"):
        made = {"voice_id": state.made, "requires_verification": state.requires_verification}
        return "application/json", json.dumps(made).encode()
    if path.endswith("/user/subscription"):
        return "application/json", json.dumps(state.subscription).encode()
    return "application/json", b'{"status": "ok"}'


def _streamed(text: str) -> bytes:
    """Return a chat model's reply as it streams, word by word."""
    kind = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "any"}
    words = [{"index": 0, "delta": {"content": part + " "}} for part in text.split()]
    chunks = [json.dumps({**kind, "choices": [word]}) for word in words]
    return "".join(f"data: {chunk}\n\n" for chunk in [*chunks, "[DONE]"]).encode()


def _heard(logprob: float) -> dict[str, Any]:
    """Return a transcription with all that either kind of model tells."""
    segment = {"id": 0, "seek": 0, "start": 0.1, "end": 0.9, "text": WORDS, "tokens": [1, 2]}
    judged = {"avg_logprob": logprob, "compression_ratio": 1.0, "no_speech_prob": 0.01}
    return {
        "text": WORDS,
        "language": "en",
        "duration": 1.2,
        "words": [{"word": "good", "start": 0.1, "end": 0.4}],
        "segments": [{**segment, **judged, "temperature": 0.0}],
        "logprobs": [{"token": "Good", "bytes": [71], "logprob": logprob}],
    }


def _timed_chunks() -> bytes:
    """Return ElevenLabs' stream: a JSON object a line, the second without times."""
    starts = [0.1 + 0.08 * n for n in range(len(WORDS))]
    first = {
        "audio_base64": base64.b64encode(tone(1.0)).decode(),
        "alignment": {
            "characters": list(WORDS),
            "character_start_times_seconds": starts,
            "character_end_times_seconds": [start + 0.08 for start in starts],
        },
    }
    second = {"audio_base64": base64.b64encode(tone(0.3)).decode(), "alignment": None}
    return (json.dumps(first) + "\n\n" + json.dumps(second) + "\n").encode()
