"""The measurement of twins of interviews, on a short made-up one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.errors import EvalProblem
from evals.interview_run import measure_interview, read_asks
from memory.embedding import Embedding
from persona.settings import Settings

GIVEN = [
    ("Where did you grow up?", "In Braga, over a bakery that my gran ran.", "Which town was it?"),
    ("What do you do?", "I mend church organs, mostly in villages.", "How do you earn a living?"),
    ("Who is in your family?", "My brother Rui, who breaks clocks.", "Have you got siblings?"),
    ("What do you like to eat?", "Sardines, grilled outside in June.", "Your favourite dish?"),
    ("Do you follow a sport?", "Rowing, since I was at school.", "Which sport do you like?"),
    ("What are you afraid of?", "Deep water, ever since the flood.", "What scares you?"),
]


def written(path: Path, *, asks: bool = True) -> Path:
    lines = [
        {"question": question, "answer": answer, "asks": [later] if asks else []}
        for question, answer, later in GIVEN
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def _silent(_label: str, _done: int, _total: int) -> None: ...


def given(embedding: Embedding) -> Callable[[Settings], Embedding]:
    def open_it(_settings: Settings) -> Embedding:
        return embedding

    return open_it


def test_each_answer_is_left_out_once(
    tmp_path: Path, embedding: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persona.bootstrap.open_embedding", given(embedding))
    path = written(tmp_path / "ana.jsonl")
    settings = Settings(home=tmp_path / "home", chat="none")
    figures = measure_interview(settings, [path], _silent)["ana.jsonl"]
    assert figures["answers"] == len(GIVEN)
    assert figures["withheld_when_left_out"]["n"] == len(GIVEN)
    assert figures["found"]["n"] == figures["answered_when_told"]["n"] == 4 * len(GIVEN)
    assert 0 < figures["found"]["at_10"] <= 1
    assert figures["withheld_when_never_spoken_of"]["n"] > 100


def test_the_same_later_question_counts_for_each_of_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    line = {"question": "Q", "answer": "A", "asks": ["and then?"]}
    path.write_text(f"{json.dumps(line)}\n\n{json.dumps({**line, 'question': 'R'})}\n", "utf-8")
    (ask,) = read_asks(path)
    assert ask.answers == (0, 1)


@pytest.mark.parametrize("text", ["", "no json", '{"question": "Q"}', "[1]"])
def test_what_is_no_such_file_is_said_plainly(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(EvalProblem, match=r"can't be read|names no later"):
        read_asks(path)


def test_answers_without_later_questions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvalProblem, match="names no later questions"):
        read_asks(written(tmp_path / "ana.jsonl", asks=False))
