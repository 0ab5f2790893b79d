"""Hours of twelve with the marks of their halves of the day, in the languages phones write them."""

import re

_BEFORE_NOON = (
    r"a\.?[ \u00a0\u2009\u202f]?m\.?|上午|午前|오전|凌晨|清晨|早上|π\.?μ\.?|ص|पूर्वाह्न|öö|sa|pg|"
    r"ق\.ظ\.?"
)
_AFTER_NOON = (
    r"p\.?[ \u00a0\u2009\u202f]?m\.?|下午|午後|오후|晚上|中午|μ\.?μ\.?|م|अपराह्न|ös|ch|ptg|"
    r"ب\.ظ\.?"
)
HALF = rf"(?i:{_BEFORE_NOON}|{_AFTER_NOON})"
"""A pattern of the marks."""
_IS_AFTER = re.compile(_AFTER_NOON, re.IGNORECASE)


def full_hour(hour: int, half: str | None) -> int:
    """Return an hour of 24 from one of twelve and its mark; without a mark it stays."""
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if _IS_AFTER.fullmatch(half) else 0)
