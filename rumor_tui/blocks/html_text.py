"""A fast path to the text of simple HTML bodies, without blocks: the search indexes every comment through it."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from rumor_tui.blocks.builder import MAX_BLOCK
from rumor_tui.blocks.html import is_shortened_address
from rumor_tui.blocks.plain import QUOTE_SIGNS
from rumor_tui.text import neutralise

_LINK: Final = re.compile(r'<a href="([^"<>]*)"(?: rel="[a-z ]*")?>([^<]*)</a>')
_INLINE: Final = tuple((f"<{name}>", f"</{name}>") for name in ("i", "em", "b", "strong", "code"))
_ENTITIES: Final = (("&#x27;", "'"), ("&quot;", '"'), ("&#x2F;", "/"), ("&gt;", ">"))
SPACES: Final = re.compile("  +")
QUOTED: Final = re.compile(rf"(?:\A|(?<=\n)){QUOTE_SIGNS.pattern}")
ODD_EDGE: Final = re.compile(r"[^\S\n]\n|\n[^\S\n]")


def fast_html_text(body: str) -> str | None:
    """The texts of the blocks joined by empty lines; None if the body has anything that takes a parse."""
    if len(body) > MAX_BLOCK or "\n" in body or "<pre" in body:
        return None
    text = body
    if "<" in text:
        if "<a " in text:
            text = _LINK.sub(lambda link: shown_link(link[1], link[2]), text)
        text = text.replace("<p>", "\n\n")
        if "</p>" in text:
            text = text.replace("</p>", "\n\n").replace("\n\n\n\n", "\n\n")
        for opening, closing in _INLINE:
            if "<" not in text:
                break
            text = text.replace(opening, "").replace(closing, "")
        else:
            if "<" in text:
                return None
    return _joined(text.strip("\n"))


def shown_link(target: str, text: str) -> str:
    """What a link shows, as HTML: its text, or all of its address where the text is that, cut short."""
    short = text.removesuffix("...")
    if short == text and not text.endswith("…"):
        return text
    if short.startswith("https:&#x2F;&#x2F;") and target.startswith(short) and short.rfind("&") <= short.rfind(";"):
        return target
    return target if is_shortened_address(unescape(text), unescape(target).strip()) else text


def _joined(text: str) -> str | None:
    """The paragraphs' text with its entities decoded; None if it takes a parse."""
    if "&" in text:
        text = _decoded(text)
    if text[:1] == ">" or "\n>" in text:
        text = QUOTED.sub("", text)
    if "  " in text:
        text = SPACES.sub(" ", text)
    if text != text.strip() or ("\n" in text and is_uneven(text)):
        return None
    return text if neutralise(text) == text else None


def is_uneven(text: str) -> bool:
    """Whether paragraphs are empty, or have white space at their edges."""
    uneven = "\n\n\n" in text or " \n" in text or "\n " in text
    return uneven or (not text.isascii() and ODD_EDGE.search(text) is not None)


def _decoded(text: str) -> str:
    """`html.unescape`, but faster for the few entities that are common in comments."""
    simple = text
    for entity, char in _ENTITIES:
        simple = simple.replace(entity, char)
    if "&" not in simple:
        return simple
    known = simple.count("&amp;") + simple.count("&lt;")
    return simple.replace("&lt;", "<").replace("&amp;", "&") if simple.count("&") == known else unescape(text)
