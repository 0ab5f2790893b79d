"""Where the agreements of one owner are kept, and asked for before anything is made."""

from dataclasses import replace
from io import BytesIO

import numpy as np
from pydantic import TypeAdapter

from memory.shelf import Shelf
from persona.consent.record import Consent, Cover
from persona.consent.statement import Challenge
from persona.errors import ConsentProblem
from persona.voice.speaker import Embedding

_FILE, _ASKED, _VOICE = "consent.json", "asked.json", "voice.npy"
_ADAPTER = TypeAdapter(tuple[Consent, ...])
_CHALLENGE = TypeAdapter(Challenge)
_MADE: dict[Cover, str] = {"voice": "a voice", "face": "a face", "text": "a twin"}


class ConsentBook:
    """What the owner of one twin agreed to, the latest last."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> tuple[Consent, ...]:
        """Return every agreement that holds."""
        kept = self._shelf.get(_FILE)
        return _ADAPTER.validate_json(kept) if kept else ()

    def covering(self, cover: Cover) -> Consent | None:
        """Return the latest agreement that covers something."""
        return next((one for one in reversed(self.all()) if cover in one.covers), None)

    def require(self, cover: Cover) -> Consent:
        """Return the agreement that covers something.

        Raises:
            ConsentProblem: there is none.
        """
        found = self.covering(cover)
        if found is None:
            raise ConsentProblem(
                f"{_MADE[cover]} is only made with consent",
                "let the owner say what they agree to: --consent TEXT, or the app",
            )
        return found

    def keep_voice(self, voice: Embedding) -> None:
        """Keep how the owner sounded when they agreed aloud, to compare recordings with."""
        out = BytesIO()
        np.save(out, voice, allow_pickle=False)
        self._shelf.put(_VOICE, out.getvalue())

    def voice(self) -> Embedding | None:
        """Return how the owner sounded when they agreed; None where it was in writing."""
        kept = self._shelf.get(_VOICE)
        return np.load(BytesIO(kept), allow_pickle=False) if kept else None

    def add(self, consent: Consent) -> None:
        """Keep an agreement."""
        self._shelf.put(_FILE, _ADAPTER.dump_json((*self.all(), consent), indent=2))
        self._shelf.remove(_ASKED)

    def ask(self, challenge: Challenge) -> None:
        """Keep the statement that the owner was asked for last."""
        self._shelf.put(_ASKED, _CHALLENGE.dump_json(challenge))

    def asked(self) -> Challenge:
        """Return the statement that the owner was asked for last.

        Raises:
            ConsentProblem: they weren't asked, or have answered.
        """
        kept = self._shelf.get(_ASKED)
        if kept is None:
            raise ConsentProblem("no statement was shown", "ask for one: consent TWIN --ask")
        return _CHALLENGE.validate_json(kept)

    def revoke(self, cover: Cover) -> None:
        """Let go of every agreement to one thing."""
        left = (
            replace(one, covers=tuple(c for c in one.covers if c != cover)) for one in self.all()
        )
        self._shelf.put(_FILE, _ADAPTER.dump_json(tuple(o for o in left if o.covers), indent=2))

    def clear(self) -> None:
        """Let go of every agreement."""
        self._shelf.clear()
