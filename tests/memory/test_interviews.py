"""Interviews in the store: one answer a question, taken back whole; drafts; older homes."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import memory as room
from memory.database import open_database
from memory.errors import NotFound
from memory.interviews import NewQuestion
from memory.model import FactState, NewFact, NewUtterance
from memory.store import Memory, Store

AT = datetime(2026, 5, 1, tzinfo=UTC)


def asked(memory: Memory, key: str = "course:family/who", **extra: object) -> int:
    question = NewQuestion(key=key, area="family", prompt="Who?", **extra)  # pyright: ignore
    return memory.interviews.ask(question).question_id


def answered(memory: Memory, question_id: int, *texts: str) -> list[int]:
    conversation_id = memory.sources.conversation("interview", "interview", "", "interview")
    source_id = memory.sources.add("Interview", "interview")
    parts = [
        (NewUtterance(speaker="Ana Reis", own=True, text=text, said_at=AT), at, ())
        for at, text in enumerate(texts)
    ]
    return memory.keep_answer(question_id, conversation_id, source_id, parts)


def test_a_question_is_entered_once(memory: Memory) -> None:
    assert asked(memory) == asked(memory)
    assert [q.state for q in memory.interviews.all()] == ["open"]


def test_a_new_answer_takes_the_old_one_and_its_facts_along(memory: Memory) -> None:
    question_id = asked(memory)
    before = memory.beliefs.hold([NewFact(subject="owner", attribute="lives in", value="Faro")])[0]
    (said,) = answered(memory, question_id, "I live in Porto")
    memory.beliefs.hold(
        [
            NewFact(
                subject="owner",
                attribute="lives in",
                value="Porto",
                valid_from=AT,
                evidence=(said,),
            )
        ]
    )
    assert memory.beliefs.get(before.fact_id).state is FactState.SUPERSEDED
    answered(memory, question_id, "I live by the sea")
    assert [f.value for f in memory.beliefs.all(past=True)] == ["Faro"]
    assert memory.beliefs.get(before.fact_id).state is FactState.ACTIVE
    assert [u.text for u in memory.all_utterances()] == ["I live by the sea"]


def test_a_fact_that_others_show_too_stays(memory: Memory) -> None:
    first, second = asked(memory), asked(memory, key="course:places/now")
    ids = [*answered(memory, first, "I live in Porto"), *answered(memory, second, "Porto, yes")]
    memory.beliefs.hold(
        [NewFact(subject="owner", attribute="lives in", value="Porto", evidence=tuple(ids))]
    )
    answered(memory, first, "no idea")
    assert [f.value for f in memory.beliefs.all()] == ["Porto"]


def test_only_open_questions_are_dropped(memory: Memory) -> None:
    first, second = asked(memory), asked(memory, key="b")
    answered(memory, first, "x y z")
    memory.interviews.drop([first, second])
    assert [q.question_id for q in memory.interviews.all()] == [first]


def test_forgetting_a_fact_takes_the_question_that_quotes_it(memory: Memory) -> None:
    home = NewFact(subject="owner", attribute="lives in", value="Porto")
    fact = memory.beliefs.hold([home])[0]
    asked(memory, fact_id=fact.fact_id)
    memory.forget_fact(fact.fact_id)
    assert memory.interviews.all() == []


def test_no_twin_reaches_the_interview_of_another(store: Store, memory: Memory) -> None:
    question_id = asked(memory)
    other = store.memory(store.create("ben").name)
    with pytest.raises(NotFound):
        other.interviews.get(question_id)
    with pytest.raises(NotFound):
        answered(other, question_id, "mine now")
    other.interviews.drop([question_id])
    assert memory.interviews.get(question_id).state == "open"


def test_a_twin_is_a_draft_until_it_goes_live(store: Store, memory: Memory) -> None:
    assert store.find("ana").live_at is None
    assert memory.go_live().live_at is not None
    assert store.find("ana").live_at is not None
    assert memory.go_live(live=False).live_at is None


def test_a_home_from_before_interviews_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "selfsame.db"
    config = Config()
    config.set_main_option("script_location", str(Path(room.__path__[0]) / "migrations"))
    config.attributes["engine"] = create_engine(f"sqlite:///{path}")
    command.upgrade(config, "0001")
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO twin (name, owner, created_at) VALUES ('ana', 'Ana', '2026-05-01')"
        )
        old.execute("INSERT INTO alias (twin_id, name) VALUES (1, 'Anita')")
    open_database(path).dispose()
    with sqlite3.connect(path) as new:
        assert new.execute("SELECT name, live_at FROM twin").fetchall() == [("ana", None)]
        assert new.execute("SELECT name FROM alias").fetchall() == [("Anita",)]
        assert new.execute("SELECT count(*) FROM interview_question").fetchone() == (0,)
