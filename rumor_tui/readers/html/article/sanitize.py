"""A page's element rewritten as plain HTML: paragraphs, headings, lists, quotes, code, tables, links, images.

What only lays out a page (divisions, layout tables, classes) is gone afterwards, so that the result can be split
between any two blocks and each chunk parsed alone, when it comes on screen. No recursion: a page may nest thousands
deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

from selectolax.lexbor import LexborNode

from rumor_tui import links
from rumor_tui.blocks.html import INLINE_ROLES, MAX_OPEN
from rumor_tui.model import Role
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import text_weight

CHUNK: Final = 3_000
"""Characters after which the next block begins a new chunk: about a screen of text."""
_ROLE_TAGS: Final[dict[Role, str]] = {
    "emphasis": "em", "strong": "strong", "strike": "del", "code": "code", "link": "a",
}  # fmt: skip
_INLINE: Final = {tag: _ROLE_TAGS[role] for tag, role in INLINE_ROLES.items()} | {"sup": "sup", "sub": "sub"}
"""Inline elements that are kept, and the elements that they are written as."""
_TEXT_BLOCKS: Final = vocabulary.HEADING_TAGS | {"pre"}
"""Elements whose text is a block other than a paragraph."""
_CONTAINERS: Final = frozenset({"ul", "ol", "li", "blockquote", "tr", "td", "th"})
"""Elements that contain blocks and are kept; rows and cells only in a table of data."""
_WHITE_SPACE: Final = re.compile(r"\s+")
_MIN_IMAGE: Final = 48
"""Pixels of width or height below which an image without a text is an ornament."""
_MAX_CELL: Final = 300
"""Characters in a cell above which a table lays out a page."""
_IMAGE_SOURCES: Final = ("data-src", "data-lazy-src", "data-original", "src")
"""Attributes with an image's address, those of lazily loaded images first."""
_HEADING_ANCHORS: Final = frozenset({"¶", "#", "§", "🔗", "∞"})

_CONTAINER_NAMES: Final = "ul ol dl blockquote table pre div section article figure aside details"
_SPLIT_CONTAINERS: Final = frozenset(_CONTAINER_NAMES.split())
_BLOCK_TAG: Final = re.compile(rf"<(/?)({_CONTAINER_NAMES.replace(' ', '|')}|p|h[1-6]|hr)(?=[\s>/])", re.IGNORECASE)

Skip = Callable[[LexborNode], bool]
"""Tells which elements are left out."""


@dataclass(slots=True)
class ArticleBlock:
    """A top-level block: its HTML, its text alone, the weight of that and of the links in it, and its first tag."""

    html: str
    text: str
    size: int
    linked: int
    kind: str


@dataclass(slots=True)
class _Writer:
    """The current top-level block (`out`, `plain`), in it the current paragraph (`line`), and what is open."""

    base: str
    blocks: list[ArticleBlock] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    closers: list[str] = field(default_factory=list)
    """What ends each open element: `</em>` inline, `h1` a heading, `/ul` a container, `-` a block, "" nothing."""
    containers: int = 0
    anchors: int = 0
    tables: int = 0
    linked: int = 0
    line_has_content: bool = False
    """Whether the current paragraph has a text or an image."""
    block_has_content: bool = False
    kind: str = "p"
    first: str = ""

    def text(self, text: str) -> None:
        """Add text of the page."""
        if self.kind != "pre":
            text = _WHITE_SPACE.sub(" ", text)
        if not self.line_has_content:
            if not text.strip():
                return
            text = text if self.kind == "pre" else text.lstrip()
        self.line_has_content = True
        if self.anchors:
            self.linked += text_weight(text)
        self.plain.append(text)
        self.line.append(escape(text, quote=False))

    def flush(self) -> None:
        """End the current paragraph; what is open inline goes on in the next."""
        if self.line_has_content:
            self.line += [f"</{_tag(opening)}>" for opening in reversed(self.inline)]
            self.out.append(f"<{self.kind}>{''.join(self.line)}</{self.kind}>")
            self.plain.append("\n")
            self.first = self.first or self.kind
            self.block_has_content = True
        self.line, self.line_has_content = list(self.inline), False
        if not self.containers:
            self.end()

    def end(self) -> None:
        """End the current top-level block."""
        if self.block_has_content:
            text = "".join(self.plain).strip()
            self.blocks.append(ArticleBlock("".join(self.out), text, text_weight(text), self.linked, self.first))
        self.out, self.plain, self.linked, self.first, self.block_has_content = [], [], 0, "", False


def _tag(opening: str) -> str:
    return opening[1:].split(" ", 1)[0].rstrip(">")


def sanitize(
    root: LexborNode, base: str, skip: Skip = lambda node: False, captions: Set[int] = frozenset()
) -> list[ArticleBlock]:
    """The blocks of an element without what `skip` leaves out; addresses are absolute if `base` is.

    `captions` are the buttons, by their addresses in lexbor (`mem_id`), that are text.
    """
    writer = _Writer(base)
    for event, node in _events(root, skip, captions):
        if event == "text":
            writer.text(node.text_content or "")
        elif event == "math":
            _formula(writer, node)
        elif event == "open":
            writer.closers.append(_open(writer, node))
        else:
            _close(writer, writer.closers.pop())
    writer.flush()
    return writer.blocks


def _events(
    root: LexborNode, skip: Skip, captions: Set[int]
) -> Iterator[tuple[Literal["open", "close", "text", "math"], LexborNode]]:
    """The starts and ends of the element and those in it, and the texts, in document order."""
    path = [root]
    yield "open", root
    node = root.first_child
    while path:
        if node is None:
            ended = path.pop()
            yield "close", ended
            node = ended.next if path else None
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield "text", node
        elif tag == "math":
            yield "math", node
        elif not (_is_no_text(node, tag, captions) or skip(node) or _is_anchor(node, tag)):
            yield "open", node
            path.append(node)
            node = node.first_child
            continue
        node = node.next


def _is_no_text(node: LexborNode, tag: str, captions: Set[int]) -> bool:
    if tag == "button":
        return node.mem_id not in captions
    return tag.startswith(("-", "!")) or tag in vocabulary.NON_TEXT_TAGS


def _is_anchor(node: LexborNode, tag: str) -> bool:
    """Whether an element is only the sign by which a heading can be linked to."""
    return tag == "a" and node.text().strip() in _HEADING_ANCHORS


def _open(writer: _Writer, node: LexborNode) -> str:
    """Begin an element, and return what ends it (see `_Writer.closers`)."""
    tag = node.tag or ""
    if tag == "br":
        _break(writer)
    elif tag in ("img", "amp-img"):
        _image(writer, node)
    elif tag in _INLINE:
        return _open_inline(writer, node, tag)
    elif tag not in vocabulary.INLINE_TAGS:
        return _open_block(writer, node, tag)
    return ""


def _break(writer: _Writer) -> None:
    if writer.line_has_content:
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
    if tag in _TEXT_BLOCKS and writer.kind == "p":
        writer.kind = tag
        return tag
    if tag == "table" and not writer.tables and is_data_table(node):
        writer.tables += 1
    elif tag not in _CONTAINERS or (tag in ("tr", "td", "th") and not writer.tables):
        return "-"
    writer.containers += 1
    writer.out.append(f"<{tag}{_start(node) if tag == 'ol' else ''}>")
    writer.first = writer.first or tag
    return f"/{tag}"


def _close(writer: _Writer, closer: str) -> None:
    if not closer:
        return
    if closer.startswith("<"):
        # Elements close in the reverse order of opening: the tree was built by the rules of HTML.
        writer.inline.pop()
        writer.line.append(closer)
        writer.anchors -= closer == "</a>"
        return
    writer.flush()
    if closer in _TEXT_BLOCKS:
        writer.kind = "p"
    elif closer.startswith("/"):
        writer.out.append(f"<{closer}>")
        writer.containers -= 1
        writer.tables -= closer == "/table"
        if not writer.containers:
            writer.end()


def _start(node: LexborNode) -> str:
    start = node.attributes.get("start") or ""
    return f' start="{start}"' if start.isascii() and start.isdigit() and len(start) < 10 else ""


def _image(writer: _Writer, node: LexborNode) -> None:
    """Add an image with its text; one without is kept unless it is small, or marked as an ornament."""
    attributes = node.attributes
    alt = attributes.get("alt")
    if alt == "" or (alt is None and _is_small(attributes)):
        return
    addresses = (links.openable(attributes.get(key) or "", writer.base or None) for key in _IMAGE_SOURCES)
    source = next(filter(None, addresses), "")
    alt_attribute = f' alt="{escape(alt)}"' if alt is not None else ""
    emoji_class = ' class="emoji"' if re.search("emoji|smil", attributes.get("class") or "") else ""
    writer.line.append(f'<img{alt_attribute}{emoji_class} src="{escape(source)}">')
    writer.line_has_content = True


def _formula(writer: _Writer, node: LexborNode) -> None:
    """Add a formula as it was typed, where MathML has that, and otherwise its letters."""
    source = node.css_first("annotation")
    formula = " ".join((node.attributes.get("alttext") or (source or node).text()).split())
    if formula and writer.kind != "pre":
        writer.line.append("<code>")
        writer.text(formula)
        writer.line.append("</code>")
    elif formula:
        writer.text(formula)


def _is_small(attributes: dict[str, str | None]) -> bool:
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    return any(size.isascii() and size.isdigit() and int(size[:6]) < _MIN_IMAGE for size in sizes)


def is_data_table(table: LexborNode) -> bool:
    """Whether a table has data, rather than laying out a page."""
    if table.css_first("table table, h1, h2, h3, pre, ul") is not None:
        return False
    if table.css_first("th") is not None:
        return True
    cells = table.css("td")
    rows = table.css("tr")
    if len(rows) < 2 or len(cells) < 2 * len(rows) - 1:
        return False
    return all(len(cell.text().strip()) <= _MAX_CELL for cell in cells)


def split_html(body: str, size: int = CHUNK) -> list[str]:
    """The HTML split before top-level blocks, in chunks of about `size` characters.

    What `extract_article` gives can be split between any two blocks; of other HTML, what is in one block stays whole.
    Nothing is lost: the chunks joined are the body.
    """
    chunks: list[str] = []
    begin = depth = 0
    for tag in _BLOCK_TAG.finditer(body):
        is_container = tag[2].lower() in _SPLIT_CONTAINERS
        if tag[1]:
            depth = max(depth - is_container, 0)
            continue
        if not depth and tag.start() - begin >= size:
            chunks.append(body[begin : tag.start()])
            begin = tag.start()
        depth += is_container
    if body[begin:].strip():
        chunks.append(body[begin:])
    return chunks
