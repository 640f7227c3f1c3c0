"""Writing a thread: as JSON and Markdown, which rumor-tui can open again, as text and as HTML.

JSON and Markdown preserve the tree; author, date, identifier, score, address, deletion and text blocks of every
comment; title, byline, address, date, score and text of the article, and the address that a post links to; and where
several discussions are joined, each one's site, title, address and poster. They do not preserve the markup of a body
(it becomes neutral Markdown), text that was set aside, and the repair of typography on screen (exports keep the
typography of the source). JSON loses the wording of the article's date if that could be parsed. Markdown loses the name
of the source, how many comments a discussion's site states, and which part of the article's text is a linked page's.

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
) -> None:
    """Write the thread to an open text stream in the format `to`. Raises KeyError for an unknown format.

    `replies` are the replies that only the texts show, by row; the formats of `REPLY_FORMATS` record them. `answers`
    is given for a thread in a flat order: for each row the row of its parent, or -1.
    """
    writer: Callable[..., None] = import_module(FORMATS[to]).write
    if to in REPLY_FORMATS:
        writer(thread, out, replies, answers)
    else:
        writer(thread, out, answers)
