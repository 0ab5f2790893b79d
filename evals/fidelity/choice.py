"""Choice: the owner's real next message among other people's, as the twin itself ranks them."""

from collections.abc import Sequence
from random import Random

from evals.fidelity.contexts import Moment, is_writing, moments, sittings_of
from evals.fidelity.figure import Case, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.section import Bench, Findings, Section
from persona.ranking import rank_replies
from persona.style.message import words_of

AMONG = 10
_LEAST_WORDS = 2


def choice(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    return Section(name="choice", asks=0, run=lambda: _run(bench))


def _run(bench: Bench) -> Findings:
    others = [u.text for u in bench.split.held if not u.own and _is_fit(u.text) and is_writing(u)]
    chosen = [m for m in moments(bench.split.held) if _is_fit(m.wrote[0])]
    chance = Random(bench.seed)
    chance.shuffle(chosen)
    if len(set(others)) < AMONG:
        return Findings(figures=[])
    cases = [_rank(bench, moment, others, chance) for moment in chosen[: bench.sizes.choices]]
    first = {case.key: float(case.score == 1) for case, _ in cases}
    ranks = {case.key: 1 / rank for case, rank in cases}
    sat = sittings_of(bench.split.held)
    sittings = {case.key: sat[case.evidence[0]] for case, _ in cases}
    return Findings(
        figures=[
            mean_figure(
                first,
                sittings=sittings,
                key="choice.first",
                label=f"Real next message put first of {AMONG}",
                floor=1 / AMONG,
                floor_is="chance",
                ceiling=1.0,
                ceiling_is="always",
                headline=True,
                anchor="One of four: 35 % (GPT-4o mini) to 50 % (Claude Sonnet 4) against 25 % by "
                "chance (TwinVoice, social posts)",
            ),
            mean_figure(
                ranks,
                sittings=sittings,
                key="choice.rank",
                label="Mean reciprocal rank of it",
                floor=round(sum(1 / r for r in range(1, AMONG + 1)) / AMONG, 4),
                floor_is="chance",
                ceiling=1.0,
                ceiling_is="always first",
                unit="number",
            ),
        ],
        cases=[case for case, _ in cases],
    )


def _is_fit(text: str) -> bool:
    return len(words_of(text)) >= _LEAST_WORDS


def _rank(bench: Bench, moment: Moment, others: Sequence[str], chance: Random) -> tuple[Case, int]:
    bench.asker.check_stop()
    real = moment.wrote[0]
    pool = sorted({text for text in others if text not in (real, moment.heard)})
    candidates = [real, *chance.sample(pool, AMONG - 1)]
    style = bench.asker.twin.profile.style
    assert style is not None, "the copy was measured when it was built"
    scores = rank_replies(candidates, moment.heard, bench.memory, style)
    rank = 1 + int((scores > scores[0]).sum())
    case = Case(
        key=case_key("choice", moment.heard, real),
        section="choice",
        kind=f"rank {rank} of {AMONG}",
        asked=moment.heard,
        wanted=real,
        got=candidates[int(scores.argmax())],
        score=round(1 - (rank - 1) / (AMONG - 1), 4),
        evidence=(moment.utterance_id,),
    )
    return case, rank
