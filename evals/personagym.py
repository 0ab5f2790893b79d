"""PersonaGym's questions as prompts: does a twin stay its owner where nobody can know the answer?

PersonaGym (Samuel et al., EMNLP Findings 2025) gives a model one line about an invented persona
and lets other models mark its answers from 1 to 5. A twin has memories of a person instead and
has to admit what it never heard of, so its questions serve as prompts, and what can be counted is
counted: outcome, tell-tale signs, inventions, manner, and whether it says the same again.
"""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from evals.bench import mean
from evals.cut_off import Count, ends_early
from evals.errors import EvalProblem
from evals.fidelity.asking import Answer, Asker
from evals.fidelity.consistency import OTHER_TALK, alike
from evals.fidelity.contexts import is_writing
from evals.fidelity.crowd import crowd_of
from evals.fidelity.grounding import invented
from evals.fidelity.style import Hand, attribution_figures, gap_figure, messages_of
from evals.fidelity.tells import tells
from evals.recall_run import Progress
from memory.model import OWNER
from memory.store import Memory
from persona.chat_model import ChatModel, seeded
from persona.judging import Rater
from persona.stock import stock_reply
from persona.style.message import words_of
from persona.twin import Twin

PUBLISHED = {
    "Claude 3.5 Sonnet": 4.51,
    "Llama 3 8B": 4.49,
    "GPT-3.5": 4.38,
    "Claude 3 Haiku": 3.64,
}
"""Mean marks from 1 to 5, given by models, for role-play after one line; not our task."""
_DESCRIBED_BY = 12
"""Facts that tell a judge who the person is."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of PersonaGym."""

    task: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How much is measured."""

    each: int
    """Prompts of each task."""
    stock: bool
    """Whether a model that knows only the name is asked the same."""
    seed: int = 1


def load_prompts(folder: Path) -> dict[str, list[str]]:
    """Return the questions by task, as they lie in PersonaGym's `questions` folder.

    Raises:
        EvalProblem: there are none.
    """
    tasks: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*.json")):
        try:
            content: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
            for task, questions in content.items():
                tasks.setdefault(task, []).extend(map(str, questions))
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise EvalProblem(f"{file} holds no questions of PersonaGym") from error
    if not tasks:
        raise EvalProblem(f"{folder} holds no questions of PersonaGym", "name its folder")
    return tasks


def load_rubrics(folder: Path) -> dict[str, str]:
    """Return the marking forms by task, where the folder has them."""
    return {file.stem: file.read_text(encoding="utf-8") for file in folder.rglob("rubrics/*.txt")}


def drawn_prompts(tasks: dict[str, list[str]], wanted: Wanted) -> list[Prompt]:
    """Draw as many prompts of each task, the same ones with the same seed."""
    chance = Random(wanted.seed)
    return [
        Prompt(task, text)
        for task in sorted(tasks)
        for text in chance.sample(tasks[task], min(wanted.each, len(tasks[task])))
    ]


def measure_personagym(
    memory: Memory,
    chat: ChatModel | None,
    rater: Rater | None,
    folder: Path,
    wanted: Wanted,
    progress: Progress,
) -> dict[str, Any]:
    """Put questions of PersonaGym to a twin as a visitor; return the figures.

    Args:
        memory: the twin's; it is only read.
        chat: what words its replies.
        rater: gives marks by PersonaGym's own forms; None for no marks.
        folder: PersonaGym's questions, and forms where there is a rater.
        wanted: how much is measured.
        progress: told how far it is.

    Raises:
        KeyboardInterrupt: it was cut off before the first reply.
    """
    prompts = drawn_prompts(load_prompts(folder), wanted)
    hand = _hand_of(memory)
    fixed = seeded(chat, wanted.seed) if chat else None
    count = Count(progress, (3 if wanted.stock and fixed else 2) * len(prompts))
    asker = Asker(Twin(memory, fixed), lambda: None)
    with ends_early():
        answers = count.each(lambda prompt: asker.ask(prompt.text), prompts)
        if not answers:
            raise KeyboardInterrupt
        again = count.each(lambda prompt: asker.ask(prompt.text, after=OTHER_TALK), prompts)
        done = prompts[: len(answers)]
        figures = _figures(hand, done, answers, again, wanted.seed)
        if wanted.stock and fixed is not None:
            bare = count.each(lambda prompt: stock_reply(fixed, hand.owner, prompt.text), prompts)
            figures |= {"stock": _manner(hand, messages_of(bare), wanted.seed)} if bare else {}
        if rater is not None and not count.cut:
            replies = [answer.reply for answer in answers]
            figures |= _marks(memory, rater, load_rubrics(folder), done, replies)
    return {**count.as_figure, **figures, "cases": _cases(done, answers)}


def _figures(
    hand: Hand,
    prompts: Sequence[Prompt],
    answers: Sequence[Answer],
    again: Sequence[Answer],
    seed: int,
) -> dict[str, Any]:
    replies = [answer.reply for answer in answers]
    return {
        "n": len(answers),
        "outcomes": dict(Counter(answer.outcome.value for answer in answers)),
        "by_task": _by_task(prompts, answers),
        "same_after_other_talk": mean([alike(a, b) for a, b in zip(answers, again, strict=False)]),
        "different_replies": round(len(set(replies)) / len(replies), 4),
        "invented": mean([bool(invented(a, hand.owner)) for a in answers if a.answered]),
        **_manner(hand, messages_of(replies), seed),
    }


def _cases(prompts: Sequence[Prompt], answers: Sequence[Answer]) -> list[dict[str, str]]:
    return [
        {"task": p.task, "ask": p.text, "outcome": a.outcome.value, "reply": a.reply}
        for p, a in zip(prompts, answers, strict=True)
    ]


def _by_task(prompts: Sequence[Prompt], answers: Sequence[Answer]) -> dict[str, Any]:
    """Return for each task how many prompts the twin took as ones it can answer."""
    taken: dict[str, list[bool]] = {}
    for prompt, answer in zip(prompts, answers, strict=True):
        taken.setdefault(prompt.task, []).append(answer.answered)
    return {task: f"{sum(marks)} of {len(marks)} answered" for task, marks in taken.items()}


def _manner(hand: Hand, replies: Sequence[str], seed: int) -> dict[str, Any]:
    """Return what tells an assistant and how near the replies are to the owner's messages."""
    long = float(np.percentile([len(text.split()) for text in hand.kept], 95))
    figures: dict[str, Any] = {
        "tells": mean([tells(reply, long) for reply in replies]),
        "owner_tells": mean([tells(text, long) for text in hand.held]),
        "words": mean([len(words_of(reply)) for reply in replies]),
        "owner_words": mean([len(words_of(text)) for text in hand.held]),
    }
    if hand.crowd:
        figures["style_gap"] = gap_figure(hand, replies, seed).brief
        figures["masked_attribution"] = attribution_figures(hand, replies, seed)[0].brief
    return figures


def _hand_of(memory: Memory) -> Hand:
    """Return the owner's messages in two halves, one by one in turns, and other people's.

    Raises:
        EvalProblem: the owner has written too little.
    """
    every = memory.all_utterances()
    own = [u.text for u in every if u.own and not u.prompt and is_writing(u)]
    if len(own) < 2:
        raise EvalProblem(f"{memory.twin.name} has no messages to compare with", "import some")
    return Hand(owner=memory.twin.owner, kept=own[::2], held=own[1::2], crowd=crowd_of(every, {}))


def _marks(
    memory: Memory,
    rater: Rater,
    rubrics: dict[str, str],
    prompts: Sequence[Prompt],
    replies: Sequence[str],
) -> dict[str, Any]:
    """Return what a model marks by PersonaGym's forms; it is an opinion."""
    facts = [f for f in memory.beliefs.all() if f.subject == OWNER and not f.private]
    about = "; ".join(f"{fact.attribute} {fact.value}" for fact in facts[:_DESCRIBED_BY])
    marks: dict[str, list[int]] = {}
    with suppress(KeyboardInterrupt):
        for prompt, reply in zip(prompts, replies, strict=True):
            if prompt.task not in rubrics:
                continue
            mark = rater.mark(
                rubrics[prompt.task],
                persona=f"{memory.twin.owner}: {about}",
                question=prompt.text,
                response=reply,
            )
            if mark is not None:
                marks.setdefault(prompt.task, []).append(mark)
    return {
        "marks": {task: mean(given) for task, given in marks.items()},
        "marks_n": sum(map(len, marks.values())),
        "marks_by": f"{rater.name}: an opinion, not a measurement",
        "published": PUBLISHED,
    }
