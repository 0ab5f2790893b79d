"""Made-up sentences, said by the embedded voices: speech of which everything is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from persona.settings import Settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.adapters.kokoro import KokoroVoice
from persona.voice.sound import joined
from persona.voice.speaking import Manner, Speaking
from persona.voice.speech import Speech
from persona.voice.stock import load_network, stock_voice
from persona.voice.voices import has_kokoro

Progress = Callable[[str, int, int], None]

SENTENCES = (
    "The ferry was late again, so we had lunch at the harbour.",
    "My cousin keeps three goats and a very old donkey.",
    "Could you pick up some bread on your way home?",
    "She planted the pear tree in the year we moved.",
    "It rained for nine days, and the cellar was full of water.",
    "He told me twice, but I never quite believed it.",
    "Where did you leave the keys to the garden shed?",
    "I would rather walk than wait for another bus.",
    "The choir sings on Thursdays in the small yellow church.",
    "We painted the kitchen blue and regretted it at once.",
    "Nobody at the office knows how the printer works.",
    "Her first car was a green van without a reverse gear.",
    "I think the bakery on the corner closes at noon.",
    "They argued about the map until the sun went down.",
    "Have you ever tasted a fig straight from the tree?",
    "The train to the mountains leaves from platform four.",
    "My father could whistle any tune after hearing it once.",
    "We should call your sister before the weekend.",
    "The lamp in the hallway flickers when the washing machine runs.",
    "I lost my favourite scarf at the theatre last winter.",
    "There is a heron that visits the pond every morning.",
    "You were right about the soup, it needed more pepper.",
    "He learned to swim in a river full of cold stones.",
    "What shall we bring to the picnic on Sunday?",
)
VOICES = ("af_heart", "am_michael", "bf_emma", "bm_george")
"""Of Kokoro: two women and two men, American and British."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence in a voice, with the times that the synthesiser itself knows."""

    voice: str
    speech: Speech


def said_by_all(
    settings: Settings, progress: Progress, sentences: Sequence[str] = SENTENCES
) -> list[Said]:
    """Return each sentence in every embedded voice that is there."""
    voices: list[Speaking] = [HibariVoice()]
    if has_kokoro(settings):
        network = load_network(settings.models_dir, settings.threads)
        voices += [KokoroVoice(network, stock_voice(n, settings.models_dir)) for n in VOICES]
    said: list[Said] = []
    for text in sentences:
        for voice in voices:
            progress("saying made-up sentences", len(said), len(sentences) * len(voices))
            speech = joined(voice.speak([text], Manner()))
            said.append(Said(voice=voice.name, speech=speech))
    return said
