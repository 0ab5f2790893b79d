"""Words the reply to a message: by the chat model held to its evidence, or by memory itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event as Flag

from langchain_core.messages import BaseMessage

from memory.model import Evidence, Fact, FactState, Hit, Utterance
from memory.store import Memory
from persona import guard, phrases, prompt
from persona.chat_model import ChatModel, translate
from persona.decide import Outcome
from persona.events import Event, Notice, Revised, TextDelta
from persona.grounding import Grounding
from persona.intent import Intent, asks_of_past
from persona.learn import Lesson
from persona.profile import Profile
from persona.verdict import asked_facts

_SMALL_TALK = (Intent.GREETING, Intent.WELLBEING, Intent.THANKS, Intent.FAREWELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a turn happens in."""

    memory: Memory
    profile: Profile
    chat: ChatModel | None
    visitor: str
    """Who speaks with the twin; empty for the owner."""
    stop: Flag = field(default_factory=Flag)
    """Set to stop the reply; what was said until then is kept."""

    @property
    def owner(self) -> bool:
        """True when the owner speaks."""
        return not self.visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message and what has been settled about it."""

    text: str
    intent: Intent
    lesson: Lesson
    evidence: Evidence
    outcome: Outcome


def reply_to(heard: Heard, setting: Setting) -> Iterator[Event]:
    """Yield the reply to a message whose outcome is settled."""
    outcome, style = heard.outcome, setting.profile.style
    owner = setting.memory.twin.owner
    if outcome is not Outcome.KNOWN:
        yield TextDelta(text=phrases.reply_for(outcome, heard.text, style, owner=setting.owner))
    elif heard.intent is Intent.NATURE:
        yield TextDelta(text=phrases.nature(owner, style))
    elif heard.lesson:
        yield TextDelta(text=phrases.noted(heard.lesson.lines, style))
    elif heard.intent in _SMALL_TALK or setting.chat is None:
        yield from _without_model(heard, setting)
    else:
        yield from _with_model(heard, setting, setting.chat)


def _without_model(heard: Heard, setting: Setting) -> Iterator[Event]:
    """Answer with the owner's own words, or with a word in passing."""
    if heard.intent is Intent.QUESTION:
        yield TextDelta(text=_quotation(heard, setting))
    else:
        yield TextDelta(text=phrases.small_talk(heard.intent, heard.text, setting.profile.style))


def _quotation(heard: Heard, setting: Setting) -> str:
    facts = asked_facts(heard.evidence, setting.memory, past=asks_of_past(heard.text))
    facts = [fact for fact in facts if setting.owner or not fact.private]
    if facts:
        return ". ".join(_in_words(fact) for fact in facts[:3])
    own = [u for u in _best(heard.evidence) if u.own and u.text]
    words = own or [u for u in _best(heard.evidence) if u.text]
    if not words:
        return phrases.reply_for(
            Outcome.UNKNOWN, heard.text, setting.profile.style, owner=setting.owner
        )
    said = words[0]
    when = f"In {said.said_at:%B %Y} " if said.said_at else ""
    speaker = "I" if said.own else said.speaker
    return f"{when}{speaker} wrote: “{guard.plain(said.text)}”".strip()


def _in_words(fact: Fact) -> str:
    since = f", since {fact.valid_from:%B %Y}" if fact.valid_from else ""
    until = f", until {fact.valid_to:%B %Y}" if fact.valid_to else ""
    return f"{fact.attribute[:1].upper()}{fact.attribute[1:]}: {fact.value}{since}{until}"


def _with_model(heard: Heard, setting: Setting, chat: ChatModel) -> Iterator[Event]:
    notes = _notes(heard, setting, chat)
    messages = _messages(heard, setting, chat, notes)
    grounding = Grounding(
        [str(message.content) for message in messages] + [setting.memory.twin.owner]
    )
    said = ""
    try:
        for word in _words(chat, messages, setting.stop):
            opens = not said.strip() or said.rstrip()[-1] in '.!?…\n“"('
            if not grounding.allows(word, opens=opens):
                yield Revised(text=_safe(heard, setting, notes))
                return
            said += word
            yield TextDelta(text=word)
    except Exception as error:  # whatever a provider raises, the twin still answers
        yield Notice(text=str(translate(error)))
        yield Revised(text=_safe(heard, setting, notes))
        return
    if not said.strip() or (notes and not grounding.supports(said)):
        yield Revised(text=_safe(heard, setting, notes))


def _safe(heard: Heard, setting: Setting, notes: Sequence[str]) -> str:
    """Return what memory itself says, where a model can't be had or can't be trusted."""
    if notes and heard.intent is Intent.QUESTION:
        return _quotation(heard, setting)
    return phrases.small_talk(heard.intent, heard.text, setting.profile.style)


def _words(chat: ChatModel, messages: list[BaseMessage], stop: Flag) -> Iterator[str]:
    """Yield the model's reply in whole words, each with the space after it."""
    held = ""
    for chunk in chat.model.stream(messages):
        if stop.is_set():
            break
        held += str(chunk.text)
        *whole, held = _split_after_spaces(held)
        yield from whole
    if held and not stop.is_set():
        yield held


def _split_after_spaces(text: str) -> list[str]:
    pieces: list[str] = [""]
    for char in text:
        pieces[-1] += char
        if char.isspace():
            pieces.append("")
    return pieces


def _messages(
    heard: Heard, setting: Setting, chat: ChatModel, notes: Sequence[str]
) -> list[BaseMessage]:
    turns = setting.memory.talks.last(setting.visitor, chat.history_turns)
    return [
        *setting.profile.head(setting.memory),
        *prompt.talk(turns),
        prompt.question(heard.text, notes, owner=setting.memory.twin.owner),
    ]


def _notes(heard: Heard, setting: Setting, chat: ChatModel) -> list[str]:
    if heard.intent is not Intent.QUESTION:
        return []
    past = asks_of_past(heard.text)
    facts = asked_facts(heard.evidence, setting.memory, past=past)
    visible = [fact for fact in facts if setting.owner or not fact.private]
    stale = set[int]() if past else _stale(heard.evidence.facts, visible)
    hits = [u for u in _best(heard.evidence) if u.utterance_id not in stale]
    return prompt.notes_within(
        chat.evidence_tokens, visible[:3], hits, setting.memory.twin.owner.split()[0]
    )


def _stale(shown: Sequence[Fact], asked: Sequence[Fact]) -> set[int]:
    """Return the utterances that show a value which has been replaced since."""
    slots = {(fact.subject, fact.attribute) for fact in asked}
    current = {i for fact in asked for i in fact.evidence}
    replaced = (
        i
        for fact in shown
        if fact.state is not FactState.ACTIVE and (fact.subject, fact.attribute) in slots
        for i in fact.evidence
    )
    return set(replaced) - current


def _best(evidence: Evidence) -> list[Utterance]:
    """Return the hits, those of the person asked about first among near equals."""
    hits: list[Hit] = sorted(
        evidence.hits,
        key=lambda hit: hit.score * (1.15 if _of_subject(hit, evidence) else 1.0),
        reverse=True,
    )
    return [hit.utterance for hit in hits]


def _of_subject(hit: Hit, evidence: Evidence) -> bool:
    if evidence.subject is None:
        return hit.utterance.own
    return hit.utterance.speaker == evidence.subject
