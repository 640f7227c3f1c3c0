"""An article's HTML in pieces of a few blocks, so that a long one is parsed as it comes on screen."""

from __future__ import annotations

import re
from typing import Final

PIECE: Final = 3_000
"""Characters after which the next block begins a new piece: about a screen of text."""

_HOLDERS: Final = "ul ol dl blockquote table pre div section article figure aside details"
_BLOCKS: Final = re.compile(rf"<(/?)({'|'.join(_HOLDERS.split())}|p|h[1-6]|hr)(?=[\s>/])", re.IGNORECASE)
_DEEP: Final = frozenset(_HOLDERS.split())


def split_html(body: str, size: int = PIECE) -> list[str]:
    """The HTML cut before blocks at its top level, in pieces of about `size` characters.

    What `article.extract` gives is cut wherever it may be; of other HTML, what has a block round it all stays whole.
    Nothing is lost: the pieces joined are the body.
    """
    found: list[str] = []
    begin = depth = 0
    for tag in _BLOCKS.finditer(body):
        holder = tag[2].lower() in _DEEP
        if tag[1]:
            depth = max(depth - holder, 0)
            continue
        if not depth and tag.start() - begin >= size:
            found.append(body[begin : tag.start()])
            begin = tag.start()
        depth += holder
    if body[begin:].strip():
        found.append(body[begin:])
    return found
