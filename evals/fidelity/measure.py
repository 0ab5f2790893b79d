"""One run of the card: hold out, rebuild, measure section by section, keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter

from evals.bench import scratch_workshop
from evals.fidelity.abstention import abstention
from evals.fidelity.asking import Asker
from evals.fidelity.change import change
from evals.fidelity.choice import choice
from evals.fidelity.consistency import consistency
from evals.fidelity.crowd import crowd_of
from evals.fidelity.figure import Case, CurvePoint, Figure, Run
from evals.fidelity.interview import interview
from evals.fidelity.judge import judge
from evals.fidelity.leaks import leaks
from evals.fidelity.questions import annotated_questions, known_questions
from evals.fidelity.rebuild import Copy, rebuild
from evals.fidelity.recall import recall
from evals.fidelity.secrets import Vault
from evals.fidelity.section import Bench, Section
from evals.fidelity.senses import sense_figures
from evals.fidelity.split import Split, hold_out
from evals.fidelity.style import hand_of, style
from evals.fidelity.wish import Wish
from memory.store import Memory
from persona.bootstrap import Workshop
from persona.chat_model import seeded
from persona.judging import judge_of
from persona.settings import Settings
from persona.twin import Twin

Progress = Callable[[str, int, int], None]

SECTIONS: tuple[Callable[[Bench], Section], ...] = (
    *(recall, style, choice, interview, consistency),
    *(judge, abstention, leaks, change),
)
"""In the order of the run; what changes the copy comes last."""


def measure_fidelity(settings: Settings, real: Memory, wish: Wish, progress: Progress) -> Run:
    """Measure a twin on what a copy of it was not built from; the twin itself stays as it is.

    Raises:
        EvalProblem: there is too little to hold anything out.
    """
    started, began = datetime.now(UTC), perf_counter()
    utterances = real.all_utterances()
    split = hold_out(utterances, seed=wish.seed)
    with scratch_workshop(settings) as workshop:
        progress("building the copy", 0, 1)
        copy = rebuild(workshop, real, split.kept)
        progress("building the copy", 1, 1)
        meter = _Meter(progress)
        bench = _bench(workshop, copy, split, wish, meter)
        findings = _measured(bench, wish.sections, meter)
        chat = workshop.chat()
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
        held=split.account,
        people=tuple(hand_of(bench).people),
        replies=len(bench.asker.said()),
        figures=tuple(f for f in (*findings.figures, *sense_figures(real)) if f.n),
        cases=tuple(findings.cases),
        curve=tuple(findings.curve),
        shapes=findings.shapes,
    )


@dataclass(slots=True)
class _All:
    figures: list[Figure] = field(default_factory=list[Figure])
    cases: list[Case] = field(default_factory=list[Case])
    curve: list[CurvePoint] = field(default_factory=list[CurvePoint])
    shapes: dict[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])


class _Meter:
    """Counts replies over all sections."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.done, self.total = 0, 0

    def __call__(self) -> None:
        self.done += 1
        self.show()

    def show(self) -> None:
        self._progress("measuring", min(self.done, self.total), self.total)

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
        asker=Asker(twin, meter),
        kept=kept,
        questions=known_questions(memory, kept, annotated, wish.seed),
        crowd=crowd_of([*kept, *split.held], wish.people),
        sizes=wish.sizes,
        seed=wish.seed,
        vault=Vault(memory, split.held),
        annotated=wish.annotated,
        judge=judge_of(workshop.settings),
        attacks=wish.attacks,
    )


def _measured(bench: Bench, wanted: Sequence[str], meter: _Meter) -> _All:
    sections = [make(bench) for make in SECTIONS]
    chosen = [one for one in sections if not wanted or one.name in wanted]
    meter.total = sum(one.asks for one in chosen)
    found, end = _All(), 0
    for section in chosen:
        findings = section.run()
        end += section.asks
        meter.settle(end)
        found.figures += findings.figures
        found.cases += findings.cases
        found.curve += findings.curve
        found.shapes |= {name: tuple(values) for name, values in findings.shapes.items()}
    return found
