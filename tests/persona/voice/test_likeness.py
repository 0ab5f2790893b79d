"""Measures of a voice, on sound of known pitch and on the fast voice."""

import numpy as np
import pytest

from memory.shelf import Shelf
from persona.errors import VoiceProblem
from persona.model_table import GE2E
from persona.models import verified_path
from persona.settings import load_settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.adapters.kokoro import Voice
from persona.voice.envelope import filtered, gains_towards, long_term_spectrum, spectrum_distance
from persona.voice.pitch import pitch_range
from persona.voice.profile import VoiceProfile, load_fitted, load_profile, save_fitted, save_profile
from persona.voice.sample import halves, utterances
from persona.voice.sound import at_level, joined, level, resampled
from persona.voice.speaker import SpeakerEncoder, likeness
from persona.voice.speaking import Manner
from persona.voice.speech import Speech

A = "My grandfather used to tell us long stories about the war."
B = "There are two shops on this street that sell fresh fish."


def said(text: str) -> Speech:
    """Return a sentence in the fast voice."""
    return joined(HibariVoice().speak([text], Manner()))


@pytest.mark.parametrize("hertz", [90.0, 140.0, 230.0])
def test_pitch_is_that_of_the_sound(hertz: float) -> None:
    at = np.arange(24_000) / 16_000
    waves = sum(np.sin(2 * np.pi * hertz * n * at) / n for n in range(1, 12))
    tone = Speech(samples=(0.1 * waves).astype(np.float32), sample_rate=16_000)
    assert pitch_range(tone).hertz == pytest.approx(hertz, rel=0.03)


def test_one_voice_is_like_itself_and_less_like_itself_shifted() -> None:
    encoder = SpeakerEncoder(verified_path(GE2E, load_settings().models_dir))
    one, other = said(A), said(B)
    lower = Speech(samples=resampled(other.samples, 24_000, 36_000), sample_rate=24_000)
    same = likeness(encoder.embed(one), encoder.embed(other))
    assert same > 0.8
    assert likeness(encoder.embed(one), encoder.embed(lower)) < same - 0.1


def test_a_filter_brings_one_colour_to_another() -> None:
    speech = said(A)
    dull = Speech(samples=np.convolve(speech.samples, np.ones(8) / 8), sample_rate=24_000)
    wanted, found = long_term_spectrum(speech), long_term_spectrum(dull)
    gains = gains_towards(wanted, found)
    near = Speech(samples=filtered(dull.samples, 24_000, gains), sample_rate=24_000)
    after = spectrum_distance(long_term_spectrum(near), wanted)
    assert after < spectrum_distance(found, wanted) / 3


def test_loudness_is_set_without_clipping() -> None:
    loud = at_level(said(A).samples, -6.0)
    assert float(np.max(np.abs(loud))) <= 0.981
    assert level(at_level(loud, -30.0)) == pytest.approx(-30.0, abs=0.1)


def test_a_sample_is_split_in_halves_without_shared_words() -> None:
    pieces = utterances([joined([said(A), said(B)]), joined([said(B), said(A)])])
    assert sum(piece.seconds for piece in pieces) > 8
    fitting, held_out = halves(pieces)
    assert len(fitting) + len(held_out) == len(pieces)
    with pytest.raises(VoiceProblem, match="seconds of speech"):
        halves(utterances([said("Hello there.")]))


def test_a_fitted_voice_is_kept_with_its_twin(tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("home") / "voices" / "1")
    assert load_fitted(shelf) is None
    pack = np.linspace(-1, 1, 510 * 256, dtype=np.float32).reshape(510, 256)
    save_fitted(shelf, Voice(name="fitted", pack=pack, pitch=1.2, gains=(1.0, -2.0)))
    kept = load_fitted(shelf)
    assert kept is not None
    assert (kept.name, kept.pitch, kept.gains) == ("fitted", 1.2, (1.0, -2.0))
    assert np.allclose(kept.pack, pack, atol=1e-3)
    save_profile(shelf, VoiceProfile(pronunciations={"Siobhan": "shi-vawn"}))
    assert load_profile(shelf).pronunciations == {"Siobhan": "shi-vawn"}
