"""A page's title as its readers would say it: the headline, without the site's name.

No single place of a page has it: `<title>` adds the site, an `h1` is as often the site's logo, and `og:title` may be
either. So a heading is taken where `<title>` or a `meta` agrees with it; where none does, the parts of `<title>` that
are known from elsewhere on the page (the site's name, links to its sections) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.html.vocabulary import HEADING_TAGS, comparison_key

MAX_TITLE: Final = 400
"""Characters of a title; what is longer is cut."""
_MAX_SOURCE: Final = 1_000
"""Characters of a `<title>`, a `meta`, a heading or a link that are looked at; splitting them is quadratic."""
_MAX_HEADINGS: Final = 120
_MAX_LINKS: Final = 60
_SEPARATOR: Final = re.compile(r"\s+[|/\-–—―·•»«:@~<>]+\s+|\s*(?:::|\||»|·|•|｜|－)\s*|\s*(?:::)?\s*$")
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
    title = _told_heading(evidence) or _only_headline(evidence) or _similar_heading(evidence)
    title = title or _declared_title(evidence)
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


@dataclass
class _Evidence:
    """What a page has to tell its title by."""

    tree: LexborHTMLParser
    head: metadata.PageHead

    @cached_property
    def document(self) -> str:
        """The `<title>`."""
        node = self.tree.css_first("head > title") or self.tree.css_first("title:not(svg title)")
        return _line(node) if node else ""

    @cached_property
    def metas(self) -> list[str]:
        """The titles in the page's metadata."""
        titles = [self.head.meta("og:title"), self.head.meta("twitter:title"), self.head.headline]
        return [_cut(text) for text in titles if text.strip() and not _CUT_OFF.search(text)]

    @cached_property
    def stem(self) -> str:
        """The `<title>` without the site's name."""
        return _stem(self, self.document)

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the page's titles, the most reliable first."""
        return [key for text in (self.stem, self.document, *self.metas) if (key := comparison_key(text))]

    @cached_property
    def sites(self) -> set[str]:
        """The keys of the site's names."""
        names = [self.head.meta("og:site_name"), self.head.meta("application-name"), *self.head.sites]
        names += [urlsplit(metadata.find_address(self.head, "") or "").hostname or ""]
        return {key for name in names if len(key := comparison_key(_cut(name))) > 1}

    @cached_property
    def sections(self) -> set[str]:
        """The keys of the texts of the page's first links: its sections, and its home page."""
        links = self.tree.css("a")[:_MAX_LINKS]
        return {key for link in links if len(key := comparison_key(_cut(link.text()))) > 1}

    @cached_property
    def headings(self) -> list[_Heading]:
        """The page's headings, in order, without those that link to the front page: the site's."""
        nodes = self.tree.css("h1,h2,h3")[:_MAX_HEADINGS]
        return [heading for node in nodes if not _is_linked_home(node) and (heading := _heading(node)).key]

    def is_site(self, part: str) -> bool:
        """Whether a part of a title is the site's name, or nothing."""
        key = comparison_key(part)
        return not key or key in self.sites


def _heading(node: LexborNode) -> _Heading:
    text = _line(node).rstrip(" ¶#§🔗∞")
    return _Heading(text, comparison_key(text), int((node.tag or "h3")[1]))


def _is_linked_home(node: LexborNode) -> bool:
    link = node.css_first("a") or (node.parent if node.parent is not None and node.parent.tag == "a" else None)
    return link is not None and bool(_FRONT_PAGE.match(link.attributes.get("href") or "-"))


def _told_heading(evidence: _Evidence) -> str:
    """The longest heading that is another title of the page, or else the shortest that is the first parts of one."""
    equal = [heading for heading in evidence.headings if heading.key in evidence.keys]
    starts = set(accumulate(comparison_key(part) for part, _ in _parts(evidence.document)))
    starting = [heading for heading in evidence.headings if heading.key in starts]
    for heading in sorted(equal, key=lambda each: -len(each.key)) + sorted(starting, key=lambda each: len(each.key)):
        return _without_extras(evidence, heading.text)
    return ""


def _similar_heading(evidence: _Evidence) -> str:
    """The longest heading that is most of another title, or else the first heading that is most similar to one."""
    stem = evidence.keys[0] if evidence.keys else ""
    within = [
        heading
        for heading in evidence.headings
        if 2 * len(heading.key) >= len(stem) and any(heading.key in key for key in evidence.keys)
    ]
    similar = [heading for heading in evidence.headings if heading.level == 1 and _similarity(heading.key, stem)]
    for heading in sorted(within, key=lambda each: -len(each.key)) + sorted(
        similar, key=lambda each: -_similarity(each.key, stem)
    ):
        return _without_extras(evidence, heading.text)
    return ""


def _similarity(key: str, stem: str) -> float:
    """How similar two titles are, from 0.55 to 1; 0 below."""
    similarity = SequenceMatcher(None, key[:200], stem[:200], autojunk=False).ratio()
    return similarity if similarity > 0.55 else 0.0


def _without_extras(evidence: _Evidence, text: str) -> str:
    """A heading without additions to the title: `Thread:` or a date before it, a count after it."""
    key, unlabelled = comparison_key(text), _LABEL.sub("", text, count=1)
    for other in (*evidence.metas, evidence.stem):
        short = comparison_key(other)
        if not short or short == key:
            continue
        if comparison_key(unlabelled) == short:
            return unlabelled
        has_count = key.startswith(short) and any(map(str.isdigit, key[len(short) :]))
        is_declared = other in evidence.metas and key.endswith(short)
        if len(short) > 8 and (has_count or is_declared):
            return _stem(evidence, other)
    return text


def _only_headline(evidence: _Evidence) -> str:
    """The page's only first heading, for a page whose `<title>` is written for search engines; not the site's name."""
    headings = {heading.key: heading for heading in evidence.headings if heading.level == 1}
    parts = [comparison_key(part) for part, _ in _parts(evidence.document)]
    if len(headings) != 1 or not headings.keys().isdisjoint((*parts[1:], *evidence.sites)):
        return ""
    return _without_extras(evidence, *(heading.text for heading in headings.values()))


def _declared_title(evidence: _Evidence) -> str:
    """The title in the metadata of a page without a fitting heading, or in its `<title>`."""
    for title in evidence.metas:
        short = comparison_key(_stem(evidence, title))
        if not evidence.stem or short in comparison_key(evidence.document):
            return _stem(evidence, title)
    return evidence.stem


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


def _stem(evidence: _Evidence, text: str) -> str:
    """A title without the parts at its end, or start, that name the site or a section of it."""
    parts = _parts(text)
    count = len(parts)
    while len(parts) > 1 and (evidence.is_site(parts[-1][0]) or comparison_key(parts[-1][0]) in evidence.sections):
        parts.pop()
    if len(parts) > 1 and evidence.is_site(parts[0][0]):
        parts.pop(0)
    if len(parts) == count > 1 and parts[-2][1].strip() in _STRONG_SEPARATORS:
        parts.pop()
    return _joined(parts) if parts else text
