"""A page's element rewritten as plain HTML: paragraphs, headings, lists, quotes, code, tables, links, images.

What only lays out a page (divisions, layout tables, classes) is gone afterwards, so that the result can be split
between any two blocks and each chunk parsed alone, when it comes on screen. No recursion: a page may nest thousands
deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

from selectolax.lexbor import LexborNode

from rumor_tui import links
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import text_weight

MAX_OPEN: Final = 16
"""Inline elements that may be open at once; those inside are read as text alone, as in `blocks.html`."""

_INLINE: Final = {
    "a": "a",
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("s", "del", "strike"), "del"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
"""Inline elements that mean something to a reader, and as what they are written."""

_KINDS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre"})
"""Elements whose text is another kind of block than a paragraph."""

_HOLDERS: Final = frozenset({"ul", "ol", "li", "blockquote", "tr", "td", "th"})
"""Elements that hold blocks and are kept; rows and cells only in a table of data."""

_WHITE: Final = re.compile(r"\s+")
_SMALLEST: Final = 48
"""Pixels of width or height below which an image without a text is an ornament."""

_LONGEST_CELL: Final = 300
"""Characters in a cell beyond which a table lays out a page."""

_SOURCES: Final = ("data-src", "data-lazy-src", "data-original", "src")
"""Where an image's address stands, those first that are given to images which load late."""

_SIGNS: Final = frozenset({"¶", "#", "§", "🔗", "∞"})

Skip = Callable[[LexborNode], bool]


@dataclass(slots=True)
class ArticleBlock:
    """A block at the top level: its HTML, its text alone, the weight of that and of its links, and its first tag."""

    html: str
    text: str
    size: int
    linked: int
    kind: str


@dataclass(slots=True)
class _Writer:
    """The top-level block under way (`out`, `plain`), in it the paragraph under way (`line`), and what is open."""

    base: str
    parts: list[ArticleBlock] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    closers: list[str] = field(default_factory=list)
    """For each open element what closing it does: `</em>` inline, `ul` a holder, `-` a block, nothing at all."""
    holders: int = 0
    anchors: int = 0
    tables: int = 0
    linked: int = 0
    says: bool = False
    """Whether the paragraph under way has a text or an image."""
    full: bool = False
    """Whether the top-level block under way has."""
    kind: str = "p"
    first: str = ""

    def text(self, written: str) -> None:
        """Text of the page."""
        if self.kind != "pre":
            written = _WHITE.sub(" ", written)
        if not self.says:
            if not written.strip():
                return
            written = written if self.kind == "pre" else written.lstrip()
        self.says = True
        if self.anchors:
            self.linked += text_weight(written)
        self.plain.append(written)
        self.line.append(escape(written, quote=False))

    def flush(self) -> None:
        """End the paragraph under way; what is open inline goes on in the next."""
        if self.says:
            self.line += [f"</{_tag(opening)}>" for opening in reversed(self.inline)]
            self.out.append(f"<{self.kind}>{''.join(self.line)}</{self.kind}>")
            self.plain.append("\n")
            self.first = self.first or self.kind
            self.full = True
        self.line, self.says = list(self.inline), False
        if not self.holders:
            self.end()

    def end(self) -> None:
        """End the top-level block under way."""
        if self.full:
            text = "".join(self.plain).strip()
            self.parts.append(ArticleBlock("".join(self.out), text, text_weight(text), self.linked, self.first))
        self.out, self.plain, self.linked, self.first, self.full = [], [], 0, "", False


def _tag(opening: str) -> str:
    return opening[1:].split(" ", 1)[0].rstrip(">")


def sanitize(root: LexborNode, base: str, skip: Skip) -> list[ArticleBlock]:
    """The blocks of an element but for what `skip` says; addresses are absolute if `base` is."""
    writer = _Writer(base)
    for what, node in _events(root, skip):
        if what == "text":
            writer.text(node.text_content or "")
        elif what == "math":
            _formula(writer, node)
        elif what == "open":
            writer.closers.append(_open(writer, node))
        else:
            _close(writer, writer.closers.pop())
    writer.flush()
    return writer.parts


def _events(root: LexborNode, skip: Skip) -> Iterator[tuple[Literal["open", "close", "text", "math"], LexborNode]]:
    """The element, and the elements and texts below it, opening and closing, in order."""
    path = [root]
    yield "open", root
    node = root.first_child
    while path:
        if node is None:
            done = path.pop()
            yield "close", done
            node = done.next if path else None
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield "text", node
        elif tag == "math":
            yield "math", node
        elif not (tag.startswith(("-", "!")) or tag in vocabulary.NON_TEXT_TAGS or skip(node) or _is_anchor(node, tag)):
            yield "open", node
            path.append(node)
            node = node.first_child
            continue
        node = node.next


def _is_anchor(node: LexborNode, tag: str) -> bool:
    """Whether an element is only the sign by which a heading can be linked to."""
    return tag == "a" and node.text().strip() in _SIGNS


def _open(writer: _Writer, node: LexborNode) -> str:
    """Begin an element; the answer is what closing it does."""
    tag = node.tag or ""
    if tag == "br":
        _break(writer)
    elif tag in ("img", "amp-img"):
        _image(writer, node)
    elif tag in _INLINE:
        return _open_inline(writer, node, tag)
    elif tag in vocabulary.INLINE_TAGS:
        return ""
    else:
        return _open_block(writer, node, tag)
    return ""


def _break(writer: _Writer) -> None:
    if writer.says:
        writer.line.append("\n" if writer.kind == "pre" else "<br>")
        writer.plain.append("\n")


def _open_inline(writer: _Writer, node: LexborNode, tag: str) -> str:
    if writer.kind == "pre" or len(writer.inline) >= MAX_OPEN:
        return ""
    opening = f"<{_INLINE[tag]}>"
    if tag == "a":
        target = links.openable(node.attributes.get("href") or "", writer.base or None)
        if target is None:
            return ""
        opening = f'<a href="{escape(target)}">'
        writer.anchors += 1
    writer.inline.append(opening)
    writer.line.append(opening)
    return f"</{_INLINE[tag]}>"


def _open_block(writer: _Writer, node: LexborNode, tag: str) -> str:
    writer.flush()
    if tag in _KINDS and writer.kind == "p":
        writer.kind = tag
        return tag
    if tag == "table" and not writer.tables and is_data_table(node):
        writer.tables += 1
    elif tag not in _HOLDERS or (tag in ("tr", "td", "th") and not writer.tables):
        return "-"
    writer.holders += 1
    writer.out.append(f"<{tag}{_start(node) if tag == 'ol' else ''}>")
    writer.first = writer.first or tag
    return f"/{tag}"


def _close(writer: _Writer, closer: str) -> None:
    if not closer:
        return
    if closer.startswith("<"):
        # Elements close in the order in which they opened: the tree was built by the rules of HTML.
        writer.inline.pop()
        writer.line.append(closer)
        writer.anchors -= closer == "</a>"
        return
    writer.flush()
    if closer in _KINDS:
        writer.kind = "p"
    elif closer.startswith("/"):
        writer.out.append(f"<{closer}>")
        writer.holders -= 1
        writer.tables -= closer == "/table"
        if not writer.holders:
            writer.end()


def _start(node: LexborNode) -> str:
    first = node.attributes.get("start") or ""
    return f' start="{first}"' if first.isascii() and first.isdigit() and len(first) < 10 else ""


def _image(writer: _Writer, node: LexborNode) -> None:
    """An image with its text; one without is kept unless it is small, or marked as an ornament."""
    found = node.attributes
    alt, source = found.get("alt"), ""
    if alt == "" or (alt is None and _is_small(found)):
        return
    for key in _SOURCES:
        source = links.openable(found.get(key) or "", writer.base or None) or source
        if source:
            break
    written = f' alt="{escape(alt)}"' if alt is not None else ""
    kind = ' class="emoji"' if re.search("emoji|smil", found.get("class") or "") else ""
    writer.line.append(f'<img{written}{kind} src="{escape(source)}">')
    writer.says = True


def _formula(writer: _Writer, node: LexborNode) -> None:
    """A formula as it was typed, where MathML tells that, and else its letters."""
    typed = node.css_first("annotation")
    written = " ".join((node.attributes.get("alttext") or (typed or node).text()).split())
    if written and writer.kind != "pre":
        writer.line.append("<code>")
        writer.text(written)
        writer.line.append("</code>")
    elif written:
        writer.text(written)


def _is_small(found: dict[str, str | None]) -> bool:
    sizes = [found.get("width") or "", found.get("height") or ""]
    return any(size.isascii() and size.isdigit() and int(size[:6]) < _SMALLEST for size in sizes)


def is_data_table(table: LexborNode) -> bool:
    """Whether a table holds data, rather than laying out a page."""
    if table.css_first("table table, h1, h2, h3, pre, ul") is not None:
        return False
    if table.css_first("th") is not None:
        return True
    cells = table.css("td")
    rows = table.css("tr")
    if len(rows) < 2 or len(cells) < 2 * len(rows) - 1:
        return False
    return all(len(cell.text().strip()) <= _LONGEST_CELL for cell in cells)


CHUNK: Final = 3_000
"""Characters after which the next block begins a new piece: about a screen of text."""

_CONTAINER_NAMES: Final = "ul ol dl blockquote table pre div section article figure aside details"
_BLOCK_TAG: Final = re.compile(rf"<(/?)({'|'.join(_CONTAINER_NAMES.split())}|p|h[1-6]|hr)(?=[\s>/])", re.IGNORECASE)
_CONTAINERS: Final = frozenset(_CONTAINER_NAMES.split())


def split_html(body: str, size: int = CHUNK) -> list[str]:
    """The HTML cut before blocks at its top level, in pieces of about `size` characters.

    What `article.extract` gives is cut wherever it may be; of other HTML, what has a block round it all stays whole.
    Nothing is lost: the pieces joined are the body.
    """
    found: list[str] = []
    begin = depth = 0
    for tag in _BLOCK_TAG.finditer(body):
        holder = tag[2].lower() in _CONTAINERS
        if tag[1]:
            depth = max(depth - holder, 0)
            continue
        if not depth and tag.start() - begin >= size:
            found.append(body[begin : tag.start()])
            begin = tag.start()
        depth += holder
    if body[begin:].strip():
        found.append(body[begin:])
    return found
