"""A dump as records: every line with its indentation, its bullet and its words."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEAD = re.compile(r"([ \t\xa0\u3000]*)(?:([•◦▪‣○■]|\d{1,4}\.)(?:[ \t\xa0]+|$))?")
_BLANKS = " \t\r\f\v\xa0\u3000\ufeff\u200b\u200e\u200f"


class Line(NamedTuple):
    """One line. `indent` counts the characters before the bullet or, where there is none, before the text.

    `bullet` is the marker as written ("•", "3.") or empty; `text` is the rest without outer white space.
    """

    indent: int
    bullet: str
    text: str

    @property
    def inner(self) -> int:
        """The indentation that this line's own content has: lists step by two characters a level."""
        return self.indent + 2 if self.bullet else self.indent


def parse(text: str) -> list[Line]:
    """The lines of `text`, in order; numbered items count as bulleted only where they are indented."""
    return [_line(raw) for raw in text.replace("\r\n", "\n").split("\n")]


def _line(raw: str) -> Line:
    found = _LEAD.match(raw)
    space, bullet = (found.group(1), found.group(2) or "") if found else ("", "")
    if not bullet or (not space and bullet != "•"):
        return Line(len(space), "", raw[len(space) :].strip(_BLANKS))
    end = found.end() if found else 0
    return Line(len(space), bullet, raw[end:].strip(_BLANKS))
