"""What a page says of itself in its head and its markup: who wrote it, when, and where it is found.

Read by direct look-ups, in the order of how far each is to be trusted: JSON-LD (https://schema.org/Article), `meta`
elements (https://ogp.me, Dublin Core), microdata and microformats, and last the names of classes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui import links, markdown_format

MAX_JSON_LD: Final = 1_000_000
"""Characters of one JSON-LD script that are read, at most."""

_MOST: Final = 2_000
"""Objects of a page's JSON-LD that are looked at."""

_ARTICLES: Final = re.compile(
    r"(?:Article|BlogPosting|Posting|Report|Review|Recipe|Question|QAPage|WebPage|CreativeWork|HowTo)$"
)
_SITES: Final = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Blog"})
_AUTHOR_METAS: Final = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
)
_DATE_METAS: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "article.published",
    "sailthru.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish-date",
    "citation_publication_date",
    "og:article:published_time",
    "og:published_time",
)
_AUTHORS: Final = (
    ('[itemprop~="author"]', '[itemprop~="name"]'),
    ('[itemprop~="author"]', ""),
    ('a[rel~="author"]', ""),
    (".p-author", ".p-name"),
    (".p-author", ""),
    (".u-author", ""),
    (".vcard", ".fn"),
    ('[class*="byline"]', "a"),
    (".byline__name", ""),
    (".author-name", ""),
    (".username", ""),
    ('[class*="username"]', ""),
    (".author", "a"),
    (".post-author", "a"),
    (".entry-author", ""),
    (".byline", ""),
    (".post-author", ""),
    (".author", ""),
)
"""Where a name is looked for, and in what of it. Not in one selector, which may take the square of a page's depth."""

_FIELDS: Final = ("label", "input", "textarea", "select", "form")
_DEEPEST: Final = 12
"""Elements round a byline among which a form is looked for."""

_DATES: Final = (
    ('[itemprop~="datePublished"]', ""),
    ("time.dt-published", ""),
    ("time.entry-date[datetime]", ""),
    ("time.published[datetime]", ""),
    ("article", "time[datetime]"),
    ("time[pubdate]", ""),
    ("time[datetime]", ""),
    ("abbr.published[title]", ""),
    (".published[title]", ""),
)
_WRITTEN: Final = (".entry-date", ".post-date", ".date-header", ".published", ".date", ".posted-on", ".dateline")
_BY: Final = re.compile(
    r"^(?:by|von|par|por|di|door|av|autor(?:in)?|author|(?:written|posted|post) by|escrito por|publié par|texte?|via)"
    r"\b\s*:?\s+",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"https?:|@\w+\.\w|^[\W\d]*$|^(?:admin|author|unknown|anonymous|staff)$|\d:\d\d|\b(?:19|20)\d\d\b|[|»<>]",
    re.IGNORECASE,
)
"""What is no person's name: an address, a number, a line with a date in it."""

_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d\d|\d:\d\d|\d年|\b\d+ \w+ ago\b")
"""What a written date has."""

_LONGEST_NAME: Final = 80
_WHEN: Final = ("datetime", "content", "title")
"""Attributes that have an element's date in a form for programs."""

_OFFSET: Final = re.compile(r"([+-]\d\d)(\d\d)$")
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>|^\s*<!--|-->\s*$")


@dataclass(slots=True)
class PageHead:
    """What a page says of itself: its `meta` elements by their names, and what is wanted of its JSON-LD."""

    tree: LexborHTMLParser
    metas: dict[str, str] = field(default_factory=dict)
    headline: str = ""
    author: str = ""
    published: str = ""
    sites: list[str] = field(default_factory=list)

    def meta(self, name: str) -> str:
        """The content of a `meta` element; an empty string without one."""
        return self.metas.get(name, "")


def read_head(tree: LexborHTMLParser) -> PageHead:
    """What a page says of itself; of several JSON-LD objects the first that has a thing counts. Never raises."""
    head = PageHead(tree)
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            if content and (name := attributes.get(key)):
                head.metas.setdefault(name.lower(), content)
    for described in _objects(tree):
        _take(head, described)
    return head


def _take(head: PageHead, described: dict[str, Any]) -> None:
    """Take what one object of the JSON-LD says."""
    kinds = _kinds(described)
    if any(_ARTICLES.search(kind) for kind in kinds):
        if "WebPage" not in kinds:
            head.headline = head.headline or _text(described.get("headline") or described.get("name"))
        head.author = head.author or _name(described.get("author"))
        head.published = head.published or _text(described.get("datePublished") or described.get("dateCreated"))
    if not _SITES.isdisjoint(kinds):
        head.sites.append(_text(described.get("name")))
    if isinstance(publisher := described.get("publisher"), dict):
        head.sites.append(_text(publisher.get("name")))


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _objects(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The objects that JSON-LD describes the page with: the outermost ones, those of a graph, and main entities."""
    left = _MOST
    for script in tree.css('script[type="application/ld+json"]'):
        queue: list[Any] = [_json(script.text()[:MAX_JSON_LD])]
        while queue and left:
            left -= 1
            node = queue.pop(0)
            if isinstance(node, list):
                queue = node[:left] + queue
            elif isinstance(node, dict):
                yield node
                queue += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _json(source: str) -> Any:
    """A script's JSON, or None; strict about nothing but its nesting."""
    try:
        return json.loads(_CDATA.sub("", source), strict=False)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The names of a person, or of several."""
    several = value if isinstance(value, list) else [value]
    names = [_text(one.get("name") if isinstance(one, dict) else one) for one in several[:5]]
    return ", ".join(dict.fromkeys(name for name in names if name and not _NO_NAME.search(name)))


def find_byline(head: PageHead) -> str | None:
    """Who wrote the page's article, neutral and on one line."""
    for written in (head.author, *map(head.meta, _AUTHOR_METAS)):
        if name := clean_byline(written):
            return name
    for outer, inner in _AUTHORS:
        node = _first(head.tree, outer, inner)
        if node is not None and not _is_field(node) and (name := clean_byline(_shown(node))):
            return name
    return None


def _is_field(node: LexborNode) -> bool:
    """Whether an element is part of a form to fill in: a label, a field, what stands round them, or a form's line.

    A form round a headline or an article is a page's frame, and no form to fill in.
    """
    if node.tag in _FIELDS or node.css_first(",".join(_FIELDS)) is not None:
        return True
    up = node.parent
    for _ in range(_DEEPEST):
        if up is None or (up.tag == "form" and up.css_first("h1,article") is None) or up.tag == "label":
            return up is not None
        up = up.parent
    return False


def _first(tree: LexborHTMLParser, outer: str, inner: str) -> LexborNode | None:
    """The first element of one kind, or the first of another kind in it."""
    node = tree.css_first(outer)
    return node.css_first(inner) if node is not None and inner else node


def _shown(node: LexborNode) -> str:
    return node.attributes.get("content") or node.text(separator=" ")


def clean_byline(written: str) -> str | None:
    """The name in a byline, neutral and without the "by" before it; None when it is no name."""
    name = _BY.sub("", " ".join(written.split())).strip(" ,;|·•-–—@")
    return (
        markdown_format.clean_field(name) if name and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) else None
    )


def find_published(head: PageHead) -> tuple[float | None, str | None]:
    """When the article was published: in seconds since 1970 UTC where that can be read, and as the page writes it."""
    told = [head.published, *map(head.meta, _DATE_METAS)]
    for outer, inner in _DATES:
        if (node := _first(head.tree, outer, inner)) is not None:
            told.append(next(filter(None, map(node.attributes.get, _WHEN)), None) or node.text())
    written = [text for one in told if (text := _short(one)) and _DATE.search(text)]
    for read_one in (_exact, parse_date):
        for text in written:
            if (seconds := read_one(text)) is not None:
                return seconds, text
    for selector in _WRITTEN:
        if not written and (node := head.tree.css_first(selector)) is not None and (text := _short(node.text())):
            written += [text] if _DATE.search(text) and node.tag not in ("h1", "h2") else []
    first = next(iter(written), None)
    return (parse_date(first) if first else None), first


def _short(text: str) -> str | None:
    return markdown_format.clean_field(" ".join(text.split())[:_LONGEST_NAME])


def parse_date(written: str) -> float | None:
    """A date as written in seconds since 1970 UTC; None when it is none. Nothing is loaded for one in ISO 8601."""
    if (exact := _exact(written)) is not None:
        return exact
    from rumor_tui.readers.dates import parse

    return parse.parse_date(written)


def _exact(written: str) -> float | None:
    """A date in ISO 8601 in seconds since 1970 UTC; None when it is none."""
    text = _OFFSET.sub(r"\1:\2", written.strip()).replace(" +", "+").replace(" UTC", "+00:00")
    return markdown_format.parse_iso(text) if text[:4].isdigit() and len(text) >= 10 else None


def find_address(head: PageHead, url: str) -> str | None:
    """The page's own address (http or https, absolute): the canonical one, or else the one that it came from."""
    node = head.tree.css_first('link[rel~="canonical"][href]')
    for told in ((node.attributes.get("href") or "") if node else "", head.meta("og:url"), url):
        found = links.openable(told, url or None) if told else None
        if found and found.startswith("http"):
            return found
    return None
