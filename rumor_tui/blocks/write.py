"""Blocks written out again, for export: as plain text and as HTML. `write_markdown.py` has the third form.

A block tells how many quotes are around it and how far it is indented, but not whether a quote stands in a list or a
list in a quote. The writers need one nesting that fits (`container_paths`); where several do, they read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import Final, TypeAlias

from rumor_tui.model import Block, Role, Span
from rumor_tui.text import cell_len

Path = tuple[str, ...]
"""The containers around a block, outermost first: a list item's marker, or ">" for a quote."""
QUOTE = ">"


def container_paths(blocks: Sequence[Block]) -> Iterator[tuple[int, Path]]:
    """For each block, how many of the previous block's containers continue, and the whole path."""
    path: Path = ()
    for index, block in enumerate(blocks):
        cells = outer_indent(block)
        items = []
        for marker in block.marker.split():
            cells += marker_width(marker)
            items.append((marker, _shared_quotes(blocks, index, cells)))
        kept = _kept(path, outer_indent(block), items[0][1] if items else block.quote)
        path = path[:kept]
        quotes = path.count(QUOTE)
        for marker, shared in items:
            path += (QUOTE,) * (shared - quotes) + (marker,)
            quotes = max(quotes, shared)
        path += (QUOTE,) * (block.quote - quotes)
        yield kept, path


def marker_width(marker: str) -> int:
    """The cells by which an item's text is indented."""
    return len(marker) + 1


def outer_indent(block: Block) -> int:
    """The indentation of the containers around the block's own items."""
    return block.indent - sum(map(marker_width, block.marker.split()))


def _shared_quotes(blocks: Sequence[Block], index: int, indent: int) -> int:
    """The number of quotes around the whole item of this indent that begins with the block at `index`."""
    least = blocks[index].quote
    for at in range(index + 1, len(blocks)) if least else ():
        block = blocks[at]
        if outer_indent(block) < indent:
            break
        least = min(least, block.quote)
    return least


def _kept(path: Path, indent: int, quotes: int) -> int:
    """The length of the longest prefix of a path with at most this indentation and this number of quotes."""
    best = cells = quote_count = 0
    deepest = 0
    for index, container in enumerate(path, 1):
        if container == QUOTE:
            quote_count += 1
        else:
            cells += marker_width(container)
        if quote_count > quotes or cells > indent:
            break
        if cells >= deepest:
            best, deepest = index, cells
    return best


_TAGS: Final[dict[Role, str]] = {"emphasis": "em", "strong": "strong", "strike": "s", "code": "code"}
_RULE: Final = "-" * 20
_LOOKS_QUOTED: Final = re.compile(r"((?:\A|\n)\s*(?:<[^<>]*>\s*)*)(?=&gt;)")
"""The beginning of a line of HTML whose text begins with ">"."""
_NO_QUOTE: Final = "&#8288;"
"""The word joiner, which is not seen: before a ">" that does not stand for a quote, as it does in `blocks.html`."""
_WEB: Final = ("http://", "https://")

AddressFilter: TypeAlias = Callable[[str], str | None]
"""Returns the form of an address that may be opened, or None: see `links.openable`."""


def to_text(blocks: Sequence[Block]) -> str:
    """The blocks as plain text, with markers, indentation and "> "; list items follow without an empty line.

    The web address of a link follows its text, unless it is the text.
    """
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if index:
            close = block.marker and blocks[index - 1].indent and block.quote == blocks[index - 1].quote
            parts.append("\n" if close else "\n\n")
        parts.append("\n".join(_text_lines(block)))
    return "".join(parts)


def _text_lines(block: Block) -> Iterator[str]:
    lead = f"{block.marker} ".rjust(block.indent) if block.marker else " " * block.indent
    for line in _shown(block).split("\n"):
        yield (">" * block.quote + " " * bool(block.quote) + lead + line).rstrip()
        lead = " " * block.indent


def _shown(block: Block) -> str:
    if block.kind == "rule":
        return _RULE
    text, at = block.text, 0
    parts: list[str] = []
    for span in block.spans:
        if span.role == "link" and span.target.lower().startswith(_WEB) and text[span.start : span.end] != span.target:
            parts += text[at : span.end], f" <{span.target}>"
            at = span.end
    text = "".join(parts) + text[at:]
    return _columns(text) if block.kind == "table" else text


def _columns(text: str) -> str:
    """The rows of a table with aligned columns."""
    rows = [row.split("\t") for row in text.split("\n")]
    widths = [max(map(cell_len, column)) for column in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        " | ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def no_address(address: str) -> str | None:
    """An `AddressFilter` that rejects every address."""
    return None


def to_html(blocks: Sequence[Block], openable: AddressFilter = no_address) -> str:
    """The blocks as HTML, with everything escaped; links and images lead only to addresses that `openable` accepts."""
    parts: list[str] = []
    path: Path = ()
    for block, (kept, new) in zip(blocks, container_paths(blocks), strict=True):
        again = len(path) > kept < len(new) and QUOTE not in (path[kept], new[kept]) and _follows(path[kept], new[kept])
        parts += _closed(path, kept, again), _opened(new, kept, again), _element(block, openable), "\n"
        path = new
    parts.append(_closed(path, 0, False))
    return "".join(parts).strip()


def _follows(marker: str, after: str) -> bool:
    """Whether an item continues the list of the item before it."""
    return marker == after == "•" or (marker != "•" != after and int(after[:-1]) == int(marker[:-1]) + 1)


def _closed(path: Path, kept: int, again: bool) -> str:
    ends = [_end(container) for container in path[kept:]]
    if again:
        ends[0] = "</li>"
    return "".join(f"{end}\n" for end in reversed(ends))


def _end(container: str) -> str:
    if container == QUOTE:
        return "</blockquote>"
    return "</li></ul>" if container == "•" else "</li></ol>"


def _opened(path: Path, kept: int, again: bool) -> str:
    starts = [_start(container) for container in path[kept:]]
    if again:
        starts[0] = "<li>"
    return "".join(starts)


def _start(container: str) -> str:
    if container == QUOTE:
        return "<blockquote>"
    if container == "•":
        return "<ul><li>"
    return "<ol><li>" if container == "1." else f'<ol start="{escape(container[:-1])}"><li>'


def _element(block: Block, openable: AddressFilter) -> str:
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "code":
        return f"<pre><code>{escape(block.text)}</code></pre>"
    inner = _inline(block, openable)
    if block.kind == "heading":
        level = min(max(block.level, 1), 6)
        return f"<h{level}>{inner}</h{level}>"
    if block.kind == "table":
        return _table(inner, bool(block.level))
    if "&gt;" in inner:
        inner = _LOOKS_QUOTED.sub(rf"\1{_NO_QUOTE}", inner)
    return "<p>" + inner.replace("\n", "<br>\n") + "</p>"


def _table(inner: str, header: bool) -> str:
    rows = []
    for index, row in enumerate(inner.split("\n")):
        tag = "th" if header and not index else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("\t")) + "</tr>")
    return "<table>" + "\n".join(rows) + "</table>"


def _inline(block: Block, openable: AddressFilter) -> str:
    """The text with its spans as elements: they nest, so each closes before the one around it."""
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    at = 0

    def text_to(place: int) -> None:
        nonlocal at
        while opened and opened[-1][0] <= place:
            end, tag = opened.pop()
            parts.extend((escape(block.text[at:end], quote=False), tag))
            at = max(at, end)
        parts.append(escape(block.text[at:place], quote=False))
        at = max(at, place)

    for span in block.spans:
        start, end = _element_of(span, openable)
        text_to(span.start)
        if start:
            parts.append(start)
            opened.append((span.end, end))
    text_to(len(block.text))
    return "".join(parts)


def _element_of(span: Span, openable: AddressFilter) -> tuple[str, str]:
    """The tags around a span; empty for a link that `openable` rejects."""
    if tag := _TAGS.get(span.role):
        return f"<{tag}>", f"</{tag}>"
    if span.role in ("link", "image") and (address := openable(span.target)):
        return f'<a href="{escape(address)}" rel="nofollow noopener">', "</a>"
    return "", ""
