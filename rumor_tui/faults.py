"""Faults of the program itself: one sentence for the reader, and a report in a file that quotes nothing of a page.

A report says where the fault is: types of exceptions, frames (a file inside a package, a line, a function), versions,
the terminal, and the names of the last actions. What was read never gets in: messages of exceptions, local variables,
lines of source, addresses, and paths outside packages are left out. With RUMOR_TUI_DEBUG=1 the traceback is shown
instead. `watched_faults` catches what no caller can: faults in threads and in finalisers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui import __version__

if TYPE_CHECKING:
    import threading
    from pathlib import Path
    from types import TracebackType

    from rich.traceback import Trace

EXIT_CODE: Final = 70
"""EX_SOFTWARE of sysexits.h: an internal software error."""
KEPT_REPORTS: Final = 5
"""Reports that are kept; each new one makes the oldest go."""
SHOWN_FRAMES: Final = 60
"""Frames of one exception that a report shows; of more, the first and the last (a recursion has a thousand)."""
SHOWN_EXCEPTIONS: Final = 10
"""Exceptions of a chain or a group that a report shows."""
_LIBRARIES: Final = (
    *("textual", "rich", "markdown-it-py", "msgspec", "selectolax", "lxml", "ftfy", "chardet", "regex", "dateparser"),
    *("httpx2", "httpcore2", "hishel", "fastwarc", "zstandard"),
)


class ReportedFault(Exception):
    """A fault that has been reported. The text is the sentence for the reader, with the traceback when debugging."""


class Facts(NamedTuple):
    """What was going on: which part of the program, the class of the screen, and the names of the last actions."""

    where: str = "the command line"
    screen: str = ""
    actions: Sequence[str] = ()


class FrameAt(NamedTuple):
    """A frame of a stack: the path of its file, the line, and the function."""

    file: str
    line: int
    function: str


class Raised(NamedTuple):
    """What a report says of one exception: its type, a number that says more (such as ENOSPC), and its frames."""

    kind: str
    detail: str
    frames: Sequence[FrameAt]


def report_fault(error: BaseException | None, facts: Facts | None = None, stacks: Sequence[Raised] = ()) -> str:
    """Write a report and return the sentence that names it; never raises.

    `stacks` describes the exceptions where there is no exception object, innermost first.
    """
    kind = type(error).__name__ if error is not None else stacks[0].kind.rpartition(".")[2] if stacks else "unknown"
    sentence = f"rumor-tui {__version__} stopped at a fault of its own ({kind}); please report it to its issue tracker"
    try:
        if error is not None and os.environ.get("RUMOR_TUI_DEBUG") == "1":
            return f"{_traceback(error)}{sentence}."
        path = _write("\n".join(_lines(stacks or list(_chain(error)), facts or Facts())))
    except Exception:  # a disk that is full, memory that ran out: the sentence is still true
        path = None
    if path is None:
        return f"{sentence}, with what RUMOR_TUI_DEBUG=1 shows."
    return f"{sentence}, with the details in {path}, which quote nothing of what you read."


def _traceback(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))


def _chain(error: BaseException | None) -> Iterator[Raised]:
    """An exception, what caused it, and what is in a group, each once."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < SHOWN_EXCEPTIONS:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield Raised(_kind(type(one)), _detail(one), frames_of(one.__traceback__))
        waiting += one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting += (one.__cause__, None if one.__suppress_context__ else one.__context__)


def _kind(kind: type[BaseException]) -> str:
    module = kind.__module__
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"


def _detail(error: BaseException) -> str:
    """The name of an error of the system or of SQLite, which says much and quotes nothing."""
    if isinstance(error, OSError) and error.errno is not None:
        import errno

        return errno.errorcode.get(error.errno, str(error.errno))
    name = getattr(error, "sqlite_errorname", "")
    return name if isinstance(name, str) and name.isupper() else ""


def frames_of(traceback: TracebackType | None) -> list[FrameAt]:
    """The frames of a traceback, the outermost first."""
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(FrameAt(code.co_filename, traceback.tb_lineno, code.co_qualname))
        traceback = traceback.tb_next
    return frames


def _lines(stacks: Sequence[Raised], facts: Facts) -> Iterator[str]:
    from datetime import UTC, datetime

    yield f"rumor-tui {__version__} stopped at a fault of its own."
    yield "This report quotes no page, no address, no file of yours and nothing that you typed."
    yield ""
    yield f"when: {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield f"where: {_plain(facts.where)}"
    yield f"screen: {_plain(facts.screen) or 'none'}"
    yield f"last actions: {', '.join(map(_plain, facts.actions)) or 'none'}"
    yield from _surroundings()
    for number, raised in enumerate(stacks):
        yield ""
        yield "Traceback, the innermost frame last:" if not number else "raised together with, or because of:"
        yield from _frame_lines(raised.frames)
        yield _plain(raised.kind) + (f" ({_plain(raised.detail)})" if raised.detail else "")
    yield ""


def _frame_lines(frames: Sequence[FrameAt]) -> Iterator[str]:
    half = SHOWN_FRAMES // 2
    left_out = len(frames) - 2 * half
    for number, frame in enumerate(frames):
        if left_out > 0 and half <= number < half + left_out:
            if number == half:
                yield f"  … {left_out} frames …"
            continue
        yield f"  {_inside(frame.file)}:{frame.line} {_plain(frame.function)}"


def _inside(file: str) -> str:
    """The path of a file inside its package or the standard library; nothing of a path elsewhere."""
    from pathlib import Path

    path = Path(file)
    for folder in sorted({Path(__file__).parents[1], Path(os.__file__).parent, *map(Path, filter(None, sys.path))}):
        if path.is_relative_to(folder):
            inner = path.relative_to(folder)
            if inner.parts[0] != "site-packages":  # inside the standard library's folder
                return _plain(str(inner))
    return "<frozen>" if file.startswith("<frozen") else "<elsewhere>"


def _plain(words: str) -> str:
    """Words that are names: cut, and anything replaced that is not found in names."""
    kept = (char if char.isascii() and (char.isalnum() or char in "._-<> ()/,:+=") else "?" for char in words[:120])
    return "".join(kept)


def _surroundings() -> Iterator[str]:
    """Versions and the terminal."""
    import platform
    from importlib import metadata

    versions = []
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            versions.append(f"{name} {metadata.version(name)}")
    yield f"python: {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield f"libraries: {', '.join(versions)}"
    size = "unknown"
    for number in (2, 1, 0):
        with suppress(OSError):
            columns, rows = os.get_terminal_size(number)
            size = f"{columns}x{rows}"
            break
    named = [f"{name}={os.environ.get(name, '')}" for name in ("TERM", "COLORTERM", "LANG", "TERM_PROGRAM")]
    yield f"terminal: {size}, {', '.join(map(_plain, named))}"


def _write(text: str) -> Path | None:
    """Write a report that only its owner can read, and let the oldest go; None where there is no place for it."""
    from datetime import UTC, datetime

    from rumor_tui.settings import state_path

    path = state_path(f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{os.getpid()}.log")
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # O_EXCL follows no link that somebody else may have put there.
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as out:
            out.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        _remove_old(path.parent)
    return path


def _remove_old(folder: Path) -> None:
    reports = sorted(folder.glob("crash-*.log"))
    # crash.log is of versions whose reports quoted what was read.
    for old in (*reports[:-KEPT_REPORTS], folder / "crash.log"):
        with suppress(OSError):
            old.unlink(missing_ok=True)


FaultHandler = Callable[[BaseException, str], object]
"""Takes a fault and the part of the program in which it was; called in any thread."""


@contextmanager
def watched_faults(handle: FaultHandler) -> Iterator[None]:
    """Have `handle` told of faults in threads, and of those in finalisers, instead of printing their tracebacks."""
    import threading

    def in_thread(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None and not isinstance(fault.exc_value, SystemExit):
            name = fault.thread.name if fault.thread is not None else "unknown"
            handle(fault.exc_value, f"the thread {name}")

    def in_finaliser(fault: sys.UnraisableHookArgs) -> None:
        if fault.exc_value is not None:
            handle(fault.exc_value, "a finaliser")

    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = in_thread, in_finaliser
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before


def silence_faults() -> None:
    """From now on print nothing of faults in threads and finalisers: for the last moments of a process."""
    import threading

    threading.excepthook = _ignore
    sys.unraisablehook = _ignore


def _ignore(_fault: object) -> None:
    """Take no notice."""


def read_trace(trace: Trace) -> list[Raised]:
    """The exceptions of a traceback of Rich's, which has no exception objects."""
    return [
        Raised(stack.exc_type, "", [FrameAt(frame.filename, frame.lineno, frame.name) for frame in stack.frames])
        for stack in trace.stacks
    ]
