"""The fields of the comments on a page: author, date, identifiers, permalink, score, and which element is the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import author, body, consensus
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.features import MAX_DATE, NodeFeatures, machine_date
from rumor_tui.readers.html.dom import Dom

_ID_ATTRIBUTES: Final = (
    "id", "data-id", "data-pid", "data-comment-id", "data-commentid", "data-post-id", "data-postid", "data-shortid",
    "thingid", "data-fullname", "data-content", "name",
)  # fmt: skip
_ID_ATTRIBUTES_SET: Final = frozenset(_ID_ATTRIBUTES)
_ISO = re.compile(r"\d{4}-\d\d-\d\d|^\d{9,13}$")
_PROFILE_NAME = re.compile(r"profile$|user-?(?:info|details|extras)$")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)")
"""What an exact date has, and neither an age nor a day of the week."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""What an exact date has, and neither an age nor a day of the week."""
_SCORE = re.compile(r"^\W*(-?\d[\d,.]{0,8})\s*(?:points?|votes?|likes?|pts?|punkte)?\W*$", re.IGNORECASE)
_SCORE_NAME = re.compile(r"(?:^|[-_])(?:score|vote-?count|vote-result|karma|upvotes?|points|vote-number)(?:$|[-_])")


def fill_fields(dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode]) -> None:
    """Find all fields of the comments: first of each alone, then by what the comments have in common."""
    for comment in comments:
        find_signature(dom, features, comment)
        if comment.body < 0:
            comment.body = body.find_deleted_notice(dom, comment)
        if comment.body < 0:
            comment.body = body.find_body(dom, features, comment)
        author.find_author_before_body(dom, features, comment)
    consensus.apply_consensus(dom, features, comments)
    author.continue_authors(dom, comments)
    for comment in comments:
        author.find_author_in_picture(dom, comment)
        comment.asides = _outermost(dom, [*comment.asides, *body.find_asides(dom, features, comment)])
        comment.ids = tuple(_identifiers(dom, comment))
        comment.url = _permalink(dom, features, comment)
        comment.score = _score(dom, comment)


def find_signature(dom: Dom, features: NodeFeatures, comment: CommentNode) -> None:
    """Set a comment's author and date by its own elements, as far as they show them."""
    author.find_author(dom, features, comment)
    _find_date(dom, features, comment)
    author.find_author_in_byline(dom, features, comment)


def _outermost(dom: Dom, numbers: Sequence[int]) -> list[int]:
    """Some elements in document order, without those inside others of them."""
    outermost: list[int] = []
    for number in sorted(set(numbers)):
        if not outermost or number >= dom.end[outermost[-1]]:
            outermost.append(number)
    return outermost


# The date


def _find_date(dom: Dom, features: NodeFeatures, comment: CommentNode) -> None:
    """Set a comment's date by the best of its elements that are dates, or by the one that was given."""
    given = comment.time_at
    numbers = [given] if given >= 0 else [number for number in comment.own_elements() if features.is_time[number]]
    if not numbers:
        return
    number = max(numbers, key=lambda number: _date_rank(dom, comment, number))
    outer, number = number, max(number, *(inner for inner in numbers if dom.contains(number, inner)))
    comment.date_machine = _machine_date(dom, number) or _machine_date(dom, outer)
    comment.time_at = number
    text = dom.short_text(number, 200)
    exact = "" if _YEAR.search(text) else _exact_date(dom, number) or _exact_date(dom, outer)
    span = find_date(exact or text)
    if exact and span:
        comment.date_text = exact[span[0] :]
    else:
        comment.date_text = text[span[0] : span[1]] if span else text[:MAX_DATE] or comment.date_machine


def _exact_date(dom: Dom, number: int) -> str:
    """The attribute's value with a date of a day and a year, beside a text such as "2 years ago"."""
    values = (value for value in dom.attrs[number].values() if value and len(value) <= MAX_DATE)
    return next((value for value in values if _DAY.search(value) and find_date(value)), "")


def _date_rank(dom: Dom, comment: CommentNode, number: int) -> tuple[bool, bool]:
    is_own = not _is_other_date(dom, number) and not _is_in_profile(dom, comment, number)
    return is_own, bool(_machine_date(dom, number)) or dom.tag[number] == "time"


def _machine_date(dom: Dom, number: int) -> str | None:
    """The date that an element's attributes give to programs."""
    attrs = dom.attrs[number]
    values = (machine_date(attrs), attrs.get("content"), attrs.get("title"))
    return next((str(value) for value in values if value and _ISO.search(value)), None)


def _is_in_profile(dom: Dom, comment: CommentNode, number: int) -> bool:
    """Whether a date is among what a forum shows of an author beside the post: since when, how many posts."""
    while number > comment.number:
        if any(map(_PROFILE_NAME.search, dom.classes[number])):
            return True
        number = dom.parent[number]
    return False


def _is_other_date(dom: Dom, number: int) -> bool:
    """Whether a date is that of an edit, or of when somebody joined."""
    parent, piece = dom.parent[number], dom.first[number]
    before = dom.pieces[piece - 1].strip() if piece else ""
    hints = (
        f"{dom.attribute(number, 'itemprop')} {dom.attribute(number, 'class')}",
        dom.attribute(parent, "class") if parent > 0 else "",
        dom.short_text(number, 200)[:MAX_DATE],
        before if len(before) < 30 else "",
    )
    return any(map(vocabulary.OTHER_DATE.search, hints))


# Identifiers, permalink, score


def _identifiers(dom: Dom, comment: CommentNode) -> Iterator[str]:
    """The identifiers of a comment, its own element's first."""
    seen = set()
    before_body = max(comment.body, comment.number + 12)
    for number in comment.own_elements():
        if number > before_body:
            return
        attrs = dom.attrs[number]
        for name in () if _ID_ATTRIBUTES_SET.isdisjoint(attrs) else _ID_ATTRIBUTES:
            value = attrs.get(name)
            if value and value not in seen and (name != "name" or dom.tag[number] == "a"):
                seen.add(value)
                yield str(value)


def _permalink(dom: Dom, features: NodeFeatures, comment: CommentNode) -> str | None:
    """The link of a comment that most surely leads to the comment itself."""
    ids = set(comment.ids)
    links = [
        (_permalink_rank(dom, features, number, ids), dom.attribute(number, "href"))
        for number in comment.own_elements()
        if dom.tag[number] == "a" and not dom.is_below(comment.body, number)
    ]
    rank, address = max(links, key=lambda link: link[0], default=(0, ""))
    return address if rank else None


def _permalink_rank(dom: Dom, features: NodeFeatures, number: int, ids: set[str]) -> int:
    """How surely a link is a comment's permalink; 0 for not at all."""
    address = dom.attribute(number, "href")
    low = address.lower()
    if address in ("", "#") or low.startswith("javascript"):
        return 0
    if vocabulary.REPLY_ADDRESS.search(low) or vocabulary.PROFILE_ADDRESS.search(low):
        return 0
    if any("permalink" in name for name in dom.classes[number]):
        return 4
    if address.partition("#")[2] in ids:
        return 3
    return 2 if features.count_times(number, dom.end[number]) else 0


def _score(dom: Dom, comment: CommentNode) -> int | None:
    for number in comment.own_elements():
        if _is_score_class(dom.classes[number]) and (score := _SCORE.match(dom.short_text(number, 24))):
            return int(score[1].replace(",", "").replace(".", ""))
    return None


@lru_cache(maxsize=4096)
def _is_score_class(names: tuple[str, ...]) -> bool:
    return any(map(_SCORE_NAME.search, names))
