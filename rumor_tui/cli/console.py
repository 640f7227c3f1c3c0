"""Standard output and standard error: whether there is a screen, and messages for people."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # avoids importing typing when only the version is requested
if TYPE_CHECKING:
    from typing import TextIO


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
