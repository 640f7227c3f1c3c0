"""Who wrote a comment, by what its elements are called, link to and say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from rumor_tui.readers.dates import find
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode, children, is_hidden_within
from rumor_tui.readers.html.discussion.features import MAX_DATE, MAX_NAME, NodeFeatures, is_body_class, is_quote
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.labels import BY, PREPOSITIONS, SAYS, WEEKDAYS

_ATTRIBUTES: Final = (
    "data-author", "data-username", "data-authorname", "data-author-name", "data-user-name", "data-poster-name",
    "author",
)  # fmt: skip
_HEADS: Final = frozenset(("strong", "b", "dt", "th", "h2", "h3", "h4", "h5", "h6", "cite"))
IN_BODY_PENALTY: Final = 40
"""How much less sure a name is that stands in what is called the text of a comment: it may be somebody mentioned."""
_LONGEST_BYLINE: Final = 160
"""Characters of a line that holds a name, a date and a few words."""

_SAID = re.compile(
    r"[\s:,]*(?:\b(?:{})\b)?[\s:,]*$".format("|".join(map(re.escape, sorted(SAYS, key=len, reverse=True)))),
    re.IGNORECASE,
)
_BY = "|".join(map(re.escape, sorted(BY, key=len, reverse=True)))
_BY_FIRST = re.compile(rf"^[^\w(\[]*(?:(?:{_BY})(?=[\s:]))?[\s:~]*", re.IGNORECASE)
_BY_LAST = re.compile(rf"(?:^|\s|[(|,.–—-])(?:{_BY})\s*:?\s*$", re.IGNORECASE)
_WEEKDAY_LAST = re.compile(
    r"[\s,]*(?:\b(?:on|am|le|el|il|em|op)\s+)?\b(?:{})\b\.?,?\s*$".format(
        "|".join(map(re.escape, sorted(WEEKDAYS, key=len, reverse=True)))
    ),
    re.IGNORECASE,
)
"""A day of the week at the end of what stands before a date."""
_EXACT_NAME = re.compile(
    r"(?:comment|post|user|message|display|commenter|p)?[-_]*(?:author|user|poster|creator|nick)?[-_]*"
    r"(?:name|fn|author|user|username|nickname|link|byline|creator|poster|by)"
)
_SEPARATED = re.compile(r"\w[^|·•]{0,50}\s[|·•–—]\s")
"""A name before a date, in one piece of text with it."""
_KEY = re.compile(r"(?:\w+=)?")
"""What may stand between a profile's place in an address and the name."""
_FIGURE = re.compile(r"\W*-?\d[\d,.k]*\s*\w*\W*$")


def find_author(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    """Set a unit's author, by the surest of its elements that are names, or by an attribute that tells it."""
    if unit.author is not None:
        return
    if unit.author_at >= 0:
        unit.author_at, unit.author = _name_of(page, signs, unit.author_at)
    if unit.author:
        return
    best: tuple[int, int, str] | None = None
    said = 0
    for number in unit.own():
        if number >= said and is_body_class(page.names[number]):
            said = page.end[number]
        rank = _rank(page, signs, number) - (IN_BODY_PENALTY if number < said else 0)
        if rank > 0 and (best is None or rank > best[0]) and not _is_another(page, number, unit.number):
            at, name = _name_of(page, signs, number)
            doubtful = len(name) == 1 or page.short_text(at, MAX_NAME).startswith("@")
            doubtful = doubtful or (name.lower() in BY and not page.attribute(at, "href"))
            rank -= 20 if doubtful else 0
            if name and (rank >= 65 or not name.isdigit()) and (best is None or rank > best[0]):
                best = (rank, at, name)
    if best is not None:
        unit.author_at, unit.author = best[1], best[2]
    told = _told(page, unit)
    if told and (best is None or (best[0] < 85 and not _same(told, best[2]))):
        unit.author = told


def find_author_in_byline(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    """Set the author of a unit with no element for it: by the line of its date, then by what is set off first."""
    if unit.author is None and unit.time_at >= 0:
        _after_by(page, signs, unit)
    if unit.author is None:
        _said(page, signs, unit, (piece for piece in _first(unit, 6) if _is_head(page, page.owner[piece])))


def _is_another(page: Dom, number: int, outer: int) -> bool:
    """Whether a name is hidden, or that of somebody who is answered."""
    if is_hidden_within(page, number, outer):
        return True
    here = number
    for _ in range(3):
        if here <= outer:
            return False
        if any(map(vocabulary.REPLY_TO_NAME.search, page.names[here])):
            return True
        if page.size(here) < _LONGEST_BYLINE and vocabulary.REPLY_TO_LINE.search(
            page.short_text(here, _LONGEST_BYLINE)
        ):
            return True
        here = page.parent[here]
    return False


def find_author_near_date(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    """Set the author of a unit whose elements do not tell it, by what is said around the date and before the body."""
    if unit.author is None and unit.time_at >= 0:
        _near_date(page, signs, unit)
    if unit.author is None and unit.body != unit.number:
        end = page.first[unit.body]
        _said(page, signs, unit, (piece for piece in _first(unit, 12) if piece < end))


def _first(unit: CommentNode, most: int) -> Iterator[int]:
    for count, piece in enumerate(unit.own_pieces()):
        if count == most:
            return
        yield piece


def _told(page: Dom, unit: CommentNode) -> str | None:
    """The name in an attribute of the unit's element, or of one right around or in it."""
    for number in (unit.number, page.parent[unit.number], *children(page, unit.number)):
        if number > 0:
            for name in _ATTRIBUTES:
                value = page.attribute(number, name).strip()
                if value and len(value) <= MAX_NAME:
                    return value
    return None


def _same(told: str, shown: str) -> bool:
    """Whether two names are one, written once as an identifier."""
    return re.sub(r"\W|_", "", told.casefold()) == re.sub(r"\W|_", "", shown.casefold())


def _rank(page: Dom, signs: NodeFeatures, number: int) -> int:
    """How surely an element is the author's name; 0 for no."""
    attrs = page.attrs[number]
    kind = (attrs.get("itemprop") or "").lower()
    if kind in ("author", "creator"):
        return 100
    if not signs.author[number]:
        return 0
    address = (attrs.get("href") or "").lower()
    rank = 80 if "author" in (attrs.get("rel") or "").lower() else 0
    for name in page.labels(number):
        if vocabulary.AUTHOR_NAME.search(name) and not vocabulary.NOT_AUTHOR_NAME.search(name):
            rank = max(rank, 75 if _EXACT_NAME.fullmatch(name) else 60)
    if page.tag[number] == "cite":
        rank = max(rank, 70)
    if address and vocabulary.PROFILE_ADDRESS.search(address[-200:]):
        rank = max(rank, 64)
    return rank


def _name_of(page: Dom, signs: NodeFeatures, number: int) -> tuple[int, str]:
    """A name without what bylines put around it, and the element that it stands in."""
    attrs = page.attrs[number]
    if attrs.get("content") and page.tag[number] == "meta":
        return number, str(attrs["content"]).strip()[:MAX_NAME]
    inner = range(number + 1, min(page.end[number], number + 40))
    for one in inner:
        if page.attribute(one, "itemprop").lower() == "name":
            text = page.short_text(one, MAX_NAME) or page.attribute(one, "content")
            if text.strip():
                return one, clean_author(text, sure=True)
    pieces = range(page.first[number], page.last[number])
    if len(pieces) > 1:
        for one in inner:
            if signs.author[one] and page.tag[one] == "a" and not page.hidden(one):
                name = clean_author(page.short_text(one, MAX_NAME), sure=_is_surely_name(page, one))
                if name:
                    return one, name
        for piece in pieces:
            if not is_hidden_within(page, page.owner[piece], number):
                name = clean_author(" ".join(page.pieces[piece].split()))
                if name:
                    return page.owner[piece], name
    return number, clean_author(page.short_text(number, MAX_NAME), sure=_is_surely_name(page, number))


def _is_surely_name(page: Dom, number: int) -> bool:
    """Whether an element says that its text is a name, even if that is a word that labels have, as "root" is."""
    attrs = page.attrs[number]
    if (attrs.get("itemprop") or "").lower() in ("author", "creator") or "author" in (attrs.get("rel") or "").lower():
        return True
    address = (attrs.get("href") or "").lower()
    if address:
        last = re.split(r"[/=~@]", address.rstrip("/"))[-1]
        found = (
            vocabulary.PROFILE_ADDRESS.search(address) if last == page.short_text(number, MAX_NAME).lower() else None
        )
        return found is not None and bool(_KEY.fullmatch(address[found.end() :].removesuffix("/").removesuffix(last)))
    names = page.names[number]
    return any(vocabulary.AUTHOR_NAME.search(name) and _EXACT_NAME.fullmatch(name) for name in names)


def clean_author(text: str, *, sure: bool = False) -> str:
    """A byline's name alone: no "by" before it, no "says:" after it, no date; empty when no name is left.

    Of what is `sure` to be a name, words that are otherwise labels are kept.
    """
    place = find.find_date(text)
    if place is not None:
        text = _WEEKDAY_LAST.sub("", text[: place[0]]) if place[0] > 1 else text[place[1] :]
    text = _BY_FIRST.sub("", text, count=1)
    text = _SAID.sub("", text)
    text = vocabulary.UNVERIFIED_SUFFIX.sub("", text).strip(" \t:|·•,–—-/#»›>")
    low = text.lower()
    if not text or len(text) > MAX_NAME or not any(map(str.isalnum, text)):
        return ""
    if (not sure and _is_label(low)) or (text[0] not in "[(" and vocabulary.DELETED_NOTICE.match(text)):
        return ""
    return text.removeprefix("(").removesuffix(")") if text.startswith("(") else text


def _is_label(low: str) -> bool:
    """Whether a text in lower case is a word of bylines, or what can be pressed beside them."""
    return any(low in table for table in (vocabulary.REPLY_LABELS, vocabulary.NON_NAMES, BY, SAYS, PREPOSITIONS))


def _is_head(page: Dom, number: int) -> bool:
    """Whether an element is set off as names are: bold, or a heading, or a term."""
    return page.tag[number] in _HEADS or page.tag[page.parent[number]] in _HEADS


def _is_quoted(page: Dom, number: int, outer: int) -> bool:
    """Whether an element stands in a quotation inside an outer one: names there are those of others."""
    while number > outer:
        if is_quote(page, number):
            return True
        number = page.parent[number]
    return False


def _said(page: Dom, signs: NodeFeatures, unit: CommentNode, pieces: Iterable[int]) -> None:
    """The first of some text pieces that is a name: in a line of its own, or before a date or "says"."""
    for piece in pieces:
        owner = page.owner[piece]
        if _is_quoted(page, owner, unit.number):
            continue
        text = " ".join(page.pieces[piece].split())
        if len(text) > MAX_DATE + MAX_NAME or any(map(vocabulary.NOT_AUTHOR_NAME.search, page.names[owner])):
            continue
        if signs.action[owner] or _FIGURE.match(text) or vocabulary.SUBJECT_PREFIX.match(text) or len(text) < 2:
            continue
        name = clean_author(text)
        if name and any(map(str.isalpha, name)) and len(name) <= 50:
            unit.author, unit.author_at = name, owner
            return


def _after_by(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    """The name in an element right before the date's, after a "by" that is all of the line before it."""
    line = page.parent[unit.time_at]
    if line <= unit.number or page.size(line) > _LONGEST_BYLINE:
        return
    pieces = [piece for piece in unit.own_pieces() if page.first[line] <= piece < page.first[unit.time_at]][:2]
    if len(pieces) == 2 and page.pieces[pieces[0]].strip(" :\n\t").lower() in BY and page.owner[pieces[1]] != line:
        _said(page, signs, unit, pieces[1:])


def _near_date(page: Dom, signs: NodeFeatures, unit: CommentNode) -> None:
    """The name in the line that holds the date: what follows "by", or what links elsewhere."""
    line = unit.time_at
    while line > unit.number and page.parent[line] >= unit.number and page.size(page.parent[line]) <= _LONGEST_BYLINE:
        line = page.parent[line]
    first, last = page.first[line], page.last[line]
    pieces = [piece for piece in unit.own_pieces() if first <= piece < last]
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=-1):
        text = " ".join(page.pieces[piece].split())
        if page.owner[piece] == unit.time_at and _SEPARATED.match(text):
            _said(page, signs, unit, [piece])
        said = _BY_FIRST.match(text)
        if said and any(map(str.isalpha, said[0])) and (name := clean_author(text)) and len(name) <= 50:
            unit.author, unit.author_at = name, page.owner[piece]
            return
        if following >= 0 and _BY_LAST.search(text):
            _said(page, signs, unit, [following])
            if unit.author is not None:
                return
