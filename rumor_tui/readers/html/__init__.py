"""Web pages: the article, and the discussion under it as a tree.

A page is parsed by lexbor, as browsers parse it. Its discussion is looked for first (`discussion.py`) and taken out;
the article is what is left (`article.py`), or the opening post in a forum. A page that could take a parser too long
is read in a process of its own (`apart.py`), with a deadline; what cannot be read even so is shown as plain text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.model import Listing, Thread
from rumor_tui.readers.hint import Hint

if TYPE_CHECKING:
    from rumor_tui.readers.html.page_result import PageResult

_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_HEAD = 65_536


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is a web page."""
    return bool(_PAGE.match(text[:_HEAD].lstrip("\ufeff")))


def read(text: str, hint: Hint) -> Thread | Listing:
    """The thread of a page, or what there is to choose from on a page of links. Raises SourceError."""
    return _found(text, hint).content(hint)


def _found(text: str, hint: Hint) -> PageResult:
    from rumor_tui.readers.html import sandbox

    if sandbox.is_safe_to_parse(text):
        from rumor_tui.readers.html import page_reader

        return page_reader.read_page(text, hint)
    from rumor_tui.readers.html import sandbox

    return sandbox.parse_in_subprocess(text, hint)
