"""Commands that have the terminal for a while, and being stopped and continued like one.

A command or an editor that the reader asked for gets the terminal; ctrl+c is then for it, and it ends with this
program. `renew_after_stops` mends what Textual makes of being continued.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence


class CommandEnd(NamedTuple):
    """How a command ended: its exit code (negative if a signal ended it), and whether this program is to end too."""

    code: int
    ending: bool


_commands: dict[subprocess.Popen[bytes], bool] = {}
"""The commands that have the terminal now (one, or none), and whether they were told to end."""


def run_command(command: str | Sequence[str], given: bytes | None = None) -> CommandEnd:
    """Run a command that has the terminal meanwhile.

    A line is for the shell; words are run as they are. `given` is its standard input. Ctrl+c is for the command. A
    signal that ends this program ends the command too. The caller must have suspended the app. Raises OSError.
    """
    import subprocess

    with (
        _keys_for_the_command(),
        subprocess.Popen(
            command, shell=isinstance(command, str), stdin=None if given is None else subprocess.PIPE
        ) as running,
    ):
        _commands[running] = False
        try:
            running.communicate(given)
        finally:
            ending = _commands.pop(running)
        return CommandEnd(running.returncode, ending)


def end_commands(number: int) -> None:
    """Send a signal to the commands that have the terminal, and to what they started; may be called in any thread."""
    for running in tuple(_commands):
        _commands[running] = True
        for process in _descendants(running.pid):
            with suppress(OSError):
                os.kill(process, number)
        running.send_signal(number)


def _descendants(process: int) -> list[int]:
    """The processes that a process started, and so on; none on a system that does not tell (all but Linux)."""
    from pathlib import Path

    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text("ascii").split()):
                found += (*_descendants(child), child)
    return found


@contextmanager
def _keys_for_the_command() -> Iterator[None]:
    """Ctrl+c and ctrl+\\ are for the command, and do not end this program."""
    keys = (signal.SIGINT, signal.SIGQUIT)
    wakeup = signal.set_wakeup_fd(-1)
    # A handler that does nothing: unlike SIG_IGN it is not inherited by the command.
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in keys}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)


def renew_after_stops(renew: Callable[[], object]) -> None:
    """Call `renew`, in a signal handler, when the process is continued after a stop that no handler prepared.

    Textual (8.2.8) leaves its full-screen mode at SIGTSTP, stops the process, and enters the mode again at SIGCONT. But
    it does so at every SIGCONT, also after SIGSTOP or SIGTTIN, when it had not left: then two threads read the keys,
    and the app never ends. Call this once Textual has installed its handlers; whoever restores those restores these.
    """
    stop, proceed = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(stop) or not callable(proceed):
        return
    prepared = [False]

    def on_stop(number: int, frame: FrameType | None) -> Any:
        prepared[0] = True
        return stop(number, frame)

    def on_continue(number: int, frame: FrameType | None) -> Any:
        if prepared[0]:
            prepared[0] = False
            return proceed(number, frame)
        return renew()

    signal.signal(signal.SIGTSTP, on_stop)
    signal.signal(signal.SIGCONT, on_continue)
