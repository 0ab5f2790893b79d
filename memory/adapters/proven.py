"""Takes a faster encoder in place of another only where both were seen to give the same vectors."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol
from uuid import uuid4

from memory.embedding import Embedding, Vectors

PROBES = (
    "",
    "ok",
    "When did Ana sell the old piano?",
    "Ana Reis: I moved to Lisbon in 2019, and I still miss the bakery on the corner 🙂",
    "Ben: não sei, talvez amanhã... 你好 https://example.org/a?b=1",
    "the boat on the river " * 70,
)
"""Texts short and long, in a few scripts; the last is longer than most encoders read."""
_LIKE = 0.9999
"""Least cosine of two vectors of the same text that count as the same."""

_log = logging.getLogger(__name__)


class FastEmbedding(Embedding, Protocol):
    """An encoder that says what its vectors depend on."""

    @property
    def build(self) -> str:
        """Changes whenever its vectors might."""
        ...


class ProvenEmbedding:
    """The fast encoder where it is proven, else the one it was to stand in for.

    Proof is given once, on the probes, and kept in a file; it is asked for again when the file is
    gone or torn, or anything in it has changed.
    """

    def __init__(self, fast: FastEmbedding, sure: Embedding, *, weights: Path, proof: Path) -> None:
        """Prepare the choice, which is made at the first use.

        Args:
            fast: the encoder to prove.
            sure: the encoder it must agree with, of the same name.
            weights: the file that both read.
            proof: where the proof is kept.
        """
        self.name = sure.name
        self.fast = fast
        self.sure = sure
        self._weights = weights
        self._proof = proof
        self._chosen: Embedding | None = None
        self._lock = Lock()  # two first uses at once must not both give proof

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return self.fast.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape [len(texts), dimension]."""
        return self.chosen().embed(texts)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape [dimension]."""
        return self.chosen().embed_query(text)

    def chosen(self) -> Embedding:
        """Return the encoder in use."""
        with self._lock:
            if self._chosen is None:
                self._chosen = self.fast if self._is_proven() else self.sure
            return self._chosen

    def _is_proven(self) -> bool:
        try:
            stamp = self._stamp()
            if _read(self._proof) == stamp:
                return True
            given = self.fast.embed(PROBES)
        except Exception as error:  # whatever ails it, the other encoder is there
            _log.warning("the fast encoder can't be used (%s)", type(error).__name__)
            return False
        if not float((given * self.sure.embed(PROBES)).sum(axis=1).min()) >= _LIKE:  # NaN is not
            _log.warning("the fast encoder gives other vectors and is not used")
            return False
        with suppress(OSError):  # where the folder can't be written, each start proves anew
            _write(self._proof, stamp)
        return True

    def _stamp(self) -> list[str | int]:
        seen = self._weights.stat()
        return [str(self._weights), seen.st_size, seen.st_mtime_ns, self.fast.build]


def _read(proof: Path) -> object:
    try:
        return json.loads(proof.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(proof: Path, stamp: list[str | int]) -> None:
    proof.parent.mkdir(parents=True, exist_ok=True)
    partial = proof.with_name(f"{proof.name}.{uuid4().hex}")
    partial.write_text(json.dumps(stamp), encoding="utf-8")
    partial.replace(proof)
