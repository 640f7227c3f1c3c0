"""Every code point of Unicode through the neutraliser, alone and beside what it could join, mark or steer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len as rich_cell_len

from rumor_tui.text import cell_len, neutralise, neutralise_for_file, neutralise_line

ALL: Final = range(0x110000)
BLOCK: Final = 8192
"""Code points that are looked at in one text, a line each."""

BREAKS: Final = frozenset("\n\v\f\r\x85\u2028\u2029")
"""What becomes a newline, and so is looked at apart."""

CONTEXTS: Final = (
    "{}",
    "a{}",
    "{}\u0301",
    "\u0628{}\u0628",
    "\u0915\u094d{}\u0937",
    "\U0001f469{}\U0001f467",
    "1{}\u20e3",
)
"""Alone, after a letter, before a mark, inside an Arabic and an Indic word, between pictures, in a keycap."""

# Not taken from `rumor_tui.text`: C0, DEL and C1; the controls of UAX 9; surrogates; what UAX 44 says to ignore,
# but for the joiners; noncharacters; and annotations.
FORBIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
FORBIDDEN_IN_FILES: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff]"
)


def blocks(points: Sequence[int] = ALL) -> Iterator[list[str]]:
    """The code points as characters, but for those that break a line."""
    for start in range(0, len(points), BLOCK):
        yield [char for char in map(chr, points[start : start + BLOCK]) if char not in BREAKS]


def wrong(points: Sequence[int] = ALL, *, widths: bool = True) -> list[str]:
    """What is wrong with what the neutraliser makes of these code points in all contexts."""
    found: list[str] = []
    for chars in blocks(points):
        for context in CONTEXTS:
            before, after = context.split("{}")
            text = "\n".join(f"{before}{char}{after}" for char in chars)
            for clean, forbidden in ((neutralise, FORBIDDEN), (neutralise_for_file, FORBIDDEN_IN_FILES)):
                found += _wrong(text, context, clean, forbidden)
        if widths:
            found += [
                f"U+{ord(char):04X} is measured in two ways" for char in chars if cell_len(char) != rich_cell_len(char)
            ]
    for char in BREAKS:
        found += [f"{char!r} is kept" for clean in (neutralise, neutralise_for_file) if clean(f"a{char}b") != "a\nb"]
        found += [f"{char!r} is kept in a line"] if neutralise_line(f"a{char}b") != "a b" else []
    return found


def _wrong(text: str, context: str, clean: Callable[[str], str], forbidden: re.Pattern[str]) -> Iterator[str]:
    cleaned = clean(text)
    if match := forbidden.search(cleaned):
        yield f"U+{ord(match[0]):04X} passes {clean.__name__} in {context!r}"
    if clean(cleaned) != cleaned:
        yield f"{clean.__name__} changes what it made of {context!r} near U+{ord(text[context.index('{')]):04X}"
    if cleaned.count("\n") != text.count("\n"):
        yield f"{clean.__name__} makes other lines of {context!r}"
