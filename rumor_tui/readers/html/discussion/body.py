"""Which element of a comment holds its text, and what in it is none of that text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode, children, own_text_length, text_length
from rumor_tui.readers.html.discussion.features import NodeFeatures, is_reply_control, is_signature_class
from rumor_tui.readers.html.dom import Dom

_PROPERTIES: Final = frozenset(("text", "commenttext", "articlebody", "reviewbody"))
_BLOCKS: Final = frozenset(("div", "section", "article", "td", "tr", "tbody", "table", "dd", "span", "font"))
_NEVER: Final = frozenset(("a", "time", "button", "img", "input", "label", "i"))
_FULL = re.compile(r"body|content|text|message|copy|markdown|msg")
MAX_DELETED: Final = 200
"""Characters of all that is left of a deleted comment, with its labels."""
MAX_REPLY_LABEL: Final = 30
"""Characters of a label by which a comment is answered."""
MAX_BYLINE_BLOCK: Final = 400
"""Characters of an element that tells about the author and the date of a comment."""
MAX_SCRAP: Final = 24
"""Characters of a label or a figure that stands among names and dates."""


def find_body(page: Dom, signs: NodeFeatures, unit: CommentNode) -> int:
    """The element that holds the text, and as little else as can be; the unit's own when nothing is plainer."""
    if unit.ranges and unit.ranges[-1][1] > page.end[unit.number]:
        return _led_body(page, signs, unit)
    whole = own_text_length(page, unit, unit.number, signs.loud)
    ranked: list[tuple[int, int, int, bool]] = []
    for number, rated in _candidates(page, signs, unit):
        size = own_text_length(page, unit, number, signs.plain) or own_text_length(page, unit, number, page.letters)
        if not whole or own_text_length(page, unit, number, signs.loud):
            mixed = any(number < at < page.end[number] for at in (unit.author_at, unit.time_at))
            ranked.append((rated, number, size, mixed))
    for unmixed in (True, False):
        chosen = _plainest(page, unit, [one[:3] for one in ranked if one[3] != unmixed], whole)
        if chosen >= 0:
            return chosen
    return _narrowest(page, unit, unit.number, signs.loud)


def find_deleted_notice(page: Dom, unit: CommentNode) -> int:
    """The element that says of a unit that it was deleted, where it says hardly anything else; else -1."""
    if own_text_length(page, unit, unit.number, page.letters) > MAX_DELETED:
        return -1
    for piece in unit.own_pieces():
        owner = page.owner[piece]
        text = page.pieces[piece].strip()
        if vocabulary.DELETED_NOTICE.match(text) and text[0] not in "[(" and page.first[owner] == page.last[owner] - 1:
            return owner
    return -1


def _led_body(page: Dom, signs: NodeFeatures, unit: CommentNode) -> int:
    """The body of a unit that is only a head: the fullest element after it."""
    after = page.end[unit.number]
    found, last = after, unit.ranges[-1][1]
    while after < last:
        if text_length(page, signs, after) > text_length(page, signs, found):
            found = after
        after = page.end[after]
    return _narrowest(page, unit, found, page.letters)


def _plainest(page: Dom, unit: CommentNode, ranked: list[tuple[int, int, int]], whole: int) -> int:
    """Of elements with their ranks and lengths, the innermost one that has nearly all that the best rank has; or -1."""
    largest = max((size for _, _, size in ranked), default=0)
    for best in sorted({one[0] for one in ranked}, reverse=True):
        alike = [(size, number) for one, number, size in ranked if one == best]
        most = max(size for size, _ in alike)
        if most and (best >= 4 or most >= 0.4 * min(whole, largest)):
            holding = [number for size, number in alike if size >= 0.9 * most]
            return _narrowest(page, unit, holding[-1], page.letters)
        if not most and best >= 3 and whole < 40:
            return alike[-1][1]
    return -1


def body_rank(page: Dom, signs: NodeFeatures, number: int) -> int:
    """How plainly an element is the text of a comment; 0 for not at all."""
    if page.tag[number] in _NEVER:
        return 0
    if page.attribute(number, "itemprop").lower() in _PROPERTIES:
        return 5
    named = _named_rank(page.labels(number))
    if named < 4 and (signs.time[number] or signs.author[number] or signs.action[number]):
        return 0
    return named


@lru_cache(maxsize=8192)
def _named_rank(names: tuple[str, ...]) -> int:
    """How plainly an element is the text of a comment, by what it is called."""
    if any(map(vocabulary.PLAIN_BODY_NAME.fullmatch, names)):
        return 4
    if any(map(_NOT_BODY.search, names)):
        return 0
    found = 0
    for name in names:
        if vocabulary.BODY_NAME.search(name) and not vocabulary.NOT_BODY_NAME.search(name):
            found = max(found, 3 if _FULL.search(name) else 1)
    return found


_NOT_BODY = re.compile(
    r"author|(?:^|[-_])(?:meta|header|footer|title|replies|children|form|sig|signature)(?:$|[-_])|(?:actions?|controls?)$"
)


def _candidates(page: Dom, signs: NodeFeatures, unit: CommentNode) -> Iterator[tuple[int, int]]:
    """The elements that may be a unit's body, with their ranks: none that is hidden, a quotation, or a signature.

    In a form there may be one only where it is plainly called so.
    """
    aside, form = 0, 0
    for number in unit.own():
        if number < aside or number == unit.number:
            continue
        tag, names = page.tag[number], page.names[number]
        rated = body_rank(page, signs, number)
        if page.hidden(number) or is_signature_class(names):
            aside = page.end[number]
            continue
        full = any(map(_FULL.search, names))
        if tag == "blockquote" and not full:
            aside = page.end[number]
            if rated < 4:
                continue
        if tag == "form" and not full:
            form = max(form, page.end[number])
        if rated and (number >= form or rated >= 4):
            yield number, rated


def _narrowest(page: Dom, unit: CommentNode, start: int, lengths: list[int]) -> int:
    """The deepest element from `start` down that is one block and still holds nearly all of its text."""
    here = start
    while True:
        whole = own_text_length(page, unit, here, lengths)
        for child in children(page, here):
            if page.tag[child] in _BLOCKS and own_text_length(page, unit, child, lengths) >= 0.97 * whole > 0:
                here = child
                break
        else:
            return here


# What is inside the body's element and is none of it


def find_asides(page: Dom, signs: NodeFeatures, unit: CommentNode) -> Iterator[int]:
    """The outermost elements inside a unit's body that are none of its text: bylines, buttons, what is hidden."""
    bylines = {_byline_block(page, signs, unit, at) for at in (unit.author_at, unit.time_at)}
    mixed = unit.author_at in range(unit.body + 1, page.end[unit.body]) or unit.time_at in range(
        unit.body + 1, page.end[unit.body]
    )
    stop, end, left = 0, page.end[unit.body], own_text_length(page, unit, unit.body, signs.loud)
    for start, last in unit.ranges:
        for number in range(max(start, unit.body + 1), min(last, end)):
            if number < stop:
                continue
            size = text_length(page, signs, number)
            if number in bylines or _is_aside(page, signs, unit, number, mixed and (size == 0 or size < left - 1)):
                yield number
                left -= size
                stop = page.end[number]
    yield from trailing_labels(page, signs, unit)


def trailing_labels(page: Dom, signs: NodeFeatures, unit: CommentNode) -> list[int]:
    """The elements after the text in a body that are only labels and counts, as "Like" and "2 likes".

    A link in a line of text is none of them, nor is what is all of the text.
    """
    found: list[int] = []
    first, last = page.first[unit.body], page.last[unit.body]
    for piece in reversed([one for one in unit.own_pieces() if first <= one < last]):
        owner, text = page.owner[piece], " ".join(page.pieces[piece].split()).strip(" ()[]|·•.:!")
        if owner != unit.body and _is_label(page, owner, text):
            found.append(owner)
        elif not signs.quiet[piece] and any(map(str.isalnum, text)):
            return [one for one in found if not _is_in_line(page, unit, one, piece, len(found))]
    return []


def _is_label(page: Dom, owner: int, text: str) -> bool:
    tag = page.tag[owner]
    if tag in ("a", "button") or (tag == "span" and page.names[owner]):
        return text.casefold() in vocabulary.BUTTON_LABELS or bool(vocabulary.REACTION_COUNT.fullmatch(text))
    return (
        tag in ("span", "p", "div", "small") and not text.isdigit() and bool(vocabulary.REACTION_COUNT.fullmatch(text))
    )


def _is_in_line(page: Dom, unit: CommentNode, label: int, piece: int, labels: int) -> bool:
    """Whether a label stands in one element with the last piece of the text: two in a row may, in the body's own."""
    above = page.parent[label]
    if not page.first[above] <= piece < page.last[above]:
        return False
    return above != unit.body or (page.owner[piece] == above and labels < 2)


def _byline_block(page: Dom, signs: NodeFeatures, unit: CommentNode, at: int) -> int:
    """The largest element around a name or a date, inside the body's, that holds hardly anything else."""
    if not unit.body < at < page.end[unit.body]:
        return -1
    here = at
    while (above := page.parent[here]) != unit.body and _is_chrome(page, signs, above):
        if _is_all(page, signs, unit, above):
            break
        here = above
    return here


def _is_all(page: Dom, signs: NodeFeatures, unit: CommentNode, number: int) -> bool:
    """Whether nothing of a body's text stands outside an element, but the name and the date, and some inside."""
    told = {
        at: text_length(page, signs, at)
        for at in (unit.author_at, unit.time_at)
        if unit.body < at < page.end[unit.body]
    }
    inside = sum(size for at, size in told.items() if number <= at < page.end[number])
    size = text_length(page, signs, number)
    return size > inside and own_text_length(page, unit, unit.body, signs.loud) - size <= sum(told.values()) - inside


def _is_chrome(page: Dom, signs: NodeFeatures, number: int) -> bool:
    """Whether an element holds only names, dates, labels and scraps."""
    pieces = range(page.first[number], page.last[number])
    return text_length(page, signs, number) <= 120 and not any(
        not signs.quiet[piece] and len(page.pieces[piece].strip()) > MAX_SCRAP for piece in pieces
    )


def _is_aside(page: Dom, signs: NodeFeatures, unit: CommentNode, number: int, mixed: bool) -> bool:
    tag = page.tag[number]
    if tag in ("form", "button", "input", "nav", "label"):
        return page.size(number) < 400
    if page.hidden(number) or not vocabulary.HIDDEN_CLASSES.isdisjoint(page.names[number]):
        return True
    signed = any(at in range(number, page.end[number]) for at in (unit.author_at, unit.time_at))
    if (
        signed
        and page.size(number) < MAX_BYLINE_BLOCK
        and any(map(vocabulary.BYLINE_BLOCK_NAME.search, page.names[number]))
    ):
        return True
    names, size = page.names[number], page.size(number)
    if size < 400 and any(map(vocabulary.ASIDE_NAME.search, names)):
        if any(
            body_rank(page, signs, one) >= 3 and text_length(page, signs, one)
            for one in range(number, page.end[number])
        ):
            return False
        return tag not in ("p", "blockquote", "pre", "code") or size < 60
    if (
        signs.action[number]
        and size <= MAX_REPLY_LABEL
        and tag in ("a", "span", "div")
        and _ends(page, signs, unit, number)
    ):
        return is_reply_control(page, number)
    if not mixed or tag in ("p", "blockquote", "pre", "code", "b", "strong", "em", "i") or "quote" in " ".join(names):
        return False
    first, last = page.first[number], page.last[number]
    around = text_length(page, signs, number)
    quiet = sum(signs.quiet[first:last])
    if tag in ("header", "footer") and size < 300:
        return True
    if signs.action[number] and size <= 30:
        return True
    if quiet and around == 0 and tag != "a":
        return True
    return bool(quiet and around <= 24 and _before_text(page, signs, unit, number) and tag not in ("a", "li"))


def _ends(page: Dom, signs: NodeFeatures, unit: CommentNode, number: int) -> bool:
    """Whether nothing of the body's text stands after an element."""
    return signs.loud[page.last[unit.body]] - signs.loud[page.last[number]] <= 1


def _before_text(page: Dom, signs: NodeFeatures, unit: CommentNode, number: int) -> bool:
    """Whether none of the body's text stands before an element, but scraps."""
    first, last = page.first[unit.body], page.first[number]
    if signs.loud[last] - signs.loud[first] > 120:
        return False
    return not any(
        not signs.quiet[piece] and len(page.pieces[piece].strip()) > MAX_SCRAP for piece in range(first, last)
    )
