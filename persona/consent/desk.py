"""The owner's yes and no: given in writing or aloud, shown, and taken back with all it allowed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory.store import Memory
from persona.consent.book import ConsentBook
from persona.consent.record import ALL, Consent, Cover, typed_consent
from persona.consent.statement import Challenge, compare, new_challenge
from persona.errors import ConsentProblem, VoiceProblem
from persona.face.store import FaceStore
from persona.settings import Settings

if TYPE_CHECKING:
    from persona.consent.one_person import OnePerson
    from persona.face.desk import FaceDesk
    from persona.voice.speech import Speech

_COMPARED = 120.0
"""Seconds of a recording that a voice is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What came of taking consent back."""

    removed: tuple[str, ...]
    """What was deleted on this machine and at providers, in words."""
    unreachable: tuple[str, ...]
    """What a provider couldn't be told to delete; it is tried again whenever consent is shown."""


class ConsentDesk:
    """What the owner of one twin agrees to."""

    def __init__(self, settings: Settings, memory: Memory, faces: FaceStore) -> None:
        self._settings = settings
        self._memory = memory
        self._faces = faces
        self._book = ConsentBook(memory.consents)

    @property
    def consents(self) -> tuple[Consent, ...]:
        """Every agreement that holds, the latest last."""
        return self._book.all()

    def covering(self, cover: Cover) -> Consent | None:
        """Return the latest agreement that covers something."""
        return self._book.covering(cover)

    def challenge(self, covers: tuple[Cover, ...] = ALL) -> Challenge:
        """Return a statement to say or type, with new random words; it is kept as `asked`."""
        challenge = new_challenge(self._memory.twin.owner, covers)
        self._book.ask(challenge)
        return challenge

    @property
    def asked(self) -> Challenge:
        """The statement that was asked for last.

        Raises:
            ConsentProblem: none was, or it was answered.
        """
        return self._book.asked()

    def write(
        self,
        statement: str,
        covers: tuple[Cover, ...] = ALL,
        *,
        challenge: Challenge | None = None,
        material: tuple[Path, ...] = (),
    ) -> Consent:
        """Keep an agreement in writing.

        Args:
            statement: what was typed; the owner's own words where no challenge was shown.
            covers: what it is for, where no challenge says so.
            challenge: the statement that was shown to be typed.
            material: the recordings and pictures it is for.

        Raises:
            ConsentProblem: it says too little, says no, or isn't the statement shown.
        """
        if challenge is not None and not compare(challenge, statement).agrees:
            raise ConsentProblem("this isn't the statement", "type it as it stands, words and all")
        agreed = typed_consent(
            self._memory.twin.owner,
            statement,
            challenge.covers if challenge else covers,
            words=challenge.words if challenge else (),
            material=material,
        )
        self._book.add(agreed)
        return agreed

    def speak(
        self, recording: Path, challenge: Challenge, *, material: tuple[Path, ...] = ()
    ) -> Consent:
        """Keep an agreement said aloud; its voice is compared with the owner's sample.

        Where no sample is kept yet, it is compared with the first material that has sound.

        Args:
            recording: the statement being read, in any sound or video format.
            challenge: the statement that was shown.
            material: the recordings and pictures it is for.

        Raises:
            ConsentProblem: other words are heard in it, or another voice.
            VoiceProblem: it can't be read as sound.
            ModelProblem: what hears or compares voices isn't there.
        """
        from persona.consent.spoken import listen_to, spoken_consent
        from persona.model_table import GE2E
        from persona.models import verified_path
        from persona.voice.ears import open_hearing
        from persona.voice.profile import load_sample
        from persona.voice.sound import read_sound
        from persona.voice.speaker import RATE, SpeakerEncoder

        found = listen_to(
            read_sound(recording, RATE),
            challenge,
            open_hearing(self._settings),
            SpeakerEncoder(verified_path(GE2E, self._settings.models_dir)),
            load_sample(self._memory.voice) or _sound_in(material),
        )
        agreed = spoken_consent(self._memory.twin.owner, challenge, found, recording, material)
        self._book.add(agreed)
        self._book.keep_voice(found.voice)
        return agreed

    def compare_voices(self, sounds: "Mapping[str, Speech]") -> "OnePerson":
        """Compare recordings with the owner's voice: the sample, or else the spoken agreement.

        Where neither is there, they are compared with each other.

        Raises:
            ModelProblem: what compares voices isn't there.
        """
        from persona.consent.one_person import OnePerson, compare_voices
        from persona.model_table import GE2E
        from persona.models import verified_path
        from persona.voice.profile import load_sample
        from persona.voice.speaker import SpeakerEncoder

        sample, spoken = load_sample(self._memory.voice), self._book.voice()
        if not sounds or (len(sounds) == 1 and sample is None and spoken is None):
            return OnePerson()
        encoder = SpeakerEncoder(verified_path(GE2E, self._settings.models_dir))
        return compare_voices(sounds, encoder.embed(sample) if sample else spoken, encoder)

    def withdraw(self) -> Withdrawal:
        """Take every agreement back: voice, face, recordings and providers' copies are deleted.

        What was written or said stays in memory as text; sources are removed one by one, or the
        twin erased.
        """
        from persona.voice.desk import VoiceDesk
        from persona.voice.profile import has_voice, load_profile

        shelf = self._memory.voice
        clones = len(load_profile(shelf).clones) + len(load_profile(shelf).to_delete)
        removed = [
            name
            for name, there in (
                ("the voice and its sample", has_voice(shelf)),
                ("the face", self._faces.exists()),
                ("the pictures to choose from", self._memory.enrolment.path("portraits.json")),
                ("what was given and not used yet", self._memory.gathered.pieces),
                ("the recordings of spoken answers", self._memory.recordings.any()),
            )
            if there
        ]
        self._book.clear()
        self._memory.enrolment.clear()
        self._memory.gathered.clear()
        self._memory.recordings.clear()
        left = VoiceDesk(self._settings, self._memory).forget()
        if clones > len(left):
            removed.append("the copies of the voice at providers")
        return Withdrawal(removed=tuple(removed), unreachable=(*left, *self._face().take_back()))

    def unreachable(self) -> list[str]:
        """Try again to delete what is left at providers; return what still couldn't be."""
        from persona.voice.desk import VoiceDesk

        left = VoiceDesk(self._settings, self._memory).delete_left()
        gone = self._book.covering("face") is None and not self._faces.exists()
        return [*left, *(self._face().take_back() if gone else [])]

    def _face(self) -> "FaceDesk":
        from persona.face.desk import FaceDesk

        return FaceDesk(self._settings, self._faces, self._memory.twin.owner)

    def as_json(self) -> dict[str, Any]:
        """Return the agreements as the command line shows them."""
        return {
            "consents": [{"id": one.reference, **asdict(one)} for one in self.consents],
            "covers": sorted({cover for one in self.consents for cover in one.covers}),
        }


def _sound_in(material: tuple[Path, ...]) -> "Speech | None":
    from persona.voice.sound import read_sound
    from persona.voice.speaker import RATE

    for file in material:
        with suppress(VoiceProblem):
            return read_sound(file, RATE, seconds=_COMPARED)
    return None
