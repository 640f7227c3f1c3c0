"""The reader of feeds: RSS and Atom in whatever state, as a list of articles, or as a thread where it is of comments.

`xml` reads the elements, `items` is what they become (`json_feed` gives the same), `kinds` tells comments from
articles, and `contents` makes the listing or the thread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.base import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

__all__ = ["read", "sniff"]

_HEAD = 65_536
_RSS_IN_RDF = r"purl\.org/rss/1\.0/|netscape\.com/rdf/simple"
_ROOT = r"<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>/]"

_PREAMBLE = (
    r"(?:\ufeff|\s|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->"
    r"|<!DOCTYPE[^\[<>]*+(?:\[(?:(?!\]\s*>).)*+\]\s*)?>)*+"
)
ROOT = _PREAMBLE + r"(?P<root><(?:[\w.-]+:)?(?P<kind>rss|feed|rdf)(?=[\s>/]))"
"""The beginning of a feed up to the name of its root element."""


def sniff(text: str, hint: Hint) -> bool:
    """Whether the root element is that of a feed; RDF of other kinds is none."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if not head.startswith("<") or not re.search(_ROOT, head, re.IGNORECASE):
        return False
    found = re.match(ROOT, head, re.IGNORECASE | re.DOTALL)
    return bool(found and (found["kind"].lower() != "rdf" or re.search(_RSS_IN_RDF, head, re.IGNORECASE)))


def read(text: str, hint: Hint) -> Thread | Listing:
    """The listing of the feed's articles, or the thread of its comments. Raises SourceError."""
    from rumor_tui.readers.feed import contents, xml

    return contents.of(xml.read(text, hint), hint)
