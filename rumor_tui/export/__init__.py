"""Writing a thread: as JSON, Markdown, HTML and text, which rumor-tui can open again.

JSON, Markdown and HTML preserve the tree; author, date, identifier, score, address, deletion and text of every comment;
title, byline, address, date, score and text of the article, the address that a post links to, and which part of the
text is that page's; and where several discussions are joined, each one's site, title, address, poster, and the number
of comments that its site states. They do not preserve the markup of a body (it becomes neutral Markdown or HTML), text
that was set aside, and the repair of typography on screen (JSON and Markdown keep the typography of the source, HTML
and text are mended). JSON loses the wording of the article's date if that could be parsed. Only JSON has the name of
the source, the confidence and the stubs. Text, which has no markup for fields, keeps of these the tree, authors, dates,
scores, deletion and texts, the discussions, the linked page, and how many comments are missing.

All of them show the bookmarks and notes of whoever saved the thread, set off from the texts that they stand on; opened
again, the texts are without them. Only JSON holds them as data.

`FORMATS` is one ordered table: the name of a format, and the module whose `write(thread, out)` writes it. Every writer
streams comment by comment, without recursion, and lets no control character through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rumor_tui.export.comment_fields import ReplyTo
    from rumor_tui.export.notes import Notes
    from rumor_tui.model import Thread

__all__ = ["FILE_EXTENSIONS", "FORMATS", "REPLY_FORMATS", "format_of", "write"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "json": "rumor_tui.export.json_writer",
        "markdown": "rumor_tui.export.markdown_writer",
        "text": "rumor_tui.export.text_writer",
        "html": "rumor_tui.export.html_writer",
    }
)

REPLY_FORMATS = frozenset({"json"})
"""The formats that record replies which only the text of a comment shows."""

FILE_EXTENSIONS: Mapping[str, str] = MappingProxyType(
    {
        ".json": "json",
        ".md": "markdown",
        ".markdown": "markdown",
        ".txt": "text",
        ".text": "text",
        ".html": "html",
        ".htm": "html",
    }
)
"""File name extensions in lower case, and the formats they select."""


def format_of(path: str) -> str | None:
    """The format for the extension of a file name, in any case; None if it selects none."""
    return FILE_EXTENSIONS.get(PurePath(path).suffix.lower())


def write(
    thread: Thread,
    to: str,
    out: TextIO,
    replies: Mapping[int, ReplyTo] | None = None,
    answers: Sequence[int] = (),
    *,
    notes: Notes | None = None,
) -> None:
    """Write the thread to an open text stream in the format `to`. Raises KeyError for an unknown format.

    `replies` are the replies that only the texts show, by row; the formats of `REPLY_FORMATS` record them. `answers`
    is given for a thread in a flat order: for each row the row of its parent, or -1. `notes` are the reader's own
    bookmarks and notes by row (`ARTICLE_ROW`: on the article).
    """
    writer: Callable[..., None] = import_module(FORMATS[to]).write
    if to in REPLY_FORMATS:
        writer(thread, out, replies, answers, notes or {})
    else:
        writer(thread, out, answers, notes or {})
