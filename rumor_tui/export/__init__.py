"""A thread written out: as JSON and Markdown, which rumor-tui opens again as the same thread, as text and as HTML.

`FORMATS` is one ordered table: a format's name, and the module whose `write(thread, out)` writes it. Every writer
streams, comment by comment, needs no recursion, and lets no control character through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rumor_tui.model import Thread

__all__ = ["FORMATS", "write"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "json": "rumor_tui.export.own_json",
        "markdown": "rumor_tui.export.markdown",
        "text": "rumor_tui.export.plain_text",
        "html": "rumor_tui.export.page",
    }
)


def write(thread: Thread, to: str, out: TextIO) -> None:
    """Write the thread to an open text stream in the format `to`. Raises KeyError when there is no such format."""
    writer: Callable[[Thread, TextIO], None] = import_module(FORMATS[to]).write
    writer(thread, out)
