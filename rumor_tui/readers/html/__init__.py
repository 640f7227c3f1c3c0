"""Web pages: the article, and the discussion under it as a tree.

A page is parsed by lexbor, as browsers parse it (`page_reader.py`). Its discussion is looked for first (`discussion/`)
and removed; the article is what is left (`article/`), or the opening post in a forum. A page that could take the
parser too long is read in a subprocess with a deadline (`sandbox.py`); if that fails, it is shown as plain text.
"""

from __future__ import annotations

from rumor_tui.model import Listing, Thread
from rumor_tui.readers.html.page_start import find_page
from rumor_tui.readers.source import Hint


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is a web page."""
    return find_page(text) is not None


def read(text: str, hint: Hint) -> Thread | Listing:
    """The thread of a page, or the entries of a page of links. Raises SourceError."""
    from rumor_tui.readers.html.embeds import find_embeds
    from rumor_tui.readers.html.mojibake import mend_page

    text = mend_page(find_page(text) or text)
    content = _read(text, hint)
    if isinstance(content, Thread):
        address = content.article.url or (hint.name if hint.name.startswith("http") else "")
        content.stubs = [*content.stubs, *find_embeds(text, address)]
    return content


def _read(text: str, hint: Hint) -> Thread | Listing:
    from rumor_tui.readers.html import sandbox

    if not sandbox.is_safe_to_parse(text):
        return sandbox.parse_in_subprocess(text, hint).content(hint)
    from rumor_tui.readers.html.page_reader import read_page
    from rumor_tui.readers.time_limit import run_limited

    # A page takes longer to understand than other sources of its size.
    return run_limited(lambda: read_page(text, hint).content(hint), sandbox.seconds_for(text) - sandbox.LEAST_SECONDS)
