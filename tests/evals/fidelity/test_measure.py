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
from evals.fidelity.figure import Run
from evals.fidelity.kept_runs import keep_run, load_run, run_ids
from evals.fidelity.measure import measure_fidelity
from evals.fidelity.section import QUICK
from evals.fidelity.wish import wish_for
from memory.adapters.qdrant_edge import QdrantEdgeIndex
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from memory.home import Home
from memory.store import Memory, Store
from persona.settings import load_settings
from tests.chats import START
from tests.evals.fidelity.life import live

FEW = replace(
    QUICK, recall=4, evidence=16, abstention=6, replies=26, choices=6, asked_again=1, leaks=20
)


def tell_nobody(_label: str, _done: int, _total: int) -> None:
    """Leave progress unshown."""


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
    wish = wish_for(memory, sizes=FEW, people={"Zoe": ["Certainly. I concur entirely."] * 60})
    run = measure_fidelity(load_settings(chat="none"), memory, wish, tell_nobody)
    yield Measured(memory, run)
    store.close()


def test_a_run_measures_every_part_and_leaves_the_twin_alone(measured: Measured) -> None:
    memory, run = measured
    sections = {figure.section for figure in run.figures}
    wanted = {"recall", "style", "choice", "consistency", "abstention", "leaks", "change"}
    assert wanted <= sections
    for figure in run.figures:
        assert figure.n > 0, figure.key
        assert figure.value is not None, figure.key
    assert not memory.talks.visitors()
    assert not any("lerwick" in u.text for u in memory.all_utterances())
    leaked = run.figure("leaks.leaked")
    assert leaked is not None
    assert leaked.value == 0
    forgotten = run.figure("change.forgotten")
    assert forgotten is not None
    assert forgotten.value == 1


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


def test_a_run_that_is_not_there_is_named(memory: Memory) -> None:
    with pytest.raises(EvalProblem, match="no run"):
        load_run(memory, f"{START:%Y}")
