"""XML that is neither a web page nor a feed: exports of sites and trackers, and anything else with a text in it.

Known exports (`sites`) are read as feeds are. Of other XML the elements become values as in JSON, in which a list of
comments is looked for; where there is none, all of its text is the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.model import SourceError
from rumor_tui.readers.source import Hint, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

_HEAD = 65_536
_PREAMBLE = (
    r"(?>(?:\ufeff|\s|<\?(?>.*?\?>)|<!--(?>.*?-->)"
    r"|<!DOCTYPE[^\[<>]*+(?:\[(?P<subset>(?>(?:(?!\]\s*>).)*))\]\s*)?>)*)"
)
_ROOT = _PREAMBLE + r"(?P<root><(?:[\w.-]+:)?(?P<name>[a-zA-Z_][\w.-]*)(?=[\s>/]))"
_OF_PAGES = frozenset(("html", "head", "body", "main", "div", "p", "script"))
"""Elements of HTML that the root of other XML hardly is."""

_UNSAFE_ENTITY = r"""<!ENTITY[^<>]*?(?:\bSYSTEM\b|\bPUBLIC\b|["'][^"'<>]{0,9999}?[&%])"""


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is XML by its declaration, and its root element is none of a web page."""
    if not text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return False
    match = _find_root(text)
    return bool(match and match["name"].lower() not in _OF_PAGES)


def read(text: str, hint: Hint) -> Thread | Listing:
    """The thread or the listing of an export, or all the text as an article. Raises SourceError for unsafe XML."""
    match = _find_root(text)
    if match is None:
        raise SourceError(f"{name_source(hint)} is XML that is too broken to be read. Download it again.")
    if re.search(_UNSAFE_ENTITY, match["subset"] or ""):
        raise SourceError(
            f"{name_source(hint)} is XML with entities that stand for other entities or files, which can fill the "
            "memory or read files. Remove its DOCTYPE, if you trust it, and open it again."
        )
    if match["name"].lower() == "svg":
        raise SourceError(f"{name_source(hint)} is an image (SVG). Open text instead.")
    from rumor_tui.readers.xml_export import documents

    return documents.read_document(text[match.start("root") :], hint)


def _find_root(text: str) -> re.Match[str] | None:
    return re.match(_ROOT, text[:_HEAD], re.DOTALL)
