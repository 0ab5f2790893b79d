"""HeyGen by its version 3: a photo avatar or a digital twin, then videos of it."""

from typing import Any

from persona.errors import FaceProblem
from persona.face.adapters.caller import Caller, part
from persona.face.hosted import Likeness, OpenThings, held
from persona.face.patience import Patience
from persona.voice.consent import Consent
from persona.voice.sound import wav_bytes
from persona.voice.speech import Speech

BASE = "https://api.heygen.com"
_LARGEST = 32_000_000
"""Bytes of a file that is uploaded in one piece."""
_CODES = {
    "insufficient_credit": "quota",
    "quota_exceeded": "quota",
    "unauthorized": "key",
    "consent_required": "consent",
    "pending_consent": "consent",
    "moderation_failed": "refused",
}


class HeyGenFaces:
    """Faces at HeyGen; an avatar is kept as `GROUP LOOK`."""

    name = "HeyGen"

    def __init__(self, key: str, things: OpenThings, base: str = BASE, timeout: float = 60) -> None:
        self._things = things
        self._caller = Caller(
            name=self.name,
            setting="HEYGEN_API_KEY",
            base=base,
            headers={"x-api-key": key},
            explain=_why,
            timeout=timeout,
        )

    def create(self, name: str, likeness: Likeness, consent: Consent, patience: Patience) -> str:
        """Make a digital twin from a video that is small enough, else a photo avatar."""
        caller = self._caller
        file, kind = self._laid_down(likeness, patience)
        asked = {"type": kind, "name": name, "file": {"type": "asset_id", "asset_id": file}}
        made = caller.ask("POST", "/v3/avatars", patience, json=asked)
        group = caller.text(made, "data", "avatar_group", "id")
        look = caller.text(made, "data", "avatar_item", "id")
        try:
            self._wait_for_look(group, look, patience)
        except BaseException:
            self.delete(f"{group} {look}")
            raise
        return f"{group} {look}"

    def clip(self, avatar: str, speech: Speech, patience: Patience) -> bytes:
        """Return a video."""
        caller = self._caller
        sound = self._upload(("speech.wav", wav_bytes(speech), "audio/wav"), patience)
        asked = {
            "type": "avatar",
            "avatar_id": avatar.rpartition(" ")[2],
            "audio_asset_id": sound,
            "resolution": "720p",
            "aspect_ratio": "1:1",
            "output_format": "mp4",
        }
        made = caller.ask("POST", "/v3/videos", patience, json=asked)
        video = caller.text(made, "data", "video_id")
        with held(self._things, f"videos/{video}", self.discard):
            return caller.fetch(self._finished(video, patience))

    def delete(self, avatar: str) -> None:
        """Delete the avatar with its looks."""
        self._caller.drop(f"/v3/avatars/{avatar.partition(' ')[0]}")

    def discard(self, thing: str) -> None:
        """Delete a video."""
        self._caller.drop(f"/v3/{thing}")

    def check(self) -> str:
        """Return how the account is paid for."""
        found = self._caller.ask("GET", "/v3/users/me", Patience())
        return f"paid by {self._caller.text(found, 'data', 'billing_type')}"

    def _laid_down(self, likeness: Likeness, patience: Patience) -> tuple[str, str]:
        video = likeness.video
        if video is not None and video.stat().st_size <= _LARGEST and video.suffix == ".mp4":
            upload = ("video.mp4", video.read_bytes(), "video/mp4")
            return self._upload(upload, patience), "digital_twin"
        return self._upload(("portrait.jpg", likeness.portrait, "image/jpeg"), patience), "photo"

    def _upload(self, file: tuple[str, bytes, str], patience: Patience) -> str:
        if len(file[1]) > _LARGEST:
            raise FaceProblem("that is too long for HeyGen at one time", "say it in parts")
        made = self._caller.ask("POST", "/v3/assets", patience, files={"file": file})
        return self._caller.text(made, "data", "asset_id")

    def _wait_for_look(self, group: str, look: str, patience: Patience) -> None:
        caller = self._caller
        for _ in patience.looks(self.name):
            found = caller.ask("GET", f"/v3/avatars/looks/{look}", patience)
            status = caller.text(found, "data", "status")
            if status == "completed":
                return
            if status == "failed":
                raise caller.failed()
            if status == "pending_consent":
                made = caller.ask("POST", f"/v3/avatars/{group}/consent", patience, json={})
                page = caller.text(made, "data", "url")
                raise FaceProblem(
                    "HeyGen asks for the owner's consent itself", f"give it at {page}"
                )

    def _finished(self, video: str, patience: Patience) -> str:
        for _ in patience.looks(self.name):
            found = self._caller.ask("GET", f"/v3/videos/{video}", patience)
            status = self._caller.text(found, "data", "status")
            if status == "completed":
                return self._caller.text(found, "data", "video_url")
            if status == "failed":
                raise self._caller.failed(_CODES.get(str(part(found, "data", "failure_code"))))
        raise AssertionError("looks() raises at its end")


def _why(status: int, body: Any) -> str:
    return _CODES.get(str(part(body, "error", "code")), "") if status >= 400 else ""
