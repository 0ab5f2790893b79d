"""A voice is fitted to a recording and comes nearer to it, on words that the search never heard."""

import numpy as np

from persona.settings import load_settings
from persona.voice.adapters.kokoro import Voice
from persona.voice.ears import open_hearing
from persona.voice.fitting import fit_voice, open_tools, say_plain
from persona.voice.sound import joined, resampled
from persona.voice.speech import Speech
from persona.voice.stock import stock_voice

SAID = (
    "The ferry leaves at seven, and the fog never lifts before nine.",
    "I told him twice to bring the ladder back, and he brought a cake.",
    "Most of what I know about bread I learnt from getting it wrong.",
    "She keeps her letters in a biscuit tin under the stairs.",
)


def test_a_fitted_voice_is_nearer_than_the_nearest_stock_voice() -> None:
    settings = load_settings()
    tools = open_tools(settings.models_dir, open_hearing(settings), settings.threads)
    a, b = (stock_voice(name, settings.models_dir) for name in ("bm_george", "if_sara"))
    stranger = Voice(name="stranger", pack=(a.pack + b.pack) * np.float32(0.5), pitch=1.1)
    recording = joined([say_plain(stranger, text, tools.network) for text in SAID])
    # Longer by a tenth and lower by as much: a body that no stock voice has.
    shifted = Speech(
        samples=resampled(recording.samples, 20, 22), sample_rate=recording.sample_rate
    )
    steps: list[int] = []
    fit = fit_voice([shifted], tools, lambda _, at, __: steps.append(at), steps=3).fit
    assert fit.after > fit.before + 0.02
    assert fit.after <= 1
    assert fit.pitch_after < 2.0
    assert fit.word_error_rate is not None
    assert fit.word_error_rate < 0.3
    assert steps
