"""HTML bodies of comments: read tag by tag, with no tree and no recursion, so that nesting costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.blocks.builder import BlockBuilder, Cell
from rumor_tui.blocks.html_tokens import parse_attributes, tokenize
from rumor_tui.blocks.plain import QUOTE_SIGNS
from rumor_tui.blocks.spans import clip_spans, edit_text, shift_spans
from rumor_tui.model import Block, BlockKind, Role, Span

MAX_OPEN: Final = 16
"""Inline elements that may be open at once; those inside are read as text alone."""

_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_QUOTED_LINE: Final = re.compile(r"^\s*>", re.MULTILINE)

_INLINE: Final[dict[str, Role]] = {
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "emphasis"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "a": "link",
}
_PARTS: Final = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "aside",
        "main",
        "header",
        "footer",
        "nav",
        "figure",
        "figcaption",
        "address",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "form",
        "fieldset",
        "center",
        "head",
        "body",
        "html",
        "caption",
        "thead",
        "tbody",
        "tfoot",
    )
)
"""Elements that only part paragraphs."""


@dataclass(slots=True)
class _Open:
    """An inline element that is open since `start` of the text under way."""

    tag: str
    role: Role
    start: int
    target: str = ""


@dataclass(slots=True)
class _Reader:
    """The text under way, the inline elements open in it, and the page that it goes to."""

    page: BlockBuilder = field(default_factory=BlockBuilder)
    parts: list[str] = field(default_factory=list)
    size: int = 0
    last: str = ""
    spans: list[Span] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    header: bool = False
    """Whether the table under way has headings in its first row."""

    def add(self, text: str) -> None:
        """Append text as it is."""
        if not text:
            return
        self.parts.append(text)
        self.size += len(text)
        self.last = text[-1]

    def words(self, text: str) -> None:
        """Append text of the page, its white space folded unless it is preformatted."""
        if self.kind != "code":
            text = _WHITE.sub(" ", text)
            if not self.size or self.last in " \n":
                text = text.removeprefix(" ")
        self.add(text)

    def take(self) -> Cell:
        """The text under way and its spans; what is open goes on in the next block."""
        text = "".join(self.parts)
        outer = {element.role: element for element in reversed(self.opened)}.values()
        spans = self.spans + [Span(o.start, self.size, o.role, o.target) for o in outer]
        self.parts, self.size, self.last, self.spans = [], 0, "", []
        for element in self.opened:
            element.start = 0
        return text, spans

    def flush(self) -> None:
        """End the block under way."""
        if not self.size:
            return
        text, spans = self.take()
        if self.page.rows is not None:
            _into_cell(self.page, text, spans)
        elif self.kind == "paragraph" and ">" in text and _QUOTED_LINE.search(text):
            _quoted_lines(self.page, text, spans)
        else:
            self.page.emit(self.kind, text, spans, self.level)


def parse_html(body: str) -> list[Block]:
    """The blocks of an HTML fragment, or of a page."""
    reader = _Reader()
    for what, name, source in tokenize(body):
        if what == "text":
            reader.words(name)
        elif what == "open":
            _open(reader, name, source)
        else:
            _close(reader, name)
    _end_table(reader)
    return reader.page.out


def _into_cell(page: BlockBuilder, text: str, spans: list[Span]) -> None:
    """Add text to the last cell of the table's last row; text outside cells makes one."""
    rows = page.rows
    if rows is None or not text.strip():
        return
    if not rows:
        rows.append([])
    if not rows[-1]:
        rows[-1].append(("", []))
    old, kept = rows[-1][-1]
    text = re.sub(r"[\t\n\r]", " ", text)
    rows[-1][-1] = (f"{old} {text}", kept + shift_spans(spans, len(old) + 1)) if old else (text, spans)


def _quoted_lines(page: BlockBuilder, text: str, spans: list[Span]) -> None:
    """Lines that start with ">" are quotes, as people write them where a site has none."""
    around = page.quote
    for depth, start, end in _by_depth(text):
        page.quote = around + depth
        page.emit("paragraph", *_unsigned(text[start:end], clip_spans(spans, start, end)))
    page.quote = around


def _by_depth(text: str) -> Iterator[tuple[int, int, int]]:
    """Runs of lines with as many ">" before them: (how many, start, end)."""
    at = begin = depth = 0
    for line in text.splitlines(keepends=True):
        match = QUOTE_SIGNS.match(line)
        here = match[0].count(">") if match else 0
        if here != depth:
            if at > begin:
                yield depth, begin, at
            begin, depth = at, here
        at += len(line)
    yield depth, begin, at


def _unsigned(text: str, spans: list[Span]) -> Cell:
    """The lines without the ">" before them."""
    edits = []
    at = 0
    for line in text.splitlines(keepends=True):
        if match := QUOTE_SIGNS.match(line):
            edits.append((at, at + match.end(), ""))
        at += len(line)
    return edit_text(text, spans, edits)


def _open(reader: _Reader, name: str, source: str) -> None:
    if name in _INLINE:
        _open_inline(reader, name, source)
    elif name in _OPENERS:
        _OPENERS[name](reader, source)
    elif name in _PARTS:
        reader.flush()


def _close(reader: _Reader, name: str) -> None:
    if name in _INLINE:
        _close_inline(reader, name)
    elif name in _CLOSERS:
        _CLOSERS[name](reader)
    elif name in _PARTS:
        reader.flush()


def _open_inline(reader: _Reader, name: str, source: str) -> None:
    target = ""
    if name == "a":
        _close_inline(reader, name)
        target = parse_attributes(source).get("href", "").strip()
    if (target or name != "a") and len(reader.opened) < MAX_OPEN:
        reader.opened.append(_Open(name, _INLINE[name], reader.size, target))


def _close_inline(reader: _Reader, name: str) -> None:
    for nth in range(len(reader.opened) - 1, -1, -1):
        if reader.opened[nth].tag == name:
            element = reader.opened.pop(nth)
            if name == "a" and reader.last and reader.last in ".…":
                _whole_address(reader, element)
            if reader.size > element.start:
                reader.spans.append(Span(element.start, reader.size, element.role, element.target))
            return


def _whole_address(reader: _Reader, element: _Open) -> None:
    """Show the whole address where the page shows only its beginning and dots, as Hacker News does."""
    if reader.size - element.start > len(element.target) + 3:
        return
    nth, before = last_parts(reader.parts, reader.size - element.start)
    text = "".join(reader.parts[nth:])
    if is_shortened_address(text[before:], element.target):
        reader.parts[nth:] = [text[:before], element.target] if before else [element.target]
        reader.size = element.start + len(element.target)


def last_parts(parts: Sequence[str], size: int) -> tuple[int, int]:
    """From which part on the last `size` characters stand, and how many characters of it are before them."""
    nth = len(parts)
    while size > 0 and nth:
        nth -= 1
        size -= len(parts[nth])
    return nth, -size


def is_shortened_address(shown: str, target: str) -> bool:
    """Whether the text of a link is the beginning of its address and an ellipsis."""
    short = shown.removesuffix("...").removesuffix("…")
    return short != shown and "://" in short and target.startswith(short)


def _break(reader: _Reader, source: str) -> None:
    """A line break; two in a row end the paragraph."""
    if reader.kind == "code":
        reader.add("\n")
    elif reader.last == "\n":
        reader.flush()
    elif reader.size:
        reader.add("\n")


def _rule(reader: _Reader, source: str) -> None:
    reader.flush()
    if reader.page.rows is None:
        reader.page.rule()


def _image(reader: _Reader, source: str) -> None:
    """An image's text in brackets; none if it is marked as an ornament; an emoji is itself."""
    found = parse_attributes(source)
    alt = " ".join(found.get("alt", "image").split())
    if not alt:
        return
    if re.search("emoji|smil", found.get("class", "")):
        reader.words(alt)
        return
    start = reader.size
    reader.add(f"[{alt}]")
    reader.spans.append(Span(start, reader.size, "image", found.get("src", "").strip()))


def _quote(reader: _Reader, source: str) -> None:
    reader.flush()
    reader.page.quote += 1


def _end_quote(reader: _Reader) -> None:
    reader.flush()
    reader.page.quote = max(reader.page.quote - 1, 0)


def _pre(reader: _Reader, source: str) -> None:
    reader.flush()
    reader.kind = "code"


def _end_kind(reader: _Reader) -> None:
    reader.flush()
    reader.kind, reader.level = "paragraph", 0


def _heading(level: int) -> Callable[[_Reader, str], None]:
    def begin(reader: _Reader, source: str) -> None:
        reader.flush()
        if reader.kind != "code":
            reader.kind, reader.level = "heading", level

    return begin


def _bullets(reader: _Reader, source: str) -> None:
    reader.flush()
    reader.page.open_list(None)


def _numbers(reader: _Reader, source: str) -> None:
    reader.flush()
    first = _number(parse_attributes(source).get("start", ""))
    reader.page.open_list(1 if first is None else first)


def _number(written: str) -> int | None:
    """A list's number: up to nine digits, as in CommonMark."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else None


def _end_list(reader: _Reader) -> None:
    reader.flush()
    reader.page.close_list()


def _item(reader: _Reader, source: str) -> None:
    reader.flush()
    reader.page.open_item(_number(parse_attributes(source).get("value", "")))


def _end_item(reader: _Reader) -> None:
    reader.flush()
    reader.page.close_item()


def _table(reader: _Reader, source: str) -> None:
    reader.flush()
    if reader.page.rows is None:
        reader.page.rows, reader.header = [], False


def _row(reader: _Reader, source: str) -> None:
    reader.flush()
    reader.page.open_row()


def _data(reader: _Reader, source: str) -> None:
    reader.flush()
    rows = reader.page.rows
    if rows is not None:
        if not rows:
            rows.append([])
        rows[-1].append(("", []))


def _header(reader: _Reader, source: str) -> None:
    _data(reader, source)
    reader.header |= reader.page.rows is not None and len(reader.page.rows) == 1


def _end_table(reader: _Reader) -> None:
    reader.flush()
    if reader.page.rows is not None:
        reader.page.close_table(reader.header)


def _flush(reader: _Reader) -> None:
    reader.flush()


_OPENERS: Final[dict[str, Callable[[_Reader, str], None]]] = {
    "br": _break,
    "hr": _rule,
    "img": _image,
    "blockquote": _quote,
    "pre": _pre,
    "ul": _bullets,
    "ol": _numbers,
    "li": _item,
    "table": _table,
    "tr": _row,
    "td": _data,
    "th": _header,
    **{f"h{level}": _heading(level) for level in range(1, 7)},
}
_CLOSERS: Final[dict[str, Callable[[_Reader], None]]] = {
    "blockquote": _end_quote,
    "pre": _end_kind,
    "ul": _end_list,
    "ol": _end_list,
    "li": _end_item,
    "table": _end_table,
    "tr": _flush,
    "td": _flush,
    "th": _flush,
    **{f"h{level}": _end_kind for level in range(1, 7)},
}
