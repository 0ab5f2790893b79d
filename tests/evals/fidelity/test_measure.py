"""A whole run on a small life: figures with n, the twin untouched, the card readable."""

import json
from pathlib import Path

import pytest

from evals.errors import EvalProblem
from evals.fidelity.card_html import as_html
from evals.fidelity.card_markdown import as_markdown
from evals.fidelity.figure import Run
from evals.fidelity.kept_runs import keep_run, load_run, run_ids
from evals.fidelity.measure import measure_fidelity
from evals.fidelity.section import QUICK
from evals.fidelity.wish import wish_for
from memory.adapters.sentence_transformer import SentenceTransformerEmbedding
from memory.store import Memory
from persona.settings import load_settings
from tests.chats import START
from tests.evals.fidelity.life import live


@pytest.fixture
def run(
    memory: Memory, embedding: SentenceTransformerEmbedding, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A run without a model, so that memory itself answers."""
    monkeypatch.setattr("persona.bootstrap.open_embedding", lambda _settings: embedding)
    live(memory)
    wish = wish_for(memory, sizes=QUICK, people={"Zoe": ["Certainly. I concur entirely."] * 60})
    return measure_fidelity(load_settings(chat="none"), memory, wish, lambda *_: None)


def test_a_run_measures_every_part_and_leaves_the_twin_alone(run: Run, memory: Memory) -> None:
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


def test_every_case_leads_to_words_of_the_real_twin(run: Run, memory: Memory) -> None:
    cited = {i for case in run.cases if case.section == "recall" for i in case.evidence}
    found = memory.utterances.by_id(cited)
    assert cited
    assert cited == set(found)


def test_a_run_is_kept_and_read_as_a_page(run: Run, memory: Memory) -> None:
    keep_run(memory, run)
    again = load_run(memory, "latest")
    assert again == run
    assert run_ids(memory) == [run.run_id]
    text, page = as_markdown(again), as_html(again)
    for figure in run.figures:
        assert figure.label in text
    assert "http://" not in page.replace("http://www.w3.org", "").replace("http://purl.org", "")
    assert "<script" not in page
    assert page.count("<svg") >= 2
    json.loads(again.model_dump_json())


def test_a_run_that_is_not_there_is_named(memory: Memory, tmp_path: Path) -> None:
    with pytest.raises(EvalProblem, match="no run"):
        load_run(memory, f"{START:%Y}")
