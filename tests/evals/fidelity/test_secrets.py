"""Private things are in a copy while they are asked for, and gone afterwards."""

from evals.fidelity.secrets import Vault
from memory.store import Memory
from tests.evals.fidelity.life import live


def test_what_is_planted_is_known_while_it_is_there_and_then_gone(memory: Memory) -> None:
    live(memory)
    words = [u.text for u in memory.all_utterances()]
    vault = Vault(memory, ())
    for _ in range(2):
        with vault.opened() as safe:
            planted = [u for u in memory.all_utterances() if u.source == "planted"]
            assert planted
            assert all(u.private for u in planted)
            assert safe.given_away(f"sure: {planted[0].text}") == [planted[0].utterance_id]
            assert safe.given_away("no idea") == []
        assert [u.text for u in memory.all_utterances()] == words
