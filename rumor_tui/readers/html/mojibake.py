"""Mojibake in a page, repaired before it is parsed, so that titles, names and bodies are all right.

A site that once stored UTF-8 as another encoding serves such text for ever, in otherwise sound pages; some write each
of the wrong letters as an entity.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from rumor_tui.text import mend_encoding

_SIGNS: Final = ("Ã", "Â", "€", "ð", "Ð")
"""One of these stands in nearly all mojibake of Latin letters, punctuation, emoji and Cyrillic; they are found fast."""
_ENTITY_SIGN = re.compile(r"&(?:A(?:tilde|circ);|acirc;&euro;|#19[45];|#226;&#8364;|#xC[23];)")
_ENTITIES = re.compile(r"(?:&(?:[A-Za-z]{2,8}|#\d{2,4}|#[xX][0-9a-fA-F]{2,4});){2,60}")
_MARKUP: Final = frozenset("<>&\"'")


def mend_page(text: str) -> str:
    """The HTML of a page with its mojibake repaired; tags and entities that are none of it stay as they are."""
    if _ENTITY_SIGN.search(text):
        text = _ENTITIES.sub(_mended_entities, text)
    if not text.isascii() and any(sign in text for sign in _SIGNS):
        text = mend_encoding(text, "<>\n")
    return text


def _mended_entities(run: re.Match[str]) -> str:
    broken = unescape(run[0])
    mended = mend_encoding(broken)
    return run[0] if mended == broken or _MARKUP.intersection(mended) else mended
