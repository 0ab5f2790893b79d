"""A reply as it is said: what of it was heard, and what is left."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from persona.live.take import LiveTake, heard_part
from tests.faces import HELLO

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=20)


@given(WORDS, st.integers(0, 20), st.sampled_from([" ", ", ", " — ", ". "]))
def test_what_was_heard_is_how_the_reply_begins(words: list[str], count: int, gap: str) -> None:
    reply = gap.join(words)
    heard = heard_part(reply, words[:count])
    assert reply.startswith(heard)
    assert [w.strip(".,—") for w in heard.replace("—", " ").split()] == words[:count]


def test_a_number_said_in_words_counts_as_one_word() -> None:
    assert heard_part("I have 25 cats at home", ["I", "have", "twenty-five"]) == "I have 25"


@given(st.floats(0, 6, allow_subnormal=False))
def test_what_is_left_is_the_end_of_the_take(since: float) -> None:
    take = LiveTake()
    for _ in range(2):
        take.add(HELLO)
    whole = np.concatenate([piece.samples for piece in take.pieces])
    left = take.left(since)
    rest = np.concatenate([np.zeros(0, np.float32), *(piece.samples for _, piece in left)])
    assert np.array_equal(rest, whole[len(whole) - len(rest) :])
    assert len(rest) / HELLO.sample_rate >= take.seconds - since - 1e-3
    if left:
        assert left[0][0] <= since + 1e-3
        assert abs(left[-1][0] + left[-1][1].seconds - take.seconds) < 1e-3


def test_only_words_said_to_the_end_were_heard() -> None:
    take = LiveTake()
    take.add(HELLO)
    first, second, _third = HELLO.words
    assert take.words(0.0) == []
    assert take.words(first.end) == [first.text]
    assert take.words(second.end - 0.01) == [first.text]
    assert take.words(HELLO.seconds) == [word.text for word in HELLO.words]
