"""How long a body takes to parse, told beforehand and cheaply: what is too much is not parsed, or not while one waits.

The figures are upper bounds in processor seconds on a machine of 2020, measured with texts that repeat one construct
(`tests/bench/holding.py`). Nothing else is decided by a clock: a body gives the same blocks on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rumor_tui.model import Format

SHOWN: Final = 200_000
"""Characters of one body that a screen shows; of a longer Markdown body each stretch of so many is parsed by itself."""
MARKDOWN_EFFORT: Final = 1.5
"""Seconds that one Markdown body may take; what is beyond them is plain text."""
CERTAIN: Final = 2_000
"""Characters up to which any body is parsed within 50 ms."""

_A_CHARACTER: Final[dict[Format, float]] = {"markdown": 1e-7, "html": 1.5e-7, "plain": 5e-8}
_A_SIGN: Final[dict[Format, tuple[tuple[str, float], ...]]] = {
    "markdown": (
        ("\n", 4.5e-5),
        ("\n\n", -4.5e-5),
        *((sign, 1.7e-5) for sign in "*_`[~|"),
        *((sign, 8e-6) for sign in "]!<&\\(#>"),
        ("://", 1.5e-5),
    ),
    "html": (("<", 1e-5), ("://", 1.5e-5)),
    "plain": (("\n", 6e-6), ("://", 1.5e-5)),
}
"""Seconds for each of the signs that make a parser stop, in Python."""


def effort(body: str, format: Format) -> float:
    """Seconds that a body takes at most, about; a microsecond for each 1,000 characters to find that out."""
    return len(body) * _A_CHARACTER[format] + sum(body.count(sign) * each for sign, each in _A_SIGN[format])


def affordable(body: str) -> Iterator[tuple[str, bool]]:
    """A Markdown body in stretches, and of each whether it is parsed as Markdown; mostly all of it in one.

    How a stretch is taken does not depend on what follows it, so that the beginning of a body, which is all that a
    screen shows, has the same blocks as the whole, which is what is searched.
    """
    if len(body) <= CERTAIN:
        yield body, True
        return
    left = MARKDOWN_EFFORT
    for stretch in stretches(body):
        left -= effort(stretch, "markdown")
        yield stretch, left >= 0


def stretches(body: str, length: int = SHOWN) -> Iterator[str]:
    """A body cut into stretches of at most `length` characters: after empty lines, lines or words where there are any.

    The first half of a stretch is never cut.
    """
    at = 0
    while len(body) - at > length:
        end, half = at + length, at + length // 2
        cut = next((k + len(gap) for gap in ("\n\n", "\n", " ") if (k := body.rfind(gap, half, end)) >= 0), end)
        yield body[at:cut]
        at = cut
    yield body[at:]


def is_plain(body: str, format: Format) -> bool:
    """Whether a body, or the beginning of it that a screen shows, is too much to be parsed as what it is."""
    return format == "markdown" and not next(affordable(body))[1]
