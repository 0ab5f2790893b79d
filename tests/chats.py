"""Short ways to write utterances in tests."""

from datetime import UTC, datetime, timedelta

from memory.model import NewUtterance

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def ana(text: str, *, minutes: int = 0, days: int = 0, external_id: str | None = None):
    """Return something the owner wrote."""
    return said("Ana Reis", text, own=True, minutes=minutes, days=days, external_id=external_id)


def ben(text: str, *, minutes: int = 0, days: int = 0, external_id: str | None = None):
    """Return something a friend wrote."""
    return said("Ben", text, own=False, minutes=minutes, days=days, external_id=external_id)


def said(
    speaker: str, text: str, *, own: bool, minutes: int, days: int, external_id: str | None
) -> NewUtterance:
    """Return an utterance some time after the start of the chat."""
    moment = START + timedelta(minutes=minutes, days=days)
    return NewUtterance(
        speaker=speaker, own=own, text=text, said_at=moment, external_id=external_id
    )
