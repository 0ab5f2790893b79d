"""A server on the loopback that speaks enough of OpenAI's chat API, by the standard library."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(kw_only=True)
class Script:
    """How the server answers, and what it was asked."""

    words: tuple[str, ...] = ("Hello", " from", " here")
    status: int = 200
    code: str | None = None
    silent: bool = False
    """Whether it takes a request and then says nothing until the test is over."""
    open: Event = field(default_factory=Event)
    """Words wait for it where it was cleared."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.open.set()


@contextmanager
def chat_server(script: Script) -> Iterator[str]:
    """Serve by the script and give the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        script.over.set()
        script.open.set()
        server.shutdown()
        server.server_close()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append(json.loads(body))
            script.keys.append(self.headers["Authorization"])
            if script.silent:
                script.over.wait()
            elif script.status == 200:
                self._stream()
            else:
                self._refuse()

        def _stream(self) -> None:
            self._begin(200, "text/event-stream")
            script.open.wait()
            for word in script.words:
                self._send(_chunk([{"index": 0, "delta": {"content": word}}]))
            usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
            self._send(_chunk([], usage=usage))
            self.wfile.write(b"data: [DONE]\n\n")

        def _refuse(self) -> None:
            self._begin(script.status, "application/json")
            told = {"message": "no, my secret friend", "type": "error", "code": script.code}
            self.wfile.write(json.dumps({"error": told}).encode())

        def _begin(self, status: int, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Retry-After-Ms", "1")
            self.end_headers()

        def _send(self, chunk: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    return Handler


def _chunk(choices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    kind = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "any"}
    return {**kind, "choices": choices, **more}
