"""Plain text: paragraphs, quotes after ">", lists and indented code, as people write them in mail and comments.

The line "-- ", which separates a signature from a message (RFC 3676, section 4.3), becomes a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.blocks.builder import MAX_BLOCK, MAX_DEPTH, Clean, canonical_blocks
from rumor_tui.model import Block, BlockKind
from rumor_tui.text import neutralise

QUOTE_SIGNS: Final = re.compile(r"[^\S\n]{0,3}(?>(?:>(?![=_:;<]) ?)+)")
"""The signs before a quoted line. Those that begin an arrow, a face or a comparison are excluded."""
SIGNATURE: Final = "-- "
"""The line above a signature."""
_ITEM: Final = re.compile(r" *([•*‣◦-]|\d{1,3}[.)]) +(?=\S)")
_BULLET: Final = re.compile(r" *[•‣◦] ")
_NEEDS_PARSE: Final = re.compile(r"\n[^\S\n]*(?:>|[•*‣◦-] |\d+[.)] | {4}|-- (?:\n|\Z))")
_UNICODE_EDGE: Final = re.compile(r"[^\S\n]\n|\n[^\S\n]")
_GAP: Final = re.compile(r"\n\n+")


@dataclass(slots=True)
class _Reader:
    """The current lines and their kind; `items` are the open list items: (source column, indent) each."""

    clean: Clean
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    quote: int = 0
    indent: int = 0
    marker: str = ""
    items: list[tuple[int, int]] = field(default_factory=list)
    blank: bool = True

    def flush(self) -> None:
        """End the current block."""
        if self.lines:
            text = "\n".join(self.lines)
            self.blocks += canonical_blocks(
                self.kind, text, quote=self.quote, indent=self.indent, marker=self.marker, clean=self.clean
            )
        self.lines, self.kind, self.marker = [], "paragraph", ""


def parse_plain(body: str, clean: Clean = neutralise) -> list[Block]:
    """The blocks of a neutral plain text."""
    reader = _Reader(clean)
    for line in body.split("\n"):
        quote, rest = _split_quote(line)
        if quote != reader.quote:
            reader.flush()
            reader.quote, reader.items, reader.indent, reader.blank = quote, [], 0, True
        if rest == SIGNATURE:
            _begin_signature(reader)
        elif rest.strip():
            _add_line(reader, rest)
        else:
            _end_paragraph(reader)
    reader.flush()
    return reader.blocks


def _split_quote(line: str) -> tuple[int, str]:
    match = QUOTE_SIGNS.match(line)
    return (min(match[0].count(">"), MAX_DEPTH), line[match.end() :]) if match else (0, line)


def _end_paragraph(reader: _Reader) -> None:
    """Handle an empty line: it ends a paragraph, but not code, which may continue after it."""
    if reader.kind == "code":
        reader.lines.append("")
    else:
        reader.flush()
    reader.blank = True


def _begin_signature(reader: _Reader) -> None:
    """Begin a signature, in which no list or code continues."""
    reader.flush()
    reader.blocks.append(Block("rule", "", quote=reader.quote))
    reader.items, reader.indent, reader.blank = [], 0, True


def _add_line(reader: _Reader, line: str) -> None:
    column = len(line) - len(line.lstrip(" "))
    if _is_code(reader, line, column):
        if reader.kind != "code":
            reader.flush()
            reader.kind, reader.indent = "code", 0
        reader.lines.append(line[4:])
    else:
        _add_text(reader, line, column)
    reader.blank = False


def _is_code(reader: _Reader, line: str, column: int) -> bool:
    """Whether a line is code: indented by four after an empty line or after code, outside lists, without a bullet."""
    indented = column >= 4 and not reader.items and not _BULLET.match(line)
    return indented and (reader.blank or reader.kind == "code")


def _add_text(reader: _Reader, line: str, column: int) -> None:
    if reader.kind == "code":
        reader.flush()
    match = _ITEM.match(line)
    if match and _begins_item(reader, match[1]):
        _open_item(reader, column, match[1])
        line = line[match.end() :]
    elif reader.items and column <= reader.items[-1][0]:
        reader.flush()
        _close_items(reader, column)
    reader.lines.append(line.strip())


def _begins_item(reader: _Reader, sign: str) -> bool:
    """Whether a line begins an item. Only a bullet or a 1 may interrupt a paragraph: a line may begin with a year."""
    return bool(reader.items) or not reader.lines or len(sign) == 1 or int(sign[:-1]) == 1


def _close_items(reader: _Reader, column: int) -> None:
    while reader.items and column <= reader.items[-1][0]:
        reader.items.pop()
    reader.indent = reader.items[-1][1] if reader.items else 0


def _open_item(reader: _Reader, column: int, sign: str) -> None:
    reader.flush()
    _close_items(reader, column)
    if len(reader.items) == MAX_DEPTH:
        reader.items.pop()
        reader.indent = reader.items[-1][1]
    reader.marker = f"{int(sign[:-1])}." if len(sign) > 1 else "•"
    reader.indent += len(reader.marker) + 1
    reader.items.append((column, reader.indent))


def fast_plain_text(body: str) -> str | None:
    """The texts of a neutral body's blocks joined by empty lines; None if that takes a parse."""
    text = body.strip()
    if len(text) > MAX_BLOCK or _NEEDS_PARSE.search(f"\n{body}"):
        return None
    if "\n" not in text:
        return text
    if " \n" in text or "\n " in text or not (text.isascii() or not _UNICODE_EDGE.search(text)):
        return None
    return _GAP.sub("\n\n", text) if "\n\n\n" in text else text
