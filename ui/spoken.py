"""Spoken answers and questions read aloud: the interview by voice, with what the settings name."""

from typing import NamedTuple

from memory.shelf import Shelf
from memory.store import Memory
from persona.settings import Settings


class Written(NamedTuple):
    """A spoken answer as it was written down."""

    words: str
    unsure: bool
    """Whether they had better be looked over closely."""


def write_down(settings: Settings, memory: Memory, question_id: int, wav: bytes) -> Written:
    """Keep a recording as the draft of an answer and write down what is said in it.

    Raises:
        VoiceProblem: there is no sound in it, or it can't be heard; the recording is kept.
        ModelProblem: what hears isn't there; the recording is kept.
    """
    from persona.voice.ears import open_hearing
    from persona.voice.sound import read_sound
    from persona.voice.speaker import RATE

    memory.recordings.draft(question_id, wav, "")
    draft = memory.recordings.drafted(question_id)
    assert draft is not None, "it was kept just now"
    heard = open_hearing(settings).transcribe(read_sound(draft, RATE))
    memory.recordings.draft(question_id, wav, heard.text)
    return Written(heard.text, heard.unsure)


def with_spoken(words: str, earlier: str, spoken: str) -> str:
    """Return an answer with what was spoken in the place of an earlier try, or after what it says.

    >>> with_spoken("In Braga.", "", "Over a bakery.")
    'In Braga.\\n\\nOver a bakery.'
    >>> with_spoken("Over the bagery.", "Over the bagery.", "Over a bakery.")
    'Over a bakery.'
    """
    words = words.strip()
    if earlier and earlier in words:
        return words.replace(earlier, spoken)
    return f"{words}\n\n{spoken}".strip()


def is_sent_away(settings: Settings) -> bool:
    """Tell whether a recording leaves this machine to be written down."""
    return settings.hearing.partition(":")[0] != "faster-whisper"


def read_aloud(settings: Settings, text: str) -> bytes:
    """Return a text as WAV in the quick voice of this machine, which is nobody's.

    Raises:
        VoiceProblem: no voice can say it.
        ModelProblem: the voice isn't there.
    """
    from persona.voice.clauses import in_clauses
    from persona.voice.sound import wav_bytes
    from persona.voice.take import record
    from persona.voice.voices import FAST, TwinVoice

    voice = TwinVoice(settings, Shelf(settings.home / "voice"), FAST)
    return wav_bytes(record(voice.say(in_clauses(text))).speech)
