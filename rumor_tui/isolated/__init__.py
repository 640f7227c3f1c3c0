"""Work in a process of its own that can be ended, and that can do no harm while it runs.

Some work on what strangers wrote cannot be given up once it has begun: a parser in C holds the interpreter, and a
thread cannot be killed. `run_isolated` does it in a fresh Python process with a deadline and a limit on memory. The
process gets bytes and answers with bytes; `child.py` takes from it beforehand what it does not need (network, writing,
programs, most of the environment). What crosses is msgpack: `encode` and `decode` turn dataclasses of plain values
into it and back. Decoding checks every type, so an answer can be wrong but never runs anything.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

if TYPE_CHECKING:
    import subprocess

Reason = Literal["time", "memory", "failed", "stopped"]
"""Why there is no answer: the deadline, the limit on memory, anything that ended the process or garbled its answer, or
that nobody wants it any more."""

DEFAULT_MEMORY: Final = 950_000_000
"""Bytes of address space that a process may take: less than a gigabyte, with what the system counts besides."""
MAX_ANSWER: Final = 512 * 1024**2
"""Bytes of the longest answer; a process that writes more is ended."""
OUT_OF_MEMORY: Final = 3
"""The exit code of a process whose work needed more memory than it may take."""
POLL_SECONDS: Final = 0.05
"""Seconds between two looks at whether the answer is still wanted."""

_STUB: Final = "import sys; sys.path[:0] = filter(None, sys.argv[5:6]); sys.path += sys.argv[6:]; \
from rumor_tui.isolated.child import serve; serve(*sys.argv[1:5])"
_PACKAGE_PARENT: Final = Path(__file__).absolute().parents[2]
"""The directory with this package, wherever the program was started."""
_KEPT_VARIABLES: Final = frozenset({"PATH", "LANG", "LANGUAGE", "TZ", "TZDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})
_CHUNK: Final = 65_536

T = TypeVar("T")


class IsolatedError(Exception):
    """There is no answer from a process of its own; `reason` says why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason: Reason = reason


def run_isolated(
    task: str,
    data: bytes,
    *,
    seconds: float,
    memory: int = DEFAULT_MEMORY,
    processor: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> bytes:
    """What a task makes of the data, in a process of its own.

    `task` is "package.module:function", a function from bytes to bytes. The process may take so many seconds by the
    wall clock, its start (some 50 ms) included, and so many bytes of address space; `processor` limits its processor
    time, too, in whole seconds, which is the fairer measure on a busy machine. `stop`, where given, is asked some 20
    times a second and ends the process when it answers True. Safe to call in any thread.

    Raises only IsolatedError, after the process is gone.
    """
    import subprocess

    deadline = time.monotonic() + seconds
    try:
        process = subprocess.Popen(
            _command(task, seconds if processor is None else processor, memory),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            start_new_session=True,
            cwd="/",
            env=_environment(),
        )
    except (OSError, ValueError) as error:
        raise IsolatedError("failed", f"no process could be started: {error}") from error
    try:
        answer = _exchange(process, data, deadline, stop)
        code = process.wait(max(deadline - time.monotonic(), POLL_SECONDS))
    except subprocess.TimeoutExpired:
        raise IsolatedError("time") from None
    except OSError as error:
        raise IsolatedError("failed", str(error)) from error
    finally:
        _end(process)
    return _checked(answer, code)


def encode(value: Any) -> bytes:
    """A dataclass of plain values as msgpack.

    Lone surrogates, which UTF-8 does not have, become U+FFFD, and integers of more than 64 bits the largest that fit.
    """
    import msgspec

    try:
        return msgspec.msgpack.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return msgspec.msgpack.encode(_plain(value))


def decode(data: bytes, kind: type[T]) -> T:
    """What `encode` was given, of the type that is expected. Raises IsolatedError ("failed") for anything else."""
    import msgspec

    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        raise IsolatedError("failed", f"the answer is not what was expected: {error}") from error


def _plain(value: Any) -> Any:
    """A value whose strings and integers can be encoded."""
    from dataclasses import fields, is_dataclass

    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-(2**63), min(value, 2**63 - 1))
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _command(task: str, processor: float, memory: int) -> list[str]:
    """The command line. `-I`: nothing is imported from the current directory, the home directory or PYTHON* paths.

    The package itself need not be installed, so its directory comes first; directories of installed packages that this
    process knows of by other means than the fresh one come last, where they cannot hide anything.
    """
    parent = str(_PACKAGE_PARENT)
    installed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    first = "" if parent in installed else parent
    limits = [str(processor), str(memory), str(os.getpid())]
    return [sys.executable, "-I", "-B", "-c", _STUB, task, *limits, first, *filter(os.path.isabs, installed)]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _KEPT_VARIABLES or name.startswith("LC_")}
    return {**kept, "MALLOC_ARENA_MAX": "1"}


def _exchange(
    process: subprocess.Popen[bytes], data: bytes, deadline: float, stop: Callable[[], bool] | None
) -> bytearray:
    """Write the data and read the answer at the same time, so that neither side waits for ever."""
    import selectors

    assert process.stdin is not None
    assert process.stdout is not None
    rest, answer = memoryview(data), bytearray()
    with selectors.DefaultSelector() as pipes:
        for pipe, event in ((process.stdin, selectors.EVENT_WRITE), (process.stdout, selectors.EVENT_READ)):
            os.set_blocking(pipe.fileno(), False)
            pipes.register(pipe, event)
        while process.stdout in (key.fileobj for key in pipes.get_map().values()):
            left = deadline - time.monotonic()
            if left <= 0:
                raise IsolatedError("time")
            if stop is not None and stop():
                raise IsolatedError("stopped")
            for key, _ in pipes.select(left if stop is None else min(left, POLL_SECONDS)):
                if key.fileobj is process.stdin:
                    rest = _write(process.stdin.fileno(), rest)
                    if not rest:
                        pipes.unregister(process.stdin)
                        process.stdin.close()
                elif chunk := os.read(process.stdout.fileno(), _CHUNK):
                    answer += chunk
                    if len(answer) > MAX_ANSWER:
                        raise IsolatedError("failed", "the answer has no end")
                else:
                    pipes.unregister(process.stdout)
    return answer


def _write(pipe: int, rest: memoryview) -> memoryview:
    """Write some of the rest, and return what then is left; nothing is when nobody reads it any more."""
    try:
        return rest[os.write(pipe, rest[:_CHUNK]) :] if rest else rest
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it may have started, and wait until it is gone."""
    import signal

    if process.returncode is None:
        with suppress(OSError):  # the session that it began is its own, so its number is the group's
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _checked(answer: bytearray, code: int) -> bytes:
    import signal

    if code == OUT_OF_MEMORY:
        raise IsolatedError("memory")
    if code == -signal.SIGXCPU:
        raise IsolatedError("time")
    if code:
        raise IsolatedError("failed", f"the process ended with code {code}")
    return bytes(answer)
