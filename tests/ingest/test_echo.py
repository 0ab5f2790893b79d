"""The same chat by another tool, under another name or in another zone adds only what is new."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.pipeline import Plan, preview, run
from memory.store import Memory

PLAN = Plan(owner_names=["Ana"], zone=UTC)
START = datetime(2024, 11, 3, 8, 0, 41, tzinfo=UTC)
THINGS = "lamp soup boat letter river jacket tram garden violin cheese ladder window".split()


def _said(number: int) -> tuple[datetime, str, str]:
    moment = START + timedelta(minutes=7 * number)
    if number % 5 == 4:
        return moment, "Ben", "ok"
    thing = THINGS[number % len(THINGS)]
    return moment, ("Ana", "Ben")[number % 2], f"have you seen the {thing} number {number}?"


def _whatsapp(
    folder: Path, numbers: range, *, ben: str = "Ben", zone: str = "UTC", name: str = "chat"
) -> Path:
    lines: list[str] = []
    for moment, who, text in map(_said, numbers):
        local = moment.astimezone(ZoneInfo(zone))
        lines.append(f"{local:%d/%m/%Y, %H:%M} - {ben if who == 'Ben' else who}: {text}")
    path = folder / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _telegram(folder: Path, numbers: range) -> Path:
    messages = [
        {
            "id": number, "type": "message", "date": f"{moment:%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": str(int(moment.timestamp())), "from": who, "from_id": f"user{who}",
            "text": text, "text_entities": [],
        }
        for number in numbers
        for moment, who, text in [_said(number)]
    ]  # fmt: skip
    path = folder / "result.json"
    chat = {"name": "Benny", "type": "personal_chat", "id": 7, "messages": messages}
    path.write_text(json.dumps(chat), encoding="utf-8")
    return path


def _kept(memory: Memory) -> list[str]:
    return sorted(utterance.text for utterance in memory.all_utterances())


def _expected(numbers: range) -> list[str]:
    return sorted(_said(number)[2] for number in numbers)


def test_another_tools_export_adds_only_what_is_new(memory: Memory, tmp_path: Path) -> None:
    run([_whatsapp(tmp_path, range(60))], memory, PLAN)
    later = _telegram(tmp_path, range(40, 90))
    (seen,) = preview([later], memory, PLAN)
    (report,) = run([later], memory, PLAN).reports
    assert (seen.added, report.added) == (30, 30)
    assert _kept(memory) == _expected(range(90))
    assert len({u.conversation_id for u in memory.all_utterances()}) == 1
    assert run([later], memory, PLAN).reports[0].added == 0


def test_a_renamed_contact_doubles_nothing(memory: Memory, tmp_path: Path) -> None:
    run([_whatsapp(tmp_path, range(60))], memory, PLAN)
    renamed = _whatsapp(tmp_path, range(70), ben="Ben from work", name="renamed")
    (seen,) = preview([renamed], memory, PLAN)
    assert seen.added == 10
    run([renamed], memory, PLAN)
    assert _kept(memory) == _expected(range(70))


def test_an_export_read_in_another_zone_keeps_one_time(memory: Memory, tmp_path: Path) -> None:
    run([_whatsapp(tmp_path, range(60))], memory, PLAN)
    abroad = _whatsapp(tmp_path, range(65), zone="Asia/Kolkata", name="abroad")
    run([abroad], memory, PLAN)
    assert _kept(memory) == _expected(range(65))
    last = max(u.said_at for u in memory.all_utterances() if u.said_at)
    assert last == _said(64)[0].replace(second=0)


def test_what_was_really_said_twice_stays_twice(memory: Memory, tmp_path: Path) -> None:
    path = _whatsapp(tmp_path, range(40))
    moment = START + timedelta(minutes=7 * 3)
    line = f"{moment:%d/%m/%Y, %H:%M} - Ben: ok\n"
    path.write_text(path.read_text(encoding="utf-8") + line * 2, encoding="utf-8")
    run([path], memory, PLAN)
    run([_telegram(tmp_path, range(40))], memory, PLAN)
    assert Counter(_kept(memory))["ok"] == 10


def test_other_chats_with_the_same_words_stay_apart(memory: Memory, tmp_path: Path) -> None:
    run([_whatsapp(tmp_path, range(60))], memory, PLAN)
    shifted = [
        f"{_said(n)[0] + timedelta(days=n):%d/%m/%Y, %H:%M} - {'Cleo' if n % 2 else 'Ana'}: "
        f"{_said(n)[2]}"
        for n in range(60)
    ]
    other = tmp_path / "WhatsApp Chat with Cleo.txt"
    other.write_text("\n".join(shifted) + "\n", encoding="utf-8")
    (report,) = run([other], memory, replace(PLAN)).reports
    assert report.added == 60
