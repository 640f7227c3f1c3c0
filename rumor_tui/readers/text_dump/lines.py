"""The lines of a dump: indentation, bullet, text, and the class of each line."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rumor_tui.readers.text_dump.unfold import (
    Row,
    blank_side_image,
    drop_placeholders,
    has_boxes,
    is_rule,
    join_wrapped,
    open_boxes,
)

_INDENTS = " \t\xa0\u3000"
_BULLETS = frozenset("•◦▪‣○■●□◎✦◆")
_TYPED_BULLETS = frozenset("*+-o#@=")
"""Characters of a keyboard that text browsers print as bullets."""

_GAPS = frozenset({"", " ", "\t", "\xa0"})
_BLANKS = " \t\r\f\v\xa0\u3000\ufeff\u200b\u200e\u200f"


class Line(NamedTuple):
    """One line. `indent` counts the characters before the bullet or, where there is none, before the text.

    `bullet` is the marker as written ("•", "3.") or empty; `text` is the rest without outer white space. `content` is
    the column of what belongs to an item, where the lines below show it.
    """

    indent: int
    bullet: str
    text: str
    content: int = -1

    @property
    def inner(self) -> int:
        """The indentation of the content of this line: two characters more than an item's own, if nothing shows it."""
        if self.content >= 0:
            return self.content
        return self.indent + 2 if self.bullet else self.indent


def parse_lines(text: str) -> list[Line]:
    """The lines of `text`, in order, as a page without a text browser's margins would have them.

    Numbered items count as bulleted only where they are indented.
    """
    printed = text.split("\n")
    if "\n@" in text or "\n\u202a@" in text:
        from rumor_tui.readers.text_dump.handles import join_heads

        printed = join_heads(printed)
    boxed = has_boxes(printed)
    rows = _with_outer_numbers([_split_row(raw) for raw in (open_boxes(printed) if boxed else printed)])
    rows = drop_placeholders(join_wrapped(rows, boxed=boxed))
    lines: list[Line] = []
    below = -1
    for indent, bullet, column, content in reversed(rows):
        lines.append(Line(indent, bullet, content, column if bullet and column == below else -1))
        below = -1 if bullet else indent if content else below
    return lines[::-1]


_OUTER_NUMBER = re.compile(r"(\d{1,4})\.(\s+)(?=\S)")


def _with_outer_numbers(rows: list[Row]) -> list[Row]:
    """The rows; a number at the left margin is a bullet if it goes on with a list or stands apart from its text."""
    last: dict[int, int] = {}
    for i, row in enumerate(rows):
        match = _OUTER_NUMBER.match(row.text) if not row.indent and not row.bullet else None
        column = row.column + match.end() if match else row.column
        number = int(match[1]) if match else int(row.bullet[:-1]) if row.bullet[:-1].isdecimal() else -1
        if match and (last.get(column) == number - 1 or len(match[2]) > 1):
            rows[i] = Row(0, f"{number}.", column, row.text[match.end() :])
        if number >= 0 and (rows[i].bullet or not match):
            last[column] = number
    return rows


def _split_row(raw: str) -> Row:
    """A printed row. Of several bullets, as of an item that begins with a list, the first one counts."""
    raw = blank_side_image(raw)
    body = raw.lstrip(_INDENTS)
    indent = column = len(raw) - len(body)
    bullet = following = _bullet(body, indent)
    while following:
        body = body[len(following) :]
        column += len(following) + len(body) - len(body.lstrip(_INDENTS))
        body = body.lstrip(_INDENTS)
        following = _bullet(body, column)
    text = body.strip(_BLANKS)
    return Row(indent, bullet, column, "" if is_rule(text) else text)


def _bullet(body: str, indent: int) -> str:
    """The bullet or number of a list item, followed by white space or nothing; empty for another line."""
    first, gap = body[:1], body[1:3]
    if first in _BULLETS and (indent or first == "•"):
        return first if gap[:1] in _GAPS else ""
    if first in _TYPED_BULLETS:
        return first if gap[:1] in _GAPS and (indent or (gap.isspace() and len(gap) == 2)) else ""
    if not indent or not first.isdecimal():
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
