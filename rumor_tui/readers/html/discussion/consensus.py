"""What the comments of a page have in common: the kind of element that is the body, or the author, in most of them.

Where classes say nothing, as in pages with generated ones, a name is what stands in the same place in every comment,
is short, differs from one to the next, and comes before the text; and the body is what has most of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.author import clean_author
from rumor_tui.readers.html.discussion.body import find_deleted_notice
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.dom import Dom

MIN_COMMENTS: Final = 2
"""Comments that are needed for a consensus."""
MIN_SHARE: Final = 0.6
"""The share of comments that must have a kind of element for it to be common."""
MIN_MISSING: Final = 0.25
"""The share of comments without an author for one to be looked for by its place."""
MAX_ELEMENTS: Final = 200
"""Elements of a comment that are looked at."""
MAX_NAME: Final = 40
"""Characters of a name that is recognised by its place alone."""
MAX_SLACK: Final = 8
"""Characters of labels and figures that may be outside a body."""

ElementKind = tuple[str, ...]
ElementsByComment = dict[int, int]
"""For the index of a comment, the number of its element of some kind."""


def apply_consensus(dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode]) -> None:
    """Change the bodies and authors of comments for which another kind of element was found than for most."""
    if len(comments) < MIN_COMMENTS:
        return
    _unify_bodies(dom, comments)
    many = MIN_SHARE * len(comments)
    authors_missing = sum(1 for comment in comments if comment.author is None) >= MIN_MISSING * len(comments)
    bodies_unclear = sum(1 for comment in comments if _is_unclear(dom, comment)) >= many
    if not authors_missing and not bodies_unclear:
        return
    kinds = _common_kinds(dom, comments)
    if authors_missing:
        _learn_authors(dom, features, comments, kinds)
    if bodies_unclear:
        _learn_bodies(dom, features, comments, kinds)


def element_kind(dom: Dom, number: int) -> ElementKind:
    """An element's tag and its classes, without those that alternate between rows."""
    names = (name for name in dom.classes[number] if not vocabulary.ALTERNATING_NAME.fullmatch(name))
    return (dom.tag[number], *names)


def _is_unclear(dom: Dom, comment: CommentNode) -> bool:
    """Whether a comment's body is all of it, with its byline."""
    return comment.body == comment.number or dom.is_below(comment.body, comment.time_at)


def _unify_bodies(dom: Dom, comments: Sequence[CommentNode]) -> None:
    """Where nearly all bodies are of one kind, take that kind of element for the others too."""
    kinds = [element_kind(dom, comment.body) for comment in comments]
    usual, count = Counter(kinds).most_common(1)[0]
    if len(usual) < 2 or not MIN_SHARE * len(comments) <= count < len(comments):
        return
    for comment, kind in zip(comments, kinds, strict=True):
        if kind == usual or comment.body == comment.number or find_deleted_notice(dom, comment) >= 0:
            continue
        same = [number for number in comment.own_elements() if element_kind(dom, number) == usual]
        if len(same) == 1 and not dom.is_hidden(same[0]):
            comment.body = same[0]


@dataclass(slots=True)
class _Occurrences:
    """Which comments have an element of one kind, and which have several."""

    first: ElementsByComment = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)


def _common_kinds(dom: Dom, comments: Sequence[CommentNode]) -> list[ElementsByComment]:
    """The elements of each kind of which most comments have exactly one."""
    occurrences: dict[ElementKind, _Occurrences] = defaultdict(_Occurrences)
    for index, comment in enumerate(comments):
        for number in islice(comment.own_elements(), MAX_ELEMENTS):
            if number == comment.number or dom.first[number] == dom.last[number]:
                continue
            path = (*element_kind(dom, dom.parent[number]), "/", *element_kind(dom, number))
            if occurrences[path].first.setdefault(index, number) != number:
                occurrences[path].repeated.add(index)
    unique = (
        {index: number for index, number in kind.first.items() if index not in kind.repeated}
        for kind in occurrences.values()
    )
    return [elements for elements in unique if len(elements) >= MIN_SHARE * len(comments)]


def _learn_bodies(
    dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode], kinds: Sequence[ElementsByComment]
) -> None:
    """Take for bodies the kind of element that has nearly all the text of each comment, and no date in it."""
    texts = _distinctive_texts(dom, features, comments)
    best: ElementsByComment = {}
    most = 0
    for elements in kinds:
        if any(dom.contains(number, comments[index].time_at) for index, number in elements.items()):
            continue
        total = _covered_text(dom, elements, texts)
        if total and total >= most:
            best, most = elements, total
    for index, number in best.items():
        if find_deleted_notice(dom, comments[index]) < 0:
            comments[index].body = number


def _covered_text(dom: Dom, elements: ElementsByComment, texts: Sequence[Mapping[int, str]]) -> int:
    """The characters of the comments' texts that are in some elements; 0 if they miss much in more than a few."""
    total = missed = 0
    for index, number in elements.items():
        inside = sum(len(text) for piece, text in texts[index].items() if dom.first[number] <= piece < dom.last[number])
        total += inside
        missed += sum(map(len, texts[index].values())) - inside > MAX_SLACK + 0.1 * inside
    return total if missed <= 0.05 * len(elements) else 0


def _distinctive_texts(dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode]) -> list[dict[int, str]]:
    """For each comment its pieces of text that are no name, date or label, and not the same in most comments."""
    texts = [dict(_content_pieces(dom, features, comment)) for comment in comments]
    counts = Counter(text for pieces in texts for text in set(pieces.values()))
    often = MIN_SHARE * len(comments)
    return [{piece: text for piece, text in pieces.items() if counts[text] < often} for pieces in texts]


def _content_pieces(dom: Dom, features: NodeFeatures, comment: CommentNode) -> Iterator[tuple[int, str]]:
    for piece in comment.own_pieces():
        owner = dom.owner[piece]
        if not features.is_metadata[piece] and owner != comment.author_at and dom.tag[owner] != "button":
            yield piece, dom.pieces[piece].strip()


def _learn_authors(
    dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode], kinds: Sequence[ElementsByComment]
) -> None:
    """Take for names the kind of element nearest to the dates that has short texts which differ."""
    best: tuple[float, dict[int, str], ElementsByComment] = (float("-inf"), {}, {})
    for elements in kinds:
        names = {
            index: name
            for index, number in elements.items()
            if (name := _short_name(dom, features, comments[index], number))
        }
        different = len(set(names.values()))
        if len(names) < max(MIN_SHARE * len(comments), 0.95 * len(elements)) or different < min(len(names), 2):
            continue
        if any(map(str.isdigit, names.values())):
            continue
        distance = sum(_distance(elements[index], comments[index].time_at) for index in names) / len(names)
        rank = (different > 0.3 * len(names)) * 1000 - distance
        if rank >= best[0]:
            best = (rank, names, elements)
    _, names, elements = best
    for index, name in names.items():
        if comments[index].author is None:
            comments[index].author, comments[index].author_at = name, elements[index]


def _distance(number: int, time: int) -> int:
    """How far a name is from a date; those before it are nearer."""
    return time - number if number < time else number - time + 6


def _short_name(dom: Dom, features: NodeFeatures, comment: CommentNode, number: int) -> str:
    """An element's text if it could be a name, else an empty string."""
    if features.is_time[number] or features.is_action[number] or dom.tag[number] == "button":
        return ""
    if not _is_unclear(dom, comment) and dom.contains(comment.body, number):
        return ""
    if dom.last[number] - dom.first[number] != 1:
        return ""
    name = clean_author(dom.short_text(number, MAX_NAME))
    return name if len(name) > 1 and any(map(str.isalpha, name)) else ""
