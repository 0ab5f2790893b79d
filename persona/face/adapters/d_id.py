"""D-ID: a portrait that speaks (its "talks")."""

from typing import Any

from persona.errors import FaceProblem
from persona.face.adapters.caller import Caller, part
from persona.face.hosted import Likeness, OpenThings, held
from persona.face.patience import Patience
from persona.voice.consent import Consent
from persona.voice.sound import wav_bytes
from persona.voice.speech import Speech

BASE = "https://api.d-id.com"
_LONGEST = 290.0
"""Seconds of sound that one talk takes."""
_KINDS = {
    "InsufficientCreditsError": "quota",
    "AuthorizationError": "key",
    "FaceError": "refused",
    "SourceError": "refused",
}


class DIdFaces:
    """Faces at D-ID."""

    name = "D-ID"

    def __init__(self, key: str, things: OpenThings, base: str = BASE, timeout: float = 30) -> None:
        self._things = things
        self._caller = Caller(
            name=self.name,
            setting="D_ID_API_KEY",
            base=base,
            headers={"authorization": f"Basic {key}", "accept": "application/json"},
            explain=_why,
            timeout=timeout,
        )

    def create(self, name: str, likeness: Likeness, consent: Consent, patience: Patience) -> str:
        """Lay the portrait down there; a talk is made from it directly."""
        upload = {"image": ("portrait.jpg", likeness.portrait, "image/jpeg")}
        made = self._caller.ask("POST", "/images", patience, files=upload)
        return f"{self._caller.text(made, 'id')} {self._caller.text(made, 'url')}"

    def clip(self, avatar: str, speech: Speech, patience: Patience) -> bytes:
        """Return a talk."""
        if speech.seconds > _LONGEST:
            raise FaceProblem("that is too long for D-ID at one time", "say it in parts")
        caller = self._caller
        upload = {"audio": ("speech.wav", wav_bytes(speech), "audio/wav")}
        sound = caller.ask("POST", "/audios", patience, files=upload)
        with held(self._things, f"audios/{caller.text(sound, 'id')}", self.discard):
            asked = {
                "source_url": avatar.partition(" ")[2],
                "script": {"type": "audio", "audio_url": caller.text(sound, "url")},
                "config": {"stitch": True, "fluent": True, "result_format": "mp4"},
            }
            talk = caller.text(caller.ask("POST", "/talks", patience, json=asked), "id")
            with held(self._things, f"talks/{talk}", self.discard):
                return caller.fetch(self._finished(talk, patience))

    def delete(self, avatar: str) -> None:
        """Delete the portrait."""
        self._caller.drop(f"/images/{avatar.partition(' ')[0]}")

    def discard(self, thing: str) -> None:
        """Delete a talk or a sound."""
        self._caller.drop(f"/{thing}")

    def check(self) -> str:
        """Return what is left of the account."""
        left = self._caller.ask("GET", "/credits", Patience())
        return f"{part(left, 'remaining')} credits left"

    def _finished(self, talk: str, patience: Patience) -> str:
        for _ in patience.looks(self.name):
            found = self._caller.ask("GET", f"/talks/{talk}", patience)
            status = self._caller.text(found, "status")
            if status == "done":
                return self._caller.text(found, "result_url")
            if status in ("error", "rejected"):
                kind = _KINDS.get(str(part(found, "error", "kind")))
                raise self._caller.failed("refused" if status == "rejected" else kind)
        raise AssertionError("looks() raises at its end")


def _why(status: int, body: Any) -> str:
    if status == 403 and "max user sessions" in str(part(body, "description")).casefold():
        return "busy"
    return _KINDS.get(str(part(body, "kind")), "") if status >= 400 else ""
