"""XML parsed safely, also where it is broken, and its elements by their names, whatever prefixes namespaces have.

The parser is lxml's, which recovers from errors. It is restricted: entities are not resolved, nothing is fetched, and
the limits on depth and size stay on. Whatever comes before the root element, such as a DOCTYPE with entities, is cut
off by the caller (`find_root`).
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,7}|#x[0-9a-f]{1,6}|\w{1,31});)?", re.IGNORECASE)
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
    ("http://wordpress.org/export/", "wp:"),
    ("http://schemas.google.com/blogger/", "blogger:"),
    ("http://disqus.com", ""),
)
"""Prefixes of namespaces' names, in lower case, and the prefix that their elements get here."""

ChildElements = dict[str, list[Any]]
"""The children of an element by their names in lower case, with the prefixes of `_SPACES`."""


def parse_xml(text: str) -> Any:
    """The root element of a text that begins with it; broken XML is mended. None when nothing can be made of it."""
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
    """The text with HTML entities replaced and bare ampersands escaped, except in CDATA.

    A number that is no character becomes U+FFFD: lxml would take it, and fail when it is asked for the text.
    """
    parts = _CDATA.split(text)
    return "".join(part if at % 2 else _REFERENCE.sub(_escape_reference, part) for at, part in enumerate(parts))


def _escape_reference(match: re.Match[str]) -> str:
    if match[1] and match[1].startswith("#"):
        number = match[1][1:].lower()
        code = int(number[1:], 16) if number.startswith("x") else int(number)
        return match[0] if code <= sys.maxunicode and not _INVALID_CHARACTERS.match(chr(code)) else "\ufffd"
    known = html.unescape(match[0]) if match[1] else match[0]
    return html.escape(known, quote=False)


def child_elements(element: Any) -> ChildElements:
    """The children of an element by their names."""
    fields: ChildElements = {}
    for child in element:
        if isinstance(child.tag, str):
            fields.setdefault(short_name(child.tag), []).append(child)
    return fields


@lru_cache(1024)
def short_name(tag: str) -> str:
    """An element's name in lower case, with the prefix of `_SPACES` for its namespace."""
    if not tag.startswith("{"):
        return tag.lower()
    space, _, local = tag[1:].partition("}")
    low = space.lower()
    prefix = next((prefix for start, prefix in _SPACES if low.startswith(start)), "other:")
    return ("xhtml:" if low.endswith("/xhtml") else prefix) + local.lower()


def elements_named(fields: ChildElements, names: Iterable[str]) -> Iterator[Any]:
    """The elements of these names, name by name."""
    return (element for name in names for element in fields.get(name, ()))


def first_text(fields: ChildElements, names: Iterable[str]) -> str:
    """The text of the first element of these names that has any; an empty string if there is none."""
    for name in names:
        for element in fields.get(name, ()):
            text = "".join(element.itertext()) if len(element) else element.text or ""
            if text and not text.isspace():
                return text
    return ""
