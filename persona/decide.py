"""Known, unknown, private or refused: settled from the evidence, before any model is asked.

A small model does not say by itself that it does not know, so it is not left to it. Two logistic
measures read the signals of recall: whether what was found belongs to the person asked about, and
whether the matter was ever spoken of. Their coefficients come from `selfsame eval calibrate`;
docs/figures.md has how well they do on dialogues left out of the fit.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import exp, sqrt

from memory.model import Evidence, Signals


class Outcome(StrEnum):
    """How a question is met."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    PRIVATE = "private"
    REFUSED = "refused"


Measure = tuple[float, tuple[float, ...]]
"""Bias and weights of a logistic measure."""

# fmt: off
BELONGS: Measure = (-8.855, (4.466, 0.725, 0.018, 2.755, -1.826, 3.479, 5.56, 5.225, -0.177))
MENTIONED: Measure = (-8.49, (
    9.999, 11.214, -4.648, 2.121, -2.882, 0.409, -1.518, -0.299, 1.858, -5.244, -0.342,
))
# fmt: on
THRESHOLD = 0.515
"""Likelihood from which a question counts as answerable."""
ANSWER_THRESHOLD = 0.53
"""The same in a memory that is little more than an interview, whose long answers touch much that
they don't tell. Chosen by `selfsame eval interview`, as docs/figures.md tells."""
_LOOKED_AT = 10


def threshold_for(evidence: Evidence) -> float:
    """Return the likelihood from which the evidence counts as an answer."""
    answers = [hit.utterance.prompt for hit in evidence.hits[:_LOOKED_AT]]
    return ANSWER_THRESHOLD if answers and all(answers) else THRESHOLD


def belonging_features(signals: Signals) -> tuple[float, ...]:
    """Return what tells the subject's own matters from other people's."""
    s = signals
    return (
        s.other_cosine,
        s.own_worth,
        s.other_worth,
        s.own_told,
        s.other_told,
        s.own_share,
        s.about_share,
        float(s.named_others),
        s.size,
    )


def mention_features(signals: Signals) -> tuple[float, ...]:
    """Return what tells matters spoken of from those never mentioned, whoever spoke."""
    s = signals
    cosine = max(s.own_cosine, s.other_cosine)
    coverage = max(s.own_coverage, s.other_coverage)
    return (
        cosine,
        coverage,
        max(s.own_bm25, s.other_bm25),
        s.own_window_coverage,
        s.unknown_terms,
        s.unknown_terms * s.size,
        coverage * s.size,
        s.size,
        max(s.own_lifted, s.other_lifted),
        cosine * coverage,
        float(s.named_others),
    )


def likelihood(signals: Signals) -> float:
    """Return how likely it is, from 0 to 1, that the evidence answers the question."""
    return likelihood_of(signals, BELONGS, MENTIONED)


def likelihood_of(signals: Signals, belongs: Measure, mentioned: Measure) -> float:
    """Return the likelihood under given measures."""
    own = _logistic(belongs, belonging_features(signals))
    spoken = _logistic(mentioned, mention_features(signals))
    return own * sqrt(spoken)


def _logistic(measure: Measure, features: Sequence[float]) -> float:
    bias, weights = measure
    z = bias + sum(w * f for w, f in zip(weights, features, strict=True))
    return 1 / (1 + exp(-z))
