"""Finding again: a question in, the utterances that bear on it out, best first.

Dense and BM25 scores are fused half and half after min-max scaling. A score then lifts its
neighbours in the same sitting, the more so an utterance that follows a question, and its whole
sitting; the subject's own words and the time asked about get a little more. All weights are few,
round and insensitive; docs/figures.md has the measurements.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from memory.aboutness import Ranked, aboutness
from memory.index import Candidates, Ranking
from memory.lexical import query_terms
from memory.model import Hit, Signals, Utterance
from memory.timeline import Timeline, indexed_text

CANDIDATES = 300
"""How many utterances each of the two measures proposes."""
LEXICAL_WEIGHT = 0.5
NEIGHBOUR = 0.25
"""Share of its score an utterance gives to those directly before and after it."""
ANSWER = 0.3
"""What an utterance gets on top from a question directly before it."""
SECOND_NEIGHBOUR = 0.1
SESSION = 0.3
"""Share of the best score of its sitting that every utterance gets."""
SUBJECT = 0.1
"""Lift for the words of the person that the question is about."""
PERIOD = 0.15
"""Lift for words of the time that the question names."""
WEIGHED = 40
"""How many of the best utterances are read to measure how well memory covers the question."""

Scores = NDArray[np.float64]
Period = tuple[datetime, datetime]


class Scored(NamedTuple):
    """Scores along the timeline, before and after lifting; shape [n]."""

    fused: Scores
    lifted: Scores
    order: NDArray[np.int64]
    """Positions worth returning, best first."""


def score(
    timeline: Timeline, candidates: Candidates, *, subject: int, period: Period | None
) -> Scored:
    """Score every utterance of the timeline for a question about the speaker `subject`."""
    dense = _spread(timeline, candidates.dense, floor=None)
    lexical = _spread(timeline, candidates.lexical, floor=0.0)
    fused = (1 - LEXICAL_WEIGHT) * dense + LEXICAL_WEIGHT * lexical
    lifted = _lift(timeline, fused)
    reached = np.flatnonzero(lifted)
    lifted[reached] += SUBJECT * (timeline.speakers[reached] == subject)
    if period is not None:
        lifted[reached] += PERIOD * _within(timeline.said_at[reached], period)
    order = reached[np.argsort(-lifted[reached], kind="stable")]
    return Scored(fused, lifted, order)


def _spread(timeline: Timeline, ranking: Ranking, *, floor: float | None) -> Scores:
    scaled = np.zeros(len(timeline.ids))
    at = timeline.positions(ranking.ids)
    known = at >= 0
    if not known.any():
        return scaled
    scores = ranking.scores[known].astype(np.float64)
    low = scores.min() if floor is None else floor
    span = scores.max() - low
    scaled[at[known]] = (scores - low) / span if span > 0 else 1.0
    return scaled


def _lift(timeline: Timeline, fused: Scores) -> Scores:
    sessions = timeline.sessions
    lifted = fused.copy()
    beside = sessions[1:] == sessions[:-1]
    from_before = NEIGHBOUR + ANSWER * timeline.asks[:-1]
    lifted[1:] += from_before * fused[:-1] * beside
    lifted[:-1] += NEIGHBOUR * fused[1:] * beside
    near = sessions[2:] == sessions[:-2]
    lifted[2:] += SECOND_NEIGHBOUR * fused[:-2] * near
    lifted[:-2] += SECOND_NEIGHBOUR * fused[2:] * near
    best = np.zeros(int(sessions.max(initial=-1)) + 1)
    np.maximum.at(best, sessions, lifted)
    return lifted + SESSION * best[sessions]


def _within(said_at: Scores, period: Period) -> NDArray[np.bool_]:
    start, end = (moment.timestamp() for moment in period)
    return (said_at >= start) & (said_at <= end)


def name_owner(question: str, owner: str) -> str:
    """Return the question with its owner named where it says you, as the index names them.

    >>> name_owner("Where did you leave your keys?", "Ada Byron")
    "Where did Ada leave Ada's keys?"
    """
    first = owner.split()[0] if owner.split() else owner
    named = re.sub(r"\b[Yy]ours?\b|\bur\b", f"{first}'s", question)
    return re.sub(r"\b[Yy]ou(?:rself)?\b|\bu\b", first, named)


def subject_of(question: str, names: Sequence[str]) -> int:
    """Return which speaker the question is about: the first one it names, else the owner (0)."""
    words = question.casefold()
    places = {
        code: place
        for code, name in enumerate(names)
        if name and (place := _place_of(name, words)) is not None
    }
    return min(places, key=lambda code: places[code]) if places else 0


def _place_of(name: str, words: str) -> int | None:
    whole = name.casefold().strip("~ ")
    first = whole.split()[0] if whole.split() else whole
    found = re.search(rf"\b{re.escape(whole)}\b|\b{re.escape(first)}\b", words)
    return found.start() if found and len(first) > 1 else None


_TOKEN = re.compile(
    r"['’](?:s|t|re|ve|m|ll|d)\b|\d|[a-z]{1,8}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{1,2}|"
    r"[^\W\da-z]|[^\w\s]{1,3}",
    re.IGNORECASE,
)


def count_tokens(text: str) -> int:
    """Estimate the tokens of a text; docs/figures.md has how far off it is."""
    return len(_TOKEN.findall(text))


_DAY_LINE = 9
"""Tokens for the line that names a day: `15 July 2023:`."""


_COST = 0.25
"""What a text loses in the choice for a budget when it is about three times as long."""


def pack(hits: Sequence[Hit], budget: int, *, owner: str) -> tuple[Utterance, ...]:
    """Keep the hits that tell most for their tokens and fit `budget`; in the order of time."""
    chosen: list[Utterance] = []
    sittings: set[int] = set()
    used = 0
    tokens = [count_tokens(indexed_text(hit.utterance, owner)) + 1 for hit in hits]
    costly = zip(hits, tokens, strict=True)
    for hit, length in sorted(costly, key=lambda one: _COST * log(one[1]) - one[0].score):
        utterance = hit.utterance
        cost = length + (0 if utterance.session in sittings else _DAY_LINE)
        if used + cost <= budget:
            chosen.append(utterance)
            sittings.add(utterance.session)
            used += cost
    return tuple(sorted(chosen, key=_when))


def _when(utterance: Utterance) -> tuple[float, int]:
    return (utterance.said_at.timestamp() if utterance.said_at else 0.0, utterance.utterance_id)


def worth_weighing(timeline: Timeline, scored: Scored, *, subject: int) -> NDArray[np.int64]:
    """Return the best positions of the subject's own words and of everybody else's."""
    own = timeline.speakers == subject
    sides = (_best(scored.fused, scored.order, mask)[:WEIGHED] for mask in (own, ~own))
    return np.concatenate(list(sides))


def measure(
    question: str,
    timeline: Timeline,
    candidates: Candidates,
    scored: Scored,
    *,
    terms: "TermWeights",
    subject: int,
    weighed: NDArray[np.int64],
    ranked: Sequence[Ranked],
) -> Signals:
    """Measure how well memory covers the question, for and against its subject.

    Args:
        question: the question.
        timeline: the timeline.
        candidates: what the index proposed.
        scored: their scores.
        terms: the question's terms.
        subject: code of the speaker that the question is about.
        weighed: the positions worth weighing.
        ranked: the hits, best first.
    """
    own = timeline.speakers == subject
    alone, window = _coverage(terms, timeline, weighed)
    mine = own[weighed]
    cosine = _peaks(timeline, candidates.dense, own)
    bm25 = _peaks(timeline, candidates.lexical, own)
    top = scored.order
    lifted = scored.lifted[top]
    return Signals(
        own_cosine=cosine[0],
        other_cosine=cosine[1],
        own_coverage=_peak(alone[mine]),
        other_coverage=_peak(alone[~mine]),
        own_window_coverage=_peak(window[mine]),
        own_bm25=bm25[0] / terms.reachable,
        other_bm25=bm25[1] / terms.reachable,
        own_lifted=_peak(lifted[own[top]]),
        other_lifted=_peak(lifted[~own[top]]),
        **aboutness(ranked, terms.of)._asdict(),
        unknown_terms=terms.unknown,
        named_others=_names_others(question, timeline.names, subject),
        size=float(np.log10(len(timeline.ids) + 1)),
    )


class TermWeights:
    """The question's terms, names of speakers left out, and how much each tells."""

    def __init__(self, question: str, timeline: Timeline) -> None:
        named = {t for name in timeline.names for t in query_terms(name).indices}
        terms = [t for t in query_terms(question).indices if t not in named]
        self.of = {t: timeline.lexicon.rarity(t) for t in terms}
        self.total = sum(self.of.values()) or 1.0
        self.reachable = 2.2 * self.total
        missing = [t for t in terms if not timeline.lexicon.knows(t)]
        self.unknown = len(missing) / len(terms) if terms else 0.0


def _coverage(
    terms: TermWeights, timeline: Timeline, at: NDArray[np.int64]
) -> tuple[Scores, Scores]:
    """Return the share of the question's information at each place, alone and with neighbours.

    Neighbours count where they are among the places themselves.
    """
    held = np.zeros((len(at), len(terms.of)), np.bool_)
    for column, term in enumerate(terms.of):
        held[:, column] = _stand_in(at, timeline.lexicon.places(term))
    window = held.copy()
    for step in (-1, 1):
        beside, there = _find(at + step, at)
        same = there & (timeline.sessions[at[beside]] == timeline.sessions[at])
        window |= held[beside] & same[:, None]
    worth = np.array(list(terms.of.values())) / terms.total
    return held @ worth, window @ worth


def _stand_in(at: NDArray[np.int64], places: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Say which of `at` are among `places`, which are in order."""
    if not len(places):
        return np.zeros(len(at), np.bool_)
    return places[np.minimum(np.searchsorted(places, at), len(places) - 1)] == at


def _find(
    wanted: NDArray[np.int64], at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where in `at`, in no order, each wanted place stands, and whether it does."""
    order = np.argsort(at)
    found = order[np.minimum(np.searchsorted(at, wanted, sorter=order), len(at) - 1)]
    return found, at[found] == wanted


def _best(fused: Scores, top: NDArray[np.int64], mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    chosen = top[mask[top]]
    return chosen[np.argsort(-fused[chosen], kind="stable")]


def _peaks(timeline: Timeline, ranking: Ranking, own: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the best score among the subject's own words and among everybody else's."""
    at = timeline.positions(ranking.ids)
    known = at >= 0
    scores, mine = ranking.scores[known].astype(np.float64), own[at[known]]
    return _peak(scores[mine]), _peak(scores[~mine])


def _peak(values: Scores) -> float:
    return float(values.max(initial=0.0))


def _names_others(question: str, names: Sequence[str], subject: int) -> bool:
    words = question.casefold()
    others = (name for code, name in enumerate(names) if name and code != subject)
    return any(_place_of(name, words) is not None for name in others)
