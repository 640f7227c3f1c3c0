"""Which element of a comment is its body, and what inside that element is not part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import NodeFeatures, is_signature_class
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.page_words import TEXT_LABELS

MAX_BEFORE_LABEL: Final = 8
"""Pieces of a body among which the label of the text is, after those of the name and the date."""
MAX_DELETED: Final = 200
"""Characters of a deleted comment, with its labels."""
MAX_BYLINE_BLOCK: Final = 400
"""Characters of an element about the author and the date of a comment."""
MAX_ASIDE: Final = 400
"""Characters of an element that is called one of buttons, counts and the like."""
MAX_SCRAP: Final = 24
"""Characters of a label or a figure among names and dates."""
_TEXT_PROPERTIES: Final = frozenset(("text", "commenttext", "articlebody", "reviewbody"))
_BLOCKS: Final = frozenset(("div", "section", "article", "td", "tr", "tbody", "table", "dd", "span", "font"))
_NEVER_BODY: Final = frozenset(("a", "time", "button", "img", "input", "label", "i"))
_CONTROL_TAGS: Final = frozenset(("form", "button", "input", "nav", "label"))
_TEXT_TAGS: Final = frozenset(("p", "blockquote", "pre", "code"))
_WRITTEN_TAGS: Final = _TEXT_TAGS | {"b", "strong", "em", "i"}
_FULL_NAME = re.compile(r"body|content|text|message|copy|markdown|msg")


class _Candidate(NamedTuple):
    rank: int
    number: int
    length: int
    has_byline: bool
    """Whether the name or the date of the comment is inside."""


def find_body(dom: Dom, features: NodeFeatures, comment: CommentNode) -> int:
    """The element with the text and as little else as possible; the comment's own if no other is better."""
    if comment.ranges and comment.ranges[-1][1] > dom.end[comment.number]:
        return _narrowest(dom, comment, dom.end[comment.number], dom.text_before)
    whole = comment.own_text_length(dom, comment.number, features.content_before)
    candidates = [
        candidate
        for candidate in _candidates(dom, features, comment)
        if not whole or comment.own_text_length(dom, candidate.number, features.content_before)
    ]
    for has_byline in (False, True):
        chosen = _best_candidate([candidate for candidate in candidates if candidate.has_byline is has_byline], whole)
        if chosen is not None:
            return _narrowest(dom, comment, chosen.number, dom.text_before) if chosen.length else chosen.number
    return _narrowest(dom, comment, comment.number, features.content_before)


def find_deleted_notice(dom: Dom, comment: CommentNode) -> int:
    """The element that says that a comment was deleted, if the comment says hardly anything else; else -1."""
    if comment.own_text_length(dom, comment.number, dom.text_before) > MAX_DELETED:
        return -1
    for piece in comment.own_pieces():
        owner = dom.owner[piece]
        text = dom.pieces[piece].strip()
        if vocabulary.DELETED_NOTICE.match(text) and text[0] not in "[(" and dom.first[owner] == dom.last[owner] - 1:
            return owner
    return -1


def _best_candidate(candidates: Sequence[_Candidate], whole: int) -> _Candidate | None:
    """Of the best rank that has enough of the text, the innermost candidate with nearly all that this rank has."""
    by_rank: dict[int, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_rank[candidate.rank].append(candidate)
    enough = 0.4 * min(whole, _longest(candidates))
    for rank, peers in sorted(by_rank.items(), reverse=True):
        longest = _longest(peers)
        if longest and (rank >= 4 or longest >= enough):
            return [candidate for candidate in peers if candidate.length >= (0.6 if rank == 4 else 0.9) * longest][-1]
    return None


def _longest(candidates: Sequence[_Candidate]) -> int:
    return max((candidate.length for candidate in candidates), default=0)


def body_rank(dom: Dom, number: int) -> int:
    """How clearly an element is marked as the text of a comment; 0 for not at all."""
    if dom.tag[number] in _NEVER_BODY:
        return 0
    if dom.attribute(number, "itemprop").lower() in _TEXT_PROPERTIES:
        return 5
    return _name_rank(dom.labels(number))


@lru_cache(maxsize=8192)
def _name_rank(names: tuple[str, ...]) -> int:
    """How clearly an element is marked as the text of a comment by what it is called."""
    if any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names)):
        return 4
    bodies = [name for name in names if vocabulary.BODY_NAME.search(name) and not vocabulary.NOT_BODY_NAME.search(name)]
    return max((3 if _FULL_NAME.search(name) else 1 for name in bodies), default=0)


def _candidates(dom: Dom, features: NodeFeatures, comment: CommentNode) -> Iterator[_Candidate]:
    """The elements that may be a comment's body: none that is hidden or a signature."""
    skip_end = 0
    for number in comment.own_elements():
        if number < skip_end or number == comment.number:
            continue
        if dom.is_hidden(number) or is_signature_class(dom.classes[number]):
            skip_end = dom.end[number]
        elif (rank := body_rank(dom, number)) > 0:
            yield _candidate(dom, features, comment, number, rank)


def _candidate(dom: Dom, features: NodeFeatures, comment: CommentNode, number: int, rank: int) -> _Candidate:
    length = comment.own_text_length(dom, number, features.plain_before)
    length = length or comment.own_text_length(dom, number, dom.text_before)
    has_byline = any(dom.is_below(number, at) for at in (comment.author_at, comment.time_at))
    return _Candidate(rank, number, length, has_byline)


def _narrowest(dom: Dom, comment: CommentNode, number: int, text_before: list[int]) -> int:
    """The deepest element from `number` down that is one block and still has nearly all of its text."""
    while True:
        whole = comment.own_text_length(dom, number, text_before)
        for child in dom.children(number):
            if dom.tag[child] in _BLOCKS and comment.own_text_length(dom, child, text_before) >= 0.97 * whole > 0:
                number = child
                break
        else:
            return number


# What is inside the body's element and is not part of the text


def find_asides(dom: Dom, features: NodeFeatures, comment: CommentNode) -> Iterator[int]:
    """The outermost elements in a comment's body that are not part of its text: bylines, buttons, what is hidden."""
    byline_parts = [at for at in (comment.author_at, comment.time_at) if dom.is_below(comment.body, at)]
    bylines = {_byline_block(dom, features, comment, at) for at in byline_parts}
    stop = 0
    remaining = comment.own_text_length(dom, comment.body, features.content_before)
    for number in comment.own_elements():
        if number < stop or not dom.is_below(comment.body, number):
            continue
        length = features.content_length(number)
        has_byline = bool(byline_parts) and (length == 0 or length < remaining - 1)
        if number in bylines or _is_aside(dom, features, comment, number, has_byline):
            yield number
            remaining -= length
            stop = dom.end[number]
    yield from _text_label(dom, comment)
    yield from trailing_labels(dom, features, comment)


def _text_label(dom: Dom, comment: CommentNode) -> Iterator[int]:
    """The element with the field's label before a text, as the tables of guestbooks have it: "Message:"."""
    first, last = dom.first[comment.body], dom.last[comment.body]
    for piece in range(first, min(last, first + MAX_BEFORE_LABEL)):
        text = dom.pieces[piece].strip()
        if text.endswith((":", "：")) and text[:-1].strip().lower() in TEXT_LABELS:
            if dom.is_below(comment.body, dom.owner[piece]):
                yield dom.owner[piece]
            return


def trailing_labels(dom: Dom, features: NodeFeatures, comment: CommentNode) -> list[int]:
    """The elements after the text in a body that are only labels and counts, such as "Like" and "2 likes".

    What is all of the text is none of them.
    """
    labels: list[int] = []
    first, last = dom.first[comment.body], dom.last[comment.body]
    for piece in reversed([piece for piece in comment.own_pieces() if first <= piece < last]):
        owner, text = dom.owner[piece], " ".join(dom.pieces[piece].split()).strip(" ()[]|·•.:!")
        if owner != comment.body and _is_label(dom, owner, text):
            labels.append(owner)
        elif not features.is_metadata[piece] and any(map(str.isalnum, text)):
            return [label for label in labels if not _is_in_line(dom, comment, label, piece, len(labels))]
    return []


def _is_label(dom: Dom, owner: int, text: str) -> bool:
    tag = dom.tag[owner]
    if tag in ("a", "button") or (tag == "span" and dom.classes[owner]):
        return text.casefold() in vocabulary.BUTTON_LABELS or bool(vocabulary.REACTION_COUNT.fullmatch(text))
    is_count = tag in ("span", "p", "div", "small") and not text.isdigit()
    return is_count and bool(vocabulary.REACTION_COUNT.fullmatch(text))


def _is_in_line(dom: Dom, comment: CommentNode, label: int, piece: int, labels: int) -> bool:
    """Whether a label is in one element with the text's last piece; two in a row may be, in the body's own element."""
    parent = dom.parent[label]
    if not dom.first[parent] <= piece < dom.last[parent]:
        return False
    return parent != comment.body or (dom.owner[piece] == parent and labels < 2)


def _byline_block(dom: Dom, features: NodeFeatures, comment: CommentNode, at: int) -> int:
    """The largest element around a name or a date in the body that contains hardly anything else."""
    block = at
    while (parent := dom.parent[block]) != comment.body:
        if not _is_only_scraps(features, dom.first[parent], dom.last[parent]):
            break
        if _has_whole_text(dom, features, comment, parent):
            break
        block = parent
    return block


def _has_whole_text(dom: Dom, features: NodeFeatures, comment: CommentNode, number: int) -> bool:
    """Whether an element has text, and the rest of the body has none besides the name and the date."""
    bylines = {
        at: features.content_length(at) for at in (comment.author_at, comment.time_at) if dom.is_below(comment.body, at)
    }
    inside = sum(length for at, length in bylines.items() if dom.contains(number, at))
    length = features.content_length(number)
    outside = comment.own_text_length(dom, comment.body, features.content_before) - length
    return length > inside and outside <= sum(bylines.values()) - inside


def _is_only_scraps(features: NodeFeatures, first: int, last: int) -> bool:
    """Whether text pieces are only names, dates, labels and scraps."""
    pieces = features.dom.pieces
    return all(features.is_metadata[piece] or len(pieces[piece].strip()) <= MAX_SCRAP for piece in range(first, last))


def _is_aside(dom: Dom, features: NodeFeatures, comment: CommentNode, number: int, has_byline: bool) -> bool:
    """Whether an element in the body is not part of its text; `has_byline` if the body may contain the byline."""
    tag, names, length = dom.tag[number], dom.classes[number], dom.text_length(number)
    if tag in _CONTROL_TAGS or (tag == "a" and dom.attribute(number, "role") == "button"):
        return length < MAX_ASIDE
    if (
        dom.is_hidden(number)
        or not vocabulary.HIDDEN_CLASSES.isdisjoint(names)
        or _is_named_byline(dom, comment, number)
    ):
        return True
    if length < MAX_ASIDE and any(map(vocabulary.ASIDE_NAME.search, names)):
        return (tag not in _TEXT_TAGS or length < 60) and not _contains_body(dom, features, number)
    return has_byline and _is_byline_part(dom, features, comment, number)


def _is_named_byline(dom: Dom, comment: CommentNode, number: int) -> bool:
    """Whether an element has the name or the date, and is called a head, an author's card or the like."""
    if dom.text_length(number) >= MAX_BYLINE_BLOCK:
        return False
    signed = any(dom.contains(number, at) for at in (comment.author_at, comment.time_at))
    return signed and any(map(vocabulary.BYLINE_BLOCK_NAME.search, dom.classes[number]))


def _contains_body(dom: Dom, features: NodeFeatures, number: int) -> bool:
    inside = range(number, dom.end[number])
    return any(body_rank(dom, child) >= 3 and features.content_length(child) for child in inside)


def _is_byline_part(dom: Dom, features: NodeFeatures, comment: CommentNode, number: int) -> bool:
    """Whether an element is metadata with hardly anything else: a header, an action, a line before the text."""
    tag, length = dom.tag[number], dom.text_length(number)
    if tag in _WRITTEN_TAGS or "quote" in " ".join(dom.classes[number]):
        return False
    if (tag in ("header", "footer") and length < 300) or (features.is_action[number] and length <= 30):
        return True
    if not any(features.is_metadata[dom.first[number] : dom.last[number]]) or tag == "a":
        return False
    content = features.content_length(number)
    if content == 0:
        return True
    is_small = content <= MAX_SCRAP and tag != "li"
    return is_small and _is_only_scraps(features, dom.first[comment.body], dom.first[number])
