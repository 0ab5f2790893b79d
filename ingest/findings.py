"""What is wrong with a recording, each said plainly with what can still be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.container import Container

Part = Literal["face", "voice", "words"]

SHORTEST, LONGEST = 5.0, 600.0
_GONE, _SELDOM, _SEVERAL = 0.05, 0.5, 0.15
_TINY, _SMALL = 64, 100
"""Widths of a face in pixels that are too small to build from, and small."""
_BLACK, _DARK = 28.0, 55.0
_LITTLE_SPEECH = 1.0
_BROKEN_OFF = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of faces in a film."""

    looks: int = 0
    """Pictures that were looked at."""
    share: float = 0.0
    """Share of them with a face, from 0 to 1."""
    several: float = 0.0
    """Share of them with more than one."""
    size: int = 0
    """Usual width of the face in pixels."""
    light: float = 0.0
    """Usual brightness of the face, 0 to 255."""
    until: float = 0.0
    """When the last picture was, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong."""

    key: str
    what: str
    instead: str
    """What can still be done."""
    bars: frozenset[Part] = frozenset()
    """What can't be made because of it."""


def findings_of(
    container: Container,
    seen: Seen,
    *,
    spoken: float,
    voices: int,
    unsure: bool,
    audible: bool,
) -> tuple[Finding, ...]:
    """Return what is wrong with a recording.

    Args:
        container: what the file states.
        seen: what was seen of faces.
        spoken: seconds of speech in it.
        voices: how many people are heard.
        unsure: whether the words are hard to make out.
        audible: whether there is a sound track.
    """
    return (
        *_of_length(container, seen),
        *(_of_faces(seen) if container.has_picture else ()),
        *_of_speech(spoken, voices, unsure=unsure, audible=audible),
    )


def two_people() -> Finding:
    """Return what is wrong where video and recording are each of another voice."""
    return Finding(
        key="two people",
        what="the voice in the video and that in the recording sound like two people",
        instead="the face is still used, and neither voice nor words are kept; leave out the one"
        " that isn't the owner, or record both anew with the same microphone",
        bars=frozenset({"voice", "words"}),
    )


def another_voice(where: str) -> Finding:
    """Return what is wrong where the voice isn't the owner's as it is known."""
    return Finding(
        key="another voice",
        what=f"the voice in the {where} doesn't sound like the owner's, as they agreed aloud or"
        " were recorded before",
        instead="nothing of it is used; if the earlier voice was the wrong one, withdraw consent"
        " and begin anew",
        bars=frozenset({"face", "voice", "words"}),
    )


def _of_length(container: Container, seen: Seen) -> Iterator[Finding]:
    seconds = container.seconds or seen.until
    if seconds < SHORTEST:
        yield Finding(
            key="too short",
            what=f"the recording is only {seconds:.1f} seconds long",
            instead="what is there is used; a minute or more makes a better face and voice",
        )
    if seconds > LONGEST + 1:
        yield Finding(
            key="too long",
            what=f"the recording is {seconds / 60:.0f} minutes long",
            instead="the first ten minutes are used",
        )
    stated = min(container.picture_seconds, LONGEST)
    if container.has_picture and seen.until < _BROKEN_OFF * stated - 1:
        yield Finding(
            key="broken off",
            what=f"the pictures break off after {seen.until:.0f} of {stated:.0f} seconds",
            instead="what is there is used; copy the file again if there should be more",
        )


def _of_faces(seen: Seen) -> Iterator[Finding]:
    if seen.share < _GONE:
        yield Finding(
            key="no face",
            what="no face is seen in the video",
            instead="the sound is still used; give a photo with --photo, or film the face from the"
            " front in good light",
            bars=frozenset({"face"}),
        )
        return
    if seen.several > _SEVERAL:
        yield Finding(
            key="several faces",
            what="more than one face is seen",
            instead="the sound is still used; film the owner alone, or give a photo with --photo",
            bars=frozenset({"face"}),
        )
    if seen.share < _SELDOM:
        yield Finding(
            key="face seldom seen",
            what=f"the face is seen only {seen.share:.0%} of the time",
            instead="those pictures are used; look into the camera for a better face",
        )
    yield from _of_one_face(seen)


def _of_one_face(seen: Seen) -> Iterator[Finding]:
    if seen.size < _TINY:
        yield Finding(
            key="face too small",
            what=f"the face is only {seen.size} pixels wide",
            instead="the sound is still used; come nearer to the camera, or give a photo",
            bars=frozenset({"face"}),
        )
    elif seen.size < _SMALL:
        yield Finding(
            key="face small",
            what=f"the face is small, {seen.size} pixels wide",
            instead="it is used and will look soft; come nearer to the camera for a sharper one",
        )
    if seen.light < _BLACK:
        yield Finding(
            key="too dark",
            what="the face is too dark to make out",
            instead="the sound is still used; film by a window or a lamp, or give a photo",
            bars=frozenset({"face"}),
        )
    elif seen.light < _DARK:
        yield Finding(
            key="dark",
            what="the face is dark",
            instead="it is used as it is; more light from the front makes a better one",
        )


def _of_speech(spoken: float, voices: int, *, unsure: bool, audible: bool) -> Iterator[Finding]:
    if not audible:
        yield Finding(
            key="no sound",
            what="there is no sound",
            instead="the face is still used; give a recording with --audio",
            bars=frozenset({"voice", "words"}),
        )
    elif spoken < _LITTLE_SPEECH:
        yield Finding(
            key="no speech",
            what="nobody is heard speaking",
            instead="the face is still used; give a recording of the owner with --audio",
            bars=frozenset({"voice", "words"}),
        )
    elif voices > 1:
        yield Finding(
            key="two voices",
            what="more than one voice is heard",
            instead="the face is still used, and neither voice nor words are kept; give a"
            " recording of the owner alone with --audio",
            bars=frozenset({"voice", "words"}),
        )
    elif unsure:
        yield Finding(
            key="words unclear",
            what="the words are hard to make out",
            instead="the voice is still used, the words are not kept",
            bars=frozenset({"words"}),
        )
