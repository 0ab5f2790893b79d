"""How fast: importing a long export, and recalling from a large memory."""

import random
import resource
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.bench import percentiles, scratch_workshop
from ingest.pipeline import Plan, Progress, run
from memory.recall import name_owner
from persona.private import screened
from persona.settings import Settings

OWNER = "Ana Reis"
_SUBJECTS = "i we they ben mia the neighbour my sister our landlord the dog that band".split()
_THINGS = (
    "bought found lost painted fixed cooked forgot loved hated sold moved borrowed planted broke "
    "bike lamp kitchen garden ticket train soup jacket guitar boat letter window piano market "
    "hill river bakery school winter summer harbour cinema museum bread umbrella camera ladder"
).split()


def measure_speed(settings: Settings, messages: int, progress: Progress) -> dict[str, Any]:
    """Import a made-up chat of so many messages and recall from it.

    Memory is the peak of the whole process, encoder and all.
    """
    with scratch_workshop(settings) as workshop:
        path = settings_scratch(workshop.settings) / "WhatsApp Chat with Ben.txt"
        _write_chat(path, messages)
        memory = workshop.store.memory(workshop.store.create("speed", OWNER).name)
        memory.embed_query("loads the encoder")
        plan = Plan(owner_names=[OWNER], zone=UTC, screen=screened)
        started = perf_counter()
        imported = run([path], memory, plan, progress)
        seconds = perf_counter() - started
        memory.timeline()
        embed_ms, recall_ms = _recalls(memory)
    added = sum(report.added for report in imported.reports)
    return {
        "messages": added,
        "import_seconds": round(seconds, 1),
        "messages_per_second": round(added / seconds, 1),
        "peak_memory_mb": round(_peak_mb()),
        "recall_ms": percentiles(recall_ms),
        "recall_with_embedding_ms": percentiles(
            [a + b for a, b in zip(embed_ms, recall_ms, strict=True)]
        ),
        "n": len(recall_ms),
    }


def settings_scratch(settings: Settings) -> Path:
    """Return a folder for files of the measurement, inside its home."""
    folder = settings.home / "files"
    folder.mkdir(exist_ok=True)
    return folder


def _recalls(memory: Any, count: int = 300) -> tuple[list[float], list[float]]:
    chance = random.Random(2)
    embed_ms: list[float] = []
    recall_ms: list[float] = []
    for _ in range(count):
        question = name_owner(f"when did you {' '.join(chance.sample(_THINGS, 3))}?", OWNER)
        started = perf_counter()
        vector = memory.embed_query(question)
        embedded = perf_counter()
        memory.recall_by(question, vector, k=10, budget=800)
        embed_ms.append((embedded - started) * 1000)
        recall_ms.append((perf_counter() - embedded) * 1000)
    return embed_ms, recall_ms


def _write_chat(path: Path, messages: int) -> None:
    chance = random.Random(1)
    moment = datetime(2023, 1, 1, 9, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        for number in range(messages):
            moment += timedelta(minutes=chance.choice((0, 1, 1, 2, 3, 5, 30, 700)))
            words = [chance.choice(_SUBJECTS), *chance.choices(_THINGS, k=chance.randint(2, 14))]
            author = OWNER if chance.random() < 0.5 else "Ben"
            text = " ".join(words) + f" {number}"
            file.write(f"{moment:%d/%m/%Y, %H:%M} - {author}: {text}\n")


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
