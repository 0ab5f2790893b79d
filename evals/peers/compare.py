"""Ours, mem0 and LangMem on the same chats: what each finds, and what that takes.

First every memory keeps the messages as they are, over all chats. Then theirs are filled by a
language model too, as both are mostly used, over the beginning of one chat.
"""

import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from evals.bench import mean, percentiles, scratch_workshop
from evals.dialogue import ADVERSARIAL, Dialogue
from evals.errors import EvalProblem
from evals.peers.langmem_memory import LangMemMemory
from evals.peers.mem0_memory import Mem0Memory
from evals.peers.offline import nothing_leaves
from evals.peers.own_memory import OwnMemory
from evals.peers.peer import Found, Peer, look_for
from evals.recall_run import BUDGET_TOKENS, CUTS, Progress, share
from memory.recall import count_tokens
from persona.as_langchain import Writer, open_writer
from persona.bootstrap import open_embedding
from persona.chat_model import chosen_model
from persona.settings import Settings

MORE = 30
"""Messages at the end of each chat that are added one at a time, with the clock running."""
_TOKENS_AT = 10
_PACKAGES = {"mem0": "mem0ai", "langmem": "langmem", "fastembed": "fastembed"}

OpenPeer = Callable[[Writer | None], Peer]


@dataclass(slots=True)
class Tally:
    """What was measured of one memory."""

    name: str
    at: dict[int, list[float]] = field(default_factory=lambda: {k: [] for k in CUTS})
    in_budget: list[float] = field(default_factory=list[float])
    tokens: list[int] = field(default_factory=list[int])
    fill_ms: list[float] = field(default_factory=list[float])
    """Milliseconds a message, one value a chat."""
    filled: int = 0
    kept: int = 0
    """Memories that came of them."""
    failed: int = 0
    add_ms: list[float] = field(default_factory=list[float])
    search_ms: list[float] = field(default_factory=list[float])
    spent: tuple[int, int] | None = None
    """Tokens that a model read and wrote for it."""


def measure_peers(
    settings: Settings,
    dialogues: Sequence[Dialogue],
    progress: Progress,
    *,
    written: int,
    whole: bool = True,
) -> dict[str, Any]:
    """Put every chat into every memory and ask each the same questions.

    Args:
        settings: which encoder and which model all of them use.
        dialogues: the chats.
        progress: told how far it is.
        written: how many messages a language model turns into memories; 0 for none.
        whole: put the whole chats in as they are, too.

    Raises:
        EvalProblem: there is nothing to measure or to measure it with.
    """
    _check(settings, written, whole)
    for module in _PACKAGES:
        look_for(module)
    with nothing_leaves() as tried, _openers(settings) as openers:
        chosen = openers if whole else ()
        raw = [_measure(open_peer, dialogues, progress) for open_peer in chosen]
        figures: dict[str, Any] = {
            "raw": [_row(tally) for tally in raw],
            "n_messages": sum(len(d.turns) for d in dialogues),
            "n_questions": sum(len(d.questions) for d in dialogues),
        }
        writer = open_writer(settings, seed=1) if written else None
        if writer is not None:
            figures |= _by_the_model(openers, beginning(dialogues, written), writer, progress)
    figures["versions"] = {name: version(name) for name in _PACKAGES.values()}
    figures["tried_to_reach"] = sorted(set(tried))
    return figures


def _check(settings: Settings, written: int, whole: bool) -> None:
    if not (whole or written):
        raise EvalProblem(
            "--no-whole alone leaves nothing to measure",
            "say how many messages the model turns into memories, such as --written 10",
        )
    if written and chosen_model(settings) == "none":
        raise EvalProblem(
            "there is no chat model to turn messages into memories",
            "name one (SELFSAME_CHAT), or leave --written out",
        )


@contextmanager
def _openers(settings: Settings) -> Generator[tuple[OpenPeer, ...]]:
    """Yield what opens each memory anew and empty."""
    embedding = open_embedding(settings)

    with (
        scratch_workshop(settings) as workshop,
        tempfile.TemporaryDirectory(prefix="selfsame-peers-") as folder,
    ):

        def mem0(writer: Writer | None) -> Peer:
            return Mem0Memory(embedding, Path(tempfile.mkdtemp(dir=folder)), writer)

        yield (
            lambda _: OwnMemory(workshop),
            mem0,
            lambda writer: LangMemMemory(embedding, writer),
        )


def beginning(dialogues: Sequence[Dialogue], length: int) -> Dialogue:
    """Return the first messages of one chat and what can be answered from them alone.

    The chat is the one of which most questions can.
    """
    return max((_cut(d, length) for d in dialogues), key=lambda d: len(d.questions))


def _cut(dialogue: Dialogue, length: int) -> Dialogue:
    turns = dialogue.turns[:length]
    here = {turn.external_id for turn in turns}
    questions = (
        q
        for q in dialogue.questions
        if q.evidence and here.issuperset(q.evidence) and q.category != ADVERSARIAL
    )
    return replace(
        dialogue, name=f"{dialogue.name}, beginning", turns=turns, questions=tuple(questions)
    )


def _by_the_model(
    openers: Sequence[OpenPeer], dialogue: Dialogue, writer: Writer, progress: Progress
) -> dict[str, Any]:
    tallies = [_measure(open_peer, [dialogue], progress) for open_peer in openers]
    tallies += [_measure(open_peer, [dialogue], progress, writer) for open_peer in openers[1:]]
    return {
        "by_the_model": [_row(tally) for tally in tallies],
        "model": writer.name,
        "by_the_model_messages": len(dialogue.turns),
        "by_the_model_questions": len(dialogue.questions),
    }


def _measure(
    open_peer: OpenPeer,
    dialogues: Sequence[Dialogue],
    progress: Progress,
    writer: Writer | None = None,
) -> Tally:
    before = writer.spent() if writer else (0, 0)
    with closing(open_peer(writer)) as peer:
        tally = Tally(peer.name)
        for number, dialogue in enumerate(dialogues):
            progress(peer.name, number, len(dialogues))
            if writer:
                _write(peer, dialogue, tally, progress)
            else:
                _fill(peer, dialogue, tally)
            tally.kept += peer.kept(dialogue.name)
            _ask(peer, dialogue, tally)
        progress(peer.name, len(dialogues), len(dialogues))
    if writer:
        read, wrote = writer.spent()
        tally.spent = (read - before[0], wrote - before[1])
    return tally


def _fill(peer: Peer, dialogue: Dialogue, tally: Tally) -> None:
    most = max(len(dialogue.turns) - MORE, len(dialogue.turns) // 2)
    started = perf_counter()
    peer.fill(dialogue.name, dialogue.turns[:most])
    tally.fill_ms.append((perf_counter() - started) * 1000 / most)
    for turn in dialogue.turns[most:]:
        started = perf_counter()
        peer.add(dialogue.name, turn)
        tally.add_ms.append((perf_counter() - started) * 1000)
    tally.filled += len(dialogue.turns)


def _write(peer: Peer, dialogue: Dialogue, tally: Tally, progress: Progress) -> None:
    """Let a model make memories of every message; where it breaks a peer's format, count it."""
    for number, turn in enumerate(dialogue.turns, start=1):
        started = perf_counter()
        try:
            peer.add(dialogue.name, turn)
        except Exception:  # whatever a peer raises when a small model answers otherwise
            tally.failed += 1
        tally.add_ms.append((perf_counter() - started) * 1000)
        progress(f"messages for {peer.name}", number, len(dialogue.turns))
    tally.filled += len(dialogue.turns)


def _ask(peer: Peer, dialogue: Dialogue, tally: Tally) -> None:
    peer.search(dialogue.name, "What did we talk about first?", limit=max(CUTS))  # warm it up
    for question in dialogue.questions:
        started = perf_counter()
        found = peer.search(dialogue.name, question.text, limit=max(CUTS))
        tally.search_ms.append((perf_counter() - started) * 1000)
        for cut in CUTS:
            tally.at[cut].append(share(question.evidence, _shown(found[:cut])))
        tally.in_budget.append(share(question.evidence, _shown(_within(found, BUDGET_TOKENS))))
        tally.tokens.append(sum(count_tokens(one.text) for one in found[:_TOKENS_AT]))


def _shown(found: Sequence[Found]) -> set[str]:
    return {turn for one in found for turn in one.shows}


def _within(found: Sequence[Found], budget: int) -> list[Found]:
    """Keep what fits a budget of tokens, best first."""
    kept: list[Found] = []
    for one in found:
        budget -= count_tokens(one.text)
        if budget < 0:
            break
        kept.append(one)
    return kept


def _row(tally: Tally) -> dict[str, Any]:
    row: dict[str, Any] = {
        "memory": tally.name,
        "recall": {str(cut): mean(values) for cut, values in tally.at.items()},
        "in_budget": mean(tally.in_budget),
        "tokens_at_10": mean(tally.tokens),
        "fill_ms_per_message": mean(tally.fill_ms),
        "add_ms": percentiles(tally.add_ms),
        "search_ms": percentiles(tally.search_ms),
        "messages": tally.filled,
        "kept": tally.kept,
        "n": len(tally.in_budget),
    }
    if tally.spent is not None:
        read, wrote = tally.spent
        row["failed"] = tally.failed
        row["add_ms_mean"] = mean(tally.add_ms)
        row["model_tokens_per_message"] = [
            round(read / tally.filled),
            round(wrote / tally.filled),
        ]
    return row
