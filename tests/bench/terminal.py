"""A program under a real pseudo-terminal, and the moments at which it painted.

Choices that every figure rests on:

- A chunk of output is stamped when it is read, and nothing else is done with it while a clock runs. The
  emulator (pyte, about 1 MB/s) sees the chunks afterwards, in a replay.
- What counts as paint is told in `screen`.
- A key is pressed after a silence of `QUIET` seconds, so that what is painted after it is its own.
- A reaction's `first` is the first painting byte; its `whole` is the last painting chunk before the next silence.
- When the first screen is fully painted is told in `screen.painted_at`.
- The terminal answers three queries as xterm does (synchronised output: known; in-band resize: not known;
  device attributes), as programs pace themselves by them. All other queries stay unanswered.
- Memory is the sum, over the program and its descendants, of each process' own peak (VmHWM).
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType
from typing import NamedTuple, Self

from tests.bench.screen import Chunk, Replay, painted_at, painting_moments

QUIET = 0.06
"""Seconds without output after which a program is taken to have finished painting."""

ANSWERS: tuple[tuple[bytes, bytes], ...] = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
    (b"\x1b[c", b"\x1b[?62;22c"),
)

PROC = Path("/proc")


class Reaction(NamedTuple):
    """Seconds from a key to its first painting byte, and to the last one before the next silence."""

    first: float
    whole: float


class Ended(RuntimeError):
    """The program ended, or stayed silent, where something was expected of it; the message shows its screen."""


def process_tree(pid: int) -> list[int]:
    """The process and its living descendants."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for task in (PROC / str(parent) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def peak_memory(pid: int) -> int:
    """The peak resident size of one process in bytes (VmHWM); 0 when it is gone."""
    with suppress(OSError):
        match = re.search(r"VmHWM:\s+(\d+) kB", (PROC / str(pid) / "status").read_text())
        return int(match[1]) * 1024 if match else 0
    return 0


def cpu_seconds(pid: int) -> float:
    """Processor time that one process has used, user and system, in seconds; 0 when it is gone."""
    with suppress(OSError):
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


class Terminal:
    """One program under a pseudo-terminal; a context manager that never leaves a process behind.

    `started` is the moment just before the process was made, and `chunks` is all output so far. Sizes are in
    cells, moments in seconds of `time.perf_counter`. `pressed` is the moment of the last key or new size, and
    `status` the exit code once the program has ended.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path | None = None,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.chunks: list[Chunk] = []
        self.status: int | None = None
        self.pressed = 0.0
        self._command = list(command)
        self._peaks: dict[int, int] = {}
        self._unanswered = b""
        self._open = True
        self.started = perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            _become(self._command, dict(environment), folder, columns, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def running(self) -> bool:
        """Whether there may still come output."""
        return self._open

    def pump(self, seconds: float) -> bool:
        """Read one chunk if one comes within `seconds`; whether one came."""
        if not self._open:
            return False
        if not select.select([self._descriptor], [], [], max(0.0, seconds))[0]:
            return False
        at = perf_counter()
        try:
            data = os.read(self._descriptor, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self._open = False
            return False
        self.chunks.append(Chunk(at, data))
        self._answer(data)
        return True

    def _answer(self, data: bytes) -> None:
        if b"\x1b[" not in data and not self._unanswered:
            return
        data = self._unanswered + data
        for question, answer in ANSWERS:
            if question in data:
                self.send(answer)
                data = data.replace(question, b"")
        self._unanswered = data[-8:] if b"\x1b" in data[-8:] else b""

    def send(self, keys: bytes) -> None:
        """Type these bytes."""
        with suppress(OSError):
            os.write(self._descriptor, keys)

    def wait_quiet(self, gap: float = QUIET, timeout: float = 30.0) -> None:
        """Read until nothing has come for `gap` seconds. Raises Ended when that does not happen in time."""
        deadline = perf_counter() + timeout
        while self.pump(gap):
            if perf_counter() > deadline:
                raise Ended(f"no silence of {gap} s within {timeout} s\n{self.describe()}")

    def wait_text(self, text: str, timeout: float = 30.0) -> None:
        """Read until `text` has been printed in one piece. Raises Ended if the program ends or time runs out."""
        deadline = perf_counter() + timeout
        wanted, tail = text.encode(), b""
        while True:
            if not self.pump(deadline - perf_counter()):
                raise Ended(f"{self._command}: {text!r} was never printed\n{self.describe()}")
            tail += self.chunks[-1].data
            if wanted in tail:
                return
            tail = tail[1 - len(wanted) :]

    def listen(self, seconds: float) -> None:
        """Read for this long, whatever comes."""
        deadline = perf_counter() + seconds
        while self._open and perf_counter() < deadline:
            self.pump(deadline - perf_counter())

    def press(self, keys: bytes, *, timeout: float = 1.0, gap: float = QUIET) -> Reaction | None:
        """Wait for silence, type, and wait for the paint and for silence again; None if nothing was painted.

        Raises Ended when the program ends instead.
        """
        self.wait_quiet()
        return self._react(lambda: self.send(keys), timeout, gap)

    def resize(self, columns: int, rows: int, *, timeout: float = 1.0, gap: float = QUIET) -> Reaction | None:
        """Change the size; the kernel sends SIGWINCH to the program as it does for a real terminal."""
        self.wait_quiet()
        self.columns, self.rows = columns, rows
        return self._react(lambda: _set_size(self._descriptor, columns, rows), timeout, gap)

    def _react(self, act: Callable[[], None], timeout: float, gap: float) -> Reaction | None:
        first_chunk = len(self.chunks)
        self.pressed = began = perf_counter()
        act()
        while not painting_moments(self.chunks[first_chunk:]):
            if not self.pump(began + timeout - perf_counter()):
                self._must_run()
                return None
        self.wait_quiet(gap)
        moments = painting_moments(self.chunks[first_chunk:])
        return Reaction(moments[0] - began, moments[-1] - began)

    def painted(self, text: str, *, gap: float = 0.4, timeout: float = 30.0) -> float:
        """Seconds from the start to the full first screen; `text` tells that it is the right screen.

        Text is looked for in the bytes, so it should be one word that is painted in one style. Call it first.
        Raises Ended if the program ends, even if it showed the text in its last words (a traceback may).
        """
        self.wait_text(text, timeout)
        self.wait_quiet(gap)
        self._must_run()
        return painted_at(self.chunks, self.columns, self.rows) - self.started

    def _must_run(self) -> None:
        if not self._open:
            raise Ended(f"{self._command} ended by itself\n{self.describe()}")

    def first_byte(self) -> float:
        """Seconds from the start to the first byte of output, paint or not."""
        if not self.chunks:
            self.pump(30.0)
        if not self.chunks:
            raise Ended(f"{self._command}: no output")
        return self.chunks[0].at - self.started

    def replay(self) -> Replay:
        """The emulator after all output so far. Slow: replays everything, at the present size."""
        replay = Replay(self.columns, self.rows)
        for chunk in self.chunks:
            replay.feed(chunk.data)
        return replay

    def screen(self) -> list[str]:
        """What is on the screen now, a string a row; as slow as `replay`."""
        return self.replay().lines

    def describe(self) -> str:
        """The screen's last lines that are not empty, for a message."""
        return "\n".join([line for line in self.screen() if line][-15:])

    def memory(self) -> int:
        """Peak resident bytes, summed over the program and all descendants seen by this call or an earlier one."""
        for pid in process_tree(self.pid):
            self._peaks[pid] = max(self._peaks.get(pid, 0), peak_memory(pid))
        return sum(self._peaks.values())

    def cpu(self) -> float:
        """Processor seconds used so far by the program and its living descendants."""
        return sum(map(cpu_seconds, process_tree(self.pid)))

    def quit(self, keys: bytes, timeout: float = 3.0) -> int | None:
        """Type the keys that end the program and wait; its exit code, or None when it had not ended in time."""
        self.send(keys)
        deadline = perf_counter() + timeout
        while self.status is None and perf_counter() < deadline:
            self.pump(0.02)
            self._reap()
            if not self._open:
                sleep(0.005)
        return self.status

    def _reap(self) -> None:
        if self.status is None:
            with suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.status = os.waitstatus_to_exitcode(status) if pid else None

    def close(self) -> None:
        """End the program and everything it started, and give the terminal back. May be called twice."""
        family = [] if self.status is not None else process_tree(self.pid)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.status is None:
            with suppress(ChildProcessError):
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor, self._open = -1, False


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _become(command: list[str], environment: dict[str, str], folder: Path | None, columns: int, rows: int) -> None:
    """In the child: take the size before the program can ask for it, and become the program. Never returns."""
    try:
        _set_size(0, columns, rows)
        if folder:
            os.chdir(folder)
        os.execvpe(command[0], command, environment)
    except BaseException as error:
        os.write(2, f"{command[0]}: {error}\n".encode())
    finally:
        os._exit(127)
