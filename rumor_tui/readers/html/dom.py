"""A parsed page as flat columns in document order: its elements and texts (`Dom`), and its text density.

Element i has a tag, its attributes, its parent's number, and `end[i]`, the number after its last descendant, so that
a subtree is a range, sums over subtrees are loops over integers, and nesting costs nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html import vocabulary

SKIPPED_TAGS = frozenset(
    ("script", "style", "template", "svg", "math", "head", "iframe", "object", "select", "textarea", "link", "canvas")
)
"""Elements whose insides are no text of the page."""

_LABELS = ("id", "data-testid", "data-role", "component", "slot", "data-qa", "data-hook")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FIGURES = re.compile(r"(?<![-_])[-_]*+\d+$|\d+")
_LONGEST_LABEL = 200
"""Characters of an attribute that names may be in."""
_BLANKS = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


@lru_cache(maxsize=8192)
def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Values of attributes as names: without figures, in lower case, parted where their letters rise."""
    bare = " ".join(_FIGURES.sub("", value[:_LONGEST_LABEL]) for value in values)
    return tuple(_CAMEL.sub("-", bare).lower().replace("/", "-").split())


class Dom:
    """The columns. Numbers of elements count from 0, the root."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self.nodes: list[LexborNode] = []
        self.numbers: dict[int, int] = {}
        """The number of each node, by the address that lexbor has it at."""
        self.tag: list[str] = []
        self.attrs: list[dict[str, Any]] = []
        self.parent = array("i")
        self.pieces: list[str] = []
        self.owner = array("i")
        """For each text piece, the element that it stands in directly."""
        self.first = array("i")
        """For each element, the number of the first text piece after its start."""
        self._walk(tree)
        self.end = self._ends()
        self.last = self._lasts()
        """For each element, the number after its last text piece."""

    def _walk(self, tree: LexborHTMLParser) -> None:
        root = tree.root
        if root is None:
            return
        numbers = self.numbers
        nodes, tags, attrs, parents, first = self.nodes, self.tag, self.attrs, self.parent, self.first
        pieces, owner = self.pieces, self.owner
        for node in root.traverse(include_text=True):
            tag = node.tag or ""
            above = node.parent
            owner_number = numbers.get(above.mem_id, -1) if above is not None else -1
            if owner_number < 0 and nodes:
                continue
            if tag == "-text":
                text = node.text_content
                if text and not text.isspace():
                    pieces.append(text)
                    owner.append(owner_number)
            elif tag not in SKIPPED_TAGS and tag[:1] not in "-!":
                numbers[node.mem_id] = len(nodes)
                nodes.append(node)
                tags.append(tag)
                attrs.append(node.attributes)
                parents.append(owner_number)
                first.append(len(pieces))

    def _ends(self) -> array[int]:
        end = array("i", range(1, len(self.nodes) + 1))
        for number in range(len(self.nodes) - 1, 0, -1):
            above = self.parent[number]
            end[above] = max(end[above], end[number])
        return end

    def _lasts(self) -> array[int]:
        last = array("i", self.first)
        for piece, owner in enumerate(self.owner):
            last[owner] = piece + 1
        for number in range(len(self.nodes) - 1, 0, -1):
            above = self.parent[number]
            last[above] = max(last[above], last[number])
        return last

    def __len__(self) -> int:
        return len(self.nodes)

    # Text

    def text(self, number: int) -> str:
        """The text of an element, blanks folded."""
        found = self.pieces[self.first[number] : self.last[number]]
        return _BLANKS.sub(" ", " ".join(found)).strip()

    def short_text(self, number: int, most: int = 120) -> str:
        """The text of an element when it is no longer than `most` characters, else nothing."""
        start, end = self.first[number], self.last[number]
        if end - start > 12 or self.letters[end] - self.letters[start] > most:
            return ""
        return self.text(number)

    @cached_property
    def letters(self) -> list[int]:
        """The length of the text before each piece: differences are lengths of ranges."""
        return [0, *accumulate(len(piece.strip()) for piece in self.pieces)]

    def size(self, number: int) -> int:
        """How many characters of text an element holds."""
        return self.letters[self.last[number]] - self.letters[self.first[number]]

    # Attributes

    @cached_property
    def names(self) -> list[tuple[str, ...]]:
        """The class tokens of each element, in lower case."""
        known: dict[str, tuple[str, ...]] = {"": ()}
        columns = []
        for attrs in self.attrs:
            written = attrs.get("class") or ""
            tokens = known.get(written)
            if tokens is None:
                tokens = known[written] = tuple(dict.fromkeys(_CAMEL.sub("-", written).lower().split()))
            columns.append(tokens)
        return columns

    def labels(self, number: int) -> tuple[str, ...]:
        """What an element is called: its class tokens, its identifier without figures, and its role in programs."""
        attrs = self.attrs[number]
        if not attrs:
            return ()
        told = tuple(value for name in _LABELS if (value := attrs.get(name)))
        return (*self.names[number], *_split(told)) if told else self.names[number]

    def attribute(self, number: int, name: str) -> str:
        """An attribute's value, or an empty string."""
        return self.attrs[number].get(name) or ""

    def hidden(self, number: int) -> bool:
        """Whether an element says of itself that it is not shown."""
        attrs = self.attrs[number]
        return "hidden" in attrs or bool(_HIDDEN.search(attrs.get("style") or ""))

    @cached_property
    def depth(self) -> array[int]:
        """How many elements are around each."""
        depths = array("i", [0]) * len(self.nodes)
        for number in range(1, len(self.nodes)):
            depths[number] = depths[self.parent[number]] + 1
        return depths

    def inside(self, number: int, outer: int) -> bool:
        """Whether an element is another one, or stands in it."""
        return outer <= number < self.end[outer]


MIN_PROSE: Final = 40
"""Characters of a block below which it is a label and no prose. An ideograph counts for three letters."""

_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


@dataclass(slots=True)
class TextDensity:
    """The elements of a page in pre-order, with what each says.

    `text` and `linked` are the characters of an element's own text, inline elements included, and those of them in
    links; they stand at the block that holds them and are zero elsewhere. `own` is what of that is prose, and `prose`
    the sum of it over the subtree; `linked_below` and `text_below` are sums over everything. `size` counts the
    elements below.
    """

    nodes: list[LexborNode] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    text: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    text_below: list[int] = field(default_factory=list)
    linked_below: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    """Whether an element is marked as not shown."""
    rows: dict[int, int] = field(default_factory=dict)
    """The row of an element by its `mem_id`."""

    def children(self, row: int) -> Iterator[int]:
        """The rows of an element's children."""
        at, end = row + 1, row + self.size[row] + 1
        while at < end:
            yield at
            at += self.size[at] + 1

    def is_prose(self, row: int) -> bool:
        """Whether a block says something in its own text, rather than to name or to link."""
        free = self.text[row] - self.linked[row]
        return free >= MIN_PROSE and 2 * self.linked[row] < self.text[row]


def measure_density(root: LexborNode) -> TextDensity:
    """The columns of a page's body, or of a part of it. What is no text (scripts, buttons) counts nothing."""
    page = TextDensity()
    _collect(page, root)
    rows = range(len(page.nodes))
    page.own = [page.text[row] - page.linked[row] if page.is_prose(row) else 0 for row in rows]
    page.size = [size - 1 for size in subtree_sums(page.parent, [1] * len(rows))]
    page.prose = subtree_sums(page.parent, page.own)
    page.text_below = subtree_sums(page.parent, page.text)
    page.linked_below = subtree_sums(page.parent, page.linked)
    return page


def _collect(page: TextDensity, root: LexborNode) -> None:
    """Fill the columns that one walk gives: elements, and each text added to the block that it stands in."""
    rows, nodes, parent, tags = page.rows, page.nodes, page.parent, page.tag
    block: list[int] = []
    inside: list[bool] = []
    unseen: list[bool] = []
    hidden = {node.mem_id for node in root.css(vocabulary.HIDDEN_SELECTOR)}
    for node in root.traverse(include_text=True):
        tag = node.tag or ""
        if tag.startswith(("-", "!")):
            above = node.parent
            row = rows[above.mem_id] if above is not None else 0
            if tag == "-text" and not unseen[row] and (size := text_weight(node.text_content or "")):
                page.text[block[row]] += size
                if inside[row]:
                    page.linked[block[row]] += size
            continue
        above = node.parent if nodes else None
        up = rows[above.mem_id] if above is not None else -1
        row = rows[node.mem_id] = len(nodes)
        nodes.append(node)
        parent.append(up)
        tags.append(tag)
        attributes = node.attributes
        page.name.append(vocabulary.element_name(tag, attributes) if attributes else "")
        page.role.append((attributes.get("role") or "") if attributes else "")
        page.text.append(0)
        page.linked.append(0)
        inline = up >= 0 and tag in vocabulary.INLINE_TAGS
        block.append(block[up] if inline else row)
        inside.append(tag == "a" or (up >= 0 and inside[up]))
        unseen.append(tag in vocabulary.NON_TEXT_TAGS or (up >= 0 and unseen[up]))
        page.hidden.append(node.mem_id in hidden)


def text_weight(text: str) -> int:
    """The characters of a text without the white space around it; three for an ideograph or a kana."""
    text = text.strip()
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def subtree_sums(parent: Sequence[int], own: Sequence[int]) -> list[int]:
    """For each row of a tree in pre-order the sum over its subtree."""
    total = list(own)
    for row in range(len(total) - 1, 0, -1):
        total[parent[row]] += total[row]
    return total
