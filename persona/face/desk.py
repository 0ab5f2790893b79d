"""The owner's say over the face: nothing is built or drawn that they didn't agree to."""

from collections.abc import Sequence
from pathlib import Path

from persona.consent.book import ConsentBook
from persona.consent.record import typed_consent
from persona.face.build import Progress
from persona.face.open_face import build_face
from persona.face.store import BuiltFace, FaceStore
from persona.voice.speech import TimedPhone


class FaceDesk:
    """What is made of the face of one twin's owner."""

    def __init__(self, faces: FaceStore, consents: ConsentBook) -> None:
        self._faces = faces
        self._consents = consents

    def build(
        self,
        *,
        video: Path | None = None,
        photo: Path | None = None,
        points_file: Path | None = None,
        phones: Sequence[TimedPhone] = (),
        progress: Progress = lambda _what, _done, _all: None,
    ) -> BuiltFace:
        """Build a face as `build_face` does, and keep it.

        Raises:
            ConsentProblem: the owner hasn't agreed.
            FaceProblem: neither shows a face.
        """
        self._consents.require("face")
        built = build_face(
            video=video, photo=photo, points_file=points_file, phones=phones, progress=progress
        )
        self.keep(built)
        return built

    def check(self, statement: str = "") -> None:
        """See that the owner agrees, now by a statement or before.

        Raises:
            ConsentProblem: they don't.
        """
        if statement:
            typed_consent("", statement)
        else:
            self._consents.require("face")

    def keep(self, built: BuiltFace) -> None:
        """Keep a face that was built.

        Raises:
            ConsentProblem: the owner hasn't agreed.
        """
        self._consents.require("face")
        self._faces.save(built)

    def load(self) -> BuiltFace | None:
        """Return the face, or None where there is none.

        Raises:
            ConsentProblem: there is one, but no agreement holds.
            FaceProblem: its file can't be read.
        """
        built = self._faces.load()
        if built is not None:
            self._consents.require("face")
        return built

    def forget(self) -> None:
        """Delete it."""
        self._faces.erase()
