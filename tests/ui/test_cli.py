"""The command line keeps its contracts: one JSON document, or one line of error and status 2."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ui.cli import run

CHAT = """\
03/11/2024, 21:05 - Messages and calls are end-to-end encrypted.
03/11/2024, 21:07 - Ana Reis: we adopted a greyhound, her name is Comet
03/11/2024, 21:08 - Ben: lovely! I ran the Ghent marathon
03/11/2024, 21:09 - Ana Reis: <Media omitted>
31/02/2024, 10:00 - Ben: impossible day
04/11/2024, 08:00 - Ana Reis: my favourite soup is caldo verde
and that is final
"""


class Ran(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document it printed."""
        return json.loads(self.out)


class Shell:
    """Runs commands on a home of their own, without a chat model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chat = folder / "WhatsApp Chat with Ben.txt"
        self.chat.write_text(CHAT, encoding="utf-8")

    def __call__(self, *words: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            patch.setenv("SELFSAME_CHAT", "none")
            patch.setenv("SELFSAME_TIMEZONE", "UTC")
            status = run([*words, "--home", str(self.folder / "home")])
        return Ran(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A home with the twin `ana`, filled from a chat."""
    made = Shell(tmp_path_factory.mktemp("cli"))
    assert made("create", "ana", "--owner", "Ana Reis", "--json").json["name"] == "ana"
    return made


@pytest.fixture(scope="module")
def filled(shell: Shell) -> Shell:
    """The same after an import."""
    (report,) = shell("import", "ana", str(shell.chat), "--as", "Ana Reis", "--json").json
    assert report["added"] == 4
    return shell


def test_a_dry_run_tells_all_and_changes_nothing(shell: Shell) -> None:
    (report,) = shell("import", "ana", str(shell.chat), "--dry-run", "--json").json
    wanted = {"format": "whatsapp", "conversations": 1, "messages": 4, "own": 3, "others": 1}
    assert wanted.items() <= report.items()
    assert (report["system"], report["media"]) == (1, 1)
    assert report["skipped"] == [
        {"where": "line 5", "why": "there is no such day or time: '31/02/2024, 10:00'"}
    ]
    assert report["first"] == "2024-11-03T21:07:00+00:00"
    assert report["last"] == "2024-11-04T08:00:00+00:00"
    assert report["authors"] == {"Ana Reis": 3, "Ben": 1}


def test_importing_again_adds_nothing(filled: Shell) -> None:
    (report,) = filled("import", "ana", str(filled.chat), "--json").json
    assert (report["added"], report["messages"]) == (0, 4)


def test_show_says_what_the_twin_is_made_of(filled: Shell) -> None:
    shown = filled("show", "ana", "--json").json
    (source,) = [one for one in shown["sources"] if one["format"] == "whatsapp"]
    assert (source["utterances"], source["own"]) == (4, 3)


def test_visitors_hear_other_names_once_the_owner_wants_it(filled: Shell) -> None:
    question = ("ask", "ana", "Who ran the Ghent marathon?", "--visitor", "zoe", "--json")
    assert "Ben" in filled(*question).out
    filled("import", "ana", str(filled.chat), "--pseudonyms", "--json")
    assert "Ben" not in filled(*question).out
    filled("import", "ana", str(filled.chat), "--no-pseudonyms", "--json")
    assert "Ben" in filled(*question).out


def test_recall_gives_the_words_as_they_were_written(filled: Shell) -> None:
    hits = filled("recall", "ana", "What is your favourite soup?", "--k", "2", "--json").json
    assert len(hits) == 2
    assert hits[0]["text"] == "my favourite soup is caldo verde\nand that is final"
    assert set(hits[0]) == {"id", "source", "external_id", "speaker", "said_at", "text", "score"}
    assert hits[0]["score"] >= hits[1]["score"]


def test_a_budget_limits_what_recall_gives(filled: Shell) -> None:
    assert len(filled("recall", "ana", "soup", "--budget", "30", "--json").json) == 1


def test_asking_gives_reply_outcome_and_evidence(filled: Shell) -> None:
    answer = filled("ask", "ana", "What is the name of your greyhound?", "--json").json
    assert set(answer) == {"reply", "outcome", "evidence", "learned", "timings_ms"}
    assert answer["outcome"] == "known"
    assert "Comet" in answer["reply"]


def test_teaching_needs_the_owner(filled: Shell) -> None:
    claim = "I live in Porto"
    assert filled("ask", "ana", claim, "--visitor", "mia", "--json").json["learned"] == []
    assert filled("ask", "ana", claim, "--as-owner", "--json").json["learned"]
    facts = filled("facts", "ana", "--json").json
    (home,) = [fact for fact in facts if fact["attribute"] == "lives in"]
    assert (home["value"], home["state"], home["taught"]) == ("Porto", "active", True)
    assert home["evidence"][0]["text"] == claim
    corrected = filled("correct", "ana", str(home["id"]), "Faro", "--json").json
    assert corrected["value"] == "Faro"
    gone = filled("forget", "ana", str(corrected["id"]), "--json").json
    assert gone["forgotten"] == corrected["id"]


def test_show_and_list_tell_what_is_there(filled: Shell) -> None:
    assert [twin["name"] for twin in filled("list", "--json").json] == ["ana"]
    shown = filled("show", "ana", "--json").json
    assert shown["owner"] == "Ana Reis"
    assert shown["sources"][0]["format"] == "whatsapp"


def test_reindex_counts_what_it_indexed(filled: Shell) -> None:
    assert filled("reindex", "ana", "--json").json["indexed"] >= 4


def test_doctor_and_models_tell_what_works(shell: Shell) -> None:
    parts = {row["part"]: row["works"] for row in shell("doctor", "--json").json}
    assert parts["text encoder"] and parts["home and index"]
    names = {row["name"] for row in shell("models", "--json").json}
    assert "all-minilm-l6-v2" in names


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nobody"),
        ("create", "ana"),
        ("create", " "),
        ("ask", "nobody", "hello"),
        ("recall", "ana"),
        ("recall", "ana", "x", "--k", "0"),
        ("import", "ana", "no-such-file.txt"),
        ("import", "ana", "pyproject.toml"),
        ("import", "ana", "README.md", "--format", "papyrus"),
        ("facts", "nobody", "--all"),
        ("correct", "ana", "999999", "x"),
        ("forget", "ana", "999999", "--yes"),
        ("eval", "locomo", "README.md"),
        ("eval", "realtalk", "no-such-file.json"),
        ("models", "no-such-model", "--fetch"),
        ("interview", "nobody"),
        ("interview", "ana", "--course", "endless"),
        ("interview", "ana", "--answers", "no-such-file.md"),
        ("interview", "ana", "--answers", "pyproject.toml"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_bad_input_gets_one_clear_line(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1


def test_an_export_without_its_owner_names_those_who_wrote(shell: Shell, tmp_path: Path) -> None:
    stranger = tmp_path / "WhatsApp Chat with Zoe.txt"
    stranger.write_text(CHAT.replace("Ana Reis", "Zoe"), encoding="utf-8")
    ran = shell("import", "ana", str(stranger))
    assert ran.status == 2
    assert "'Zoe' (3)" in ran.err
    assert "likely 'Ben': --as Ben" in ran.err  # the chat is named after Zoe


def test_the_installed_command_ends_with_status_2_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "show", "nobody", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 2
    assert done.stderr == ("error: there is no twin 'nobody' (make one: selfsame create nobody)\n")
