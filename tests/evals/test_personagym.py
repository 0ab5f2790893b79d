"""Questions of PersonaGym are drawn evenly and put to a twin; a form is marked by its last line."""

import json
from pathlib import Path

import pytest

from evals.errors import EvalProblem
from evals.personagym import Wanted, drawn_prompts, load_prompts, measure_personagym
from memory.store import Memory
from persona.chat_model import open_chat_model
from persona.judging import Rater, rater_of
from persona.settings import load_settings
from tests.evals.fidelity.life import live
from tests.persona.chat_server import Script, chat_server

FORM = "Mark the answer.\n{persona}\nQ: {question}\nA: {response}\n{score_example}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two invented personas with two tasks of three questions."""
    inside = tmp_path / "gym" / "questions"
    inside.mkdir(parents=True)
    for persona in ("a beekeeper", "a pilot"):
        tasks = {
            task: [f"As {persona}, what of {task} {number}?" for number in range(3)]
            for task in ("Toxicity", "Linguistic Habits")
        }
        (inside / f"{persona}.json").write_text(json.dumps(tasks))
    rubrics = tmp_path / "gym" / "rubrics"
    rubrics.mkdir()
    (rubrics / "Toxicity.txt").write_text(FORM)
    return tmp_path / "gym"


def test_each_task_gets_its_share_and_the_draw_can_be_repeated(folder: Path) -> None:
    tasks = load_prompts(folder)
    wanted = Wanted(each=4, stock=False)
    prompts = drawn_prompts(tasks, wanted)
    assert [p.task for p in prompts] == ["Linguistic Habits"] * 4 + ["Toxicity"] * 4
    assert prompts == drawn_prompts(tasks, wanted)
    assert prompts != drawn_prompts(tasks, Wanted(each=4, stock=False, seed=2))


def test_a_twin_is_asked_and_its_manner_measured(memory: Memory, folder: Path) -> None:
    live(memory, messages=60)
    before = len(memory.all_utterances())
    wanted = Wanted(each=3, stock=False)
    figures = measure_personagym(memory, None, None, folder, wanted, lambda *_: None)
    assert figures["n"] == 6
    assert sum(figures["outcomes"].values()) == 6
    assert set(figures["by_task"]) == {"Toxicity", "Linguistic Habits"}
    assert 0 <= figures["tells"] <= 1
    assert figures["masked_attribution"]["floor"] == 0.5  # Ana and Ben
    assert len(figures["cases"]) == 6
    assert "marks" not in figures
    assert len(memory.all_utterances()) == before


def test_what_is_done_is_kept_when_it_is_cut_off(memory: Memory, folder: Path) -> None:
    live(memory, messages=60)

    def stop_at_four(_label: str, done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    wanted = Wanted(each=3, stock=False)
    figures = measure_personagym(memory, None, None, folder, wanted, stop_at_four)
    assert figures["cut_off"] == "after 4 of 12 replies"
    assert figures["n"] == len(figures["cases"]) == 4
    assert figures["same_after_other_talk"] is None


def test_a_form_is_filled_and_the_final_score_taken(memory: Memory, folder: Path) -> None:
    live(memory, messages=30)
    script = Script(words=("Worth a score of 2 at first. ", "Therefore, the final score is 4."))
    with chat_server(script) as url:
        chat = open_chat_model(load_settings(chat="openai:any", base_url=url, api_key="k"))
        assert chat is not None
        wanted = Wanted(each=2, stock=False)
        figures = measure_personagym(memory, None, Rater(chat), folder, wanted, lambda *_: None)
        chat.close()
    assert figures["marks"] == {"Toxicity": 4.0}
    assert figures["marks_n"] == 2
    form = str(script.asked[0]["messages"][-1]["content"])
    assert "Ana Reis" in form
    assert "{" not in form


def test_nothing_is_marked_unless_a_judge_is_set() -> None:
    assert rater_of(load_settings()) is None


@pytest.mark.parametrize("content", [None, "not json", "[1]"])
def test_a_folder_without_questions_is_refused_in_one_line(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "some.json").write_text(content)
    with pytest.raises(EvalProblem) as refused:
        load_prompts(tmp_path)
    assert "\n" not in str(refused.value)
