"""A page's title as its readers would say it: the headline, without the site's name and the number of the page.

No one place of a page has it: `<title>` adds the site, an `h1` is as often the site's logo, and `og:title` may carry
either. So a heading is believed where `<title>` or a `meta` agrees with it, and where none does, the parts of `<title>`
that are known from elsewhere on the page (the site's name, links to its sections) are left out.
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
from rumor_tui.readers.html.vocabulary import comparison_key

MAX_TITLE: Final = 400
"""Characters of a title; what is longer is cut."""

_READ: Final = 1_000
"""Characters of a `<title>`, a `meta`, a heading or a link that are looked at; parts of parts cost their square."""

_MOST_HEADINGS: Final = 120
_MOST_LINKS: Final = 60
_MOST_CRUMBS: Final = 12
_HEADINGS: Final = 'h1,h2,h3,[itemprop~="headline"],[itemprop="name"],.entry-title,.post-title,.p-name,.topic-title'

_PARTED: Final = re.compile(r"\s+[|/\-–—―·•»«:@~<>]+\s+|\s*(?:::|\||»|·|•|｜|－)\s*|\s*(?:::)?\s*$")
_STRONG: Final = re.compile(r"\s*(?:::|\||»|·|•|｜)\s*")
_PAGE: Final = re.compile(
    r"(?:page|seite|página|pagina|pag\.?|strona|sida|side|sivu|strana|oldal|страница|стр\.?|сторінка|sayfa|صفحه|"
    r"الصفحة|ページ|trang|第)\s*\d+\s*(?:頁|页|ページ)?(?:\s*(?:of|/|von|de|di|z|av|из|از)\s*\d+)?|p\.?\s?\d+|\d+\s*ページ(?:目)?",
    re.IGNORECASE,
)
"""A part of a title that counts the pages of a thread."""

_LAST_PAGE: Final = re.compile(rf"\s*[(\[,]\s*(?:{_PAGE.pattern})\s*[)\]]?\s*$", re.IGNORECASE)
_LABEL: Final = re.compile(r"^[^\W\d]+\s?[:：]\s*")
_HOME: Final = re.compile(r"^(?:https?://[^/?#]+/?|/|(?:\./|/)?(?:index\.\w+(?:\?sid=\w*)?|news|home))(?:#.*)?$")
_SIGNS: Final = re.compile(r"\s*[¶#§🔗∞]$")
_BRAND: Final = re.compile(
    r"logo|site-?(?:title|name)|brand|masthead|sidebar|widget|modal|comment|related", re.IGNORECASE
)


def page_title(tree: LexborHTMLParser) -> str:
    """The title of a page's article or thread, on one line; an empty string if the page has none."""
    evidence = _Evidence(tree)
    return (_agreed(evidence) or _headline(evidence) or _told(evidence) or _lone(evidence))[:MAX_TITLE].strip()


def _line(node: LexborNode) -> str:
    """The text of an element; a line break in it parts words."""
    return _cut(node.text(separator=" " if node.css_first("br") is not None else ""))


def _cut(text: str) -> str:
    """What is looked at of a text, its blanks folded."""
    return " ".join(text[: 4 * _READ].split())[:_READ]


@dataclass(slots=True)
class _Heading:
    text: str
    key: str
    level: int
    brand: bool
    """Whether it is the site's: it is called a logo, or leads to the front page."""


@dataclass
class _Evidence:
    """What a page says about its title."""

    tree: LexborHTMLParser

    @cached_property
    def head(self) -> metadata.PageHead:
        """What the page says of itself."""
        return metadata.read_head(self.tree)

    @cached_property
    def document(self) -> str:
        """The `<title>`, without the number of the page."""
        node = self.tree.css_first("head > title") or self.tree.css_first("title:not(svg title)")
        return _unpaged(_line(node)) if node else ""

    @cached_property
    def metas(self) -> list[str]:
        """What the page tells others of its title."""
        named = [self.head.meta(name) for name in ("og:title", "twitter:title", "sailthru.title", "title")]
        named.append(self.head.headline)
        return [_unpaged(_cut(text)) for text in named if text.strip()]

    @cached_property
    def sites(self) -> set[str]:
        """The keys of the site's names."""
        names = [self.head.meta(name) for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")]
        names += self.head.sites
        names += [heading.text for heading in self.headings if heading.brand]
        host = urlsplit(metadata.find_address(self.head, "") or "").hostname or ""
        names += [host, host.removeprefix("www."), *host.split(".")[:-1]]
        return {key for name in names if len(key := comparison_key(_cut(name))) > 1} - {
            "www",
            "blog",
            "forum",
            "forums",
            "community",
        }

    @cached_property
    def sections(self) -> set[str]:
        """The keys of what the page's first links say: its sections, and its home."""
        links = self.tree.css("a")[:_MOST_LINKS] + self.tree.css('a[rel~="home"]')[:_MOST_LINKS]
        for crumbs in self.tree.css('[class*="crumb"]')[:_MOST_CRUMBS]:
            links += crumbs.css("a")[:_MOST_LINKS]
        return {key for link in links if len(key := comparison_key(_cut(link.text()))) > 1}

    @cached_property
    def headings(self) -> list[_Heading]:
        """The page's headings, in order."""
        return [heading for node in self.tree.css(_HEADINGS)[:_MOST_HEADINGS] if (heading := _heading(node)).key]

    def is_site(self, part: str) -> bool:
        """Whether a part of a title is the site's name."""
        key = comparison_key(part)
        return (
            not key
            or key in self.sites
            or any(len(site) > 4 and (site in key) and len(site) * 2 > len(key) for site in self.sites)
        )


def _heading(node: LexborNode) -> _Heading:
    text = _SIGNS.sub("", _line(node))
    tag = node.tag or ""
    level = int(tag[1]) if len(tag) == 2 and tag[1].isdigit() else 4
    names = " ".join(filter(None, (node.attributes.get("class"), node.attributes.get("id"))))
    link = node.css_first("a") or (node.parent if node.parent is not None and node.parent.tag == "a" else None)
    home = link is not None and bool(_HOME.match(link.attributes.get("href") or "-"))
    return _Heading(text, comparison_key(text), level, bool(_BRAND.search(names)) or home)


def _agreed(evidence: _Evidence) -> str:
    """The heading that the page's other titles agree with."""
    stem = _stem(evidence, evidence.document)
    keys = [key for text in (stem, evidence.document, *evidence.metas) if (key := comparison_key(text))]
    if not keys:
        return ""
    headings = [
        one for one in evidence.headings if not one.brand and (one.key == keys[0] or not evidence.is_site(one.text))
    ]
    best, most = _at_an_end(evidence, headings), 1.2
    for heading in headings:
        worth = _agreement(heading, keys) - 0.02 * heading.level
        if worth > (most if best else 0.0):
            best, most = heading, worth
    return _tidied(evidence, best.text, stem) if best else ""


def _at_an_end(evidence: _Evidence, headings: list[_Heading]) -> _Heading | None:
    """The heading that is the first parts of the `<title>`; or the last ones, where both stand on the page, the site's
    name above the headline.
    """
    pieces = [comparison_key(part) for part, _ in _pieces(evidence.document)]
    starts = set(accumulate(pieces))
    ends = set(accumulate(reversed(pieces), lambda whole, part: part + whole))
    first = [one for one in headings if one.level <= 3 and one.key in starts]
    last = [one for one in headings if one.level <= 2 and one.key in ends - starts]
    if not first:
        return None
    later = last and headings.index(last[-1]) > headings.index(first[-1])
    return last[-1] if later and first[-1].level == 1 else first[0]


def _agreement(heading: _Heading, keys: list[str]) -> float:
    """How well a heading agrees with the page's other titles: 0 for not at all, above 1 for one that is equal.

    The first of the `keys` is the one that is known best.
    """
    key, stem = heading.key, keys[0]
    if key.isdigit() and key != stem:
        return 0.0
    if key in keys:
        return 1.5 + min(len(key), 400) / 1000
    if any(key in other for other in keys) and 2 * len(key) >= len(stem):
        return 1.0 + min(len(key), 400) / 1000
    if len(stem) > 5 and stem in key and len(key) <= 2 * len(stem) + 20:
        return 1.0
    if heading.level == 1 and len(key) > 8:
        likeness = SequenceMatcher(None, key[:200], stem[:200], autojunk=False).ratio()
        return likeness if likeness > 0.55 else 0.0
    return 0.0


def _tidied(evidence: _Evidence, text: str, stem: str) -> str:
    """A heading without what only stands around the title there: `Thread:` before it, a count after it."""
    key = comparison_key(text)
    for other in (*evidence.metas, stem):
        short = comparison_key(other)
        if not short or short == key:
            continue
        unlabelled = _LABEL.sub("", text, count=1)
        if comparison_key(unlabelled) == short:
            return unlabelled
        if key.startswith(short) and len(short) > 8:
            return _stem(evidence, other)
    return text


def _headline(evidence: _Evidence) -> str:
    """The page's only first heading where it stands in the page's only article and says more than the `<title>`."""
    heads = evidence.tree.css("h1")[:2]
    holders = evidence.tree.css("article")[:2] or evidence.tree.css("main")[:2]
    if len(heads) != 1 or len(holders) != 1 or holders[0].css_first("h1") is None:
        return ""
    heading = _heading(heads[0])
    fits = not heading.key.isdigit() and not heading.brand and not evidence.is_site(heading.text)
    return heading.text if fits and len(heading.key) > len(comparison_key(_stem(evidence, evidence.document))) else ""


def _told(evidence: _Evidence) -> str:
    """The title that a page without a fitting heading tells others, or has in its `<title>`."""
    stem = _stem(evidence, evidence.document, {heading.key for heading in evidence.headings if heading.level == 1})
    for told in evidence.metas:
        short = _stem(evidence, told)
        if not evidence.is_site(short) and (not stem or comparison_key(short) in comparison_key(evidence.document)):
            return short
    return stem


def _lone(evidence: _Evidence) -> str:
    return next((heading.text for heading in evidence.headings if heading.level == 1), "")


def _unpaged(text: str) -> str:
    """A title without the number of the page, wherever it stands."""
    text = _LAST_PAGE.sub("", text)
    pieces = _pieces(text)
    kept = [(part, sep) for part, sep in pieces if not _PAGE.fullmatch(part)]
    return text if len(kept) == len(pieces) or not kept else _joined(kept)


def _pieces(text: str) -> list[tuple[str, str]]:
    """The parts of a title, each with what parts it from the next."""
    found, at = [], 0
    for match in _PARTED.finditer(text):
        if match.start() > at or match.end() > match.start():
            found.append((text[at : match.start()], match[0]))
            at = match.end()
    if at < len(text):
        found.append((text[at:], ""))
    return [(part.strip(), sep) for part, sep in found if part.strip()]


def _joined(pieces: list[tuple[str, str]]) -> str:
    text = "".join(part + sep for part, sep in pieces)
    last = pieces[-1][1]
    return (text.removesuffix(last) if last else text).strip()


def _stem(evidence: _Evidence, text: str, others: Set[str] = frozenset()) -> str:
    """A title without the parts at its end (or start) that name the site or a section of it, or are among `others`."""
    pieces = _pieces(text)
    known = evidence.sections | others
    while len(pieces) > 1 and (evidence.is_site(pieces[-1][0]) or comparison_key(pieces[-1][0]) in known):
        pieces.pop()
    while len(pieces) > 1 and evidence.is_site(pieces[0][0]):
        pieces.pop(0)
    if len(pieces) > 1 and len(pieces) == len(_pieces(text)) and _STRONG.fullmatch(pieces[-2][1]):
        pieces.pop()
    return _joined(pieces) if pieces else text
