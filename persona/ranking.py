"""Which of several replies the owner would most likely have written, as the twin judges it.

Three views, each put on one scale over the candidates and added: how usual the manner is for the
owner, how near the words are to what was just said, and how much nearer they are to what the owner
says than to what others say.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from memory.store import Memory
from persona.style import Style
from persona.style.examples import typical


def rank_replies(
    candidates: Sequence[str], heard: str, memory: Memory, style: Style
) -> NDArray[np.float64]:
    """Return a score for each candidate; higher is more like the owner.

    Args:
        candidates: possible replies.
        heard: what they would answer.
        memory: the owner's.
        style: the owner's.
    """
    before = memory.embed_query(heard).ravel()
    manner = [typical(text, style) for text in candidates]
    nearness = [float(memory.embed_query(text).ravel() @ before) for text in candidates]
    belonging = [_belonging(text, memory) for text in candidates]
    return _scaled(manner) + _scaled(nearness) + _scaled(belonging)


def _belonging(text: str, memory: Memory) -> float:
    signals = memory.recall(text, k=5, budget=60).signals
    return signals.own_cosine - signals.other_cosine


def _scaled(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.array(values)
    return (array - array.mean()) / (array.std() + 1e-9)
