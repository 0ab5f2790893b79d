"""Who and what takes part in a live conversation."""

from dataclasses import dataclass, field

from memory.errors import SelfsameError
from persona.errors import TwinError
from persona.face.face import Face
from persona.live.greeting import greeting
from persona.live.hesitation import hesitations_of
from persona.live.pardon import PARDON
from persona.twin import Twin
from persona.voice.ear import Finished
from persona.voice.hearing import Hearing
from persona.voice.speech import Speech
from persona.voice.voices import TwinVoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The twin, its visitor and its parts; a part that is missing is done without."""

    twin: Twin
    visitor: str
    """Who talks with the twin; empty for the owner."""
    voice: TwinVoice | None
    hearing: Hearing | None
    face: Face | None
    finished: Finished | None = None
    """Tells from the sound whether the visitor has finished."""
    notices: list[str] = field(default_factory=list[str])
    """What is to be told at the start: what is missing, what stands in."""

    pardon: list[Speech] = field(default_factory=list[Speech])
    """What is said when a visitor could not be understood, ready to be heard once warm."""

    hesitations: list[Speech] = field(default_factory=list[Speech])
    """What is said before a reply that takes a while, ready to be heard once warm."""

    def warm_up(self) -> list[Speech]:
        """Load all that the first turn needs; return the greeting, ready to be heard."""
        try:
            self.twin.warm_up()
            self.twin.read_ahead(self.visitor)
        except TwinError as error:
            self.notices.append(f"{error}; until then replies quote what was said")
        if self.voice is None:
            return []
        try:
            said = list(
                self.voice.say([greeting(self.twin.memory.twin.owner)], self.notices.append)
            )
            if self.hearing is not None and not self.pardon:
                self.pardon.extend(self.voice.say([PARDON]))
            if not self.voice.hosted and not self.hesitations:
                self.hesitations.extend(self.voice.say(hesitations_of(self.twin.profile.style)))
        except SelfsameError:
            return []  # the voice tells why when it is needed
        if self.hearing is not None and not self.hearing.hosted and said:
            self.hearing.transcribe(said[0], timed=False)
        return said
