"""The twin itself: the one door for app, command line, programs and measurements."""

from collections.abc import Iterator
from threading import Event as Flag

from langchain_core.messages import HumanMessage

from memory.model import OWNER
from memory.recall import name_owner
from memory.store import Memory
from persona.agent import look_up, take_turn
from persona.answer import Setting, Transcript
from persona.chat_model import ChatModel, warm
from persona.decide import Outcome
from persona.events import Done, Event
from persona.profile import Profile, load_profile
from persona.prompt import OPENING, head_of
from persona.pseudonyms import veil_of
from persona.short_answer import Brief, short_answer
from persona.style.address import calling
from persona.style.balance import Balance
from persona.style.model import Style


class Twin:
    """A person's twin, ready to talk."""

    def __init__(self, memory: Memory, chat: ChatModel | None) -> None:
        self.memory = memory
        self.chat = chat
        self._transcripts: dict[str, Transcript] = {}
        self.refresh()

    def reply(
        self,
        heard: str,
        *,
        visitor: str = OWNER,
        tone: str = "",
        stop: Flag | None = None,
        sure: Flag | None = None,
    ) -> Iterator[Event]:
        """Yield a reply as it is made: recalled, text piece by piece, done.

        Args:
            heard: the message.
            visitor: who says it; empty for the owner, who alone can teach.
            tone: how they sound: `glad`, `sad`, `upset`; anything else counts as even.
            stop: set it, or close the iterator, to stop the reply.
            sure: set it once the message is sure to be meant, as it isn't while its speaker may
                go on; stopped before that, the turn leaves no trace.
        """
        self._keep_up()
        flag = stop or Flag()
        transcript = self._transcripts.setdefault(visitor, Transcript())
        added = transcript.added
        setting = Setting(
            memory=self.memory,
            profile=self.profile,
            chat=self.chat,
            visitor=visitor,
            transcript=transcript,
            balance=self._balance,
            veil=self._veil if visitor else None,
            tone=tone,
            stop=flag,
            sure=sure,
        )
        try:
            for event in take_turn(_readable(heard), setting):
                if isinstance(event, Done):
                    self._balance.add(event.reply)
                yield event
        finally:
            flag.set()
            if sure is not None and not sure.is_set() and transcript.added > added:
                transcript.take_back()

    def heard_only(self, turn_id: int, reply: str, *, visitor: str = OWNER) -> None:
        """Keep of the last turn's reply only `reply`, what was heard before an interruption."""
        self.memory.talks.shorten(turn_id, visitor, reply)
        meant = self._veil.under(reply) if visitor and self._veil else reply
        style = self.profile.style or Style()
        called = calling(visitor, style.addressing)  # a talk is read by the model without it
        bare = "\n".join(line.removeprefix(called) for line in meant.split("\n"))
        self._transcripts.setdefault(visitor, Transcript()).shorten(bare)

    def ask(self, heard: str, *, visitor: str = OWNER) -> Done:
        """Return the whole reply."""
        done = [event for event in self.reply(heard, visitor=visitor) if isinstance(event, Done)]
        return done[-1]

    def brief(self, question: str, *, visitor: str = OWNER, anyway: bool = False) -> Brief:
        """Return the shortest answer that memory gives, a phrase out of the owner's voice.

        It stands for itself: nothing is kept of it and nothing said before is looked at.

        Args:
            question: what to answer.
            visitor: who asks; empty for the owner, to whom nothing is private.
            anyway: answer though memory does not seem to tell; what is private stays private.

        Raises:
            ModelProblem: the chat model can't be asked.
        """
        veil = self._veil if visitor else None
        question = _readable(question)
        asked = veil.under(question) if veil else question
        outcome, evidence = look_up(asked, self.memory, owner=not visitor)
        said = ""
        if outcome is Outcome.KNOWN or (anyway and outcome is Outcome.UNKNOWN):
            named = name_owner(asked, self.memory.twin.owner)
            said = short_answer(named, evidence, self.memory, self.chat)
        if veil:
            said, evidence = veil.over(said), veil.over_evidence(evidence)
        return Brief(text=said, outcome=outcome, evidence=evidence)

    def refresh(self) -> None:
        """Read the profile anew, after an import or an edit."""
        self.profile: Profile = load_profile(self.memory)
        self._stored = self.memory.sources.style()
        self._balance = Balance(self.profile.style or Style())
        self._veil = veil_of(self.memory)
        self._transcripts.clear()

    def _keep_up(self) -> None:
        """Read the profile anew if it was changed elsewhere, as by forgetting what it quotes."""
        if self.memory.sources.style() != self._stored:
            self.refresh()

    def forget_visitor(self, visitor: str) -> None:
        """Erase all that was said with a visitor."""
        self.memory.talks.erase(visitor)
        self._transcripts.pop(visitor, None)

    def read_ahead(self, visitor: str = OWNER) -> None:
        """Let a model on this machine read the talk so far: the next message is all that is left.

        Raises:
            ModelProblem: the model can't be asked.
        """
        if self.chat is None or not self.chat.local:
            return
        self._keep_up()
        transcript = self._transcripts.setdefault(visitor, Transcript())
        talk = transcript.so_far(self.memory, visitor, self.chat)
        head = head_of(self.memory, self.profile)
        warm(self.chat, [*head, *talk, HumanMessage(OPENING)])

    def warm_up(self) -> None:
        """Load what the first reply needs: the encoder, the index, the head of the prompt."""
        self.memory.recall("hello")
        self.read_ahead()


def _readable(text: str) -> str:
    """Return a text without what no encoding can write, such as a stray byte of a command line."""
    return text.encode("utf-8", "replace").decode("utf-8")
