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

from rumor_tui.readers.html import metadata, vocabulary

SKIPPED_TAGS = frozenset(
    ("script", "style", "template", "svg", "math", "head", "iframe", "object", "select", "textarea", "link", "canvas")
)
"""Elements whose content is not text of the page."""
MIN_PROSE: Final = 40
"""Characters of a block below which it is a label rather than prose. An ideograph counts as three letters."""
_CONTROLS: Final = ("aria-controls", "data-target", "data-bs-target")
"""Attributes of buttons with the identifier of what they show and hide."""
_CAPTION_TAGS: Final = vocabulary.HEADING_TAGS | {"dt", "summary"}
"""Elements that say what is below them."""
_MAX_CAPTION_LEVELS: Final = 3
"""Ancestors of a button among which the heading that it makes up is looked for."""
_OPENER: Final = frozenset(("aria-expanded", *_CONTROLS))
"""Attributes of buttons that open a panel."""
_MAX_BEFORE_PANEL_TEXT: Final = 6
"""Elements of a panel among which its first paragraph is."""
_PANEL_ROLES: Final = ("tabpanel", "region")
_LABELS = ("id", "data-testid", "data-role", "component", "slot", "data-qa", "data-hook")
_LABELS_SET: Final = frozenset(_LABELS)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"(?<![-_])[-_]*+\d+$|\d+")
_MAX_LABEL = 200
"""Characters of an attribute that are searched for names."""
_MAX_CLASSES = 20_000
"""Characters of a class attribute that are looked at."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


@lru_cache(maxsize=8192)
def _split_labels(values: tuple[str, ...]) -> tuple[str, ...]:
    """Attribute values as names: without digits, in lower case, camel case split."""
    without_digits = " ".join(_DIGITS.sub("", value[:_MAX_LABEL]) for value in values)
    return tuple(_CAMEL.sub("-", without_digits).lower().replace("/", "-").split())


def _split_classes(value: str) -> tuple[str, ...]:
    """The tokens of a class attribute; nobody calls anything by a longer name than `_MAX_LABEL`."""
    tokens = _CAMEL.sub("-", value[:_MAX_CLASSES]).lower().split()
    return tuple(dict.fromkeys(tokens if len(value) <= _MAX_LABEL else [token[:_MAX_LABEL] for token in tokens]))


class Dom:
    """The elements and text pieces of a page as columns; element 0 is the root.

    Text pieces are numbered in document order too: those of element i are `pieces[first[i]:last[i]]`. What is never
    shown (scripts, styles, drawings, heads) is left out.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self.memo: dict[str, Any] = {}
        """What functions of the whole page have found already, by their names."""
        self.nodes: list[LexborNode] = []
        self.numbers: dict[int, int] = {}
        """The number of each node, by its address in lexbor (`mem_id`)."""
        self.tag: list[str] = []
        self.attrs: list[dict[str, Any]] = []
        self.parent = array("i")
        self.pieces: list[str] = []
        self.owner = array("i")
        """For each text piece, the element that directly contains it."""
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
            parent_node = node.parent
            parent = numbers.get(parent_node.mem_id, -1) if parent_node is not None else -1
            if parent < 0 and nodes:
                continue
            if tag == "-text":
                text = node.text_content
                if text and not text.isspace():
                    pieces.append(text)
                    owner.append(parent)
            elif tag not in SKIPPED_TAGS and tag[:1] not in "-!":
                numbers[node.mem_id] = len(nodes)
                nodes.append(node)
                tags.append(tag)
                attrs.append(node.attributes)
                parents.append(parent)
                first.append(len(pieces))

    def _ends(self) -> array[int]:
        end = array("i", range(1, len(self.nodes) + 1))
        for number in range(len(self.nodes) - 1, 0, -1):
            parent = self.parent[number]
            end[parent] = max(end[parent], end[number])
        return end

    def _lasts(self) -> array[int]:
        last = array("i", self.first)
        for piece, owner in enumerate(self.owner):
            last[owner] = piece + 1
        for number in range(len(self.nodes) - 1, 0, -1):
            parent = self.parent[number]
            last[parent] = max(last[parent], last[number])
        return last

    def __len__(self) -> int:
        return len(self.nodes)

    # Structure

    @cached_property
    def depth(self) -> array[int]:
        """The number of ancestors of each element."""
        depths = array("i", [0]) * len(self.nodes)
        for number in range(1, len(self.nodes)):
            depths[number] = depths[self.parent[number]] + 1
        return depths

    def children(self, number: int) -> Iterator[int]:
        """The numbers of an element's children."""
        child, end = number + 1, self.end[number]
        while child < end:
            yield child
            child = self.end[child]

    def contains(self, outer: int, number: int) -> bool:
        """Whether `number` is the element `outer` or a descendant of it."""
        return outer <= number < self.end[outer]

    def is_below(self, outer: int, number: int) -> bool:
        """Whether `number` is a descendant of the element `outer`."""
        return outer < number < self.end[outer]

    # Text

    def text(self, number: int) -> str:
        """The text of an element, white space folded."""
        pieces = self.pieces[self.first[number] : self.last[number]]
        return " ".join(" ".join(pieces).split())

    def short_text(self, number: int, limit: int = 120) -> str:
        """The text of an element if it is no longer than `limit` characters, else an empty string."""
        start, end = self.first[number], self.last[number]
        if end - start > 12 or self.text_before[end] - self.text_before[start] > limit:
            return ""
        return self.text(number)

    @cached_property
    def text_before(self) -> list[int]:
        """The length of the text before each piece; differences are lengths of ranges."""
        return [0, *accumulate(len(piece.strip()) for piece in self.pieces)]

    @cached_property
    def weights(self) -> list[int]:
        """The weight of each text piece."""
        return list(map(text_weight, self.pieces))

    def text_length(self, number: int) -> int:
        """The number of characters of text in an element."""
        return self.text_before[self.last[number]] - self.text_before[self.first[number]]

    # Attributes

    @cached_property
    def classes(self) -> list[tuple[str, ...]]:
        """The class tokens of each element, in lower case."""
        cache: dict[str, tuple[str, ...]] = {"": ()}
        columns = []
        for attrs in self.attrs:
            value = attrs.get("class") or ""
            tokens = cache.get(value)
            if tokens is None:
                tokens = cache[value] = _split_classes(value)
            columns.append(tokens)
        return columns

    def labels(self, number: int) -> tuple[str, ...]:
        """What an element is called: its class tokens, its identifier without digits, and its role for scripts."""
        return self._all_labels[number]

    @cached_property
    def _all_labels(self) -> list[tuple[str, ...]]:
        labels = list(self.classes)
        for number, attrs in enumerate(self.attrs):
            if attrs and not _LABELS_SET.isdisjoint(attrs):
                values = tuple(value for name in _LABELS if (value := attrs.get(name)))
                labels[number] = (*labels[number], *_split_labels(values))
        return labels

    def attribute(self, number: int, name: str) -> str:
        """An attribute's value, or an empty string."""
        return self.attrs[number].get(name) or ""

    def select_attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that a CSS selector selects, heads included, or an empty string."""
        node = self.tree.css_first(selector)
        return (node.attributes.get(name) or "") if node is not None else ""

    def is_hidden(self, number: int) -> bool:
        """Whether an element's own attributes hide it."""
        attrs = self.attrs[number]
        return "hidden" in attrs or ("style" in attrs and bool(_HIDDEN.search(attrs["style"] or "")))

    @cached_property
    def names(self) -> list[str]:
        """For each element its classes, item property and, of a box, its identifier, separated by blanks."""
        return [vocabulary.element_name(tag, attrs) for tag, attrs in zip(self.tag, self.attrs, strict=True)]

    @cached_property
    def unseen(self) -> list[bool]:
        """Whether an element is marked as not shown, by one of many signs.

        A panel that a button opens (of an accordion, of tabs) is shown on demand, and so is text.
        """
        unseen = [False] * len(self.nodes)
        panels = {value for attrs in self.attrs for name in _CONTROLS if (value := attrs.get(name))}
        for node in self.tree.css(vocabulary.HIDDEN_SELECTOR):
            if (number := self.numbers.get(node.mem_id)) is None:
                continue
            attrs = self.attrs[number]
            unseen[number] = attrs.get("id") not in panels and attrs.get("role") not in _PANEL_ROLES
        return unseen

    @cached_property
    def no_text(self) -> list[bool]:
        """Whether what an element contains is not text: a video, a field, a button that is no caption."""
        return [
            tag in vocabulary.NON_TEXT_TAGS and not (tag == "button" and self._is_caption(number))
            for number, tag in enumerate(self.tag)
        ]

    def _is_caption(self, button: int) -> bool:
        """Whether a button says what is below it, as in accordions: it is a heading's text, or opens what follows."""
        around = self.parent[button]
        for _ in range(_MAX_CAPTION_LEVELS):
            if around > 0 and self.tag[around] in _CAPTION_TAGS:
                return 0 < self.text_length(around) <= 2 * self.text_length(button)
            around = self.parent[around] if around > 0 else 0
        panel = self.end[button]
        attrs = self.attrs[button]
        is_opener = not _OPENER.isdisjoint(attrs) or "accordion" in (attrs.get("class") or "")
        if not is_opener or panel >= len(self) or self.parent[panel] != self.parent[button]:
            return False
        inside = range(panel, min(panel + _MAX_BEFORE_PANEL_TEXT, self.end[panel]))
        return any(self.tag[number] == "p" and self.text_length(number) >= MIN_PROSE for number in inside)

    @cached_property
    def head(self) -> metadata.PageHead:
        """The page's metadata."""
        return metadata.read_head(self.tree)

    @cached_property
    def density(self) -> TextDensity:
        """The text density of the whole page."""
        return measure_density(self)

    def is_hidden_within(self, number: int, outer: int) -> bool:
        """Whether an element is hidden by itself or by an ancestor of it below `outer`."""
        while number > outer:
            if self.is_hidden(number):
                return True
            number = self.parent[number]
        return False


@dataclass(slots=True)
class TextDensity:
    """How much text the elements of a page have, by which its article is found: columns by the numbers of a `Dom`.

    `text` and `linked` are the characters of an element's own text, inline elements included, and those of them in
    links; they are attributed to the enclosing block and are zero elsewhere. `own_prose` is what of that is prose, and
    `prose` its sum over the subtree; `linked_below` and `text_below` are sums over everything. What is `excluded` (the
    comments) counts nothing.
    """

    dom: Dom
    excluded: Sequence[bool]
    text: list[int]
    linked: list[int]
    own_prose: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    text_below: list[int] = field(default_factory=list)
    linked_below: list[int] = field(default_factory=list)
    boilerplate: list[bool] | None = None
    """Which elements are boilerplate, once that has been found out."""

    def subtree(self, number: int) -> range:
        """The numbers of an element and its descendants."""
        return range(number, self.dom.end[number])

    def is_prose(self, number: int) -> bool:
        """Whether a block's own text is prose, rather than a label or a link."""
        return self.text[number] - self.linked[number] >= MIN_PROSE and 2 * self.linked[number] < self.text[number]


def measure_density(dom: Dom, excluded: Sequence[bool] = ()) -> TextDensity:
    """The text density of a page. What is not text (buttons, videos), or is `excluded`, counts nothing."""
    numbers = range(len(dom))
    density = TextDensity(dom, excluded or [False] * len(dom), [0] * len(dom), [0] * len(dom))
    _add_texts(density)
    density.own_prose = [density.text[row] - density.linked[row] if density.is_prose(row) else 0 for row in numbers]
    density.prose = subtree_sums(dom.parent, density.own_prose)
    density.text_below = subtree_sums(dom.parent, density.text)
    density.linked_below = subtree_sums(dom.parent, density.linked)
    return density


def _add_texts(density: TextDensity) -> None:
    """Add the weight of each text piece to the block that contains it."""
    dom = density.dom
    block, in_link = [0], [False]
    is_text = [not skip for skip in density.excluded]
    for number, tag in enumerate(dom.tag[1:], 1):
        parent = dom.parent[number]
        block.append(block[parent] if tag in vocabulary.INLINE_TAGS else number)
        in_link.append(tag == "a" or in_link[parent])
        is_text[number] &= is_text[parent] and not dom.no_text[number]
    for number, weight in zip(dom.owner, dom.weights, strict=True):
        if is_text[number]:
            density.text[block[number]] += weight
            density.linked[block[number]] += weight * in_link[number]


def text_weight(text: str) -> int:
    """The characters of a text without the white space around it; an ideograph or a kana counts as three."""
    text = text.strip()
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def subtree_sums(parent: Sequence[int], own: Sequence[int]) -> list[int]:
    """For each row of a tree in pre-order the sum over its subtree."""
    total = list(own)
    for row in range(len(total) - 1, 0, -1):
        total[parent[row]] += total[row]
    return total
