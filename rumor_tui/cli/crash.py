"""Reports of internal errors: one sentence for the user, and the traceback in a file.

A traceback does not help a reader, and it may quote untrusted text of the page. It goes to
`$XDG_STATE_HOME/rumor-tui/crash.log` (the last one only), or to standard error with RUMOR_TUI_DEBUG=1.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rumor_tui import __version__

if TYPE_CHECKING:
    from pathlib import Path

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h: an internal software error."""


def report_crash(error: BaseException) -> str:
    """Record the traceback of an unexpected error and return the sentence that reports it."""
    if os.environ.get("RUMOR_TUI_DEBUG") == "1":
        return f"{_traceback(error)}{_sentence(error)}."
    log = _write_log(error)
    if log is None:
        return f"{_sentence(error)}, with what RUMOR_TUI_DEBUG=1 shows."
    return f"{_sentence(error)}, with the details in {log}."


def _sentence(error: BaseException) -> str:
    kind = type(error).__name__
    return f"rumor-tui {__version__} stopped at a fault of its own ({kind}); please report it to its issue tracker"


def _traceback(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))


def _write_log(error: BaseException) -> Path | None:
    from rumor_tui.settings import state_path

    path = state_path("crash.log")
    if path is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(f"rumor-tui {__version__}\n{_traceback(error)}", encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path
