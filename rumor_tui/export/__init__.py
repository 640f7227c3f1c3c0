"""A thread written out: as JSON and Markdown, which rumor-tui opens again, as text and as HTML.

What comes back from JSON and Markdown: the tree, every comment's author, date, identifier, score, address, mark of
deletion and blocks of text, and the article's title, byline, address, date and text. What does not: the spelling of
a body (it becomes Markdown, and neutral), text set aside, and the repair of a dump's typography on screen (exports
keep the source's own). Markdown loses the name of the source; JSON the article's score, and the wording of its date
where a date could be made of it.

`FORMATS` is one ordered table: a format's name, and the module whose `write(thread, out)` writes it. Every writer
streams, comment by comment, needs no recursion, and lets no control character through.
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
"""The formats that tell whom a comment answers where only its text shows it."""

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
"""The endings of file names, in lower case, and the formats that they name."""


def format_of(path: str) -> str | None:
    """The format that a file's ending names, in whatever case; None when it names none."""
    return FILE_EXTENSIONS.get(PurePath(path).suffix.lower())


def write(
    thread: Thread,
    to: str,
    out: TextIO,
    replies: Mapping[int, ReplyTo] | None = None,
    answers: Sequence[int] = (),
) -> None:
    """Write the thread to an open text stream in the format `to`. Raises KeyError when there is no such format.

    `replies` tells, by row, whom comments answer as their texts show it; the formats of `REPLY_FORMATS` write it.
    `answers` is given for a thread that is shown flat: the row of the comment that each row answers, or -1.
    """
    writer: Callable[..., None] = import_module(FORMATS[to]).write
    if to in REPLY_FORMATS:
        writer(thread, out, replies, answers)
    else:
        writer(thread, out, answers)
