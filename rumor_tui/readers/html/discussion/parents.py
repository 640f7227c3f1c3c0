"""Who answers whom on a page, by what the page shows of it.

In this order: a comment inside another one; an attribute or a link that names the comment that is answered; a depth
given by a class, an attribute or an indentation; a container of replies beside the comment that they answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Final

from rumor_tui.model import Confidence
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom

_PARENT_ATTRIBUTE = re.compile(r"parent|reply-?to|topid|irt")
"""An attribute that names what is answered."""
_ANSWERED_NAME = re.compile(r"(?:^|[-_])(?:reply|replied|parent|quote)(?:$|[-_])")
"""Classes of what shows, in chat logs, the message that is answered."""
_DEPTH_ATTRIBUTES: Final = frozenset(
    (
        "data-depth",
        "data-level",
        "data-nesting",
        "data-nesting-level",
        "depth",
        "aria-level",
        "data-comment-depth",
        "data-indent",
        "data-ct-column",
    )
)
_DEPTH_NAME = re.compile(
    r"(?:^|[-_])(?:depth|level|lvl|indent|nest|nesting|niveau|ebene|thread-level|deep)[-_]{0,2}(\d{1,3})$"
)
_DEPTH_TEXT = re.compile(r"^(?:level|ebene|niveau|depth)\s+(\d{1,2})$", re.IGNORECASE)
_INDENT = re.compile(
    r"(?:margin|padding)(?:-left|-inline-start|-right)?\s*:\s*(?:0\s+0\s+0\s+)?(\d+(?:\.\d+)?)(px|em|%|rem)?"
)
_SHIFT = re.compile(r"(?:margin|padding)-(?:left|inline-start)\s*:\s*(\d+(?:\.\d+)?)")
_ANSWER_LABEL = re.compile(
    r"in reply to|replying to|reply to|antwort auf|en réponse à|en respuesta|^@|^>>|^↑|^↩|parent|^to\b", re.IGNORECASE
)
_ANSWER_PHRASE = re.compile(
    r"(?:in reply to|replying to|reply to|antwort auf|en réponse à|en respuesta)\b[^.!?]{0,40}$", re.IGNORECASE
)
_MAX_BEFORE: Final = 70
"""Characters before a link among which such a phrase is, with the name of who is answered."""
_PIECES_BEFORE: Final = 3
_TOKEN = re.compile(r"[0-9a-zA-Z]{5,}|\d+")


_CONTAINER_TAGS: Final = frozenset(("div", "ul", "ol", "dl", "section", "blockquote", "dd", "table", "details", "li"))

Parents = list[int | None]
"""For each comment, in document order, the index of the one that it answers, or None."""


def find_parents(dom: Dom, comments: Sequence[CommentNode]) -> tuple[Parents, Confidence]:
    """The parents of the comments, and how certain they are."""
    nested = _nested(dom, comments)
    named = _named(dom, comments)
    is_nested = _has_parent(nested)
    depths = None if is_nested else _depths(dom, comments)
    placed = nested if depths is None else _from_depths(depths)
    if _has_parent(named):
        return _combined(named, placed), "explicit"
    if is_nested:
        return nested, "explicit"
    if depths is not None:
        return placed, "structural"
    for must_be_named in (True, False):
        contained = _contained(dom, comments, must_be_named=must_be_named)
        if _has_parent(contained):
            return contained, "structural"
    depths = _depths_by(_class_depth, dom, comments)
    if depths is not None:
        return _from_depths(depths), "structural"
    return nested, "structural" if len(comments) < 2 else "guessed"


def _has_parent(parents: Parents) -> bool:
    return any(parent is not None for parent in parents)


def _combined(named: Parents, placed: Parents) -> Parents:
    """The named parents; for comments that name none, what their place shows, if it agrees with those that do."""
    pairs = [(name, place) for name, place in zip(named, placed, strict=True) if name is not None]
    agreeing = sum(1 for name, place in pairs if name == place or place is None)
    if agreeing < 0.7 * len(pairs):
        return named
    return [place if name is None else name for name, place in zip(named, placed, strict=True)]


def _nested(dom: Dom, comments: Sequence[CommentNode]) -> Parents:
    """The parents where comments are inside others."""
    parents: Parents = []
    enclosing: list[int] = []
    for index, comment in enumerate(comments):
        while enclosing and comment.number >= dom.end[comments[enclosing[-1]].number]:
            enclosing.pop()
        parents.append(enclosing[-1] if enclosing else None)
        enclosing.append(index)
    return parents


# References


def _named(dom: Dom, comments: Sequence[CommentNode]) -> Parents:
    """The parents where attributes or links name the comment that is answered."""
    indices = _indices_by_identifier(comments)
    parents: Parents = []
    for index, comment in enumerate(comments):
        by_attribute = (_look_up(value, indices) for value in _attribute_references(dom, comment))
        target = next((target for target in by_attribute if target not in (None, index)), None)
        if target is None:
            by_link = (_look_up(value, indices) for value in _link_references(dom, comment))
            target = next((target for target in by_link if target is not None and target < index), None)
        parents.append(target)
    return parents


def _indices_by_identifier(comments: Sequence[CommentNode]) -> dict[str, int]:
    """The index of the first comment with each identifier, and with the last token of each main one."""
    indices: dict[str, int] = {}
    for index, comment in enumerate(comments):
        for identifier in comment.ids:
            indices.setdefault(identifier, index)
        for identifier in comment.ids[:4]:
            for token in _TOKEN.findall(identifier)[-1:]:
                indices.setdefault(token, index)
    return indices


def _attribute_references(dom: Dom, comment: CommentNode) -> Iterator[str]:
    """The values of attributes that name a parent, or of scripts that lead to it where an answer is shown."""
    for number in comment.own_elements():
        script = dom.attribute(number, "onclick")
        if script and dom.tag[number] == "span" and any(map(_ANSWERED_NAME.search, dom.classes[number])):
            yield script
        for name, value in dom.attrs[number].items():
            if value and _names_parent(name):
                yield str(value)


@lru_cache(maxsize=1024)
def _names_parent(attribute: str) -> bool:
    return bool(_PARENT_ATTRIBUTE.search(attribute))


def _link_references(dom: Dom, comment: CommentNode) -> Iterator[str]:
    """The fragments or last segments of links outside the text that are labelled as leading to the parent."""
    for number in comment.own_elements():
        in_text = comment.body != comment.number and dom.contains(comment.body, number)
        address = dom.attribute(number, "href") if dom.tag[number] == "a" else ""
        if address and (_is_after_label(dom, number) if in_text else _is_parent_link(dom, number)):
            yield address.partition("#")[2] or address.rsplit("/", 1)[-1]


def _is_parent_link(dom: Dom, number: int) -> bool:
    """Whether a link leads to the parent, by its label, its class, or the short line around it."""
    if _ANSWER_LABEL.search(dom.short_text(number, 60)):
        return True
    if any("parent" in name or "inreplyto" in name or "in-reply" in name for name in dom.classes[number]):
        return True
    if _is_after_label(dom, number):
        return True
    line = dom.parent[number]
    return line > 0 and dom.text_length(line) < 100 and bool(_ANSWER_LABEL.search(dom.text(line)[:40]))


def _is_after_label(dom: Dom, number: int) -> bool:
    """Whether what stands right before a link within the page says that it leads to what is answered."""
    if "#" not in dom.attribute(number, "href"):
        return False
    before = dom.pieces[max(0, dom.first[number] - _PIECES_BEFORE) : dom.first[number]]
    return bool(_ANSWER_PHRASE.search(" ".join(" ".join(before).split())[-_MAX_BEFORE:]))


def _look_up(value: str, indices: dict[str, int]) -> int | None:
    if value in indices:
        return indices[value]
    tokens = _TOKEN.findall(value)
    return indices.get(tokens[-1]) if tokens else None


# Depths

DepthMethod = Callable[[Dom, CommentNode], float | None]
"""Finds the depth of one comment, in whatever unit, or None."""


def _depths(dom: Dom, comments: Sequence[CommentNode]) -> list[int] | None:
    """The depth of each comment where the page shows depths in one of the usual ways, else None."""
    for method in (_stated_depth, _indent_depth):
        if (depths := _depths_by(method, dom, comments)) is not None:
            return depths
    return _margin_depths(dom, comments)


def _depths_by(method: DepthMethod, dom: Dom, comments: Sequence[CommentNode]) -> list[int] | None:
    """The depths that a method finds, if it finds different ones and most of them."""
    values = [method(dom, comment) for comment in comments]
    known = [value for value in values if value is not None]
    if len(known) < 0.7 * len(comments) or len(set(known)) < 2:
        return None
    return _ranked([min(known) if value is None else value for value in values])


def _margin_depths(dom: Dom, comments: Sequence[CommentNode]) -> list[int] | None:
    """The depths where only answers are indented, by margins of their own elements, in whole steps."""
    styles = [_SHIFT.search(dom.attribute(comment.number, "style").lower()) for comment in comments]
    shifts = [float(style[1]) if style else 0.0 for style in styles]
    step = min((shift for shift in shifts if shift), default=0.0)
    if not step or shifts[0] or any(shift % step for shift in shifts):
        return None
    return _ranked(shifts)


def _ranked(values: Sequence[float]) -> list[int]:
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return [ranks[value] for value in values]


def _with_parent(dom: Dom, comment: CommentNode, limit: int) -> Iterator[int]:
    """The parent of a comment's element, and the first of its own elements."""
    if (parent := dom.parent[comment.number]) > 0:
        yield parent
    yield from islice(comment.own_elements(), limit)


def _stated_depth(dom: Dom, comment: CommentNode) -> float | None:
    """The depth by a class, an attribute, or a text such as "level 2"."""
    for number in _with_parent(dom, comment, 40):
        for name in dom.classes[number]:
            if match := _DEPTH_NAME.search(name):
                return float(match[1])
        if not _DEPTH_ATTRIBUTES.isdisjoint(dom.attrs[number]):
            values = (value or "" for name, value in dom.attrs[number].items() if name in _DEPTH_ATTRIBUTES)
            if depth := next(filter(str.isdigit, values), ""):
                return float(depth)
        if number > comment.number and (match := _DEPTH_TEXT.match(dom.short_text(number, 12))):
            return float(match[1])
    return None


def _indent_depth(dom: Dom, comment: CommentNode) -> float | None:
    """The indentation by a margin, by a cell's attribute, or by the width of a spacer image."""
    for number in _with_parent(dom, comment, 12):
        if match := _INDENT.search(dom.attribute(number, "style").lower()):
            return float(match[1])
        indent = dom.attribute(number, "indent")
        if indent.isdigit():
            return float(indent)
        width = dom.attribute(number, "width")
        if dom.tag[number] == "img" and width.isdigit() and dom.attribute(number, "height") in ("1", "0", ""):
            return float(width)
    return None


def _class_depth(dom: Dom, comment: CommentNode) -> float | None:
    """Two levels, by a class such as "indented" on the lower ones."""
    for number in (comment.number, dom.parent[comment.number]):
        if number > 0 and any(map(vocabulary.CHILD_NAME.search, dom.classes[number])):
            return 1.0
    return 0.0


def _from_depths(depths: Sequence[int]) -> Parents:
    """The parent of each comment: the last one before it that is less deep."""
    parents: Parents = []
    path: list[tuple[int, int]] = []
    for index, depth in enumerate(depths):
        while path and path[-1][0] >= depth:
            path.pop()
        parents.append(path[-1][1] if path else None)
        path.append((depth, index))
    return parents


# Containers


def _contained(dom: Dom, comments: Sequence[CommentNode], *, must_be_named: bool) -> Parents:
    """The parents by containers of replies: one next to a comment, of another kind than it, contains its answers.

    Where some are named so, others are not such containers but what is around a whole thread.
    """
    parents: Parents = [None] * len(comments)
    if len(comments) < 2:
        return parents
    index_of = {comment.number: index for index, comment in enumerate(comments)}
    before = _counts_before(dom, index_of)
    pending: list[tuple[int, int | None]] = [(common_container(dom, comments), None)]
    while pending:
        node, owner = pending.pop()
        last: int | None = None
        sibling = -1
        for child in dom.children(node):
            count = before[dom.end[child]] - before[child]
            if not count:
                continue
            is_comment = child in index_of
            is_large = count >= 0.6 * len(comments)
            is_reply = last is not None and _holds_replies(dom, child, sibling, must_be_named or is_comment or is_large)
            parent = last if is_reply else owner
            if is_comment:
                parents[index_of[child]] = parent
            else:
                pending.append((child, parent))
            if not is_reply:
                sibling, last = child, before[child] if count == 1 or is_comment else None
    return parents


def _counts_before(dom: Dom, numbers: Container[int]) -> list[int]:
    """For each element, how many of some elements come before it."""
    return [0, *accumulate(number in numbers for number in range(len(dom) + 1))]


def _holds_replies(dom: Dom, child: int, sibling: int, must_be_named: bool) -> bool:
    """Whether an element has the replies to the comment in the sibling before it: it is of another kind than that."""
    if dom.tag[child] not in _CONTAINER_TAGS or _is_same_kind(dom, child, sibling):
        return False
    return not must_be_named or any(map(vocabulary.CHILD_NAME.search, dom.labels(child)))


def _is_same_kind(dom: Dom, child: int, sibling: int) -> bool:
    """Whether two elements have the same tag, and a name in common or none at all."""
    if dom.tag[child] != dom.tag[sibling]:
        return False
    first, second = (
        {name for name in dom.labels(number) if not vocabulary.ALTERNATING_NAME.fullmatch(name)}
        for number in (child, sibling)
    )
    return bool(first & second) or (not first and not second)


def common_container(dom: Dom, comments: Sequence[CommentNode]) -> int:
    """The smallest element that contains all the comments and is none of them."""
    first, last = comments[0].number, max(comment.number for comment in comments)
    here = dom.parent[first]
    while here > 0 and not dom.contains(here, last):
        here = dom.parent[here]
    return max(here, 0)
