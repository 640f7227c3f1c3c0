"""Figures that stand in a text for the sake of a program or a page: list markers, file names, headers of a change."""

from __future__ import annotations

import re
from functools import lru_cache

from rumor_tui.marks.context import word_before
from rumor_tui.marks.values import Figure


@lru_cache(maxsize=1)
def _header() -> re.Pattern[str]:
    return re.compile(
        r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@"
        r"|\bindex [0-9a-f]{7,40}\.\.[0-9a-f]{7,40}(?: \d{6})?(?!\S)"
    )


def without_headers(text: str) -> str:
    """The text with spaces for the headers of a unified diff: "@@ -35,6 +35,8 @@", "index 3f2a9c1..a1b2c3d 100644"."""
    if "@@ -" in text or ("index " in text and ".." in text):
        return _header().sub(lambda found: " " * len(found.group()), text)
    return text


def is_marker(text: str, start: int, end: int) -> bool:
    """Whether a figure at the start of a line numbers an entry of a list: "1. Open the lid"."""
    if end - start > 2 or text[end : end + 2] not in (". ", ") ", ".\u00a0"):
        return False
    if start and text[start - 1] not in "\n \t>":
        return False
    line = text[max(0, start - 12) : start].rpartition("\n")[2]
    inside = start > 12 and len(line) == 12
    return not inside and not line.strip(" \t>*") and bool(text[end + 2 : end + 3].strip())


_PLANS = frozenset(("401", "403"))


def plan_end(text: str, start: int, end: int) -> int:
    """Where the name of a savings plan ends, such as 401k, 401(k) and 403b; 0 where there is none."""
    if text[start:end] not in _PLANS:
        return 0
    found = _plan().match(text, end)
    return found.end() if found else 0


@lru_cache(maxsize=1)
def _plan() -> re.Pattern[str]:
    return re.compile(r"(?:-? ?\([kb]\)|-?[kb])(?:['’]?s)?(?!\w)", re.IGNORECASE)


ID_DIGITS = 9
"""Digits without a separator from which on a bare figure is a name rather than an amount."""

_NAMED = frozenset(
    ("attachment", "attachments", "id", "uid", "bug", "ticket", "isbn", "issn", "serial", "sku", "msgid")
)
"""Words before a long figure that is the name of one thing."""


def is_name(text: str, figure: Figure) -> bool:
    """Whether a bare figure is the name of one thing: attachment 548684, 1666802373542; a round one is an amount."""
    digits = figure.low
    if len(digits) < 4 or figure.words or not digits.isdecimal() or figure.end - figure.start != len(digits):
        return False
    if len(digits) >= ID_DIGITS:
        return not digits.endswith("000000")
    return word_before(text, figure.start).rstrip(":#.") in _NAMED
