"""A page's title as its readers would say it: the headline, without the site's name and the number of the page.

No single place of a page has it: `<title>` adds the site, an `h1` is as often the site's logo, and `og:title` may be
either. So a heading is taken where `<title>` or a `meta` agrees with it; where none does, the parts of `<title>` that
are known from elsewhere on the page (the site's name, links to its sections) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.html.vocabulary import HEADING_TAGS, PAGE_NUMBER, comparison_key

MAX_TITLE: Final = 400
"""Characters of a title; what is longer is cut."""
_MAX_SOURCE: Final = 1_000
"""Characters of a `<title>`, a `meta`, a heading or a link that are looked at; splitting them is quadratic."""
MIN_EQUAL: Final = 1.4
"""The agreement of a heading that is equal to another title of the page."""
_MAX_HEADINGS: Final = 120
_MAX_LINKS: Final = 60
_SEPARATOR: Final = re.compile(r"\s+[|/\-–—―·•»«:@~<>]+\s+|\s*(?:::|\||»|·|•|｜|－)\s*|\s*(?:::)?\s*$")
_IN_BRACKETS: Final = re.compile(r"\s*[(\[,][^()\[\],]*[)\]]?\s*$")
_MAX_PAGE_NUMBER: Final = 24
"""Characters of a part of a title that may be the page number of a thread: "Page 3", "Seite 2 von 9"."""
_STRONG_SEPARATORS: Final = ("::", "|", "»", "·", "•", "｜")
"""Separators before the name of a site that stands nowhere else on the page."""
_LABEL: Final = re.compile(r"^[^\W\d]+\s?[:：]\s*")
_FRONT_PAGE: Final = re.compile(r"^(?:https?://[^/?#]+/?|/|(?:\./|/)?(?:index\.\w+(?:\?sid=\w*)?|news|home))(?:#.*)?$")
_CUT_OFF: Final = re.compile(r"(?:\.\.\.|…)\s*$")
"""The end of a title that a forum cut for its metadata."""
_OF_A_TOOL: Final = re.compile(
    r"exported (?:data|chat|messages)|(?:chat|message) (?:export|history)|untitled(?: document| page)?"
    r"|(?:new )?document(?: ?\d+)?|new page(?: ?\d+)?|index|home|export|no title|page title|title",
    re.IGNORECASE,
)
"""A `<title>` that the tool gave which wrote the page."""
_MAX_HEADER: Final = 120
"""Characters of a header that may be the title."""


def page_title(dom: Dom) -> str:
    """The title of a page's article or thread, on one line; an empty string if the page has none."""
    if "page_title" not in dom.memo:
        dom.memo["page_title"] = _page_title(_Evidence(dom.tree, dom.head))
    title: str = dom.memo["page_title"]
    return title


def _page_title(evidence: _Evidence) -> str:
    title = (
        _agreed_heading(evidence, MIN_EQUAL)
        or _only_headline(evidence)
        or _agreed_heading(evidence)
        or _declared_title(evidence)
    )
    if _OF_A_TOOL.fullmatch(title.strip()):
        title = _text_of_header(evidence.tree) or title
    return title[:MAX_TITLE].strip()


def _text_of_header(tree: LexborHTMLParser) -> str:
    """The only text in the page's header, for exports whose `<title>` is the tool's; else an empty string."""
    node = tree.css_first("header,[class*=header],[id*=header],[class*=title]")
    text = _line(node) if node is not None else ""
    return text if len(text) <= _MAX_HEADER and any(map(str.isalnum, text)) else ""


def find_headline(dom: Dom, title: str) -> int:
    """The first heading of the highest level that says the title, or else the first element: its number, or 0."""
    key = comparison_key(title)
    headings = [number for number, tag in enumerate(dom.tag) if tag in HEADING_TAGS]
    same = [number for number in headings if key and comparison_key(dom.short_text(number, MAX_TITLE)) == key]
    if same or not key:
        return min(same, key=lambda number: dom.tag[number], default=0)
    pieces = (piece for piece, text in enumerate(dom.pieces) if text[:1] and len(text) <= MAX_TITLE)
    return next((dom.owner[piece] for piece in pieces if comparison_key(dom.pieces[piece]) == key), 0)


def _line(node: LexborNode) -> str:
    """The text of an element on one line; a line break separates words, and raised digits stay raised."""
    if node.css_first("sup,sub") is not None:
        from rumor_tui.blocks import body_text

        return _cut(body_text((node.html or "")[: 4 * _MAX_SOURCE], "html"))
    return _cut(node.text(separator=" " if node.css_first("br") is not None else ""))


def _cut(text: str) -> str:
    """The part of a text that is looked at, with its white space folded."""
    return " ".join(text[: 4 * _MAX_SOURCE].split())[:_MAX_SOURCE]


@dataclass(slots=True)
class _Heading:
    text: str
    key: str
    level: int
    brand: bool
    """Whether it is the site's: it links to the front page."""


@dataclass
class _Evidence:
    """What a page has to tell its title by."""

    tree: LexborHTMLParser
    head: metadata.PageHead

    @cached_property
    def document(self) -> str:
        """The `<title>`, without the page number."""
        node = self.tree.css_first("head > title") or self.tree.css_first("title:not(svg title)")
        return _without_page_number(_line(node)) if node else ""

    @cached_property
    def metas(self) -> list[str]:
        """The titles in the page's metadata."""
        titles = [self.head.meta(name) for name in ("og:title", "twitter:title", "sailthru.title", "title")]
        titles.append(self.head.headline)
        return [_without_page_number(_cut(text)) for text in titles if text.strip() and not _CUT_OFF.search(text)]

    @cached_property
    def sites(self) -> set[str]:
        """The keys of the site's names."""
        names = [self.head.meta(name) for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")]
        names += self.head.sites
        names += [heading.text for heading in self.headings if heading.brand]
        host = urlsplit(metadata.find_address(self.head, "") or "").hostname or ""
        names += [host, host.removeprefix("www."), *host.split(".")[:-1]]
        keys = {key for name in names if len(key := comparison_key(_cut(name))) > 1}
        return keys - {"www", "blog", "forum", "forums", "community"}

    @cached_property
    def sections(self) -> set[str]:
        """The keys of the texts of the page's first links: its sections, and its home page."""
        links = self.tree.css("a")[:_MAX_LINKS]
        return {key for link in links if len(key := comparison_key(_cut(link.text()))) > 1}

    @cached_property
    def headings(self) -> list[_Heading]:
        """The page's headings, in order."""
        nodes = self.tree.css("h1,h2,h3")[:_MAX_HEADINGS]
        return [heading for node in nodes if (heading := _heading(node)).key]

    def is_own(self, heading: _Heading) -> bool:
        """Whether a heading is the site's rather than the page's."""
        return heading.brand or self.is_site(heading.text)

    def is_site(self, part: str) -> bool:
        """Whether a part of a title is the site's name, or nothing."""
        key = comparison_key(part)
        return not key or key in self.sites


def _heading(node: LexborNode) -> _Heading:
    text = _line(node).rstrip(" ¶#§🔗∞")
    link = node.css_first("a") or (node.parent if node.parent is not None and node.parent.tag == "a" else None)
    home = link is not None and bool(_FRONT_PAGE.match(link.attributes.get("href") or "-"))
    return _Heading(text, comparison_key(text), int((node.tag or "h3")[1]), home)


def _agreed_heading(evidence: _Evidence, least: float = 0.0) -> str:
    """The heading that the page's other titles agree with most, and at least so much."""
    stem = _stem(evidence, evidence.document)
    keys = [key for text in (stem, evidence.document, *evidence.metas) if (key := comparison_key(text))]
    if not keys:
        return ""
    headings = [
        heading
        for heading in evidence.headings
        if not heading.brand and (heading.key == keys[0] or not evidence.is_own(heading))
    ]
    best = _heading_at_edge(evidence, headings)
    most = max(1.2 if best else 0.0, least)
    for heading in headings:
        agreement = _agreement(heading, keys) - 0.02 * heading.level
        if agreement > most:
            best, most = heading, agreement
    return _without_extras(evidence, best.text, stem) if best else ""


def _heading_at_edge(evidence: _Evidence, headings: list[_Heading]) -> _Heading | None:
    """The heading that is the first parts of the `<title>`.

    Where another heading is its last parts, and the first is the site's name above it, the other one.
    """
    starts, ends = _edges(evidence)
    first = [heading for heading in headings if heading.level <= 3 and heading.key in starts]
    last = [heading for heading in headings if heading.level <= 2 and heading.key in ends]
    if not first:
        return None
    is_below = last and headings.index(last[-1]) > headings.index(first[-1])
    if is_below and first[-1].level == 1:
        return last[-1]
    return min(first, key=lambda heading: len(heading.key)) if all(each.level == 1 for each in first) else first[0]


def _edges(evidence: _Evidence) -> tuple[set[str], set[str]]:
    """The keys of the first parts of the `<title>`, and of its last parts that are not all of it."""
    keys = [comparison_key(part) for part, _ in _parts(evidence.document)]
    starts = set(accumulate(keys))
    return starts, set(accumulate(reversed(keys), lambda whole, part: part + whole)) - starts


def _agreement(heading: _Heading, keys: list[str]) -> float:
    """How well a heading agrees with the page's other titles: 0 for not at all, above 1 for one that is equal.

    The first of the `keys` is the most reliable one.
    """
    key, stem = heading.key, keys[0]
    length = min(len(key), 400) / 1000
    if key in keys:
        return 1.5 + length
    if 2 * len(key) >= len(stem) and any(key in other for other in keys):
        return 1.0 + length
    return _similarity(key, stem) if heading.level == 1 and len(key) > 8 else 0.0


def _similarity(key: str, stem: str) -> float:
    """How similar two titles are, from 0.55 to 1; 0 below."""
    similarity = SequenceMatcher(None, key[:200], stem[:200], autojunk=False).ratio()
    return similarity if similarity > 0.55 else 0.0


def _without_extras(evidence: _Evidence, text: str, stem: str) -> str:
    """A heading without additions to the title: `Thread:` or a date before it, a count after it."""
    key = comparison_key(text)
    for other in (*evidence.metas, stem):
        short = comparison_key(other)
        if not short or short == key:
            continue
        unlabelled = _LABEL.sub("", text, count=1)
        if comparison_key(unlabelled) == short:
            return unlabelled
        has_figure = short in key and any(map(str.isdigit, key.replace(short, "", 1)))
        is_labelled = other in evidence.metas and key.endswith(short)
        if len(short) > 8 and (has_figure or is_labelled):
            return _stem(evidence, other)
    return text


def _only_headline(evidence: _Evidence) -> str:
    """The page's only first heading, for a page whose `<title>` is written for search engines; not the site's name."""
    headings = {
        heading.key: heading for heading in evidence.headings if heading.level == 1 and not evidence.is_own(heading)
    }
    if len(headings) != 1:
        return ""
    heading = next(iter(headings.values()))
    stem = _stem(evidence, evidence.document)
    _, ends = _edges(evidence)
    if heading.key.isdigit() or heading.key in ends or 2 * len(heading.key) < len(comparison_key(stem)):
        return ""
    return _without_extras(evidence, heading.text, stem)


def _declared_title(evidence: _Evidence) -> str:
    """The title in the metadata of a page without a fitting heading, or in its `<title>`."""
    stem = _stem(evidence, evidence.document, {heading.key for heading in evidence.headings if heading.level == 1})
    for title in evidence.metas:
        short = _stem(evidence, title)
        if not evidence.is_site(short) and (not stem or comparison_key(short) in comparison_key(evidence.document)):
            return short
    return stem


def _without_page_number(text: str) -> str:
    """A title without the page number, in brackets at its end or in a part of its own."""
    end = _IN_BRACKETS.search(text)
    if end and _is_page_number(end[0].strip(" ([,")):
        text = text[: end.start()]
    parts = _parts(text)
    kept = [(part, separator) for part, separator in parts if not _is_page_number(part)]
    return text if len(kept) == len(parts) or not kept else _joined(kept)


def _is_page_number(part: str) -> bool:
    """Whether a part of a title is the number of a thread's page."""
    return len(part) <= _MAX_PAGE_NUMBER and bool(PAGE_NUMBER.match(part))


def _parts(text: str) -> list[tuple[str, str]]:
    """The parts of a title, each with the separator after it."""
    parts, start = [], 0
    for match in _SEPARATOR.finditer(text):
        if match.start() > start or match.end() > match.start():
            parts.append((text[start : match.start()], match[0]))
            start = match.end()
    if start < len(text):
        parts.append((text[start:], ""))
    return [(part.strip(), separator) for part, separator in parts if part.strip()]


def _joined(parts: list[tuple[str, str]]) -> str:
    text = "".join(part + separator for part, separator in parts)
    return text.removesuffix(parts[-1][1]).strip()


def _stem(evidence: _Evidence, text: str, others: Set[str] = frozenset()) -> str:
    """A title without the parts at its end (or start) that name the site or a section of it, or are among `others`."""
    parts = _parts(text)
    count = len(parts)
    known = evidence.sections | others
    while len(parts) > 1 and (evidence.is_site(parts[-1][0]) or comparison_key(parts[-1][0]) in known):
        parts.pop()
    while len(parts) > 1 and evidence.is_site(parts[0][0]):
        parts.pop(0)
    if len(parts) == count > 1 and parts[-2][1].strip() in _STRONG_SEPARATORS:
        parts.pop()
    return _joined(parts) if parts else text
