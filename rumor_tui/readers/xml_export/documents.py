"""An XML document as a thread: of an export that is known, of the comments that its elements are, or of its text."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

from lxml import etree

from rumor_tui import markdown_format
from rumor_tui.model import Article, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers.feed.xml_tree import parse_xml, short_name
from rumor_tui.readers.source import Hint, Source, name_source
from rumor_tui.readers.xml_export.sites import SITES

_JOINED = re.compile(
    r"(parent|comment|poster|post|reply|user|author|thread|message|topic|event|creation|created|published|modified|sent|in_?reply)"
    r"(id|name|at|on|time|date|to)",
    re.IGNORECASE,
)
_TITLES = ("title", "article-title", "doctitle", "subject", "headline", "name")
_TEXT_ATTRIBUTES = ("title", "text", "label", "description", "summary", "content", "body")
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
    kind = short_name(root.tag).rpartition(":")[2]
    if kind == "mediawiki":
        from rumor_tui.readers.xml_export import mediawiki

        return mediawiki.read_pages(root, hint)
    site = SITES.get(kind)
    if site is not None:
        from rumor_tui.readers.feed.content import feed_content

        feed = site(root)
        if feed.items:
            return feed_content(feed, hint)
    return _comments(root, hint) or _text_thread(root, hint)


def _comments(root: Any, hint: Hint) -> Thread | Listing | None:
    """The comments in a document of an unknown kind, found as in JSON."""
    from msgspec import json

    from rumor_tui.readers.api.records import reader
    from rumor_tui.readers.fallback import read_most_texts

    source = Source(json.encode(to_values(root)), hint)
    if not reader.sniff(source.document, hint):
        return None
    content = reader.read(source.document, hint)
    return read_most_texts(source, content, ()) if isinstance(content, Thread) else content


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
        holders[-1].append((_field_name(element.tag), value))
    return holders[0][0][1] if holders[0] else None


def _value(element: Any, children: list[tuple[str, Any]]) -> Any:
    is_sane = len(element.attrib) <= _MAX_ATTRIBUTES
    attributes = {_field_name(name): value for name, value in element.attrib.items()} if is_sane else {}
    text = (element.text or "").strip()
    names = {name for name, _ in children}
    if len(names) == 1 and (pairs := _named_fields(element)):
        return attributes | pairs
    is_wrapper = not attributes and len(names) == 1 and (len(children) > 1 or _is_plural(element))
    if is_wrapper or attributes.get("type") == "array":
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


def _is_plural(element: Any) -> bool:
    return _local_name(element.tag).lower().endswith(("s", "children"))


def _named_fields(element: Any) -> dict[str, Any]:
    """The fields of a row whose elements are all called alike and name their field in an attribute, as in dumps of SQL.

    Empty where they do not.
    """
    fields = {child.get("name"): child.text for child in element if not len(child)}
    return fields if len(fields) == len(element) > 1 and all(fields) else {}


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


@lru_cache(4_096)
def _field_name(tag: str) -> str:
    """The name of an element or attribute; of words run together, as XML often has them, the last one is parted."""
    name = _local_name(tag)
    joined = _JOINED.fullmatch(name)
    return f"{joined[1]}_{joined[2]}" if joined else name


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
        texts = [*(element.get(name, "") for name in _TEXT_ATTRIBUTES), text]
        paragraph = "".join(f"<p>{html.escape(text.strip(), quote=False)}</p>" for text in texts if text.strip())
        if not paragraph:
            continue
        if size == 0 or size > _PIECE:
            pieces.append("")
            size = 0
        pieces[-1] += paragraph
        size += len(paragraph)
    return pieces
