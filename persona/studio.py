"""Making a finished film of a twin saying something: voice, face, mark."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from memory.model import Twin
from persona.face.face import Face
from persona.face.film import FilmReport, write_film
from persona.provenance.manifest import Said, mark, words_digest
from persona.provenance.signer import SigningKey
from persona.voice.clauses import in_clauses
from persona.voice.speech import Speech


class Voice(Protocol):
    """What the studio needs of a voice: text in, sound with timed phones out, clause by clause."""

    @property
    def name(self) -> str:
        """The voice as `provider:voice`."""
        ...

    def say(
        self, clauses: Iterable[str], notice: Callable[[str], None] | None = None
    ) -> Iterator[Speech]:
        """Yield clauses as they are spoken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """A film that was made."""

    report: FilmReport
    face: str
    voice: str
    marked: bool
    notices: tuple[str, ...] = ()
    """What the user should know, such as that another face stood in."""

    def as_json(self) -> dict[str, Any]:
        """Return it for the command line."""
        made = {"face": self.face, "voice": self.voice, "marked": self.marked}
        told = {"notices": list(self.notices)} if self.notices else {}
        return {**asdict(self.report), **made, **told}


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Everything that a film of one twin takes."""

    twin: Twin
    voice: Voice
    face: Face
    key: SigningKey
    consent: str = ""
    """Id of the owner's consent."""
    notices: list[str] = field(default_factory=list[str])
    """What face and voice had to say while a film was made."""

    def film(self, text: str, out: Path, *, label: bool = True, burn_in: bool = False) -> Filmed:
        """Write an MP4 of the twin saying `text`.

        Args:
            text: the words.
            out: the file; it gets this name when it is finished and marked.
            label: whether a corner says all the time that this is made by AI.
            burn_in: whether captions are drawn into the pictures too.

        Raises:
            FaceProblem: there is nothing to say, or the file can't be written.
        """
        clauses = self.voice.say(in_clauses(text), self.notices.append)
        return self.film_said(clauses, text, out, label=label, burn_in=burn_in)

    def film_said(
        self,
        clauses: Iterable[Speech],
        text: str,
        out: Path,
        *,
        label: bool = True,
        burn_in: bool = False,
    ) -> Filmed:
        """Write an MP4 of the twin saying what was said already, such as in a live talk.

        Raises:
            FaceProblem: there is nothing in it, or the file can't be written.
        """
        partial = out.with_name(f"{out.stem}.unmarked{out.suffix or '.mp4'}")
        try:
            report = write_film(
                self.face,
                clauses,
                partial,
                label=label_of(self.twin) if label else None,
                burn_in=burn_in,
            )
            mark(partial, self._said(text), self.key)
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
        return Filmed(
            report=report,
            face=self.face.name,
            voice=self.voice.name,
            marked=True,
            notices=tuple(dict.fromkeys(self.notices)),
        )

    def _said(self, text: str) -> Said:
        return Said(
            twin=self.twin.name,
            owner=self.twin.owner,
            consent=self.consent,
            words=words_digest(text),
        )


def label_of(twin: Twin) -> str:
    """Return the words that a picture of a twin bears."""
    return f"AI-generated · twin of {twin.owner}"
