"""Quotes, dashes and spaces made plain while letters keep their case: `text.fold` without the lower case."""

from __future__ import annotations

import re
from functools import cache


@cache
def variants() -> dict[str, str]:
    """Each quote, dash or space that `fold` makes plain -> its plain form."""
    from rumor_tui.text import fold

    chars = "".join(map(chr, range(0x80, 0xD800)))
    return {char: to for char, to in zip(chars, fold(chars), strict=True) if char.lower() != to and not to.isalpha()}


@cache
def spellings() -> dict[str, str]:
    """Each plain quote, dash or space -> all characters that `fold` makes into it, and itself."""
    found: dict[str, str] = {}
    for char, to in variants().items():
        found[to] = found.get(to, to) + char
    return found


@cache
def _finder(before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}([{re.escape(''.join(variants()))}])")


def straighten(text: str) -> str:
    """The text with plain quotes, dashes and spaces, in the case that it has and exactly as long."""
    if text.isascii():
        return text
    table = variants()
    return _finder().sub(lambda match: table[match[0]], text)


def straighten_pattern(pattern: str) -> str:
    """The same for a regular expression, in which what was changed stands escaped ("[a–z]" makes no range)."""
    table = variants()
    return _finder(r"\\?").sub(lambda match: "\\" + table[match[1]], pattern)
