"""What is known of the visitor's turn that is on its way."""

from dataclasses import dataclass, field
from typing import NamedTuple

from persona.live.scribe import Job
from persona.live.timeline import Timeline
from persona.voice.ear import PAUSED, Sounding
from persona.voice.hearing import Transcript


class Ended(NamedTuple):
    """A turn that is over."""

    job: Job
    speech_end: float
    """When its last speech was heard, by `time.perf_counter`."""
    at: float
    """When it counted as over."""


@dataclass(slots=True)
class TurnSoFar:
    """A turn from the first sound to the transcript."""

    utterance: int = 0
    """Which turn it is, from 1."""
    closed: int = 0
    """The last turn that was dealt with."""
    speech_end: float = 0.0
    """When the last speech was heard, by `time.perf_counter`."""
    guessed: float = 0.0
    """Seconds of speech when a reply was begun in case it was over."""
    _asked: Job | None = None
    _state: Sounding | None = None
    _over: dict[int, Ended] = field(default_factory=dict[int, Ended])
    _written: tuple[Job, Transcript] | None = None

    @property
    def hushed(self) -> bool:
        """Whether the speaker is quiet just now."""
        return self._state is not None and self._state.quiet > 0

    def update(self, state: Sounding, utterance: int, came: float) -> bool:
        """Take note of how it stood when sound came in; return whether that was speech."""
        if utterance != self.utterance:
            self.utterance, self.guessed = utterance, 0.0
        self._state = state
        self.speech_end = came - state.quiet
        return state.quiet == 0

    def over(self, job: Job, now: float) -> None:
        """Take note that it is over."""
        self._over[job.utterance] = Ended(job, self.speech_end, now)

    def close(self, job: Job) -> Ended:
        """Take note that it is dealt with; return how it ended."""
        self.closed = job.utterance
        return self._over.pop(job.utterance)

    def note(self, job: Job, transcript: Transcript) -> None:
        """Take note of what was written down."""
        self._written = (job, transcript)

    def transcript_of(self, job: Job) -> Transcript | None:
        """Return what was said, if these words are written down already."""
        if self._written is None:
            return None
        written, transcript = self._written
        return transcript if written.same(job) else None

    def ask(self, job: Job) -> bool:
        """Return whether these words are yet to be given to be written down, and are now."""
        known = self._asked is not None and self._asked.same(job)
        self._asked = job
        return not known

    def is_final(self, job: Job) -> bool:
        """Whether these are all the words of a turn that is over."""
        ended = self._over.get(job.utterance)
        return ended is not None and ended.job.same(job)

    def may_be_all(self) -> Transcript | None:
        """Return what was said if that may be all; once for the same words."""
        if self._written is None or self._state is None or self.closed >= self.utterance:
            return None
        job, transcript = self._written
        paused = self._state.quiet >= PAUSED and not self._state.hangs
        newest = job.utterance == self.utterance and job.spoken == self._state.spoken
        whole = transcript.text.rstrip().endswith((".", "?", "!")) and not transcript.unsure
        if not (paused and newest and whole) or job.spoken <= self.guessed:
            return None
        self.guessed = job.spoken
        return transcript


def time_hearing(timeline: Timeline, ended: Ended, now: float) -> None:
    """Put the times of hearing into a timeline."""
    timeline.set("end_of_utterance_delay_ms", (ended.at - timeline.zero) * 1000)
    timeline.set("transcription_delay_ms", (now - timeline.zero) * 1000)
