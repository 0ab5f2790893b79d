"""Style on annotated chats: a twin built from one chat, tested against the same person's other."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from evals.bench import enrol, scratch_workshop
from evals.cut_off import Count, ends_early
from evals.dialogue import Dialogue
from evals.fidelity.asking import Asker
from evals.fidelity.contexts import Moment, is_writing, moments
from evals.fidelity.style import Hand, attribution_figures, gap_figure, messages_of, tell_figure
from memory.model import NewUtterance, Utterance
from persona.bootstrap import Workshop
from persona.chat_model import seeded
from persona.profile import learn_facts, measure_profile
from persona.settings import Settings
from persona.stock import stock_reply
from persona.twin import Twin

Progress = Callable[[str, int, int], None]

_MEASURED = ("style_gap", "style_gap_limited", "masked_attribution", "tells")
_BUILT_SHARE = 0.8
"""Part of the only chat of somebody that the twin is built from, where there is no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How much is measured."""

    replies: int
    people: int
    stock: bool
    """Whether a model with nothing but the name is measured beside the twin."""
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What a twin is built from, and what it is tested on."""

    person: str
    built: Dialogue
    tested: Dialogue


def measure_across(
    settings: Settings, dialogues: Sequence[Dialogue], wanted: Wanted, progress: Progress
) -> dict[str, Any]:
    """Return style gap and masked attribution over the people of some chats."""
    return measure_pairs(settings, list(_pairs(dialogues)), dialogues, wanted, progress)


def measure_pairs(
    settings: Settings,
    every: Sequence[Pair],
    dialogues: Sequence[Dialogue],
    wanted: Wanted,
    progress: Progress,
) -> dict[str, Any]:
    """Return style gap and masked attribution of the first people.

    Args:
        settings: which models to use.
        every: what each twin is built from and tested on.
        dialogues: where other people are known from.
        wanted: how much is measured.
        progress: told how far it is.
    """
    pairs = every[: wanted.people]
    count = Count(progress, len(pairs) * wanted.replies * (2 if wanted.stock else 1))
    rows: list[dict[str, Any]] = []
    with ends_early(), scratch_workshop(settings) as workshop:
        for pair in pairs:
            try:
                rows.append(_person(workshop, pair, dialogues, wanted, count))
            except KeyboardInterrupt:
                count.cut = True
            if count.cut:
                break
    return {
        **count.as_figure,
        **{key: _over(rows, key) for key in _MEASURED},
        "style_people": rows,
    }


def _pairs(dialogues: Sequence[Dialogue]) -> Iterator[Pair]:
    """Yield people with two chats; without any, those of each chat with its end held out."""
    chats: dict[str, list[Dialogue]] = defaultdict(list)
    for dialogue in dialogues:
        for speaker in dialogue.speakers:
            chats[speaker].append(dialogue)
    several = {person: found for person, found in chats.items() if len(found) > 1}
    for person, found in several.items():
        yield Pair(person=person, built=found[0], tested=found[1])
    if not several:
        for dialogue in dialogues:
            cut = int(len(dialogue.turns) * _BUILT_SHARE)
            for person in dialogue.speakers:
                yield Pair(
                    person=person,
                    built=replace(dialogue, turns=dialogue.turns[:cut]),
                    tested=replace(dialogue, turns=dialogue.turns[cut:]),
                )


def _person(
    workshop: Workshop,
    pair: Pair,
    dialogues: Sequence[Dialogue],
    wanted: Wanted,
    count: Count,
) -> dict[str, Any]:
    memory = enrol(workshop, pair.built, pair.person)
    learn_facts(memory, [u.utterance_id for u in memory.all_utterances()])
    measure_profile(memory)
    chat = workshop.chat()
    fixed = seeded(chat, wanted.seed) if chat else None
    asker = Asker(Twin(memory, fixed), lambda: None)
    chosen = _moments(pair, wanted)
    hand = _hand(pair, dialogues)
    started = perf_counter()
    replies = count.each(lambda m: asker.ask(m.heard, visitor=m.speaker).reply, chosen)
    row: dict[str, Any] = {
        "person": pair.person,
        "built_from": pair.built.name,
        "tested_on": pair.tested.name,
        "seconds_a_reply": round((perf_counter() - started) / max(1, len(replies)), 2),
        **_figures(hand, replies, wanted.seed),
    }
    if wanted.stock and fixed is not None and not count.cut:
        said = count.each(lambda m: stock_reply(fixed, hand.owner, m.heard), chosen)
        row["stock"] = _figures(hand, said, wanted.seed)
    return row


def _figures(hand: Hand, turns: Sequence[str], seed: int) -> dict[str, dict[str, Any]]:
    replies = messages_of(turns)
    if not replies:
        return {key: {"value": None, "n": 0, "ceiling": None} for key in _MEASURED}
    figures = (
        gap_figure(hand, replies, seed),
        gap_figure(hand, replies, seed, limited=True),
        attribution_figures(hand, replies, seed)[0],
        tell_figure(hand, replies),
    )
    return {key: figure.brief for key, figure in zip(_MEASURED, figures, strict=True)}


def _moments(pair: Pair, wanted: Wanted) -> list[Moment]:
    talk = [_utterance(turn, number, pair.person) for number, turn in enumerate(pair.tested.turns)]
    every = list(moments(talk))
    Random(wanted.seed).shuffle(every)
    return every[: wanted.replies]


def _utterance(turn: NewUtterance, number: int, person: str) -> Utterance:
    return Utterance(
        utterance_id=number,
        source="",
        conversation_id=0,
        session=0,
        speaker=turn.speaker,
        own=turn.speaker == person,
        text=turn.text,
    )


def _hand(pair: Pair, dialogues: Sequence[Dialogue]) -> Hand:
    crowd: dict[str, list[str]] = defaultdict(list)
    for dialogue in dialogues:
        for turn in dialogue.turns:
            if turn.speaker != pair.person and is_writing(_utterance(turn, 0, "")):
                crowd[turn.speaker].append(turn.text)
    return Hand(
        owner=pair.person,
        kept=_own(pair.built, pair.person),
        held=_own(pair.tested, pair.person),
        crowd=crowd,
    )


def _own(dialogue: Dialogue, person: str) -> list[str]:
    return [
        turn.text
        for turn in dialogue.turns
        if turn.speaker == person and is_writing(_utterance(turn, 0, person))
    ]


def _over(rows: Sequence[dict[str, Any]], key: str) -> dict[str, Any]:
    """Return the mean of a figure over the people of whom it could be measured."""
    there = [row for row in rows if row[key]["value"] is not None]
    over: dict[str, Any] = {
        "value": _mean([row[key]["value"] for row in there]),
        "n": sum(row[key]["n"] for row in there),
        "people": len(there),
    }
    if key == "masked_attribution":
        own = [row for row in there if row[key]["ceiling"]]
        over["own"] = _mean([row[key]["ceiling"] for row in there])
        over["of_own"] = _mean([row[key]["value"] / row[key]["ceiling"] for row in own])
    stocks = [row["stock"][key]["value"] for row in there if "stock" in row]
    if stocks:
        over["stock"] = _mean([value for value in stocks if value is not None])
    return over


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 4) if len(values) else None
