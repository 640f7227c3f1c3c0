"""The discussion of a page: its comments with their fields, who answers whom, and which of them is the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rumor_tui.model import Confidence
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.body import find_deleted_notice
from rumor_tui.readers.html.discussion.candidates import find_comment_group
from rumor_tui.readers.html.discussion.comment_node import CommentNode, comment_nodes
from rumor_tui.readers.html.discussion.features import NodeFeatures, find_features
from rumor_tui.readers.html.discussion.fields import fill_fields
from rumor_tui.readers.html.discussion.opening_post import find_opening_post
from rumor_tui.readers.html.discussion.parents import common_container, find_parents
from rumor_tui.readers.html.discussion.platforms import (
    PLATFORMS,
    Platform,
    detect_platform,
    fill_from_platform,
    select_numbers,
)
from rumor_tui.readers.html.discussion.signed_text import find_signed_comments
from rumor_tui.readers.html.dom import Dom

MAX_WRAPPER: Final = 24
"""Characters of the labels that an element around several comments has of its own."""
MIN_REPEATED: Final = 20
"""Characters of a text that nobody writes twice at the same time."""


@dataclass(slots=True)
class Discussion:
    """The comments in document order; for each, the index of the one that it answers; and how certain that is.

    `opening` is the post that the page is about, where one of the posts is that: it is not among the comments.
    """

    comments: list[CommentNode]
    parents: list[int | None]
    confidence: Confidence
    opening: CommentNode | None = None


def find_discussion(dom: Dom, platforms: Sequence[Platform] = PLATFORMS) -> Discussion:
    """The discussion of a page, with what the table of platforms has on it; the general heuristics need no table."""
    signed, answered = find_signed_comments(dom)
    if signed:
        return Discussion(signed, answered, "structural")
    features = find_features(dom)
    platform = detect_platform(dom, platforms) or Platform()
    selected = select_numbers(dom, platform.comment)
    members = selected or _found_elements(dom, features)
    if not members:
        return _structured_discussion(dom)
    comments = comment_nodes(dom, features, members)
    fill_from_platform(dom, platform, comments)
    fill_fields(dom, features, comments)
    parents, confidence = find_parents(dom, comments)
    repeated = _find_repeated(dom, comments)
    parents = [parent if parent is None else repeated.get(parent, parent) for parent in parents]
    kept = _comment_indices(dom, features, comments, parents, mixed=not selected)
    kept = [index for index in kept if index not in repeated]
    parents = _without_wrappers(dom, comments, parents, kept)
    opening = None if platform.apart else find_opening_post(dom, features, [comments[index] for index in kept])
    if kept and opening is comments[kept[0]]:
        del kept[0]
    return Discussion([comments[index] for index in kept], _reindexed(parents, kept), confidence, opening)


def _found_elements(dom: Dom, features: NodeFeatures) -> Sequence[int]:
    """The elements that are comments by the general heuristics."""
    group = find_comment_group(dom, features)
    return group.members if group else ()


def _structured_discussion(dom: Dom) -> Discussion:
    """The discussion that the page has as structured data, where it shows none."""
    from rumor_tui.readers.html.discussion.json_ld import find_json_ld_comments

    comments, parents = find_json_ld_comments(dom)
    return Discussion(comments, parents, "explicit")


def _comment_indices(
    dom: Dom,
    features: NodeFeatures,
    comments: Sequence[CommentNode],
    parents: Sequence[int | None],
    *,
    mixed: bool,
) -> list[int]:
    """The indices of those that are comments: stubs and rows of other things are not, unless they are answered.

    `mixed` is whether elements of another kind than the rest may be among them.
    """
    answered = set(parents)
    are_signed = sum(1 for comment in comments if comment.author is not None) >= 0.8 * len(comments)
    return [
        index
        for index, comment in enumerate(comments)
        if not _is_empty(dom, features, comment)
        and not (mixed and index not in answered and _is_unsigned(dom, features, comment, are_signed))
    ]


def _find_repeated(dom: Dom, comments: Sequence[CommentNode]) -> dict[int, int]:
    """The comments that come again, with the place of the last: news sites show the best liked above all of them."""
    places: dict[tuple[str, str | None, str], int] = {}
    repeated = {}
    for index, comment in enumerate(comments):
        key = (comment.ids[0] if comment.ids else "", comment.author, dom.text(comment.body))
        if key[0] and len(key[2]) >= MIN_REPEATED and key in places:
            repeated[places[key]] = index
        places[key] = index
    return repeated


def _without_wrappers(
    dom: Dom, comments: Sequence[CommentNode], parents: Sequence[int | None], kept: Sequence[int]
) -> list[int | None]:
    """The parents where a thread's wrapper stands among comments: the first comment in it is what the others answer."""
    places = {dom.parent[comments[index].number] for index in kept}
    wrappers = set(range(len(comments))).difference(kept)
    first: dict[int, int] = {}
    result: list[int | None] = []
    for index, parent in enumerate(parents):
        if parent in wrappers and dom.parent[comments[parent].number] in places:
            result.append(first.get(parent, parents[parent]))
            first.setdefault(parent, index)
        else:
            result.append(parent)
    return result


def _is_empty(dom: Dom, features: NodeFeatures, comment: CommentNode) -> bool:
    """Whether a comment is a stub or only around others: it has neither a name nor a date nor a text."""
    if comment.author is not None or comment.time_at >= 0 or find_deleted_notice(dom, comment) >= 0:
        return False
    is_wrapper = len(comment.ranges) > 1 or (comment.ranges and comment.ranges[0][1] < dom.end[comment.number])
    return comment.own_text_length(dom, comment.number, features.content_before) <= (MAX_WRAPPER if is_wrapper else 1)


def _is_unsigned(dom: Dom, features: NodeFeatures, comment: CommentNode, are_signed: bool) -> bool:
    """Whether a comment that was not deleted lacks a name where nearly all `are_signed`, or has no byline at all.

    One that can be answered is a comment, as those of members who have left are.
    """
    has_byline = comment.time_at >= 0 or any(features.is_author[number] for number in comment.own_elements())
    has_name = comment.author is not None or any(features.is_action[number] for number in comment.own_elements())
    if has_byline and (has_name or not are_signed):
        return False
    return not vocabulary.DELETED_NOTICE.search(dom.short_text(comment.body, 200))


def _reindexed(parents: Sequence[int | None], kept: Sequence[int]) -> list[int | None]:
    """The parents of the comments that are kept, by their new indices; a removed parent is replaced by its own."""
    new_index = {index: new for new, index in enumerate(kept)}
    result: list[int | None] = []
    for index in kept:
        parent, steps = parents[index], 0
        while parent is not None and parent not in new_index and steps < len(parents):
            parent, steps = parents[parent], steps + 1
        result.append(None if parent is None else new_index.get(parent))
    return result


def find_container(dom: Dom, comments: Sequence[CommentNode]) -> int:
    """The smallest element that contains all the comments and is none of them; 0 without comments."""
    return common_container(dom, comments) if comments and comments[0].html is None else 0


def outermost_elements(dom: Dom, comment: CommentNode) -> Iterator[int]:
    """A comment's element, and the siblings after it that belong to it."""
    number, end = comment.number, comment.ranges[-1][1] if comment.ranges else dom.end[comment.number]
    while number < max(end, comment.number + 1):
        yield number
        number = dom.end[number]
