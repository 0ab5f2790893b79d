"""A2E: an avatar trained from the owner's video or picture, then videos of it.

Its live faces take text only, in a room that no Python program can look into, so they are left out.
"""

from collections.abc import Sequence
from typing import Any, cast

from persona.errors import FaceProblem
from persona.face.adapters.caller import Caller, part
from persona.face.hosted import Likeness, OpenThings
from persona.face.patience import Patience
from persona.voice.consent import Consent
from persona.voice.sound import wav_bytes
from persona.voice.speech import Speech

BASE = "https://video.a2e.ai"
_NO_COINS = ("coin", "credit", "balance")
_BUSY_CODE = 1001
_TO_PUT = ("uploadUrl", "upload_url", "presignedUrl", "presigned_url")
_TO_READ = ("publicUrl", "public_url", "fileUrl", "file_url", "accessUrl", "url")
"""Names under which an upload's two addresses may come: the documents don't show the answer."""


class A2EFaces:
    """Faces at A2E; an avatar is kept as `TWIN ANCHOR`."""

    name = "A2E"

    def __init__(self, key: str, things: OpenThings, base: str = BASE, timeout: float = 60) -> None:
        self._caller = Caller(
            name=self.name,
            setting="A2E_API_KEY",
            base=base,
            headers={"authorization": f"Bearer {key}", "x-lang": "en-US"},
            explain=_why,
            timeout=timeout,
        )

    def create(self, name: str, likeness: Likeness, consent: Consent, patience: Patience) -> str:
        """Let an avatar be trained from the video, or from the portrait where there is none."""
        caller = self._caller
        if likeness.video is not None:
            source = {"video_url": self._upload(likeness.video.read_bytes(), "video/mp4", patience)}
        else:
            source = {"image_url": self._upload(likeness.portrait, "image/jpeg", patience)}
        # The gender only chooses a voice, and no voice of theirs is used.
        asked = {"name": name, "gender": "female", "skipPreview": True, **source}
        made = caller.ask("POST", "/api/v1/userVideoTwin/startTraining", patience, json=asked)
        twin = caller.text(made, "data", "_id")
        try:
            self._wait_for_twin(twin, patience)
            return f"{twin} {self._anchor(twin, patience)}"
        except BaseException:
            self.delete(twin)
            raise

    def clip(self, avatar: str, speech: Speech, patience: Patience) -> bytes:
        """Return a video."""
        caller = self._caller
        asked = {
            "title": "selfsame",
            "anchor_id": avatar.rpartition(" ")[2],
            "anchor_type": 1,
            "audioSrc": self._upload(wav_bytes(speech), "audio/wav", patience),
            "resolution": 1080,
            "isSkipRs": True,
            "isCaptionEnabled": False,
        }
        made = caller.ask("POST", "/api/v1/video/generate", patience, json=asked)
        return caller.fetch(self._finished(caller.text(made, "data", "_id"), patience))

    def delete(self, avatar: str) -> None:
        """Delete the avatar."""
        asked = {"_id": avatar.partition(" ")[0]}
        try:
            self._caller.ask("POST", "/api/v1/userVideoTwin/remove", Patience(), json=asked)
        except FaceProblem as problem:
            if "no longer has" not in problem.message:
                raise

    def discard(self, thing: str) -> None:
        """Do nothing: A2E documents no way to take a video back."""

    def check(self) -> str:
        """Return what is left of the account."""
        found = self._caller.ask("GET", "/api/v1/user/remainingCoins", Patience())
        return f"{part(found, 'data', 'coins')} coins left"

    def _upload(self, content: bytes, kind: str, patience: Patience) -> str:
        path = "/api/v1/r2/get_upload_presigned_url"
        found = self._caller.ask("GET", path, patience)
        put, read = _address(found, _TO_PUT), _address(found, _TO_READ)
        if not put or not read:
            raise FaceProblem(
                "A2E answers an upload in a shape that isn't known here", "use another face"
            )
        self._caller.put(put, content, kind)
        return read

    def _wait_for_twin(self, twin: str, patience: Patience) -> None:
        for _ in patience.looks(self.name):
            found = self._caller.ask("GET", f"/api/v1/userVideoTwin/{twin}", patience)
            status = self._caller.text(found, "data", "current_status")
            if status in ("completed", "success"):
                return
            if status.startswith("fail"):
                raise self._caller.failed()

    def _anchor(self, twin: str, patience: Patience) -> str:
        """Return what the trained avatar is called where videos are made."""
        found = self._caller.ask("GET", "/api/v1/anchor/character_list", patience)
        anchors: list[Any] = part(found, "data") or []
        for anchor in anchors:
            if part(anchor, "user_video_twin_id") == twin:
                return self._caller.text(anchor, "_id")
        raise self._caller.unreadable()

    def _finished(self, video: str, patience: Patience) -> str:
        asked = {"_id": video}
        for _ in patience.looks(self.name):
            found = self._caller.ask("POST", "/api/v1/video/awsResult", patience, json=asked)
            row = _first(part(found, "data"))
            status = self._caller.text(row, "status")
            if status in ("success", "completed"):
                return self._caller.text(row, "result")
            if status.startswith("fail"):
                raise self._caller.failed()
        raise AssertionError("looks() raises at its end")


def _first(rows: Any) -> Any:
    """Return the first of a list, or what isn't a list as it is: both have been seen."""
    return cast(list[Any], rows)[0] if isinstance(rows, list) and rows else cast(Any, rows)


def _address(found: Any, names: Sequence[str]) -> str:
    return next((str(part(found, "data", n)) for n in names if part(found, "data", n)), "")


def _why(status: int, body: Any) -> str:
    """Return what went wrong; success is in the body, not in the status."""
    code = part(body, "code")
    if status >= 400 or code in (0, None):
        return ""
    said = str(part(body, "msg") or part(body, "message") or "").casefold()
    if code == _BUSY_CODE:
        return "busy"
    if any(word in said for word in _NO_COINS):
        return "quota"
    if "not found" in said or "not exist" in said:
        return "gone"
    return "key" if code in (401, 403) or "token" in said else "error"
