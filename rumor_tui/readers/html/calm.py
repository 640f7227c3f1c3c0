"""A cheap look at a page's markup: whether a parser of trees could take it badly.

Parsers follow the rules of HTML, by which unclosed formatting elements are opened again in every paragraph (60 kB of
them took lexbor 16 s, lexbor issue 340) and nesting has no limit (100,000 levels took it 10 s).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

DEEPEST: Final = 512
"""Levels of nesting up to which a page is calm; browsers stop there too."""
MOST_UNCLOSED: Final = 400
"""Formatting elements that may stay open: old pages leave some."""
LARGEST: Final = 8_000_000
"""Characters of a page that is read at once."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
_FREE_NAMES = (
    "p li td tr th dt dd option tbody thead tfoot colgroup br hr img input meta link area base col embed source track"
    " wbr param html head body rp rt path circle rect g use"
)
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_FREE = frozenset(_FREE_NAMES.split())
"""Elements that need no end, or end with what is around them."""


def is_calm(text: str) -> bool:
    """Whether a page may be parsed at once. Takes time in proportion to its length."""
    if len(text) > LARGEST:
        return False
    depth = unclosed = 0
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _FREE:
            continue
        if not tag[1]:
            opened[name] += 1
        elif opened[name]:  # an end of what is not open closes nothing
            opened[name] -= 1
        else:
            continue
        if name in _FORMATTING:
            unclosed += -1 if tag[1] else 1
        else:
            depth += -1 if tag[1] else 1
        if unclosed > MOST_UNCLOSED or depth > DEEPEST:
            return False
    return True
