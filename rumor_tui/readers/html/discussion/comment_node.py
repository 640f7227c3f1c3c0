"""One comment of a page while it is analysed: its element, the content that is its own, and the fields found in it.

Comments may nest. A comment's own content is its subtree without the comments inside, as ranges of elements and of
text pieces. Where the elements are only heads, as the terms of a definition list are, the siblings that follow each
belong to it too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

MAX_HEAD_TEXT = 30
"""Characters of text beside names and dates below which an element may be only a head."""
_HEAD_TAGS = frozenset(("dt", "tr", "h2", "h3", "h4"))
"""Elements that may be only the head of a comment, whose text follows in the elements after it."""


@dataclass(slots=True)
class CommentNode:
    """A comment's element, the ranges of elements and of text pieces that are its own, and the fields found in them.

    Numbers are -1 where nothing was found. `date_text` is the date as the page shows it, `date_machine` as the page
    gives it to programs. `asides` are elements inside the body's element that are not part of the text. `html` is the
    body where the page has it only as structured data, without an element.
    """

    number: int
    ranges: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    author: str | None = None
    author_at: int = -1
    date_text: str | None = None
    date_machine: str | None = None
    time_at: int = -1
    body: int = -1
    asides: list[int] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    url: str | None = None
    score: int | None = None
    html: str | None = None

    def own_elements(self) -> Iterator[int]:
        """The numbers of its own elements."""
        for start, end in self.ranges:
            yield from range(start, end)

    def own_pieces(self) -> Iterator[int]:
        """The numbers of its own pieces of text."""
        for start, end in self.pieces:
            yield from range(start, end)

    def own_text_length(self, dom: Dom, number: int, text_before: Sequence[int]) -> int:
        """The length of an element's text without what is inside other comments.

        `text_before` has the length of the counted text before each piece, as `Dom.text_before` has it of all text.
        """
        first, last = dom.first[number], dom.last[number]
        total = 0
        for index in range(max(0, bisect_right(self.pieces, (first, len(text_before))) - 1), len(self.pieces)):
            start, end = self.pieces[index]
            if start >= last:
                break
            if (start := max(start, first)) < (end := min(end, last)):
                total += text_before[end] - text_before[start]
        return total

    def _add(self, start: int, end: int, first: int, last: int) -> None:
        if start < end:
            self.ranges.append((start, end))
        if first < last:
            self.pieces.append((first, last))


def comment_nodes(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> list[CommentNode]:
    """A comment for each of some elements, in document order, each with the content that is its own."""
    if ends := headed_runs(dom, features, members):
        return [
            CommentNode(member, [(member, ends[member])], [(dom.first[member], last_piece(dom, member, ends[member]))])
            for member in members
        ]
    comments = [CommentNode(member) for member in members]
    enclosing: list[tuple[CommentNode, int, int]] = []
    for comment in [*comments, None]:
        while enclosing and (comment is None or comment.number >= dom.end[enclosing[-1][0].number]):
            _close(dom, enclosing)
        if comment is not None:
            if enclosing:
                outer, start, piece = enclosing[-1]
                outer._add(start, comment.number, piece, dom.first[comment.number])
            enclosing.append((comment, comment.number, dom.first[comment.number]))
    return comments


def _close(dom: Dom, enclosing: list[tuple[CommentNode, int, int]]) -> None:
    """End the innermost comment; its parent's own content goes on after it."""
    comment, start, piece = enclosing.pop()
    end, last = dom.end[comment.number], dom.last[comment.number]
    comment._add(start, end, piece, last)
    if enclosing:
        enclosing[-1] = (enclosing[-1][0], end, last)


def is_nested(dom: Dom, members: Sequence[int]) -> bool:
    """Whether some of the elements, which come in document order, contain others of them."""
    return any(after < dom.end[before] for before, after in pairwise(members))


def headed_runs(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> dict[int, int]:
    """For elements that are only heads, the number after the last sibling that belongs to each; else empty.

    A definition list and old tables put a comment's byline in one element and its text in the next.
    """
    if not members or not _are_heads(dom, features, members):
        return {}
    ends = {}
    for member, following in zip(members, [*members[1:], dom.end[dom.parent[members[-1]]]], strict=True):
        end, limit = dom.end[member], min(following, dom.end[dom.parent[member]])
        if dom.tag[member] == "dt":
            while end < limit and dom.tag[end] == "dd":
                end = dom.end[end]
        elif end < limit:
            end = limit if member != members[-1] else dom.end[end]
        ends[member] = end
    return ends


def _are_heads(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether elements have hardly any text beside names and dates, and text may follow each."""
    short = sum(1 for member in members if features.content_length(member) < MAX_HEAD_TEXT)
    if short < 0.8 * len(members) or is_nested(dom, members):
        return False
    return dom.tag[members[0]] in _HEAD_TAGS or _alternate(dom, features, members)


def last_piece(dom: Dom, member: int, end: int) -> int:
    """The number after the last piece of text before the element `end`, within the parent of `member`."""
    before = dom.first[end] if end < len(dom) else len(dom.pieces)
    return min(before, dom.last[dom.parent[member]])


def _alternate(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether elements are siblings, each with a date and followed by text that belongs to none of them."""
    parent = dom.parent[members[0]]
    if len(members) < 2 or any(dom.parent[member] != parent for member in members):
        return False
    content = features.content_before
    next_starts = [*(content[dom.first[member]] for member in members[1:]), content[dom.last[parent]]]
    return all(
        features.count_times(member, dom.end[member]) and next_start > content[dom.last[member]] + 1
        for member, next_start in zip(members, next_starts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class ContentTraits:
    """The numbers of dates, names and actions in an element's own content, and the characters of other text."""

    times: int
    authors: int
    actions: int
    content: int

    @property
    def is_complete(self) -> bool:
        """Whether it has a name, a date and a text."""
        return self.content > 1 and self.times > 0 and self.authors > 0


def content_traits(dom: Dom, features: NodeFeatures, members: Sequence[int]) -> list[ContentTraits]:
    """The traits of each of some elements, in order."""
    times, authors, actions, content = (
        features.times_before,
        features.authors_before,
        features.actions_before,
        features.content_before,
    )
    return [
        ContentTraits(
            sum([times[end] - times[start] for start, end in comment.ranges]),
            sum([authors[end] - authors[start] for start, end in comment.ranges]),
            sum([actions[end] - actions[start] for start, end in comment.ranges]),
            sum([content[last] - content[first] for first, last in comment.pieces]),
        )
        for comment in comment_nodes(dom, features, members)
    ]
