"""Whether posts that were found by the form of their openers were written by people, rather than listed by a site."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import text_lines as lines_of
from rumor_tui.readers.html.discussion.post_openers import MANY, MOST, LinePage, Opener, heading_above
from rumor_tui.readers.html.discussion.text_lines import Line
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import fold

MIN_EVIDENCE: Final = 3
"""Signs that people wrote here, for posts with dates."""
MIN_LINES: Final = 2
"""Lines below a heading of comments within which the first opener without a date is."""
MIN_TITLE_WORDS: Final = 4
"""Words of a title between a name and a date."""
_ANSWER = re.compile(r"(?:[^\W\d_]{1,15}\s?:\s*)?(?:>|@\w|(?:re|aw|sv|odp)\s?:)", re.IGNORECASE)
"""The beginning of a line that quotes or addresses somebody, or of the subject of an answer."""


def find_evidence(page: LinePage, openers: Sequence[Opener]) -> int:
    """The signs that people wrote the posts on this page, where they are enough; else 0."""
    count = len(openers)
    heading = heading_above(page, openers[0].start)
    says_count = heading >= 0 and lines_of.number_in_heading(page.lines[heading].text) == count
    returning = len({opener.name for opener in openers}) < count
    if _has_headings(page, openers) or _are_links(page, openers) or _are_rows_of_others(page, openers[0]):
        return 0
    if count == 1:
        return 3 if says_count else 0
    if not openers[0].date:
        is_near = heading >= openers[0].start - MIN_LINES
        strict = is_near and lines_of.is_discussion_heading(page.lines[heading].text, strictly=True)
        return 2 if strict or ((heading >= 0 or page.is_board) and returning) else 0
    clocks = sum(":" in opener.date or "." in opener.date[-6:] for opener in openers)
    is_said = (
        heading >= 0 or page.is_board or all(_is_in_articles(page.dom, page.lines[at.start].block) for at in openers)
    )
    signs = (
        2 * is_said + says_count,
        sum(opener.labelled for opener in openers) >= MOST * count,
        clocks >= MOST * count,
        returning and count > 2,
        _links_to_authors(page, openers) >= MANY * count,
        _is_answering(page, openers),
        count > 2,
    )
    total = sum(signs)
    return total if total >= MIN_EVIDENCE and (signs[0] or signs[4] or signs[5]) else 0


def has_nested_articles(dom: Dom) -> bool:
    """Whether a page has an `<article>` inside another one."""
    return any(tag == "article" and _is_in_articles(dom, number) for number, tag in enumerate(dom.tag))


def _is_in_articles(dom: Dom, number: int) -> bool:
    """Whether an element is in an `<article>` inside another one: by the standard of HTML that is a comment."""
    around = 0
    while number > 0:
        around += dom.tag[number] == "article"
        number = dom.parent[number]
    return around > 1


def _has_headings(page: LinePage, openers: Sequence[Opener]) -> bool:
    """Whether most posts have headings of their own besides names: so have the articles of a list."""
    headed, before = 0, openers[0].start - 1
    for opener in openers:
        own = {*range(*opener.body), *range(max(before, 0), opener.start)} - {opener.start}
        tags = {page.dom.tag[page.lines[index].block] for index in own}
        headed += not tags.isdisjoint(vocabulary.HEADING_TAGS) or any(
            map(_is_title, page.lines[opener.start + 1 : opener.end - 1])
        )
        before = opener.body[1]
    return len(openers) > 1 and headed >= MANY * len(openers)


def _are_rows_of_others(page: LinePage, first: Opener) -> bool:
    """Whether the table of the posts has a header in which no column is that of names or comments."""
    header, start = [], min(first.start, first.body[0])
    while start > 0 and page.dom.tag[page.lines[start - 1].block] == "th":
        start -= 1
        header.append(fold(page.lines[start].text))
    return bool(header) and not any(map(lines_of.is_post_column, header))


def _is_title(line: Line) -> bool:
    return line.marked and len(line.text.split()) >= MIN_TITLE_WORDS and not lines_of.label_of(line.text)


def _are_links(page: LinePage, openers: Sequence[Opener]) -> bool:
    """Whether most of the text of the posts is links: so it is in lists of what else there is to read."""
    dom = page.dom
    pieces = [
        piece
        for opener in openers
        for index in range(*opener.body)
        for piece in range(page.lines[index].first, page.lines[index].last)
    ]
    linked = sum(dom.weights[piece] for piece in pieces if _is_linked(dom, dom.owner[piece]))
    return linked > 0.5 * sum(dom.weights[piece] for piece in pieces)


def _is_linked(dom: Dom, number: int) -> bool:
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.tag[number] != "a":
        number = dom.parent[number]
    return dom.tag[number] == "a" or dom.tag[dom.parent[number]] == "a"


def _links_to_authors(page: LinePage, openers: Sequence[Opener]) -> int:
    """The posts around whose opener is a link to a profile or a mail address, or one to answer."""
    dom = page.dom
    links = [dom.first[at] for at, tag in enumerate(dom.tag) if tag == "a" and _is_to_author(dom, at)]
    starts = [*(page.lines[opener.start].first for opener in openers), len(dom.pieces)]
    return sum(1 for first, last in pairwise(starts) if bisect_left(links, first) < bisect_left(links, last))


def _is_to_author(dom: Dom, number: int) -> bool:
    address = dom.attribute(number, "href").lower()
    is_known = address.startswith("mailto:") or vocabulary.PROFILE_ADDRESS.search(address[-200:])
    return bool(is_known or vocabulary.REPLY_ADDRESS.search(address[-200:]))


def _is_answering(page: LinePage, openers: Sequence[Opener]) -> bool:
    """Whether some post quotes or addresses another one, or has the subject of an answer."""
    if any(parent is not None for parent in quoted_posts(page, openers)):
        return True
    indices = (index for opener in openers for index in {*range(opener.start, opener.end), *range(*opener.body)})
    return any(_ANSWER.match(page.lines[index].text) for index in indices)


def quoted_posts(page: LinePage, openers: Sequence[Opener]) -> list[int | None]:
    """The parent of each post: the last one before it by the author whose words its first line introduces."""
    from rumor_tui.readers.text_dump.byline_parser import match_saying

    latest: dict[str, int] = {}
    parents: list[int | None] = []
    for index, opener in enumerate(openers):
        text = page.dom.pieces[page.lines[opener.body[0]].first] if opener.body[0] < opener.body[1] else ""
        line = text.strip().partition("\n")[0].strip()
        saying = match_saying(line, fold(line)) if line.endswith(":") else None
        parents.append(latest.get(fold(saying["name"].strip(" ,"))) if saying else None)
        latest[fold(opener.name)] = index
    return parents
