"""What is known of the visitor's turn that is on its way."""

from dataclasses import dataclass

from persona.live.ear import PAUSED, Sounding
from persona.live.scribe import Job
from persona.live.timeline import Timeline
from persona.voice.hearing import Transcript


@dataclass(slots=True)
class TurnSoFar:
    """A turn from the first sound to the transcript."""

    utterance: int = 0
    """Which turn it is, from 1."""
    closed: int = 0
    """The last turn that was dealt with."""
    speech_end: float = 0.0
    """When the last speech was heard, by `time.perf_counter`."""
    ended_at: float = 0.0
    """The same of the turn that was over last."""
    guessed: float = 0.0
    """Seconds of speech when a reply was begun in case it was over."""
    mood: float = 0.0
    asked: tuple[int, float] = (0, 0.0)
    """Which stretch was last given to be written down."""
    _state: Sounding | None = None
    _over: Job | None = None
    _over_at: float = 0.0
    _written: tuple[Job, Transcript] | None = None

    @property
    def paused(self) -> bool:
        """Whether the speaker has paused."""
        return self._state is not None and self._state.quiet >= PAUSED

    def update(self, state: Sounding, utterance: int, now: float) -> bool:
        """Take note of how it stands; return whether speech was heard just now."""
        if utterance != self.utterance:
            self.utterance, self.guessed, self._over = utterance, 0.0, None
        self._state = state
        self.speech_end = now - state.quiet
        return state.quiet == 0

    def over(self, job: Job, now: float) -> None:
        """Take note that it is over."""
        self._over, self._over_at, self.ended_at = job, now, self.speech_end

    def note(self, job: Job, transcript: Transcript) -> None:
        """Take note of what was written down."""
        self._written = (job, transcript)

    def transcript_of(self, job: Job) -> Transcript | None:
        """Return what was said, if these words are written down already."""
        if self._written is None:
            return None
        written, transcript = self._written
        return transcript if _same(written, job) else None

    def asked_for(self, job: Job) -> bool:
        """Whether these words were given to be written down already."""
        return self.asked == (job.utterance, job.spoken)

    def is_final(self, job: Job) -> bool:
        """Whether these are all the words of a turn that is over."""
        return self._over is not None and _same(self._over, job) and self.closed < job.utterance

    def may_be_over(self, job: Job, transcript: Transcript) -> bool:
        """Whether it makes sense to begin a reply in case no more comes."""
        paused = self.paused and self._state is not None and self._state.spoken == job.spoken
        whole = transcript.text.rstrip().endswith((".", "?", "!"))
        return paused and whole and not transcript.unsure

    def time(self, timeline: Timeline, now: float) -> None:
        """Put the times of hearing into a timeline."""
        timeline.set("end_of_utterance_delay_ms", (self._over_at - timeline.zero) * 1000)
        timeline.set("transcription_delay_ms", (now - timeline.zero) * 1000)


def _same(a: Job, b: Job) -> bool:
    return (a.utterance, a.spoken) == (b.utterance, b.spoken)
