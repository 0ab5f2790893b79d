"""Every kind of face there is, and which one a twin has."""

from dataclasses import dataclass

from persona.errors import SettingsProblem
from persona.face.profile import FaceProfile
from persona.settings import Settings

LOCAL = "local:own"
OWN = "own"
"""The avatar that was made of the owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceSpec:
    """What is known of a kind of face before it is opened."""

    title: str
    about: str
    hosted: bool = False
    makes: bool = False
    """Whether an avatar of the owner is made there from the portrait or video."""
    live: bool = False
    in_room: bool = False
    """Whether it is seen in the viewer's browser alone, so that no pictures of it come here."""


SPECS: dict[str, FaceSpec] = {
    "local": FaceSpec(title="This machine", about="the owner's own footage or picture", live=True),
    "wav2lip": FaceSpec(title="Lip-sync network", about="an ONNX file of yours, on this machine"),
    "d-id": FaceSpec(title="D-ID", about="a portrait that speaks", hosted=True, makes=True),
    "heygen": FaceSpec(title="HeyGen", about="a photo or video avatar", hosted=True, makes=True),
    "a2e": FaceSpec(title="A2E", about="a trained avatar", hosted=True, makes=True),
    "liveavatar": FaceSpec(
        title="LiveAvatar",
        about="an avatar by its id, in a room of its own",
        hosted=True,
        live=True,
        in_room=True,
    ),
}
"""Every kind of face, by the name that settings and commands use."""

EXAMPLES = (
    LOCAL,
    "wav2lip:/path/model.onnx",
    *(f"{name}:{OWN}" for name, spec in SPECS.items() if spec.makes),
    "liveavatar:AVATAR_ID",
)


def chosen_face(settings: Settings, profile: FaceProfile) -> str:
    """Return the face of a twin as `provider:face`, with `auto` decided."""
    choices = (profile.choice, settings.face)
    return next((choice for choice in choices if choice != "auto"), LOCAL)


def check_choice(choice: str) -> tuple[str, str]:
    """Return provider and face of a choice.

    Raises:
        SettingsProblem: there is no such kind of face.
    """
    provider, _, which = choice.partition(":")
    if provider not in SPECS or not which:
        raise SettingsProblem(f"there is no face {choice!r}", f"write {', '.join(EXAMPLES)}")
    return provider, which
