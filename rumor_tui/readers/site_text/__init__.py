"""Exports of sites as text, a module each: `sniff` looks at the first lines only, and `read` never raises."""

from __future__ import annotations

import re
from collections.abc import Iterable


def split_at_heads(heads: Iterable[re.Match[str]], text: str) -> tuple[str, list[tuple[re.Match[str], str]]]:
    """The text before the first head, and every head with the text up to the next one."""
    found = list(heads)
    edges = [*(head.start() for head in found), len(text)]
    return text[: edges[0]], [(head, text[head.end() : end]) for head, end in zip(found, edges[1:], strict=True)]
