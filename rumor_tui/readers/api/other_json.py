"""JSON in which nobody says anything: settings, catalogues, places on a map. Its text is the article, as it stands.

A notice says that no comments were found, and what a discussion would have. A large document is refused instead: nobody
reads two million characters of it, and most are not for people.
"""

from __future__ import annotations

from html import escape

from rumor_tui.model import Article, Thread, ThreadBuilder
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.source import Hint, describe_unknown_json
from rumor_tui.readers.source_text import MAX_WHOLE, plain_text

_LINES = 400
"""Lines of a piece of the article."""


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there is JSON with something in it, which is small enough to be shown."""
    return isinstance(document.top, (dict, list)) and bool(document.top) and len(document.data) <= MAX_WHOLE


def read(document: Document, hint: Hint) -> Thread:
    """The indented text of the document as an article without comments."""
    lines = plain_text(bytes(document.data), hint, "json").splitlines()
    parts = ("\n".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES))
    pieces = [f"<pre>{escape(part, quote=False)}</pre>" for part in parts]
    thread = ThreadBuilder(Article(pieces=pieces, format="html")).build("html", source=hint.name)
    thread.notice = describe_unknown_json(hint, document.top)
    return thread
