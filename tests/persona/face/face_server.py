"""A server on the loopback that answers in the shapes of D-ID, HeyGen, A2E and LiveAvatar."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "key-this-must-never-be-shown"


@dataclass
class FaceServer:
    """What the server is to do, and what it was asked."""

    clip: bytes = b""
    """The video that every finished job gives."""
    url: str = ""
    socket_url: str = ""
    looks: int = 2
    """How often a job is looked at before it is done."""
    job: str = "done"
    """What becomes of a job: done, failed, or never."""
    consent: bool = True
    """Whether the provider is content with the consent that it has."""
    errors: list[tuple[int, Any]] = field(default_factory=list[tuple[int, Any]])
    """Answers that come first, one a request; the last one stays if `stuck`."""
    stuck: bool = False
    hangs: threading.Event | None = None
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(
        default_factory=list[tuple[str, str, dict[str, str], bytes]]
    )
    there: set[str] = field(default_factory=set[str])
    """What lies at the provider."""
    seen: dict[str, int] = field(default_factory=dict[str, int])

    def fail(self, status: int, body: Any, *, once: bool = False) -> None:
        """Answer with an error from now on, or once."""
        self.errors, self.stuck = [(status, body)], not once

    def calls(self) -> list[str]:
        """Return method and path of every request."""
        return [f"{method} {path}" for method, path, _, _ in self.asked]

    def sent(self, call: str) -> dict[str, Any]:
        """Return the JSON of the last such request."""
        return next(
            json.loads(body)
            for method, path, _, body in reversed(self.asked)
            if f"{method} {path}" == call
        )

    def looked(self, job: str) -> bool:
        """Count a look at a job; return whether it is finished."""
        self.seen[job] = self.seen.get(job, 0) + 1
        return self.job != "never" and self.seen[job] >= self.looks


Answer = tuple[int, Any]
Handler = Callable[[FaceServer, "re.Match[str]", Any], Answer]


def _made(place: str) -> Handler:
    def make(server: FaceServer, _match: "re.Match[str]", _body: Any) -> Answer:
        name = f"{place}-{len(server.there) + 1}"
        server.there.add(f"{place}/{name}")
        return 201, {"id": name, "url": f"s3://{place}/{name}", "status": "created"}

    return make


def _deleted(server: FaceServer, match: "re.Match[str]", _body: Any) -> Answer:
    thing = match[1]
    if thing not in server.there:
        return 404, {"kind": "NotFoundError", "error": {"code": "not_found"}}
    server.there.remove(thing)
    return 200, {}


def _talk(server: FaceServer, match: "re.Match[str]", _body: Any) -> Answer:
    if not server.looked(match[1]):
        return 200, {"status": "started"}
    if server.job == "failed":
        return 200, {"status": "error", "error": {"kind": "FaceError", "description": KEY}}
    return 200, {"status": "done", "result_url": f"{server.url}/file.mp4"}


def _heygen_avatar(server: FaceServer, _match: "re.Match[str]", _body: Any) -> Answer:
    server.there.add("avatars/group-1")
    return 200, {"data": {"avatar_group": {"id": "group-1"}, "avatar_item": {"id": "look-1"}}}


def _heygen_look(server: FaceServer, match: "re.Match[str]", _body: Any) -> Answer:
    if not server.consent:
        return 200, {"data": {"status": "pending_consent"}}
    if not server.looked(match[1]):
        return 200, {"data": {"status": "processing"}}
    return 200, {"data": {"status": "failed" if server.job == "failed" else "completed"}}


def _heygen_made(server: FaceServer, _match: "re.Match[str]", _body: Any) -> Answer:
    server.there.add("videos/video-1")
    return 200, {"data": {"video_id": "video-1", "status": "waiting"}}


def _heygen_video(server: FaceServer, match: "re.Match[str]", _body: Any) -> Answer:
    if not server.looked(match[1]):
        return 200, {"data": {"status": "processing"}}
    if server.job == "failed":
        return 200, {"data": {"status": "failed", "failure_code": "x", "failure_message": KEY}}
    return 200, {"data": {"status": "completed", "video_url": f"{server.url}/file.mp4"}}


def _a2e(data: Any) -> Handler:
    return lambda server, _match, _body: (200, {"code": 0, "data": data(server)})


def _a2e_trained(server: FaceServer, match: "re.Match[str]", _body: Any) -> Answer:
    status = "failed" if server.job == "failed" else "completed"
    status = status if server.looked(match[1]) else "processing"
    return 200, {"code": 0, "data": {"_id": match[1], "current_status": status}}


def _a2e_removed(server: FaceServer, _match: "re.Match[str]", body: Any) -> Answer:
    if f"twins/{body['_id']}" not in server.there:
        return 200, {"code": 404, "msg": "not found"}
    server.there.remove(f"twins/{body['_id']}")
    return 200, {"code": 0, "data": {}}


def _a2e_twin(server: FaceServer) -> dict[str, str]:
    server.there.add("twins/twin-1")
    return {"_id": "twin-1"}


def _a2e_video(server: FaceServer, _match: "re.Match[str]", body: Any) -> Answer:
    status = "fail" if server.job == "failed" else "success"
    row = {"status": status if server.looked(body["_id"]) else "process"}
    return 200, {"code": 0, "data": [row | {"result": f"{server.url}/file.mp4"}]}


def _live_token(server: FaceServer, _match: "re.Match[str]", _body: Any) -> Answer:
    name = f"session-{len(server.asked)}"
    server.there.add(f"sessions/{name}")
    return 200, {"code": 1000, "data": {"session_id": name, "session_token": "token-1"}}


def _live_start(server: FaceServer, _match: "re.Match[str]", _body: Any) -> Answer:
    room = {"livekit_url": "wss://room", "livekit_client_token": "viewer"}
    return 201, {"code": 1000, "data": {**room, "ws_url": server.socket_url}}


def _live_stop(server: FaceServer, _match: "re.Match[str]", body: Any) -> Answer:
    session = f"sessions/{body['session_id']}"
    if session not in server.there:
        return 404, {"code": 4004, "message": "session expired"}
    server.there.remove(session)
    return 200, {"code": 1000, "data": {}}


_ROUTES: list[tuple[str, Handler]] = [
    (r"POST /(images|audios)$", lambda s, m, b: _made(m[1])(s, m, b)),
    (r"POST /talks$", _made("talks")),
    (r"GET /talks/(.+)$", _talk),
    (r"GET /credits$", lambda *_: (200, {"remaining": 12})),
    (r"DELETE /((?:images|audios|talks)/.+)$", _deleted),
    (r"POST /v3/assets$", lambda *_: (200, {"data": {"asset_id": "asset-1"}})),
    (r"POST /v3/avatars$", _heygen_avatar),
    (r"POST /v3/avatars/.+/consent$", lambda *_: (200, {"data": {"url": "https://agree"}})),
    (r"GET /v3/avatars/looks/(.+)$", _heygen_look),
    (r"POST /v3/videos$", _heygen_made),
    (r"GET /v3/videos/(.+)$", _heygen_video),
    (r"GET /v3/users/me$", lambda *_: (200, {"data": {"billing_type": "wallet"}})),
    (r"DELETE /v3/((?:avatars|videos)/.+)$", _deleted),
    (
        r"GET /api/v1/r2/get_upload_presigned_url$",
        _a2e(lambda s: {"uploadUrl": f"{s.url}/put", "publicUrl": f"{s.url}/laid"}),
    ),
    (r"PUT /put$", lambda *_: (200, {})),
    (r"POST /api/v1/userVideoTwin/startTraining$", _a2e(_a2e_twin)),
    (r"POST /api/v1/userVideoTwin/remove$", _a2e_removed),
    (r"GET /api/v1/userVideoTwin/(.+)$", _a2e_trained),
    (
        r"GET /api/v1/anchor/character_list$",
        _a2e(lambda _: [{"_id": "anchor-1", "user_video_twin_id": "twin-1"}]),
    ),
    (r"POST /api/v1/video/generate$", _a2e(lambda _: {"_id": "video-9"})),
    (r"POST /api/v1/video/awsResult$", _a2e_video),
    (r"GET /api/v1/user/remainingCoins$", _a2e(lambda _: {"coins": 30})),
    (r"POST /v1/sessions/token$", _live_token),
    (r"POST /v1/sessions/start$", _live_start),
    (r"POST /v1/sessions/stop$", _live_stop),
]


def _answer(server: FaceServer, call: str, body: bytes, kind: str) -> tuple[int, bytes]:
    if call == "GET /file.mp4":
        return 200, server.clip
    if server.errors:
        status, error = server.errors[0] if server.stuck else server.errors.pop(0)
        return status, json.dumps(error).encode()
    content = json.loads(body) if body and "json" in kind else None
    for pattern, handler in _ROUTES:
        match = re.fullmatch(pattern, call)
        if match:
            status, value = handler(server, match, content)
            return status, json.dumps(value).encode()
    return 404, b'{"kind": "NotFoundError"}'


@contextmanager
def face_server(clip: bytes) -> Iterator[FaceServer]:
    """Run a server for as long as the block lasts."""
    state = FaceServer(clip=clip)

    class Handling(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            state.asked.append((self.command, self.path, dict(self.headers.items()), body))
            if state.hangs is not None:
                state.hangs.wait(10)
            kind = self.headers.get("content-type") or ""
            status, content = _answer(state, f"{self.command} {self.path}", body, kind)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_PUT = _handle

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handling)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
