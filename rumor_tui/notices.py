"""Lines on a terminal that say what is being waited for, and are gone when it has come."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LARGE = 64_000_000
"""Bytes from which on the wait for a file is announced: about half a second of reading on a slow disk."""


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """A line on a terminal that says how far it is, and is gone in the end; nothing where no one looks."""
    from rumor_tui.text import neutralise_line

    width = 0

    def show(words: str) -> None:
        nonlocal width
        text = neutralise_line(f"Fetching … {words}")[: _columns() - 1]
        print(f"\r{text}{' ' * (width - _cells(text))}", end="", file=sys.stderr, flush=True)
        width = _cells(text)

    if not _on_terminal():
        yield lambda words: None
        return
    try:
        show("")
        yield show
    finally:
        print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


@contextmanager
def wait_announced(source: str) -> Iterator[None]:
    """While a large file is read, say so on a terminal; the line is gone when it has been."""
    notice = _notice(source) if _on_terminal() else ""
    if not notice:
        yield
        return
    print(notice, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:  # by blanks rather than an escape sequence, which a dumb terminal would show
        print(f"\r{' ' * _cells(notice)}\r", end="", file=sys.stderr, flush=True)


def _notice(source: str) -> str:
    """The announcement, in less cells than a terminal is wide, or nothing for a small file or a narrow terminal."""
    from pathlib import Path

    try:
        size = Path(source).stat().st_size
        room = os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except (OSError, ValueError):
        return ""
    if size < LARGE:
        return ""
    from rumor_tui.text import neutralise_line

    name, rest = neutralise_line(Path(source).name), f" ({size / 1e6:,.0f} MB) …"
    while name and _cells(f"Reading {name}{rest}") > room:
        name = name[:-1]
    return f"Reading {name}{rest}" if name else ""


def _cells(text: str) -> int:
    from rumor_tui.text import cell_len

    return cell_len(text)
