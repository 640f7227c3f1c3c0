"""What stands around a number: the words before and after it in its paragraph."""

from __future__ import annotations

WINDOW = 24
"""Characters that are looked at on each side."""


def before(text: str, start: int, count: int = 1) -> list[str]:
    """Up to `count` words right before `start`, in lower case and without what is around them, the nearest last.

    Only what one line holds within `WINDOW` characters is looked at; a word that is cut there does no harm.
    """
    window = text[max(0, start - WINDOW) : start]
    if "\n" in window:
        window = window[window.rindex("\n") + 1 :]
    return [word.strip(_EDGES).lower() for word in window.split()[-count:]]


_EDGES = "()[]{}<>\"'“”‘’*_,;:!?"


def word_before(text: str, start: int) -> str:
    """The word right before `start`, in lower case; "" when there is none, or when punctuation ends it."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return ""
    window = text[max(0, start - WINDOW) : start - 1].rpartition("\n")[2]
    return window.rpartition(" ")[2].lstrip(_EDGES).lower()


def after(text: str, end: int) -> str:
    """What follows `end` on its line within `WINDOW` characters, in lower case."""
    return text[end : end + WINDOW].partition("\n")[0].lower()


def around(text: str, start: int, end: int, reach: int) -> str:
    """The line around text[start:end], at most `reach` characters on each side, in lower case."""
    left = text[max(0, start - reach) : start].rpartition("\n")[2]
    return f"{left} {text[end : end + reach].partition(chr(10))[0]}".lower()
