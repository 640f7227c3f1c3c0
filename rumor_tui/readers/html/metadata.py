"""The metadata of a page's article: its author, its date, its own address.

Read by direct look-ups, the most reliable source first: JSON-LD (https://schema.org/Article), `meta`
elements (https://ogp.me, Dublin Core), microdata, microformats, and last class names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui import links, markdown_format
from rumor_tui.readers.html import vocabulary

MAX_JSON_LD: Final = 1_000_000
"""Characters of one JSON-LD script that are read, at most."""
_MAX_OBJECTS: Final = 2_000
"""Objects of a page's JSON-LD that are looked at."""
_ARTICLES: Final = re.compile(
    r"(?:Article|BlogPosting|Posting|Report|Review|Recipe|Question|QAPage|WebPage|CreativeWork|HowTo)$"
)
_NESTED: Final = ("@graph", "mainEntity", "mainEntityOfPage")
"""Properties with the objects that describe the page in JSON-LD."""
_SITES: Final = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Blog"})
_AUTHOR_META: Final = re.compile(r"(?:^|^article:|[.-])(?:author|creator)$")
"""Names of `meta` elements with the author: `author`, `article:author`, `dc.creator`, `parsely-author`."""
_DATE_META: Final = re.compile(r"publi|pub-?date|issued|created|(?:^|[.:])date$")
"""Names of `meta` elements with the date: `article:published_time`, `dc.date`, `citation_publication_date`."""
_AUTHORS: Final = ('[itemprop~="author"] [itemprop~="name"]', '[itemprop~="author"]', 'a[rel~="author"]')
"""Selectors of elements with the author's name."""
_MAX_FOUND: Final = 20
"""Elements of one selector that are looked at."""
_DATES: Final = ('[itemprop~="datePublished"]', "article time[datetime]", "time[datetime]", ".published[title]")
"""Selectors of elements with the date for programs."""
_BY: Final = re.compile(
    r"^(?:by|von|par|por|di|door|av|autor(?:in)?|author|(?:written|posted|post) by|escrito por|publié par|texte?|via)"
    r"\b\s*:?\s+",
    re.IGNORECASE,
)
_NOT_A_NAME: Final = re.compile(
    r"https?:|www\.|@\w+\.\w|[?!]|^[\W\d]*$|^(?:admin|author|unknown|anonymous|staff)$|\d:\d\d|\b(?:19|20)\d\d\b|[|»<>]",
    re.IGNORECASE,
)
"""Texts that are not a person's name: an address, a number, a line with a date in it."""
_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d\d|\d:\d\d|\d年|\b\d+ \w+ ago\b")
"""Something that dates in words or figures have."""
_LABEL: Final = re.compile(
    r"\bby\b:?$|^(?:published|written|articles?|read|see|connect|about|meet|in|on|at|our|all|the (?:latest|author)"
    r"|contact|visit|authors|last|home|blog|news|guest|sponsored|follow|view|share|update|posted)\b"
    r"|['’]s (?:blog|posts|articles)$",
    re.IGNORECASE,
)
"""Labels where a name is expected."""
_MAX_NAME: Final = 80
_DATE_ATTRIBUTES: Final = ("datetime", "content", "title")
"""Attributes with an element's date for programs."""
_OFFSET: Final = re.compile(r"([+-]\d\d)(\d\d)$")
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>|^\s*<!--|-->\s*$")


@dataclass(slots=True)
class PageHead:
    """A page's `meta` elements by their names, and what is used of its JSON-LD."""

    tree: LexborHTMLParser
    metas: dict[str, str] = field(default_factory=dict)
    headline: str = ""
    author: str = ""
    published: str = ""
    writers: list[str] = field(default_factory=list)
    """The authors of a scholarly paper (Highwire Press tags, as Google Scholar reads them)."""
    kinds: set[str] = field(default_factory=set)
    """What the JSON-LD says that the page has: Article, LiveBlogPosting, Organization."""
    sites: list[str] = field(default_factory=list)

    def meta(self, name: str) -> str:
        """The content of a `meta` element, or an empty string."""
        return self.metas.get(name, "")

    def metas_named(self, pattern: re.Pattern[str]) -> list[str]:
        """The contents of the `meta` elements with such names, in order."""
        return [content for name, content in self.metas.items() if pattern.search(name)]


def read_head(tree: LexborHTMLParser) -> PageHead:
    """The metadata of a page; of several JSON-LD objects the first with a property counts. Never raises."""
    head = PageHead(tree)
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if content and (name := attributes.get(key)):
                head.metas.setdefault(name.lower(), content)
                if name == "citation_author":
                    last, _, first = content.partition(", ")
                    head.writers.append(f"{first} {last}".strip())
    for described in _json_ld_objects(tree):
        _add_json_ld(head, described)
    return head


def _add_json_ld(head: PageHead, described: dict[str, Any]) -> None:
    """Take the properties of one JSON-LD object that the head does not have yet."""
    kinds = _kinds(described)
    head.kinds.update(kinds)
    if any(map(_ARTICLES.search, kinds)):
        if "WebPage" not in kinds:
            head.headline = head.headline or _text(described.get("headline") or described.get("name"))
        head.author = head.author or _person_names(described.get("author"))
        head.published = head.published or _text(described.get("datePublished") or described.get("dateCreated"))
    if not _SITES.isdisjoint(kinds):
        head.sites.append(_text(described.get("name")))
    if isinstance(publisher := described.get("publisher"), dict):
        head.sites.append(_text(publisher.get("name")))


def _kinds(described: dict[str, Any]) -> list[str]:
    kinds = described.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _json_ld_objects(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The objects that JSON-LD describes the page with: the outermost ones, those of a graph, and main entities."""
    left = _MAX_OBJECTS
    for script in tree.css('script[type="application/ld+json"]'):
        queue: list[Any] = [_json(script.text()[:MAX_JSON_LD])]
        while queue and left:
            left -= 1
            node = queue.pop(0)
            if isinstance(node, list):
                queue = node[:left] + queue
            elif isinstance(node, dict):
                yield node
                # The questions of a list of frequent ones are not what the page is about.
                keys = ("@graph", "mainEntityOfPage") if "FAQPage" in _kinds(node) else _NESTED
                queue += [node[key] for key in keys if key in node]


def _json(source: str) -> Any:
    """A script's JSON, or None if it is broken or nested too deeply."""
    try:
        return json.loads(_CDATA.sub("", source), strict=False)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _person_names(value: Any) -> str:
    """The names of a person, or of several."""
    people = value if isinstance(value, list) else [value]
    names = [_text(person.get("name") if isinstance(person, dict) else person) for person in people[:5]]
    return ", ".join(dict.fromkeys(name for name in names if name and not _NOT_A_NAME.search(name)))


def find_byline(
    head: PageHead,
    visible: str = "",
    is_beside: Callable[[LexborNode], bool] = lambda node: False,
    *,
    is_explicit: bool = False,
) -> str | None:
    """The author of the page's article, neutral and on one line; elements that are beside it name other authors.

    `visible` is the name near the headline, and `is_explicit` whether a word says that it is the author's: then the
    metadata has to agree with it, and else completes it.
    """
    declared = next(
        filter(None, map(clean_byline, (head.author, *head.metas_named(_AUTHOR_META), ", ".join(head.writers[:5])))),
        None,
    )
    is_login = declared is not None and " " not in declared and declared == declared.lower()
    if visible and (is_explicit or is_login or not declared or declared in head.sites):
        same = declared and (visible in declared or all(name in visible for name in declared.split(", ")))
        return declared if same else clean_byline(visible)
    if declared:
        return declared
    for selector in _AUTHORS:
        node = next((node for node in head.tree.css(selector)[:_MAX_FOUND] if not is_beside(node)), None)
        if node is not None and (name := clean_byline(node.attributes.get("content") or node.text(separator=" "))):
            return name
    return None


def clean_byline(written: str) -> str | None:
    """The name in a byline, neutral and without the "by" before it; None when it is not a name."""
    name = _BY.sub("", " ".join(written.split())).strip(" ,;|·•-–—@")
    if not name or len(name) > _MAX_NAME or name.casefold() in vocabulary.BUTTON_LABELS:
        return None
    if _NOT_A_NAME.search(name) or _LABEL.search(name):
        return None
    return markdown_format.clean_field(name)


def find_published(head: PageHead, visible: str = "") -> tuple[float | None, str | None]:
    """The date of the article: in seconds since 1970 UTC where it can be parsed, and as the page writes it.

    `visible` is a date near the headline.
    """
    values = [head.published, *head.metas_named(_DATE_META)]
    nodes = filter(None, map(head.tree.css_first, _DATES))
    values += (next(filter(None, map(node.attributes.get, _DATE_ATTRIBUTES)), None) or node.text() for node in nodes)
    dates = [text for value in [*values, visible] if (text := _date_text(value))]
    for parse in (_parse_iso, parse_date):
        for text in dates:
            if (seconds := parse(text)) is not None:
                return seconds, text
    return None, dates[0] if dates else None


def _date_text(text: str) -> str | None:
    """A date as written, neutral and on one line; None if the text has no date."""
    line = markdown_format.clean_field(" ".join(text.split())[:_MAX_NAME])
    return line if line and _DATE.search(line) else None


def parse_date(written: str) -> float | None:
    """A date as written in seconds since 1970 UTC; None when it is none. Nothing is loaded for one in ISO 8601."""
    if (exact := _parse_iso(written)) is not None:
        return exact
    from rumor_tui.readers.dates.parse import parse_date as parse_written_date

    return parse_written_date(written)


def _parse_iso(written: str) -> float | None:
    text = _OFFSET.sub(r"\1:\2", written.strip()).replace(" +", "+").replace(" UTC", "+00:00")
    return markdown_format.parse_iso(text) if text[:4].isdigit() and len(text) >= 10 else None


def find_address(head: PageHead, url: str) -> str | None:
    """The page's own address (http or https, absolute): the canonical one, or else `url`, that it came from.

    Many sites give their front page as the canonical address of all pages: then another one that is known counts.
    """
    node = head.tree.css_first('link[rel~="canonical"][href]')
    canonical = (node.attributes.get("href") or "") if node else ""
    found = [
        absolute
        for address in filter(None, (canonical, head.meta("og:url"), url))
        if (absolute := links.openable(address, url or None)) and absolute.startswith("http")
    ]
    if len(found) > 1 and urlsplit(found[0]).path in ("", "/", "/index.html", "/index.php"):
        from rumor_tui.canonical import is_front_page  # its tables take a while to load, and few pages need them

        found = [address for address in found if not is_front_page(address)] or found
    return found[0] if found else None
