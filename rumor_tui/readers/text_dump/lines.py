"""The lines of a dump: indentation, bullet, text, and the class of each line."""

from __future__ import annotations

from typing import Literal, NamedTuple

_INDENTS = " \t\xa0\u3000"
_BULLETS = frozenset("•◦▪‣○■")
_GAPS = frozenset({"", " ", "\t", "\xa0"})
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
        """The indentation of the content of this line: lists are indented by two characters per level."""
        return self.indent + 2 if self.bullet else self.indent


def parse_lines(text: str) -> list[Line]:
    """The lines of `text`, in order; numbered items count as bulleted only where they are indented."""
    return [_line(raw) for raw in text.replace("\r\n", "\n").split("\n")]


def _line(raw: str) -> Line:
    body = raw.lstrip(_INDENTS)
    indent = len(raw) - len(body)
    bullet = _bullet(body, indent)
    return Line(indent, bullet, body[len(bullet) :].strip(_BLANKS))


def _bullet(body: str, indent: int) -> str:
    """The bullet or number of a list item, followed by white space or nothing; empty for another line."""
    if body[:1] in _BULLETS and (indent or body[:1] == "•"):
        return body[:1] if body[1:2] in _GAPS else ""
    if not indent or not body[:1].isdecimal():
        return ""
    digits = body[:5].partition(".")[0]
    is_number = digits.isdecimal() and body[len(digits) : len(digits) + 1] == "."
    return f"{digits}." if is_number and body[len(digits) + 1 : len(digits) + 2] in _GAPS else ""


LineKind = Literal[
    "blank", "label", "level", "heading", "form", "fact", "number", "byline", "subject", "quote", "short", "text"
]


class LineClass(NamedTuple):
    """What one line is: its kind, and its shape, which lines printed by the same template have in common.

    `name` and `date` are those in a byline; `number` is a post's own number; `total` is the number of comments that the
    line states; `depth` is the nesting that it states ("level 2", "#4.1"), 0 for the top. These three are -1 where the
    line does not state them.
    """

    kind: LineKind
    shape: str = ""
    name: str = ""
    date: str = ""
    number: int = -1
    depth: int = -1
    total: int = -1
