"""Enrolment measured: portraits and words found in clips, voices told apart, time for a film."""

import resource
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

import cv2
import numpy as np

from evals.errors import EvalProblem
from evals.made_up_film import write_film
from ingest.footage import LONGEST, Footage, look
from persona.bootstrap import open_ears, open_eyes
from persona.consent.spoken import SAME_VOICE
from persona.face.landmarks import Landmarker, Picture
from persona.face.local import LocalFace
from persona.face.open_face import build_face
from persona.face.photo import PhotoRenderer
from persona.face.photo_face import build_from_photo
from persona.model_table import GE2E
from persona.models import verified_path
from persona.settings import Settings
from persona.voice.adapters.hibari import HibariVoice
from persona.voice.alignment import phones_in_words
from persona.voice.crowd import count_voices
from persona.voice.sound import joined, read_sound
from persona.voice.spans import sample_of
from persona.voice.speaker import RATE, SpeakerEncoder, likeness
from persona.voice.speaking import Manner
from persona.voice.speech import Speech, TimedWord
from persona.voice.word_errors import word_errors

Progress = Callable[[str, int, int], None]

_GRID: tuple[dict[str, str], ...] = (
    {"b": "bin", "l": "lay", "p": "place", "s": "set"},
    {"b": "blue", "g": "green", "r": "red", "w": "white"},
    {"a": "at", "b": "by", "i": "in", "w": "with"},
)
_DIGITS = dict(
    zip("z123456789", "zero one two three four five six seven eight nine".split(), strict=True)
)
_ADVERBS = {"a": "again", "n": "now", "p": "please", "s": "soon"}
_SHORT = 10.0
"""Seconds of the film that memory is compared with."""
_SAID = (
    "I grew up in a small town by the sea, and we never locked the door.",
    "My mother worked at the library, and my father repaired boats.",
    "After school I moved to the city and became a nurse.",
    "I have two brothers, and we call each other every Sunday.",
    "I like long walks, old maps, and strong coffee without sugar.",
    "When I was nineteen I broke my leg and read forty books.",
    "I worry too much about other people, or so my sister says.",
    "In ten years I would like to live in the mountains with a dog.",
)


def measure_clips(settings: Settings, files: Sequence[Path], progress: Progress) -> dict[str, Any]:
    """Return in how many clips a portrait is found, and how well their words are.

    The words are known from a text file beside the clip, or from a name after the GRID corpus.
    """
    eyes, ears = open_eyes(), open_ears(settings)
    looks: list[Footage] = []
    wrong = words = 0
    started = perf_counter()
    for number, file in enumerate(files):
        progress("looking at clips", number, len(files))
        looks.append(look(file, eyes, ears, _quiet))
        heard, wanted = looks[-1].heard, _words_of(file)
        if wanted and heard is not None:
            errors = word_errors(wanted, heard.transcript.text)
            wrong, words = wrong + errors.errors, words + errors.words
    return {
        "n": len(files),
        "with_portrait": sum(bool(one.portraits) for one in looks),
        "one_voice": sum(one.heard is not None and one.heard.voices == 1 for one in looks),
        "word_error_rate": round(wrong / words, 3) if words else None,
        "words": words,
        "seconds_each": round((perf_counter() - started) / max(1, len(files)), 2),
    }


def measure_speakers(settings: Settings, folder: Path, progress: Progress) -> dict[str, Any]:
    """Return how well voices are told apart, over folders of recordings, one a speaker.

    Raises:
        EvalProblem: there are fewer than two speakers.
    """
    speakers = [
        [read_sound(file, RATE) for file in sorted(sub.rglob("*")) if file.suffix in _SOUNDS]
        for sub in sorted(folder.iterdir())
        if sub.is_dir()
    ]
    speakers = [speeches for speeches in speakers if len(speeches) > 1]
    if len(speakers) < 2:
        raise EvalProblem(f"{folder} holds no two speakers", "one folder of recordings for each")
    encoder = SpeakerEncoder(verified_path(GE2E, settings.models_dir))
    progress("telling voices apart", 0, 2)
    crowd = _crowds(speakers, encoder)
    progress("telling voices apart", 1, 2)
    return {"speakers": len(speakers), **crowd, **_matches(speakers, encoder)}


_SOUNDS = {".wav", ".flac", ".mp3", ".m4a", ".ogg"}


def _crowds(speakers: Sequence[Sequence[Speech]], encoder: SpeakerEncoder) -> dict[str, Any]:
    def voices(*parts: Sequence[Speech]) -> int:
        return count_voices(np.concatenate([s.samples for p in parts for s in p]), encoder)

    alone = [voices(part) for one in speakers for part in (one, one[:3], one[-3:])]
    pairs = [
        voices(a[:n], b[:m]) for a, b in combinations(speakers, 2) for n, m in ((3, 3), (5, 2))
    ]
    return {
        "alone": {"n": len(alone), "taken_for_two": sum(count > 1 for count in alone)},
        "pairs": {"n": len(pairs), "taken_for_one": sum(count == 1 for count in pairs)},
    }


def _matches(speakers: Sequence[Sequence[Speech]], encoder: SpeakerEncoder) -> dict[str, Any]:
    """Compare single recordings with samples of several others, as a statement is compared."""
    same: list[float] = []
    other: list[float] = []
    for number, speeches in enumerate(speakers):
        half = len(speeches) // 2
        sample = np.concatenate([s.samples for s in speeches[:half]])
        point = encoder.embed(Speech(samples=sample, sample_rate=RATE))
        for at, tried in enumerate(speakers):
            found = [likeness(encoder.embed(one), point) for one in tried[half:]]
            (same if at == number else other).extend(found)
    return {
        "same_voice": {
            "n": len(same),
            "mean": round(float(np.mean(same)), 3),
            "lowest": round(min(same), 3),
            "refused": sum(one < SAME_VOICE for one in same),
        },
        "other_voice": {
            "n": len(other),
            "mean": round(float(np.mean(other)), 3),
            "highest": round(max(other), 3),
            "accepted": sum(one >= SAME_VOICE for one in other),
        },
        "threshold": SAME_VOICE,
    }


class _Made(NamedTuple):
    film: Path
    said: str


class _Clock:
    """Tells how long steps take, by the wall and in processor time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = self._last = perf_counter()
        self._worked = process_time()

    def step(self, name: str) -> None:
        """Note the time since the step before."""
        now = perf_counter()
        self.seconds[name], self._last = round(now - self._last, 1), now

    def report(self) -> dict[str, float]:
        """Return the time of all steps."""
        return {
            "seconds": round(self._last - self._begun, 1),
            "processor_seconds": round(process_time() - self._worked, 1),
            **{f"{name}_seconds": taken for name, taken in self.seconds.items()},
        }


def measure_film(
    settings: Settings, portrait: Path, seconds: float, progress: Progress
) -> dict[str, Any]:
    """Return what it takes to enrol from a made-up 720p film of a portrait that speaks.

    Everything is done that an enrolment does, but for the fitting of the voice.
    """
    with tempfile.TemporaryDirectory() as folder:
        progress("making films", 0, 3)
        short = _apart(_made_up, portrait, Path(folder) / "short.mp4", min(_SHORT, seconds))
        made = _apart(_made_up, portrait, Path(folder) / "film.mp4", seconds)
        eyes, ears = open_eyes(), open_ears(settings)
        progress("looking at them", 1, 3)
        look(short.film, eyes, ears, _quiet)  # loads what it needs, and takes what any film takes
        before, clock = _peak_mb(), _Clock()
        footage = look(made.film, eyes, ears, _quiet)
        grown = _peak_mb() - before
        clock.step("look")
        progress("making face and voice", 2, 3)
        heard = footage.heard
        if heard is None:
            raise EvalProblem("nothing is heard in the film", "choose another portrait")
        sound = Speech(samples=heard.sound.samples, sample_rate=heard.sound.sample_rate)
        words = [TimedWord(w.text, w.start, w.end) for w in heard.transcript.words]
        phones = phones_in_words(sound, words).phones
        clock.step("phones")
        build_face(video=made.film, phones=phones)
        clock.step("face")
        sample = sample_of([sound])
        clock.step("voice")
    errors = word_errors(made.said, heard.transcript.text)
    return {
        "film_seconds": round(footage.container.seconds, 1),
        "size": [footage.container.width, footage.container.height],
        **clock.report(),
        "word_error_rate": round(errors.rate, 3),
        "words": errors.words,
        "clean_speech_seconds": round(sample.clean_seconds, 1),
        "look_grew_mb_over_a_short_film": round(grown),
        "peak_mb": round(_peak_mb()),
        "most_seconds_looked_at": LONGEST,
    }


def _peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(make: Callable[..., _Made], *arguments: object) -> _Made:
    """Make a film in another process, so that its memory isn't counted here."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(make, *arguments).result()


def _made_up(portrait: Path, out: Path, seconds: float) -> _Made:
    voice = HibariVoice()
    lines: list[str] = []
    parts: list[Speech] = []
    while sum(part.seconds for part in parts) < seconds:
        lines.append(_SAID[len(lines) % len(_SAID)])
        parts.append(joined(voice.speak([lines[-1]], Manner())))
    sound = joined(parts)
    face = build_from_photo(portrait, Landmarker(), size=640)
    pictures = _on_a_wall(PhotoRenderer(face), sound)
    write_film(out, pictures, sound, options={"preset": "veryfast"})
    return _Made(out, " ".join(lines))


def _on_a_wall(renderer: PhotoRenderer, sound: Speech) -> Iterator[Picture]:
    """Yield the speaking head in the middle of a wide picture."""
    for head in LocalFace(renderer).film(sound):
        wall = np.full((720, 1280, 3), 96, np.uint8)
        square = cv2.resize(head, (720, 720), interpolation=cv2.INTER_LINEAR)
        wall[:, 280:1000] = square
        yield wall


def _quiet(_what: str, _done: int, _all: int) -> None:
    """Report to nobody."""


def _words_of(file: Path) -> str:
    """Return what is said in a clip, where that is known."""
    beside = file.with_suffix(".txt")
    if beside.is_file():
        return beside.read_text("utf-8")
    code = file.stem.rpartition("_")[2]
    try:
        verb, colour, preposition = (t[c] for t, c in zip(_GRID, code[:3], strict=True))
        letter, digit, adverb = code[3:]
        return " ".join((verb, colour, preposition, letter, _DIGITS[digit], _ADVERBS[adverb]))
    except (KeyError, ValueError):
        return ""
