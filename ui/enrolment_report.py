"""An enrolment as the command line and the page show it: found, made, missing, next."""

from dataclasses import asdict
from typing import Any

from ingest.findings import Finding
from ingest.footage import Footage
from persona.face.own_face import OwnFace
from persona.voice.sample import GOOD_SAMPLE, SHORTEST_SAMPLE
from persona.voice.spans import VoiceSample
from ui.enrolling import Enrolled


def as_json(enrolled: Enrolled) -> dict[str, Any]:
    """Return what was found, made, and is missing."""
    return {
        "twin": enrolled.twin,
        "found": {name: as_found(footage) for name, footage in enrolled.footage.items()},
        "portraits": [asdict(one) for one in enrolled.portraits],
        "face": _face(enrolled),
        "voice": _voice(enrolled),
        "same_voice": _rounded(enrolled.same_voice),
        "words": {"kept": enrolled.words, "facts": enrolled.facts},
        "problems": [
            {"in": " and ".join(names), "key": f.key, "what": f.what, "instead": f.instead}
            for f, names in findings(enrolled).items()
        ],
        "remarks": enrolled.remarks,
        "missing": missing(enrolled),
        "next": following(enrolled),
    }


def findings(enrolled: Enrolled) -> dict[Finding, list[str]]:
    """Return what is wrong, with the recordings it is wrong with."""
    found: dict[Finding, list[str]] = {}
    for name, footage in enrolled.footage.items():
        for finding in footage.findings:
            found.setdefault(finding, []).append(name)
    return found


def as_found(footage: Footage) -> dict[str, Any]:
    """Return what there is in a recording."""
    container, heard = footage.container, footage.heard
    recorded_at = container.recorded_at
    return {
        "format": container.format,
        "seconds": round(container.seconds, 2),
        "recorded_at": recorded_at.isoformat() if recorded_at else None,
        "picture": _picture(footage) if container.has_picture else None,
        "speech": {
            "seconds": heard.spoken,
            "voices": heard.voices,
            "words": len(heard.transcript.words),
            "text": heard.transcript.text,
        }
        if heard
        else None,
    }


def _picture(footage: Footage) -> dict[str, Any]:
    container, seen = footage.container, footage.seen
    return {
        "width": container.width,
        "height": container.height,
        "frames_per_second": container.frames_per_second,
        "variable_rate": container.variable_rate,
        "rotation": container.rotation,
        "hdr": container.hdr or None,
        "face_share": round(seen.share, 3),
        "several_faces_share": round(seen.several, 3),
        "face_pixels": seen.size,
        "face_light": round(seen.light),
    }


def _face(enrolled: Enrolled) -> dict[str, Any] | None:
    if enrolled.face is None:
        return None
    if isinstance(enrolled.face, OwnFace):
        mouths = len(enrolled.face.atlas.opening)
        return {"face": "own-footage", "mouths": mouths, "idle_frames": len(enrolled.face.idle)}
    return {"face": "photo", "mouths": 1, "idle_frames": 0}


def _voice(enrolled: Enrolled) -> dict[str, Any] | None:
    return None if enrolled.sample is None else as_sample(enrolled.sample, enrolled.fitted)


def _rounded(likeness: float | None) -> float | None:
    return None if likeness is None else round(likeness, 3)


def as_sample(sample: VoiceSample, fitted: bool) -> dict[str, Any]:
    """Return what there is of a voice."""
    return {
        "fitted": fitted,
        "spoken_seconds": round(sample.spoken_seconds, 1),
        "clean_seconds": round(sample.clean_seconds, 1),
        "kept_seconds": round(sample.speech.seconds, 1),
        "loudness_before": sample.loudness,
        "spans": [
            {
                "recording": span.recording,
                "start": round(span.start, 2),
                "end": round(span.end, 2),
                "clipped": span.clipped,
                "noisy": span.noisy,
                "short": span.short,
            }
            for span in sample.spans
        ],
    }


def missing(enrolled: Enrolled) -> list[str]:
    """Return what a whole twin still lacks, in words."""
    lacks: list[str] = []
    if enrolled.face is None:
        lacks.append("a face: give a video or a photo")
    elif not isinstance(enrolled.face, OwnFace):
        lacks.append("a face that moves as yours does: give a minute of video")
    if enrolled.sample is None or enrolled.sample.clean_seconds < SHORTEST_SAMPLE:
        lacks.append(f"a voice of your own: record {GOOD_SAMPLE:.0f} seconds or more of speech")
    if not enrolled.words:
        lacks.append("words of your own from a recording: interview or import what you wrote")
    return lacks


def following(enrolled: Enrolled) -> list[str]:
    """Return what to do next, as commands."""
    twin = enrolled.twin
    steps = [f"selfsame interview {twin}", f'selfsame ask {twin} "Where did you grow up?"']
    ready = enrolled.sample is not None and enrolled.sample.clean_seconds >= SHORTEST_SAMPLE
    if ready and not enrolled.fitted:
        steps.insert(0, f"selfsame voice {twin} --fit FILE   (some minutes)")
    if enrolled.face is not None:
        steps.append(f'selfsame film {twin} "Hello, it\'s me." --out hello.mp4')
    return steps
