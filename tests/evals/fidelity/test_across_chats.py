"""Twins built from one chat and tested on another; what is done is printed when it is cut off."""

from collections.abc import Callable

from evals.dialogue import Dialogue
from evals.fidelity.across_chats import Wanted, measure_across
from memory.model import NewUtterance
from persona.settings import load_settings

OTHERS = ("Ben", "Mia")


def _chat(other: str) -> Dialogue:
    turns = [
        NewUtterance(speaker=speaker, own=False, text=text, external_id=f"{other}:{n}:{speaker}")
        for n in range(30)
        for speaker, text in (
            (other, f"Well, number {n} of the boats is blue."),
            ("Ana", f"haha yeah {n} boats tbh"),
        )
    ]
    return Dialogue(name=other, speakers=(other, "Ana"), turns=tuple(turns), questions=())


def _measured(progress: Callable[[str, int, int], None]) -> dict[str, object]:
    wanted = Wanted(replies=4, people=1, stock=False)
    chats = [_chat(other) for other in OTHERS]
    return measure_across(load_settings(chat="none"), chats, wanted, progress)


def test_somebody_with_two_chats_is_measured() -> None:
    seen: list[tuple[int, int]] = []
    figures = _measured(lambda _label, done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    (row,) = figures["style_people"]  # type: ignore[misc]
    assert (row["person"], row["built_from"], row["tested_on"]) == ("Ana", "Ben", "Mia")
    assert "cut_off" not in figures


def test_what_is_done_is_kept_when_it_is_cut_off() -> None:
    def stop_at_two(_label: str, done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    figures = _measured(stop_at_two)
    assert figures["cut_off"] == "after 2 of 4 replies"
    (row,) = figures["style_people"]  # type: ignore[misc]
    assert row["masked_attribution"]["n"] >= 2
