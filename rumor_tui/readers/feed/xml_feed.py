"""RSS 0.9 to 2.0, RSS in RDF, and Atom 0.3 and 1.0, also from malformed XML.

The parser is lxml's: it loads in 20 ms (feedparser takes 50), is written in C (feedparser parses broken XML in Python,
and cleans HTML that is cleaned again when it is shown), and it recovers from errors. It is restricted: whatever comes
before the root element, such as a DOCTYPE with entities, is cut off first; entities are not resolved, nothing is
fetched, and the limits on depth and size stay on.

Elements: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (purl.org/rss/1.0), Atom (RFC 4287), threads (RFC 4685),
`content:encoded`, `dc:*`, `slash:comments` (RSS 1.0 modules) and `wfw:commentRss`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from rumor_tui.links import joined
from rumor_tui.model import SourceError
from rumor_tui.readers.feed import exports
from rumor_tui.readers.feed.items import Feed, FeedItem, plain_line, plain_to_html, text_to_html
from rumor_tui.readers.feed.xml_tree import (
    ChildElements,
    child_elements,
    elements_named,
    first_text,
    parse_xml,
    short_name,
)
from rumor_tui.readers.source import Hint, name_source

_ITEMS = ("item", "entry")
"""Next to the channel in RSS in RDF, inside it elsewhere."""

_TITLES = ("title", "dc:title")
_DATES = (
    *("pubdate", "wp:post_date_gmt", "wp:post_date", "published", "issued", "dc:date", "dc:created", "created"),
    *("updated", "modified", "dc:modified"),
)
_BODIES = ("content:encoded", "content", "body", "xhtml:body")
_SUMMARIES = ("description", "summary", "dc:description", "wp:encoded")
_COUNTS = ("slash:comments", "thr:total")
_COMMENT_FEEDS = ("wfw:commentrss",)
_SUBMITTED = re.compile(r"""<a\s[^>]{0,200}?href="([^"<>]{1,2000})"[^>]{0,200}>\[link\]</a>""")
_LONGEST_NAME = 1_000
"""Characters of an author's name and address, in which they are told apart."""
_LOOKED_AT = 50
"""Items in which the marks of an export are looked for."""

_XML = "{http://www.w3.org/XML/1998/namespace}"


def read_xml(text: str, hint: Hint) -> Feed:
    """The feed in a text that begins with its root element. Raises SourceError when the XML cannot be parsed at all."""
    root = parse_xml(text)
    if root is None:
        raise SourceError(f"{name_source(hint)} is a feed whose XML is too broken to be read. Download it again.")
    outer = child_elements(root)
    channel = child_elements(outer["channel"][0]) if outer.get("channel") else outer
    elements = [*elements_named(channel, _ITEMS), *(() if channel is outer else elements_named(outer, _ITEMS))]
    base = root.get(f"{_XML}base", "")
    link = joined(base, _link(channel, "alternate"))
    names = exports.display_names(channel)
    return Feed(
        title=plain_line(first_text(channel, _TITLES)),
        link=link,
        author=_author(channel),
        language=first_text(channel, ("language", "dc:language")).strip() or root.get(f"{_XML}lang"),
        items=[item for element in elements for item in _items(element, base, link, names)],
        export=any(map(exports.is_export_item, map(child_elements, elements[:_LOOKED_AT]))),
    )


def _items(element: Any, base: str, link: str, names: Mapping[str, str]) -> list[FeedItem]:
    """An item and the comments inside it; nothing for what is no item of a discussion."""
    fields = child_elements(element)
    if exports.is_system_item(fields):
        return []
    item = _item(fields, joined(base, element.get(f"{_XML}base", "")) or base or link)
    item.author = names.get(item.author, item.author)
    if "wp:post_type" in fields:
        item.content = exports.paragraphs(item.content)
    return [item, *exports.item_comments(fields, item)]


def _item(fields: ChildElements, base: str) -> FeedItem:
    identity = first_text(fields, ("guid", "id")).strip()
    link = joined(base, _link(fields, "alternate")) or (identity if identity.startswith(("http:", "https:")) else "")
    content = next(filter(None, map(_body, elements_named(fields, _BODIES))), "")
    link, about = _own_and_other_page(fields, link, base)
    author = _author(fields)
    return FeedItem(
        title=exports.issue_title(fields) or plain_line(first_text(fields, _TITLES)),
        author=author,
        id=identity,
        link=link,
        others=tuple(joined(base, element.get("href", "")) for element in _links(fields, "self", "edit")),
        date=exports.usable_date(*(first_text(fields, (name,)) for name in _DATES)),
        summary=next(filter(None, map(_body, elements_named(fields, _SUMMARIES))), ""),
        content=content,
        comments=_count(fields),
        discussion=_discussion(fields),
        comment_feed=joined(base, first_text(fields, _COMMENT_FEEDS) or _replies(fields)),
        answers=tuple(_reply_references(fields, base)),
        about=about or _submitted_page(content, link),
    )


def _own_and_other_page(fields: ChildElements, link: str, base: str) -> tuple[str, str]:
    """An item's own address, and that of the page elsewhere that it is about ("" without one).

    Blogs of links name both in Atom, either way round: the page elsewhere as the item, with their own page as related
    to it, or the reverse.
    """
    related = [joined(base, element.get("href", "")) for element in _links(fields, "related")]
    site = _host(base)
    if len(related) != 1 or not site or (_host(link) == site) == (_host(related[0]) == site):
        return link, ""
    return (link, related[0]) if _host(link) == site else (related[0], link)


def _host(address: str) -> str:
    """The host of an address; "" where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _submitted_page(content: str, link: str) -> str:
    """The page that a submission is about, as Reddit's feeds link to it behind the text."""
    match = _SUBMITTED.search(content) if "[comments]" in content else None
    address = unescape(match[1]) if match else ""
    return address if address.startswith(("http://", "https://")) and address != link else ""


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
    person = next(elements_named(fields, ("author",)), None)
    written = first_text(child_elements(person), ("name",)) if person is not None and len(person) else ""
    written = written or first_text(fields, ("dc:creator", "author", "dc:author", "itunes:author", "reporter"))
    named = re.fullmatch(r"\S+@\S+\s+\((.+)\)", written[:_LONGEST_NAME].strip(), re.DOTALL)
    return plain_line(named[1] if named else written).removeprefix("/u/")


def _links(fields: ChildElements, *kinds: str) -> list[Any]:
    return [link for link in fields.get("link", ()) if link.get("href") and link.get("rel", "alternate") in kinds]


def _link(fields: ChildElements, kind: str) -> str:
    links = sorted(_links(fields, kind), key=lambda link: link.get("type", "text/html") != "text/html")
    return links[0].get("href", "") if links else first_text(fields, ("link",)).strip()


def _replies(fields: ChildElements) -> str:
    links = sorted(_links(fields, "replies"), key=lambda link: "xml" not in link.get("type", ""))
    return links[0].get("href", "") if links else ""


def _discussion(fields: ChildElements) -> str:
    """The page of an item's comments: in RSS an element, in Atom a link to replies that is a page."""
    pages = (link.get("href", "") for link in _links(fields, "replies") if link.get("type") == "text/html")
    written = first_text(fields, ("comments",)).strip() or next(pages, "")
    return written if written.startswith(("http://", "https://")) else ""


def _count(fields: ChildElements) -> int | None:
    attributes = (pair for count in _links(fields, "replies") for pair in count.attrib.items())
    counts = [
        first_text(fields, _COUNTS),
        *(value for name, value in attributes if short_name(name) in ("thr:count", "count")),
    ]
    return next(
        (int(count) for count in map(str.strip, counts) if count.isascii() and count.isdigit() and len(count) < 10),
        None,
    )


def _reply_references(fields: ChildElements, base: str) -> Iterator[str]:
    """Possible references to the answered item: Blogger's own is the article, its related link the comment."""
    replies = list(elements_named(fields, ("thr:in-reply-to", "in-reply-to")))
    yield from filter(None, exports.answered_entries(fields))
    related = (joined(base, link.get("href", "")) for link in _links(fields, "related") if replies)
    named = (
        (link.get("ref", ""), joined(base, link.get("href", "")), joined(base, link.get("source", "")))
        for link in replies
    )
    yield from filter(None, map(str.strip, (*related, *(name for names in named for name in names))))
