"""A whole run on a small life: figures with n, the twin untouched, the card readable."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest

from evals.errors import EvalProblem
from evals.fidelity.card_html import as_html
from evals.fidelity.card_markdown import as_markdown
from evals.fidelity.compare import compare
from evals.fidelity.figure import Run
from evals.fidelity.kept_runs import keep_run, load_run, run_ids
from evals.fidelity.measure import MEASURING, measure_fidelity
from evals.fidelity.section import QUICK
from evals.fidelity.wish import Wish, wish_for
from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from memory.errors import Stopped
from memory.home import Home
from memory.store import Memory, Store
from persona.settings import load_settings
from tests.chats import START
from tests.evals.fidelity.life import live

FEW = replace(
    QUICK,
    recall=4,
    evidence=16,
    abstention=6,
    replies=26,
    choices=6,
    asked_again=1,
    leaks=20,
    poisoning=4,
    told=2,
)


def tell_nobody(_label: str, _done: int, _total: int) -> None:
    """Leave progress unshown."""


def wish(memory: Memory) -> Wish:
    """Return a small run with one more person to tell apart."""
    return wish_for(memory, sizes=FEW, people={"Zoe": ["Certainly. I concur entirely."] * 60})


class Measured(NamedTuple):
    """A small life and a run on it, without a model, so that memory itself answers."""

    memory: Memory
    run: Run


@pytest.fixture(scope="module")
def measured(
    embedding: SentenceTransformerEmbedding, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Measured]:
    """One run for all tests here."""
    home = Home(tmp_path_factory.mktemp("measured"))
    store = Store(home, QdrantEdgeIndex(home.index_path, 384), embedding)
    memory = store.memory(store.create("ana", "Ana Reis").name)
    live(memory)
    run = measure_fidelity(load_settings(chat="none"), memory, wish(memory), tell_nobody)
    yield Measured(memory, run)
    store.close()


def test_a_run_measures_every_part_and_leaves_the_twin_alone(measured: Measured) -> None:
    memory, run = measured
    sections = {figure.section for figure in run.figures}
    wanted = {"recall", "grounding", "style", "choice", "consistency", "abstention"}
    wanted |= {"leaks", "poisoning", "change", "erasure"}
    assert wanted <= sections
    for figure in run.figures:
        assert figure.n > 0, figure.key
        assert figure.value is not None, figure.key
    assert not memory.talks.visitors()
    assert not any("lerwick" in u.text for u in memory.all_utterances())
    leaked = run.figure("leaks.leaked")
    assert leaked is not None
    assert leaked.value == 0
    for kind in ("latest", "reversed", "mentioned", "forgotten"):
        figure = run.figure(f"change.{kind}")
        assert figure is not None
        assert (figure.value, figure.n) == (1, FEW.changes)


def test_what_is_forgotten_stands_in_no_file_of_the_copy(measured: Measured) -> None:
    residue = measured.run.figure("erasure.residue")
    assert residue is not None
    assert (residue.value, residue.floor, residue.n) == (0, 1, 50)


def test_every_aim_stands_beside_what_it_is_read_by(measured: Measured) -> None:
    text = as_markdown(measured.run)
    for figure in measured.run.figures:
        if figure.gate is not None:
            assert figure.passed is not None, figure.key
            assert figure.low is not None, figure.key
            assert figure.ceiling_is or figure.floor_is or figure.anchor, figure.key
            (row,) = [line for line in text.splitlines() if f"{figure.label}** |" in line
                      or f"| {figure.label} |" in line]  # fmt: skip
            assert row.endswith("reached |")
            assert f"| {figure.n:,} |" in row


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("taste", "no section 'taste' .known: recall"),
        ("judge", "no model to judge"),
        ("grounding", "nothing to measure by grounding alone"),
    ],
)
def test_a_section_that_measures_nothing_is_said_so(
    measured: Measured, section: str, told: str
) -> None:
    only = replace(wish(measured.memory), sections=(section,))
    kept: list[Run] = []
    with pytest.raises(EvalProblem, match=told):
        measure_fidelity(
            load_settings(chat="none"), measured.memory, only, tell_nobody, kept.append
        )
    assert not kept


def test_every_case_leads_to_words_of_the_real_twin(measured: Measured) -> None:
    memory, run = measured
    cited = {i for case in run.cases if case.section == "recall" for i in case.evidence}
    found = memory.utterances.by_id(cited)
    assert cited
    assert cited == set(found)


def test_a_run_is_kept_and_read_as_a_page(measured: Measured) -> None:
    memory, run = measured
    keep_run(memory, run)
    again = load_run(memory, "latest")
    assert again == run
    assert run_ids(memory) == [run.run_id]
    text, page = as_markdown(again), as_html(again)
    for figure in run.figures:
        assert figure.label in text
    assert not re.search(r"(src|href)=.?https?:", page)
    assert "<script" not in page
    assert page.count("<svg") >= 2
    json.loads(again.model_dump_json())


def test_the_same_seed_gives_the_same_figures(measured: Measured) -> None:
    memory, run = measured
    again = measure_fidelity(load_settings(chat="none"), memory, wish(memory), tell_nobody)
    assert again.figures == run.figures
    assert again.cases == run.cases
    assert again.prints == run.prints
    assert not {one.verdict for one in compare(run, again)} & {"better", "worse"}


def test_a_run_that_is_stopped_keeps_the_parts_that_are_done(measured: Measured) -> None:
    kept: list[Run] = []

    def stop_soon(label: str, done: int, _total: int) -> None:
        if label == MEASURING and done >= FEW.recall + 2:
            raise Stopped("stopped")

    memory, whole = measured
    run = measure_fidelity(load_settings(chat="none"), memory, wish(memory), stop_soon, kept.append)
    assert [(one.figures, one.left_out) for one in kept] == [(run.figures, run.left_out)]
    assert {figure.section for figure in run.figures} == {"recall"}
    assert run.left_out[0] == "style"
    assert run.figure("recall.right") == whole.figure("recall.right")
    assert "stopped before style" in as_markdown(run)


def test_a_run_stopped_at_once_keeps_nothing(measured: Measured) -> None:
    def stop(_label: str, _done: int, _total: int) -> None:
        raise Stopped("stopped")

    with pytest.raises(Stopped):
        measure_fidelity(load_settings(chat="none"), measured.memory, wish(measured.memory), stop)


def test_a_run_that_is_not_there_is_named(memory: Memory) -> None:
    with pytest.raises(EvalProblem, match="no run"):
        load_run(memory, f"{START:%Y}")
