"""Live events as the page reads them."""

from datetime import tzinfo

from persona.decide import Outcome
from persona.events import Done
from persona.live.events import (
    Captioned,
    CutShort,
    Heard,
    LiveEvent,
    Lowered,
    Noticed,
    Replied,
    StateChanged,
    Timed,
    Writing,
)
from ui.live.outbox import Message
from ui.wording import moment

_MOST_EVIDENCE = 5
_OUTCOMES = {
    Outcome.KNOWN: "From memory",
    Outcome.UNKNOWN: "Not known",
    Outcome.PRIVATE: "Private",
    Outcome.REFUSED: "Declined",
}


def as_message(event: LiveEvent, zone: tzinfo) -> Message:
    """Return an event as JSON for the page."""
    match event:
        case StateChanged(state):
            return {"kind": "state", "state": state.value}
        case Heard(text, final, tone):
            return {"kind": "heard", "text": text, "final": final, "tone": str(tone)}
        case Writing(text):
            return {"kind": "writing", "text": text}
        case Captioned(text):
            return {"kind": "caption", "text": text}
        case Replied(done, asked):
            return {**_reply(done, zone), "asked": asked}
        case CutShort(text, turn_id, asked):
            return {"kind": "cut", "text": text, "turn": turn_id, "asked": asked}
        case Lowered(to):
            return {"kind": "lowered", "to": to}
        case Noticed(text):
            return {"kind": "notice", "text": text[:1].upper() + text[1:]}
        case Timed(turn_id, timings):
            return {"kind": "times", "turn": turn_id, "times": dict(timings)}


def _reply(done: Done, zone: tzinfo) -> Message:
    evidence = [
        {
            "said": hit.utterance.text,
            "who": hit.utterance.speaker or "the owner",
            "when": moment(hit.utterance.said_at, zone),
        }
        for hit in done.evidence.hits[:_MOST_EVIDENCE]
    ]
    return {
        "kind": "reply",
        "turn": done.turn_id,
        "text": done.reply,
        "outcome": _OUTCOMES[done.outcome],
        "known": done.outcome is Outcome.KNOWN,
        "evidence": evidence,
        "learned": list(done.learned),
    }
