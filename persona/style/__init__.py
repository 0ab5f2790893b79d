"""How a person writes: measured, described for a prompt, and shown by examples."""

from persona.style.examples import Exchange, pick_examples
from persona.style.measure import measure_style
from persona.style.message import OwnMessage, own_messages
from persona.style.model import Style
from persona.style.tell import describe, summary

__all__ = [
    "Exchange",
    "OwnMessage",
    "Style",
    "describe",
    "measure_style",
    "own_messages",
    "pick_examples",
    "summary",
]
