"""Care of the terminal around a run: whatever ends the program, the terminal is as before within two seconds.

Textual puts the terminal back when its app ends in the normal way. It does not when a signal ends the process,
when the app hangs while it ends, or when the terminal has stopped reading, so that every write blocks for ever.
`guarded_terminal` sees to those. A signal's number arrives through a pipe at a thread of its own, which asks the
app to end and ends the process itself when that takes too long; nothing is done inside a signal handler, where
locks may be held. `terminal_streams` gives the app a terminal to read and write when pipes stand in their place.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NamedTuple

GRACE_SECONDS = 1.2
"""Seconds that the app has for ending by itself; the rest of the two is for noticing and for putting things back."""

POLL_SECONDS = 0.5
"""Seconds between looks at a terminal that may have gone away without waking whoever waits for that."""

WRITE_SECONDS = 0.3
"""Seconds for which a terminal that does not read is tried."""

RESET_SEQUENCES = "".join(
    (
        "\x1b\\",  # the end of a string that was cut off, such as a link's address
        "\x1b[?2026l",  # synchronized update
        "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l",  # the mouse
        "\x1b[?1004l",  # focus reports
        "\x1b[?2004l",  # bracketed paste
        "\x1b[?2048l",  # reports of a resize among the keys
        "\x1b[?7h",  # wrapping of long lines, back on
        "\x1b[<u",  # kitty's keyboard protocol: each screen has a stack of its own, so this comes before 1049
        "\x1b[?1049l",  # the alternate screen
        "\x1b[m",
        "\x1b[?25h",  # the cursor, back on
    )
)
"""What ends every mode that a full-screen program may have set (xterm's ctlseqs, kitty's protocol, contour's)."""

UNRESET_BY_TEXTUAL = "\x1b[?1016l"
"""What Textual switches on where a terminal can do it, and does not switch off: the mouse in pixels (8.2.8)."""

# These end a process when nothing is done about them. Left out are faults of the processor, whose handler would
# return to the faulting instruction for ever, what Python ignores anyway, and what does not end a process.
_UNHANDLED_SIGNALS = (
    *("SIGKILL", "SIGSTOP", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGPIPE", "SIGXFSZ"),
    *("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGINFO", "SIGTSTP", "SIGTTIN", "SIGTTOU"),
)

# Textual installs handlers for these and leaves them behind, bound to an app that is no more.
_TEXTUAL_SIGNALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU)

Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None


class NoTerminalError(Exception):
    """There is no terminal to take keys from. Its text is a sentence for people."""


class _Terminal(NamedTuple):
    """A terminal as it was found.

    `descriptor` is our own way to it, which never blocks; `standard` are those of the standard descriptors that
    lead to it.
    """

    descriptor: int
    attributes: list[Any]
    standard: tuple[int, ...]


class TerminalGuard:
    """What watches over one run of an app. Made by `guarded_terminal`."""

    def __init__(self, on_stop: Callable[[int], None], terminal: _Terminal | None) -> None:
        self._on_stop = on_stop
        self._terminal = terminal
        self._caught: frozenset[int] = frozenset()
        self._outlet, self._inlet = os.pipe()
        os.set_blocking(self._inlet, False)
        self._done = False
        self._timer: threading.Timer | None = None
        self._thread = threading.Thread(target=self._watch, name="terminal-guard", daemon=True)
        self.code: int | None = None
        """The exit code that a signal, a lost terminal or `end` gave; None as long as nothing ended the run."""

    def exit_code(self, code: int) -> int:
        """The exit code of the process, when `code` is the app's own."""
        return code if self.code is None else self.code

    def see_out(self) -> None:
        """After the run: when it was ended from outside, have the process end within GRACE seconds in any case.

        An app that lost its terminal may leave threads behind (Textual's that read and write), and Python waits
        for these for ever when it ends.
        """
        if self.code is not None:
            last = threading.Timer(GRACE_SECONDS, os._exit, (self.code,))
            last.daemon = True
            last.start()

    def end(self, code: int) -> None:
        """Give the app GRACE seconds from now for ending with `code`, for an app that found a fault in itself.

        `on_stop` is called as for a signal. It does nothing when the run is ending already.
        """
        if self.code is None:
            self.code = code
            self._wake()

    def start(self) -> Mapping[int, Handler]:
        """Begin to watch; the answer is what `stop` needs. Signals are watched in the main thread only."""
        before: dict[int, Handler] = {}
        if threading.current_thread() is threading.main_thread():
            signal.set_wakeup_fd(self._inlet, warn_on_full_buffer=False)
            before = {number: signal.getsignal(number) for number in (*_ending(), *_TEXTUAL_SIGNALS)}
            self._caught = frozenset(n for n in _ending() if before[n] is not signal.SIG_IGN)
            for number in self._caught:
                signal.signal(number, self._noted)
        self._thread.start()
        return before

    def stop(self, before: Mapping[int, Handler]) -> None:
        """Watch no longer, and give back the signal handlers that were there before."""
        self._done = True
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if before:
            signal.set_wakeup_fd(-1)
        self._wake()
        self._thread.join(POLL_SECONDS)
        if self._timer is not None:
            # Once it puts the terminal back it ends the process, and must not be overtaken: dropping what was not
            # read frees an app that hung in a write, whose own way out then leads to nowhere.
            self._timer.cancel()
            self._timer.join()
        if not self._thread.is_alive():
            os.close(self._inlet)
            os.close(self._outlet)

    def _wake(self) -> None:
        with suppress(OSError):
            os.write(self._inlet, b"\0")

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        # The thread does the work. But a program that was suspended and is then told to end has no terminal: it is
        # the shell's, and Textual would stop itself again rather than end.
        if self._terminal is not None and _in_background(self._terminal):
            os._exit(128 + number)

    def _watch(self) -> None:
        # Else putting back the terminal's attributes could stop the process, of all things.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTTOU,))
        poller = select.poll()
        poller.register(self._outlet, select.POLLIN)
        if self._terminal is not None:
            poller.register(self._terminal.descriptor, 0)
        while not self._done and self.code is None:
            self._look(poller, POLL_SECONDS)
        if not self._done:
            self._look(poller, 0)  # SIGHUP tells of a lost terminal as often as not
            self._end_app()

    def _look(self, poller: select.poll, wait: float) -> None:
        for descriptor, events in poller.poll(wait * 1000):
            if descriptor == self._outlet:
                self._take(os.read(self._outlet, 512))
            elif events & (select.POLLHUP | select.POLLERR):
                self._lose_terminal()
            else:  # a system whose poll knows no terminals
                poller.unregister(descriptor)

    def _take(self, numbers: bytes) -> None:
        for number in numbers:
            if number in self._caught and self.code is None:
                self.code = 128 + number

    def _lose_terminal(self) -> None:
        # A lost terminal is always ready to be read, and Textual would read on and on; an empty pipe never is. It
        # must not block either, since a look at the terminal may have been followed by a read from the pipe.
        if self._terminal is not None:
            silent, _ = os.pipe()
            os.set_blocking(silent, False)
            _replace_standard(self._terminal, silent)
            self._terminal = None
        if self.code is None:
            self.code = 128 + signal.SIGHUP

    def _end_app(self) -> None:
        code = self.code or 0
        # A thread of its own, so that the deadline holds whatever the app's callback does.
        self._timer = threading.Timer(GRACE_SECONDS, self._give_up, (code,))
        self._timer.daemon = True
        self._timer.start()
        with suppress(Exception):
            self._on_stop(code)

    def _give_up(self, code: int) -> None:
        if self._done:
            return
        if self._terminal is not None and not _in_background(self._terminal):
            _replace_standard(self._terminal, None)
            _restore_terminal(self._terminal)
        os._exit(code)


def _ending() -> tuple[int, ...]:
    left_alone = {getattr(signal, name, None) for name in _UNHANDLED_SIGNALS}
    return tuple(number for number in signal.valid_signals() if number not in left_alone)


@contextmanager
def guarded_terminal(on_stop: Callable[[int], None]) -> Iterator[TerminalGuard]:
    """Watch over the terminal while an app runs in the block.

    A signal that would end the process, or the loss of the terminal, calls `on_stop` with the exit code (128 + n)
    from another thread: it has to make the app end, without waiting, for instance by way of
    `loop.call_soon_threadsafe`. When the block has not been left GRACE seconds later, the terminal is put back and
    the process ends with that code. An exception that leaves the block has the terminal put back as well.
    """
    terminal = _find_terminal()
    guard = TerminalGuard(on_stop, terminal)
    before = guard.start()
    try:
        yield guard
    except BaseException:
        if terminal is not None:
            _restore_terminal(terminal)
        raise
    finally:
        guard.stop(before)
        if terminal is not None:
            if not _in_background(terminal):
                _send(terminal.descriptor, UNRESET_BY_TEXTUAL.encode())
            _set_attributes(terminal)
            os.close(terminal.descriptor)


def _find_terminal() -> _Terminal | None:
    """The terminal that Textual draws on, which is the one of standard error, or another if there is none."""
    for number in (2, 1, 0):
        descriptor = _own_descriptor(number) if os.isatty(number) else None
        if descriptor is not None:
            device = os.fstat(number).st_rdev
            standard = tuple(n for n in (0, 1, 2) if os.isatty(n) and os.fstat(n).st_rdev == device)
            return _Terminal(descriptor, termios.tcgetattr(descriptor), standard)
    return None


def _own_descriptor(number: int) -> int | None:
    # Not a duplicate: the flag not to block would be shared with the shell and with everyone else.
    with suppress(OSError):
        return os.open(os.ttyname(number), os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    with suppress(OSError):  # a terminal of another user, or of another name space
        return os.open("/dev/tty", os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    return None


def _in_background(terminal: _Terminal) -> bool:
    """Whether another process group has the terminal; not when there is no telling."""
    try:
        return os.tcgetpgrp(terminal.descriptor) not in (0, os.getpgrp())
    except OSError:
        return False


def _replace_standard(terminal: _Terminal, reading: int | None) -> None:
    """Lead output to nowhere, and input to `reading` if given, where they lead to this terminal now."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in terminal.standard:
        source = nowhere if number else reading
        if source is not None:
            os.dup2(source, number)
    os.close(nowhere)


def _restore_terminal(terminal: _Terminal) -> None:
    """Leave every mode and restore the attributes, without ever waiting for the terminal."""
    _send(terminal.descriptor, RESET_SEQUENCES.encode())
    _set_attributes(terminal)
    with suppress(termios.error):  # reports of the mouse that came in meanwhile are no commands for the shell
        termios.tcflush(terminal.descriptor, termios.TCIFLUSH)


def _send(descriptor: int, data: bytes) -> None:
    deadline = time.monotonic() + WRITE_SECONDS
    with suppress(OSError):
        while not _wrote(descriptor, data) and time.monotonic() < deadline:
            _make_room(descriptor)  # which may drop the first half of ours, so all of it is written again
            time.sleep(0.005)


def _wrote(descriptor: int, data: bytes) -> bool:
    try:
        return os.write(descriptor, data) == len(data)
    except BlockingIOError:
        return False


def _make_room(descriptor: int) -> None:
    """Drop what was painted and has not been read yet, and have a write that waits for room go on, and so end.

    Linux wakes no writer after dropping, only when output goes on that had been stopped.
    """
    with suppress(termios.error):
        termios.tcflush(descriptor, termios.TCOFLUSH)
        termios.tcflow(descriptor, termios.TCOOFF)
        termios.tcflow(descriptor, termios.TCOON)


def _set_attributes(terminal: _Terminal) -> None:
    with suppress(termios.error):
        if not _in_background(terminal):
            termios.tcsetattr(terminal.descriptor, termios.TCSANOW, terminal.attributes)


@contextmanager
def terminal_streams() -> Iterator[None]:
    """Give descriptors 0 and 2, from which Textual reads and to which it draws, the terminal while the block runs.

    A pipe on standard input has to be read to its end before. Raises NoTerminalError when there is no controlling
    terminal that keys could come from.
    """
    with _standing_in(0, _open_keyboard), _standing_in(2, lambda: os.dup(1)):
        _reopen_closed()
        yield


@contextmanager
def _standing_in(number: int, opened: Callable[[], int]) -> Iterator[None]:
    if os.isatty(number):
        yield
        return
    before = _duplicate(number)
    descriptor = opened()
    os.dup2(descriptor, number)
    if descriptor != number:
        os.close(descriptor)
    try:
        yield
    finally:
        if before is not None:
            os.dup2(before, number)
            os.close(before)


def _duplicate(number: int) -> int | None:
    try:
        return os.dup(number)
    except OSError:  # it was closed when the program started
        return None


def _open_keyboard() -> int:
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        raise NoTerminalError(
            "There is no terminal to take keys from. Start rumor-tui in one, or write its output to a file."
        ) from error


def _reopen_closed() -> None:
    """Python has no stream for a descriptor that was closed at the start, and Textual asks for one."""
    if sys.__stdin__ is None:
        sys.__stdin__ = sys.stdin = open(0, closefd=False, encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
    if sys.__stderr__ is None:
        sys.__stderr__ = sys.stderr = open(2, "w", closefd=False, encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
