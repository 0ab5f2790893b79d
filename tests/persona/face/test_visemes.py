import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from persona.face.visemes import VISEMES, mouth_track
from persona.voice.speech import PHONES, TimedPhone
from tests.faces import HELLO, speech_of


def times_of(seconds: float) -> np.ndarray:
    return (np.arange(int(seconds * 25)) + 0.5) / 25


def opening_in(phones: str, symbol: str) -> float:
    speech = speech_of(phones)
    phone = next(p for p in speech.phones if p.symbol == symbol)
    track = mouth_track(speech.phones, np.array([(phone.start + phone.end) / 2]))
    return float(track.opening[0])


def test_every_phone_has_a_mouth() -> None:
    assert set(VISEMES) == PHONES


def test_lips_shut_on_each_p_b_and_m_however_short() -> None:
    speech = speech_of("AA P AA B AA M AA")
    short = tuple(
        TimedPhone(p.symbol, p.start, p.start + 0.02 if p.symbol in "PBM" else p.end)
        for p in speech.phones
    )
    times = times_of(speech.seconds)
    track = mouth_track(short, times)
    for phone in short:
        if phone.symbol in "PBM":
            near = np.abs(times - phone.start) < 0.05
            assert track.shut[near].any()
            assert track.opening[near].min() == 0


def test_open_vowels_open_further_than_close_ones() -> None:
    assert opening_in("T AA T", "AA") > opening_in("T IY T", "IY") > opening_in("P IY P", "P")


def test_rounding_begins_before_its_vowel() -> None:
    speech = speech_of("IY T UW")
    tongue = next(p for p in speech.phones if p.symbol == "T")
    spread = speech_of("IY T IY")
    times = np.array([tongue.end - 0.01])
    assert mouth_track(speech.phones, times).width < mouth_track(spread.phones, times).width


def test_a_soft_vowel_opens_less_than_a_loud_one() -> None:
    times = times_of(HELLO.seconds)
    soft = mouth_track(HELLO.phones, times, np.full(len(times), 0.1, np.float32))
    loud = mouth_track(HELLO.phones, times, np.full(len(times), 1.0, np.float32))
    assert soft.opening.max() < loud.opening.max()


def test_without_phones_the_mouth_rests() -> None:
    track = mouth_track((), times_of(1.0))
    assert not track.speaking.any()
    assert not track.opening.any()


@given(st.lists(st.tuples(st.sampled_from(sorted(PHONES)), st.floats(0.01, 0.4)), min_size=1))
def test_any_speech_gives_a_mouth_within_bounds(said: list[tuple[str, float]]) -> None:
    phones: list[TimedPhone] = []
    at = 0.0
    for symbol, seconds in said:
        phones.append(TimedPhone(symbol, at, at + seconds))
        at += seconds
    track = mouth_track(phones, times_of(at + 0.2))
    assert all(len(part) == len(track.opening) for part in track)
    assert np.isfinite(track.opening).all()
    assert ((track.opening >= 0) & (track.opening <= 1.15)).all()
    assert ((track.width >= 0) & (track.width <= 1)).all()
    assert not track.opening[track.shut].any()
