"""C2PA manifests on files that leave: put on, and read back.

https://c2pa.org names the form; the source type is IPTC's for media made by a trained model.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from c2pa import (
    Builder,
    C2paError,
    C2paSignerInfo,
    C2paSigningAlg,
    Context,
    Reader,
    Settings,
    Signer,
)

from persona.errors import TwinError
from persona.provenance.signer import SigningKey

_SAID = "org.selfsame.said"
_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a mark says of the file that bears it."""

    twin: str
    owner: str
    consent: str
    """Id of the owner's consent; empty where none is recorded, as for the sample person."""
    words: str = ""
    """SHA-256 of the text that was said: it can be checked, but not read."""
    said_at: str = ""
    """ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is found on a file."""

    marked: bool
    intact: bool
    """Unchanged since it was signed."""
    by_this_home: bool
    """Signed with the key of this home."""
    said: Said | None

    @property
    def summary(self) -> str:
        """One sentence for people."""
        if not self.marked or self.said is None:
            return "no mark of a twin is on this file"
        who = f"the twin of {self.said.owner}"
        if not self.intact:
            return f"marked as said by {who}, but changed since"
        if self.by_this_home:
            return f"said by {who} on {self.said.said_at}"
        return f"signed as said by {who} on {self.said.said_at}, by a key that isn't this home's"


def words_digest(text: str) -> str:
    """Return the hash by which a text can be recognised later."""
    return sha256(" ".join(text.split()).encode()).hexdigest()


def mark(file: Path, said: Said, key: SigningKey) -> None:
    """Sign `file` (MP4, WAV, PNG, JPEG) in place.

    Raises:
        TwinError: it can't be signed; the file is as it was.
    """
    stamped = {
        "twin": said.twin,
        "owner": said.owner,
        "consent": said.consent,
        "words": said.words,
        "said_at": said.said_at or datetime.now(UTC).isoformat(timespec="seconds"),
    }
    created = {"action": "c2pa.created", "digitalSourceType": _SOURCE_TYPE}
    manifest = {
        "claim_generator_info": [{"name": "selfsame"}],
        "title": f"Said by the AI twin of {said.owner}",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": _SAID, "data": stamped},
        ],
    }
    partial = file.with_name(f"{file.stem}.signing{file.suffix}")
    info = C2paSignerInfo(C2paSigningAlg.ES256, key.chain.encode(), key.key.encode(), None)
    try:
        with Signer.from_info(info) as signer, Builder(manifest, _context(key)) as builder:
            builder.sign_file(file, partial, signer)
        partial.replace(file)
    except (C2paError, OSError) as error:
        raise TwinError(f"{file.name} can't be marked", "choose a folder of yours") from error
    finally:
        partial.unlink(missing_ok=True)


def verify(file: Path, key: SigningKey) -> Verdict:
    """Return what the mark on `file` says, and whether it holds.

    Raises:
        TwinError: there is no such file.
    """
    if not file.is_file():
        raise TwinError(f"there is no file {file.name!r}", "give the path of a film or recording")
    try:
        with Reader(file, context=_context(key)) as reader:
            found: Any = reader
            manifest: dict[str, Any] | None = found.get_active_manifest()
            state = reader.get_validation_state()
    except C2paError:
        return Verdict(marked=False, intact=False, by_this_home=False, said=None)
    said = _said(manifest or {})
    return Verdict(
        marked=said is not None,
        intact=state in ("Valid", "Trusted"),
        by_this_home=state == "Trusted",
        said=said,
    )


def _said(manifest: dict[str, Any]) -> Said | None:
    for assertion in manifest.get("assertions", []):
        if assertion.get("label") == _SAID:
            data: dict[str, Any] = assertion["data"]
            return Said(**{name: str(data.get(name, "")) for name in Said.__dataclass_fields__})
    return None


def _context(key: SigningKey) -> Context:
    """Return the rules of checking: this home's own key is known, the network is left alone."""
    settings = {
        "version": 1,
        "trust": {"user_anchors": key.root},
        "verify": {"verify_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    }
    return Context(settings=Settings.from_json(json.dumps(settings)))
