"""The first steps in an empty home: the sample person, or a twin of one's own."""

import re
import unicodedata
from typing import TYPE_CHECKING

from ingest.sample import load_sample
from memory.errors import StoreError
from ui import session
from ui.job import Job, Progress

if TYPE_CHECKING:
    from memory.store import Memory

SAMPLE_JOB = "sample"


def start_sample() -> Job:
    """Enrol the sample person in the background, if that is still to be done."""
    return session.jobs().start(SAMPLE_JOB, _enrol)


def enrolment() -> Job | None:
    """Return the enrolment that is not through, while there is nobody else to talk with."""
    job = session.jobs().get(SAMPLE_JOB)
    alone = len(session.workshop().store.twins()) < 2
    return job if job and alone and not sample_is_here() else None


def sample_is_here() -> bool:
    """Say whether the sample person is enrolled to the end; a kill may have come in between."""
    sample, store = load_sample(), session.workshop().store
    if sample.name not in {twin.name for twin in store.twins()}:
        return False
    memory = store.memory(sample.name)
    return memory.sources.style() is not None and _sources(memory) >= len(sample.sources)


def _sources(memory: "Memory") -> int:
    return sum(size.utterances > 0 for size in memory.sources.sizes())


def _enrol(progress: Progress) -> str:
    if sample_is_here():
        return load_sample().name
    from ui.sample import enrol_sample

    enrol_sample(session.workshop(), progress)
    return load_sample().name


def make_twin(person: str) -> str:
    """Enter a twin of `person`; return the short name it is given.

    Raises:
        StoreError: the name is empty.
    """
    full = " ".join(person.split())
    if not full:
        raise StoreError("a twin needs the name of a person", "write it as friends say it")
    store = session.workshop().store
    name = free_name(full, {twin.name for twin in store.twins()})
    return store.create(name, full).name


def free_name(person: str, taken: set[str]) -> str:
    """Return a short name for the twin of `person` that is not taken.

    >>> free_name("Ána Reis", {"ana"})
    'ana-2'
    """
    plain = unicodedata.normalize("NFKD", person.split()[0].casefold())
    stem = re.sub(r"[^\w-]", "", "".join(c for c in plain if not unicodedata.combining(c)))
    stem = stem or "twin"
    count = 1
    while (name := stem if count == 1 else f"{stem}-{count}") in taken:
        count += 1
    return name
