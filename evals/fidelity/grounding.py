"""Grounding: does any reply of the run name or number what nobody gave the twin?"""

import re
from collections import Counter
from collections.abc import Sequence

from evals.fidelity.asking import Answer
from evals.fidelity.figure import Case, case_key
from evals.fidelity.interval import never_figure
from evals.fidelity.section import Bench, Findings, Section

_NAMED = re.compile(r"(?<![.!?…] )(?<!^)\b[A-Z][a-z]{2,}\b|\b\d[\d.,:]*\b")


def grounding(bench: Bench) -> Section:
    """Return the section, which looks at the replies of all others."""
    return Section(name="grounding", asks=0, run=lambda: _run(bench))


def _run(bench: Bench) -> Findings:
    answers = [answer for answer in bench.asker.said() if answer.reply]
    if not answers:
        return Findings(figures=[])
    owner = bench.memory.twin.owner
    heard = " ".join(
        f"{u.text} {u.speaker}" for u in (*bench.kept, *bench.memory.all_utterances())
    ).casefold()
    keys = _keys(answers)
    found = {key: _invented(a, owner, heard) for key, a in zip(keys, answers, strict=True)}
    return Findings(
        figures=[
            never_figure(
                {key: float(bool(words)) for key, words in found.items()},
                key="grounding.made_up",
                label="Replies with a made-up name or number",
                gate=0.02,
                floor=_of_other_evidence(answers, owner),
                floor_is="answers held against other evidence",
                note="All replies of the run. Names and numbers of an answer have to stand in what "
                "was remembered for it or in the question; those of other replies, in memory. "
                "Names in lower case are not seen.",
            )
        ],
        cases=[_case(bench, key, a, found[key]) for key, a in zip(keys, answers, strict=True)],
    )


def invented(answer: Answer, owner: str) -> list[str]:
    """Return names and numbers of a reply that stand neither in its evidence nor the question."""
    return _unheard(answer, f"{answer.asked} {owner} {_given(answer)}".casefold())


def _invented(answer: Answer, owner: str, heard: str) -> list[str]:
    if answer.answered:
        return invented(answer, owner)
    return _unheard(answer, f"{answer.asked} {owner} {heard}".casefold())


def _unheard(answer: Answer, given: str) -> list[str]:
    return [word for word in _NAMED.findall(answer.reply) if word.casefold() not in given]


def _given(answer: Answer) -> str:
    found = answer.evidence
    packed = (
        f"{u.text} {u.speaker} {u.attachment or ''} {u.said_at:%B %Y}"
        if u.said_at
        else f"{u.text} {u.speaker}"
        for u in found.packed
    )
    hits = (f"{hit.utterance.text} {hit.utterance.speaker}" for hit in found.hits)
    facts = (f"{f.value} {f.valid_from:%B %Y}" if f.valid_from else f.value for f in found.facts)
    return " ".join([*packed, *hits, *facts])


def _of_other_evidence(answers: Sequence[Answer], owner: str) -> float | None:
    """Return the share of answers that would count as made up with the next answer's evidence."""
    given = [answer for answer in answers if answer.answered]
    if len(given) < 2:
        return None
    moved = zip(given, [*given[1:], given[0]], strict=True)
    missed = [bool(_unheard(a, f"{a.asked} {owner} {_given(b)}".casefold())) for a, b in moved]
    return round(sum(missed) / len(given), 4)


def _keys(answers: Sequence[Answer]) -> list[str]:
    """Return a name for each reply; what is asked anew gets a number."""
    times: Counter[str] = Counter()
    keys: list[str] = []
    for answer in answers:
        again = [str(times[answer.asked])] if times[answer.asked] else []
        keys.append(case_key("grounding", answer.asked, *again))
        times[answer.asked] += 1
    return keys


def _case(bench: Bench, key: str, answer: Answer, words: Sequence[str]) -> Case:
    return Case(
        key=key,
        section="grounding",
        kind=f"made up: {', '.join(words)}" if words else "grounded",
        asked=answer.asked,
        wanted="nothing that nobody gave the twin",
        got=answer.reply,
        outcome=answer.outcome,
        score=0.0 if words else 1.0,
        evidence=bench.real(answer.evidence_ids),
    )
