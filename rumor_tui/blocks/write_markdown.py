"""Blocks written as Markdown that reads back as the same blocks.

What needs an escape gets a backslash; a letter that keeps an emphasis from opening or closing is written as an
entity. Items are separated by empty lines; a list whose numbers are not consecutive changes its delimiter, which begins
a new list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import category

from rumor_tui.blocks.spans import ADDRESS, trim_address
from rumor_tui.blocks.write import QUOTE, Path, container_paths, marker_width
from rumor_tui.model import Block, Role, Span

_DELIMITERS: Final[dict[Role, str]] = {"emphasis": "_", "strong": "**", "strike": "~~"}
_SPECIAL: Final = re.compile(r"[\\`*\[\]<~]|&(?=[#a-z])|(?<![^\W_])_|_(?![^\W_])|(?<=http):|(?<=https):", re.IGNORECASE)
_LINE_START: Final = re.compile(r"([#+=>|:-])|(\d{1,9})([.)])(?=\s|$)")
_CLOSING_SIGNS: Final = re.compile(r"(?<=\s)#+$")
_TARGET: Final = re.compile(r"[\\<>&]")


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as CommonMark with tables and strikethrough, for which `parse` gives the same blocks."""
    lines: list[str] = []
    path: Path = ()
    signs: tuple[str, ...] = ()
    for block, (kept, new) in zip(blocks, container_paths(blocks), strict=True):
        if lines:
            lines.append(_rest(path[:kept]).rstrip())
        signs = (*signs[:kept], *_signs(path, signs, kept, new))
        rest = _rest(new)
        first = _rest(new[:kept]) + "".join(f"{sign} " for sign in signs[kept:])
        for index, line in enumerate(_lines(block)):
            lines.append((rest if index else first) + line if line else (rest if index else first).rstrip())
        path = new
    return "\n".join(lines) + "\n" if lines else ""


def _rest(path: Path) -> str:
    """The prefix of every line but the first in these containers."""
    return "".join("> " if container == QUOTE else " " * marker_width(container) for container in path)


def _signs(path: Path, signs: Sequence[str], kept: int, new: Path) -> list[str]:
    """The signs of the containers of `new` after the kept ones."""
    out = [_sign(container) for container in new[kept:]]
    if len(path) > kept < len(new) and new[kept][0].isdigit() and path[kept][0].isdigit():
        follows = int(new[kept][:-1]) == int(path[kept][:-1]) + 1
        same = signs[kept][-1]
        out[0] = new[kept][:-1] + (same if follows else "." if same == ")" else ")")
    return out


def _sign(container: str) -> str:
    return "-" if container == "•" else container


def _lines(block: Block) -> list[str]:
    if block.kind == "rule":
        return ["***"]
    if block.kind == "code":
        return _fenced(block.text)
    if block.kind == "table":
        return _table(block)
    text = inline_markdown(block.text, block.spans)
    if block.kind == "heading":
        text = _CLOSING_SIGNS.sub(r"\\\g<0>", text.replace("\\\n", " "))
        return ["#" * min(max(block.level, 1), 6) + " " + text]
    return text.split("\n")


def _fenced(text: str) -> list[str]:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]


def _table(block: Block) -> list[str]:
    cells = inline_markdown(block.text, block.spans).replace("|", "\\|")
    rows = [row.split("\t") for row in re.split(r"\\?\n", cells)]
    if not block.level:
        rows.insert(0, [""] * len(rows[0]))
    rows.insert(1, ["---"] * len(rows[0]))
    return ["| " + " | ".join(row) + " |" for row in rows]


def inline_markdown(text: str, spans: Sequence[Span]) -> str:
    """Text and spans as inline Markdown; newlines become hard breaks."""
    return _Inline(text).written(spans)


class _Inline:
    """Writes one text: the parts so far, the open spans, and the position in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._parts: list[str] = []
        self._opened: list[Span] = []
        self._code_end = 0
        self._entity_next = False

    def written(self, spans: Sequence[Span]) -> str:
        """The text with these spans, which nest."""
        for span, after in zip(spans, (*spans[1:], None), strict=False):
            self._to(span.start)
            if span.role == "link" and (after is None or after.start >= span.end) and self._is_bare(span):
                self._parts.append(f"<{span.target}>")
                self._at = span.end
            elif span.start >= self._at:
                self._open(span)
        self._to(len(self._text))
        return "".join(self._parts)

    def _to(self, place: int) -> None:
        """Write the text up to a position, closing the spans that end before it."""
        while self._opened and self._opened[-1].end <= place:
            span = self._opened.pop()
            self._write(span.end)
            self._close(span)
        self._write(place)

    def _open(self, span: Span) -> None:
        if span.role == "code":
            self._code_end = span.end
        elif span.role in _DELIMITERS:
            self._guard_before(span)
            self._parts.append(_DELIMITERS[span.role])
            self._opened.append(span)
        elif span.role == "image":
            self._image(span)
        elif span.role == "link":
            self._link(span)

    def _is_bare(self, span: Span) -> bool:
        """Whether the link's text is its address, outside code."""
        target = span.target
        shows = self._at == span.start >= self._code_end and self._text[span.start : span.end] == target
        return shows and ADDRESS.fullmatch(target) is not None and trim_address(target) == target

    def _image(self, span: Span) -> None:
        inner = self._text[span.start : span.end]
        if inner[:1] == "[" and inner[-1:] == "]":
            self._parts.append(f"![{_escaped(inner[1:-1])}]({_target(span.target)})")
            self._at = span.end

    def _link(self, span: Span) -> None:
        if self._parts and self._parts[-1].endswith("!"):
            self._parts[-1] = self._parts[-1][:-1] + "\\!"
        self._parts.append("[")
        self._opened.append(span)

    def _close(self, span: Span) -> None:
        if span.role == "link":
            self._parts.append(f"]({_target(span.target)})")
        else:
            self._parts.append(_DELIMITERS[span.role])
            self._entity_next = True

    def _guard_before(self, span: Span) -> None:
        """Write the letter before an opening delimiter as an entity, so that the delimiter can open."""
        before = self._text[span.start - 1 : span.start]
        if self._parts and self._parts[-1] == before and _is_letter(before):
            self._parts[-1] = f"&#{ord(before)};"

    def _write(self, end: int) -> None:
        while self._at < end:
            stop = min(end, self._code_end) if self._at < self._code_end else end
            piece = self._text[self._at : stop]
            if self._at < self._code_end:
                self._parts.append(_code(piece))
            else:
                self._plain(piece)
            self._entity_next = False
            self._at = stop

    def _plain(self, piece: str) -> None:
        first = self._at == 0 or self._text[self._at - 1] in "\n\t"
        if self._entity_next and _is_letter(piece[0]):
            self._parts.append(f"&#{ord(piece[0])};")
            piece = piece[1:]
        last = piece[-1:]
        if last and _is_letter(last):
            self._parts += _escaped(piece[:-1], first), last
        else:
            self._parts.append(_escaped(piece, first))


def _is_letter(char: str) -> bool:
    """Whether the character beside a delimiter is neither white space nor punctuation."""
    return not char.isspace() and category(char)[0] != "P" and not (char.isascii() and not char.isalnum())


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip()) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _target(target: str) -> str:
    return "<" + _TARGET.sub(r"\\\g<0>", target) + ">"


def _escaped(text: str, line_start: bool = False) -> str:
    parts = []
    for index, line in enumerate(text.split("\n")):
        match = _LINE_START.match(line) if index or line_start else None
        lead = ""
        if match:
            lead = f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"
            line = line[match.end() :]
        parts.append(lead + _SPECIAL.sub(r"\\\g<0>", line))
    return "\\\n".join(parts)
