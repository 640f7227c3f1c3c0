"""Undoing what text browsers do to a page, whatever browser it was.

Some draw boxes around tables; most wrap paragraphs at a right margin, number the links, and print placeholders of
images. What is left is a line a paragraph, as extractors without margins write it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width


class Row(NamedTuple):
    """One printed row: the columns of its bullet and of its text, the bullet or "", and the text."""

    indent: int
    bullet: str
    column: int
    text: str


_BORDER = re.compile(r"[\s|]*\+[-=+:| ]{2,}\+[\s|]*")
_RULES = frozenset("-_=~*#━─═▁–—+ ")


def is_rule(text: str) -> bool:
    """Whether a text is a rule: at least four strokes, and nothing else."""
    return len(text) > 3 and text[0] in _RULES and _RULES.issuperset(text) and len(set(text)) < 3


_SIDE_IMAGE = re.compile(r"(\s*)(\[[^\[\]\s]{0,12}\])(\s{2,})(?=\S)")


def blank_side_image(line: str) -> str:
    """The line with spaces in the place of an image that stands in a cell before the text's own."""
    match = _SIDE_IMAGE.match(line) if "[" in line[:80] else None
    return " " * match.end() + line[match.end() :] if match else line


def has_boxes(lines: Sequence[str]) -> bool:
    """Whether boxes are drawn around the cells of tables."""
    return any(line.lstrip(" |").startswith("+--") for line in lines)


def open_boxes(lines: Sequence[str]) -> list[str]:
    """The lines without the boxes that are drawn around cells with `+`, `-` and `|`: spaces stand in their place."""
    opened: list[str] = []
    corners: set[int] = set()
    for line in lines:
        if len(line) < MAX_BOX_WIDTH and line.lstrip()[:1] in ("|", "+") and _BORDER.fullmatch(line):
            corners.update(place for place, char in enumerate(line) if char in "+|")
            opened.append("")
        elif line.lstrip()[:1] == "|" and len(line) < MAX_BOX_WIDTH:
            opened.append("".join(" " if c == "|" and i in corners else c for i, c in enumerate(line)))
        else:
            corners.clear()
            opened.append(line)
    return opened


MAX_BOX_WIDTH = 4000
"""Characters of a line that is looked at for borders."""

MARGIN_WINDOW = 10
"""How many columns before the right margin most wrapped lines end."""

MIN_MARGIN = 56
"""The least column at which a right margin is looked for."""

MAX_MARGIN = 400
"""The last column at which a right margin is looked for: nobody reads wider pages in a terminal."""

MIN_BOX_WIDTH = 12
"""The same from the left edge of a box."""

MIN_WRAPPED = 6
"""Lines that must end near a margin to show that there is one."""


def join_wrapped(rows: Sequence[Row], *, boxed: bool = False) -> list[Row]:
    """The rows with every paragraph on one row, where the text was wrapped at a right margin.

    A row goes on with the next one at the same column if the next one's first word had no room on it. In boxes every
    column has a margin of its own.
    """
    ends = [row.column + width(row.text) for row in rows]
    going_on = [i for i, row in enumerate(rows[1:]) if _is_below(rows[i], row)]
    margin = _right_margin([ends[i] for i in going_on], MIN_MARGIN)
    if not margin:
        return list(rows)
    margins: dict[int, int] = {}
    if boxed:
        for column in {rows[i].column for i in going_on}:
            own = [ends[i] for i in going_on if rows[i].column == column]
            margins[column] = _right_margin(own, column + MIN_BOX_WIDTH) or margin
    joined: list[list[str]] = []
    heads: list[Row] = []
    for i, row in enumerate(rows):
        last = heads[-1] if heads else None
        if last and i and _goes_on(last, rows[i - 1], row, ends[i - 1], margins.get(row.column, margin)):
            joined[-1].append(row.text)
        else:
            heads.append(row)
            joined.append([row.text])
    return [head._replace(text=_glue(parts)) for head, parts in zip(heads, joined, strict=True)]


def _is_below(above: Row, row: Row) -> bool:
    """Whether both rows have text, the lower one without a bullet, at the same column."""
    return bool(row.text and above.text) and not row.bullet and row.column == above.column


def _goes_on(head: Row, before: Row, row: Row, end: int, margin: int) -> bool:
    if not _is_below(before, row) or row.column != head.column:
        return False
    return end + 1 + width(_first_word(row.text)) > margin


def _first_word(text: str) -> str:
    if text[0] >= "\u2e80":
        return text[0]
    return text.split(None, 1)[0]


def _glue(parts: Sequence[str]) -> str:
    """The parts of a paragraph as one text: scripts without spaces between words need none between their parts."""
    if len(parts) == 1:
        return parts[0]
    pieces = [parts[0]]
    for above, part in pairwise(parts):
        is_wide = above[-1:] >= "\u2e80" and part[:1] >= "\u2e80"
        pieces.append(part if is_wide else f" {part}")
    return "".join(pieces)


def width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    if text.isascii() or max(text) < "\u1100":
        return len(text)
    return len(text) + sum(east_asian_width(char) in "WF" for char in text)


def _right_margin(ends: Sequence[int], least: int) -> int:
    """The column at which text was wrapped, from where the rows that go on end; 0 where it was not wrapped.

    It is the last column near which most of the longer ones of these rows end, and beyond which hardly any do.
    """
    counts = Counter(min(end, MAX_MARGIN + 1) for end in ends)
    beyond = counts[MAX_MARGIN + 1]
    for end in sorted((end for end in counts if least < end <= MAX_MARGIN), reverse=True):
        near = sum(counts[end - back] for back in range(MARGIN_WINDOW))
        longer = sum(count for other, count in counts.items() if other * 2 > end)
        if near >= MIN_WRAPPED and beyond * 6 <= near and near * 2 >= longer:
            return end
        beyond += counts[end]
    return 0


_NUMBER = re.compile(r"\[(\d{1,5})\]")
_IMAGE = re.compile(
    r"_{4,}|\((?:BUTTON|IMAGE)\)|\[(?:[ _]*|IMG|INLINE|EMBED|image|svg"
    r"|[^\[\]\s]{1,80}\.(?:gif|png|jpe?g|svg|webp|ico|bmp)"
    r"|(?=[a-z.%-]{0,20}[\d_])(?=[\d.%-]{0,20}[a-z_])[\w.%-]{2,20})\]",
    re.IGNORECASE,
)
"""Buttons and fields without a text, and images by their file's name, of which some browsers print the beginning."""

_LEADING = re.compile(r"\[([^\[\]]{1,30})\]\s?(?=\w)")
_WHOLE = re.compile(r"^\[\s*([^\[\]]*[^\W\d_][^\[\]]*?)\s*\]$")
MIN_NUMBERS = 5
_GLUED_NUMBER = re.compile(r"^\[\d{1,5}\](?=[^\W\d_])")
MIN_GLUED = 2
"""Rows that begin with a number in brackets glued to a word, as of images without a name."""

MIN_LEADING = 3
"""Rows that must begin with the same short word in brackets to show that it stands for an image."""


_REFERENCE = re.compile(r"\s*\d{1,5}\.\s+(?:[a-z][a-z+.-]{1,12}:(?=\S)|[/#]).*", re.IGNORECASE)
_ADDRESS = re.compile(r"\s+[a-z][a-z+.-]{1,12}:\S+", re.IGNORECASE)
_NAMED_REFERENCE = re.compile(r"\s*\d{1,5}\.\s.*")
MAX_LABEL = 20
"""Characters of a line such as "References" or "Visible links" at most."""


def split_references(text: str) -> tuple[str, str]:
    """The text, and the numbered list of addresses at its end that its links refer to ("" where there is none)."""
    if "://" not in text[-MAX_BOX_WIDTH:]:
        return text, ""
    lines = text.split("\n")
    start = len(lines)
    references = 0
    below = ""
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i][:MAX_BOX_WIDTH]
        named = _ADDRESS.fullmatch(below) and _NAMED_REFERENCE.fullmatch(line)
        if named or _REFERENCE.fullmatch(line):
            references += 1
            start = i
        elif len(line.strip()) > MAX_LABEL and not _ADDRESS.fullmatch(line):
            break
        below = line
    if references < MIN_NUMBERS:
        return text, ""
    return "\n".join(lines[:start]), "\n".join(lines[start:])


def drop_placeholders(rows: Sequence[Row]) -> list[Row]:
    """The rows without the numbers of links, if these count up through the text, and without placeholders of images."""
    bracketed = [row.text for row in rows if "[" in row.text]
    numbers = [int(number) for text in bracketed for number in _NUMBER.findall(text)]
    rising = sum(after == number + 1 for number, after in pairwise(numbers))
    patterns = [_IMAGE]
    if rising >= MIN_NUMBERS and rising * 10 >= len(numbers) * 8:
        patterns.insert(0, _NUMBER)
    leading = Counter(match[1] for text in bracketed if (match := _LEADING.match(text)))
    images = [re.escape(word) for word, count in leading.items() if count >= MIN_LEADING]
    if sum(bool(_GLUED_NUMBER.match(text)) for text in bracketed) >= MIN_GLUED:
        patterns.append(_GLUED_NUMBER)
    if images:
        patterns.append(re.compile(rf"^\[(?:{'|'.join(images)})\]\s?(?=\w)"))
    return [_without(row, patterns) if "[" in row.text or "(" in row.text or "___" in row.text else row for row in rows]


def _without(row: Row, patterns: Sequence[re.Pattern[str]]) -> Row:
    text = row.text
    for pattern in patterns:
        text = pattern.sub("", text)
    text = _WHOLE.sub(r"\1", text)
    return row if text == row.text else row._replace(text=" ".join(text.split()))
