"""Standard output and standard error: whether there is a screen, and messages for people."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # avoids importing typing when only the version is requested
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO


class NeutralStream:
    """A text stream in front of another, without control characters but tab, newline and carriage return.

    It stands in for standard error, where the interpreter and libraries print what quotes a page: tracebacks, log
    records, warnings.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text, neutralised."""
        if not text.isprintable():
            from rumor_tui.text import neutralise

            text = "\r".join(map(neutralise, text.split("\r")))
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts, neutralised."""
        for line in lines:
            self.write(line)


def guard_standard_error() -> None:
    """Let nothing raw through standard error from now on, and no warnings of libraries; for the whole process."""
    import warnings

    if sys.stderr is not None:
        sys.stderr = NeutralStream(sys.stderr)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def say(message: str) -> None:
    """Print a message on standard error, without control characters."""
    from rumor_tui.text import neutralise

    with suppress(OSError, ValueError, AttributeError):  # standard error is closed, or was never open
        sys.stderr.write(f"rumor-tui: {neutralise(message)}\n")
        sys.stderr.flush()


def on_screen() -> bool:
    """Whether standard output is a terminal that can be drawn on; otherwise text is printed."""
    return is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") not in ("", "dumb")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there and is a terminal."""
    return stream is not None and stream.isatty()
