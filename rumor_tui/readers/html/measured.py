"""How much a page's elements say: the one measure by which its article is found.

A page becomes flat columns in pre-order, so that sums over subtrees are loops over integers and nesting costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from . import parts

LEAST: Final = 40
"""Characters of a block below which it is a label and no prose. An ideograph counts for three letters."""

_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


@dataclass(slots=True)
class Measured:
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
        return free >= LEAST and 2 * self.linked[row] < self.text[row]


def measure(root: LexborNode) -> Measured:
    """The columns of a page's body, or of a part of it. What is no text (scripts, buttons) counts nothing."""
    page = Measured()
    _collect(page, root)
    rows = range(len(page.nodes))
    page.own = [page.text[row] - page.linked[row] if page.is_prose(row) else 0 for row in rows]
    page.size = [size - 1 for size in summed(page.parent, [1] * len(rows))]
    page.prose = summed(page.parent, page.own)
    page.text_below = summed(page.parent, page.text)
    page.linked_below = summed(page.parent, page.linked)
    return page


def _collect(page: Measured, root: LexborNode) -> None:
    """Fill the columns that one walk gives: elements, and each text added to the block that it stands in."""
    rows, nodes, parent, tags = page.rows, page.nodes, page.parent, page.tag
    block: list[int] = []
    inside: list[bool] = []
    unseen: list[bool] = []
    hidden = {node.mem_id for node in root.css(parts.HIDDEN)}
    for node in root.traverse(include_text=True):
        tag = node.tag or ""
        if tag.startswith(("-", "!")):
            above = node.parent
            row = rows[above.mem_id] if above is not None else 0
            if tag == "-text" and not unseen[row] and (size := weight(node.text_content or "")):
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
        page.name.append(parts.name_of(tag, attributes) if attributes else "")
        page.role.append((attributes.get("role") or "") if attributes else "")
        page.text.append(0)
        page.linked.append(0)
        inline = up >= 0 and tag in parts.INLINE
        block.append(block[up] if inline else row)
        inside.append(tag == "a" or (up >= 0 and inside[up]))
        unseen.append(tag in parts.UNSEEN or (up >= 0 and unseen[up]))
        page.hidden.append(node.mem_id in hidden)


def weight(text: str) -> int:
    """The characters of a text without the white space around it; three for an ideograph or a kana."""
    text = text.strip()
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def summed(parent: Sequence[int], own: Sequence[int]) -> list[int]:
    """For each row of a tree in pre-order the sum over its subtree."""
    total = list(own)
    for row in range(len(total) - 1, 0, -1):
        total[parent[row]] += total[row]
    return total
