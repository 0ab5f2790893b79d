"""Chance that is always the same for a text, so that the same message is always met alike."""

from hashlib import blake2b


def chance_of(text: str) -> float:
    """Return a number from 0 to 1, evenly spread over texts."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) / 2**32
