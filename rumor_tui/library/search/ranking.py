"""The order of what is found: how well a text matches, and how recent it is."""

from __future__ import annotations

from typing import Final

HALF_LIFE: Final = 180 * 86_400.0
"""Seconds after which a text counts as half as recent."""

RECENT_SHARE: Final = 0.4
"""How much of the weight of a match its age may take away."""


def score(weight: float, published: float | None, now: float) -> float:
    """The score of a text: the greater the better. `weight` is that of its words: 1 and more (BM25) for whole words."""
    age = HALF_LIFE if published is None else max(now - published, 0.0)
    recent = HALF_LIFE / (HALF_LIFE + age)
    return weight * (1 - RECENT_SHARE + RECENT_SHARE * recent)
