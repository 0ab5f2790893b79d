"""Asking a provider by HTTP: tries again where that helps, and fails in plain words.

Nothing a provider says is repeated to the user, since it may hold what was sent, keys included.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import httpx2

from persona.errors import FaceProblem
from persona.face.patience import Patience

Explain = Callable[[int, Any], str]
"""From status and body to the provider's own word for what went wrong; empty for none."""
Upload = tuple[str, bytes, str]
"""File name, content, media type."""

_TRIES = 4
_LARGEST = 500_000_000
GONE = 404

_PLAIN: dict[str | int, tuple[str, str]] = {
    "quota": ("the account at {name} is used up", "add to it, or use the local face"),
    "busy": ("{name} has no place free", "wait some minutes, or use the local face"),
    "refused": ("{name} refuses these pictures or words", "use the local face"),
    "consent": ("{name} waits for the owner's consent", "give it on the provider's own page"),
    "expired": ("the session at {name} is over", "begin a new one"),
    "gone": ("{name} no longer has this face", "make it again: selfsame face TWIN --make PROVIDER"),
    "key": ("{name} doesn't take the key", "look at {setting}"),
    400: ("{name} doesn't understand what was asked", "is there a newer version of selfsame?"),
    401: ("{name} doesn't take the key", "look at {setting}"),
    402: ("the account at {name} is used up", "add to it, or use the local face"),
    403: ("the account at {name} doesn't allow this", "look at its plan"),
    404: ("{name} no longer has this face", "make it again: selfsame face TWIN --make PROVIDER"),
    409: ("{name} is still busy with it", "try again later"),
    413: ("the file is too large for {name}", "use a shorter or smaller one"),
    422: ("{name} doesn't understand what was asked", "is there a newer version of selfsame?"),
    429: ("{name} is asked too often", "wait a little"),
    451: ("{name} refuses these pictures or words", "use the local face"),
}
_WORTH_TRYING_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(slots=True, kw_only=True)
class Caller:
    """Whom to ask, and how."""

    name: str
    """The provider, as the user knows it."""
    setting: str
    """The setting that holds its key."""
    base: str
    headers: Mapping[str, str]
    explain: Explain = lambda _status, _body: ""
    timeout: float = 30.0
    _client: httpx2.Client | None = None

    def ask(
        self,
        method: str,
        path: str,
        patience: Patience,
        *,
        json: Any = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Any:
        """Return the JSON of the answer.

        Raises:
            FaceProblem: there is no answer, or it is an error.
            Stopped: it is no longer wanted.
        """
        for number in range(_TRIES):
            answer = self._send(method, path, json, files)
            body = _json(answer)
            why = self.explain(answer.status_code, body)
            if answer.status_code < 400 and not why:
                return body
            again = answer.status_code in _WORTH_TRYING_AGAIN and why not in ("quota", "busy")
            if not again or number == _TRIES - 1:
                raise self.problem(why, answer.status_code)
            patience.rest(_pause(answer, patience.first * 2**number))
        raise AssertionError("the loop returns or raises")

    def drop(self, path: str, json: Any = None) -> None:
        """Delete something; what is gone already counts as deleted."""
        answer = self._send("DELETE", path, json, None)
        if answer.status_code >= 400 and answer.status_code != GONE:
            raise self.problem(self.explain(answer.status_code, _json(answer)), answer.status_code)

    def fetch(self, url: str) -> bytes:
        """Return a file that lies elsewhere, without telling that place the key."""
        try:
            with (
                httpx2.Client(timeout=self.timeout, follow_redirects=True) as client,
                client.stream("GET", url) as answer,
            ):
                if answer.status_code >= 400:
                    raise self.problem("", answer.status_code)
                content = bytearray()
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > _LARGEST:
                        raise FaceProblem(f"{self.name} sends too much", "use the local face")
                return bytes(content)
        except httpx2.HTTPError as error:
            raise self._unreached(error) from None

    def put(self, url: str, content: bytes, kind: str) -> None:
        """Lay a file where the provider said, without telling that place the key."""
        try:
            headers = {"content-type": kind}
            answer = httpx2.put(url, content=content, headers=headers, timeout=self.timeout)
        except httpx2.HTTPError as error:
            raise self._unreached(error) from None
        if answer.status_code >= 400:
            raise self.problem("", answer.status_code)

    def text(self, body: Any, *way: str) -> str:
        """Return the words that lie under the keys `way` in an answer.

        Raises:
            FaceProblem: there are none.
        """
        found = part(body, *way)
        if not isinstance(found, str) or not found:
            raise self.unreadable()
        return found

    def problem(self, why: str, status: int = 0) -> FaceProblem:
        """Return what went wrong, in words for the user."""
        for known in (why, status):
            if known in _PLAIN:
                message, hint = _PLAIN[known]
                names = {"name": self.name, "setting": self.setting}
                return FaceProblem(message.format(**names), hint.format(**names))
        code = f" ({status})" if status else ""
        return FaceProblem(f"{self.name} answers with an error{code}", "try again")

    def failed(self, why: str | None = None) -> FaceProblem:
        """Return that a job was taken but came to nothing."""
        if why:
            return self.problem(why)
        return FaceProblem(f"{self.name} couldn't draw this", "try again, or use the local face")

    def unreadable(self) -> FaceProblem:
        """Return that an answer had another shape than it should."""
        return FaceProblem(
            f"{self.name}'s answer can't be read", "is there a newer version of selfsame?"
        )

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _send(
        self,
        method: str,
        path: str,
        json: Any,
        files: Mapping[str, Upload] | None,
    ) -> httpx2.Response:
        if self._client is None:
            self._client = httpx2.Client(timeout=self.timeout)
        try:
            return self._client.request(
                method,
                f"{self.base}{path}",
                headers=dict(self.headers),
                json=json,
                files=dict(files) if files else None,
            )
        except httpx2.HTTPError as error:
            raise self._unreached(error) from None

    def _unreached(self, error: httpx2.HTTPError) -> FaceProblem:
        if isinstance(error, httpx2.TimeoutException):
            return FaceProblem(f"{self.name} takes too long to answer", "try again")
        return FaceProblem(f"{self.name} can't be reached", "is there a network?")


def part(body: Any, *way: str) -> Any:
    """Return what lies under the keys `way` in an answer; None when nothing does."""
    for key in way:
        if not isinstance(body, dict):
            return None
        body = cast(dict[str, Any], body).get(key)
    return body


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _pause(answer: httpx2.Response, usual: float) -> float:
    """Return the seconds before trying again: as the provider asks, within reason."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), 20.0) if asked.isdigit() else usual
