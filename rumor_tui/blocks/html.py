"""HTML bodies: read tag by tag, without a tree and without recursion, so that nesting costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from rumor_tui.blocks.builder import BlockBuilder, Cell, Clean
from rumor_tui.blocks.html_tokens import parse_attributes, tokenize
from rumor_tui.blocks.plain import QUOTE_SIGNS
from rumor_tui.blocks.scripts import TAGS as SCRIPT_TAGS
from rumor_tui.blocks.scripts import script_text
from rumor_tui.blocks.spans import clip_spans, edit_text, shift_spans
from rumor_tui.model import Block, BlockKind, Role, Span
from rumor_tui.text import neutralise

MAX_OPEN: Final = 16
"""Inline elements that may be open at once; those inside are read as text alone."""
_WHITE_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_QUOTED_LINE: Final = re.compile(r"(?:^|[\v\x85\u2028\u2029])\s*>", re.MULTILINE)
"""A line that begins with ">", also behind the rarer characters that end lines, as `text.neutralise` has them."""

INLINE_ROLES: Final[dict[str, Role]] = {
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "emphasis"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "a": "link",
}
"""The inline elements that become spans."""
_BREAK_NAMES: Final = (
    "p div section article aside main header footer nav figure figcaption address dl dt dd details summary form"
    " fieldset center head body html caption thead tbody tfoot tr td th"
)
"""Elements that end a paragraph; those of a table do more when they begin."""


@dataclass(slots=True)
class _OpenElement:
    """An inline element that is open since `start` of the current text."""

    tag: str
    role: Role
    start: int
    target: str = ""


class _OpenScript(NamedTuple):
    """A raised or lowered text that is open since `start` of the current text, after the character `before`."""

    tag: str
    start: int
    before: str


@dataclass(slots=True)
class _Reader:
    """The current text, the inline elements open in it, and the builder that it goes to."""

    builder: BlockBuilder
    parts: list[str] = field(default_factory=list)
    size: int = 0
    last: str = ""
    spans: list[Span] = field(default_factory=list)
    opened: list[_OpenElement] = field(default_factory=list)
    scripts: list[_OpenScript] = field(default_factory=list)
    button: int | None = None
    """Where the label of a button began that looks like a link."""
    kind: BlockKind = "paragraph"
    level: int = 0
    header: bool = False
    """Whether the current table has headings in its first row."""

    def append(self, text: str) -> None:
        """Append text as it is."""
        if not text:
            return
        self.parts.append(text)
        self.size += len(text)
        self.last = text[-1]

    def append_source(self, text: str) -> None:
        """Append text of the source, its white space folded unless it is preformatted."""
        if self.kind != "code":
            text = _WHITE_SPACE.sub(" ", text)
            if not self.size or self.last in " \n":
                text = text.removeprefix(" ")
        self.append(text)

    def _take_text(self) -> Cell:
        """The current text and its spans; what is open goes on in the next block."""
        text = "".join(self.parts)
        outer = {element.role: element for element in reversed(self.opened)}.values()
        spans = self.spans + [Span(element.start, self.size, element.role, element.target) for element in outer]
        self.parts, self.size, self.last, self.spans, self.scripts, self.button = [], 0, "", [], [], None
        for element in self.opened:
            element.start = 0
        return text, spans

    def flush(self) -> None:
        """End the current block."""
        if not self.size:
            return
        text, spans = self._take_text()
        if self.builder.rows is not None:
            _append_to_cell(self.builder, text, spans)
        elif self.kind == "paragraph" and ">" in text and _QUOTED_LINE.search(text):
            _emit_quoted_lines(self.builder, text, spans)
        else:
            self.builder.emit(self.kind, text, spans, self.level)


def parse_html(body: str, clean: Clean = neutralise) -> list[Block]:
    """The blocks of an HTML fragment, or of a page."""
    reader = _Reader(BlockBuilder(clean))
    for what, name, source in tokenize(body):
        if what == "text":
            reader.append_source(name)
        elif what == "open":
            _open(reader, name, source)
        elif name in INLINE_ROLES:
            _close_inline(reader, name)
        elif name in SCRIPT_TAGS:
            _close_script(reader, name)
        elif name in _CLOSERS:
            reader.flush()
            _CLOSERS[name](reader)
    reader.flush()
    _close_table(reader)
    return reader.builder.blocks


def _open(reader: _Reader, name: str, source: str) -> None:
    if name in INLINE_ROLES:
        _open_inline(reader, name, source)
    elif name in SCRIPT_TAGS:
        if len(reader.scripts) < MAX_OPEN:
            reader.scripts.append(_OpenScript(name, reader.size, reader.last))
    elif name == "br":
        _break(reader)
    elif name == "img":
        _image(reader, source)
    elif name in _OPENERS:
        reader.flush()
        _OPENERS[name](reader, source)


def _append_to_cell(builder: BlockBuilder, text: str, spans: list[Span]) -> None:
    """Append text to the last cell of the table's last row; text outside cells makes one."""
    rows = builder.rows
    if rows is None or not text.strip():
        return
    if not rows:
        rows.append([])
    if not rows[-1]:
        rows[-1].append(("", []))
    old, old_spans = rows[-1][-1]
    text = re.sub(r"[\t\n\r]", " ", text)
    rows[-1][-1] = (f"{old} {text}", old_spans + shift_spans(spans, len(old) + 1)) if old else (text, spans)


# Lines that start with ">" are quotes, as people write them where a site has none.


def _emit_quoted_lines(builder: BlockBuilder, text: str, spans: list[Span]) -> None:
    outer = builder.quote
    for depth, start, end in _runs_by_depth(text):
        builder.quote = outer + depth
        builder.emit("paragraph", *_without_signs(text[start:end], clip_spans(spans, start, end)))
    builder.quote = outer


def _runs_by_depth(text: str) -> Iterator[tuple[int, int, int]]:
    """Runs of lines with the same number of ">" before them, as (number, start, end)."""
    at = begin = depth = 0
    for line in text.splitlines(keepends=True):
        signs = QUOTE_SIGNS.match(line)
        line_depth = signs[0].count(">") if signs else 0
        if line_depth != depth:
            if at > begin:
                yield depth, begin, at
            begin, depth = at, line_depth
        at += len(line)
    yield depth, begin, at


def _without_signs(text: str, spans: list[Span]) -> Cell:
    """The lines without the ">" before them."""
    edits = []
    at = 0
    for line in text.splitlines(keepends=True):
        if signs := QUOTE_SIGNS.match(line):
            edits.append((at, at + signs.end(), ""))
        at += len(line)
    return edit_text(text, spans, edits)


# Inline elements


def _open_inline(reader: _Reader, name: str, source: str) -> None:
    target = ""
    if name == "a":
        _close_inline(reader, name)
        attributes = parse_attributes(source)
        target = attributes.get("href", "").strip()
        if not target and attributes.get("role") == "button":
            reader.button = reader.size
    if (target or name != "a") and len(reader.opened) < MAX_OPEN:
        reader.opened.append(_OpenElement(name, INLINE_ROLES[name], reader.size, target))


def _close_inline(reader: _Reader, name: str) -> None:
    if name == "a" and reader.button is not None:
        _drop_button(reader, reader.button)
        return
    for index in range(len(reader.opened) - 1, -1, -1):
        if reader.opened[index].tag == name:
            element = reader.opened.pop(index)
            if name == "a" and reader.last and reader.last in ".…":
                _expand_address(reader, element)
            if reader.size > element.start:
                reader.spans.append(Span(element.start, reader.size, element.role, element.target))
            return


def _drop_button(reader: _Reader, start: int) -> None:
    """Drop the text since `start`: the label of a link that leads nowhere and only does something in a browser."""
    index, before = last_parts(reader.parts, reader.size - start)
    reader.parts[index:] = [reader.parts[index][:before]] if before else []
    reader.size, reader.button = start, None
    reader.last = reader.parts[-1][-1] if reader.parts else ""
    while reader.spans and reader.spans[-1].end > start:
        reader.spans.pop()
    for element in reader.opened:
        element.start = min(element.start, start)


def _expand_address(reader: _Reader, element: _OpenElement) -> None:
    """Show the whole address where the page shows only its beginning and dots, as Hacker News does."""
    if reader.size - element.start > len(element.target) + 3:
        return
    index, before = last_parts(reader.parts, reader.size - element.start)
    text = "".join(reader.parts[index:])
    if is_shortened_address(text[before:], element.target):
        reader.parts[index:] = [text[:before], element.target] if before else [element.target]
        reader.size = element.start + len(element.target)


def last_parts(parts: Sequence[str], size: int) -> tuple[int, int]:
    """The index of the part in which the last `size` characters begin, and the number of characters before them."""
    index = len(parts)
    while size > 0 and index:
        index -= 1
        size -= len(parts[index])
    return index, -size


def is_shortened_address(shown: str, target: str) -> bool:
    """Whether the text of a link is the beginning of its address and an ellipsis."""
    short = shown.removesuffix("...").removesuffix("…")
    return short != shown and "://" in short and target.startswith(short)


def _close_script(reader: _Reader, name: str) -> None:
    """Write a raised or lowered text as `script_text` does, and move the spans in it."""
    if not reader.scripts or reader.scripts[-1].tag != name:
        return
    script = reader.scripts.pop()
    index, before = last_parts(reader.parts, reader.size - script.start)
    text = "".join(reader.parts[index:])
    inner = text[before:]
    new = script_text(name, inner, script.before)
    if new == inner:
        return
    reader.parts[index:] = [text[:before], new]
    reader.size = script.start + len(new)
    reader.last = new[-1]
    lead = max(new.find(inner), 0)

    def moved(place: int) -> int:
        return place if place < script.start else min(place + lead, reader.size)

    for number in range(len(reader.spans) - 1, -1, -1):
        span = reader.spans[number]
        if span.end <= script.start:  # so do all those before it, since a span is added where it ends
            break
        reader.spans[number] = replace(span, start=moved(span.start), end=moved(span.end))
    for element in reader.opened:
        element.start = min(element.start, reader.size)


def _break(reader: _Reader) -> None:
    """A line break; two in a row end the paragraph."""
    if reader.kind == "code":
        reader.append("\n")
    elif reader.last == "\n":
        reader.flush()
    elif reader.size:
        reader.append("\n")


def _image(reader: _Reader, source: str) -> None:
    """An image's text in brackets; nothing if it is marked as an ornament; an emoji is its text."""
    attributes = parse_attributes(source)
    alt = " ".join(attributes.get("alt", "image").split())
    if not alt:
        return
    if re.search("emoji|smil", attributes.get("class", "")):
        reader.append_source(alt)
        return
    start = reader.size
    reader.append(f"[{alt}]")
    reader.spans.append(Span(start, reader.size, "image", attributes.get("src", "").strip()))


# Blocks, before and after which the current text ends


def _rule(reader: _Reader, source: str) -> None:
    if reader.builder.rows is None:
        reader.builder.rule()


def _open_quote(reader: _Reader, source: str) -> None:
    reader.builder.quote += 1


def _close_quote(reader: _Reader) -> None:
    reader.builder.quote = max(reader.builder.quote - 1, 0)


def _open_code(reader: _Reader, source: str) -> None:
    reader.kind = "code"


def _open_heading(level: int) -> Callable[[_Reader, str], None]:
    def begin(reader: _Reader, source: str) -> None:
        if reader.kind != "code":
            reader.kind, reader.level = "heading", level

    return begin


def _to_paragraph(reader: _Reader) -> None:
    reader.kind, reader.level = "paragraph", 0


def _open_numbers(reader: _Reader, source: str) -> None:
    first = _list_number(source, "start")
    reader.builder.open_list(1 if first is None else first)


def _list_number(source: str, attribute: str) -> int | None:
    """A list's number in an attribute: up to nine digits, as in CommonMark."""
    number = parse_attributes(source).get(attribute, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else None


def _open_table(reader: _Reader, source: str) -> None:
    if reader.builder.rows is None:
        reader.builder.rows, reader.header = [], False


def _open_cell(reader: _Reader, source: str) -> None:
    rows = reader.builder.rows
    if rows is not None:
        if not rows:
            rows.append([])
        rows[-1].append(("", []))


def _open_header_cell(reader: _Reader, source: str) -> None:
    _open_cell(reader, source)
    reader.header |= reader.builder.rows is not None and len(reader.builder.rows) == 1


def _close_table(reader: _Reader) -> None:
    if reader.builder.rows is not None:
        reader.builder.close_table(reader.header)


_OPENERS: Final[dict[str, Callable[[_Reader, str], None]]] = {
    **dict.fromkeys(_BREAK_NAMES.split(), lambda reader, source: None),
    "hr": _rule,
    "blockquote": _open_quote,
    "pre": _open_code,
    "ul": lambda reader, source: reader.builder.open_list(None),
    "ol": _open_numbers,
    "li": lambda reader, source: reader.builder.open_item(_list_number(source, "value")),
    "table": _open_table,
    "tr": lambda reader, source: reader.builder.open_row(),
    "td": _open_cell,
    "th": _open_header_cell,
    **{f"h{level}": _open_heading(level) for level in range(1, 7)},
}
_CLOSERS: Final[dict[str, Callable[[_Reader], None]]] = {
    **dict.fromkeys(_BREAK_NAMES.split(), lambda reader: None),
    "blockquote": _close_quote,
    "pre": _to_paragraph,
    "ul": lambda reader: reader.builder.close_list(),
    "ol": lambda reader: reader.builder.close_list(),
    "li": lambda reader: reader.builder.close_item(),
    "table": _close_table,
    **{f"h{level}": _to_paragraph for level in range(1, 7)},
}
