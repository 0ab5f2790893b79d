"""An enrolment: what is recorded of the owner becomes face, voice and memories, with consent."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ingest.errors import ImportProblem
from ingest.findings import another_voice, two_people
from ingest.footage import Footage, look
from ingest.transcript import keep_words
from memory.errors import SelfsameError
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.consent.desk import ConsentDesk
from persona.face.store import BuiltFace
from persona.private import screened
from persona.voice.desk import VoiceDesk
from persona.voice.sample import SHORTEST_SAMPLE
from persona.voice.sound import read_sound
from persona.voice.spans import VoiceSample
from persona.voice.speech import Speech, TimedPhone, TimedWord
from persona.voice.voices import has_kokoro
from ui.importing import refresh_profile
from ui.portraits import Shown, keep_portraits, note_used

Progress = Callable[[str, int, int], None]
SAMPLE_RATE = 24_000
_LONGEST = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is of the owner; any part may be missing."""

    video: Path | None = None
    photo: Path | None = None
    audio: Path | None = None
    own_words: bool = True
    """False where a script was read, whose words are not the owner's own."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files there are."""
        return tuple(f for f in (self.video, self.photo, self.audio) if f is not None)


@dataclass(slots=True, kw_only=True)
class Enrolled:
    """What an enrolment found and made."""

    twin: str
    footage: dict[str, Footage] = field(default_factory=dict[str, Footage])
    """What was looked at, by `video` or `audio`."""
    portraits: list[Shown] = field(default_factory=list[Shown])
    face: BuiltFace | None = None
    sample: VoiceSample | None = None
    fitted: bool = False
    same_voice: float | None = None
    """How alike the voices of the recordings are; None where there was nothing to compare."""
    words: int = 0
    """How many utterances are new in memory."""
    facts: int = 0
    remarks: list[str] = field(default_factory=list[str])
    """What didn't work, in words for the user."""


def look_at(workshop: Workshop, material: Material, progress: Progress) -> dict[str, Footage]:
    """Look at the recordings, without keeping or changing anything.

    Raises:
        ImportProblem: one isn't there or can't be read.
    """
    from persona.bootstrap import open_ears, open_eyes

    eyes, ears = open_eyes(), open_ears(workshop.settings)
    found: dict[str, Footage] = {}
    for name, file in (("video", material.video), ("audio", material.audio)):
        if file is not None:
            found[name] = look(file, eyes, ears, progress)
    return found


def enrol(
    workshop: Workshop,
    twin: str,
    material: Material,
    progress: Progress,
    *,
    statement: str = "",
    fit: bool = True,
    recorded_at: datetime | None = None,
) -> Enrolled:
    """Make of the material what can be made; bad input changes nothing.

    Args:
        workshop: the open home.
        twin: the twin to give it to.
        material: what there is.
        progress: told how far it is.
        statement: what the owner agrees to in writing; not needed where consent was given before.
        fit: whether the voice is fitted, which takes minutes.
        recorded_at: when it was recorded, where the file doesn't say.

    Raises:
        ConsentProblem: the owner hasn't agreed.
        ImportProblem: a file can't be read, or there is nothing in it to use.
        FaceProblem: the photo shows no face.
    """
    memory = workshop.store.memory(twin)
    _check_agreed(workshop, memory, statement)
    _check_photo(material)
    desk = workshop.consent_desk(twin)
    enrolled = Enrolled(twin=twin, footage=look_at(workshop, material, progress))
    _compare_people(enrolled, desk)
    _check_usable(material, enrolled.footage)
    if statement:
        desk.write(statement, material=material.files)
    _keep_face(workshop, enrolled, material, progress)
    _keep_voice(workshop, enrolled, material, progress, fit=fit)
    _keep_words(memory, enrolled, material, recorded_at, progress)
    return enrolled


def _compare_people(enrolled: Enrolled, desk: ConsentDesk) -> None:
    """Find out whether one person speaks in the recordings; what others say isn't used."""
    found = enrolled.footage
    sounds = {
        name: Speech(samples=one.heard.sound.samples, sample_rate=one.heard.sound.sample_rate)
        for name, one in found.items()
        if one.heard is not None and one.holds_voice
    }
    compared = desk.compare_voices(sounds)
    enrolled.same_voice = compared.likeness
    for name in compared.others:
        wrong = another_voice(name) if compared.known else two_people()
        found[name] = replace(found[name], findings=(*found[name].findings, wrong))


def _check_agreed(workshop: Workshop, memory: Memory, statement: str) -> None:
    from persona.consent.book import ConsentBook
    from persona.consent.record import typed_consent

    if statement:
        typed_consent(memory.twin.owner, statement)
        return
    ConsentBook(memory.consents).require("voice")
    ConsentBook(memory.consents).require("face")


def _check_photo(material: Material) -> None:
    from persona.face.footage import read_picture
    from persona.face.landmarks import Landmarker, points_in

    if material.photo is not None:
        points_in(Landmarker(), read_picture(material.photo))


def _check_usable(material: Material, found: dict[str, Footage]) -> None:
    if not material.files:
        raise ImportProblem("there is nothing to enrol", "give --video, --photo or --audio")
    usable = any(f.shows_face or f.holds_voice or f.holds_words for f in found.values())
    if not usable and material.photo is None:
        wrong = [finding.what for f in found.values() for finding in f.findings]
        raise ImportProblem(
            f"nothing in it can be used: {'; '.join(wrong)}",
            "record the owner alone, from the front, in good light",
        )


def _keep_face(
    workshop: Workshop, enrolled: Enrolled, material: Material, progress: Progress
) -> None:
    footage = enrolled.footage.get("video")
    if footage is not None and footage.portraits:
        shelf = workshop.store.memory(enrolled.twin).enrolment
        enrolled.portraits = keep_portraits(shelf, footage.portraits)
    desk = workshop.face_desk(enrolled.twin)
    shown = footage is not None and footage.shows_face
    if footage is not None and shown and material.video is not None:
        with _remarking(enrolled, "the video doesn't make a face that moves"):
            phones = _phones(footage)
            enrolled.face = desk.build(video=material.video, phones=phones, progress=progress)
    photo = material.photo or (Path(enrolled.portraits[0].file) if shown else None)
    if enrolled.face is None and photo is not None:
        with _remarking(enrolled, "the picture doesn't make a face"):
            enrolled.face = desk.build(photo=photo, progress=progress)
            if photo != material.photo:
                _note_first(workshop, enrolled.twin)


def _note_first(workshop: Workshop, twin: str) -> None:
    shelf = workshop.store.memory(twin).enrolment
    note_used(shelf, 0, workshop.faces(twin).stamp())


@contextmanager
def _remarking(enrolled: Enrolled, what: str) -> Generator[None]:
    """Note a problem and go on: what else there is can still be used."""
    try:
        yield
    except SelfsameError as problem:
        enrolled.remarks.append(f"{what}: {problem}")


def _phones(footage: Footage) -> tuple[TimedPhone, ...]:
    """Return when each sound is said, so that mouths are chosen by it."""
    from persona.voice.alignment import phones_in_words

    if footage.heard is None or not footage.holds_words:
        return ()
    sound = footage.heard.sound
    words = [TimedWord(w.text, w.start, w.end) for w in footage.heard.transcript.words]
    return phones_in_words(
        Speech(samples=sound.samples, sample_rate=sound.sample_rate), words
    ).phones


def _keep_voice(
    workshop: Workshop,
    enrolled: Enrolled,
    material: Material,
    progress: Progress,
    *,
    fit: bool,
) -> None:
    files = [
        file
        for name, file in (("audio", material.audio), ("video", material.video))
        if file is not None and enrolled.footage[name].holds_voice
    ]
    if not files:
        return
    desk = VoiceDesk(workshop.settings, workshop.store.memory(enrolled.twin))
    with _remarking(enrolled, "no voice was fitted"):
        sounds = [read_sound(file, SAMPLE_RATE, seconds=_LONGEST) for file in files]
        enrolled.sample = desk.take(sounds)
        enrolled.remarks += desk.remarks
        if fit and _can_fit(workshop, enrolled):
            desk.fit_to(enrolled.sample, progress)
            enrolled.fitted = True


def _can_fit(workshop: Workshop, enrolled: Enrolled) -> bool:
    if enrolled.sample is None or enrolled.sample.clean_seconds < SHORTEST_SAMPLE:
        return False
    if not has_kokoro(workshop.settings):
        enrolled.remarks.append("the voices to fit from aren't there: selfsame models --fetch")
        return False
    return True


def _keep_words(
    memory: Memory,
    enrolled: Enrolled,
    material: Material,
    recorded_at: datetime | None,
    progress: Progress,
) -> None:
    if not material.own_words:
        return
    new: list[int] = []
    for name, file in (("video", material.video), ("audio", material.audio)):
        footage = enrolled.footage.get(name)
        if file is None or footage is None or footage.heard is None or not footage.holds_words:
            continue
        new += keep_words(
            memory,
            file,
            footage.heard.transcript.words,
            recorded_at=footage.container.recorded_at or recorded_at,
            screen=screened,
        )
    enrolled.words = len(new)
    enrolled.facts = refresh_profile(memory, new, progress)
