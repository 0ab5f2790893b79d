"""How fast: parsing, importing a long export, and recalling from a large memory."""

import random
import resource
import sys
from datetime import UTC
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.bench import percentiles, scratch_workshop
from evals.encoders import compare_encoders
from evals.made_up_chat import OWNER, THINGS, write_telegram, write_whatsapp
from ingest.archive import open_archive
from ingest.detect import find_parts
from ingest.pipeline import Plan, Progress, run
from ingest.source import ReadOptions
from ingest.sources import READERS
from memory.recall import name_owner
from memory.store import Memory
from persona.private import screened
from persona.profile import learn_facts, measure_profile
from persona.settings import Settings


def measure_speed(settings: Settings, messages: int, progress: Progress) -> dict[str, Any]:
    """Import a made-up chat of so many messages, as `selfsame import` does, and recall from it.

    Memory is the peak of the whole process, encoder and all.
    """
    with scratch_workshop(settings) as workshop:
        folder = settings_scratch(workshop.settings)
        path, telegram = folder / "WhatsApp Chat with Ben.txt", folder / "result.json"
        write_whatsapp(path, messages)
        write_telegram(telegram, messages)
        parsing = {"whatsapp": _parse(path), "telegram": _parse(telegram)}
        memory = workshop.store.memory(workshop.store.create("speed", OWNER).name)
        memory.embed_query("loads the encoder")
        plan = Plan(owner_names=[OWNER], zone=UTC, screen=screened)
        started = perf_counter()
        imported = run([path], memory, plan, progress)
        seconds = perf_counter() - started
        learn_facts(memory, imported.utterance_ids)
        measure_profile(memory)
        profile_seconds = perf_counter() - started - seconds
        memory.timeline()
        embed_ms, recall_ms = _recalls(memory)
        peak = _peak_mb()  # before torch comes in for the comparison
        encoders = compare_encoders(settings.models_dir)
    added = sum(report.added for report in imported.reports)
    return {
        "messages": added,
        "parsed_per_second": parsing,
        "import_seconds": round(seconds, 1),
        "messages_per_second": round(added / seconds, 1),
        "facts_and_style_seconds": round(profile_seconds, 1),
        "peak_memory_mb": round(peak),
        "recall_ms": percentiles(recall_ms),
        "recall_with_embedding_ms": percentiles(
            [a + b for a, b in zip(embed_ms, recall_ms, strict=True)]
        ),
        "n": len(recall_ms),
        "encoders": encoders,
    }


def _parse(path: Path) -> int:
    """Return how many messages of an export are parsed in a second, from the file on."""
    started = perf_counter()
    with open_archive(path) as archive:
        count = sum(
            1
            for reader, name in find_parts(archive, READERS, None)
            for _ in reader.read(archive, name, ReadOptions())
        )
    return round(count / (perf_counter() - started))


def settings_scratch(settings: Settings) -> Path:
    """Return a folder for files of the measurement, inside its home."""
    folder = settings.home / "files"
    folder.mkdir(exist_ok=True)
    return folder


def _recalls(memory: Memory, count: int = 300) -> tuple[list[float], list[float]]:
    chance = random.Random(2)
    embed_ms: list[float] = []
    recall_ms: list[float] = []
    for _ in range(count):
        question = name_owner(f"when did you {' '.join(chance.sample(THINGS, 3))}?", OWNER)
        started = perf_counter()
        vector = memory.embed_query(question)
        embedded = perf_counter()
        memory.recall_by(question, vector, k=10, budget=800)
        embed_ms.append((embedded - started) * 1000)
        recall_ms.append((perf_counter() - embedded) * 1000)
    return embed_ms, recall_ms


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
