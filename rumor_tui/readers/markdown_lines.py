"""Markdown of a whole page as the lines of a text dump, each with the Markdown that it stands for.

What a converter made of a page (html2text, pandoc, markdownify, a web clipper) holds the discussion as a dump does: by
indentation, markers, names and dates. So its blocks become lines: a paragraph is one line a hard line break, without
links, emphasis and pictures; a list item begins with a bullet, and every item around a line indents it by the same
number of columns; the cells of a table are lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rumor_tui.readers.text_dump.lines import Line

STEP = 4
"""Columns by which an item indents what is in it, as Markdown allows for every kind of marker."""


class MarkdownLine(NamedTuple):
    """One line, with the Markdown that it stands for, without its indentation and its list marker.

    `row` is the row of the source in which it begins. `literal` says that it is code or quoted, and no byline; `level`
    is that of a heading, and 0 for any other line.
    """

    line: Line
    source: str
    row: int
    literal: bool = False
    level: int = 0


_MARKER = re.compile(r"(?P<marker>[-*+]|\d{1,3}[.)])(?:(?P<gap>[ \t]{1,8})(?=\S)|[ \t]*\Z)")
_DEFINITION = re.compile(r"[ ]{0,40}:[ \t]{1,3}(?=\S)")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+|\Z)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*\Z")
_CELLS = re.compile(r"(?<!\\)\||[ ]{2,}|(?<![^|\s])-{3,}(?![^|\s])")
"""What separates the cells of a row, and what pages that are laid out by tables have in one cell."""

_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)\Z")
_OPEN_LINK = re.compile(r"\[[^\[\]]*\Z")

_TARGET = r"(?:\((?:[^()]|\([^()]{0,400}\)){0,2000}\)|\[[^\[\]]{0,80}\])"
_IMAGE = re.compile(rf"!\[[^\]]{{0,400}}\]{_TARGET}")
_LINK = re.compile(rf"\[((?:[^\[\]\\]|\\.){{0,800}})\]{_TARGET}", re.DOTALL)
_WRAPPED = re.compile(r"\]\([^()\"\s]{0,2000}(?:\n[^()\"\s]{1,2000}){1,20}")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,2000}>")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3}|~~)(?=\S)((?:(?!\1).){1,400}?)(?<=\S)\1(?![\w*])", re.DOTALL)
_NO_EMPHASIS = re.compile(r"(?<!\S)(?:_{2,4}|\*{2,4})(?=[\w\s]|\Z)")
"""Emphasis around nothing, as of icons."""

_CODE = re.compile(r"(`{1,3})((?:(?!`).){1,400})\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def strip_inline(source: str) -> str:
    """The text of a piece of Markdown without pictures, links' addresses, emphasis, tags and escapes."""
    text = source
    if "![" in text:
        text = _IMAGE.sub("", text)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "*" in text or "_" in text or "~~" in text:
        text = _NO_EMPHASIS.sub("", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text)))
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        import html

        text = html.unescape(text)
    return " ".join(text.split())


def drop_links(source: str) -> str:
    """A piece of Markdown without its links and what they say."""
    return _LINK.sub("", _IMAGE.sub("", source))


def parse_markdown_lines(source: str) -> list[MarkdownLine]:
    """The lines of a Markdown source, in order."""
    return list(_Blocks(source).lines())


class _Blocks:
    """The blocks of a source while they are read: an open paragraph, and the list items that it is in.

    `items` are the columns of the markers of the open items.
    """

    def __init__(self, source: str) -> None:
        self.rows = source.split("\n")
        self.flat = _has_flat_lists(self.rows)
        self.items: list[int] = []
        self.numbers: dict[int, str] = {}
        self.start = self.indent = 0
        self.bullet = ""
        self.paragraph: list[str] = []

    def lines(self) -> Iterator[MarkdownLine]:
        """Every block as lines; blank rows are lines, too."""
        fence, margin = "", 0
        for number, row in enumerate(self.rows):
            bare = row.strip(" \t\xa0")
            match = None if fence else _FENCE.match(row)
            if match or fence:
                yield from self._close()
                margin = _indentation(row) if match else margin
                yield self._literal(row, number, margin)
                ends = bare.startswith(fence) and not bare.strip(fence[:1])
                fence = match["fence"] if match else "" if ends else fence
            elif not bare or _is_table_rule(row):
                yield from self._close()
                yield MarkdownLine(_line(0, ""), "", number)
            elif _RULE.match(row) and not (self.paragraph and _UNDERLINE.match(row)):
                yield from self._close()
                self.items.clear()
                yield MarkdownLine(_line(0, ""), bare, number)
            elif bare.startswith(">"):
                yield from self._close()
                yield self._literal(row, number, 0 if self.flat else _indentation(row))
            elif self.flat and not self.paragraph and _is_indented(row):
                yield from self._close()
                yield MarkdownLine(_line(self._indent_of(0), strip_inline(bare)), row, number)
            elif _UNDERLINE.match(row) and len(self.paragraph) == 1 and not self.bullet:
                yield from self._close(level=1 if "=" in bare else 2)
            else:
                yield from self._text_row(row, number)
        yield from self._close()

    def _literal(self, row: str, number: int, margin: int) -> MarkdownLine:
        """A row of code or of a quotation, without its margin of so many columns."""
        indent = _indentation(row)
        line = _line(self._indent_of(min(indent, margin)), row.strip())
        return MarkdownLine(line, row[min(indent, margin) :], number, literal=True)

    def _indent_of(self, column: int) -> int:
        """The indentation of a row that is no item and begins at a column; items that it is not in are closed."""
        if self.flat:
            return self.items[-1] if self.items else 0
        while self.items and self.items[-1] >= column:
            self.items.pop()
        return STEP * len(self.items)

    def _text_row(self, row: str, number: int) -> Iterator[MarkdownLine]:
        indent, bullet, rest = _peel_markers(row)
        if bullet and self.paragraph and not self._may_interrupt(indent, bullet):
            bullet, rest = "", row.lstrip()
        definition = _DEFINITION.match(row)
        if definition:
            indent, rest = definition.end(), row[definition.end() :]
        heading = _HEADING.match(rest)
        is_row = rest.startswith("|")
        if bullet or heading or is_row or definition or not self.paragraph:
            yield from self._close()
            self.start, self.bullet = number, bullet
            if bullet:
                self._open_item(indent, bullet)
            else:
                self.indent = self._indent_of(indent)
        if heading:
            self.paragraph.append(rest[heading.end() :].rstrip("# \t"))
            yield from self._close(level=len(heading["marks"]))
        elif is_row:
            for cell in filter(None, map(str.strip, _CELLS.split(rest))):
                self.paragraph.append(cell)
                yield from self._close()
        else:
            self.paragraph.append(rest.lstrip())
            if _HARD_BREAK.search(row) and not _OPEN_LINK.search(row):
                yield from self._close()

    def _open_item(self, indent: int, bullet: str) -> None:
        while self.items and self.items[-1] >= indent:
            self.items.pop()
        self.indent = indent if self.flat else STEP * len(self.items)
        self.items.append(indent)
        self.numbers[indent] = bullet

    def _may_interrupt(self, indent: int, bullet: str) -> bool:
        """Whether an item can begin right below a paragraph: not with a number that a wrapped sentence begins with."""
        before = self.numbers.get(indent, "0.")
        self.numbers[indent] = bullet
        return bullet in ("•", "1.") or (before != "•" and int(bullet[:-1]) == int(before[:-1]) + 1)

    def _close(self, level: int = 0) -> Iterator[MarkdownLine]:
        """The open paragraph as a line."""
        if self.paragraph or self.bullet:
            written = _WRAPPED.sub(lambda match: match.group().replace("\n", ""), "\n".join(self.paragraph))
            inner = self.indent + STEP if self.bullet and not self.flat else self.indent
            line = Line(self.indent, self.bullet, strip_inline(written), inner)
            yield MarkdownLine(line, written, self.start, level=level)
            self.paragraph, self.bullet = [], ""


def _is_table_rule(row: str) -> bool:
    """Whether a row is the rule below the head of a table: dashes, and a bar before or after them."""
    if row.strip(" \t|:-"):
        return False
    dashes = row.find("---")
    return dashes >= 0 and (row.lstrip(" \t").startswith("|") or row.rfind("|") > dashes)


def _indentation(row: str) -> int:
    return len(row) - len(row.lstrip(" \t\xa0"))


def _is_indented(row: str) -> bool:
    """Whether a row that begins a block of html2text is code, or what a term of a card stands for ("Posts")."""
    return row.startswith("    ") and not _MARKER.match(row.lstrip(" "))


def _line(indent: int, text: str) -> Line:
    return Line(indent, "", text, indent)


def _peel_markers(row: str) -> tuple[int, str, str]:
    """The column of the innermost item that begins in a row, its bullet, and the rest; no bullet for other rows."""
    place = indent = _indentation(row)
    bullet = ""
    while match := _MARKER.match(row, place):
        indent, place = place, match.end()
        bullet = "•" if match["marker"] in "-*+" else match["marker"].replace(")", ".")
    return indent, bullet, row[place:]


def _has_flat_lists(rows: list[str]) -> bool:
    """Whether lists are indented from the outermost level on, as html2text writes them, and what is in items is not."""
    items = [row for row in rows if _MARKER.match(row.lstrip(" "))]
    if sum(not row.startswith("  ") for row in items) * 5 > len(items):
        return False
    paragraphs = [row for above, row in pairwise(rows) if not above.strip() and row.strip()]
    paragraphs = [row for row in paragraphs if not _MARKER.match(row.lstrip(" "))]
    return sum(row.startswith("  ") for row in paragraphs) * 2 < len(paragraphs)
