"""How quick a live conversation is without a page: a recording is heard as it would come in.

What a browser and the way to it take is left out, and so is what they cost the machine.
"""

import asyncio
import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.latency_figures import stages
from evals.machine_load import MachineLoad
from evals.recall_run import Progress
from evals.scripted_visitor import RATE, enrol_visited, record_visitor
from persona.bootstrap import Workshop
from persona.live.beat import Beat
from persona.live.conversation import Conversation
from persona.live.events import CutShort, LiveEvent, Timed
from persona.live.pacer import Pacer
from persona.settings import Settings
from persona.voice.sound import Samples, read_sound

_CHUNK = RATE // 50
_LOOK_EVERY = 250
"""Chunks between two looks at the memory."""


def measure_bare(settings: Settings, progress: Progress, *, turns: int) -> dict[str, Any]:
    """Let a scripted visitor talk with the sample person's twin; return the figures."""
    with tempfile.TemporaryDirectory(prefix="selfsame-eval-") as folder:
        settings = settings.model_copy(update={"home": Path(folder) / "home"})
        questions = enrol_visited(settings, progress)
        asked = [questions[n % len(questions)] for n in range(turns)]
        wav, interrupting = Path(folder) / "visitor.wav", turns // 4
        record_visitor(settings, asked, interrupting, wav)
        told: list[LiveEvent] = []
        with Workshop(settings) as workshop:
            begun = perf_counter()
            cast = workshop.cast(workshop.store.twins()[0].name, "Vera")
            greeting = cast.warm_up()
            ready_ms = round((perf_counter() - begun) * 1000)
            conversation = Conversation(cast, told.append)
            conversation.start()
            conversation.perform(greeting)
            load = MachineLoad(os.getpid())
            asyncio.run(_visit(conversation, read_sound(wav, RATE).samples, load, progress))
            counts = conversation.stage.counts
            conversation.close()
    times = [{"turn": t.turn_id, "times": t.timings_ms} for t in told if isinstance(t, Timed)]
    return {
        "turns": {"spoken": turns, "of_which_interrupting": interrupting},
        "parts": {"chat": settings.chat, "voice": settings.voice, "hearing": settings.hearing},
        "session_create_ms": ready_ms,
        "stages": stages(times, [], interrupting),
        "answered": len({one.turn_id for one in told if isinstance(one, Timed)}),
        "cut_short": sum(isinstance(one, CutShort) for one in told),
        "late_beats": round(counts.starved / max(1, counts.spoken), 4),
        "draw_ms": round(counts.draw_ms, 1),
        "cores": {**load.cores(), "of": os.cpu_count()},
        "memory_mb": load.memory_mb(),
    }


async def _visit(
    conversation: Conversation, sound: Samples, load: MachineLoad, progress: Progress
) -> None:
    """Let the conversation hear a recording at its own pace, and take what it shows and says."""
    pacing = asyncio.create_task(Pacer(conversation.take, _seen).run())
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for number in range(len(sound) // _CHUNK):
        conversation.hear(sound[number * _CHUNK : (number + 1) * _CHUNK])
        if number % _LOOK_EVERY == 0:
            load.look(loop.time() - begun)
            progress("seconds of talk", number // 50, len(sound) // RATE)
        await asyncio.sleep(max(0.0, begun + (number + 1) * _CHUNK / RATE - loop.time()))
    pacing.cancel()


def _seen(_beat: Beat, _number: int, _half: int) -> None:
    """Nobody looks."""
