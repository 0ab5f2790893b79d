"""One turn as a graph: recall, decide, answer, learn.

The graph carries one turn; what lasts between turns is in the store, so a restart goes on where
the talk was.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from time import perf_counter
from typing import Any, NamedTuple, TypedDict

from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langsmith import tracing_context  # pyright: ignore[reportUnknownVariableType]

from memory.model import Evidence
from memory.store import Memory
from persona.answer import Heard, Setting, reply_to
from persona.before import look_before, read_before
from persona.decide import Outcome
from persona.events import Done, Event, Recalled, Revised, TextDelta, Worded
from persona.intent import Intent, asked_in, intent_of, with_context
from persona.learn import Lesson, learn, read_lesson
from persona.shown import with_shown
from persona.topics import cues_for
from persona.verdict import judge, judge_question
from persona.when import resolve

RECALL_TOKENS = 800
HITS = 10


class TurnState(TypedDict):
    """What the nodes of the graph hand on; each node returns the part that it settles."""

    said: str
    """The message as it was written."""
    heard: str
    """The same as it is meant, with people under their own names."""
    intent: Intent
    lesson: Lesson
    evidence: Evidence
    outcome: Outcome
    reply: str
    learned: tuple[str, ...]
    timings_ms: dict[str, float]
    started: float


_Part = dict[str, Any]


def _recall(state: TurnState, runtime: Runtime[Setting]) -> _Part:
    setting, started = runtime.context, perf_counter()
    heard = state["heard"]
    before = setting.memory.talks.last(setting.visitor, 1)
    last_asked = asked_in(setting.meant(before[0].heard)) if before else None
    asked = with_context(asked_in(heard), last_asked)
    evidence = find(asked, setting.memory)
    last = before[0] if before else None
    lesson = read_lesson(heard, setting.memory, last) if setting.owner else Lesson()
    return {
        "intent": intent_of(heard),
        "lesson": lesson,
        "evidence": evidence,
        "started": started,
        "timings_ms": {"recall": (perf_counter() - started) * 1000},
    }


def find(asked: str, memory: Memory) -> Evidence:
    """Recall what bears on a question, also in the words such a matter is mostly told in.

    Whether memory covers the question is measured on the question alone.
    """
    found = resolve(asked, datetime.now(UTC))
    period = (found.start, found.end) if found else None
    evidence = memory.recall(asked, k=HITS, budget=RECALL_TOKENS, period=period)
    cues, earlier = cues_for(asked), read_before(asked)
    if earlier is not None:
        wider = look_before(earlier, cues, memory, k=HITS, budget=RECALL_TOKENS)
    elif cues:
        wider = memory.recall(f"{asked} {cues}", k=HITS, budget=RECALL_TOKENS, period=period)
    else:
        wider = evidence
    shown = with_shown(wider, evidence, memory)
    return replace(evidence, hits=shown.hits, packed=shown.packed, facts=shown.facts)


class LookedUp(NamedTuple):
    """What memory has on a question, and how it would be met."""

    outcome: Outcome
    evidence: Evidence
    """What whoever asks may be told."""


def look_up(asked: str, memory: Memory, *, owner: bool) -> LookedUp:
    """Recall and settle what bears on a question that stands for itself."""
    evidence = find(asked, memory)
    outcome = judge_question(asked, evidence, memory, owner=owner)
    return LookedUp(outcome, evidence if owner else _public(evidence, memory))


def _decide(state: TurnState, runtime: Runtime[Setting]) -> _Part:
    setting = runtime.context
    teaches = bool(state["lesson"])
    outcome = (
        Outcome.KNOWN
        if teaches
        else judge(state["heard"], state["evidence"], setting.memory, owner=setting.owner)
    )
    evidence = state["evidence"]
    if not setting.owner:
        evidence = _public(evidence, setting.memory)
    get_stream_writer()(Recalled(outcome=outcome, evidence=evidence))
    return {"outcome": outcome, "evidence": evidence}


def _heard(state: TurnState) -> Heard:
    return Heard(
        text=state["heard"],
        intent=state["intent"],
        lesson=state["lesson"],
        evidence=state["evidence"],
        outcome=state["outcome"],
    )


def _public(evidence: Evidence, memory: Memory) -> Evidence:
    """Return the evidence without what only the owner may be told, or words that show it."""
    words = {u.utterance_id: u for u in (*evidence.packed, *(h.utterance for h in evidence.hits))}
    hidden = memory.beliefs.show_private(list(words))
    told = {number for number, u in words.items() if not u.private} - hidden
    return replace(
        evidence,
        hits=tuple(hit for hit in evidence.hits if hit.utterance.utterance_id in told),
        packed=tuple(u for u in evidence.packed if u.utterance_id in told),
        facts=tuple(fact for fact in evidence.facts if not fact.private),
    )


def _answer(state: TurnState, runtime: Runtime[Setting]) -> _Part:
    setting = runtime.context
    tell = get_stream_writer()
    first: float | None = None
    reply = ""
    for event in reply_to(_heard(state), setting):
        first = first or perf_counter()
        tell(event)
        if isinstance(event, TextDelta):
            reply += event.text
        elif isinstance(event, Revised):
            reply = event.text
    ended = perf_counter()
    timings = state["timings_ms"] | {
        "first_word": ((first or ended) - state["started"]) * 1000,
        "reply": (ended - state["started"]) * 1000,
    }
    tell(Worded(text=reply.strip()))
    return {"reply": reply.strip(), "timings_ms": timings}


def _learn(state: TurnState, runtime: Runtime[Setting]) -> _Part:
    setting = runtime.context
    if not setting.wait_until_sure():
        return {}
    learned = learn(state["heard"], state["lesson"], setting.memory) if setting.owner else ()
    timings = state["timings_ms"] | {"total": (perf_counter() - state["started"]) * 1000}
    evidence = state["evidence"]
    turn_id = setting.memory.talks.add(
        setting.visitor,
        heard=state["said"],
        reply=setting.shown(state["reply"]),
        outcome=state["outcome"],
        evidence=[hit.utterance.utterance_id for hit in evidence.hits],
        learned=learned,
        timings_ms=timings,
    )
    get_stream_writer()(
        Done(
            turn_id=turn_id,
            reply=state["reply"],
            outcome=state["outcome"],
            evidence=evidence,
            learned=tuple(learned),
            timings_ms={name: round(ms, 1) for name, ms in timings.items()},
        )
    )
    return {"learned": tuple(learned), "timings_ms": timings}


def _build() -> Any:
    graph: Any = StateGraph(TurnState, context_schema=Setting)
    for name, node in {
        "recall": _recall,
        "decide": _decide,
        "answer": _answer,
        "learn": _learn,
    }.items():
        graph.add_node(name, node)
    steps = [START, "recall", "decide", "answer", "learn", END]
    for here, there in pairwise(steps):
        graph.add_edge(here, there)
    return graph.compile()


_GRAPH = _build()


def take_turn(heard: str, setting: Setting) -> Iterator[Event]:
    """Yield what happens in one turn, from recall to learning; nothing of it is traced outside."""
    with tracing_context(enabled=False):
        message = {"said": heard, "heard": setting.meant(heard)}
        events = _GRAPH.stream(message, context=setting, stream_mode="custom")
        yield from setting.veil.events(events) if setting.veil else events
