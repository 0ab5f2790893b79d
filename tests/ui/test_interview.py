"""The interview and the review in the app and in the terminal, over a small home."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from memory.interviews import AskedQuestion
from memory.store import Memory
from persona.voice.sound import wav_bytes
from tests.recordings import speech
from tests.ui.test_app import opened, words
from tests.ui.test_cli import Shell

INTERVIEW, REVIEW = "views/interview.py", "views/review.py"
TOLD = "I live in Porto, over a bakery. my uncle Baltasar built kites on its roof"

pytestmark = pytest.mark.usefixtures("pages")


def current(memory: Memory) -> AskedQuestion:
    return next(q for q in memory.interviews.all() if q.state == "open")


def answer(app: AppTest, memory: Memory, text: str) -> AppTest:
    app.text_area(key=f"words_{current(memory).question_id}").set_value(text)
    next(b for b in app.button if b.label == "Answer").click()
    app.run()
    assert not app.exception
    return app


def test_an_answer_is_kept_and_followed_up(ana: Memory) -> None:
    app = opened(INTERVIEW)
    assert current(ana).prompt in words(app).replace("\\", "")
    app = answer(app, ana, TOLD)
    assert [said.text for said in ana.all_utterances()] == [TOLD]
    assert "Baltasar" in words(app)
    assert "about what you said" in words(app)


def test_an_answer_is_said_and_put_right_before_it_is_kept(ana: Memory) -> None:
    app = opened(INTERVIEW)
    field = f"words_{current(ana).question_id}"
    said = wav_bytes(speech(("I was born in Lisbon, and I work as a nurse.",)))
    app.audio_input[0].upload("answer.wav", said)
    app.run()
    assert not app.exception
    assert "nurse" in str(app.text_area(key=field).value)
    assert not ana.all_utterances()
    answer(app, ana, "I was born in Lisbon")
    assert [one.text for one in ana.all_utterances()] == ["I was born in Lisbon"]


def test_questions_are_skipped_and_gone_back_to(ana: Memory) -> None:
    app = opened(INTERVIEW)
    first = current(ana)
    app.button(key="interview_skip").click().run()
    assert current(ana).question_id != first.question_id
    app.button(key="interview_back").click().run()
    assert not app.exception
    assert current(ana).question_id == first.question_id


def test_going_back_shows_what_was_said(ana: Memory) -> None:
    app = answer(opened(INTERVIEW), ana, TOLD)
    app.button(key="interview_back").click().run()
    area = app.text_area(key=f"words_{current(ana).question_id}")
    assert area.value == TOLD
    answer(app, ana, "I live in Braga")
    assert [said.text for said in ana.all_utterances()] == ["I live in Braga"]


def test_the_interview_is_where_it_was_after_a_restart(ana: Memory) -> None:
    answer(opened(INTERVIEW), ana, TOLD)
    assert "Baltasar" in words(opened(INTERVIEW))


def test_typed_words_that_were_not_sent_are_there_after_a_reload(ana: Memory) -> None:
    opened(INTERVIEW)
    number = current(ana).question_id
    ana.recordings.keep_typed(number, "I was about to tell")
    app = opened(INTERVIEW)
    assert app.text_area(key=f"words_{number}").value == "I was about to tell"
    app.button(key="interview_discard").click().run()
    assert app.text_area(key=f"words_{number}").value == ""
    assert not ana.recordings.typed(number)
    assert "interview_discard" not in [b.key for b in opened(INTERVIEW).button]

    ana.recordings.keep_typed(number, "I was about to tell")
    answer(opened(INTERVIEW), ana, TOLD)
    assert not ana.recordings.typed(number)


def test_answers_are_re_read_edited_and_erased(ana: Memory) -> None:
    answer(opened(INTERVIEW), ana, TOLD)
    app = opened(INTERVIEW)
    app.session_state["interview_part"] = "Answers"
    given = ana.interviews.all()[0]
    app.session_state[f"given_{given.question_id}"] = True
    app.run().text_area(key=f"edited_{given.question_id}").set_value("I live in Faro")
    next(b for b in app.button if b.label == "Keep this instead").click()
    assert not app.run().exception
    assert ana.interviews.get(given.question_id).answer == "I live in Faro"
    next(b for b in app.button if b.label == "Erase for good").click()
    assert not app.run().exception
    assert ana.all_utterances() == []


def test_the_end_of_the_course_is_told(ana: Memory) -> None:
    app = opened(INTERVIEW)
    for _ in range(40):
        if not [b for b in app.button if b.key == "interview_skip"]:
            break
        app.button(key="interview_skip").click().run()
    assert "That was the last question" in words(app)


def test_the_review_shows_what_is_believed_sensitive_and_missing(ana: Memory) -> None:
    answer(opened(INTERVIEW), ana, "I live in Porto, write to me at ana@example.org")
    app = opened(REVIEW)
    (fact,) = [f for f in ana.beliefs.all() if f.attribute == "lives in"]
    assert f"fact_{fact.fact_id}" in app.session_state
    app.session_state["review_part"] = "Sensitive"
    assert "**1 message**" in words(app.run())
    app.session_state["review_part"] = "Missing"
    assert "**Friends**" in words(app.run())
    assert not app.exception


@pytest.mark.parametrize("way", ["hide", "past", "never", "correct"])
def test_what_is_changed_in_the_review_can_be_taken_back(ana: Memory, way: str) -> None:
    answer(opened(INTERVIEW), ana, TOLD)
    (fact,) = [f for f in ana.beliefs.all() if f.attribute == "lives in"]
    app = opened(REVIEW)
    assert "over a bakery" in words(app), "the words stand behind the belief"
    app.session_state[f"fact_{fact.fact_id}"] = True
    app.run()
    if way == "correct":
        app.text_input(key=f"value_{fact.fact_id}").set_value("Faro")
        next(b for b in app.button if b.label == "Correct").click()
    else:
        app.button(key=f"{way}_{fact.fact_id}").click()
    assert not app.run().exception
    assert fact not in ana.beliefs.all()
    app.button(key="undo").click().run()
    assert not app.exception
    assert fact in ana.beliefs.all()
    assert [said.text for said in ana.all_utterances()] == [TOLD]
    assert "undo" not in [b.key for b in app.button]


def test_visitors_are_told_of_a_draft_until_it_goes_live(ana: Memory) -> None:
    visitor = opened()
    visitor.session_state["speaker"] = "Bea"
    assert "This twin is a draft" in words(visitor.run())
    app = opened(REVIEW)
    app.button(key="go_live").click().run()
    assert ana.twin.live_at is not None
    assert "This twin is a draft" not in words(visitor.run())
    app.button(key="go_live").click().run()
    assert ana.twin.live_at is None


@pytest.mark.parametrize("page", [INTERVIEW, REVIEW])
def test_visitors_see_neither_page(ana: Memory, page: str) -> None:
    app = opened()
    app.session_state["speaker"] = "Bea"
    assert "this page is the owner's" in words(app.switch_page(page).run())
    assert not ana.interviews.all()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    made("create", "ana", "--owner", "Ana Reis", "--json")
    return made


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_the_terminal_asks_and_goes_on_where_it_was_left(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, TOLD)
    assert shell("interview", "ana").status == 0
    report = shell("interview", "ana", "--json").json
    assert "Baltasar" in report["next"]["question"]
    typed(monkeypatch, "", "back", "he was my mother's brother and taught me to whistle")
    assert shell("interview", "ana").status == 0
    facts = shell("facts", "ana", "--json").json
    assert [fact["value"] for fact in facts if fact["attribute"] == "lives in"] == ["Porto"]


def test_a_file_of_answers_runs_once(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "ana.md"
    path.write_text(f"# Ana\n\n## Where do you live?\n\n{TOLD}\n\n## And since when?\n\n2019\n")
    first = shell("interview", "ana", "--answers", str(path), "--json").json
    assert (first["answers"], first["added"], first["changed"]) == (2, 2, 0)
    assert {"twin", "course", "complete", "areas", "next", "facts"} <= set(first)
    second = shell("interview", "ana", "--answers", str(path), "--json").json
    assert (second["added"], second["changed"]) == (0, 0)
    assert second["facts"] == first["facts"] > 0
    hits = shell("recall", "ana", "Who made kites?", "--k", "1", "--json").json
    assert hits[0]["text"] == TOLD


def test_no_answer_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    base = [sys.executable, "-m", "ui.cli"]
    root = Path(__file__).parents[2]
    subprocess.run([*base, "create", "ana", "--home", home], cwd=root, check=True)
    with subprocess.Popen(
        [*base, "interview", "ana", "--home", home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write(f"{TOLD}\n")
        process.stdin.flush()
        while "Baltasar" not in process.stdout.readline():
            assert process.poll() is None
        process.kill()
    shown = subprocess.run(
        [*base, "interview", "ana", "--json", "--home", home],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert "Baltasar" in shown.stdout
