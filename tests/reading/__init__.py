"""Reading in tests: what is expected to be one thread."""

from __future__ import annotations

from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint
from rumor_tui.readers.listings import readable


def read_source(data: bytes, hint: Hint) -> Thread:
    """The thread that the bytes hold."""
    content = readable(readers.read_source(data, hint))
    assert isinstance(content, Thread)
    return content


def load(path: str) -> Thread:
    """The thread in a file."""
    content = readable(readers.load(path))
    assert isinstance(content, Thread)
    return content
