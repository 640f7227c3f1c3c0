"""RSS 0.9 to 2.0, RSS in RDF, and Atom 0.3 and 1.0, also from malformed XML.

The parser is lxml's: it loads in 20 ms (feedparser takes 50), is written in C (feedparser parses broken XML in Python,
and cleans HTML that is cleaned again when it is shown), and it recovers from errors. It is restricted: whatever comes
before the root element, such as a DOCTYPE with entities, is cut off first; entities are not resolved, nothing is
fetched, and the limits on depth and size stay on.

Elements: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (purl.org/rss/1.0), Atom (RFC 4287), threads (RFC 4685),
`content:encoded`, `dc:*`, `slash:comments` (RSS 1.0 modules) and `wfw:commentRss`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from rumor_tui.links import joined
from rumor_tui.model import SourceError
from rumor_tui.readers.feed.items import Feed, FeedItem, plain_line, plain_to_html, text_to_html
from rumor_tui.readers.source import Hint, name_source

_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)(?:(\w{1,31});)?", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SPACES = (
    ("http://www.w3.org/2005/atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0/modules/content", "content:"),
    ("http://purl.org/rss/1.0/modules/slash", "slash:"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://channel.netscape.com/rdf/simple/0.9/", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://purl.org/dc/", "dc:"),
    ("http://wellformedweb.org/commentapi", "wfw:"),
    ("http://purl.org/syndication/thread/1.0", "thr:"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf:"),
)
"""Prefixes of namespaces' names, in lower case, and the prefix that their elements get here."""

_ITEMS = ("item", "entry")
"""Next to the channel in RSS in RDF, inside it elsewhere."""

_TITLES = ("title", "dc:title")
_DATES = ("pubdate", "published", "issued", "dc:date", "dc:created", "created", "updated", "modified", "dc:modified")
_BODIES = ("content:encoded", "content", "body", "xhtml:body")
_SUMMARIES = ("description", "summary", "dc:description")
_COUNTS = ("slash:comments", "thr:total")
_COMMENT_FEEDS = ("wfw:commentrss",)
_XML = "{http://www.w3.org/XML/1998/namespace}"

ChildElements = dict[str, list[Any]]
"""The children of an element by their names in lower case, with the prefixes of `_SPACES`."""


def read_xml(text: str, hint: Hint) -> Feed:
    """The feed in a text that begins with its root element. Raises SourceError when the XML cannot be parsed at all."""
    root = _root(text)
    if root is None:
        raise SourceError(f"{name_source(hint)} is a feed whose XML is too broken to be read. Download it again.")
    outer = _fields(root)
    channel = _fields(outer["channel"][0]) if outer.get("channel") else outer
    elements = [*_elements(channel, _ITEMS), *(() if channel is outer else _elements(outer, _ITEMS))]
    base = root.get(f"{_XML}base", "")
    link = joined(base, _link(channel, "alternate"))
    return Feed(
        title=plain_line(_text(channel, _TITLES)),
        link=link,
        author=_author(channel),
        language=_text(channel, ("language", "dc:language")).strip() or root.get(f"{_XML}lang"),
        items=[
            _item(_fields(element), joined(base, element.get(f"{_XML}base", "")) or base or link)
            for element in elements
        ],
    )


def _root(text: str) -> Any:
    text = _INVALID_CHARACTERS.sub("", text)
    root = _parse(text, recover=False)
    return _parse(_escape_ampersands(text), recover=True) if root is None else root


def _parse(text: str, recover: bool) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _escape_ampersands(text: str) -> str:
    """The text with HTML entities replaced and bare ampersands escaped, except in CDATA."""
    parts = _CDATA.split(text)
    return "".join(part if at % 2 else _REFERENCE.sub(_escape_reference, part) for at, part in enumerate(parts))


def _escape_reference(match: re.Match[str]) -> str:
    known = html.unescape(match[0]) if match[1] else match[0]
    return html.escape(known, quote=False)


def _fields(element: Any) -> ChildElements:
    fields: ChildElements = {}
    for child in element:
        if isinstance(child.tag, str):
            fields.setdefault(_name(child.tag), []).append(child)
    return fields


def _name(tag: str) -> str:
    if not tag.startswith("{"):
        return tag.lower()
    space, _, local = tag[1:].partition("}")
    low = space.lower()
    prefix = next((prefix for start, prefix in _SPACES if low.startswith(start)), "other:")
    return ("xhtml:" if low.endswith("/xhtml") else prefix) + local.lower()


def _item(fields: ChildElements, base: str) -> FeedItem:
    identity = _text(fields, ("guid", "id")).strip()
    link = joined(base, _link(fields, "alternate")) or (identity if identity.startswith(("http:", "https:")) else "")
    content = next(filter(None, map(_body, _elements(fields, _BODIES))), "")
    author = _author(fields)
    return FeedItem(
        title=plain_line(_text(fields, _TITLES)),
        author=author,
        id=identity,
        link=link,
        others=tuple(joined(base, element.get("href", "")) for element in _links(fields, "self", "edit")),
        date=_text(fields, _DATES).strip(),
        summary=next(filter(None, map(_body, _elements(fields, _SUMMARIES))), ""),
        content=content,
        comments=_count(fields),
        comment_feed=joined(base, _text(fields, _COMMENT_FEEDS) or _replies(fields)),
        answers=tuple(_reply_references(fields, base)),
    )


def _elements(fields: ChildElements, names: Iterable[str]) -> Iterator[Any]:
    return (element for name in names for element in fields.get(name, ()))


def _text(fields: ChildElements, names: Iterable[str]) -> str:
    """The text of the first element of these names that has any."""
    texts = ("".join(element.itertext()) for element in _elements(fields, names))
    return next((text for text in texts if text.strip()), "")


def _body(element: Any) -> str:
    """The HTML in an element: escaped as text, or as child elements."""
    if len(element):
        inner = (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
        return re.sub(r"<(/?)[\w.-]+:", r"<\1", inner).strip()
    text = element.text or ""
    if element.get("type") in ("text", "text/plain"):
        return plain_to_html(text)
    return text_to_html(text) if text.strip() else ""


def _author(fields: ChildElements) -> str:
    """The name of the author; a mail address alone, as in RSS, counts as a name where there is nothing else."""
    person = next(_elements(fields, ("author",)), None)
    written = _text(_fields(person), ("name",)) if person is not None and len(person) else ""
    written = written or _text(fields, ("dc:creator", "author", "dc:author", "itunes:author"))
    named = re.fullmatch(r"\s*\S+@\S+\s+\((.+)\)\s*", written, re.DOTALL)
    return plain_line(named[1] if named else written).removeprefix("/u/")


def _links(fields: ChildElements, *kinds: str) -> list[Any]:
    return [link for link in fields.get("link", ()) if link.get("href") and link.get("rel", "alternate") in kinds]


def _link(fields: ChildElements, kind: str) -> str:
    links = sorted(_links(fields, kind), key=lambda link: link.get("type", "text/html") != "text/html")
    return links[0].get("href", "") if links else _text(fields, ("link",)).strip()


def _replies(fields: ChildElements) -> str:
    links = sorted(_links(fields, "replies"), key=lambda link: "xml" not in link.get("type", ""))
    return links[0].get("href", "") if links else ""


def _count(fields: ChildElements) -> int | None:
    attributes = (pair for count in _links(fields, "replies") for pair in count.attrib.items())
    counts = [_text(fields, _COUNTS), *(value for name, value in attributes if _name(name) in ("thr:count", "count"))]
    return next(
        (int(count) for count in map(str.strip, counts) if count.isascii() and count.isdigit() and len(count) < 10),
        None,
    )


def _reply_references(fields: ChildElements, base: str) -> Iterator[str]:
    """Possible references to the answered item: Blogger's own is the article, its related link the comment."""
    replies = list(_elements(fields, ("thr:in-reply-to", "in-reply-to")))
    related = (joined(base, link.get("href", "")) for link in _links(fields, "related") if replies)
    named = (
        (link.get("ref", ""), joined(base, link.get("href", "")), joined(base, link.get("source", "")))
        for link in replies
    )
    yield from filter(None, map(str.strip, (*related, *(name for names in named for name in names))))
