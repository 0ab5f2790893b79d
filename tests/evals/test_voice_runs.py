"""Phone times and ends of turns are measured on speech of which everything is known."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.errors import EvalProblem
from evals.made_up_speech import SENTENCES, Said, said_by_all
from evals.phone_run import measure_phones
from evals.turn_run import measure_turns
from evals.word_taken import measure_taken
from persona.model_table import SMART_TURN
from persona.models import fetch
from persona.settings import Settings, load_settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A machine without Kokoro, so that the fast voice speaks alone."""
    models: Path = tmp_path_factory.mktemp("models")
    fetch(SMART_TURN, models, lambda _label, _done, _total: None)
    return load_settings(models_dir=models)


@pytest.fixture(scope="module")
def said(settings: Settings) -> list[Said]:
    return said_by_all(settings, lambda *_: None, SENTENCES[:3])


def test_phones_are_found_near_where_they_are(said: list[Said]) -> None:
    figures = measure_phones(said, lambda *_: None)
    assert figures["n"] == {"utterances": 3, "not_comparable": 0}
    for way in ("alignment", "alignment hibari:heart"):
        assert figures[way]["median_ms"] <= 40
        assert figures[way]["n"] > 80
    assert abs(figures["onset_lag_ms"]["synthesiser"]) <= 40


def test_phones_that_are_off_are_seen_to_be(said: list[Said]) -> None:
    """What is known is said to come a tenth of a second later than it does."""
    late = [
        replace(
            one,
            speech=replace(
                one.speech,
                phones=tuple(
                    replace(p, start=p.start + 0.1, end=p.end + 0.1) for p in one.speech.phones
                ),
            ),
        )
        for one in said
    ]
    figures = measure_phones(late, lambda *_: None)
    assert figures["alignment"]["late_ms"] == pytest.approx(-100, abs=25)
    assert figures["onset_lag_ms"]["synthesiser"] < -60


def test_the_turn_model_ends_turns_sooner_and_cuts_in_less(
    settings: Settings, said: list[Said]
) -> None:
    figures = measure_turns(settings, said, lambda *_: None)
    alone, heard = figures["pauses_alone"], figures["turn_model"]
    assert heard["wait_p50_ms"] < alone["wait_p50_ms"]
    assert alone["one_turn_with_a_hesitation"] <= heard["one_turn_with_a_hesitation"]
    assert heard["one_turn_said_at_once"] == 1


def test_without_the_model_there_is_nothing_to_compare(said: list[Said], tmp_path: Path) -> None:
    with pytest.raises(EvalProblem, match="turn model"):
        measure_turns(load_settings(models_dir=tmp_path), said, lambda *_: None)


def test_words_take_the_word_at_once_and_a_cough_does_not(
    settings: Settings, said: list[Said]
) -> None:
    figures = measure_taken(settings, said, lambda *_: None)
    assert figures["n"] == {"words": 3, "hums": 3, "coughs": 24}
    assert figures["silenced"]["words"] == 1.0
    assert figures["silenced"]["hums"] < 0.5
    assert figures["silenced"]["coughs"] == 0.0
    assert 0 < figures["words_to_silence_ms"]["p50"] < 200
