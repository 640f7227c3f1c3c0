"""A web page as flat columns: its elements in document order, and its text between them.

Element i has a tag, its attributes, its parent's number, and `end[i]`, the number after its last descendant, so that
a subtree is a range. Text pieces are numbered in document order too: those of element i are
`pieces[first[i]:last[i]]`. What is never shown (scripts, styles, drawings, heads) is left out.
"""

from __future__ import annotations

import re
from array import array
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

SKIPPED = frozenset(
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


class Page:
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
            elif tag not in SKIPPED and tag[:1] not in "-!":
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
