"""Output: to a file, which is replaced atomically, or to standard output.

Both functions take a callable that writes to an open stream, so that a large thread is never in memory twice.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # avoids importing typing; `signal` is imported late too, so that `--version` answers at once
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import NoReturn, TextIO

    Write = Callable[[TextIO], None]


class OutputError(Exception):
    """The output could not be written. The text is a sentence for the user."""


def file_name(title: str) -> str:
    """A name for a file, without an ending, made of a title: its letters and digits, and dashes between its words."""
    import re

    from rumor_tui.text import neutralise_line

    words = re.sub(r"[^\w]+", "-", neutralise_line(title).lower()).strip("-_")
    return words[:60].rstrip("-") or "thread"


def write_file(path: str, write: Write) -> None:
    """Write the file `path` in UTF-8; an existing file is replaced only when the new one is complete.

    Symbolic links are followed and the permissions of a replaced file are kept; anything but a regular file (a pipe,
    `/dev/null`) is written to directly. Raises OutputError, or whatever `write` raises; then `path` is unchanged.
    """
    try:
        target, mode = _target(path)
        if _is_regular(mode):
            with _unwind_on_signals():
                _replace(target, mode, write)
        else:
            with _opened(target, "w") as out:
                _write(out, write)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {_reason(error)}.") from error


def _target(path: str) -> tuple[Path, int | None]:
    """The file that `path` leads to, and its mode; None if it does not exist yet."""
    from pathlib import Path

    try:
        target = Path(path).resolve()
        return target, target.stat().st_mode
    except FileNotFoundError:
        return target, None
    except (ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
        raise OutputError(f"{path!r} cannot be the name of a file.") from error


def _is_regular(mode: int | None) -> bool:
    import stat

    return mode is None or stat.S_ISREG(mode)


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).lower()


def _opened(target: Path, how: str) -> TextIO:
    return target.open(how, encoding="utf-8", errors="replace", newline="\n")  # type: ignore[return-value]


def _replace(target: Path, mode: int | None, write: Write) -> None:
    import time

    # In the same folder, because a rename is atomic only within one file system.
    temporary = target.with_name(f".rumor-tui-{os.getpid()}-{time.time_ns()}.tmp")
    out = _opened(temporary, "x")
    try:
        with out:
            if mode is not None:
                os.fchmod(out.fileno(), mode & 0o7777)
            write(out)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@contextmanager
def _unwind_on_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit with the usual code 128 + n, so that clean-up code runs.

    In the main thread only: while the interface runs, its own guard handles signals.
    """
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    ours = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def write_standard_output(write: Write, *, encoding: str | None = None) -> int:
    """Write to standard output and return the exit code: 0, or 128 + SIGPIPE if the reader has closed it (`| head`).

    `encoding` overrides the encoding of the terminal, for output in the form of a file. Characters that the encoding
    lacks become question marks. A terminal gets neutral text only, whatever is written (`text.neutralise`). Raises
    OutputError for any other failure.
    """
    out = sys.stdout
    if out is None:
        raise OutputError("Standard output is closed: there is nowhere to write to.")
    try:
        _configure(out, encoding)
        _write(out, write)
        out.flush()
    except BrokenPipeError:
        from signal import SIGPIPE

        _discard_output(out)
        return 128 + SIGPIPE
    except OSError as error:
        _discard_output(out)
        raise OutputError(f"Standard output could not be written: {_reason(error)}.") from error
    return 0


def _write(out: TextIO, write: Write) -> None:
    """Write to what may be a terminal."""
    if out.isatty():
        with _Neutral(out) as neutral:
            write(neutral)  # type: ignore[arg-type]
    else:
        write(out)


class _Neutral(io.TextIOBase):
    """A terminal to write to, line by line, each made neutral: what cannot be judged by a character needs its line."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._line: list[str] = []

    def __exit__(self, *error: object) -> None:
        """Write the rest, which is not a line; the terminal stays open."""
        if error[0] is None:
            self._out.write(self._taken(""))

    def isatty(self) -> bool:
        """Yes: what is written is laid out for it."""
        return True

    def write(self, text: str) -> int:
        """Take text; what it completes is written."""
        done, end, rest = text.rpartition("\n")
        if end:
            self._out.write(self._taken(done + end))
        self._line.append(rest)
        return len(text)

    def _taken(self, text: str) -> str:
        text, self._line = "".join((*self._line, text)), []
        if text.isascii() and text.replace("\n", "").isprintable():  # nothing is imported for the version
            return text
        from rumor_tui.text import neutralise

        return neutralise(text)


def _configure(out: TextIO, encoding: str | None) -> None:
    reconfigure = getattr(out, "reconfigure", None)  # a replacement of standard output may not be a TextIOWrapper
    if reconfigure is not None:
        reconfigure(encoding=encoding or out.encoding, errors="replace")


def _discard_output(out: TextIO) -> None:
    # The interpreter flushes once more at exit and would report the broken pipe then.
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, out.fileno())
        os.close(null)
