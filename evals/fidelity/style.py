"""Style: are the twin's replies as near to the owner's messages as the owner is to themselves?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from evals.fidelity.attribution import AT_ONCE, MOST_PEOPLE, Attribution
from evals.fidelity.contexts import Moment, is_writing, moments
from evals.fidelity.features import Yardstick, drawn, features_of, picked
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import drawn_figure, means_again, wilson
from evals.fidelity.section import Bench, Findings, Section
from evals.fidelity.tells import burst_shape, length_shape, shape_distance, tells
from persona.stock import stock_reply

AT = 50
"""Messages in a set whose distance is measured."""
LEAST = 25
"""Replies below which a distance is noise."""
MOST_SPREADS = 3.0
"""What one habit counts at most in the limited distance."""
_DRAWS = 120
_STOCK = 12
"""Replies of a model that knows only the owner's name, where there is a model."""
_GAP_GATE = 0.45
_TOLD_APART = 0.08
"""By how much others must be further away than the owner, for a gap to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """The messages that a twin's hand is compared by."""

    owner: str
    kept: Sequence[str]
    """The owner's messages that the twin was built from."""
    held: Sequence[str]
    """The owner's messages it was not built from."""
    crowd: Mapping[str, Sequence[str]]
    """Other people's messages."""

    @property
    def people(self) -> dict[str, Sequence[str]]:
        """The people to be told apart, the owner first."""
        largest = sorted(self.crowd, key=lambda name: (-len(self.crowd[name]), name))
        others = {name: self.crowd[name] for name in largest[: MOST_PEOPLE - 1]}
        return {self.owner: self.kept, **others}


def hand_of(bench: Bench) -> Hand:
    """Return what a bench's twin is compared by."""
    kept = [u.text for u in bench.kept if u.own and not u.prompt and is_writing(u)]
    held = [u.text for u in bench.split.held if u.own and is_writing(u)]
    return Hand(owner=bench.memory.twin.owner, kept=kept, held=held, crowd=bench.crowd)


def style(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    every = list(moments(bench.split.held))
    Random(bench.seed).shuffle(every)
    chosen = every[: bench.sizes.replies]
    return Section(name="style", asks=len(chosen), run=lambda: _run(bench, chosen))


def _run(bench: Bench, chosen: Sequence[Moment]) -> Findings:
    hand = hand_of(bench)
    turns = [bench.asker.ask(moment.heard, visitor=moment.speaker).reply for moment in chosen]
    replies = messages_of(turns)
    if not replies or not hand.held or not hand.crowd:
        return Findings(figures=[])
    every = [a.reply for a in bench.asker.said() if a.answered]
    figures = [
        gap_figure(hand, replies, bench.seed),
        gap_figure(hand, replies, bench.seed, limited=True),
        *attribution_figures(hand, replies, bench.seed),
        *([tell_figure(hand, every, _stock_replies(bench, chosen))] if every else []),
        _length_figure(hand, replies),
        _burst_figure(chosen, turns),
    ]
    return Findings(
        figures=figures,
        cases=[_case(m, reply) for m, reply in zip(chosen, turns, strict=True)],
        shapes={
            "owner": length_shape(hand.held).tolist(),
            "twin": length_shape(replies).tolist(),
            "others": length_shape([t for m in hand.crowd.values() for t in m]).tolist(),
        },
    )


def _stock_replies(bench: Bench, chosen: Sequence[Moment]) -> list[str]:
    """Return what the chat model says to the first moments without any of the twin."""
    chat, owner = bench.asker.twin.chat, bench.memory.twin.owner
    if chat is None:
        return []
    said: list[str] = []
    for moment in chosen[:_STOCK]:
        bench.asker.check_stop()
        said.append(stock_reply(chat, owner, moment.heard))
    return said


def gap_figure(hand: Hand, replies: Sequence[str], seed: int, *, limited: bool = False) -> Figure:
    """Return how far the replies are from the owner: 0 as near as themself, 1 as a stranger.

    Few messages lie further from anybody than many do, so all sets compared have the same size.
    With `limited` no habit counts more than `MOST_SPREADS`: a single word that hardly anybody
    writes can make up half of the distance otherwise.
    """
    size = min(AT, len(replies))
    people = [hand.kept, hand.held, *hand.crowd.values()]
    stick = Yardstick(people, AT, seed, most=MOST_SPREADS if limited else math.inf)
    target = features_of(hand.held)
    chance = np.random.default_rng(seed)
    strangers = list(hand.crowd.values())

    def distance(messages: Sequence[str]) -> float:
        return stick.distance(features_of(picked(messages, size, chance)), target)

    near = float(np.mean([distance(hand.kept) for _ in range(_DRAWS)]))
    far = float(np.mean([distance(strangers[i % len(strangers)]) for i in range(_DRAWS)]))
    key = "style.gap_limited" if limited else "style.gap"
    gate = None if limited else _GAP_GATE
    if far - near < _TOLD_APART:
        return _untold(key, near, far, len(replies), gate)
    middle = float(np.mean([distance(replies) for _ in range(_DRAWS)]))
    again = np.array([distance(drawn(replies, len(replies), chance)) for _ in range(_DRAWS)])
    # A set drawn with putting back repeats itself, which takes it further away: only its spread
    # is of use.
    draws = (again - again.mean() + middle - near) / (far - near)
    few = f" Fewer than {LEAST} replies: noise." if len(replies) < LEAST else ""
    return drawn_figure(
        draws.tolist(),
        key=key,
        label=f"Style gap at {size} messages{', no habit above 3 spreads' if limited else ''}",
        n=len(replies),
        value=(middle - near) / (far - near),
        floor=1.0,
        floor_is=f"other people ({far:.2f} away)",
        ceiling=0.0,
        ceiling_is=f"the owner's other messages ({near:.2f} away)",
        anchor="Rewritten as an assistant would, the very words of 10 people come to 0.24",
        gate=gate,
        better="less",
        unit="number",
        headline=not limited,
        note=f"The replies are {middle:.2f} away from {len(hand.held)} held-out messages.{few}",
    )


def _untold(key: str, near: float, far: float, n: int, gate: float | None) -> Figure:
    """Return the figure for an owner who writes much like the other people there are."""
    return Figure(
        key=key,
        section="style",
        label="Style gap",
        value=None,
        n=n,
        floor=1.0,
        floor_is=f"other people ({far:.2f} away)",
        ceiling=0.0,
        ceiling_is=f"the owner's other messages ({near:.2f} away)",
        gate=gate,
        better="less",
        unit="number",
        note=f"Other people are {far:.2f} away and the owner's own messages {near:.2f}: too little "
        "apart to measure between. More people (`--people`) may help.",
    )


def attribution_figures(hand: Hand, replies: Sequence[str], seed: int) -> list[Figure]:
    """Return how often sets of replies are taken for the owner's, masked first."""
    figures: list[Figure] = []
    people = hand.people
    for masks, key, label in (
        (True, "style.masked_attribution", "Taken for the owner, content masked"),
        (False, "style.attribution", "Taken for the owner, as written"),
    ):
        known = Attribution(people, masks=masks, seed=seed)
        own = known.share(hand.held, hand.owner, draws=0).value
        value, draws = known.share(replies, hand.owner)
        figures.append(
            drawn_figure(
                draws,
                key=key,
                label=f"{label}, {AT_ONCE} replies",
                n=len(replies),
                value=value,
                floor=round(1 / len(people), 4),
                floor_is=f"chance among {len(people)} people",
                ceiling=round(own, 4),
                ceiling_is="the owner's held-out messages",
                gate=round(0.7 * own, 4) if masks else None,
                headline=masks,
                anchor="20 real messages among 10 people: 0.82 masked, 0.75 as written (REALTALK)",
                note="" if masks else "Leaks topic; the masked figure is the one to look at.",
            )
        )
    return figures


def tell_figure(hand: Hand, replies: Sequence[str], stock: Sequence[str] = ()) -> Figure:
    """Return how many more replies show a sign of an assistant than the owner's messages do.

    Args:
        hand: the messages to compare by.
        replies: the twin's.
        stock: those of a model that knows only the owner's name, for the floor.
    """
    long = float(np.percentile([len(text.split()) for text in hand.kept], 95))
    own = 100 * float(np.mean([tells(text, long) for text in hand.held]))
    shown = [tells(text, long) for text in replies]
    low, high = wilson(sum(shown), len(shown))
    generic = 100 * float(np.mean([tells(text, long) for text in stock])) - own if stock else None
    figure = drawn_figure(
        (100 * means_again(shown) - own).tolist(),
        key="style.tells",
        label="Tell-tale signs of an assistant, over the owner's own",
        n=len(shown),
        value=100 * _mean(shown) - own,
        better="less",
        unit="points",
        gate=1.0,
        headline=True,
        floor=None if generic is None else round(generic, 4),
        floor_is=f"{len(stock)} replies of a model that knows only the name" if stock else "",
        ceiling=0.0,
        ceiling_is="as many as the owner",
        note=f"{own:.1f} % of the owner's held-out messages show one by themselves. Replies that "
        "rest on fixed words are left out.",
    )
    return figure.model_copy(
        update={"low": round(100 * low - own, 4), "high": round(100 * high - own, 4)}
    )


def _length_figure(hand: Hand, replies: Sequence[str]) -> Figure:
    chance = np.random.default_rng(0)
    own = length_shape(hand.held)
    self_ = _mean([shape_distance(length_shape(drawn(hand.kept, len(replies), chance)), own)
                   for _ in range(_DRAWS)])  # fmt: skip
    others = [text for messages in hand.crowd.values() for text in messages]
    draws = [
        shape_distance(length_shape(drawn(replies, len(replies), chance)), own)
        for _ in range(_DRAWS)
    ]
    return drawn_figure(
        draws,
        key="style.length",
        label="Lengths of messages, Jensen-Shannon distance",
        n=len(replies),
        value=shape_distance(length_shape(replies), own),
        floor=round(shape_distance(length_shape(others), own), 4),
        floor_is="other people",
        ceiling=round(self_, 4),
        ceiling_is="as many of the owner's other messages",
        gate=round(2 * self_, 4),
        better="less",
        unit="number",
    )


def messages_of(turns: Sequence[str]) -> list[str]:
    """Return the messages of some replies: a line is one, as the twin sends several in a row."""
    return [line for reply in turns for line in reply.splitlines() if line.strip()]


def _burst_figure(chosen: Sequence[Moment], turns: Sequence[str]) -> Figure:
    own = [len(moment.wrote) for moment in chosen]
    twins = [len(messages_of([reply])) for reply in turns]
    halves = shape_distance(burst_shape(own[::2]), burst_shape(own[1::2])) if own[1:] else 0.0
    chance = np.random.default_rng(0)
    picks = [chance.integers(len(own), size=len(own)) for _ in range(_DRAWS)]
    draws = [
        shape_distance(burst_shape(np.array(twins)[at].tolist()),
                       burst_shape(np.array(own)[at].tolist()))
        for at in picks
    ]  # fmt: skip
    return drawn_figure(
        draws,
        key="style.bursts",
        label="Messages in a row, Jensen-Shannon distance",
        n=len(own),
        value=shape_distance(burst_shape(twins), burst_shape(own)),
        floor=round(shape_distance(burst_shape([1] * len(own)), burst_shape(own)), 4),
        floor_is="always one",
        ceiling=round(halves, 4),
        ceiling_is="two halves of the owner's turns",
        gate=round(2 * halves, 4),
        better="less",
        unit="number",
        note=f"The owner sends {_mean(own):.1f} in a row, the twin {_mean(twins):.1f}.",
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _case(moment: Moment, reply: str) -> Case:
    return Case(
        key=case_key("style", moment.heard),
        section="style",
        kind="reply",
        asked=moment.heard,
        wanted=" / ".join(moment.wrote),
        got=reply,
        score=_likeness(reply, moment.wrote),
        evidence=(moment.utterance_id,),
    )


def _likeness(reply: str, wrote: Sequence[str]) -> float:
    """Return how near a reply's form comes to the real one: length, first letter, last mark."""
    real = wrote[0]
    longer = max(len(reply.split()), len(real.split()), 1)
    same = min(len(reply.split()), len(real.split())) / longer
    opening = reply[:1].islower() == real[:1].islower()
    closing = reply[-1:].isalnum() == real[-1:].isalnum()
    return round((same + opening + closing) / 3, 3)
