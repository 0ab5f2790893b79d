"""What a twin says when somebody comes."""

from memory.errors import SelfsameError
from persona.voice.speech import Speech
from persona.voice.voices import TwinVoice


def greeting(owner: str) -> str:
    """Return a greeting that says at once what it is."""
    return f"Hi! I'm the AI twin of {owner}. What would you like to talk about?"


def spoken(text: str, voice: TwinVoice) -> list[Speech]:
    """Return a text as speech, ready to be heard; nothing where no voice can say it."""
    try:
        return list(voice.say([text]))
    except SelfsameError:
        return []
