"""Plain text: paragraphs, quotes after ">", lists and indented code, as people write them in mail and comments.

The line "-- ", which parts a signature from a message (RFC 3676, section 4.3), becomes a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.blocks.builder import MAX_BLOCK, MAX_DEPTH, canonical_blocks
from rumor_tui.model import Block, BlockKind

QUOTE_SIGNS: Final = re.compile(r"[^\S\n]{0,3}(?:>(?![=_:;<]) ?)++")
"""What stands before a quoted line. Signs that begin an arrow, a face or a comparison are none."""

SIGNATURE: Final = "-- "
"""The line above a signature."""

_ITEM: Final = re.compile(r" *([•*‣◦-]|\d{1,3}[.)]) +(?=\S)")
_BULLET: Final = re.compile(r" *[•‣◦] ")
_SPECIAL: Final = re.compile(r"\n[^\S\n]*(?:>|[•*‣◦-] |\d+[.)] | {4}|-- (?:\n|\Z))")
_ODD_EDGE: Final = re.compile(r"[^\S\n]\n|\n[^\S\n]")
_GAP: Final = re.compile(r"\n\n+")


@dataclass(slots=True)
class _State:
    """The lines under way and what they are; `items` are the open list items: (source column, indent) each."""

    out: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    quote: int = 0
    indent: int = 0
    marker: str = ""
    items: list[tuple[int, int]] = field(default_factory=list)
    blank: bool = True

    def flush(self) -> None:
        """End the block under way."""
        if self.lines:
            text = "\n".join(self.lines)
            self.out += canonical_blocks(self.kind, text, quote=self.quote, indent=self.indent, marker=self.marker)
        self.lines, self.kind, self.marker = [], "paragraph", ""


def parse_plain(body: str) -> list[Block]:
    """The blocks of a neutral plain text."""
    state = _State()
    for line in body.split("\n"):
        quote, rest = _quoted(line)
        if quote != state.quote:
            state.flush()
            state.quote, state.items, state.indent, state.blank = quote, [], 0, True
        if rest == SIGNATURE:
            _part(state)
        elif rest.strip():
            _take(state, rest)
        else:
            _skip(state)
    state.flush()
    return state.out


def _quoted(line: str) -> tuple[int, str]:
    match = QUOTE_SIGNS.match(line)
    return (min(match[0].count(">"), MAX_DEPTH), line[match.end() :]) if match else (0, line)


def _skip(state: _State) -> None:
    """An empty line ends a paragraph, but not code, which may go on after it."""
    if state.kind == "code":
        state.lines.append("")
    else:
        state.flush()
    state.blank = True


def _part(state: _State) -> None:
    """A signature begins, in which no list or code goes on."""
    state.flush()
    state.out.append(Block("rule", "", quote=state.quote))
    state.items, state.indent, state.blank = [], 0, True


def _take(state: _State, line: str) -> None:
    column = len(line) - len(line.lstrip(" "))
    if _is_code(state, line, column):
        if state.kind != "code":
            state.flush()
            state.kind, state.indent = "code", 0
        state.lines.append(line[4:])
    else:
        _take_text(state, line, column)
    state.blank = False


def _is_code(state: _State, line: str, column: int) -> bool:
    """Whether a line is code: indented by four after an empty line or after code, outside lists, with no bullet."""
    indented = column >= 4 and not state.items and not _BULLET.match(line)
    return indented and (state.blank or state.kind == "code")


def _take_text(state: _State, line: str, column: int) -> None:
    if state.kind == "code":
        state.flush()
    match = _ITEM.match(line)
    if match and _begins_item(state, match[1]):
        _open_item(state, column, match[1])
        line = line[match.end() :]
    elif state.items and column <= state.items[-1][0]:
        state.flush()
        _close_items(state, column)
    state.lines.append(line.strip())


def _begins_item(state: _State, sign: str) -> bool:
    """Only a bullet or a 1 may break into a paragraph: a line may happen to begin with a year or a sum."""
    return bool(state.items) or not state.lines or len(sign) == 1 or int(sign[:-1]) == 1


def _close_items(state: _State, column: int) -> None:
    while state.items and column <= state.items[-1][0]:
        state.items.pop()
    state.indent = state.items[-1][1] if state.items else 0


def _open_item(state: _State, column: int, sign: str) -> None:
    state.flush()
    _close_items(state, column)
    if len(state.items) == MAX_DEPTH:
        state.items.pop()
        state.indent = state.items[-1][1]
    state.marker = f"{int(sign[:-1])}." if len(sign) > 1 else "•"
    state.indent += len(state.marker) + 1
    state.items.append((column, state.indent))


def fast_plain_text(body: str) -> str | None:
    """What `"\\n\\n".join` gives of the texts of a neutral body's blocks; None if that takes a parse."""
    text = body.strip()
    if len(text) > MAX_BLOCK or _SPECIAL.search(f"\n{body}"):
        return None
    if "\n" not in text:
        return text
    if " \n" in text or "\n " in text or not (text.isascii() or not _ODD_EDGE.search(text)):
        return None
    return _GAP.sub("\n\n", text) if "\n\n\n" in text else text
