"""What a page that is loaded anew is told of the last turns."""

from ui.live.said_so_far import SaidSoFar


def heard(text: str) -> dict[str, object]:
    """Return what a page is told of a visitor's turn."""
    return {"kind": "heard", "text": text, "final": True}


def test_what_lasts_of_a_turn_is_kept_and_the_last_times_count() -> None:
    said = SaidSoFar()
    reply = {"kind": "reply", "turn": 5, "text": "hi", "asked": "hello"}
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
    cut = {"kind": "cut", "turn": 1, "text": "one", "asked": "first"}
    late = {"kind": "cut", "turn": 9, "text": "two", "asked": "second"}
    reply = {"kind": "reply", "turn": 10, "text": "three", "asked": "third"}
    for message in (
        heard("first"),
        {"kind": "reply", "turn": 1, "text": "one and two", "asked": "first"},
        heard("second"),
        heard("third"),
        heard("fourth"),
        cut,
        late,
        reply,
    ):
        said.note(message)
    told = said.messages()
    places = [told.index(message) for message in (cut, heard("second"), late, heard("third"))]
    assert places == sorted(places)
    assert told.index(heard("third")) < told.index(reply) < told.index(heard("fourth"))


def test_an_interrupted_reply_is_not_told_of_an_earlier_message_that_got_none() -> None:
    said = SaidSoFar()
    cut = {"kind": "cut", "turn": 1, "text": "well", "asked": "second"}
    for message in (heard("first"), heard("second"), cut):
        said.note(message)
    assert said.messages() == [heard("first"), heard("second"), cut]


def test_only_the_last_turns_are_kept() -> None:
    said = SaidSoFar()
    for number in range(40):
        said.note(heard(str(number)))
    assert [message["text"] for message in said.messages()] == [str(n) for n in range(28, 40)]
