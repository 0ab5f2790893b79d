"""The sample person that ships with selfsame, and the demo that introduces them."""

import tomllib
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter
from typing import Any

from memory.errors import NotFound
from persona.bootstrap import Workshop
from ui.importing import Progress, import_files, plan_import

VISITOR = "demo visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSource:
    """One export of the sample person."""

    file: str
    format: str
    as_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The sample person: name, exports, and the questions that the demo asks."""

    name: str
    owner: str
    sources: tuple[SampleSource, ...]
    demo_questions: tuple[str, ...]


def load_sample() -> Sample:
    """Return the manifest of the sample person."""
    content = tomllib.loads(files("ingest.sample").joinpath("sample.toml").read_text("utf-8"))
    return Sample(
        name=content["twin"]["name"],
        owner=content["twin"]["owner"],
        sources=tuple(
            SampleSource(file=s["file"], format=s["format"], as_name=s["as_name"])
            for s in content["source"]
        ),
        demo_questions=tuple(q["ask"] for q in content["demo_question"]),
    )


def enrol_sample(workshop: Workshop, progress: Progress) -> list[dict[str, Any]]:
    """Make the sample person's twin unless it is there; return what was imported."""
    sample = load_sample()
    try:
        workshop.store.find(sample.name)
    except NotFound:
        workshop.store.create(sample.name, sample.owner)
    with as_file(files("ingest.sample")) as folder:
        return [_import(workshop, sample, source, folder, progress) for source in sample.sources]


def _import(
    workshop: Workshop, sample: Sample, source: SampleSource, folder: Path, progress: Progress
) -> dict[str, Any]:
    plan = plan_import(workshop, owner_names=[source.as_name], format=source.format)
    outcome = import_files(workshop, sample.name, [folder / source.file], plan, progress)
    return outcome.reports[0].as_json()


def demonstrate(workshop: Workshop, progress: Progress) -> dict[str, Any]:
    """Enrol the sample person and ask the three questions of the demo."""
    from ui.commands.talk import as_answer

    started = perf_counter()
    imported = enrol_sample(workshop, progress)
    sample = load_sample()
    twin = workshop.twin(sample.name)
    answers = [
        {"question": question, **as_answer(twin.ask(question, visitor=VISITOR))}
        for question in sample.demo_questions
    ]
    twin.memory.talks.erase(VISITOR)
    return {
        "twin": sample.name,
        "owner": sample.owner,
        "imported": imported,
        "answers": answers,
        "seconds": round(perf_counter() - started, 1),
    }
