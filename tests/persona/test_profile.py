"""The prompt's examples quote the owner; what is forgotten is quoted no more."""

from memory.store import Memory
from persona.profile import measure_profile
from persona.twin import Twin
from tests.chats import ana, ben
from tests.conftest import Tell

ASKED = ("how was your day?", "what's for dinner?", "did you sleep?", "are you coming?")
ANSWERED = ("oh long, the tram broke down again", "lentils, i think", "like a log!", "at eight")


def quoted(memory: Memory, twin: Twin) -> str:
    """Return all that a profile quotes, as the twin has it and as it is stored."""
    return f"{twin.profile} {memory.sources.style()}"


def test_a_twin_that_is_talking_quotes_nothing_that_was_forgotten(
    memory: Memory, tell: Tell
) -> None:
    ids = tell(
        *(
            said
            for at, (heard, reply) in enumerate(zip(ASKED, ANSWERED, strict=True))
            for said in (ben(heard, days=at), ana(reply, days=at, minutes=1))
        )
    )
    measure_profile(memory)
    twin = Twin(memory, None)
    assert "lentils" in quoted(memory, twin)
    memory.forget_utterances([ids[3]])
    assert "lentils" not in f"{memory.sources.style()}"
    twin.ask("hello")
    assert "lentils" not in quoted(memory, twin)
    assert "tram" in quoted(memory, twin)


def test_before_the_first_import_there_is_nothing_to_measure(memory: Memory) -> None:
    memory.remember("i like tea", speaker="Ana Reis")
    memory.forget_utterances([u.utterance_id for u in memory.all_utterances()])
    assert memory.sources.style() is None
