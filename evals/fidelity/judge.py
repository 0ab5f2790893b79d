"""A model's opinion, marked as such: are the twin's replies taken for the owner's?

Beside it stand how well the judge tells the owner from other people, without which the first
means nothing, and how often it agrees with the classifier of masked attribution.
"""

from collections.abc import Sequence
from random import Random

from evals.fidelity.attribution import Attribution
from evals.fidelity.contexts import Moment, moments
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.section import Bench, Findings, Section
from evals.fidelity.style import hand_of
from persona.judging import Judge

_SHOWN = 10
_OPINION = "The opinion of a model, not a measurement."
_POWER = 0.7


def judge(bench: Bench) -> Section:
    """Return the section, ready to be measured; empty where no judge is set."""
    chosen = list(moments(bench.split.held))
    Random(bench.seed).shuffle(chosen)
    judged = chosen[: bench.sizes.judged] if bench.judge else []
    return Section(name="judge", asks=len(judged), run=lambda: _run(bench, judged))


def _run(bench: Bench, chosen: Sequence[Moment]) -> Findings:
    hand = hand_of(bench)
    strangers = [text for texts in hand.crowd.values() for text in texts]
    if bench.judge is None or not chosen or not strangers:
        return Findings(figures=[])
    chance = Random(bench.seed)
    known = Attribution(hand.people, masks=True, seed=bench.seed)
    fooled: dict[str, float] = {}
    told: dict[str, float] = {}
    agreed: dict[str, float] = {}
    cases: list[Case] = []
    for moment in chosen:
        seen = chance.sample(list(hand.kept), min(_SHOWN, len(hand.kept)))
        key = case_key("judge", moment.heard, moment.wrote[0])
        reply, real = bench.asker.ask(moment.heard, visitor=moment.speaker).reply, moment.wrote[0]
        fooled[key] = bench.judge.picks(seen, moment.heard, reply, real)
        other = chance.choice(strangers)
        told[key] = bench.judge.picks(seen, moment.heard, real, other)
        agreed[key] = _agrees(known, hand.owner, reply, fooled[key])
        cases.append(_case(key, moment, reply, fooled[key]))
    return Findings(figures=_figures(bench.judge, fooled, told, agreed), cases=cases)


def _agrees(known: Attribution, owner: str, reply: str, picked: float) -> float:
    """Return whether judge and classifier both take a reply for the owner's, or both don't."""
    return float((known.named([[reply]])[0] == owner) == (picked > 0.5))


def _figures(
    judge: Judge, fooled: dict[str, float], told: dict[str, float], agreed: dict[str, float]
) -> list[Figure]:
    power = sum(told.values()) / len(told)
    void = "" if power >= _POWER else f" Void: the judge tells people apart in {power:.0%} only."
    return [
        mean_figure(
            fooled,
            key="judge.fooled",
            label=f"Taken for the owner rather than the owner's own reply, by {judge.name}",
            floor=0.0,
            floor_is="never",
            ceiling=0.5,
            ceiling_is="can't be told apart",
            anchor="People who know the target: 0.44 fooled at best, 0.25 by prompting alone "
            "(IMPersona)",
            note=_OPINION + void,
        ),
        mean_figure(
            told,
            key="judge.power",
            label="The owner told from other people by this judge",
            floor=0.5,
            floor_is="chance",
            gate=_POWER,
            note=_OPINION,
        ),
        mean_figure(
            agreed,
            key="judge.agreement",
            label="Agreement of judge and classifier on single replies",
            note=_OPINION,
        ),
    ]


def _case(key: str, moment: Moment, reply: str, picked: float) -> Case:
    return Case(
        key=key,
        section="judge",
        kind="not taken for the owner" if picked < 1 else "taken for the owner",
        asked=moment.heard,
        wanted=" / ".join(moment.wrote),
        got=reply,
        score=picked,
        evidence=(moment.utterance_id,),
    )
