"""An XML document as a thread: of an export that is known, of the comments that its elements are, or of its text."""

from __future__ import annotations

import html
from typing import Any

from lxml import etree

from rumor_tui import markdown_format
from rumor_tui.model import Article, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers.feed.xml_tree import parse_xml, short_name
from rumor_tui.readers.source import Hint, name_source
from rumor_tui.readers.xml_export.sites import SITES

_TITLES = ("title", "article-title", "doctitle", "subject", "headline", "name")
_LONGEST_TITLE = 300
_MAX_ATTRIBUTES = 500
"""Attributes of an element that are read: lxml looks each of them up from the first one on."""

_PIECE = 8_000
"""Characters of the article's pieces, at least."""


def read_document(text: str, hint: Hint) -> Thread | Listing:
    """The content of a document that begins with its root element. Raises SourceError."""
    root = parse_xml(text)
    if root is None:
        raise SourceError(f"{name_source(hint)} is XML that is too broken to be read. Download it again.")
    site = SITES.get(short_name(root.tag).rpartition(":")[2])
    if site is not None:
        from rumor_tui.readers.feed.content import feed_content

        feed = site(root)
        if feed.items:
            return feed_content(feed, hint)
    return _comments(root, hint) or _text_thread(root, hint)


def _comments(root: Any, hint: Hint) -> Thread | Listing | None:
    """The comments in a document of an unknown kind, found as in JSON."""
    from msgspec import json

    from rumor_tui.readers.api.document import Document
    from rumor_tui.readers.api.records import reader

    document = Document(json.encode(to_values(root)))
    return reader.read(document, hint) if reader.sniff(document, hint) else None


def to_values(root: Any) -> Any:
    """An element as values of JSON: attributes and children by their names, text that holds elements as HTML.

    Children of the same name, and those of an element that says it is an array, are a list. No recursion.
    """
    holders: list[list[tuple[str, Any]]] = [[]]
    walk = etree.iterwalk(root, events=("start", "end"))
    rich: Any = None
    for event, element in walk:
        if event == "start":
            holders.append([])
            if _is_rich(element):
                rich = element
                walk.skip_subtree()
            continue
        children = holders.pop()
        value = _inner_markup(element) if element is rich else _value(element, children)
        holders[-1].append((_local_name(element.tag), value))
    return holders[0][0][1] if holders[0] else None


def _value(element: Any, children: list[tuple[str, Any]]) -> Any:
    is_sane = len(element.attrib) <= _MAX_ATTRIBUTES
    attributes = {_local_name(name): value for name, value in element.attrib.items()} if is_sane else {}
    text = (element.text or "").strip()
    if attributes.get("type") == "array":
        return [value for _, value in children]
    if not children and (not attributes or set(attributes) <= {"type", "nil"}):
        return text or None
    value: dict[str, Any] = dict(attributes)
    groups: dict[str, list[Any]] = {}
    for name, held in children:
        groups.setdefault(name, []).append(held)
    value |= {name: held if len(held) > 1 else held[0] for name, held in groups.items()}
    if text:
        value.setdefault("text", text)
    return value


def _is_rich(element: Any) -> bool:
    """Whether an element holds text and elements side by side, as running text does."""
    if not len(element):
        return False
    texts = [element.text, *(child.tail for child in element)]
    return any(text and not text.isspace() for text in texts)


def _inner_markup(element: Any) -> str:
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts).strip()


def _local_name(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text_thread(root: Any, hint: Hint) -> Thread:
    """All the text of a document as the article: a paragraph for each element that holds running text."""
    article = Article(title=_title(root), pieces=_paragraphs(root), format="html")
    return ThreadBuilder(article).build("html", source=hint.name)


def _title(root: Any) -> str:
    for element in root.iter(etree.Element):
        if _local_name(element.tag).lower() in _TITLES:
            written = " ".join("".join(element.itertext()).split())
            if written:
                return markdown_format.clean_field(written[:_LONGEST_TITLE]) or ""
    return ""


def _paragraphs(root: Any) -> list[str]:
    pieces: list[str] = []
    size = 0
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        is_rich = _is_rich(element)
        text = "".join(element.itertext()) if is_rich or not len(element) else ""
        if is_rich:
            walk.skip_subtree()
        if not text.strip():
            continue
        paragraph = f"<p>{html.escape(text.strip(), quote=False)}</p>"
        if size == 0 or size > _PIECE:
            pieces.append("")
            size = 0
        pieces[-1] += paragraph
        size += len(paragraph)
    return pieces
