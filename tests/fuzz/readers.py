"""Fuzzes one export reader by what its code reaches: `python -m tests.fuzz.readers FORMAT SECONDS`.

What breaks it is kept in `.fuzz/FORMAT/` and shown; hand such a file over again in the place of
SECONDS to see it break once more. Every input must end soon, in items that can be stored or in an
`ImportProblem`.
"""

import io
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import atheris

with atheris.instrument_imports(include=["ingest"]):  # pyright: ignore
    from ingest.errors import ImportProblem
    from ingest.source import Reader, ReadOptions
    from ingest.sources import READERS

from tests.ingest.hostile import check
from tests.ingest.seeds import SEEDS

FOLDER = Path(".fuzz")
_SLOWEST = 10
"""Seconds after which an input counts as a hang."""
_MOST_MEMORY = 1500
"""Megabytes."""
_LONGEST = 8192
_WORDS = re.compile(rb"[\w:.-]{3,40}", re.ASCII)


class Files:
    """An archive in memory."""

    label = "export.zip"
    packed: Sequence[str] = ("",)
    unopened: Mapping[str, str] = MappingProxyType({})

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    @property
    def names(self) -> Sequence[str]:
        """Return the paths, sorted."""
        return sorted(self._files)

    def size(self, name: str) -> int:
        """Return the size of a file."""
        return len(self._files[name])

    def open(self, name: str) -> BinaryIO:
        """Open a file."""
        return io.BytesIO(self._files[name])


class Target:
    """A reader, and exports in which one file is replaced by what the fuzzer thinks of."""

    def __init__(self, format: str) -> None:
        self._reader: Reader = next(reader for reader in READERS if reader.format == format)
        seeds = [{n: text.encode() for n, text in files.items()} for files in SEEDS[format]]
        self._places = [(files, name) for files in seeds for name in files]

    def corpus(self) -> list[bytes]:
        """Return what to begin with: each file of each seed, after the number of its place."""
        return [bytes([n]) + files[name] for n, (files, name) in enumerate(self._places)]

    def words(self) -> set[bytes]:
        """Return the words of the seeds, of which the fuzzer makes new ones."""
        content = b" ".join(seed[1:] for seed in self.corpus())
        return set(_WORDS.findall(content))

    def __call__(self, data: bytes) -> None:
        """Read one input."""
        files, replaced = self._places[data[0] % len(self._places) if data else 0]
        archive = Files(files | {replaced: data[1:]})
        try:
            for name in self._reader.claims(archive) or archive.names[:1]:
                for item in self._reader.read(archive, name, ReadOptions()):
                    check(item)
        except ImportProblem as problem:
            assert "\n" not in str(problem)


def main(format: str, given: str) -> None:
    """Fuzz a reader for some seconds, or read one input."""
    folder = FOLDER / format
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    target = Target(format)
    for number, content in enumerate(target.corpus()):
        (corpus / f"seed-{number}").write_bytes(content)
    dictionary = folder / "words"
    dictionary.write_text("".join(f'"{word.decode()}"\n' for word in sorted(target.words())))
    options = [f"-max_total_time={given}", str(corpus)] if given.isdecimal() else [given]
    atheris.Setup(  # pyright: ignore
        [
            "fuzz",
            f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_MOST_MEMORY}",
            f"-max_len={_LONGEST}",
            f"-dict={dictionary}",
            f"-artifact_prefix={folder}/",
            "-print_final_stats=1",
            "-verbosity=0" if given.isdecimal() else "-verbosity=1",
            *options,
        ],
        target,
    )
    atheris.Fuzz()  # pyright: ignore


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in SEEDS:
        sys.exit(f"usage: python -m tests.fuzz.readers FORMAT SECONDS; formats: {' '.join(SEEDS)}")
    main(sys.argv[1], sys.argv[2])
