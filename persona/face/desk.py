"""The owner's say over the face: consent, choice, avatars at providers, and taking it all back."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import cv2

from persona.budget import month_of
from persona.errors import FaceProblem
from persona.face.faces import close_left_open, hosted_faces, live_sessions
from persona.face.hosted import HostedFaces, Likeness
from persona.face.patience import Patience
from persona.face.profile import FaceProfile, OpenList, load_profile, save_profile
from persona.face.specs import OWN, SPECS, check_choice, chosen_face
from persona.face.store import FaceStore
from persona.settings import Settings
from persona.voice.consent import give_consent

Progress = Callable[[str, int, int], object]
_TRAINING = Patience(first=3.0, growth=1.5, longest=30.0, deadline=3600.0)


class FaceDesk:
    """What the owner decides about the face of one twin."""

    def __init__(
        self,
        settings: Settings,
        store: FaceStore,
        owner: str,
        *,
        faces: Callable[[str], HostedFaces] | None = None,
        training: Patience = _TRAINING,
    ) -> None:
        """Sit down at the desk.

        Args:
            settings: keys, and the face of twins without a choice.
            store: where the face is kept.
            owner: whose face it is.
            faces: opens a provider by name; by the settings where none is given.
            training: how long to wait for an avatar.
        """
        self._settings, self._store, self._owner = settings, store, owner
        self._given = faces
        self._training = training

    @property
    def profile(self) -> FaceProfile:
        """What is kept."""
        return load_profile(self._store.shelf)

    def consent(self, statement: str, pictures: Sequence[Path] = ()) -> None:
        """Keep the owner's agreement, bound to the pictures it is for.

        Raises:
            VoiceProblem: it says too little to be one.
        """
        agreed = give_consent(self._owner, statement, tuple(p.read_bytes() for p in pictures))
        self._keep(replace(self.profile, consent=agreed))

    def choose(self, choice: str) -> None:
        """Set which face is seen, as `provider:face` or `auto`.

        Raises:
            SettingsProblem: there is no such kind of face.
        """
        if choice != "auto":
            check_choice(choice)
        self._keep(replace(self.profile, choice=choice))

    def make(self, provider: str, video: Path | None, progress: Progress) -> None:
        """Let a provider make an avatar of the owner, from here on the twin's face.

        Raises:
            FaceProblem: there is no consent, no face to make it from, or the provider fails.
            SettingsProblem: the provider's key is missing.
        """
        agreed = self.profile.consent
        if agreed is None:
            raise FaceProblem("an avatar is only made with consent", "say it with --consent")
        built = self._store.load()
        if built is None:
            raise FaceProblem("there is no face yet", "build one first: --video FILE")
        faces = self._faces(provider)
        progress(f"making the face at {faces.name}", 0, 1)
        likeness = Likeness(portrait=_jpeg(built.portrait), video=video)
        before = self.profile.avatars.get(provider)
        avatar = faces.create(self._owner, likeness, agreed, self._training)
        avatars = {**self.profile.avatars, provider: avatar}
        self._keep(replace(self.profile, avatars=avatars, choice=f"{provider}:{OWN}"))
        if before is not None:
            faces.delete(before)
        progress(f"making the face at {faces.name}", 1, 1)

    def forget_avatars(self) -> None:
        """Delete what was made at providers, end what is open there, and take the consent back.

        Raises:
            FaceProblem: a provider can't be reached: what is there stays in the list.
        """
        for provider in list(self.profile.avatars):
            self._faces(provider).delete(self.profile.avatars[provider])
            left = {k: v for k, v in self.profile.avatars.items() if k != provider}
            self._keep(replace(self.profile, avatars=left))
        for provider in self.profile.opened:
            self._close(provider)
        self._keep(replace(self.profile, choice="auto", consent=None))

    def forget(self) -> None:
        """Delete all of it, here and at providers."""
        self.forget_avatars()
        self._store.erase()

    def check(self, provider: str) -> str:
        """Return how the account at a provider stands.

        Raises:
            FaceProblem: it can't be reached, or doesn't take the key.
        """
        return self._faces(provider).check()

    def spent_this_month(self, provider: str) -> int:
        """Return how many seconds were drawn at a provider this month."""
        return self.profile.spent.get(month_of(provider), 0)

    def as_json(self) -> dict[str, Any]:
        """Return the face's choices as the command line shows them."""
        profile = self.profile
        return {
            "chosen": chosen_face(self._settings, profile),
            "avatars": sorted(profile.avatars),
            "consent": asdict(profile.consent) if profile.consent else None,
            "spent_seconds": profile.spent,
        }

    def _faces(self, provider: str) -> HostedFaces:
        if self._given is not None:
            return self._given(provider)
        return hosted_faces(self._settings, self._store.shelf, provider)

    def _close(self, provider: str) -> None:
        if SPECS[provider].makes:
            self._faces(provider)
        else:
            sessions = live_sessions(self._settings, self._store.shelf)
            close_left_open(sessions, OpenList(self._store.shelf, provider))

    def _keep(self, profile: FaceProfile) -> None:
        save_profile(self._store.shelf, profile)


def _jpeg(picture: Any) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
