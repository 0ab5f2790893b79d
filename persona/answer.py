"""Words the reply to a message: by the chat model held to its evidence, or by memory itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event as Flag

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from memory.model import Evidence
from memory.store import Memory
from persona import guard, phrases, prompt
from persona.asked_before import asked_before
from persona.chance import chance_of
from persona.chat_model import ChatModel, translate
from persona.decide import Outcome
from persona.events import Event, Notice, Revised, TextDelta
from persona.grounding import Grounding, claims_a_life, once
from persona.intent import Intent, asked_in
from persona.learn import Lesson
from persona.manner import is_assistant_like
from persona.notes import meant_facts, notes_for, sure_facts, visible_facts, words_for
from persona.own_reply import own_reply
from persona.profile import Profile
from persona.pseudonyms import Veil
from persona.quoting import in_one_go, longest_quote, nearest_passage
from persona.style.address import calling, without_name
from persona.style.balance import Balance
from persona.style.message import words_of
from persona.style.model import Style
from persona.style.pen import Pen

_SMALL_TALK = (Intent.GREETING, Intent.WELLBEING, Intent.THANKS, Intent.FAREWELL)
_ENDINGS = (".", "!", "?", "…")
_MOST_FACTS = 3
_LEAST_WORDS = 12
"""Words that any reply may have."""
_MOST_TURNS = 8
"""Turns of a talk that stay before the model; then it is cut to those of the model's choice."""


@dataclass(slots=True)
class Transcript:
    """A talk as the model has read it, so that it need not read it again."""

    messages: list[BaseMessage] | None = None
    added: int = 0
    """How many turns were added, ever."""

    def so_far(self, memory: Memory, visitor: str, chat: ChatModel) -> list[BaseMessage]:
        """Return the talk, from the store after a restart or when it has grown long."""
        if self.messages is None or len(self.messages) > 2 * _MOST_TURNS:
            self.messages = prompt.talk(memory.talks.last(visitor, chat.history_turns))
        return self.messages

    def add(self, heard: HumanMessage, reply: str) -> None:
        """Add a turn."""
        if self.messages is not None:
            self.messages += [heard, AIMessage(reply)]
            self.added += 1

    def take_back(self) -> None:
        """Forget the last turn that was added."""
        if self.messages is not None:
            del self.messages[-2:]

    def shorten(self, reply: str) -> None:
        """Keep of the last reply only `reply`, if that is how it begins."""
        if self.messages and str(self.messages[-1].content).startswith(reply):
            self.messages[-1] = AIMessage(reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a turn happens in."""

    memory: Memory
    profile: Profile
    chat: ChatModel | None
    visitor: str
    """Who speaks with the twin; empty for the owner."""
    transcript: Transcript = field(default_factory=Transcript)
    veil: Veil | None = None
    """Gives other people other names before a visitor; None where they keep their own."""
    balance: Balance = field(default_factory=lambda: Balance(Style()))
    """What was said of late, to anybody, against what the owner usually writes."""
    tone: str = ""
    """How whoever speaks sounds."""
    stop: Flag = field(default_factory=Flag)
    """Set to stop the reply; what was said until then is kept."""
    sure: Flag | None = None
    """Set once the message is sure to be meant; until then nothing is kept of it. None: it is."""

    @property
    def owner(self) -> bool:
        """True when the owner speaks."""
        return not self.visitor

    def wait_until_sure(self) -> bool:
        """Wait until the message is sure to be meant; return False when it is not."""
        while self.sure is not None and not self.sure.wait(0.02):
            if self.stop.is_set():
                return False
        return True

    def shown(self, text: str) -> str:
        """Return a text as whoever speaks may see it."""
        return self.veil.over(text) if self.veil else text

    def meant(self, text: str) -> str:
        """Return what whoever speaks means, with people under their own names."""
        return self.veil.under(text) if self.veil else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message and what has been settled about it."""

    text: str
    intent: Intent
    lesson: Lesson
    evidence: Evidence
    outcome: Outcome

    @property
    def asked(self) -> str:
        """What is asked in it, without what is told beside."""
        return asked_in(self.text)


def reply_to(heard: Heard, setting: Setting) -> Iterator[Event]:
    """Yield the reply to a message whose outcome is settled."""
    opening = named = _named(heard, setting)
    for event in _reply_to(heard, setting):
        if isinstance(event, Revised):
            yield Revised(text=named + event.text.replace("\n", f"\n{named}"))
        elif isinstance(event, TextDelta):
            yield TextDelta(text=opening + event.text.replace("\n", f"\n{named}"))
            opening = ""
        else:
            yield event


def _named(heard: Heard, setting: Setting) -> str:
    """Return the name of whoever speaks and a mark, as often as the owner begins with one."""
    style = setting.profile.style
    if setting.owner or style is None:
        return ""
    falls = chance_of(f"name {heard.text}") < style.addressing.share
    return calling(setting.visitor, style.addressing) if falls else ""


def _reply_to(heard: Heard, setting: Setting) -> Iterator[Event]:
    outcome, style = heard.outcome, setting.profile.style
    if outcome is not Outcome.KNOWN:
        yield TextDelta(text=_unanswered(outcome, heard, setting))
    elif heard.intent is Intent.NATURE:
        yield TextDelta(text=phrases.nature(setting.memory.twin.owner, heard.text, style))
    elif heard.lesson:
        yield TextDelta(text=phrases.noted(heard.lesson.lines, heard.text, style))
    elif heard.intent in _SMALL_TALK or setting.chat is None:
        yield TextDelta(text=_from_memory(heard, setting))
    elif setting.chat.local and (said := _own_words(heard, setting)):
        yield from _say(said, heard, setting, setting.chat)
    else:
        yield from _Reply(heard, setting, setting.chat).events()


def _say(said: str, heard: Heard, setting: Setting, chat: ChatModel) -> Iterator[Event]:
    """Yield words that no model made; it reads them as part of the talk all the same."""
    setting.transcript.so_far(setting.memory, setting.visitor, chat)
    setting.transcript.add(prompt.question(heard.text, [], owner=setting.memory.twin.owner), said)
    yield TextDelta(text=said)


def _own_words(heard: Heard, setting: Setting) -> str | None:
    """Return what the owner once answered to the same question, or wrote to a remark much alike."""
    style = setting.profile.style
    if heard.intent is Intent.QUESTION:
        facts = visible_facts(heard.text, heard.evidence, setting.memory, owner=setting.owner)
        return asked_before(heard.asked, heard.evidence, facts, setting.memory, style)
    if heard.intent not in (Intent.STATEMENT, Intent.WELLBEING) or style is None:
        return None
    turns = setting.memory.talks.last(setting.visitor, _MOST_TURNS)
    lately = {
        without_name(line, style.addressing) for turn in turns for line in turn.reply.splitlines()
    }
    return own_reply(heard.text, setting.memory, style, setting.balance, said=lately)


class _Reply:
    """A reply by the model, checked word by word as it comes."""

    def __init__(self, heard: Heard, setting: Setting, chat: ChatModel) -> None:
        self._heard = heard
        self._setting = setting
        self._chat = chat
        self._notes = self._choose_notes()
        self._message = prompt.question(
            heard.text,
            self._notes,
            owner=setting.memory.twin.owner,
            style=setting.profile.style,
            tone=setting.tone,
        )
        self._pen = self._new_pen()
        self._talk = setting.transcript.so_far(setting.memory, setting.visitor, chat)
        given = [str(message.content) for message in [*self._talk, self._message]]
        self._grounding = Grounding(
            [*given, setting.memory.twin.owner],
            self._notes,
            heard=heard.text,
            strict=chat.local,
        )

    def events(self) -> Iterator[Event]:
        """Yield the reply."""
        said = shown = ""
        try:
            for word in self._words():
                if kept := once(said + word):
                    yield self._said_once(kept)
                    return
                if not self._may_follow(said, word):
                    yield self._revised()
                    return
                said += word
                if written := self._pen.write(word):
                    shown += written
                    yield TextDelta(text=written)
                if self._is_long_enough(said):
                    break
        except Exception as error:  # whatever a provider raises, the twin still answers
            yield Notice(text=f"{translate(error)}; memory alone answers")
            yield self._revised()
            return
        if not said.strip() or (self._notes and not self._grounding.supports(said)):
            yield self._revised()
            return
        if rest := self._pen.end():
            yield TextDelta(text=rest)
        self._setting.transcript.add(self._message, (shown + rest).strip())

    def _said_once(self, kept: str) -> Revised:
        """Return a reply that began to repeat itself, up to there."""
        if self._notes and not self._grounding.supports(kept):
            return self._revised()
        pen = self._new_pen()
        text = "".join(pen.write(word) for word in re.findall(r"\S+\s*", kept)) + pen.end()
        self._setting.transcript.add(self._message, text.strip())
        return Revised(text=text.strip())

    def _new_pen(self) -> Pen:
        return Pen(self._setting.profile.style if self._chat.local else None, self._heard.text)

    def _choose_notes(self) -> list[str]:
        if self._heard.intent is not Intent.QUESTION:
            return []
        return notes_for(
            self._heard.text,
            self._heard.evidence,
            self._setting.memory,
            owner=self._setting.owner,
            budget=self._chat.evidence_tokens,
        )

    def _words(self) -> Iterator[str]:
        """Yield the model's reply in whole words, each with the space after it."""
        head = prompt.head_of(self._setting.memory, self._setting.profile)
        held = ""
        for chunk in self._chat.model.stream([*head, *self._talk, self._message]):
            if self._setting.stop.is_set():
                return
            *whole, held = re.split(r"(?<=\s)(?=\S)", held + str(chunk.text))
            yield from whole
        if held:
            yield held

    def _may_follow(self, said: str, word: str) -> bool:
        opens = not said.strip() or said.rstrip()[-1] in '.!?…\n“"('
        if not self._grounding.allows(word, opens=opens) or self._grounding.repeats(said + word):
            return False
        if is_assistant_like(said + word):
            return False
        return bool(self._notes) or not claims_a_life(said + word)

    def _is_long_enough(self, said: str) -> bool:
        """Say whether a sentence has just ended beyond what the owner hardly ever exceeds."""
        style = self._setting.profile.style
        if not self._chat.local or style is None or not style.is_sure:
            return False
        most = max(_LEAST_WORDS, style.length.words_p90)
        return said.rstrip()[-1:] in _ENDINGS and len(words_of(said)) >= most

    def _revised(self) -> Revised:
        return Revised(text=_from_memory(self._heard, self._setting))


def _from_memory(heard: Heard, setting: Setting) -> str:
    """Return what memory itself says, or a word in passing where nothing was asked."""
    style = setting.profile.style
    if said := _own_words(heard, setting):
        return said
    if heard.intent is not Intent.QUESTION:
        return phrases.small_talk(heard.intent, heard.text, style, setting.balance)
    facts = visible_facts(heard.text, heard.evidence, setting.memory, owner=setting.owner)
    words = words_for(heard.text, heard.evidence, facts)
    if sure := meant_facts(heard.evidence.question, sure_facts(heard.text, facts, words)):
        return phrases.facts(sure[:_MOST_FACTS], heard.text, style)
    if words:
        longest = longest_quote(style)
        said = guard.plain(nearest_passage(words[0].text, heard.asked, setting.memory, longest))
        if setting.chat is not None and words[0].own:
            return phrases.said_then(in_one_go(said), words[0].said_at, heard.text, style)
        return f"“{said}”" + _month(words[0].said_at)
    return _unanswered(Outcome.UNKNOWN, heard, setting)


def _unanswered(outcome: Outcome, heard: Heard, setting: Setting) -> str:
    style, balance = setting.profile.style, setting.balance
    return phrases.reply_for(outcome, heard.text, style, balance, owner=setting.owner)


def _month(said_at: datetime | None) -> str:
    return f" ({said_at:%B %Y})" if said_at else ""
