"""A program under a pseudo-terminal, for tests of what only a terminal can show.

Every wait has a generous deadline, and none of them decides whether a test passes by how long it took.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds after which a wait has failed; the machine may be busy with other things."""


class Pseudo:
    """A running program, the master side of its terminal, and all that it has written there."""

    def __init__(self, process: subprocess.Popen[bytes], master: int, slave: int, before: list[Any]) -> None:
        self.process = process
        self.master = master
        self._slave = slave
        self.before = before
        self.output = b""

    def attributes(self) -> list[Any]:
        """The terminal's attributes now."""
        return termios.tcgetattr(self._slave)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self.master)
        self.master = -1

    def read_until(self, text: bytes, since: int = 0) -> int:
        """Read what the program writes until `text` is in it; where it ends. Fails when it never comes."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.output.find(text, since)) < 0:
            assert time.monotonic() < deadline, f"{text!r} never came; the last was {self.output[-2000:]!r}"
            assert self._read() or self.process.poll() is None, f"ended before {text!r}: {self.output[-2000:]!r}"
        return at + len(text)

    def _read(self, wait: float = 0.1) -> bytes:
        if not select.select([self.master], [], [], wait)[0]:
            return b""
        with suppress(OSError):
            chunk = os.read(self.master, 65536)
            self.output += chunk
            return chunk
        return b""

    def drain(self) -> bytes:
        """Everything written so far."""
        while self._read(0):
            pass
        return self.output

    def wait(self, *, reading: bool = True) -> int:
        """The exit code (negative when a signal killed it), after the program's end."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"never ended; the last was {self.output[-2000:]!r}"
            if reading and self.master >= 0:
                self._read()
            else:
                time.sleep(0.02)
        if reading and self.master >= 0:
            self.drain()
        assert self.process.returncode is not None
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        os.close(self._slave)
        if self.master >= 0:
            os.close(self.master)


@contextmanager
def pseudo(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    streams: Mapping[int, int] | None = None,
    size: tuple[int, int] = (80, 24),
    controlling: bool = True,
    ignoring: Sequence[int] = (),
    folder: Path | None = None,
) -> Iterator[Pseudo]:
    """Python with `arguments` on a terminal of its own, of `size` columns and rows.

    `streams` replaces standard descriptors (with what Popen takes); without `controlling` the terminal is not the
    one that /dev/tty opens, and there is none. It runs in `folder`, where what is saved without a folder's name goes.
    """
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    before = termios.tcgetattr(slave)

    def prepare() -> None:
        if controlling:
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for usual in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):  # ignored in a shell's background, or by nohup
            signal.signal(usual, signal.SIG_DFL)
        for number in ignoring:
            signal.signal(number, signal.SIG_IGN)

    given = streams or {}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=given.get(0, slave),
        stdout=given.get(1, slave),
        stderr=given.get(2, slave),
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "", "LINES": ""} | dict(env or {}),
        cwd=folder,
        start_new_session=True,
        preexec_fn=prepare,  # noqa: PLW1509 - it takes no lock that another thread could hold
        pass_fds=(slave,),
    )
    running = Pseudo(process, master, slave, before)
    try:
        yield running
    finally:
        running.close()
