"""How the sample person's twin does on the questions that ship with them."""

from collections import defaultdict
from typing import Any

from evals.bench import VISITOR, enrol_sample, percentiles, scratch_workshop
from evals.recall_run import Progress
from ingest.sample import SampleQuestion, load_sample
from persona.events import Done
from persona.settings import Settings
from persona.twin import Twin


def measure_sample(settings: Settings, progress: Progress) -> dict[str, Any]:
    """Enrol the sample person in an empty home and put all questions to the twin."""
    sample = load_sample()
    right: dict[str, list[bool]] = defaultdict(list)
    outcomes: list[bool] = []
    first_word_ms: list[float] = []
    cases: list[dict[str, str]] = []
    with scratch_workshop(settings) as workshop:
        enrol_sample(workshop, sample, progress)
        twin = workshop.twin(sample.name)
        twin.warm_up()
        for done_count, question in enumerate(sample.questions, start=1):
            done = _ask(twin, question)
            outcomes.append(done.outcome == question.outcome)
            right[question.kind].append(_is_right(done, question))
            if question.outcome == "known" and workshop.chat() is not None:
                first_word_ms.append(done.timings_ms["first_word"])
            cases.append({"ask": question.ask, "outcome": done.outcome.value, "reply": done.reply})
            progress("questions", done_count, len(sample.questions))
    return {
        "outcome_right": sum(outcomes),
        "reply_right": sum(sum(values) for values in right.values()),
        "by_kind": {kind: f"{sum(values)} of {len(values)}" for kind, values in right.items()},
        "first_word_ms": percentiles(first_word_ms),
        "n": len(outcomes),
        "cases": cases,
    }


def _ask(twin: Twin, question: SampleQuestion) -> Done:
    """Ask as a visitor who has said nothing before."""
    done = twin.ask(question.ask, visitor=VISITOR)
    twin.forget_visitor(VISITOR)
    return done


def _is_right(done: Done, question: SampleQuestion) -> bool:
    reply = done.reply.casefold()
    wanted = question.answer_contains
    return (
        done.outcome == question.outcome
        and (not wanted or any(words in reply for words in wanted))
        and not any(words in reply for words in question.not_contains)
    )
