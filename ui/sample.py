"""The sample person that ships with selfsame, and the demo that introduces them."""

from pathlib import Path
from time import perf_counter
from typing import Any

from ingest.pipeline import run
from ingest.sample import PORTRAIT, PORTRAIT_POINTS, load_sample
from memory.errors import NotFound
from persona.bootstrap import Workshop
from ui.importing import Progress, plan_import, refresh_profile

VISITOR = "demo visitor"
_MADE_UP = "This person is made up and drawn; nobody's face, voice or words are used."


def enrol_sample(workshop: Workshop, progress: Progress) -> list[dict[str, Any]]:
    """Make the sample person's twin unless it is there; return what was imported."""
    sample = load_sample()
    try:
        workshop.store.find(sample.name)
    except NotFound:
        workshop.store.create(sample.name, sample.owner)
    memory = workshop.store.memory(sample.name)
    new: list[int] = []
    reports: list[dict[str, Any]] = []
    for source in sample.sources:
        plan = plan_import(workshop, owner_names=[source.as_name], format=source.format)
        imported = run([source.path], memory, plan, progress)
        new += imported.utterance_ids
        reports += [report.as_json() for report in imported.reports]
    refresh_profile(memory, new, progress)
    consents = workshop.consent_desk(sample.name)
    if consents.covering("face") is None:
        consents.write(_MADE_UP)
    workshop.face_desk(sample.name).build(photo=PORTRAIT, points_file=PORTRAIT_POINTS)
    memory.go_live()
    return reports


def demonstrate(workshop: Workshop, progress: Progress) -> dict[str, Any]:
    """Enrol the sample person and ask the three questions of the demo."""
    from ui.commands.talk import as_answer

    started = perf_counter()
    imported = enrol_sample(workshop, progress)
    sample = load_sample()
    twin = workshop.twin(sample.name)
    answers = [
        {"question": q.ask, **as_answer(twin.ask(q.ask, visitor=VISITOR))}
        for q in sample.demo_questions
    ]
    twin.memory.talks.erase(VISITOR)
    return {
        "twin": sample.name,
        "owner": sample.owner,
        "imported": imported,
        "answers": answers,
        "seconds": round(perf_counter() - started, 1),
    }


def film_demo(workshop: Workshop, shown: dict[str, Any], out: Path) -> dict[str, Any]:
    """Film the sample person giving the first answer of the demo; return what was made."""
    made = workshop.studio(shown["twin"]).film(shown["answers"][0]["reply"], out)
    return {"file": out.name, **made.as_json()}
