"""One comment of a page while it is analysed: its element, the content that is its own, and the fields found in it.

Comments may nest. A comment's own content is its subtree without the comments inside, as ranges of elements and of
text pieces. Where the elements are only heads, as the terms of a definition list are, the siblings that follow each
belong to it too; where the head stands before the element, it is attached to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom


@dataclass(slots=True)
class CommentNode:
    """A comment's element, the ranges of elements and of text pieces that are its own, and what was found in them.

    `written` is the date as the page shows it, `moment` as the page tells it to programs. `aside` are elements inside
    the body's that are none of it. Numbers are -1 where nothing was found. `told` is the body as HTML where the page
    tells it to programs alone, and has no element for it.
    """

    number: int
    ranges: list[tuple[int, int]]
    pieces: list[tuple[int, int]]
    author: str | None = None
    author_at: int = -1
    written: str | None = None
    moment: str | None = None
    time_at: int = -1
    body: int = -1
    aside: list[int] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    url: str | None = None
    score: int | None = None
    told: str | None = None

    def own(self) -> Iterator[int]:
        """The numbers of its own elements."""
        for start, end in self.ranges:
            yield from range(start, end)

    def own_pieces(self) -> Iterator[int]:
        """The numbers of its own pieces of text."""
        for start, end in self.pieces:
            yield from range(start, end)


def children(page: Dom, number: int) -> Iterator[int]:
    """The numbers of an element's children."""
    child, end = number + 1, page.end[number]
    while child < end:
        yield child
        child = page.end[child]


def text_length(page: Dom, signs: NodeFeatures, number: int) -> int:
    """The length of an element's text that is no name, date or label."""
    return signs.loud[page.last[number]] - signs.loud[page.first[number]]


def own_text_length(page: Dom, unit: CommentNode, number: int, lengths: list[int]) -> int:
    """The length of an element's text, by running lengths of pieces, without what is inside other units."""
    first, last = page.first[number], page.last[number]
    total = 0
    for place in range(max(0, bisect_right(unit.pieces, (first, len(lengths))) - 1), len(unit.pieces)):
        start, end = unit.pieces[place]
        if start >= last:
            break
        if (a := max(start, first)) < (b := min(end, last)):
            total += lengths[b] - lengths[a]
    return total


def is_hidden_within(page: Dom, number: int, outer: int) -> bool:
    """Whether an element, or one around it inside an outer one, is not shown."""
    while number > outer:
        if page.hidden(number):
            return True
        number = page.parent[number]
    return False


MAX_HEAD_TEXT = 30
"""Characters of text beside names and dates, below which an element may be only a head."""
_LED = frozenset(("dt", "tr", "h2", "h3", "h4"))
"""Elements that may be only the head of a comment, whose text follows in the elements after it."""


def headed_runs(page: Dom, signs: NodeFeatures, members: Sequence[int]) -> dict[int, int]:
    """For members that are only heads, the number after the last sibling that belongs to each; else nothing.

    A definition list and old tables put a comment's byline in one element and its text in the next.
    """
    if not members or any(b < page.end[a] for a, b in pairwise(members)):
        return {}
    silent = sum(1 for one in members if text_length(page, signs, one) < MAX_HEAD_TEXT)
    if silent < 0.8 * len(members) or not (page.tag[members[0]] in _LED or _alternate(page, signs, members)):
        return {}
    ends = {}
    for member, following in zip(members, [*members[1:], page.end[page.parent[members[-1]]]], strict=True):
        limit = min(following, page.end[page.parent[member]])
        end = page.end[member]
        if page.tag[member] == "dt":
            while end < limit and page.tag[end] == "dd":
                end = page.end[end]
        elif end < limit:
            end = limit if following < limit or member != members[-1] else page.end[end]
        ends[member] = max(end, page.end[member])
    return ends


def last_piece(page: Dom, member: int, end: int) -> int:
    """The number after the last piece of text before an element, in what a member stands in."""
    before = page.first[end] if end < len(page) else len(page.pieces)
    return min(before, page.last[page.parent[member]])


def _alternate(page: Dom, signs: NodeFeatures, members: Sequence[int]) -> bool:
    """Whether members stand in one element, each with a date and with text after it that is none of theirs."""
    if len(members) < 2 or any(page.parent[one] != page.parent[members[0]] for one in members):
        return False
    last = signs.loud[page.last[page.parent[members[0]]]]
    after = [*(signs.loud[page.first[one]] for one in members[1:]), last]
    return all(
        signs.times[page.end[one]] > signs.times[one] and end > signs.loud[page.last[one]] + 1
        for one, end in zip(members, after, strict=True)
    )


@dataclass(slots=True)
class OwnContent:
    """What is a member's own: its subtree without the members inside, as ranges of elements and of text pieces."""

    number: int
    ranges: list[tuple[int, int]]
    pieces: list[tuple[int, int]]


def own_contents(page: Dom, signs: NodeFeatures, members: Sequence[int]) -> list[OwnContent]:
    """Each member's own share, in order; with what follows it where members are only heads."""
    ends = headed_runs(page, signs, members)
    if ends:
        return [
            OwnContent(member, [(member, ends[member])], [(page.first[member], last_piece(page, member, ends[member]))])
            for member in members
        ]
    found = [OwnContent(member, [], []) for member in members]
    open_shares: list[tuple[OwnContent, int, int]] = []
    for share in [*found, None]:
        while open_shares and (share is None or share.number >= page.end[open_shares[-1][0].number]):
            _close_share(page, open_shares)
        if share is not None:
            if open_shares:
                above, start, piece = open_shares[-1]
                _add(above, start, share.number, piece, page.first[share.number])
            open_shares.append((share, share.number, page.first[share.number]))
    return found


def attach_preceding_head(page: Dom, signs: NodeFeatures, found: Sequence[OwnContent]) -> None:
    """Give shares the element before each where all dates stand there: some forums put the head beside a post."""
    if sum(1 for one in found if _dates(signs, one.ranges)) > 0.3 * len(found):
        return
    members = {one.number for one in found}
    before = [_before(page, one.number) for one in found]
    heads = [
        (one, head)
        for one, head in zip(found, before, strict=True)
        if head > 0 and head not in members and _dates(signs, [(head, page.end[head])])
    ]
    if len(heads) >= 0.8 * len(found):
        for one, head in heads:
            one.ranges.insert(0, (head, page.end[head]))
            one.pieces.insert(0, (page.first[head], page.last[head]))


def _dates(signs: NodeFeatures, ranges: Iterable[tuple[int, int]]) -> int:
    return sum(signs.times[end] - signs.times[start] for start, end in ranges)


def _before(page: Dom, number: int) -> int:
    """The element before one, in the same; 0 for none."""
    found, above = number - 1, page.parent[number]
    while found > above and page.parent[found] != above:
        found = page.parent[found]
    return found if found > above else 0


def _close_share(page: Dom, open_shares: list[tuple[OwnContent, int, int]]) -> None:
    share, start, piece = open_shares.pop()
    _add(share, start, page.end[share.number], piece, page.last[share.number])
    if open_shares:
        above = open_shares[-1][0]
        open_shares[-1] = (above, page.end[share.number], page.last[share.number])


def _add(share: OwnContent, start: int, end: int, first: int, last: int) -> None:
    if start < end:
        share.ranges.append((start, end))
    if first < last:
        share.pieces.append((first, last))


@dataclass(frozen=True, slots=True)
class ContentTraits:
    """What is a member's own: how many dates, names, actions, and characters of text that is none of these."""

    times: int
    authors: int
    actions: int
    letters: int


def content_traits(page: Dom, signs: NodeFeatures, members: Sequence[int]) -> list[ContentTraits]:
    """The traits of each member, in order."""
    found = []
    for share in own_contents(page, signs, members):
        times = sum(signs.times[end] - signs.times[start] for start, end in share.ranges)
        authors = sum(signs.authors[end] - signs.authors[start] for start, end in share.ranges)
        actions = sum(signs.actions[end] - signs.actions[start] for start, end in share.ranges)
        letters = sum(signs.loud[last] - signs.loud[first] for first, last in share.pieces)
        found.append(ContentTraits(times, authors, actions, letters))
    return found
