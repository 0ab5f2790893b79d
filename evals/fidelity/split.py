"""Which part of a memory is held out of the copy that is measured: by conversation and by time."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from evals.errors import EvalProblem
from evals.fidelity.figure import Held
from memory.model import Utterance
from memory.sources import TALK

LEAST = 80
"""The owner's messages below which nothing can be held out."""
_CONVERSATION_SHARE = (0.04, 0.34)
"""A conversation with this share of the owner's messages may be left out whole."""
_BEST_SHARE = 0.15
_TIME_SHARE = 0.12
_LONG_ENOUGH = 40
"""The owner's messages from which a conversation's end is left out."""
_INTERVIEW_EACH = 5
_WORDS_OF_A_DOUBLE = 4
_RUN = 3
_RUNS_OF_A_DOUBLE, _NEARLY = 4, 0.8
"""Runs of three words from which a text may be nearly a double, and the share found in another."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A memory in two parts."""

    kept: tuple[Utterance, ...]
    """What the copy is built from, in the order it was said in each conversation."""
    held: tuple[Utterance, ...]
    """What it never sees, the owner's words and the others'."""
    answers: tuple[Utterance, ...]
    """The owner's answers to held-out questions of the interview."""
    account: Held


def hold_out(utterances: Sequence[Utterance], *, seed: int) -> Split:
    """Return a memory in what a copy may know and what it is measured on.

    What the owner taught the twin itself is never held out: it is there to be known.

    Args:
        utterances: everything, in the order it was said in each conversation.
        seed: which questions of the interview are held out.

    Raises:
        EvalProblem: there is too little.
    """
    own = sum(u.own for u in utterances)
    if own < LEAST:
        raise EvalProblem(
            f"{own} messages of the owner are too few to hold any out",
            f"import more; about {LEAST} are the least, some hundreds are good",
        )
    asked = _held_answers(utterances, seed)
    talks: dict[int, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        if not utterance.prompt and utterance.source != TALK:
            talks[utterance.conversation_id].append(utterance)
    whole = _conversation_to_leave_out(talks, own)
    ends = {
        conversation: end
        for conversation, talk in talks.items()
        if conversation != whole and (end := _newest_sittings(talk))
    }
    gone = {u.utterance_id for end in ends.values() for u in end} | asked
    gone |= {u.utterance_id for u in talks[whole]} if whole is not None else set()
    kept = tuple(u for u in utterances if u.utterance_id not in gone)
    held, doubles = _without_doubles(
        [u for u in utterances if u.utterance_id in gone and u.utterance_id not in asked], kept
    )
    return Split(
        kept=kept,
        held=tuple(held),
        answers=tuple(u for u in utterances if u.utterance_id in asked),
        account=Held(
            built_from=sum(u.own for u in kept),
            by_conversation=sum(u.own for u in talks[whole]) if whole is not None else 0,
            conversations=(_name_of(talks[whole]),) if whole is not None else (),
            by_time=sum(u.own for end in ends.values() for u in end),
            since=tuple(_since(end) for end in ends.values()),
            interview=len(asked),
            doubles=doubles,
            taught=sum(u.own and u.source == TALK for u in kept),
            digest=_digest(kept),
        ),
    )


def _held_answers(utterances: Sequence[Utterance], seed: int) -> set[int]:
    """Return the answers to every fifth question of the interview, whichever came first."""
    taught = {u.prompt for u in utterances if u.source == TALK}
    prompts = {u.prompt for u in utterances if u.prompt and u.own} - taught
    mixed = sorted(prompts, key=lambda prompt: (crc32(f"{seed} {prompt}".encode()), prompt))
    chosen = set(mixed[: round(len(mixed) / _INTERVIEW_EACH)])
    return {u.utterance_id for u in utterances if u.prompt in chosen and u.own}


def _conversation_to_leave_out(talks: dict[int, list[Utterance]], own: int) -> int | None:
    """Return the conversation whose size suits best; none where all is one conversation."""
    shares = {c: sum(u.own for u in talk) / own for c, talk in talks.items()}
    least, most = _CONVERSATION_SHARE
    fit = {c: share for c, share in shares.items() if least <= share <= most}
    if not fit and len(talks) == 2:
        fit = {min(shares, key=lambda c: shares[c]): 0.0}
    return min(fit, key=lambda c: (abs(fit[c] - _BEST_SHARE), c)) if fit else None


def _newest_sittings(talk: Sequence[Utterance]) -> list[Utterance]:
    """Return the last sittings of a conversation that make up a share of the owner's messages."""
    own = sum(u.own for u in talk)
    if own < _LONG_ENOUGH:
        return []
    wanted, taken, at = own * _TIME_SHARE, 0, len(talk)
    while at and (taken < wanted or talk[at - 1].session == talk[at].session):
        at -= 1
        taken += talk[at].own
    return list(talk[at:]) if at else []


def _without_doubles(
    held: Sequence[Utterance], kept: Sequence[Utterance]
) -> tuple[list[Utterance], int]:
    """Leave aside what stands word for word, or all but so, in what the copy knows."""
    known = {_plain(u.text) for u in kept}
    near = _nearly_in([u.text for u in held], [u.text for u in kept])
    fresh = [
        u
        for at, u in enumerate(held)
        if at not in near and not (_is_long(u.text) and _plain(u.text) in known)
    ]
    return fresh, len(held) - len(fresh)


def _nearly_in(held: Sequence[str], kept: Sequence[str]) -> set[int]:
    """Return which held texts have nearly all runs of words in one and the same kept text."""
    runs = [_runs(text) for text in held]
    having: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(runs):
        if len(own) >= _RUNS_OF_A_DOUBLE:
            for run in own:
                having[run].append(at)
    near: set[int] = set()
    for text in kept:
        shared = Counter(at for run in _runs(text) for at in having.get(run, ()))
        near |= {at for at, count in shared.items() if count >= _NEARLY * len(runs[at])}
    return near


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _is_long(text: str) -> bool:
    return len(text.split()) >= _WORDS_OF_A_DOUBLE


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _name_of(talk: Sequence[Utterance]) -> str:
    others = sorted({u.speaker for u in talk if not u.own})
    return f"{talk[0].source}, with {', '.join(others[:3]) or 'nobody'}"


def _since(end: Sequence[Utterance]) -> str:
    first = next((u.said_at for u in end if u.said_at), None)
    return f"{_name_of(end)}: from {first:%Y-%m-%d}" if first else _name_of(end)


def _digest(kept: Sequence[Utterance]) -> str:
    digest = blake2b(digest_size=8)
    for utterance in kept:
        digest.update(f"{utterance.said_at}\x1f{utterance.text}\x1e".encode("utf-8", "replace"))
    return digest.hexdigest()
