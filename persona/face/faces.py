"""The face of a twin: which one is meant, and the local one that stands in for it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from memory.errors import SelfsameError
from memory.shelf import Shelf
from persona.budget import Budget, spend
from persona.errors import FaceProblem, SettingsProblem
from persona.face.face import Face
from persona.face.hosted import HostedFaces
from persona.face.hosted_drawer import HostedDrawer
from persona.face.local import LocalFace
from persona.face.open_face import open_face
from persona.face.profile import OpenList, load_profile, save_profile
from persona.face.segment_face import Notice, SegmentFace
from persona.face.specs import LOCAL, OWN, SPECS, check_choice, chosen_face
from persona.face.store import BuiltFace, FaceStore
from persona.settings import Settings

if TYPE_CHECKING:
    from persona.face.adapters.live_avatar import LiveAvatarFace, LiveAvatarSessions


def open_twin_face(
    settings: Settings, store: FaceStore, built: BuiltFace, notice: Notice, *, live: bool = False
) -> Face:
    """Return the face that was chosen for a twin; where it hands out no pictures, the local one.

    Args:
        settings: keys, budget, and the face of twins without a choice.
        store: where the twin's face is kept.
        built: the face that lies there.
        notice: told in words for the user when the local face stands in.
        live: whether it must draw while sound is still being pushed.
    """
    local = open_face(built)
    provider, which = check_choice(chosen_face(settings, load_profile(store.shelf)))
    if provider == "local":
        return local
    try:
        if SPECS[provider].in_room:
            raise FaceProblem(f"{SPECS[provider].title} is seen in a room of its own", "")
        if live and not SPECS[provider].live:
            raise FaceProblem(f"{SPECS[provider].title} is too slow for a live conversation", "")
        return _opened(settings, store, built, local, (provider, which), notice)
    except SelfsameError as error:
        notice(f"{error.message}; the local face speaks instead")
        return local


def open_room_face(
    settings: Settings, store: FaceStore, built: BuiltFace, notice: Notice
) -> "LiveAvatarFace":
    """Return the chosen face where it is seen in a room of its own, by the viewer's browser.

    Raises:
        FaceProblem: the owner hasn't agreed, or the chosen face is drawn in pictures.
        SettingsProblem: the key is missing.
    """
    from persona.face.adapters.live_avatar import LiveAvatarFace

    provider, which = check_choice(chosen_face(settings, load_profile(store.shelf)))
    if not SPECS[provider].in_room:
        raise FaceProblem(f"{SPECS[provider].title} is seen in no room", "choose liveavatar:ID")
    _require_consent(store)
    count = spender(settings, store.shelf, provider)
    sessions = live_sessions(settings, store.shelf)
    return LiveAvatarFace(sessions, which, open_face(built), spend=count, notice=notice)


def check_provider(settings: Settings) -> str:
    """Return how the face that the settings name would be drawn, after asking whoever draws it.

    Raises:
        SelfsameError: it can't be had.
    """
    provider, which = check_choice(LOCAL if settings.face == "auto" else settings.face)
    spec = SPECS[provider]
    if provider == "wav2lip":
        from persona.face.wav2lip import check_network

        return f"{settings.face}, on this machine: {check_network(Path(which).expanduser())}"
    if not spec.hosted:
        return f"{settings.face}: {spec.about}, on this machine"
    shelf = Shelf(settings.home / "faces")
    asked = live_sessions if spec.live else hosted_faces
    left = asked(settings, shelf, provider).check()
    return f"{spec.title}, hosted: {left}; {settings.face_budget} s a month at most"


def hosted_faces(settings: Settings, shelf: Shelf, provider: str) -> HostedFaces:
    """Return a provider of faces, having closed what a crash left open there.

    Raises:
        SettingsProblem: it isn't one, or its key is missing.
    """
    if provider not in _HOSTED:
        known = ", ".join(_HOSTED)
        raise SettingsProblem(f"no face is made at {provider!r}", f"choose one of {known}")
    things = OpenList(shelf, provider)
    faces = _HOSTED[provider](settings, things)
    close_left_open(faces, things)
    return faces


def live_sessions(
    settings: Settings, shelf: Shelf, provider: str = "liveavatar"
) -> "LiveAvatarSessions":
    """Return what opens live sessions, having ended those that a crash left open.

    Raises:
        SettingsProblem: the key is missing.
    """
    from persona.face.adapters.live_avatar import LiveAvatarSessions

    things = OpenList(shelf, provider)
    key = _key(settings.liveavatar_api_key, "LIVEAVATAR_API_KEY")
    sessions = LiveAvatarSessions(key, things)
    close_left_open(sessions, things)
    return sessions


def close_left_open(faces: "HostedFaces | LiveAvatarSessions", things: OpenList) -> None:
    """Close at a provider what an earlier run left open; what can't be closed stays in the list."""
    for thing in things.left():
        with suppress(FaceProblem):
            faces.discard(thing)
            things.closed(thing)


def spender(settings: Settings, shelf: Shelf, provider: str) -> Callable[[float], None]:
    """Return what counts the seconds sent to a provider, and refuses those beyond the budget."""
    budget = Budget(most=settings.face_budget, unit="seconds", setting="SELFSAME_FACE_BUDGET")
    owed = 0.0

    def count(seconds: float) -> None:
        nonlocal owed
        owed += seconds
        whole = ceil(owed)
        profile = load_profile(shelf)
        spent = spend(profile.spent, provider, whole, budget)
        owed -= whole
        save_profile(shelf, replace(profile, spent=spent))

    return count


def _opened(
    settings: Settings,
    store: FaceStore,
    built: BuiltFace,
    local: LocalFace,
    choice: tuple[str, str],
    notice: Notice,
) -> Face:
    provider, which = choice
    if provider == "wav2lip":
        from persona.face.wav2lip import Wav2LipDrawer

        return SegmentFace(Wav2LipDrawer(Path(which).expanduser(), built.points), local, notice)
    profile = load_profile(store.shelf)
    _require_consent(store)
    count = spender(settings, store.shelf, provider)
    avatar = profile.avatars.get(provider) if which == OWN else which
    if avatar is None:
        raise FaceProblem(f"no face of the owner was made at {SPECS[provider].title} yet", "")
    faces = hosted_faces(settings, store.shelf, provider)
    return SegmentFace(HostedDrawer(faces, avatar, count), local, notice)


def _require_consent(store: FaceStore) -> None:
    if store.consents.covering("face") is None:
        raise FaceProblem("a hosted face needs the owner's consent", "")


def _d_id(settings: Settings, things: OpenList) -> HostedFaces:
    from persona.face.adapters.d_id import DIdFaces

    return DIdFaces(_key(settings.d_id_api_key, "D_ID_API_KEY"), things)


def _heygen(settings: Settings, things: OpenList) -> HostedFaces:
    from persona.face.adapters.heygen import HeyGenFaces

    return HeyGenFaces(_key(settings.heygen_api_key, "HEYGEN_API_KEY"), things)


def _a2e(settings: Settings, things: OpenList) -> HostedFaces:
    from persona.face.adapters.a2e import A2EFaces

    return A2EFaces(_key(settings.a2e_api_key, "A2E_API_KEY"), things)


def _key(key: SecretStr | None, setting: str) -> str:
    if key is None:
        raise SettingsProblem("this face asks for a key", f"set {setting}")
    return key.get_secret_value()


_HOSTED: dict[str, Callable[[Settings, OpenList], HostedFaces]] = {
    "d-id": _d_id,
    "heygen": _heygen,
    "a2e": _a2e,
}
