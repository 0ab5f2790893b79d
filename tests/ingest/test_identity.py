"""The owner is recognised under all their names, and nobody else is."""

import pytest

from ingest.errors import OwnerUnclear
from ingest.identity import OwnerNames, fold_name, require_owner
from ingest.record import Message

SAME = [
    ("Ana Reis", "ana reis"),
    ("Ana Reis", "  Ana   Reis "),
    ("Ana Reis", "~ Ana Reis"),
    ("Ana Reis", "~\u202fAna\u00a0Reis"),
    ("Ana Reis", "\u202aAna Reis\u202c"),
    ("José", "Jose\u0301"),
    ("STRASSE", "straße"),
    ("Ａｎａ", "Ana"),
    ("+34 600 000 000", "\u202a+34 600 000 000\u202c"),
    ("+34 600 000 000", "+34600000000"),
    ("+34 600 000 000", "0034 600-000-000"),
    ("user42", "USER42"),
    ("Ana 👩\u200d💻", "ana 👩\u200d💻"),
]
DIFFERENT = [
    ("Ana", "Anna"),
    ("Ana", "Ana Reis"),
    ("Ana 1", "Ana 2"),
    ("user1234567", "user7654321"),
    ("user1234567", "1234567"),
    ("+34 600 000 000", "+34 600 000 001"),
    ("José", "Jose"),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_one_name_in_two_spellings_is_the_same(name: str, other: str) -> None:
    assert OwnerNames([name]).has(other)
    assert OwnerNames([other]).has(name)


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_two_names_are_different(name: str, other: str) -> None:
    assert not OwnerNames([name]).has(other)


@pytest.mark.parametrize("nothing", ["", " ", "~", "\u200e"])
def test_an_empty_name_is_nobodys(nothing: str) -> None:
    assert fold_name(nothing) == ""
    assert not OwnerNames([nothing]).has(nothing)


def test_a_message_is_the_owners_by_name_by_key_or_when_it_names_nobody() -> None:
    owner = OwnerNames(["Ana", "user42"])
    assert owner.is_own(Message(where="", author="ana"))
    assert owner.is_own(Message(where="", author="Whoever", author_key="user42"))
    assert owner.is_own(Message(where="", author=""))
    assert not owner.is_own(Message(where="", author="", author_key="user7"))
    assert not owner.is_own(Message(where="", author="Ben", author_key="user7"))


def test_a_file_in_which_the_owner_says_nothing_names_who_does() -> None:
    with pytest.raises(OwnerUnclear, match=r"x\.txt.*'Ben' \(3\), 'Cleo' \(1\).*--as NAME"):
        require_owner(0, {"Cleo": 1, "Ben": 3}, "x.txt")


def test_a_file_is_fine_with_one_word_of_the_owner_or_without_any_author() -> None:
    require_owner(1, {"Ana": 1, "Ben": 3}, "x.txt")
    require_owner(0, {}, "x.txt")
