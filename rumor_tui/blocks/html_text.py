"""The text alone of an HTML comment, without building blocks: every comment of a thread is indexed by it."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from rumor_tui.text import neutralise

from .build import MAX_BLOCK
from .html import is_shortened

_INLINE: Final = frozenset(["i", "/i", "em", "/em", "b", "/b", "strong", "/strong", "code", "/code"])
_PARAGRAPH: Final = frozenset(("p", "/p"))
_ENTITIES: Final = (("&#x27;", "'"), ("&quot;", '"'), ("&#x2F;", "/"), ("&lt;", "<"), ("&gt;", ">"))
_ODD_EDGE: Final = re.compile(r"[^\S\n]\n|\n[^\S\n]")
_UNUSUAL: Final = ("  ", " \n", "\n ", "\n\n\n", "\n>")


def html_text(body: str) -> str | None:
    """What `"\\n\\n".join` gives of the texts of the blocks; None if the body has anything that takes a parse."""
    if len(body) > MAX_BLOCK:
        return None
    first, *rest = body.split("<")
    if "\n" in body or "\t" in body or "\r" in body or "\f" in body:
        return None
    parts = [first]
    link = ""
    for piece in rest:
        tag, closed, text = piece.partition(">")
        if not closed:
            return None
        if tag in _INLINE:
            parts.append(text)
        elif tag in _PARAGRAPH:
            if parts[-1] or len(parts) > 1:
                parts.append("\n\n")
            parts.append(text)
        elif tag == "/a":
            link = ""
            parts.append(text)
        elif tag[:8] == 'a href="' and tag.count('"') == tag.count('="') * 2 and not link:
            link = tag[8:].partition('"')[0]
            parts.append(_shown(text, link))
        else:
            return None
    return _joined("".join(parts))


def _shown(text: str, link: str) -> str:
    if text[-3:] == "..." and is_shortened(unescape(text), unescape(link).strip()):
        return link
    return text


def _joined(text: str) -> str | None:
    if "&" in text:
        text = _decoded(text)
    text = text.replace("\n\n\n\n", "\n\n")
    if text != text.strip() or text[:1] == ">" or any(unusual in text for unusual in _UNUSUAL):
        return None
    if not text.isascii() and _ODD_EDGE.search(text):
        return None
    return text if neutralise(text) == text else None


def _decoded(text: str) -> str:
    """`html.unescape`, quicker on the few entities that are usual in comments."""
    simple = text
    for entity, char in _ENTITIES:
        simple = simple.replace(entity, char)
    if "&" not in simple:
        return simple
    return simple.replace("&amp;", "&") if simple.count("&") == simple.count("&amp;") else unescape(text)
