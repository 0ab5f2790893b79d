"""The sample person holds up: what she told is told, what is private or unknown is not."""

import pytest

from evals.sample_run import measure_sample
from ingest.sample import SampleSource, load_sample
from persona.settings import load_settings


def test_the_sample_person_answers_withholds_and_admits() -> None:
    figures = measure_sample(load_settings(chat="none"), lambda *_: None)
    assert figures["n"] == len(load_sample().questions)
    assert figures["outcome_right"] >= 0.85 * figures["n"]
    assert figures["by_kind"]["private"] == "8 of 8"
    assert figures["by_kind"]["refused"] == "4 of 4"


def test_every_piece_of_evidence_stands_in_the_exports() -> None:
    sample = load_sample()
    whole = "".join(
        source.path.read_text("utf-8") for source in sample.sources if source.path.suffix != ".zip"
    )
    shown = [q.evidence for q in sample.questions if q.evidence]
    assert len(shown) >= 40
    assert sum(words in whole for words in shown) >= 30


@pytest.mark.parametrize("source", load_sample().sources, ids=lambda source: source.format)
def test_every_export_is_there(source: SampleSource) -> None:
    assert source.path.is_file()
