"""Markdown that begins with a tag as a web page does: the row of the readers' table before that of web pages."""

from __future__ import annotations

import re
from itertools import islice

from rumor_tui.model import Thread
from rumor_tui.readers.source import Hint

_PAGE = r"(?i)\s*<(?:!doctype|html|head|body|\?xml)\b"
_MARKERS = r"(?m)^#{1,6} \S|\]\([^()\s]{1,2000}\)|^ {0,8}- {1,3}\S"
_LEAST_MARKERS = 4
"""Headings, links and items in Markdown that a page in HTML does not have."""


def sniff(text: str, hint: Hint) -> bool:
    """Whether a text begins with a tag as a page does, and goes on in Markdown."""
    if text[:4096].lstrip()[:1] != "<":  # all texts come by here: what follows is loaded for few of them
        return False
    from rumor_tui.readers.markdown_html import SHOWN, has_page_tags

    if re.match(_PAGE, text) or not has_page_tags(text):
        return False
    return sum(1 for _ in islice(re.finditer(_MARKERS, text[:SHOWN]), _LEAST_MARKERS)) >= _LEAST_MARKERS


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments. Never raises."""
    from rumor_tui.readers import markdown

    return markdown.read(text, hint)
