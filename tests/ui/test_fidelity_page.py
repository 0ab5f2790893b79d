"""The fidelity page over a kept run, without a browser: read it, follow a case, put it right."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from evals.fidelity.figure import Case, Figure, Run
from evals.fidelity.kept_runs import keep_run
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from memory.store import Memory
from tests.chats import ana, ben
from tests.conftest import add_chat
from tests.evals.fidelity.runs import run_with
from ui import session
from ui.cli import run

APP = Path(__file__).parents[2] / "ui" / "app.py"


@pytest.fixture(autouse=True)
def memory(
    monkeypatch: pytest.MonkeyPatch, embedding: SentenceTransformerEmbedding
) -> Iterator[Memory]:
    """The memory of a twin with a short chat and two kept runs."""
    monkeypatch.setenv("SELFSAME_CHAT", "none")
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)  # pyright: ignore
    store = session.workshop().store
    memory = store.memory(store.create("ana", "Ana Reis").name)
    new = add_chat(memory, (ben("where do you live?"), ana("i live in porto", minutes=1)))
    keep_run(memory, kept("20260301-090000", 0.2, new[1]))
    keep_run(memory, kept("20260302-090000", 0.9, new[1]))
    yield memory
    session.close()


def kept(run_id: str, value: float, shown: int) -> Run:
    figure = Figure(
        key="recall.right",
        section="recall",
        label="Answers that are right",
        value=value,
        n=20,
        low=value - 0.1,
        high=value + 0.1,
        floor=0.0,
        ceiling=1.0,
        gate=0.5,
        headline=True,
        items={str(n): float(n < 20 * value) for n in range(20)},
    )
    untold = Figure(
        key="style.gap", section="style", label="Style gap", value=None, n=3, gate=0.45,
        better="less", headline=True,
    )  # fmt: skip
    case = Case(
        key="a",
        section="recall",
        kind="fact: lives in",
        asked="where do you live?",
        wanted="porto",
        got="in the moon",
        score=0,
        evidence=(shown,),
    )
    return run_with(
        run_id=run_id,
        started_at=datetime.strptime(run_id, "%Y%m%d-%H%M%S").replace(tzinfo=UTC),
        replies=3,
        figures=(figure, untold),
        cases=(case,),
    )


def opened() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    return page.switch_page("views/fidelity.py").run()


def words(page: AppTest) -> str:
    """Return what is to be read on a page."""
    return "\n".join(text.value for text in [*page.markdown, *page.caption, *page.text])


def test_the_newest_run_is_shown_with_its_aim_and_worst_cases() -> None:
    page = opened()
    assert not page.exception
    assert [one.value for one in page.metric] == ["0.90", "–"]
    badges = [text.value for text in page.markdown if "badge[" in text.value]
    assert [badge.rpartition(", ")[2] for badge in badges] == ["reached]", "not measured]"]
    assert any(button.label == "Measure" for button in page.button)
    assert "in the moon" not in words(page)
    page.session_state["worst_recall"] = True
    assert "in the moon" in words(page.run())


def test_a_bad_case_is_put_right_where_it_is_read_and_that_taken_back(memory: Memory) -> None:
    page = opened()
    page.session_state["worst_recall"] = True
    page.run().button(key="open_recall_a").click().run()
    assert "i live in porto" in words(page)
    page.text_area(key="words_recall_a").set_value("I live in Faro now.").run()
    assert "lives in" in words(page)
    page.button(key="teach_recall_a").click().run()
    assert not page.exception
    assert "I live in Faro now." in {u.text for u in memory.all_utterances()}
    next(b for b in page.button if b.label == "Undo").click().run()
    assert not page.exception
    assert "I live in Faro now." not in {u.text for u in memory.all_utterances()}


def test_two_runs_are_compared_on_the_page() -> None:
    page = opened()
    page.session_state["compare"] = True
    assert "better | Answers that are right | 0.20, 0.90" in words(page.run())


def test_too_short_a_life_is_said_so_and_nothing_is_kept(memory: Memory) -> None:
    page = opened()
    page.button(key="measure").click().run()
    job = session.jobs().get("fidelity:ana")
    assert job is None or job.wait(60)
    if not page.error:
        page.run()
    assert "too few" in page.error[0].value
    assert len(memory.measurements.names()) == 2


def test_two_runs_are_compared_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    session.close()
    wanted = ["eval", "fidelity", "ana", "--compare", "20260301-090000", "latest", "--json"]
    assert run(wanted) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures[0]["verdict"] == "better"


def test_a_kept_run_is_written_as_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session.close()
    out = tmp_path / "card"
    assert run(["eval", "fidelity", "ana", "--show", "latest", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"][0]["n"] == 20
    assert "<svg" in (out / "card.html").read_text("utf-8")
    assert "in the moon" in (out / "card.md").read_text("utf-8")


def test_a_run_that_is_not_kept_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    session.close()
    assert run(["eval", "fidelity", "ana", "--show", "nothing"]) == 2
    assert capsys.readouterr().err.startswith("error: there is no run 'nothing'")
