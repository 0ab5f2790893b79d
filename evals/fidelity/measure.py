"""One run of the card: hold out, rebuild, measure section by section, keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter

from evals.bench import scratch_workshop
from evals.errors import EvalProblem
from evals.fidelity.abstention import abstention
from evals.fidelity.asking import Asker
from evals.fidelity.change import change
from evals.fidelity.choice import choice
from evals.fidelity.consistency import consistency
from evals.fidelity.crowd import crowd_of
from evals.fidelity.erasure import erasure
from evals.fidelity.figure import Case, CurvePoint, Figure, Run
from evals.fidelity.grounding import grounding
from evals.fidelity.interview import interview
from evals.fidelity.judge import judge
from evals.fidelity.leaks import leaks
from evals.fidelity.poisoning import poisoning
from evals.fidelity.prints import prints_of
from evals.fidelity.questions import annotated_questions, known_questions
from evals.fidelity.rebuild import Copy, rebuild
from evals.fidelity.recall import recall
from evals.fidelity.secrets import Vault
from evals.fidelity.section import Bench, Findings, Section
from evals.fidelity.senses import sense_figures
from evals.fidelity.split import Split, hold_out
from evals.fidelity.style import hand_of, style
from evals.fidelity.wish import Wish
from memory.errors import Stopped
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.chat_model import seeded
from persona.judging import judge_of
from persona.settings import Settings
from persona.twin import Twin

Progress = Callable[[str, int, int], None]
Keep = Callable[[Run], None]
BUILDING, MEASURING = "building the copy", "measuring"

SECTIONS: Mapping[str, Callable[[Bench], Section]] = {
    "recall": recall,
    "style": style,
    "choice": choice,
    "interview": interview,
    "consistency": consistency,
    "judge": judge,
    "abstention": abstention,
    "leaks": leaks,
    "poisoning": poisoning,
    "change": change,
    "erasure": erasure,
    "grounding": grounding,
}
"""In the order of the run; what changes the copy comes late, and what looks at all replies last."""


def measure_fidelity(
    settings: Settings, real: Memory, wish: Wish, progress: Progress, keep: Keep | None = None
) -> Run:
    """Measure a twin on what a copy of it was not built from; the twin itself stays as it is.

    Args:
        settings: which models are used.
        real: the twin's memory.
        wish: how much is measured, and with what.
        progress: told how far it is; may raise `Stopped`, which ends the run where it is.
        keep: given the run after each part, so that nothing of it can be lost.

    Raises:
        EvalProblem: there is too little to hold anything out, or no such section.
        Stopped: it was stopped before a part was measured.
    """
    _check(settings, wish)
    started, began = datetime.now(UTC), perf_counter()
    split = hold_out(real.all_utterances(), seed=wish.seed)
    with scratch_workshop(settings) as workshop:
        progress(BUILDING, 0, 1)
        copy = rebuild(workshop, real, split.kept)
        progress(BUILDING, 1, 1)
        meter = _Meter(progress)
        bench = _bench(workshop, copy, split, wish, meter)
        chat, prints = workshop.chat(), prints_of(workshop, copy.memory)

        def so_far(found: _All, left: Sequence[str]) -> Run:
            return Run(
                run_id=f"{started:%Y%m%d-%H%M%S}",
                twin=real.twin.name,
                owner=real.twin.owner,
                started_at=started,
                seconds=round(perf_counter() - began, 1),
                size=wish.sizes.name,
                seed=wish.seed,
                chat=chat.name if chat else "none",
                embedding=settings.embedding,
                judge="" if settings.judge == "none" else settings.judge,
                prints=prints,
                sections=tuple(wish.sections),
                left_out=tuple(left),
                held=split.account,
                people=tuple(hand_of(bench).people),
                replies=len(bench.asker.said()),
                figures=tuple(f for f in (*found.figures, *sense_figures(real)) if f.n),
                cases=tuple(found.cases),
                curve=tuple(found.curve),
                shapes=found.shapes,
            )

        return _measured(bench, wish.sections, meter, so_far, keep)


def _check(settings: Settings, wish: Wish) -> None:
    unknown = [name for name in wish.sections if name not in SECTIONS]
    if unknown:
        raise EvalProblem(f"there is no section {unknown[0]!r}", f"known: {', '.join(SECTIONS)}")
    if "judge" in wish.sections and settings.judge == "none":
        raise EvalProblem("there is no model to judge", "name one: SELFSAME_JUDGE=openai:MODEL")


@dataclass(slots=True)
class _All:
    figures: list[Figure] = field(default_factory=list[Figure])
    cases: list[Case] = field(default_factory=list[Case])
    curve: list[CurvePoint] = field(default_factory=list[CurvePoint])
    shapes: dict[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    parts: int = 0
    """How many parts are measured."""

    def take(self, findings: Findings) -> None:
        """Add what a part found."""
        self.figures += findings.figures
        self.cases += findings.cases
        self.curve += findings.curve
        self.shapes |= {name: tuple(values) for name, values in findings.shapes.items()}
        self.parts += 1


class _Meter:
    """Counts replies over all sections."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.done, self.total = 0, 0

    def __call__(self) -> None:
        self.done += 1
        self.show()

    def show(self) -> None:
        self._progress(MEASURING, min(self.done, self.total), self.total)

    def settle(self, at: int) -> None:
        """Go on from where a section that needed fewer replies would have ended."""
        self.done = at
        self.show()


def _bench(workshop: Workshop, copy: Copy, split: Split, wish: Wish, meter: _Meter) -> Bench:
    memory = copy.memory
    kept = tuple(memory.all_utterances())
    chat = workshop.chat()
    twin = Twin(memory, seeded(chat, wish.seed) if chat else None)
    twin.warm_up()
    annotated = annotated_questions(wish.annotated, kept)
    return Bench(
        copy=copy,
        split=split,
        asker=Asker(twin, meter, meter.show),
        home=workshop.settings.home,
        kept=kept,
        questions=known_questions(memory, kept, annotated, wish.seed),
        crowd=crowd_of([*kept, *split.held], wish.people),
        sizes=wish.sizes,
        seed=wish.seed,
        vault=Vault(memory, split.held),
        annotated=wish.annotated,
        judge=judge_of(workshop.settings),
        attacks=wish.attacks.asked,
        planted=wish.attacks.planted,
    )


def _measured(
    bench: Bench,
    wanted: Sequence[str],
    meter: _Meter,
    so_far: Callable[[_All, Sequence[str]], Run],
    keep: Keep | None,
) -> Run:
    """Measure part by part until the end, or until it is stopped.

    Raises:
        EvalProblem: there was material for none of the parts.
        Stopped: it was stopped before a part was measured.
    """
    names = [
        name
        for name in SECTIONS
        if (not wanted or name in wanted) and (name != "judge" or bench.judge is not None)
    ]
    chosen = [SECTIONS[name](bench) for name in names]
    meter.total = sum(one.asks for one in chosen)
    found, end = _All(), 0
    try:
        for at, section in enumerate(chosen):
            found.take(section.run())
            if keep is not None and found.figures:
                keep(so_far(found, names[at + 1 :]))
            end += section.asks
            meter.settle(end)
    except (Stopped, KeyboardInterrupt):
        if not found.figures:
            raise
    if not found.figures:
        raise EvalProblem(
            f"there is nothing to measure by {', '.join(names)} alone",
            "name further sections (grounding looks at their replies), or import more",
        )
    return so_far(found, names[found.parts :])
