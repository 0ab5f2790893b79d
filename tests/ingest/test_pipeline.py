"""An import adds what is new once, tells beforehand what it will add, and survives its own end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ingest import pipeline
from ingest.errors import ImportProblem, OwnerUnclear
from ingest.pipeline import Plan, preview, run, who_wrote
from ingest.report import Report
from memory.store import Memory

PLAN = Plan(owner_names=["Ana"], zone=UTC)
START = datetime(2024, 11, 3, 8)


def _chat(count: int, *, first: int = 0, friend: str = "Ben", ios: bool = False) -> str:
    lines: list[str] = []
    for number in range(first, first + count):
        moment = START + timedelta(minutes=7 * number)
        who = friend if number % 3 else "Ana"
        head = f"[{moment:%d/%m/%Y, %H:%M:%S}]" if ios else f"{moment:%d/%m/%Y, %H:%M} -"
        lines.append(f"{head} {who}: message number {number}")
    return "\n".join(lines) + "\n"


def _file(folder: Path, content: str, name: str = "WhatsApp Chat with Ben.txt") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def _conversations(memory: Memory) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for utterance in memory.all_utterances():
        sizes[utterance.conversation_id] = sizes.get(utterance.conversation_id, 0) + 1
    return sizes


def _counts(report: Report) -> dict[str, object]:
    return report.as_json()


def test_a_dry_run_changes_nothing_and_tells_what_would_be_added(
    memory: Memory, tmp_path: Path
) -> None:
    path = _file(tmp_path, _chat(30))
    (report,) = preview([path], memory, PLAN)
    assert (report.messages, report.added, report.own, report.others) == (30, 30, 10, 20)
    assert (report.conversations, report.titles) == (1, ["Ben"])
    assert memory.all_utterances() == []
    assert memory.sources.aliases() == []
    assert memory.sources.sizes() == []


def test_the_counts_of_a_dry_run_are_those_of_the_run(memory: Memory, tmp_path: Path) -> None:
    paths = [
        _file(tmp_path / "old", _chat(12)),
        _file(tmp_path / "new", _chat(12, first=5)),
        _file(tmp_path / "ios", _chat(4, friend="Cleo", ios=True), "_chat.txt"),
        _file(tmp_path / "doc", "# One\n\nit rains\n\nit rains\n", "notes.md"),
    ]
    expected = preview(paths, memory, PLAN)
    done = run(paths, memory, PLAN).reports
    assert [_counts(report) for report in expected] == [_counts(report) for report in done]
    assert [report.added for report in done] == [12, 5, 4, 2]
    assert [report.added for report in preview(paths, memory, PLAN)] == [0, 0, 0, 0]


def test_importing_again_adds_nothing(memory: Memory, tmp_path: Path) -> None:
    path = _file(tmp_path, _chat(30))
    assert len(run([path], memory, PLAN).utterance_ids) == 30
    before = memory.all_utterances()
    assert run([path, path], memory, PLAN).utterance_ids == []
    assert memory.all_utterances() == before


@pytest.mark.parametrize("size", [2, 5, 12])
def test_a_longer_export_adds_only_what_is_new(size: int, memory: Memory, tmp_path: Path) -> None:
    run([_file(tmp_path, _chat(size))], memory, PLAN)
    assert preview([_file(tmp_path, _chat(9000))], memory, PLAN)[0].added == 9000 - size
    assert run([_file(tmp_path, _chat(size + 6))], memory, PLAN).reports[0].added == 6
    assert list(_conversations(memory).values()) == [size + 6]


def test_an_export_of_the_newest_part_continues_the_same_chat(
    memory: Memory, tmp_path: Path
) -> None:
    run([_file(tmp_path, _chat(30))], memory, PLAN)
    newest = _file(tmp_path, _chat(30, first=10), "WhatsApp Chat with Ben (1).txt")
    assert run([newest], memory, PLAN).reports[0].added == 10
    assert list(_conversations(memory).values()) == [40]


def test_a_chat_is_recognised_in_a_file_of_another_name(memory: Memory, tmp_path: Path) -> None:
    run([_file(tmp_path, _chat(30))], memory, PLAN)
    renamed = _file(tmp_path, _chat(40), "backup of the old phone.txt")
    assert run([renamed], memory, PLAN).reports[0].added == 10
    assert len(_conversations(memory)) == 1


def test_a_chat_that_others_have_joined_is_the_same_chat(memory: Memory, tmp_path: Path) -> None:
    run([_file(tmp_path, _chat(9))], memory, PLAN)
    grown = _chat(9) + _chat(30, first=9, friend="Cleo")
    assert run([_file(tmp_path, grown)], memory, PLAN).reports[0].added == 30
    assert len(_conversations(memory)) == 1


@pytest.mark.parametrize("name", ["_chat.txt", "WhatsApp Chat with Family.txt"])
def test_chats_of_different_people_in_files_of_one_name_stay_apart(
    name: str, memory: Memory, tmp_path: Path
) -> None:
    for friend in ("Ben", "Cleo"):
        said = _chat(9, friend=friend, ios=True).replace("message", f"for {friend}, message")
        run([_file(tmp_path / friend, said, name)], memory, PLAN)
    assert sorted(_conversations(memory).values()) == [9, 9]


def test_greetings_sent_to_everybody_do_not_make_one_chat_of_two(
    memory: Memory, tmp_path: Path
) -> None:
    greeting = "".join(f"31/12/2024, 23:5{n} - Ana: happy new year {n}\n" for n in range(4))
    for friend in ("Ben", "Cleo"):
        content = _chat(12, friend=friend).replace("message", friend) + greeting
        run([_file(tmp_path / friend, content, f"{friend}.txt")], memory, PLAN)
    assert sorted(_conversations(memory).values()) == [16, 16]


def test_the_very_same_words_twice_in_a_minute_are_kept_twice(
    memory: Memory, tmp_path: Path
) -> None:
    said = "03/11/2024, 21:07 - Ana: ha\n"
    late = "03/11/2024, 21:06 - Ben: what?\n"
    path = _file(tmp_path, said + said + late + said)
    assert preview([path], memory, PLAN)[0].added == 4
    assert run([path], memory, PLAN).reports[0].added == 4
    assert run([path], memory, PLAN).reports[0].added == 0
    assert [u.text for u in memory.all_utterances()].count("ha") == 3


def test_local_times_become_exact_by_the_zone_across_a_change_of_clocks(
    memory: Memory, tmp_path: Path
) -> None:
    lines = [
        "30/03/2024, 21:00 - Ana: winter",
        "31/03/2024, 21:00 - Ana: summer",
        "27/10/2024, 01:30 - Ana: twice that night",
        "27/10/2024, 21:00 - Ana: winter again",
    ]
    plan = replace(PLAN, zone=ZoneInfo("Europe/Lisbon"))
    run([_file(tmp_path, "\n".join(lines))], memory, plan)
    assert [u.said_at for u in memory.all_utterances()] == [
        datetime(2024, 3, 30, 21, tzinfo=UTC),
        datetime(2024, 3, 31, 20, tzinfo=UTC),
        datetime(2024, 10, 27, 0, 30, tzinfo=UTC),
        datetime(2024, 10, 27, 21, tzinfo=UTC),
    ]


def test_when_the_owner_is_unclear_the_authors_are_named_and_nothing_is_written(
    memory: Memory, tmp_path: Path
) -> None:
    path = _file(tmp_path, _chat(9))
    plan = replace(PLAN, owner_names=["Zoe"])
    for go in (preview, run):
        with pytest.raises(OwnerUnclear, match=r"'Ben' \(6\), 'Ana' \(3\)"):
            go([path], memory, plan)
    assert memory.sources.aliases() == []
    assert who_wrote([path], plan).authors == {"Ana": 3, "Ben": 6}


def test_a_chat_without_the_owner_is_left_out_where_others_have_them(
    memory: Memory, tmp_path: Path
) -> None:
    _file(tmp_path / "all", _chat(9), "Ben.txt")
    _file(tmp_path / "all", _chat(9, friend="Cleo").replace("Ana:", "Zoe:"), "Cleo.txt")
    for go in (preview, lambda *args: run(*args).reports):
        reports = {report.file: report for report in go([tmp_path / "all"], memory, PLAN)}
        assert (reports["all/Ben.txt"].added, reports["all/Cleo.txt"].added) == (9, 0)
        (skipped,) = reports["all/Cleo.txt"].skipped
        assert skipped.why.startswith("nobody in it is known to be the owner")
    assert len(memory.all_utterances()) == 9


def test_a_report_tells_how_much_of_each_kind_is_private(memory: Memory, tmp_path: Path) -> None:
    content = (
        "03/11/2024, 21:07 - Ana: ring 555 and the code is 4711\n"
        "03/11/2024, 21:08 - Ben: the code?\n03/11/2024, 21:09 - Ana: ring again\n"
    )

    def screen(text: str) -> set[str]:
        return {kind for kind, word in (("phone", "ring"), ("code", "4711")) if word in text}

    path, plan = _file(tmp_path, content), replace(PLAN, screen=screen)
    expected = preview([path], memory, plan)[0].as_json()
    assert expected["private"] == {"phone": 2, "code": 1}
    assert run([path], memory, plan).reports[0].as_json() == expected


def test_the_names_of_the_owner_are_remembered(memory: Memory, tmp_path: Path) -> None:
    run([_file(tmp_path, _chat(9))], memory, PLAN)
    later = preview([_file(tmp_path, _chat(12))], memory, replace(PLAN, owner_names=[]))
    assert later[0].own == 4


def test_a_bad_second_file_means_that_nothing_of_the_first_is_written(
    memory: Memory, tmp_path: Path
) -> None:
    good, bad = _file(tmp_path, _chat(9)), tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ImportProblem, match=r"bad\.zip is not a whole zip"):
        run([good, bad], memory, PLAN)
    assert memory.all_utterances() == []
    assert memory.sources.sizes() == []


def test_a_report_accounts_for_every_line(memory: Memory, tmp_path: Path) -> None:
    content = (
        "stray\n03/11/2024, 21:07 - Ana added Ben\n03/11/2024, 21:07 - Ana: <Media omitted>\n"
        "99/99/2024, 21:07 - Ben: lost\n03/11/2024, 21:08 - Ben: ho\nho\n"
    )
    (report,) = preview([_file(tmp_path, content)], memory, PLAN)
    shown = _counts(report)
    assert {name: shown[name] for name in ("messages", "own", "others", "system", "media")} == {
        "messages": 2, "own": 1, "others": 1, "system": 1, "media": 1,
    }  # fmt: skip
    assert [place.where for place in report.skipped] == ["line 1", "line 4"]
    assert shown["skipped_count"] == 2


def test_files_of_one_folder_are_reported_each_by_its_name(memory: Memory, tmp_path: Path) -> None:
    _file(tmp_path / "all", _chat(9), "Ben.txt")
    _file(tmp_path / "all", _chat(9, friend="Cleo"), "Cleo.txt")
    reports = run([tmp_path / "all"], memory, PLAN).reports
    assert [report.file for report in reports] == ["all/Ben.txt", "all/Cleo.txt"]
    kept = [size.source.name for size in memory.sources.sizes()]
    assert kept == ["all/Ben.txt", "all/Cleo.txt"]


def test_progress_counts_up_to_all_messages(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 8)
    told: list[tuple[str, int, int]] = []
    path = _file(tmp_path, _chat(11))
    run([path], memory, PLAN, lambda *step: told.append(step))
    assert told == [(path.name, 8, 11), (path.name, 11, 11)]


def test_what_was_forgotten_does_not_come_back(memory: Memory, tmp_path: Path) -> None:
    path = _file(tmp_path, _chat(9))
    ids = run([path], memory, PLAN).utterance_ids
    memory.utterances.forget(ids[:2])
    assert preview([path], memory, PLAN)[0].added == 0
    assert run([path], memory, PLAN).utterance_ids == []


def test_the_same_mail_out_of_two_programs_is_added_once(memory: Memory, tmp_path: Path) -> None:
    box = _file(tmp_path, MAIL_BOX, "All mail.mbox")
    single = tmp_path / "mails"
    for number, mail in enumerate(MAIL_BOX.split("From x Sun Nov 03 21:00:00 2024\n")[1:]):
        _file(single, mail.replace("X-GM-THRID: 7\n", ""), f"{number}.eml")
    plan = replace(PLAN, owner_names=["ana@example.org"])
    assert [report.added for report in run([box], memory, plan).reports] == [3]
    assert preview([single], memory, plan)[0].added == 0
    assert [report.added for report in run([single], memory, plan).reports] == [0]


MAIL_BOX = "".join(
    f"From x Sun Nov 03 21:00:00 2024\nX-GM-THRID: 7\nMessage-ID: <{number}@example.org>\n"
    f"From: {who}@example.org\nDate: Sun, 3 Nov 2024 21:0{number}:00 +0000\nSubject: roof\n\n"
    f"words of number {number}\n\n"
    for number, who in enumerate(["ben", "ana", "ana"])
)
