"""What a comment on a page says of itself: author, date, identifiers, permalink, score, and which element is its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rumor_tui.readers.dump import dates
from rumor_tui.readers.dump.words import BY, SAYS
from rumor_tui.readers.html import words
from rumor_tui.readers.html.page import Page
from rumor_tui.readers.html.signs import LONGEST_DATE, LONGEST_NAME, Signs

_AUTHOR_ATTRIBUTES: Final = (
    "data-author", "data-username", "data-authorname", "data-author-name", "data-user-name", "data-poster-name", "author",
)  # fmt: skip
_TIME_ATTRIBUTES: Final = (
    "datetime", "content", "data-at-unix", "data-publishtime", "data-timestamp", "data-time", "data-utime", "title",
)  # fmt: skip
_ID_ATTRIBUTES: Final = (
    "id", "data-id", "data-pid", "data-comment-id", "data-commentid", "data-post-id", "data-postid", "data-shortid",
    "thingid", "data-fullname", "data-content", "name",
)  # fmt: skip
_BODY_PROPERTIES: Final = frozenset(("text", "commenttext", "articlebody", "reviewbody"))
_BLOCKS: Final = frozenset(("div", "section", "article", "td", "tr", "tbody", "table", "dd", "span", "font"))

_SAID = re.compile(
    r"[\s:,]*(?:\b(?:{})\b)?[\s:,]*$".format("|".join(map(re.escape, sorted(SAYS, key=len, reverse=True)))),
    re.IGNORECASE,
)
_BY_FIRST = re.compile(
    r"^[^\w(\[]*(?:(?:{})(?=[\s:]))?[\s:~]*".format("|".join(map(re.escape, sorted(BY, key=len, reverse=True)))),
    re.IGNORECASE,
)
_EXACT_NAME = re.compile(
    r"(?:comment|post|user|message|display|commenter|p)?[-_]*(?:author|user|poster|creator|nick)?[-_]*"
    r"(?:name|fn|author|user|username|nickname|link|byline|creator|poster|by)"
)
SCRAP: Final = 24
"""Characters of a label or a figure that stands among names and dates."""
_HEADS: Final = frozenset(("strong", "b", "dt", "th", "h2", "h3", "h4", "h5", "h6", "cite"))
_ISO = re.compile(r"\d{4}-\d\d-\d\d|^\d{9,13}$")
_SCORE = re.compile(r"^\W*(-?\d[\d,.]{0,8})\s*(?:points?|votes?|likes?|pts?|punkte)?\W*$", re.IGNORECASE)
_FIGURE = re.compile(r"\W*-?\d[\d,.k]*\s*\w*\W*$")
_SCORE_NAME = re.compile(r"(?:^|[-_])(?:score|vote-?count|vote-result|karma|upvotes?|points|vote-number)(?:$|[-_])")


@dataclass(slots=True)
class Unit:
    """A comment's element, the ranges of elements and of text pieces that are its own, and what was found in them.

    `written` is the date as the page shows it, `moment` as the page tells it to programs. `aside` are elements inside
    the body's that are none of it. `extra` are elements after the body's that belong to it.
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

    def own(self) -> Iterator[int]:
        """The numbers of its own elements."""
        for start, end in self.ranges:
            yield from range(start, end)


def fill(page: Page, signs: Signs, unit: Unit) -> None:
    """Find out all of a unit."""
    _author(page, signs, unit)
    _time(page, signs, unit)
    unit.body = _body(page, signs, unit)
    if unit.author is None:
        start = page.first[unit.number]
        _said_name(page, signs, unit, range(start, page.first[unit.body] if unit.body != unit.number else start))
    unit.aside = list(_aside(page, signs, unit))
    unit.ids = tuple(_identifiers(page, unit))
    unit.url = _permalink(page, signs, unit)
    unit.score = _score(page, unit)


def children(page: Page, number: int) -> Iterator[int]:
    """The numbers of an element's children."""
    child, end = number + 1, page.end[number]
    while child < end:
        yield child
        child = page.end[child]


def loud(page: Page, signs: Signs, number: int) -> int:
    """The length of an element's text that is no name, date or label."""
    return signs.loud[page.last[number]] - signs.loud[page.first[number]]


def own_letters(page: Page, unit: Unit, number: int, lengths: list[int]) -> int:
    """The length of an element's text, by running lengths of pieces, without what is inside other units."""
    first, last = page.first[number], page.last[number]
    total = 0
    for start, end in unit.pieces:
        a, b = max(start, first), min(end, last)
        if a < b:
            total += lengths[b] - lengths[a]
    return total


# The body


def _body(page: Page, signs: Signs, unit: Unit) -> int:
    """The element that holds the text, and as little else as can be; the unit's own when nothing is plainer."""
    if unit.ranges and unit.ranges[-1][1] > page.end[unit.number]:
        return _led_body(page, signs, unit)
    whole = own_letters(page, unit, unit.number, signs.loud)
    ranked: list[tuple[int, int, int, bool]] = []
    for number in unit.own():
        if number == unit.number or page.tag[number] in ("a", "time", "button", "form", "img", "input", "label", "i"):
            continue
        rank = _body_rank(page, number)
        if rank and not _set_aside(page, number, unit.number):
            mixed = any(number < at < page.end[number] for at in (unit.author_at, unit.time_at))
            ranked.append((rank, number, own_letters(page, unit, number, page.letters), mixed))
    for unmixed in (True, False):
        chosen = _plainest(page, unit, [one[:3] for one in ranked if one[3] != unmixed], whole)
        if chosen >= 0:
            return chosen
    return _narrowest(page, unit, unit.number, signs.loud)


def _led_body(page: Page, signs: Signs, unit: Unit) -> int:
    """The body of a unit that is only a head: the fullest element after it."""
    after = page.end[unit.number]
    found, last = after, unit.ranges[-1][1]
    while after < last:
        if loud(page, signs, after) > loud(page, signs, found):
            found = after
        after = page.end[after]
    return _narrowest(page, unit, found, page.letters)


def _plainest(page: Page, unit: Unit, ranked: list[tuple[int, int, int]], whole: int) -> int:
    """Of elements with their ranks and lengths, the innermost one that has nearly all that the best rank has; or -1."""
    largest = max((size for _, _, size in ranked), default=0)
    for rank in sorted({one[0] for one in ranked}, reverse=True):
        alike = [(size, number) for one, number, size in ranked if one == rank]
        most = max(size for size, _ in alike)
        if most and (rank >= 4 or most >= 0.4 * min(whole, largest)):
            holding = [number for size, number in alike if size >= 0.9 * most]
            return _narrowest(page, unit, holding[-1], page.letters)
        if not most and rank >= 3 and whole < 40:
            return alike[-1][1]
    return -1


def _body_rank(page: Page, number: int) -> int:
    """How plainly an element is the text of a comment; 0 for not at all."""
    if page.attribute(number, "itemprop").lower() in _BODY_PROPERTIES:
        return 5
    rank = 0
    names = page.names[number]
    if any(map(_NOT_BODY.search, names)) and not any(map(_STRONGEST_BODY.fullmatch, names)):
        return 0
    for name in names:
        if words.NOT_BODY_NAME.search(name) and not _STRONGEST_BODY.fullmatch(name):
            continue
        if _STRONGEST_BODY.fullmatch(name):
            rank = max(rank, 4)
        elif words.BODY_NAME.search(name):
            rank = max(rank, 3 if re.search(r"body|content|text|message|copy|markdown|msg", name) else 1)
    return rank


_NOT_BODY = re.compile(
    r"author|(?:^|[-_])(?:meta|header|footer|title|replies|children|form|sig|signature|actions?|controls?)(?:$|[-_])"
)
_STRONGEST_BODY = re.compile(
    r"(?:[a-z]+[-_])?(?:comment|post|message|reply|answer|usertext)[-_]*(?:body|content|text|message|copy|msg)(?:[-_]text)?"
    r"|markdown-body|comment-copy|e-content|bbwrapper|usercontent|userbody|postbody|messagetext|message-content"
)


_SIGNATURE = re.compile(
    r"(?:^|[-_])(?:signature|sig|postsig|user-?signature|attachments?|edited|respond)(?:$|[-_])|signature$"
)


def _set_aside(page: Page, number: int, outer: int) -> bool:
    """Whether an element is hidden, or part of a quotation or a signature."""
    here = number
    while here > outer:
        if (
            page.hidden(here)
            or page.tag[here] in ("blockquote", "form")
            or any(map(_SIGNATURE.search, page.names[here]))
        ):
            return True
        here = page.parent[here]
    return False


def _hidden_in(page: Page, number: int, outer: int) -> bool:
    here = number
    while here > outer:
        if page.hidden(here):
            return True
        here = page.parent[here]
    return False


def _narrowest(page: Page, unit: Unit, start: int, lengths: list[int]) -> int:
    """The deepest element from `start` down that is one block and still holds nearly all of its text."""
    here = start
    while True:
        whole = own_letters(page, unit, here, lengths)
        for child in children(page, here):
            if page.tag[child] in _BLOCKS and own_letters(page, unit, child, lengths) >= 0.97 * whole > 0:
                here = child
                break
        else:
            return here


# What is inside the body's element and is none of it


def _aside(page: Page, signs: Signs, unit: Unit) -> Iterator[int]:
    bylines = {_byline_block(page, signs, unit, at) for at in (unit.author_at, unit.time_at)}
    mixed = unit.author_at in range(unit.body + 1, page.end[unit.body]) or unit.time_at in range(
        unit.body + 1, page.end[unit.body]
    )
    stop, end = 0, page.end[unit.body]
    for start, last in unit.ranges:
        for number in range(max(start, unit.body + 1), min(last, end)):
            if number < stop:
                continue
            if number in bylines or _is_aside(page, signs, unit, number, mixed):
                yield number
                stop = page.end[number]


def _byline_block(page: Page, signs: Signs, unit: Unit, at: int) -> int:
    """The largest element around a name or a date, inside the body's, that holds hardly anything else."""
    if not unit.body < at < page.end[unit.body]:
        return -1
    here = at
    while page.parent[here] != unit.body and _is_chrome(page, signs, page.parent[here]):
        here = page.parent[here]
    return here


def _is_chrome(page: Page, signs: Signs, number: int) -> bool:
    """Whether an element holds only names, dates, labels and scraps."""
    pieces = range(page.first[number], page.last[number])
    return loud(page, signs, number) <= 120 and not any(
        not signs.quiet[piece] and len(page.pieces[piece].strip()) > SCRAP for piece in pieces
    )


def _is_aside(page: Page, signs: Signs, unit: Unit, number: int, mixed: bool) -> bool:
    tag = page.tag[number]
    if tag in ("form", "button", "input", "nav", "label"):
        return page.size(number) < 400
    if page.hidden(number):
        return True
    names, size = page.names[number], page.size(number)
    if size < 400 and any(map(words.ASIDE_NAME.search, names)):
        return tag not in ("p", "blockquote", "pre", "code") or size < 60
    if not mixed or tag in ("p", "blockquote", "pre", "code", "b", "strong", "em", "i") or "quote" in " ".join(names):
        return False
    first, last = page.first[number], page.last[number]
    around = loud(page, signs, number)
    quiet = sum(signs.quiet[first:last])
    if tag in ("header", "footer") and size < 300:
        return True
    if signs.action[number] and size <= 30:
        return True
    if quiet and around == 0 and tag != "a":
        return True
    return bool(quiet and around <= 24 and _before_text(page, signs, unit, number) and tag not in ("a", "li"))


def _before_text(page: Page, signs: Signs, unit: Unit, number: int) -> bool:
    """Whether none of the body's text stands before an element, but scraps."""
    first, last = page.first[unit.body], page.first[number]
    if signs.loud[last] - signs.loud[first] > 120:
        return False
    return not any(not signs.quiet[piece] and len(page.pieces[piece].strip()) > SCRAP for piece in range(first, last))


# The author


def _author(page: Page, signs: Signs, unit: Unit) -> None:
    best: tuple[int, int, int, str] | None = None
    for place, number in enumerate(unit.own()):
        rank = _author_rank(page, signs, number)
        if rank and (best is None or rank > best[0]) and not _hidden_in(page, number, unit.number):
            at, name = _name_of(page, signs, number)
            if name and (rank >= 65 or not name.isdigit()):
                best = (rank, -place, at, name)
    told = next(
        (
            value.strip()
            for number in (unit.number, page.parent[unit.number], *children(page, unit.number))
            for name in _AUTHOR_ATTRIBUTES
            if number > 0 and (value := page.attribute(number, name)) and len(value) <= LONGEST_NAME
        ),
        None,
    )
    if best is not None:
        unit.author_at, unit.author = best[2], best[3]
    if told and (best is None or best[0] < 85):
        unit.author = told
    if unit.author is None:
        start, end = page.first[unit.number], page.last[unit.number]
        heads = (piece for piece in range(start, min(end, start + 6)) if _is_head(page, page.owner[piece]))
        _said_name(page, signs, unit, list(heads))


def _author_rank(page: Page, signs: Signs, number: int) -> int:
    """How surely an element is the author's name; 0 for no."""
    attrs, names = page.attrs[number], page.names[number]
    kind = (attrs.get("itemprop") or "").lower()
    if kind in ("author", "creator"):
        return 100
    if not signs.author[number]:
        return 0
    address = (attrs.get("href") or "").lower()
    rank = 80 if "author" in (attrs.get("rel") or "").lower() else 0
    for name in names:
        if words.AUTHOR_NAME.search(name) and not words.NOT_AUTHOR_NAME.search(name):
            rank = max(rank, 75 if _EXACT_NAME.fullmatch(name) else 60)
    if page.tag[number] == "cite":
        rank = max(rank, 70)
    if address and words.PROFILE.search(address[-200:]):
        rank = max(rank, 64)
    return rank


def _name_of(page: Page, signs: Signs, number: int) -> tuple[int, str]:
    """A name without what bylines put around it, and the element that it stands in."""
    attrs = page.attrs[number]
    if attrs.get("content") and page.tag[number] == "meta":
        return number, str(attrs["content"]).strip()[:LONGEST_NAME]
    inner = range(number + 1, min(page.end[number], number + 40))
    for one in inner:
        if page.attribute(one, "itemprop").lower() == "name":
            text = page.short_text(one, LONGEST_NAME) or page.attribute(one, "content")
            if text.strip():
                return one, text.strip()
    pieces = range(page.first[number], page.last[number])
    if len(pieces) > 1:
        for one in inner:
            if signs.author[one] and page.tag[one] == "a" and not page.hidden(one):
                name = clean_name(page.short_text(one, LONGEST_NAME))
                if name:
                    return one, name
        for piece in pieces:
            if not _hidden_in(page, page.owner[piece], number):
                name = clean_name(" ".join(page.pieces[piece].split()))
                if name:
                    return page.owner[piece], name
    return number, clean_name(page.short_text(number, LONGEST_NAME))


def clean_name(text: str) -> str:
    """A byline's name alone: no "by" before it, no "says:" after it, no date; empty when no name is left."""
    place = dates.find(text)
    if place is not None:
        text = text[: place[0]] if place[0] > 1 else text[place[1] :]
    text = _BY_FIRST.sub("", text, count=1)
    text = _SAID.sub("", text).strip(" \t:|·•,–—-/#»›>")
    if (
        len(text) > LONGEST_NAME
        or text.lower() in words.REPLY_LABELS
        or text.lower() in BY
        or not any(map(str.isalnum, text))
    ):
        return ""
    return text.removeprefix("(").removesuffix(")") if text.startswith("(") else text


def _is_head(page: Page, number: int) -> bool:
    """Whether an element is set off as names are: bold, or a heading, or a term."""
    return page.tag[number] in _HEADS or page.tag[page.parent[number]] in _HEADS


def _said_name(page: Page, signs: Signs, unit: Unit, pieces: Sequence[int]) -> None:
    """The first of some text pieces that is a name: in a line of its own, or before a date or "says"."""
    for piece in pieces[:12]:
        owner = page.owner[piece]
        text = " ".join(page.pieces[piece].split())
        if len(text) > LONGEST_DATE + LONGEST_NAME or any(map(words.NOT_AUTHOR_NAME.search, page.names[owner])):
            continue
        if signs.action[owner] or _FIGURE.match(text):
            continue
        name = clean_name(text)
        if name and any(map(str.isalpha, name)) and len(name) <= 50:
            unit.author, unit.author_at = name, owner
            return


# The date


def _time(page: Page, signs: Signs, unit: Unit) -> None:
    best: tuple[tuple[bool, bool], int, str | None] | None = None
    for number in unit.own():
        if not signs.time[number]:
            continue
        attrs = page.attrs[number]
        moment = next((str(v) for k in _TIME_ATTRIBUTES if (v := attrs.get(k)) and _ISO.search(str(v))), None)
        rank = (not _is_other_date(page, number), bool(moment) or page.tag[number] == "time")
        if best is None or rank > best[0]:
            best = (rank, number, moment)
    if best is None:
        return
    _, number, moment = best
    unit.moment, unit.time_at = moment, number
    text = page.short_text(number, 200) or str(page.attrs[number].get("title") or "")
    place = dates.find(text)
    unit.written = text[place[0] : place[1]] if place else text[:LONGEST_DATE] or moment


def _is_other_date(page: Page, number: int) -> bool:
    """Whether a date is that of an edit, or of when somebody joined."""
    attrs = page.attrs[number]
    if words.NOT_POSTED.search(f"{attrs.get('itemprop') or ''} {attrs.get('class') or ''}"):
        return True
    above = page.parent[number]
    if above > 0 and words.NOT_POSTED.search(page.attribute(above, "class")):
        return True
    piece = page.first[number]
    before = page.pieces[piece - 1].strip() if piece else ""
    if words.NOT_POSTED.search(page.short_text(number, 200)[:LONGEST_DATE]):
        return True
    return len(before) < 30 and bool(words.NOT_POSTED.search(before))


# Identifiers, permalink, score


def _identifiers(page: Page, unit: Unit) -> Iterator[str]:
    """The identifiers that a comment goes by, its own element's first."""
    seen = set()
    before_body = max(unit.body, unit.number + 12)
    for number in unit.own():
        if number > before_body:
            return
        attrs = page.attrs[number]
        for name in _ID_ATTRIBUTES:
            value = attrs.get(name)
            if value and value not in seen and (name != "name" or page.tag[number] == "a"):
                seen.add(value)
                yield str(value)


def _permalink(page: Page, signs: Signs, unit: Unit) -> str | None:
    ids = set(unit.ids)
    best: tuple[int, str] | None = None
    for number in unit.own():
        address = page.attribute(number, "href")
        if page.tag[number] != "a" or address in ("", "#") or unit.body < number < page.end[unit.body]:
            continue
        rank = _permalink_rank(page, signs, number, address, ids)
        if rank and (best is None or rank > best[0]):
            best = (rank, address)
    return best[1] if best else None


def _permalink_rank(page: Page, signs: Signs, number: int, address: str, ids: set[str]) -> int:
    low = address.lower()
    if low.startswith("javascript") or words.REPLY_ADDRESS.search(low) or words.PROFILE.search(low):
        return 0
    if any("permalink" in name for name in page.names[number]):
        return 4
    if address.partition("#")[2] in ids:
        return 3
    return 2 if signs.times[page.end[number]] - signs.times[number] else 0


def _score(page: Page, unit: Unit) -> int | None:
    for number in unit.own():
        if any(map(_SCORE_NAME.search, page.names[number])):
            found = _SCORE.match(page.short_text(number, 24))
            if found:
                return int(found[1].replace(",", "").replace(".", ""))
    return None
