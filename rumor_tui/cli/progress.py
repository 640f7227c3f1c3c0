"""Progress on standard error: a line that says what the program waits for, erased when the wait is over."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

LARGE_FILE = 64_000_000
"""Bytes from which a file is announced at once: about half a second of reading on a slow disk."""

ANNOUNCE_AFTER = 0.7
"""Seconds after which any other wait is announced."""


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _print(text: str) -> None:
    with suppress(OSError):  # the terminal is gone
        print(text, end="", file=sys.stderr, flush=True)


@contextmanager
def progress_line(doing: str = "Fetching …") -> Iterator[Callable[[str], None]]:
    """A function that shows progress in one line of the terminal, erased at the end; without a terminal, nothing.

    The line begins with what is being done.
    """
    from rumor_tui.text import neutralise_line

    width = 0

    def show(words: str) -> None:
        nonlocal width
        text = neutralise_line(f"{doing} {words}")[: _columns() - 1]
        _print(f"\r{text}{' ' * (width - _cells(text))}")
        width = _cells(text)

    if not _on_terminal():
        yield lambda words: None
        return
    try:
        show("")
        yield show
    finally:
        _print(f"\r{' ' * width}\r")


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


@contextmanager
def announce_wait(source: str) -> Iterator[None]:
    """Announce on the terminal that `source` is being read, if that takes long; the line is erased afterwards.

    A large file is announced at once, anything else after a while (`ANNOUNCE_AFTER`).
    """
    if not _on_terminal():
        yield
        return
    from threading import Lock, Timer

    shown, lock = [""], Lock()

    def show(words: str) -> None:
        with lock:
            if words and not shown[0]:
                shown[0] = words
                _print(words)

    late = Timer(ANNOUNCE_AFTER, lambda: show(_notice(source)))
    late.daemon = True
    if _size(source) >= LARGE_FILE:
        show(_notice(source))
    else:
        late.start()
    try:
        yield
    finally:  # with spaces rather than an escape sequence, which a dumb terminal would show
        late.cancel()
        with lock:
            blanks = " " * _cells(shown[0])
            shown[0] = shown[0] or " "
        if blanks:
            _print(f"\r{blanks}\r")


def _size(source: str) -> int:
    """The size of a file in bytes; 0 if it has none."""
    from pathlib import Path

    try:
        return Path(source).stat().st_size
    except (OSError, ValueError):
        return 0


def _notice(source: str) -> str:
    """The announcement, shortened to less than the width of the terminal; empty if the terminal is too narrow."""
    from pathlib import Path

    from rumor_tui.text import neutralise_line

    try:
        room = os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except (OSError, ValueError):
        return ""
    size = _size(source)
    name = "standard input" if source == "-" else neutralise_line(Path(source).name)
    rest = f" ({size / 1e6:,.0f} MB) …" if size >= LARGE_FILE else " …"
    while name and _cells(f"Reading {name}{rest}") > room:
        name = name[:-1]
    return f"Reading {name}{rest}" if name else ""


def _cells(text: str) -> int:
    from rumor_tui.text import cell_len

    return cell_len(text)
