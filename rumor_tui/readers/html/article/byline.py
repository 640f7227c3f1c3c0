"""The byline that a page shows near the headline of its article: the author's name and the date.

Many pages have neither in their metadata, and some have the site's there. What stands near the headline is the
author's where the page says so: with a word such as "by" before it, in an element that is named so, in a link to the
author's page, or beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from rumor_tui.readers.html import metadata, vocabulary
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import BY

BEFORE: Final = 12
"""Texts before the headline that may be of the byline."""
AFTER: Final = 24
"""Texts after the headline that may be of the byline."""
MAX_PROSE: Final = 200
"""Characters of a text after the headline with which the article begins, so that the byline was before it."""
MAX_SUMMARIES: Final = 3
"""Such texts that may stand between the headline and the byline: subtitles."""
MAX_AUTHORS: Final = 5
_MAX_LINE: Final = 120
"""Characters of a text with a name or a date."""
_MAX_WORDS: Final = 6
_LEVELS: Final = 3
"""The element of a text and its ancestors whose names are looked at."""

_OF_AUTHOR: Final = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?lines?|byline|writers?|contributors?|post-?author|the-author|autor|auteur|verfasser"
    r"|fn|p-author)(?:$|[\s_-])(?!.*(?:bio|desc|avatar|image|photo|title|role|job|position|social))"
)
"""Names of elements with the author's name."""
_AUTHORS_PAGE: Final = re.compile(
    r"/(?:authors?|contributors?|writers?|people|team|staff|reviewer|profiles?|autor(?:en)?|auteurs?|u|by)/[^/?#]+|"
    r"[?&]author=|/~\w",
    re.IGNORECASE,
)
"""Addresses of a page about an author."""
_OTHER_BY: Final = {"authored by", "words by", "insights from", "story by", "text by", "article by"}
_BY_PHRASES: Final = {*BY, *_OTHER_BY} - {"from", "via"}
_BY: Final = re.compile(rf"\W*(?:{alternation(_BY_PHRASES)}|author\(s\))(?!\w)\s*[:：]?\s*", re.IGNORECASE)
_WRITTEN_BY: Final = re.compile(
    r"\W*(?:this (?:post|article) was )?(?:(?:written|article|posted|story|words) by|authors?:|author\(s\):?)\s*:?\s*",
    re.IGNORECASE,
)
"""Labels of an author's name that are clear wherever they stand."""
_BESIDE_NAME: Final = re.compile(
    r"^(?![^\[:]*[\[:])(?:.*[-_])?(?:side-?bar|side|widget-area|recent-?\w+|latest-?\w+|related|comments|comment-?list"
    r"|comment-?author|comment-?meta|commentarea)(?:$|[-_])"
)
"""Classes of side bars and comments, where names are of others."""
_USER_NAME: Final = re.compile(r"(?=[^\W_]*[^\W\d])[\w.-]{2,40}(?:@[\w.-]{3,60})?")
_POSTER_ATTRIBUTES: Final = ("author", "data-author")
_BETWEEN: Final = re.compile(r"\W*(?:and|und|et|y|e|en|&|,|with)?\W*", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"(?<!\s)\s+[|·•»/–—-]\s+|[|·•]")
"""What separates a name, a date, a reading time and the like in one line."""
_AFTER_NAME: Final = re.compile(r"\s+(?:on|at|in|am|um|le|el|il|op|den)(?:\s+(?:\d|\w+$).*)?\W*$", re.IGNORECASE)
"""When or where the author wrote: "on" before the date, "at 7:31 in Machines"."""
_YEAR: Final = re.compile(r"\d{4}|['’]\d\d\b")
_UPDATED: Final = re.compile(
    r"updat|modif|edit|review|aktualis|geändert|bearbeitet|mis à jour|actualiz|aggiorn|atualiz", re.IGNORECASE
)
"""Words before the date of an update."""


@dataclass(frozen=True, slots=True)
class VisibleByline:
    """The names of the authors, separated by commas, and the date as written; empty where there is none."""

    names: str = ""
    date: str = ""
    is_explicit: bool = False
    """Whether a word such as "by" is before the names."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What is between two separators in a text: a name, a label or a date. `piece` is the number of the text."""

    piece: int
    text: str
    is_date: bool = False


def find_visible_byline(dom: Dom, headline: int, beside: Sequence[bool] = ()) -> VisibleByline:
    """The byline near a headline, an element's number, or at the start of the page if that is 0.

    What is `beside` the article (see `elements_beside`) tells about other texts.
    """
    beside = beside or elements_beside(dom)
    title = vocabulary.comparison_key(dom.text(headline)) if headline else ""
    after = _parts(dom, (piece for piece in _places_after(dom, headline) if not beside[dom.owner[piece]]))
    first = dom.first[headline] if headline else 0
    before = _parts(dom, (piece for piece in range(max(first - BEFORE, 0), first) if not beside[dom.owner[piece]]))
    clear = (
        part
        for piece, text in enumerate(dom.pieces)
        if not beside[dom.owner[piece]] and _WRITTEN_BY.match(text)
        for part in _parts(dom, range(piece, min(piece + 2, len(dom.pieces))))
    )
    explicit = _labelled_names(dom, after, _BY, title) or _labelled_names(dom, before, _BY, title)
    names = (
        explicit
        or _named_names(dom, after, title)
        or _named_names(dom, before, title)
        or _labelled_names(dom, list(clear), _WRITTEN_BY, title)
        or _poster(dom, headline)
        or _names_beside_date(dom, after)
        or _names_beside_date(dom, before)
    )
    return VisibleByline(", ".join(dict.fromkeys(names)), _date([*after, *before]), bool(explicit))


def elements_beside(dom: Dom, excluded: Sequence[bool] = ()) -> list[bool]:
    """For each element whether it is in a side bar or a list of comments, or `excluded`."""
    beside = list(excluded) or [False] * len(dom)
    prose = dom.density.prose
    for number in range(1, len(dom)):
        if beside[dom.parent[number]]:
            beside[number] = True
        elif 2 * prose[number] < prose[0] and not beside[number]:
            beside[number] = any(map(_is_beside_name, dom.labels(number)))
    return beside


@lru_cache(maxsize=8192)
def _is_beside_name(name: str) -> bool:
    return bool(_BESIDE_NAME.match(name[: vocabulary.MAX_NAME]))


def _places_after(dom: Dom, headline: int) -> Iterator[int]:
    """The numbers of the texts after the headline, up to the article; the first texts of a page without headline."""
    start, summaries = (dom.last[headline] if headline else 0), 0
    for piece in range(start, min(start + AFTER + BEFORE * (not headline), len(dom.pieces))):
        if len(dom.pieces[piece]) > MAX_PROSE or dom.tag[dom.owner[piece]] in vocabulary.HEADING_TAGS:
            summaries += 1
            if summaries > MAX_SUMMARIES and headline:
                break
        yield piece


# Lines


def _parts(dom: Dom, pieces: Iterable[int]) -> list[_Part]:
    """The parts of some texts, in order."""
    parts: list[_Part] = []
    for piece in pieces:
        line = _line(dom, piece)
        start, end = _date_span(line)
        parts += (_Part(piece, text.strip()) for text in _SEPARATOR.split(line[:start]) if text.strip())
        if start < end:
            parts.append(_Part(piece, line[start:end], True))
        parts += (_Part(piece, text.strip()) for text in _SEPARATOR.split(line[end:]) if text.strip())
    return parts


def _line(dom: Dom, piece: int) -> str:
    """A text on one line; an empty string if it is too long for a byline."""
    text = dom.pieces[piece]
    line = " ".join(text.split()) if len(text) <= 2 * _MAX_LINE else ""
    return line if len(line) <= _MAX_LINE else ""


def _date_span(line: str) -> tuple[int, int]:
    """Where in a line its date is, if it has a year; else its end."""
    from rumor_tui.readers.dates.find import find_date

    span = find_date(line) if any(map(str.isdigit, line)) else None
    if span and _YEAR.fullmatch(line[span[1] :].strip()):
        return span[0], len(line)  # "Tue May 14 09:21:33 CEST 2013"
    return span if span and _YEAR.search(line[slice(*span)]) else (len(line), len(line))


def _date(parts: Sequence[_Part]) -> str:
    """The first date that is not said to be one of an update, or the first one."""
    dates = [at for at, part in enumerate(parts) if part.is_date]
    published = (at for at in dates if not at or not _UPDATED.search(parts[at - 1].text))
    return next((parts[at].text for at in (*published, *dates)), "")


# Names


def _labelled_names(dom: Dom, parts: Sequence[_Part], label: re.Pattern[str], title: str) -> list[str]:
    """The first name with such a label before it, in the same part or the one before, and those that follow it."""
    for at, part in enumerate(parts):
        match = label.match(part.text)
        if match and match.end() < len(part.text):
            name = _name(part.text[match.end() :])
        elif at and label.fullmatch(parts[at - 1].text):
            name = _name(part.text) or _user_name(dom, part)
        else:
            continue
        if name and vocabulary.comparison_key(name) != title:
            return [name, *_following_names(dom, parts[at:], name)]
    return []


def _named_names(dom: Dom, parts: Sequence[_Part], title: str) -> list[str]:
    """The first name in an element that is named after authors, and those that follow it."""
    for at, part in enumerate(parts):
        name = (_is_of_author(dom, part.piece) and _name(part.text)) or _user_name(dom, part)
        if name and vocabulary.comparison_key(name) != title:
            return [name, *_following_names(dom, parts[at:], name)]
    return []


def _user_name(dom: Dom, part: _Part) -> str:
    """The name of the user that a text is, as forums and pages of links show it: the end of the profile's address."""
    name = part.text.removeprefix("u/").removeprefix("@")
    owner = dom.owner[part.piece]
    number = owner if dom.tag[owner] == "a" else max(dom.parent[owner], 0)
    address = dom.attribute(number, "href").rstrip("/")
    is_profile = address.lower().endswith(name.lower()) and vocabulary.PROFILE_ADDRESS.search(address)
    return name if is_profile and _USER_NAME.fullmatch(name) else ""


def _poster(dom: Dom, headline: int) -> list[str]:
    """The user whom the element of a post around the headline names in an attribute."""
    while headline > 0:
        for name in filter(_USER_NAME.fullmatch, map(partial(dom.attribute, headline), _POSTER_ATTRIBUTES)):
            return [name]
        headline = dom.parent[headline]
    return []


def _following_names(dom: Dom, parts: Sequence[_Part], first: str) -> Iterator[str]:
    """The names after a comma or an "and" in the parts that follow the first name's, in elements of one kind."""
    kind = dom.tag[dom.owner[parts[0].piece]]
    for between, part in list(zip(parts[1::2], parts[2::2], strict=False))[: MAX_AUTHORS - 1]:
        name = _name(part.text) if dom.tag[dom.owner[part.piece]] == kind else ""
        if not name or not _BETWEEN.fullmatch(between.text[:20]):
            return
        if name != first and (" " in name or " " not in first):
            yield name


def _names_beside_date(dom: Dom, parts: Sequence[_Part]) -> list[str]:
    """The name next to the first date, or next but one, for pages that show no more than both in a line."""
    parts = [part for part in parts if dom.tag[dom.owner[part.piece]] not in vocabulary.HEADING_TAGS]
    dates = [at for at, part in enumerate(parts) if part.is_date]
    near = (at for date in dates[:1] for at in (date - 1, date - 2, date + 1, date + 2) if 0 <= at < len(parts))
    names = (_name(parts[at].text) for at in near)
    return [name for name in names if len(name.split()) in (2, 3) and _is_capitalised(name)][:1]


def _is_capitalised(name: str) -> bool:
    return all(word[0].isupper() and word[1:2].islower() for word in name.split())


def _is_of_author(dom: Dom, piece: int) -> bool:
    """Whether a text is in an element that is named after authors, or in a link to an author's page."""
    number = dom.owner[piece]
    for _ in range(_LEVELS):
        if number < 0 or dom.last[number] - dom.first[number] > MAX_AUTHORS:
            return False
        if _OF_AUTHOR.search(" ".join(dom.labels(number))) or dom.attribute(number, "rel") == "author":
            return True
        if dom.tag[number] == "a" and _AUTHORS_PAGE.search(dom.attribute(number, "href")):
            return True
        number = dom.parent[number]
    return False


def _name(text: str) -> str:
    """The name that a text is, or an empty string."""
    name = metadata.clean_byline(_AFTER_NAME.sub("", text)) or ""
    first, *others = name.split(",")
    if " " in first and all(" " not in other.strip() for other in others):
        name = first  # the others say what the person is: "MD", "Ph.D.", "Journalist"
    words = name.split()
    if not words or len(words) > _MAX_WORDS or any(map(str.isdigit, name)) or name.endswith("."):
        return ""
    return name if not name[0].isascii() or name[0].isupper() or words[0] == "the" else ""
