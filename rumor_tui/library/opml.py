"""What is followed as OPML 2.0 (http://opml.org/spec2.opml), the form in which feed readers exchange it.

Feeds are outlines of the type "rss"; threads and front pages are links, of which our category says what they are. Only
addresses on the web are written and read: a path means nothing elsewhere, and a file from elsewhere must not name one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from rumor_tui.library_types import Followed, FollowKind, LibraryError
from rumor_tui.links import openable
from rumor_tui.text import neutralise_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_OUTLINES: Final = 20_000
"""Outlines that are read of a file at most."""

_CATEGORY: Final = "/rumor-tui/"
_ROOT: Final = re.compile(r"<opml[\s>]", re.IGNORECASE)
_INVALID: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""


class Outline(NamedTuple):
    """Something to follow that an OPML file names."""

    address: str
    kind: FollowKind
    title: str


def on_the_web(address: str) -> bool:
    """Whether an address can be followed from another machine."""
    real = openable(address)
    return real is not None and real.startswith(("http://", "https://"))


def write_opml(followed: Iterable[Followed]) -> str:
    """The OPML of what is followed on the web."""
    rows = "".join(f"    {_outline(one)}\n" for one in followed if on_the_web(one.address))
    head = "  <head>\n    <title>Followed by rumor-tui</title>\n  </head>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n{head}  <body>\n{rows}  </body>\n</opml>\n'


def _outline(one: Followed) -> str:
    title = neutralise_line(one.title) or one.address
    fields = {"text": title, "title": title, "created": format_datetime(datetime.fromtimestamp(one.since, UTC))}
    if one.kind == "feed":
        fields |= {"type": "rss", "xmlUrl": one.address}
    else:
        fields |= {"type": "link", "url": one.address, "category": f"{_CATEGORY}{one.kind}"}
    return "<outline " + " ".join(f"{name}={_attribute(value)}" for name, value in fields.items()) + "/>"


def _attribute(value: str) -> str:
    return quoteattr(_INVALID.sub("\ufffd", value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def read_opml(text: str) -> list[Outline]:
    """What an OPML file names, each address once. Raises LibraryError for what is no OPML."""
    root = _parse(text)
    if root is None:
        raise LibraryError("This is no OPML file: it has no outline that could be read.")
    found: dict[str, Outline] = {}
    for count, element in enumerate(root.iter()):
        if count > MOST_OUTLINES:
            break
        try:
            outline = _read_outline(element) if isinstance(element.tag, str) else None
        except UnicodeError:  # it refers to half a character, which lxml takes and then cannot decode
            continue
        if outline is not None:
            found.setdefault(outline.address, outline)
    return list(found.values())


def looks_like_opml(text: str) -> bool:
    """Whether a text is OPML, by its beginning."""
    return _ROOT.search(text[:4_000]) is not None


def _parse(text: str) -> _Element | None:
    """The root element; what stands before it, such as a DOCTYPE with entities, is left out, and nothing is fetched."""
    from lxml import etree

    start = _ROOT.search(text)
    if start is None:
        return None
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(_INVALID.sub("", text[start.start() :]).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _read_outline(element: Any) -> Outline | None:
    fields = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
    feed = fields.get("xmlurl", "")
    address = feed or (fields.get("url", "") if fields.get("type", "").lower() == "link" else "")
    if not address or not on_the_web(address):
        return None
    kind: FollowKind = "feed" if feed else "thread" if f"{_CATEGORY}thread" in fields.get("category", "") else "list"
    return Outline(address, kind, neutralise_line(fields.get("title") or fields.get("text") or ""))
