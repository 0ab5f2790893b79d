"""The measurements read their files, count as published and print what the contract says."""

import json
from pathlib import Path

import pytest

from evals.dialogue import load_locomo, load_realtalk
from evals.errors import EvalProblem
from evals.recall_run import report, run_dialogues
from persona.settings import load_settings

OWN = Path(__file__).parent / "data" / "locomo-shape.json"


def test_a_dialogue_is_read_whole() -> None:
    (dialogue,) = load_locomo(OWN)
    assert len(dialogue.turns) == 11
    assert dialogue.turns[7].attachment == "a photo of mountains under the stars"
    assert [q.category for q in dialogue.questions] == [4, 1, 2, 4, 3, 5, 5]
    assert dialogue.about(dialogue.questions[3]) == "Tom"


def test_the_report_has_the_figures_of_the_contract() -> None:
    settings = load_settings(chat="none")
    tally = run_dialogues(settings, load_locomo(OWN), lambda *_: None, answers=3)
    figures = report(tally, categories=True)
    assert figures["n"] == 7
    assert set(figures["recall"]) == {"5", "10", "25"}
    assert figures["recall"]["25"] == pytest.approx((6 + 0) / 7, abs=1e-3)  # one id never resolves
    assert figures["in_budget"]["tokens"] == 800
    assert set(figures["by_category"]) == {
        "multi-hop",
        "temporal",
        "open-domain",
        "single-hop",
        "adversarial",
    }
    assert figures["abstention"]["adversarial"] >= 0.5
    assert figures["abstention"]["answered_answerable"] >= 0.5
    short = figures["short_answers"]
    assert short["n"] >= short["answered"] > 0
    assert figures["f1"] == short["f1_unanswered_as_zero"] <= short["f1_all_answered"] <= 1
    assert figures["latency_ms"]["recall"]["p95"] > 0


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"name": 1}', "not json"])
def test_a_file_of_another_kind_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "some.json"
    path.write_text(content)
    for load in (load_locomo, load_realtalk):
        with pytest.raises(EvalProblem) as refused:
            load(path)
        assert "\n" not in str(refused.value)


def test_a_realtalk_chat_is_read(tmp_path: Path) -> None:
    turn = {"clean_text": "hi", "speaker": "Ana", "date_time": "29.12.2023, 00:51:12"}
    chat = {
        "name": {"speaker_1": "Ana", "speaker_2": "Ben"},
        "session_1": [{**turn, "dia_id": "D1:1", "img_file": ["x.jpg"]}],
        "qa": [{"question": "When?", "answer": "then", "evidence": ["D1:1"], "category": 2}],
    }
    path = tmp_path / "chat.json"
    path.write_text(json.dumps(chat))
    dialogue = load_realtalk(path)
    assert dialogue.turns[0].attachment == "photo"
    assert dialogue.turns[0].said_at is not None
    assert dialogue.questions[0].evidence == ("D1:1",)
