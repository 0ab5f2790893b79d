"""A memory keeps what it acknowledged, finds it again, and knows nothing of other twins."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.embedding import Embedding
from memory.errors import HomeInUse, NotFound, StoreError
from memory.home import Home
from memory.store import Memory, Store
from tests.chats import ana, ben
from tests.conftest import Tell, add_chat


def _texts(memory: Memory, question: str, **options: bool) -> list[str]:
    return [hit.utterance.text for hit in memory.recall(question, **options).hits]


def test_what_was_said_is_found_by_a_question_in_other_words(memory: Memory, tell: Tell) -> None:
    tell(
        ana("we finally got a puppy, her name is Biscuit"),
        ben("the meeting was moved to four", days=2),
        ana("my bike has a flat tyre again", days=4),
    )
    assert _texts(memory, "What is your dog called?")[0].endswith("Biscuit")


def test_an_answer_is_lifted_by_the_question_before_it(memory: Memory, tell: Tell) -> None:
    tell(
        ben("which instrument did you play at school?"),
        ana("the oboe, badly", minutes=1),
        ben("school was boring", days=3),
        ana("an instrument shop opened", days=6),
    )
    assert "the oboe, badly" in _texts(memory, "What instrument did you play at school?")[:2]


def test_the_same_chat_again_adds_only_what_is_new(memory: Memory, tell: Tell) -> None:
    first = tell(ana("hello"), ben("hi", minutes=1))
    again = tell(ana("hello"), ben("hi", minutes=1), ana("new", minutes=2))
    assert (len(first), len(again)) == (2, 1)
    assert len(memory.all_utterances()) == 3


def test_two_twins_never_see_each_other(store: Store) -> None:
    one = store.memory(store.create("one", "Ana Reis").name)
    two = store.memory(store.create("two", "Ana Reis").name)
    add_chat(one, (ana("my harbour secret is a blue boat"),))
    added = add_chat(two, (ana("I bake bread on Sundays"),))
    assert _texts(two, "What is the harbour secret?") == ["I bake bread on Sundays"]
    assert one.utterances.by_id(added) == {}
    assert one.utterances.forget(added) == 0
    assert len(two.all_utterances()) == 1


def test_private_words_are_withheld_from_others(memory: Memory) -> None:
    source_id = memory.sources.add("a", "text")
    chat = memory.sources.conversation("text", "a", "a", "chat")
    rows = [(ben("what's the door code?"), 0, ()), (ana("the door code is 4711"), 0, {"code"})]
    memory.utterances.add(chat, source_id, rows)
    memory.index_pending()
    assert "the door code is 4711" in _texts(memory, "What is the door code?")
    assert "the door code is 4711" not in _texts(memory, "What is the door code?", owner=False)


def test_forgotten_words_are_gone_and_stay_gone(memory: Memory, tell: Tell) -> None:
    secret = ana("I once failed the driving test four times")
    ids = tell(secret, ana("I like tea", minutes=1))
    memory.utterances.forget(ids[:1])
    memory.index_pending()
    assert _texts(memory, "How often did you fail the driving test?") == ["I like tea"]
    assert tell(secret) == []


def test_a_change_that_the_index_missed_is_carried_over_later(memory: Memory) -> None:
    source_id = memory.sources.add("a", "text")
    chat = memory.sources.conversation("text", "a", "a", "chat")
    memory.utterances.add(chat, source_id, [(ana("the lighthouse is green"), 0, ())])
    assert _texts(memory, "What colour is the lighthouse?") == ["the lighthouse is green"]


def test_a_lost_index_is_made_again(tmp_path: Path, embedding: Embedding) -> None:
    folder = tmp_path / "again"
    _with_lighthouse(folder, embedding).close()
    for shard in (folder / "index").iterdir():
        for file in sorted(shard.rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
        shard.rmdir()
    store = _open(folder, embedding)
    assert _texts(store.memory("ana"), "lighthouse") == ["the lighthouse is green"]
    store.close()


def test_reindexing_gives_the_same_answers(memory: Memory, tell: Tell) -> None:
    tell(*(ana(f"on day {i} I saw bird number {i}", days=i) for i in range(30)))
    before = _texts(memory, "Which bird did you see on day 12?")
    assert memory.reindex() == 30
    assert _texts(memory, "Which bird did you see on day 12?") == before


def test_another_encoder_never_mixes_with_the_old_vectors(
    tmp_path: Path, embedding: Embedding
) -> None:
    folder = tmp_path / "again"
    _with_lighthouse(folder, embedding).close()

    class Renamed:
        name, dimension = "another", 384
        embed, embed_query = embedding.embed, embedding.embed_query

    store = _open(folder, Renamed())
    assert _texts(store.memory("ana"), "lighthouse") == ["the lighthouse is green"]
    store.close()


def test_evidence_fits_its_budget_and_stands_in_order_of_time(memory: Memory, tell: Tell) -> None:
    tell(*(ana(f"walk {i} by the river was long and windy", days=i) for i in range(60)))
    packed = memory.recall("Tell me about your walks by the river", budget=120).packed
    assert 3 <= len(packed) <= 12
    moments = [u.said_at for u in packed if u.said_at]
    assert moments == sorted(moments)


def test_a_second_process_is_told_that_the_home_is_in_use(memory: Memory, tmp_path: Path) -> None:
    opening = (
        "import sys; from pathlib import Path; from memory.home import Home\n"
        "Home(Path(sys.argv[1]), wait_seconds=0.1)"
    )
    second = subprocess.run(
        [sys.executable, "-c", opening, str(tmp_path / "home")], capture_output=True, text=True
    )
    assert second.returncode != 0
    assert HomeInUse.__name__ in second.stderr
    assert "in use by another selfsame" in second.stderr


def test_the_database_keeps_its_promises(store: Store, tmp_path: Path) -> None:
    with store._home.engine.connect() as connection:  # pyright: ignore[reportPrivateUsage]
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "selfsame.db").write_bytes(b"this is not a database at all" * 50)
    with pytest.raises(StoreError, match="can't be opened"):
        Home(folder)


def test_a_twin_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    store.create("ana", "Ana")
    with pytest.raises(NotFound, match=r"there is no twin 'bob'.*'ana'"):
        store.memory("bob")
    with pytest.raises(StoreError, match="already a twin"):
        store.create("ana", "Ana")


def _open(folder: Path, embedding: Embedding) -> Store:
    home = Home(folder)
    return Store(home, QdrantEdgeIndex(home.index_path, 384), embedding)


def _with_lighthouse(folder: Path, embedding: Embedding) -> Store:
    store = _open(folder, embedding)
    memory = store.memory(store.create("ana", "Ana Reis").name)
    add_chat(memory, (ana("the lighthouse is green"),))
    return store
