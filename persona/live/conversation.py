"""The conversation: one thread that decides, fed by ear, keyboard, twin and stage.

Everything that happens is put in one inbox and met in order. What is slow (hearing, wording,
speaking, drawing) happens in threads of its own and comes back through the inbox.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from queue import Queue
from threading import Thread
from time import perf_counter

from memory.errors import SelfsameError
from persona.face.mood import mood_of
from persona.face.motion import Attention
from persona.live.backchannel import is_aside, is_stop
from persona.live.barge_in import BargeIn
from persona.live.beat import Beat
from persona.live.cast import Cast
from persona.live.events import ATTENTION, Captioned, Heard, LiveEvent, Noticed, State, StateChanged
from persona.live.hesitation import Hesitations
from persona.live.kept_takes import KeptTakes
from persona.live.microphone import Microphone
from persona.live.mood import Mood, MoodReader
from persona.live.pardon import HARD_TO_HEAR, Pardon
from persona.live.performance import Performance
from persona.live.reply_run import ReplyRun
from persona.live.scribe import Job, Scribe
from persona.live.stage import Stage
from persona.live.strain import WORDS, Relief, Strain
from persona.live.timeline import Timeline
from persona.live.turn_so_far import TurnSoFar, time_hearing
from persona.voice.ear import Sounding
from persona.voice.hearing import Transcript
from persona.voice.sound import Samples
from persona.voice.speech import Speech

_GOES_ON = 0.25
"""Seconds of more speech after which a visitor who seemed to have finished goes on."""
_INBOX = 512
_RUNS = 4
"""Replies whose end is waited for when the conversation is closed."""
_PATIENCE = 5.0
_TIMED = 200
"""Turns whose times are at hand."""

_log = logging.getLogger(__name__)


class Conversation:
    """A live conversation of one visitor with one twin."""

    def __init__(self, cast: Cast, watch: Callable[[LiveEvent], None]) -> None:
        """Get ready; `watch` is told what happens, from several threads, and must not wait."""
        self.client_delay = 0.15
        """Seconds between a beat that is taken and its sound at the visitor's ear."""
        self.times: deque[dict[str, float]] = deque(maxlen=_TIMED)
        """The times of the turns, oldest first."""
        self.stage = Stage(cast.face, self._on_beat, self._on_end)
        self._cast, self._tell = cast, watch
        self._inbox: Queue[Callable[[], None] | None] = Queue(_INBOX)
        self._state = State.LISTENING
        self._act: Performance | None = None
        self._run: ReplyRun | None = None
        self._guess: ReplyRun | None = None
        self._runs: deque[ReplyRun] = deque(maxlen=_RUNS)
        self._turn = TurnSoFar()
        self._strain = Strain()
        self._barge_in = BargeIn(self.stage, watch)
        self._pardon = Pardon(cast.pardon)
        self._hesitations = Hesitations(cast.hesitations)
        self._voice = cast.voice
        self._moods = MoodReader()
        self._mood = Mood()
        self._prefix = ""
        self._takes = KeptTakes()
        self._scribe = (
            Scribe(cast.hearing, self._on_written, self._on_deaf) if cast.hearing else None
        )
        self.microphone = Microphone(self._on_sounding, self._on_snapshot, cast.finished)
        self._thread = Thread(target=self._conduct, name="selfsame-live", daemon=True)

    @property
    def hears(self) -> bool:
        """Whether it understands spoken words."""
        return self._scribe is not None

    def start(self) -> None:
        """Begin: the face is there, the ear is open."""
        self.stage.start()
        self._thread.start()

    def perform(self, pieces: Sequence[Speech]) -> None:
        """Say what is ready, such as a greeting."""
        self._post(lambda: self._perform(pieces))

    def take(self) -> Beat:
        """Return the next beat of picture and sound, at once."""
        return self._strain.thinned(self.stage.take())

    def close(self) -> None:
        """End it: nothing of it goes on."""
        self._post(self._stop)
        self._inbox.put(None)
        self._thread.join(_PATIENCE)
        for run in self._runs:
            run.wait(_PATIENCE)
        self.microphone.close()
        if self._scribe is not None:
            self._scribe.close()
        self.stage.close()

    def hear(self, samples: Samples) -> None:
        """Take the microphone's sound at 16 kHz."""
        self.microphone.hear(samples)

    def type(self, text: str) -> None:
        """Take a typed message; it interrupts what is being said."""
        if text.strip():
            self._post(lambda: self._typed(text.strip()))

    def stop(self) -> None:
        """Be silent."""
        self._post(self._stop)

    def replay(self) -> None:
        """Say the last reply again."""
        self._post(lambda: self._perform(self._takes.last))

    def said(self, turn_id: int) -> tuple[Sequence[Speech], str] | None:
        """Return what was said in one of the last turns, as sound and as text."""
        return self._takes.of(turn_id)

    def shown(self, milliseconds_late: float) -> None:
        """Take note that the first frame of the reply is on the page, so long after its beat."""
        run = self._run
        if run is not None and (sent := run.timeline.as_json().get("first_audio_ms")) is not None:
            run.timeline.set("webrtc_first_frame_ms", sent + milliseconds_late)

    # What comes from other threads is only passed on.

    def _post(self, act: Callable[[], None]) -> None:
        self._inbox.put(act)

    def _on_sounding(self, state: Sounding, utterance: int, came: float) -> None:
        self._post(lambda: self._sounding(state, utterance, came))

    def _on_snapshot(self, job: Job, over: bool) -> None:
        self._post(lambda: self._snapshot(job, over=over))

    def _on_written(self, job: Job, transcript: Transcript) -> None:
        self._post(lambda: self._written(job, transcript))

    def _on_deaf(self, error: SelfsameError) -> None:
        self._post(lambda: self._tell(Noticed(f"{error}; please type instead")))

    def _on_beat(self, beat: Beat) -> None:
        act = self._act
        if act is not None:
            act.heard(beat.heard)
        if beat.begins or self._state is not State.SPEAKING:
            self._post(lambda: self._sounded(act, beat))

    def _on_end(self) -> None:
        act = self._act
        self._post(lambda: self._ended(act))

    def _conduct(self) -> None:
        while (act := self._inbox.get()) is not None:
            try:
                act()
            except Exception:  # the edge of a thread: the conversation must go on
                _log.exception("something in a live conversation failed")
                self._tell(Noticed("something unforeseen went wrong"))

    # What follows happens on the thread that decides.

    def _enter(self, state: State) -> None:
        if state is not self._state:
            self._state = state
            self.stage.express(ATTENTION[state], self._mood.look)
            self._tell(StateChanged(state))

    def _sounding(self, state: Sounding, utterance: int, came: float) -> None:
        more = self._turn.update(state, utterance, came)
        if self._guess is not None and more and state.spoken > self._turn.guessed + _GOES_ON:
            self._drop_guess()
        if self._state is State.SPEAKING:
            if self._barge_in.weigh(state, self._act):
                self._give_way()
        elif self._state is State.THINKING and more and state.spoken > _GOES_ON:
            self._take_back()
        elif self._state is State.LISTENING:
            self._enter(State.HEARING)
        self._begin_early()

    def _give_way(self) -> None:
        """Stop speaking for good: the visitor has the word."""
        self._cut()
        self._enter(State.HEARING)

    def _cut(self) -> None:
        """End what is being said or prepared; memory keeps what was heard of it."""
        self._drop_guess()
        self._barge_in.forget(silent=self._state is State.SPEAKING)
        run, act, self._run, self._act = self._run, self._act, None, None
        if run is not None and act is not None and act.begun:
            run.cut(self.client_delay)
            self._takes.keep(act.take.pieces, run)
        elif run is not None:
            run.cancel()
        elif act is not None:
            act.cut()

    def _take_back(self) -> None:
        """Drop a reply that was not heard yet: the visitor goes on speaking."""
        if self._run is not None:
            self._prefix = self._run.message
        self._cut()
        self._enter(State.HEARING)

    def _snapshot(self, job: Job, *, over: bool) -> None:
        if self._scribe is None:
            return
        if over:
            self._turn.over(job, perf_counter())
            known = self._turn.transcript_of(job)
            if known is not None:
                self._finished(job, known)
                return
        early = (self._turn.hushed or not self._scribe.busy) and not self._scribe.hosted
        if over or (early and self._turn.ask(job)):
            self._scribe.write(job, whole=over)

    def _written(self, job: Job, transcript: Transcript) -> None:
        self._turn.note(job, transcript)
        if self._turn.is_final(job):
            self._finished(job, transcript)
        elif job.utterance == self._turn.utterance and self._turn.closed < job.utterance:
            self._partial(job, transcript)

    def _partial(self, job: Job, transcript: Transcript) -> None:
        self.microphone.hint(transcript.text)
        if self._state is State.SPEAKING:
            if is_aside(transcript.text) and self._turn.hushed:
                self._barge_in.resume(self._act, self.client_delay)
            elif transcript.text and not transcript.unsure and not is_aside(transcript.text):
                self._give_way()
            return
        self._tell(Heard(self._message(transcript), final=False))
        self._begin_early()

    def _begin_early(self) -> None:
        """Begin a reply, to be dropped if the visitor goes on, once they may have finished."""
        if self._guess is not None or self._state is State.SPEAKING:
            return
        said = self._turn.may_be_all()
        if said is not None:
            self._guess = self._new_run(self._message(said), self._turn.speech_end)

    def _message(self, transcript: Transcript) -> str:
        return f"{self._prefix} {transcript.text}".strip()

    def _finished(self, job: Job, transcript: Transcript) -> None:
        """The visitor has finished and it is known what was said."""
        ended = self._turn.close(job)
        nothing_new = is_aside(transcript.text) or transcript.unsure
        if nothing_new and self._state in (State.SPEAKING, State.THINKING):
            self._drop_guess()
            if self._state is State.SPEAKING:
                self._barge_in.resume(self._act, self.client_delay)
            return
        if self._state is State.SPEAKING:
            self._cut()
        elif self._state is State.THINKING:
            self._take_back()
        asked_before = self._prefix if nothing_new else ""
        if is_stop(transcript.text) or (transcript.unsure and not asked_before):
            self._drop_guess()
            self._prefix = ""
            self._enter(State.LISTENING)
            if transcript.text and transcript.unsure:
                self._tell(Noticed(HARD_TO_HEAR))
                self._perform(self._pardon.ask() if self._voice else ())
            return
        self._pardon.understood()
        message = asked_before or self._message(transcript)
        self._mood = self._moods.read(message, job.loudness)
        self._tell(Heard(message, final=True, tone=self._mood.tone))
        self._prefix = ""
        run = self._guess if self._guess and self._guess.message == message else None
        if run is None:
            self._drop_guess()
            run = self._new_run(message, ended.speech_end)
        self._guess = None
        time_hearing(run.timeline, ended, perf_counter())
        self._release(run)

    def _typed(self, text: str) -> None:
        self._cut()
        self._prefix, self._mood = "", self._moods.read(text)
        self._tell(Heard(text, final=True, tone=self._mood.tone))
        self._release(self._new_run(text, perf_counter()))

    def _new_run(self, message: str, zero: float) -> ReplyRun:
        run = ReplyRun(
            message,
            twin=self._cast.twin,
            visitor=self._cast.visitor,
            tone=self._moods.read(message).tone,
            voice=self._voice,
            performance=Performance(self.stage),
            hesitations=self._hesitations,
            timeline=Timeline(zero),
            tell=self._tell,
            ended_silent=lambda run: self._post(lambda: self._ended_silent(run)),
        )
        self._runs.append(run)
        return run

    def _release(self, run: ReplyRun) -> None:
        self._run, self._act = run, run.performance
        self._enter(State.THINKING)
        run.release()

    def _drop_guess(self) -> None:
        if self._guess is not None:
            self._guess.cancel()
            self._guess = None

    def _sounded(self, act: Performance | None, beat: Beat) -> None:
        """Meet the first beat of a reply, and the first of each of its clauses."""
        if act is None or act is not self._act:
            return
        for piece in beat.begins:
            self._tell(Captioned(piece.text))
            self.stage.express(Attention.RESTING, mood_of(piece.text) or self._mood.look)
        if self._run is not None and beat.heard <= 0:
            self._run.timeline.mark("hesitation_ms")
        elif self._state in (State.THINKING, State.LISTENING):
            if self._run is not None:
                self._run.timeline.mark("first_audio_ms")
                drawn = (beat.drawn_at - self._run.timeline.zero) * 1000
                self._run.timeline.set("avatar_first_frame_ms", drawn)
                self._run.keep()
            self._enter(State.SPEAKING)

    def _ended(self, act: Performance | None) -> None:
        """The reply was heard to its end."""
        if act is None or act is not self._act:
            return
        run = self._run
        self._takes.keep(act.take.pieces, run)
        if run is not None:
            run.timeline.mark("end_ms")
            run.store_times()
            self.times.append(run.timeline.as_json())
        self._run = self._act = None
        self._barge_in.forget(silent=False)
        self._enter(State.LISTENING)
        self._relieve(run.voice_pace if run else 0.0)

    def _relieve(self, voice_pace: float) -> None:
        """Leave something out when the machine could not keep up, and say so."""
        step = self._strain.judge(
            self.stage.counts, voice_pace=voice_pace, pictures=self.stage.has_face
        )
        if step is None:
            return
        if step is Relief.PICTURES:
            self.stage.drop_face()
        elif step is Relief.VOICE:
            self._voice = None
        self._tell(Noticed(WORDS[step]))

    def _ended_silent(self, run: ReplyRun) -> None:
        if run is self._run:
            self._run = self._act = None
            run.timeline.mark("end_ms")
            self._enter(State.LISTENING)

    def _stop(self) -> None:
        self._cut()
        self._prefix = ""
        self._enter(State.LISTENING)

    def _perform(self, pieces: Sequence[Speech]) -> None:
        """Say what is ready, if it is, which is no reply."""
        if not pieces:
            return
        self._cut()
        self._act = Performance(self.stage)
        for piece in pieces:
            self._act.take.add(piece)
        self._act.complete()
        self._act.begin()
