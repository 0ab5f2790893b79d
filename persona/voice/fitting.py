"""Fitting a stock voice to the owner's: nearest voices, blends, then a bounded search.

Half of the sample is held out and only used for the report. Of the other half one part is searched
with and another chooses the point where the search stops, so that a gain is a gain.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from persona.model_table import GE2E, KOKORO, KOKORO_STYLES
from persona.models import verified_path
from persona.voice.adapters.kokoro import Voice, coloured, pace, render
from persona.voice.embedded import SAMPLE_RATE, vocabulary
from persona.voice.envelope import MOST, gains_towards, long_term_spectrum, spectrum_distance
from persona.voice.hearing import Hearing
from persona.voice.kokoro_network import KokoroNetwork, Prepared
from persona.voice.pitch import PitchRange, pitch_curve, pitch_range, range_of
from persona.voice.profile import Fit
from persona.voice.pronouncing import Pronouncer, letters_of
from persona.voice.sample import halves, utterances, whole
from persona.voice.sound import Samples, level
from persona.voice.speaker import Embedding, SpeakerEncoder, likeness
from persona.voice.speech import Speech
from persona.voice.stock import load_network, packs
from persona.voice.word_errors import word_errors

Progress = Callable[[str, int, int], None]
Row = NDArray[np.float32]
Plain = dict[str, Samples]
"""Sound of each sentence, as the network made it."""

_SEARCHED = (
    "She asked whether I would bring them.",
    "We had bread and cheese, then walked.",
    "Nobody knew how far it was.",
)
_CHOOSING = ("The old boat was tied up under the bridge.", "Tell me when you hear from your aunt.")
REPORTED = (
    "My grandfather used to tell us long stories about the war.",
    "I think we should leave before the weather gets worse.",
    "There are two shops on this street that sell fresh fish.",
    "He never quite understood why people liked that song so much.",
)
"""What is said for the report; none of it is said in the search."""
STEPS, _LOOK_EVERY, _PATIENCE = 36, 9, 2
_NEAREST, _BLENDED = 5, 3
_LOUDEST, _QUIETEST = -18.0, -30.0
_MIDDLE_ROW = 40
_SHARES, _LIKENESS_GIVEN = (0.75, 0.5, 0.25), 0.01
"""How far the spectrum is brought back, and how much likeness that may cost."""
_MOST_PITCH = 2 ** (2 / 12)
"""By how much the pitch is moved at last, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A voice, and what it is worth."""

    voice: Voice
    fit: Fit
    stock: Voice
    """The nearest stock voice as it comes, to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The models that fitting works with."""

    network: KokoroNetwork
    weights: Path
    encoder: SpeakerEncoder
    hearing: Hearing
    models_dir: Path


def open_tools(models_dir: Path, hearing: Hearing, threads: int | None = None) -> Tools:
    """Return the models of fitting, loaded and verified.

    Raises:
        ModelProblem: one isn't there, or isn't the one we know.
    """
    return Tools(
        network=load_network(models_dir, threads),
        weights=verified_path(KOKORO, models_dir),
        encoder=SpeakerEncoder(verified_path(GE2E, models_dir)),
        hearing=hearing,
        models_dir=models_dir,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """What the sample says about the voice."""

    embedding: Embedding
    choosing: Embedding
    pitch: PitchRange
    spectrum: Row
    level: float


def fit_voice(
    recordings: Sequence[Speech], tools: Tools, progress: Progress, *, steps: int = STEPS
) -> Fitted:
    """Fit a voice to recordings of one person, in so many steps of the search.

    Raises:
        VoiceProblem: there is too little speech in them.
    """
    pieces = utterances(recordings)
    fitting, held_out = halves(pieces)
    target = _target(fitting, tools.encoder)
    stock, candidates = _nearest(target, tools, progress)
    start = max(candidates, key=lambda voice: _alike(voice, _CHOOSING[:1], target, tools))
    start = replace(start, speed=_speed(start, fitting, tools))
    voice = _finished(_search(start, target, tools, progress, steps), target, tools)
    fit = _report(stock, voice, pieces, held_out, tools)
    return Fitted(voice=replace(voice, name="fitted"), fit=fit, stock=stock)


def say_plain(voice: Voice, text: str, network: KokoroNetwork) -> Speech:
    """Return a sentence in a voice, without times."""
    rendered = render(network, voice, _letters(text))
    return Speech(samples=coloured(rendered.samples, voice), sample_rate=SAMPLE_RATE, text=text)


def _target(pieces: Sequence[Speech], encoder: SpeakerEncoder) -> _Target:
    cut = max(1, len(pieces) * 2 // 3)
    curve = np.concatenate([pitch_curve(piece) for piece in pieces])
    return _Target(
        embedding=encoder.embed_speaker(pieces[:cut]),
        choosing=encoder.embed_speaker(pieces[cut:] or pieces),
        pitch=range_of(curve),
        spectrum=long_term_spectrum(whole(pieces)),
        level=float(np.clip(np.mean([level(p.samples) for p in pieces]), _QUIETEST, _LOUDEST)),
    )


def _nearest(target: _Target, tools: Tools, progress: Progress) -> tuple[Voice, list[Voice]]:
    """Return the nearest stock voice, and it with others and blends brought towards the target."""
    styles = packs(tools.models_dir)
    known = _stock_embeddings(tools, progress)
    order: list[int] = np.argsort(-(known @ target.embedding)).tolist()
    stock = [
        Voice(name=KOKORO_STYLES[i], pack=np.array(styles[i], np.float32)) for i in order[:_NEAREST]
    ]
    blends = [
        Voice(name=f"{a.name}+{b.name}", pack=(a.pack + b.pack) * np.float32(0.5))
        for a, b in combinations(stock[:_BLENDED], 2)
    ]
    found: list[Voice] = []
    for number, voice in enumerate([*stock, *blends]):
        progress("trying the nearest voices", number, len(stock) + len(blends))
        found.append(_brought_near(voice, target, tools.network))
    return stock[0], found


def _brought_near(voice: Voice, target: _Target, network: KokoroNetwork) -> Voice:
    """Return a voice with level and spread of its pitch, colour and loudness of the target."""
    plain = render(network, voice, _letters(_SEARCHED[1]))
    own = range_of(plain.pitch)
    if not own.hertz or not target.pitch.hertz:
        return replace(voice, level=target.level)
    matched = replace(
        voice,
        middle=own.hertz,
        pitch=target.pitch.hertz / own.hertz,
        spread=float(np.clip(target.pitch.spread / max(own.spread, 0.05), 0.7, 1.4)),
        level=target.level,
    )
    said = say_plain(matched, _SEARCHED[1], network)
    gains = gains_towards(target.spectrum, long_term_spectrum(said))
    return replace(matched, gains=tuple(gains.tolist()))


def _speed(voice: Voice, pieces: Sequence[Speech], tools: Tools) -> float:
    """Return the speed at which the voice says what the owner said in the time they took."""
    took = needed = 0.0
    for piece in pieces[:2]:
        heard = tools.hearing.transcribe(piece)
        letters = _letters(heard.text)[:400]
        if heard.unsure or len(letters) < 20:
            continue
        took += piece.seconds
        needed += float(render(tools.network, voice, letters).durations[1:-1].sum())
    return float(np.clip(needed / took, 0.75, 1.3)) if took else 1.0


def _search(start: Voice, target: _Target, tools: Tools, progress: Progress, steps: int) -> Voice:
    from persona.voice.kokoro_decoder import KokoroDecoder
    from persona.voice.style_search import Aim, Found, climb

    styles = packs(tools.models_dir)[:, _MIDDLE_ROW, :128]
    aim = Aim(embedding=target.embedding, level=target.level, scale=np.std(styles, axis=0))
    best = start
    best_alike, waited = _alike(start, _CHOOSING, target, tools), 0

    def watch(step: int, found: Found) -> bool:
        nonlocal best, best_alike, waited
        progress("fitting the voice", step, steps)
        if step % _LOOK_EVERY and step < steps:
            return False
        voice = _moved(start, found.offset, found.gains)
        alike = _alike(voice, _CHOOSING, target, tools)
        waited = 0 if alike > best_alike else waited + 1
        if alike > best_alike:
            best, best_alike = voice, alike
        return waited >= _PATIENCE

    said = [
        (_prepared(start, text, tools.network), start.pack[len(_letters(text)), :128])
        for text in _SEARCHED
    ]
    climb(
        KokoroDecoder(tools.weights),
        tools.encoder,
        said,
        np.array(start.gains, np.float32),
        aim,
        steps=steps,
        watch=watch,
    )
    return best


def _finished(voice: Voice, target: _Target, tools: Tools) -> Voice:
    """Return what the search found with pitch and spectrum brought back towards the target.

    The search climbs likeness alone, and both drift off meanwhile. Each step is taken only if it
    costs next to no likeness to the part of the sample that chooses.
    """
    plain = _plain(voice, tools.network)
    least = _alike_as(voice, plain, target, tools) - _LIKENESS_GIVEN
    pitched = _repitched(voice, plain, target)
    moved = _plain(pitched, tools.network)
    if _alike_as(pitched, moved, target, tools) >= least:
        voice, plain = pitched, moved
    found = np.array(voice.gains, np.float32)
    sounds = long_term_spectrum(whole([_coloured(text, voice, plain) for text in plain]))
    missing = gains_towards(target.spectrum, sounds)
    for share in _SHARES:
        gains = np.clip(found + np.float32(share) * missing, -MOST, MOST)
        tried = replace(voice, gains=tuple(gains.tolist()))
        if _alike_as(tried, plain, target, tools) >= least:
            return tried
    return voice


def _repitched(voice: Voice, plain: Plain, target: _Target) -> Voice:
    own = pitch_range(whole([_coloured(text, voice, plain) for text in plain]))
    if not own.hertz or not target.pitch.hertz:
        return voice
    higher = float(np.clip(target.pitch.hertz / own.hertz, 1 / _MOST_PITCH, _MOST_PITCH))
    return replace(voice, pitch=voice.pitch * higher)


def _plain(voice: Voice, network: KokoroNetwork) -> Plain:
    """Return what the network makes of the sentences of the fitting, before its colour."""
    said = (*_SEARCHED, *_CHOOSING)
    return {text: render(network, voice, _letters(text)).samples for text in said}


def _coloured(text: str, voice: Voice, plain: Plain) -> Speech:
    return Speech(samples=coloured(plain[text], voice), sample_rate=SAMPLE_RATE)


def _alike_as(voice: Voice, plain: Plain, target: _Target, tools: Tools) -> float:
    """Return the likeness to the part of the sample that chooses, without saying it anew."""
    said = [tools.encoder.embed(_coloured(text, voice, plain)) for text in _CHOOSING]
    return float(np.mean([likeness(one, target.choosing) for one in said]))


def _prepared(voice: Voice, text: str, network: KokoroNetwork) -> Prepared:
    letters = _letters(text)
    return network.prepare(letters, voice.pack[len(letters)], **pace(voice))


def _moved(
    voice: Voice,
    offset: Row,
    gains: Row,
) -> Voice:
    pack = voice.pack.copy()
    pack[:, :128] += offset
    return replace(voice, pack=pack, gains=tuple(gains.tolist()))


def _alike(voice: Voice, texts: Sequence[str], target: _Target, tools: Tools) -> float:
    """Return the likeness to the part of the sample that chooses."""
    said = [tools.encoder.embed(say_plain(voice, text, tools.network)) for text in texts]
    return float(np.mean([likeness(one, target.choosing) for one in said]))


def _report(
    stock: Voice, voice: Voice, pieces: Sequence[Speech], held: Sequence[Speech], tools: Tools
) -> Fit:
    owner, fitting = tools.encoder.embed_speaker(held), pieces[0::2]
    plain = [say_plain(stock, text, tools.network) for text in REPORTED]
    said = [say_plain(voice, text, tools.network) for text in REPORTED]
    pitch = range_of(np.concatenate([pitch_curve(piece) for piece in held]))
    spectrum = long_term_spectrum(whole(held))
    heard = [tools.hearing.transcribe(one).text for one in said]
    wrong = [word_errors(text, words) for text, words in zip(REPORTED, heard, strict=True)]
    return Fit(
        stock=stock.name,
        before=_mean_likeness(plain, owner, tools.encoder),
        after=_mean_likeness(said, owner, tools.encoder),
        own=_mean_likeness(held, tools.encoder.embed_speaker(fitting), tools.encoder),
        pitch_before=semitones(pitch_range(whole(plain)), pitch),
        pitch_after=semitones(pitch_range(whole(said)), pitch),
        pitch_own=semitones(pitch_range(whole(fitting)), pitch),
        spectrum_before=spectrum_distance(long_term_spectrum(whole(plain)), spectrum),
        spectrum_after=spectrum_distance(long_term_spectrum(whole(said)), spectrum),
        spectrum_own=spectrum_distance(long_term_spectrum(whole(fitting)), spectrum),
        word_error_rate=sum(w.errors for w in wrong) / sum(w.words for w in wrong),
        sample_seconds=sum(piece.seconds for piece in pieces),
        fitted_at=datetime.now(UTC),
    )


def semitones(a: PitchRange, b: PitchRange) -> float:
    """Return the distance of two pitches; 12 semitones are an octave."""
    return abs(12 * float(np.log2(a.hertz / b.hertz))) if a.hertz and b.hertz else 0.0


def _mean_likeness(said: Sequence[Speech], to: Embedding, encoder: SpeakerEncoder) -> float:
    return float(np.mean([likeness(encoder.embed(one), to) for one in said]))


def _letters(text: str) -> list[int]:
    numbers = vocabulary()
    line = letters_of(Pronouncer().words(text))
    return [numbers[letter] for letter in line if letter in numbers]


def _stock_embeddings(tools: Tools, progress: Progress) -> Row:
    """Return the embedding of each stock voice, [54, 256], made once and kept with the models."""
    kept = tools.models_dir / "kokoro-styles.embedded.npy"
    if kept.is_file():
        return np.load(kept, allow_pickle=False)
    styles = packs(tools.models_dir)
    found: list[Embedding] = []
    for number, name in enumerate(KOKORO_STYLES):
        progress("hearing the stock voices", number, len(KOKORO_STYLES))
        voice = Voice(name=name, pack=np.array(styles[number], np.float32))
        found.append(tools.encoder.embed(say_plain(voice, _SEARCHED[1], tools.network)))
    embedded = np.stack(found)
    with suppress(OSError):  # where the folder can't be written, they are made each time
        np.save(kept, embedded)
    return embedded
