"""What a page that is loaded anew is told of the last turns."""

from ui.live.said_so_far import SaidSoFar


def heard(text: str) -> dict[str, object]:
    """Return what a page is told of a visitor's turn."""
    return {"kind": "heard", "text": text, "final": True}


def test_what_lasts_of_a_turn_is_kept_and_the_last_times_count() -> None:
    said = SaidSoFar()
    reply = {"kind": "reply", "turn": 5, "text": "hi"}
    for message in (
        {"kind": "heard", "text": "he", "final": False},
        heard("hello"),
        {"kind": "state", "state": "thinking"},
        {"kind": "writing", "text": "h"},
        reply,
        {"kind": "times", "turn": 5, "times": {"recall_ms": 1.0}},
        {"kind": "times", "turn": 5, "times": {"recall_ms": 1.0, "end_ms": 2.0}},
    ):
        said.note(message)
    assert said.messages() == [
        heard("hello"),
        reply,
        {"kind": "times", "turn": 5, "times": {"recall_ms": 1.0, "end_ms": 2.0}},
    ]


def test_what_is_told_late_belongs_to_its_own_turn() -> None:
    said = SaidSoFar()
    cut = {"kind": "cut", "turn": 1, "text": "one"}
    late = {"kind": "cut", "turn": 9, "text": "two"}
    for message in (
        heard("first"),
        {"kind": "reply", "turn": 1, "text": "one and two"},
        heard("second"),
        heard("third"),
        cut,
        late,
    ):
        said.note(message)
    told = said.messages()
    assert told.index(cut) < told.index(heard("second")) < told.index(late)
    assert told.index(late) < told.index(heard("third"))


def test_only_the_last_turns_are_kept() -> None:
    said = SaidSoFar()
    for number in range(40):
        said.note(heard(str(number)))
    assert [message["text"] for message in said.messages()] == [str(n) for n in range(28, 40)]
