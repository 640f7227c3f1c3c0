"""Feeds: RSS and Atom, also malformed, as a listing of articles, or as a thread where the items are comments.

`xml_feed` reads the elements into `items` (as `json_feed` does), `content` tells comments from articles and makes the
listing or the thread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

_HEAD = 65_536
_RSS_IN_RDF = r"purl\.org/rss/1\.0/|netscape\.com/rdf/simple"
_PREAMBLE = (
    r"(?>(?:\ufeff|\s|<\?(?>.*?\?>)|<!--(?>.*?-->)"
    r"|<!DOCTYPE[^\[<>]*+(?:\[(?>(?:(?!\]\s*>).)*)\]\s*)?>)*)"
)
_ROOT = _PREAMBLE + r"(?P<root><(?:[\w.-]+:)?(?P<kind>rss|feed|rdf)(?=[\s>/]))"
"""The beginning of a feed up to the name of its root element."""
_ROOT_NAME = r"<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>/]"


def sniff(text: str, hint: Hint) -> bool:
    """Whether the root element is that of a feed; other kinds of RDF are not."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if not head.startswith("<") or not re.search(_ROOT_NAME, head, re.IGNORECASE):
        return False
    match = _find_root(head)
    return bool(match and (match["kind"].lower() != "rdf" or re.search(_RSS_IN_RDF, head, re.IGNORECASE)))


def read(text: str, hint: Hint) -> Thread | Listing:
    """The listing of the feed's articles, or the thread of its comments. Raises SourceError."""
    from rumor_tui.readers.feed import content, xml_feed

    match = _find_root(text)
    return content.feed_content(xml_feed.read_xml(text[match.start("root") :] if match else text, hint), hint)


def _find_root(text: str) -> re.Match[str] | None:
    return re.match(_ROOT, text, re.IGNORECASE | re.DOTALL)
