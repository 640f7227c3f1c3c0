"""Restoring the terminal: whatever ends the program, the terminal is as before within two seconds.

Textual restores the terminal when its app exits normally. It does not when a signal ends the process, when the app
hangs during its exit, or when the terminal has stopped reading, so that every write blocks for ever.
`guarded_terminal` handles these cases. A signal's number arrives through a pipe at a thread of its own, which asks the
app to exit and ends the process itself if that takes too long; nothing is done inside a signal handler, where locks may
be held. `terminal_streams` gives the app a terminal to read and write when standard streams are pipes.
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

from rumor_tui.terminal.commands import end_commands

GRACE_SECONDS = 1.2
"""Seconds that the app has to exit by itself; the rest of the two is for noticing and for restoring."""

POLL_SECONDS = 0.5
"""Seconds between checks of a terminal that may have disappeared without an event."""

WRITE_SECONDS = 0.3
"""Seconds for which writing to a terminal that does not read is retried."""

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
"""Ends every mode that a full-screen program may have set (xterm's ctlseqs, kitty's protocol, contour's)."""

UNRESET_BY_TEXTUAL = "\x1b[?1016l"
"""A mode that Textual enables where it is supported and does not disable: mouse positions in pixels (8.2.8)."""

UNRESET_IN_A_RACE = "\x1b[?2048l"
"""A mode that it leaves on where the program ends between the terminal's answer and the message of it (8.2.8)."""

# All other signals end a process by default. Not handled are processor faults, whose handler would return to the
# faulting instruction for ever, signals that Python ignores, and those that do not end a process.
_UNHANDLED_SIGNALS = (
    *("SIGKILL", "SIGSTOP", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGPIPE", "SIGXFSZ"),
    *("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGINFO", "SIGTSTP", "SIGTTIN", "SIGTTOU"),
)

# Textual installs handlers for these and leaves them behind, bound to an app that has ended.
_TEXTUAL_SIGNALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU)

Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None


class NoTerminalError(Exception):
    """There is no terminal to read keys from. The text is a sentence for the user."""


class _Terminal(NamedTuple):
    """A terminal and its attributes at the start.

    `descriptor` is our own, non-blocking descriptor; `standard` are the standard descriptors that lead to the same
    terminal.
    """

    descriptor: int
    attributes: list[Any]
    standard: tuple[int, ...]


class TerminalGuard:
    """Watches over one run of an app; created by `guarded_terminal`."""

    def __init__(self, on_stop: Callable[[int], None], terminal: _Terminal | None) -> None:
        self._on_stop = on_stop
        self._terminal = terminal
        self._caught: frozenset[int] = frozenset()
        self._outlet, self._inlet = os.pipe()
        os.set_blocking(self._inlet, False)
        self._done = False
        self._last_words: Callable[[], str] = str
        self._timer: threading.Timer | None = None
        self._thread = threading.Thread(target=self._watch, name="terminal-guard", daemon=True)
        self.code: int | None = None
        """The exit code set by a signal, a lost terminal or `end`; None as long as nothing has ended the run."""

    def exit_code(self, code: int) -> int:
        """The exit code of the process, given the app's own."""
        return code if self.code is None else self.code

    def see_out(self) -> None:
        """After the run: if something outside ended it, make the process exit within GRACE seconds in any case.

        An app that lost its terminal may leave threads behind (Textual's reader and writer), and Python waits for
        these for ever at exit.
        """
        if self.code is not None:
            last = threading.Timer(GRACE_SECONDS, os._exit, (self.code,))
            last.daemon = True
            last.start()

    def end(self, code: int, last_words: Callable[[], str] = str) -> bool:
        """Give the app GRACE seconds to exit with `code`; for an app that has detected an internal error.

        `on_stop` is called as for a signal. If the app does not exit in time, `last_words` (which must be neutral) are
        printed once the terminal is restored. The answer is False if the run is ending already, or if the terminal has
        disappeared, of which the error is a consequence; that ends the run with its own code.
        """
        lost = self._terminal is not None and _is_gone(self._terminal)
        if self.code is not None:
            return False
        self._last_words = last_words
        self.code = 128 + signal.SIGHUP if lost else code
        self._wake()
        return not lost

    def start(self) -> Mapping[int, Handler]:
        """Start watching and return what `stop` needs. Signals are watched in the main thread only."""
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
        """Stop watching and restore the previous signal handlers."""
        self._done = True
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if before:
            signal.set_wakeup_fd(-1)
        self._wake()
        self._thread.join(POLL_SECONDS)
        if self._timer is not None:
            # Once the timer restores the terminal it ends the process, and must not be overtaken: discarding unread
            # output frees an app that hung in a write, and whose own exit would then write to the terminal again.
            self._timer.cancel()
            self._timer.join()
        if not self._thread.is_alive():
            os.close(self._inlet)
            os.close(self._outlet)

    def _wake(self) -> None:
        with suppress(OSError):
            os.write(self._inlet, b"\0")

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        # The thread does the work; it is told here too, because no signal wakes it while a command has the keys. But a
        # suspended program that is told to exit does not own the terminal, which is the shell's, and Textual would
        # suspend itself again rather than exit.
        if self._terminal is not None and _in_background(self._terminal):
            os._exit(128 + number)
        with suppress(OSError):
            os.write(self._inlet, bytes((number,)))

    def _watch(self) -> None:
        # Otherwise restoring the attributes of the terminal could stop the process.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTTOU,))
        poller = select.poll()
        poller.register(self._outlet, select.POLLIN)
        if self._terminal is not None:
            poller.register(self._terminal.descriptor, 0)
        while not self._done and self.code is None:
            self._look(poller, POLL_SECONDS)
        if not self._done:
            self._look(poller, 0)  # a lost terminal is often announced by SIGHUP
            self._end_app()

    def _look(self, poller: select.poll, wait: float) -> None:
        for descriptor, events in poller.poll(wait * 1000):
            if descriptor == self._outlet:
                self._take(os.read(self._outlet, 512))
            elif events & (select.POLLHUP | select.POLLERR):
                self._lose_terminal()
            else:  # a system whose poll does not support terminals
                poller.unregister(descriptor)

    def _take(self, numbers: bytes) -> None:
        for number in numbers:
            if number in self._caught and self.code is None:
                self.code = 128 + number

    def _lose_terminal(self) -> None:
        # A lost terminal is always readable, and Textual would read it in a busy loop.
        if self._terminal is not None:
            _replace_standard(self._terminal, _silence())
            self._terminal = None
        if self.code is None:
            self.code = 128 + signal.SIGHUP

    def _end_app(self) -> None:
        code = self.code or 0
        # In a thread of its own, so that the deadline holds whatever the callback does.
        self._timer = threading.Timer(GRACE_SECONDS, self._give_up, (code,))
        self._timer.daemon = True
        self._timer.start()
        with suppress(Exception):
            self._on_stop(code)
        end_commands(signal.SIGTERM)

    def _give_up(self, code: int) -> None:
        if self._done:
            return
        terminal = self._terminal
        if terminal is not None and not _in_background(terminal):
            # Of input too: what waits for a command must not take the terminal back when the command is gone.
            _replace_standard(terminal, _silence())
            end_commands(signal.SIGKILL)
            _restore_terminal(terminal)
            if words := self._last_words():
                _send(terminal.descriptor, f"{words}\n".encode())
        end_commands(signal.SIGKILL)
        os._exit(code)


def _ending() -> tuple[int, ...]:
    left_alone = {getattr(signal, name, None) for name in _UNHANDLED_SIGNALS}
    return tuple(number for number in signal.valid_signals() if number not in left_alone)


@contextmanager
def guarded_terminal(on_stop: Callable[[int], None]) -> Iterator[TerminalGuard]:
    """Watch over the terminal while an app runs in the block.

    A signal that would end the process, or the loss of the terminal, calls `on_stop` with the exit code (128 + n)
    from another thread; it must make the app exit without waiting for it, for example by
    `loop.call_soon_threadsafe`. If the block has not been left GRACE seconds later, the terminal is restored and the
    process exits with that code. An exception that leaves the block restores the terminal as well.
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
                _send(terminal.descriptor, (UNRESET_BY_TEXTUAL + UNRESET_IN_A_RACE).encode())
            _set_attributes(terminal)
            os.close(terminal.descriptor)


def _find_terminal() -> _Terminal | None:
    """The terminal that Textual draws on: that of standard error, or of another standard stream."""
    for number in (2, 1, 0):
        descriptor = _own_descriptor(number) if os.isatty(number) else None
        if descriptor is not None:
            device = os.fstat(number).st_rdev
            standard = tuple(n for n in (0, 1, 2) if os.isatty(n) and os.fstat(n).st_rdev == device)
            return _Terminal(descriptor, termios.tcgetattr(descriptor), standard)
    return None


def _own_descriptor(number: int) -> int | None:
    # Not a duplicate, which would share the non-blocking flag with the shell and all others.
    with suppress(OSError):
        return os.open(os.ttyname(number), os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    with suppress(OSError):  # the terminal of another user or namespace
        return os.open("/dev/tty", os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    return None


def _is_gone(terminal: _Terminal) -> bool:
    """Whether a terminal has disappeared; False if the system does not say."""
    poller = select.poll()
    poller.register(terminal.descriptor, 0)
    return any(events & (select.POLLHUP | select.POLLERR) for _, events in poller.poll(0))


def _in_background(terminal: _Terminal) -> bool:
    """Whether another process group owns the terminal; False if that is unknown."""
    try:
        return os.tcgetpgrp(terminal.descriptor) not in (0, os.getpgrp())
    except OSError:
        return False


def _silence() -> int:
    """A descriptor that is never readable, and that does not block a reader who had been told otherwise."""
    silent, _ = os.pipe()
    os.set_blocking(silent, False)
    return silent


def _replace_standard(terminal: _Terminal, reading: int) -> None:
    """Redirect those standard streams that lead to this terminal: output to /dev/null, input to `reading`."""
    null = os.open(os.devnull, os.O_WRONLY)
    for number in terminal.standard:
        os.dup2(null if number else reading, number)
    os.close(null)


def _restore_terminal(terminal: _Terminal) -> None:
    """Reset every mode and restore the attributes, without ever waiting for the terminal."""
    _send(terminal.descriptor, RESET_SEQUENCES.encode())
    _set_attributes(terminal)
    with suppress(termios.error):  # mouse reports that arrived meanwhile must not reach the shell
        termios.tcflush(terminal.descriptor, termios.TCIFLUSH)


def _send(descriptor: int, data: bytes) -> None:
    deadline = time.monotonic() + WRITE_SECONDS
    with suppress(OSError):
        while not _wrote(descriptor, data) and time.monotonic() < deadline:
            _make_room(descriptor)  # which may discard part of our data, so all of it is written again
            time.sleep(0.005)


def _wrote(descriptor: int, data: bytes) -> bool:
    try:
        return os.write(descriptor, data) == len(data)
    except BlockingIOError:
        return False


def _make_room(descriptor: int) -> None:
    """Discard unread output, so that a blocked write can finish.

    Linux does not wake a writer after a flush, only when suspended output is resumed.
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
    """Connect descriptors 0 and 2, which Textual reads from and draws to, to the terminal while the block runs.

    A pipe on standard input must have been read to its end. Raises NoTerminalError if there is no controlling
    terminal to read keys from.
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
    """Create the streams that Python lacks for descriptors that were closed at the start; Textual needs them."""
    if sys.__stdin__ is None:
        sys.__stdin__ = sys.stdin = open(0, closefd=False, encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
    if sys.__stderr__ is None:
        sys.__stderr__ = sys.stderr = open(2, "w", closefd=False, encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
