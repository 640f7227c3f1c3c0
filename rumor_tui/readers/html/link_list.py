"""Pages that list what can be read elsewhere: front pages of news sites and blogs, topics of a forum, search results.

A list shows in its structure: many links at the same place of similar rows, each the title of its row, with a count
of comments or a summary, and hardly anything on the page that is not such a row. An article beside which related ones
are listed has its text outside of the rows, and a discussion has its own in them; neither is a list here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from rumor_tui import links, markdown_format
from rumor_tui.model import Entry
from rumor_tui.readers.html import metadata, vocabulary
from rumor_tui.readers.html.article.boilerplate import site_of
from rumor_tui.readers.html.article.main_content import find_boilerplate
from rumor_tui.readers.html.dom import Dom, TextDensity
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import COMMENT_WORDS

MIN_ROWS: Final = 5
"""Rows of a list without counts."""
MIN_COUNTED_ROWS: Final = 3
"""Rows of a list where most rows have a count of comments."""
MIN_TEXT_SHARE: Final = 0.55
"""The share of the page's text (without menus and the like) that is in the rows."""
MAX_PROSE_SHARE: Final = 2 / 3
"""The share of prose in the text of rows without counts and headings above which they are posts or sections."""
MAX_PROSE_OUTSIDE: Final = 400
"""Characters of prose outside of the rows above which the page is an article."""
MAX_TITLE: Final = 300
MIN_TITLE: Final = 8
MAX_SUMMARY: Final = 300
MAX_COUNT: Final = 60
"""Characters."""
_LEVELS: Final = 4
"""The link and its ancestors whose tags and classes make links similar."""
_DIGITS: Final = re.compile(r"\d+")
_COMMENTS: Final = alternation(COMMENT_WORDS)
_COUNT: Final = re.compile(rf"(\d[\d.,\u202f\xa0]*)\s*(k?)\s*(?:{_COMMENTS})(?!\w)", re.IGNORECASE)
"""A count of comments and the noun for them."""
_COUNT_AFTER: Final = re.compile(rf"(?<!\w)(?:{_COMMENTS})\s*[:(]\s*(\d[\d.,]*)", re.IGNORECASE)
"""The noun and then the count."""
_COUNT_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|replies|reply|responses?|answers?|posts|antworten)(?!.*(?:views|score|votes|points|likes))",
    re.IGNORECASE,
)
_COUNT_TAGS: Final = frozenset({"a", "td", "span", "div", "li", "p", "small", "dd", "dl", "strong", "b"})
"""Elements that may have a count."""
_DATE_LINE: Final = re.compile(
    r"^\W*(?:\d[\d:./, -]*|\d+ \w+ ago|vor \d+ \w+|(?:\w+ )?\w+ \d+, \d{4})\W*$", re.IGNORECASE
)
_SECONDS_AFTER_DATE: Final = re.compile(r"(?<=\d) \d{9,11}$")
"""Seconds since 1970 after the same date in words, as Hacker News gives it."""
_AUTHOR_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:author|user|username|hnuser|byline|poster|by)(?:$|[\s_-])", re.IGNORECASE
)


@dataclass(slots=True)
class _RowGroup:
    """Similar links of a page, for each the element at which its row of the list begins, and where the list ends."""

    links: list[int]
    begins: list[int]
    end: int
    container: int

    def rows(self) -> Iterator[tuple[int, range]]:
        """Each link with the elements of its row."""
        for link, begin, end in zip(self.links, self.begins, [*self.begins[1:], self.end], strict=True):
            yield link, range(begin, end)


def find_entries(dom: Dom, url: str = "") -> list[Entry]:
    """The entries of a list page, in its order; none if the page is not a list. Never raises.

    An entry's address is that of its discussion where it has one of its own, else that of its title; it is empty
    where it is relative and `url`, the page's own address, is not known.
    """
    if dom.head.meta("og:type").startswith(("article", "video")):
        return []
    density = dom.density
    base = metadata.find_address(dom.head, url) or ""
    boilerplate = find_boilerplate(density)
    for group in _row_groups(density, boilerplate):
        if _is_list(density, group, boilerplate):
            return [_entry(density, link, row, base) for link, row in group.rows()]
    return []


def _row_groups(density: TextDensity, boilerplate: Sequence[bool]) -> Iterator[_RowGroup]:
    """Runs of similar title links, those with the most text first."""
    similar: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, tag in enumerate(density.dom.tag):
        if tag == "a" and not boilerplate[number] and _may_be_title(density, number):
            similar[_path(density, number)].append(number)
    sizes = {path: sum(density.linked[_block(density, link)] for link in links) for path, links in similar.items()}
    for path in sorted(similar, key=lambda path: -sizes[path]):
        links = similar[path]
        if len(links) >= MIN_COUNTED_ROWS and (group := _row_group(density, _first_in_blocks(density, links))):
            yield group


def _may_be_title(density: TextDensity, link: int) -> bool:
    """Whether a link may be the title of a row: long enough, and nearly alone in its line."""
    address = _attribute(density, link, "href")
    if not address or address.startswith(("#", "javascript:", "mailto:")):
        return False
    block = _block(density, link)
    return 2 * density.linked[block] >= density.text[block] and MIN_TITLE <= density.text[block] <= 4 * MAX_TITLE


def _attribute(density: TextDensity, number: int, name: str) -> str:
    return density.dom.nodes[number].attributes.get(name) or ""


def _block(density: TextDensity, number: int) -> int:
    """The block whose text an inline element is part of."""
    while density.dom.tag[number] in vocabulary.INLINE_TAGS and density.dom.parent[number] >= 0:
        number = density.dom.parent[number]
    return number


def _path(density: TextDensity, number: int) -> tuple[str, ...]:
    """The tags and classes without digits of a link and its nearest ancestors, which similar links share."""
    path: list[str] = []
    while number >= 0 and len(path) < _LEVELS:
        names = _attribute(density, number, "class").split()
        name = next((name for name in names if not _DIGITS.search(name)), "")
        path.append(f"{density.dom.tag[number]}.{name}")
        number = density.dom.parent[number]
    return tuple(path)


def _first_in_blocks(density: TextDensity, links: Sequence[int]) -> list[int]:
    """Of several links in one block the first, if it is as long as a title."""
    first: dict[int, int] = {}
    for link in links:
        first.setdefault(_block(density, link), link)
    return [link for link in first.values() if MIN_TITLE <= len(_line(density.dom.nodes[link])) <= MAX_TITLE]


def _row_group(density: TextDensity, links: list[int]) -> _RowGroup | None:
    """The rows around similar links; None if their titles or addresses are often the same, or are dates."""
    titles = {_line(density.dom.nodes[link]) for link in links}
    addresses = {urldefrag(_attribute(density, link, "href"))[0] for link in links}
    if min(len(titles), len(addresses)) < max(MIN_COUNTED_ROWS, 0.8 * len(links)):
        return None
    if sum(1 for title in titles if _DATE_LINE.match(title) or "://" in title) * 4 > len(titles):
        return None
    container = density.dom.parent[links[0]]
    while links[-1] not in density.subtree(container):
        container = density.dom.parent[container]
    children = list(density.dom.children(container))
    begins = [children[bisect_right(children, link) - 1] for link in links]
    if len(set(begins)) < len(begins):
        return None
    stride = max(after - before for before, after in pairwise(begins))
    end = begins[-1] + max(stride, len(density.subtree(begins[-1])))
    return _RowGroup(links, begins, min(end, density.subtree(container).stop), container)


def _is_list(density: TextDensity, group: _RowGroup, boilerplate: Sequence[bool]) -> bool:
    """Whether the page is a list of these rows: they have most of its text, and little prose is elsewhere."""
    shown = [number for number in range(len(density.dom)) if not boilerplate[number]]
    inside = [number for number in shown if group.begins[0] <= number < group.end]
    text, inside_text = (sum(map(density.text.__getitem__, numbers)) for numbers in (shown, inside))
    prose, inside_prose = (sum(map(density.own_prose.__getitem__, numbers)) for numbers in (shown, inside))
    if inside_text < MIN_TEXT_SHARE * text or prose - inside_prose > MAX_PROSE_OUTSIDE:
        return False
    in_article = any(density.dom.tag[link] == "article" for link in _ancestors(density, group.container))
    return not in_article and _has_entries(density, group, inside_prose / max(inside_text, 1))


def _has_entries(density: TextDensity, group: _RowGroup, prose_share: float) -> bool:
    """Whether rows with this share of prose are entries: most have counts or headings, or there are enough of them."""
    size = len(group.links)
    counted = 2 * sum(1 for _, row in group.rows() if _comment_count(density, row)[0] is not None) > size
    headed = 2 * sum(1 for link in group.links if _is_in_heading(density, link)) > size
    if not counted and not _is_one_site(density, group):
        return False
    # Rows of prose without headings are posts of a discussion, or the sections of one long article.
    return size >= (MIN_COUNTED_ROWS if counted else MIN_ROWS) and (counted or headed or prose_share <= MAX_PROSE_SHARE)


def _ancestors(density: TextDensity, number: int) -> Iterator[int]:
    """An element and those around it: sections with linked headings in an article are no list."""
    while number >= 0:
        yield number
        number = density.dom.parent[number]


def _is_one_site(density: TextDensity, group: _RowGroup) -> bool:
    """Whether nearly all titles lead to one site: without counts, a list of what is elsewhere is an article."""
    sites = Counter(site_of(_attribute(density, link, "href")) for link in group.links)
    return 5 * max(sites.values()) >= 4 * len(group.links)


def _is_in_heading(density: TextDensity, link: int) -> bool:
    parent = density.dom.parent[link]
    return any(
        density.dom.tag[number] in ("h1", "h2", "h3", "h4")
        for number in (parent, density.dom.parent[parent])
        if number >= 0
    )


def _comment_count(density: TextDensity, row: range) -> tuple[int | None, str]:
    """The number of comments that a row states, and the address of the discussion if it is linked.

    Of nested elements with a count the innermost is taken, of others the first.
    """
    count, best = None, -1
    for number in row:
        if best >= 0 and number not in density.subtree(best):
            break
        if density.dom.tag[number] not in _COUNT_TAGS or density.text_below[number] > MAX_COUNT:
            continue
        if (stated := _stated_count(density, number)) is not None:
            count, best = stated, number
    return count, _linked_address(density, best) if best >= 0 else ""


def _stated_count(density: TextDensity, number: int) -> int | None:
    """The number of comments that an element states."""
    text = _line(density.dom.nodes[number])
    if match := _COUNT.search(text):
        return _parse_count(match[1], match[2])
    if match := _COUNT_AFTER.search(text):
        return _parse_count(match[1], "")
    digits = text.replace(",", "").replace(".", "")
    is_count = _COUNT_NAME.search(density.dom.names[number]) and digits.isascii() and digits.isdigit()
    return int(digits[:9]) if is_count else None


def _parse_count(written: str, thousands: str) -> int:
    """The number in a count such as "1,234" or, with a "k" for `thousands`, "1.2"."""
    if not thousands:
        return int("".join(_DIGITS.findall(written))[:9])
    whole, _, fraction = written.strip(".,").replace(",", ".").partition(".")
    fraction = fraction[:3].ljust(3, "0")
    return int(whole[:6] or 0) * 1000 + (int(fraction) if fraction.isdigit() else 0)


def _linked_address(density: TextDensity, number: int) -> str:
    """The address of the link that an element is, is in, or has as its only one."""
    node = density.dom.nodes[number]
    links = [node] if node.tag == "a" else node.css("a[href]")
    if not links and node.parent is not None and node.parent.tag == "a":
        links = [node.parent]
    return (links[0].attributes.get("href") or "") if len(links) == 1 else ""


def _entry(density: TextDensity, link: int, row: range, base: str) -> Entry:
    count, discussion = _comment_count(density, row)
    addresses = filter(None, (discussion, _attribute(density, link, "href")))
    address = next(filter(None, (links.openable(address, base or None) for address in addresses)), "")
    seconds, date = _date(density, row)
    return Entry(
        title=markdown_format.clean_field(_line(density.dom.nodes[link])[:MAX_TITLE]) or "",
        byline=_author(density, row),
        published=seconds,
        published_text=date,
        comments=count,
        address=address if address.startswith("http") else "",
        summary=_summary(density, row),
    )


def _author(density: TextDensity, row: range) -> str | None:
    named = (
        number
        for number in row
        if density.text_below[number] <= MAX_COUNT and _AUTHOR_NAME.search(density.dom.names[number])
    )
    return next(filter(None, (metadata.clean_byline(_line(density.dom.nodes[number])) for number in named)), None)


def _date(density: TextDensity, row: range) -> tuple[float | None, str | None]:
    """A row's date in seconds since 1970 UTC, and as it is written for programs."""
    for number in row:
        if density.dom.tag[number] in ("time", "abbr") or "age" in density.dom.names[number]:
            for key in ("datetime", "title"):
                if date := markdown_format.clean_field(_attribute(density, number, key)[:80]):
                    date = _SECONDS_AFTER_DATE.sub("", date)
                    return metadata.parse_date(date), date
    return None, None


def _summary(density: TextDensity, row: range) -> str:
    number = next((number for number in row if density.own_prose[number]), None)
    text = _line(density.dom.nodes[number]) if number is not None else ""
    return markdown_format.clean_field(text if len(text) <= MAX_SUMMARY else text[: MAX_SUMMARY - 1] + "…") or ""


def _line(node: LexborNode) -> str:
    return " ".join(node.text().split())
