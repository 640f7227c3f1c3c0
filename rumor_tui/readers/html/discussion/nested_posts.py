"""Comments of another kind inside comments: remarks on an answer, an owner's response to a review.

They stand below the text of what they answer, each with a name, a date and a text of its own, so that both they and
the comment around them are whole without the other. Quotations, profiles and edit notes are not.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import groupby
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import comment_nodes
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.discussion.fields import find_signature
from rumor_tui.readers.html.dom import Dom

MIN_TEXT: Final = 20
"""The mean length of nested comments' texts; what is shorter is a note on an edit, or a list of who liked it."""
MIN_SHARE: Final = 0.8
"""The share of similar elements that must be such comments."""
MAX_TRIED: Final = 4
"""Groups of similar elements whose names are looked for."""


def add_nested_posts(
    dom: Dom, features: NodeFeatures, members: Sequence[int], groups: Mapping[str, Sequence[int]]
) -> tuple[int, ...]:
    """The members of the discussion and, in document order, the comments of another kind in them.

    `groups` are the similar elements of the page by their key; one alone counts if that is a name of comments. Those
    of the chosen group outside the members are comments too.
    """
    around = _members_around(dom, members)
    ranked = []
    for key, numbers in groups.items():
        inside = [number for number in numbers if around[number] not in (-1, number)]
        if not inside or not _are_below_texts(features, members, inside, around):
            continue
        texts = [features.content_length(number) for number in numbers if _is_dated(dom, features, number, around)]
        named = vocabulary.COMMENT_NAME.search(key) and not vocabulary.NOT_COMMENT_NAME.search(key)
        least = max(1 if named else 2, MIN_SHARE * len(numbers))
        if len(texts) >= least and sum(texts) >= MIN_TEXT * len(texts):
            ranked.append((len(texts), sum(texts), dom.depth[inside[0]], least, numbers))
    for *_, least, numbers in nlargest(MAX_TRIED, ranked):
        signed = [number for number in numbers if _is_signed(dom, features, number, around)]
        if len(signed) >= least and any(around[number] >= 0 for number in signed):
            return tuple(sorted({*members, *signed}))
    return tuple(members)


def _members_around(dom: Dom, members: Sequence[int]) -> array[int]:
    """For each element the innermost member that it is or is in; -1 for none."""
    around = array("i", [-1]) * len(dom)
    for member in members:
        around[member : dom.end[member]] = array("i", [member]) * (dom.end[member] - member)
    return around


def _are_below_texts(
    features: NodeFeatures, members: Sequence[int], inside: Sequence[int], around: Sequence[int]
) -> bool:
    """Whether in each member the name, the date and most of the text are before the first of some elements in it."""
    dom, content = features.dom, features.content_before
    for member, group in groupby(inside, around.__getitem__):
        parts = list(group)
        if not (features.count_authors(member, parts[0]) and features.count_times(member, parts[0])):
            return False
        following = bisect_right(members, parts[-1])
        end = dom.last[member]
        if following < len(members):
            end = min(end, dom.first[members[following]])
        before = content[dom.first[parts[0]]] - content[dom.first[member]]
        if before <= max(1, content[end] - content[dom.last[parts[-1]]]):
            return False
    return True


def _is_dated(dom: Dom, features: NodeFeatures, number: int, around: Sequence[int]) -> bool:
    """Whether an element, which contains no member, has one date and a text."""
    end = dom.end[number]
    return (
        features.count_times(number, end) == 1
        and features.content_length(number) > 1
        and around[number] == around[end - 1] != number
    )


def _is_signed(dom: Dom, features: NodeFeatures, number: int, around: Sequence[int]) -> bool:
    """Whether an element with a date has a name too, and is no note on an edit and no short form of what is around."""
    if not _is_dated(dom, features, number, around) or vocabulary.OTHER_DATE.search(dom.short_text(number, 60)):
        return False
    (post,) = comment_nodes(dom, features, [number])
    find_signature(dom, features, post)
    if post.author is None or post.time_at < 0:
        return False
    before = range(dom.first[around[number]], dom.first[number]) if around[number] >= 0 else ()
    texts = {dom.pieces[piece].strip() for piece in before}
    return not texts.issuperset((post.author, dom.text(post.time_at).strip()))
