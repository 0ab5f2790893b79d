"""Interview: answers to held-out questions, predicted and held against what the owner said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.fidelity.asking import Answer
from evals.fidelity.figure import Case, Figure, case_key
from evals.fidelity.interval import mean_figure
from evals.fidelity.section import Bench, Findings, Section
from memory.model import Utterance

AMONG = 4
_ONCE = (
    " No held-out question was answered twice, so it is not normalised by the owner's own "
    "consistency: going through the interview again after some weeks gives that."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A held-out question with the owner's answer to it."""

    prompt: str
    answer: str
    again: str | None
    """What the owner answered another time."""
    utterance_id: int


def interview(bench: Bench) -> Section:
    """Return the section, ready to be measured."""
    asked = asked_questions(bench.split.answers)
    chosen = asked[: bench.sizes.interview]
    return Section(name="interview", asks=len(chosen), run=lambda: _run(bench, chosen, asked))


def asked_questions(answers: Sequence[Utterance]) -> list[Asked]:
    """Return the held-out questions; where one was answered twice, both answers."""
    texts: dict[str, dict[int, list[Utterance]]] = defaultdict(lambda: defaultdict(list))
    for utterance in answers:
        texts[utterance.prompt or ""][utterance.conversation_id].append(utterance)
    found: list[Asked] = []
    for prompt, times in texts.items():
        said = ["\n".join(u.text for u in parts) for parts in times.values()]
        found.append(
            Asked(
                prompt=prompt,
                answer=said[0],
                again=said[1] if len(said) > 1 else None,
                utterance_id=next(iter(times.values()))[0].utterance_id,
            )
        )
    return found


def _run(bench: Bench, chosen: Sequence[Asked], every: Sequence[Asked]) -> Findings:
    if len(every) < 2:
        return Findings(figures=[])
    replies = {one.prompt: bench.asker.ask(one.prompt) for one in chosen}
    known = {one.prompt: _vector(bench, one.answer) for one in every}
    near = {
        one.prompt: {p: _likeness(_vector(bench, replies[one.prompt].reply), v)
                     for p, v in known.items()}
        for one in chosen
    }  # fmt: skip
    items = {case_key("interview", p): likes[p] for p, likes in near.items()}
    strange = [float(np.mean([v for q, v in likes.items() if q != p])) for p, likes in near.items()]
    own = [_likeness(known[one.prompt], _vector(bench, one.again)) for one in every if one.again]
    figures = [
        mean_figure(
            items,
            key="interview.likeness",
            label="Likeness to the owner's own answer",
            unit="number",
            floor=round(float(np.mean(strange)), 4),
            floor_is="to their answers to other questions",
            ceiling=round(float(np.mean(own)), 4) if own else 1.0,
            ceiling_is="between the owner's two answers" if own else "word for word",
            anchor="Twins from a two-hour interview: 0.83 of people's agreement with themselves "
            "(Park et al., 2024), on other questions and another scale",
            note="Cosine of the embedded encoder." + ("" if own else _ONCE),
        ),
        _picked(near),
    ]
    if own:
        figures.append(_normalised(near, strange, float(np.mean(own))))
    return Findings(
        figures=figures, cases=[_case(one, replies[one.prompt], near) for one in chosen]
    )


def _picked(near: Mapping[str, Mapping[str, float]]) -> Figure:
    """Return how often the right answer is the nearest of some, averaged over which others."""
    items = {
        case_key("interview", p): float(
            np.mean([likes[p] > v for q, v in likes.items() if q != p]) ** (AMONG - 1)
        )
        for p, likes in near.items()
    }
    return mean_figure(
        items,
        key="interview.picked",
        label=f"The owner's answer is the nearest of {AMONG}",
        floor=1 / AMONG,
        floor_is="chance",
        ceiling=1.0,
        ceiling_is="always",
        headline=True,
    )


def _normalised(
    near: Mapping[str, Mapping[str, float]], strange: Sequence[float], own: float
) -> Figure:
    items = {
        case_key("interview", p): (likes[p] - other) / max(own - other, 1e-6)
        for (p, likes), other in zip(near.items(), strange, strict=True)
    }
    return mean_figure(
        items,
        key="interview.normalised",
        label="Likeness over the owner's own consistency",
        unit="number",
        floor=0.0,
        floor_is="any of their answers",
        ceiling=1.0,
        ceiling_is="as consistent as they are",
        gate=0.8,
    )


def _vector(bench: Bench, text: str) -> NDArray[np.float32]:
    return bench.memory.embed_query(text).ravel()


def _likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    return float(first @ second)


def _case(asked: Asked, answer: Answer, near: Mapping[str, Mapping[str, float]]) -> Case:
    return Case(
        key=case_key("interview", asked.prompt),
        section="interview",
        kind="held-out question",
        asked=asked.prompt,
        wanted=asked.answer[:400],
        got=answer.reply,
        outcome=answer.outcome,
        score=round(min(0.99, max(0.0, near[asked.prompt][asked.prompt])), 4),
        evidence=(asked.utterance_id,),
    )
