"""The byline that a page shows near the headline of its article: the author's name and the date.

Many pages have neither in their metadata, and some have the site's there. What stands near the headline is the
author's where the page says so: with a word such as "by" before it, in an element that is named so, or in a link to
the author's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rumor_tui.readers.html import metadata, vocabulary
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import BUTTONS, BY, PREPOSITIONS

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
_BY_PHRASES: Final = {*BY, "words by", "insights from", "story by", "text by", "article by"} - {"from", "via"}
_BY: Final = re.compile(rf"\W*(?:{alternation(_BY_PHRASES)}|author\(s\))(?!\w)\s*[:：]?\s*", re.IGNORECASE)
_WRITTEN_BY: Final = re.compile(
    r"\W*(?:this (?:post|article) was )?(?:(?:written|article|posted|story|words) by|authors?:|author\(s\):?)\s*:?\s*",
    re.IGNORECASE,
)
"""Labels of an author's name that are clear wherever they stand."""
_NOT_AUTHOR: Final = re.compile(
    r"(?:review|edit|fact|check|update|medical|photo|image|illustrat|translat|approv|verif|source|credit)",
    re.IGNORECASE,
)
"""What is done by somebody other than the author."""
_FRAMES: Final = frozenset({"html", "body", "main", "article"})
_BESIDE_NAME: Final = re.compile(
    r"^(?![^\[:]*[\[:])(?:.*[-_])?(?:side-?bar|side|widget-area|recent-?\w+|latest-?\w+|related|comments|comment-?list"
    r"|comment-?author|comment-?meta|commentarea)(?:$|[-_])"
)
"""Classes of side bars and comments, where names are of others."""
_USER_NAME: Final = re.compile(r"(?=[^\W_]*[^\W\d])[\w.-]{2,40}(?:@[\w.-]{3,60})?")
_POSTER_ATTRIBUTES: Final = ("author", "data-author")
_MAX_POST_LEVELS: Final = 6
"""The headline and its ancestors among which the element of a post is."""
_BETWEEN: Final = re.compile(r"\W*(?:and|und|et|y|e|en|&|,|with)?\W*", re.IGNORECASE)
_LABELS: Final = frozenset(BUTTONS)
_PREPOSITION: Final = re.compile(rf"(?:\s+(?:{alternation(PREPOSITIONS)}))*\W*$", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_UPDATED: Final = re.compile(
    r"updat|modif|edit|review|aktualis|geändert|bearbeitet|mis à jour|actualiz|aggiorn|atualiz", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class VisibleByline:
    """The names of the authors, separated by commas, and the date as written; empty where there is none."""

    names: str = ""
    date: str = ""
    is_explicit: bool = False
    """Whether a word such as "by" is before the names."""


def find_visible_byline(dom: Dom, headline: int, beside: Sequence[bool] = ()) -> VisibleByline:
    """The byline near a headline, an element's number, or at the start of the page if that is 0.

    What is `beside` the article (see `elements_beside`) tells about other texts.
    """
    title = vocabulary.comparison_key(dom.text(headline)) if headline else ""
    beside = beside or elements_beside(dom)
    everywhere = [piece for piece, owner in enumerate(dom.owner) if not beside[owner]]
    near = _places(dom, headline) if headline else range(min(len(dom.pieces), BEFORE + AFTER))
    places = [piece for piece in near if not beside[dom.owner[piece]]]
    dates = list(_dates(dom, places))
    first = _told_names(dom, places, _BY, title)
    names = (
        first
        or _told_names(dom, places, None, title)
        or _told_names(dom, everywhere, _WRITTEN_BY, title)
        or _poster(dom, headline, places)
        or _name_beside(dom, dates)
    )
    published = [date for _, date, is_update in dates if not is_update] or [date for _, date, _ in dates]
    return VisibleByline(", ".join(dict.fromkeys(names)), next(iter(published), ""), bool(first))


def elements_beside(dom: Dom, excluded: Sequence[bool] = ()) -> list[bool]:
    """For each element whether it is in a side bar or a list of comments, or `excluded`."""
    beside = list(excluded) or [False] * len(dom)
    prose = dom.density.prose
    for number in range(1, len(dom)):
        if beside[dom.parent[number]]:
            beside[number] = True
        elif 2 * prose[number] < prose[0] and dom.tag[number] not in _FRAMES and not beside[number]:
            beside[number] = any(map(_is_beside_name, dom.labels(number)))
    return beside


@lru_cache(maxsize=8192)
def _is_beside_name(name: str) -> bool:
    return bool(_BESIDE_NAME.match(name[: vocabulary.MAX_NAME]))


def _poster(dom: Dom, headline: int, places: Sequence[int]) -> list[str]:
    """The user who posted what has the headline, as pages of links and questions show it.

    The post's element says it in an attribute, or a link to the user's profile has the user's name.
    """
    number = headline
    for _ in range(_MAX_POST_LEVELS):
        if number <= 0:
            break
        for attribute in _POSTER_ATTRIBUTES:
            if name := _user_name(dom.attribute(number, attribute)):
                return [name]
        number = dom.parent[number]
    for piece in places:
        name = _user_name(_line(dom, piece))
        address = _profile_address(dom, piece) if name else ""
        if address and address.rstrip("/").lower().endswith(name.lower()):
            return [name]
    return []


def _user_name(text: str) -> str:
    """The name of a user that a text is, or an empty string."""
    name = text.strip().removeprefix("u/").removeprefix("@")
    return name if _USER_NAME.fullmatch(name) and name.lower() not in _LABELS else ""


def _profile_address(dom: Dom, piece: int) -> str:
    """The address of the profile to which a text is a link, or an empty string."""
    number = dom.owner[piece]
    for _ in range(_LEVELS):
        if number > 0 and dom.tag[number] == "a":
            address = dom.attribute(number, "href")
            return address if vocabulary.PROFILE_ADDRESS.search(address) else ""
        number = dom.parent[number] if number > 0 else 0
    return ""


def _places(dom: Dom, headline: int) -> Iterator[int]:
    """The numbers of the texts near the headline: those after it, up to the article, and then those before it."""
    summaries = 0
    for piece in range(dom.last[headline], min(dom.last[headline] + AFTER, len(dom.pieces))):
        if len(dom.pieces[piece]) > MAX_PROSE or dom.tag[dom.owner[piece]] in vocabulary.HEADING_TAGS:
            summaries += 1
            if summaries > MAX_SUMMARIES:
                break
        yield piece
    yield from range(dom.first[headline] - 1, max(dom.first[headline] - BEFORE, 0) - 1, -1)


def _line(dom: Dom, piece: int) -> str:
    """A text on one line; an empty string if it is too long for a byline."""
    text = dom.pieces[piece] if 0 <= piece < len(dom.pieces) else ""
    line = " ".join(text.split()) if len(text) <= 2 * _MAX_LINE else ""
    return line if len(line) <= _MAX_LINE else ""


def _told_names(dom: Dom, pieces: Sequence[int], label: re.Pattern[str] | None, title: str) -> list[str]:
    """The first name with such a label that is not the title, and those that follow it."""
    for piece in pieces:
        name = _told_name(dom, piece, label)
        if name and vocabulary.comparison_key(name) != title:
            return [name, *_following_names(dom, piece, name)]
    return []


def _told_name(dom: Dom, piece: int, label: re.Pattern[str] | None) -> str:
    """The name in a text that has a label, or follows one; without a label, in an element named after authors."""
    line = _line(dom, piece)
    before = " ".join(dom.pieces[piece - 1][-_MAX_LINE:].split()) if line and piece else ""
    if label is None:
        name = "" if _NOT_AUTHOR.search(before[-20:]) or not _is_of_author(dom, piece) else _name(line)
    elif (match := label.match(line) or label.match(_after_date(line))) and match.end() < len(match.string):
        name = "" if _NOT_AUTHOR.search(match[0]) else _name(_before_date(match.string[match.end() :]))
    elif label.fullmatch(before) and not _NOT_AUTHOR.search(before):
        name = _name(line) or (_user_name(line) if _profile_address(dom, piece) else "")
    else:
        return ""
    return "" if name and _is_in_prose(dom, piece) else name


def _is_in_prose(dom: Dom, piece: int) -> bool:
    """Whether a text is a part of a paragraph, where "by" may be said of anybody."""
    number = dom.owner[piece]
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.parent[number] >= 0:
        number = dom.parent[number]
    return dom.tag[number] == "p" and dom.text_length(number) > 2 * _MAX_LINE


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


def _before_date(line: str) -> str:
    """What is before the date in a line ("Ann Berg on 3 March 2024"), or all of it."""
    from rumor_tui.readers.dates.find import find_date

    span = find_date(line) if any(map(str.isdigit, line)) else None
    return _PREPOSITION.sub("", line[: span[0]]) if span else line


def _after_date(line: str) -> str:
    """What is after the date with which a line begins ("May 5th, 2013 by Ann Berg"), or an empty string."""
    from rumor_tui.readers.dates.find import find_date

    span = find_date(line) if any(map(str.isdigit, line)) else None
    return line[span[1] :] if span and not span[0] else ""


def _name(line: str) -> str:
    """The name that a line is, or an empty string."""
    name = metadata.clean_byline(line) or ""
    first, *others = name.split(",")
    if " " in first and all(" " not in other.strip() for other in others):
        name = first  # the others say what the person is: "MD", "Ph.D.", "Journalist"
    words = name.split()
    if (
        not words
        or len(words) > _MAX_WORDS
        or name.lower() in _LABELS
        or any(map(str.isdigit, name))
        or name.endswith(".")
    ):
        return ""
    return name if not name[0].isascii() or name[0].isupper() or words[0] == "the" else ""


def _following_names(dom: Dom, piece: int, first: str) -> Iterator[str]:
    """The names after a comma or an "and" in the texts that follow the first name's."""
    kind = dom.tag[dom.owner[piece]]
    count = 1
    while count < MAX_AUTHORS and piece + 2 < len(dom.pieces):
        if not _BETWEEN.fullmatch(dom.pieces[piece + 1][:20]):
            return
        piece += 2
        name = _name(dom.pieces[piece][:_MAX_LINE]) if dom.tag[dom.owner[piece]] == kind else ""
        if not name:
            return
        if name != first and (" " in name or " " not in first):
            yield name
        count += 1


def _dates(dom: Dom, places: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """The texts with a date, the date as written, and whether it is the one of an update."""
    from rumor_tui.readers.dates.find import find_date

    for piece in places:
        line = _line(dom, piece)
        span = find_date(line) if any(map(str.isdigit, line)) else None
        if span and _YEAR.fullmatch(line[span[1] :].strip()):
            span = span[0], len(line)  # "Tue May 14 09:21:33 CEST 2013"
        if span and _YEAR.search(line[slice(*span)]):
            before = dom.pieces[piece - 1][-40:] if piece else ""
            yield piece, line[slice(*span)], bool(_UPDATED.search(f"{before} {line[: span[0]]}"))


def _is_mail_address(dom: Dom, piece: int) -> bool:
    """Whether a text is a link to write to somebody, as archives of mailing lists have behind the name."""
    return dom.attribute(dom.owner[piece], "href").startswith("mailto:")


def _name_beside(dom: Dom, dates: Sequence[tuple[int, str, bool]]) -> list[str]:
    """The name right before or after the first date, for pages that show no more than both in a line."""
    for piece, _, _ in dates[:1]:
        for step in (-1, 1):
            if 0 <= piece + step < len(dom.pieces) and _is_mail_address(dom, piece + step):
                step *= 2
            other = piece + step if any(map(str.isalnum, _line(dom, piece + step))) else piece + 2 * step
            name = _name(_line(dom, other))
            words = name.split()
            if len(words) in (2, 3) and all(word[0].isupper() and word[1:2].islower() for word in words):
                return [name]
    return []
