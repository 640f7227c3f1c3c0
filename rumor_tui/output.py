"""Writing what was asked for: into a file without ever losing the one before, or to standard output.

Both take the text as a callable that writes to an open stream, so that a large thread is never held twice.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # spares the import of typing, and `signal` comes late, for `--version` to answer at once
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import NoReturn, TextIO

    Write = Callable[[TextIO], None]


class OutputError(Exception):
    """What was asked for could not be written. Its text is a sentence for people."""


def write_file(path: str, write: Write) -> None:
    """Write to the file `path` in UTF-8, replacing it only when all of it was written.

    A link is followed, the permissions of a file that is replaced are kept, and what is no regular file (a pipe,
    `/dev/null`) is written to as it is. Raises OutputError, or whatever `write` raises; then `path` is as it was.
    """
    try:
        target, mode = _target(path)
        if _is_regular(mode):
            with _unwinding_when_told_to_stop():
                _replace(target, mode, write)
        else:
            with _opened(target, "w") as out:
                write(out)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {_reason(error)}.") from error


def _target(path: str) -> tuple[Path, int | None]:
    """The file itself where `path` is a link, and its mode; None when there is none yet."""
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
    told = error.strerror if isinstance(error, OSError) else None
    return (told or str(error)).lower()


def _opened(target: Path, how: str) -> TextIO:
    return target.open(how, encoding="utf-8", errors="replace", newline="\n")  # type: ignore[return-value]


def _replace(target: Path, mode: int | None, write: Write) -> None:
    import time

    # Beside the target, since a rename is only atomic within one file system.
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
def _unwinding_when_told_to_stop() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program by way of the clean-up code, with the usual 128 + n.

    In the main thread only: while the interface runs, its own guard sees to signals.
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
    """Write to standard output; the answer is an exit code, 128 + SIGPIPE when its reader had enough (`| head`).

    `encoding` overrules the one of the terminal, for what is a file rather than something to look at. What the
    encoding cannot say becomes a question mark. Raises OutputError when it cannot be written for another reason.
    """
    out = sys.stdout
    if out is None:
        raise OutputError("Standard output is closed: there is nowhere to write to.")
    try:
        _configure(out, encoding)
        write(out)
        out.flush()
    except BrokenPipeError:
        from signal import SIGPIPE

        _forget_output(out)
        return 128 + SIGPIPE
    except OSError as error:
        _forget_output(out)
        raise OutputError(f"Standard output could not be written: {_reason(error)}.") from error
    return 0


def _configure(out: TextIO, encoding: str | None) -> None:
    reconfigure = getattr(out, "reconfigure", None)  # a stand-in for standard output may be no TextIOWrapper
    if reconfigure is not None:
        reconfigure(encoding=encoding or out.encoding, errors="replace")


def _forget_output(out: TextIO) -> None:
    # The interpreter flushes once more when it ends, and would complain about the broken pipe there.
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
