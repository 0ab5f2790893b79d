"""Long paragraphs in pieces that one vector can stand for."""

import re
from collections.abc import Iterator

LONGEST = 1_200
"""Characters beyond which a paragraph is parted at the ends of sentences."""


def pieces(text: str) -> Iterator[str]:
    """Part a long paragraph at ends of sentences, or hard where it has none."""
    rest = text
    while len(rest) > LONGEST:
        window = rest[:LONGEST]
        ends = [found.end() for found in re.finditer(r"[.!?…]\s+", window)]
        cut = ends[-1] if ends else LONGEST
        yield rest[:cut].strip()
        rest = rest[cut:]
    if rest.strip():
        yield rest.strip()
