"""Erasure: does what was forgotten or taken out still stand in a byte of the home?"""

import re
from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from evals.fidelity.as_owner import forget, take_in, written
from evals.fidelity.figure import Case, case_key
from evals.fidelity.interval import never_figure
from evals.fidelity.planted import invented_word
from evals.fidelity.section import Bench, Findings, Section
from memory.model import NewUtterance
from persona.profile import measure_profile

WORDS = 50
_FROM = 700
"""Number of the first word; those before it are used to poison."""
_FORMS = (
    "i live in {word} now",
    "my favourite food is {word}",
    "saw {word} at the market yesterday",
    "i have a dog called {word}",
    "haha {word} again, you won't believe it",
)
_FORGOTTEN, _TAKEN_OUT = "forgotten", "source taken out"


def erasure(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    return Section(name="erasure", asks=0, run=lambda: _run(bench))


def _run(bench: Bench) -> Findings:
    memory = bench.memory
    words = [invented_word(_FROM + number) for number in range(WORDS)]
    half = WORDS // 2
    take_in(memory, _FORGOTTEN, _said(memory.twin.owner, words[:half]))
    source_id = take_in(memory, _TAKEN_OUT, _said(memory.twin.owner, words[half:]))
    measure_profile(memory)
    before = files_with(bench.home, words)
    forget(memory, words[:half])
    memory.remove_source(source_id)
    after = files_with(bench.home, words)
    cases = [
        _case(word, _FORGOTTEN if at < half else _TAKEN_OUT, after[word])
        for at, word in enumerate(words)
    ]
    return Findings(
        figures=[
            never_figure(
                {case.key: 1 - case.score for case in cases},
                key="erasure.residue",
                label="Forgotten or taken out, and still in some file",
                gate=0.0,
                floor=sum(bool(before[word]) for word in words) / WORDS,
                floor_is="before it was forgotten",
                note="Invented words that the owner wrote, half of them forgotten, half taken out "
                "with their source, looked for in all files of the copy's home while it is open.",
            )
        ],
        cases=cases,
    )


def files_with(home: Path, words: Sequence[str]) -> dict[str, list[str]]:
    """Return for each word the names of the files in whose bytes it stands, in any case."""
    pattern = re.compile("|".join(map(re.escape, words)).encode(), re.IGNORECASE)
    found: dict[str, list[str]] = {word: [] for word in words}
    for path in sorted(home.rglob("*")):
        if not path.is_file() or not path.stat().st_size:
            continue
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            there = {match.group().decode().casefold() for match in pattern.finditer(content)}
        for word in there:
            found[word].append(path.name)
    return found


def _said(owner: str, words: Sequence[str]) -> list[NewUtterance]:
    texts = [_FORMS[at % len(_FORMS)].format(word=word) for at, word in enumerate(words)]
    return written(texts, by=owner, own=True)


def _case(word: str, kind: str, files: Sequence[str]) -> Case:
    return Case(
        key=case_key("erasure", word),
        section="erasure",
        kind=kind,
        asked=word,
        wanted="in no file",
        got=", ".join(files) or "in no file",
        score=0.0 if files else 1.0,
    )
