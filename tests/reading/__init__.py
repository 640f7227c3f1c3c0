"""Reading in tests: what is expected to be one thread."""

from __future__ import annotations

from rumor_tui import readers
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, open_if_single


def read_source(data: bytes, hint: Hint) -> Thread:
    """The thread that the bytes hold."""
    content = open_if_single(readers.read_source(data, hint))
    assert isinstance(content, Thread)
    return content


def load(path: str) -> Thread:
    """The thread in a file."""
    content = open_if_single(readers.read_path(path))
    assert isinstance(content, Thread)
    return content
