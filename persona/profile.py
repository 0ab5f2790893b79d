"""Who the owner is, made from what they wrote: style, typical exchanges, facts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from memory.model import Utterance
from memory.store import Memory
from persona.facts import find_facts
from persona.private import is_private_text
from persona.style import Exchange, Style, measure_style, own_messages, pick_examples
from persona.style.address import without_name

EXAMPLES = 4
"""How many real exchanges stand in the head of the prompt."""
NEWEST = 100_000
"""Messages, everybody's, that the manner is measured on: enough, and of bounded memory."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The measured manner of the owner, ready for prompts."""

    style: Style | None = None
    examples: tuple[Exchange, ...] = field(default_factory=tuple)


def load_profile(memory: Memory) -> Profile:
    """Return the profile of a twin, measured anew where words it may quote were erased.

    It is empty before the first import.
    """
    stored = memory.sources.style()
    if stored is None:
        return Profile()
    if not stored:
        return measure_profile(memory)
    return Profile(
        style=Style.model_validate(stored["style"]),
        examples=tuple(Exchange(**exchange) for exchange in stored["examples"]),
    )


def measure_profile(memory: Memory) -> Profile:
    """Measure the style anew from the owner's own words, and store it."""
    everything = memory.all_utterances(newest=NEWEST)
    others = [u.text for u in everything if not u.own]
    style = measure_style(own_messages(everything), others=others)
    examples = pick_examples(_exchanges(everything, style), style, EXAMPLES)
    memory.sources.put_style(
        {
            "style": style.model_dump(mode="json"),
            "examples": [{"prompt": e.prompt, "reply": e.reply} for e in examples],
        }
    )
    return Profile(style=style, examples=tuple(examples))


def learn_facts(
    memory: Memory, utterance_ids: Sequence[int], progress: Progress | None = None
) -> int:
    """Find facts in the owner's new words by rules and hold them; return how many are new."""
    names = [memory.twin.owner, *memory.sources.aliases()]
    found = 0
    for start in range(0, len(utterance_ids), 500):
        batch = memory.utterances.by_id(utterance_ids[start : start + 500])
        facts = [fact for i in sorted(batch) for fact in find_facts(batch[i], names)]
        found += len(memory.beliefs.hold(facts))
        if progress:
            progress(min(start + 500, len(utterance_ids)), len(utterance_ids))
    return found


def _is_own(utterance: Utterance) -> bool:
    return utterance.own and not utterance.quoted and bool(utterance.text)


def _with_previous(
    utterances: Iterable[Utterance],
) -> Iterable[tuple[Utterance, Utterance | None]]:
    previous: Utterance | None = None
    for utterance in utterances:
        same = previous and previous.session == utterance.session
        yield utterance, previous if same else None
        previous = utterance


def _exchanges(utterances: Iterable[Utterance], style: Style) -> list[Exchange]:
    """Return somebody's message and the owner's reply to it, where neither is private."""
    return [
        Exchange(prompt=before.text, reply=without_name(said.text, style.addressing))
        for said, before in _with_previous(utterances)
        if before is not None
        and not before.own
        and before.text
        and _is_own(said)
        and not is_private_text(said.text)
        and not is_private_text(before.text)
    ]
