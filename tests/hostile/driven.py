"""The program as random keys may drive it: it tells what it shows, and can touch nothing outside its folder.

Run as `python -m tests.hostile.driven FOLDER ARGUMENT...`: it works in the folder, and adds a line to the file TOLD
there for every kind of screen, prompt and search that is opened for the first time. Commands that are piped to become
`cat`. All else that would write outside the folder, reach the network or start another program is refused as if the
system had refused it.
"""

from __future__ import annotations

import faulthandler
import functools
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {
    "os.mkdir": (0,), "os.rename": (0, 1), "os.remove": (0,), "os.rmdir": (0,), "os.link": (1,), "os.symlink": (1,),
    "os.truncate": (0,), "os.chmod": (0,), "os.chown": (0,), "os.utime": (0,), "shutil.rmtree": (0,),
}  # fmt: skip
"""Audit events by which a file is changed, with the arguments that are paths."""
HARMLESS = ("/dev/tty", "/dev/null", "/dev/ptmx", "/dev/shm")
TOLD = "told"
STACKS = "stacks"
"""Where SIGURG, which does nothing otherwise, has the stacks of all threads written."""
PROGRAMS = ("cat", "true", Path(sys.executable).name)


def fence(folder: Path) -> None:
    """Refuse what would change anything outside a folder, or start a program that might."""
    inside = (str(folder.resolve()), *HARMLESS)

    def check(path: object) -> None:
        if isinstance(path, str | bytes | os.PathLike) and not os.path.realpath(os.fsdecode(path)).startswith(inside):
            raise PermissionError(13, "Outside the folder of the attack", os.fsdecode(path))

    def audit(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and (given[2] or 0) & WRITES and not str(given[0]).startswith(("/dev/pts/", "/proc/")):
            check(given[0])
        elif event in CHANGES:
            for place in CHANGES[event]:
                check(given[place])
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty"):
            if event != "os.fork" and Path(os.fsdecode(given[0] or "")).name not in PROGRAMS:
                raise PermissionError(13, "No program is started in an attack", str(given[0]))
        elif event == "os.kill" and given[0] != os.getpid():
            raise PermissionError(13, "No process is killed in an attack")
        elif event in ("socket.connect", "socket.getaddrinfo"):
            raise ConnectionRefusedError(111, "There is no network in an attack")

    sys.addaudithook(audit)


def tell(told: Path) -> None:
    """Write down each kind of thing that is shown, when it is shown for the first time."""
    from textual.app import App

    from rumor_tui.ui.screens.base import BaseScreen
    from rumor_tui.ui.widgets.search_bar import SearchBar

    known: set[str] = set()

    def note(name: str) -> None:
        if name not in known:
            known.add(name)
            with told.open("a") as out:
                out.write(name + "\n")

    def noting(method: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        @functools.wraps(method)
        def noted(*given: Any, **named: Any) -> Any:
            note(name(*given))
            return method(*given, **named)

        return noted

    setattr(App, "push_screen", noting(App.push_screen, lambda _, screen, *__: type(screen).__name__))  # noqa: B010
    setattr(BaseScreen, "ask", noting(BaseScreen.ask, lambda _, words, *__: f"ask {words.split()[0]}"))  # noqa: B010
    setattr(SearchBar, "open", noting(SearchBar.open, lambda *_: "search"))  # noqa: B010


class Piped(subprocess.Popen[bytes]):
    """A program that is started, but what is for a shell is done by `cat`."""

    def __init__(self, command: Any, **named: Any) -> None:
        super().__init__(["cat"] if named.pop("shell", False) else command, **named)


def main() -> int:
    """Run the program."""
    folder, *arguments = sys.argv[1:]
    os.chdir(folder)
    setattr(subprocess, "Popen", Piped)  # noqa: B010
    fence(Path(folder))
    tell(Path(folder, TOLD).resolve())
    faulthandler.register(signal.SIGURG, Path(STACKS).open("w"), all_threads=True)  # noqa: SIM115
    from rumor_tui.cli import main as program

    return program(arguments)


if __name__ == "__main__":
    sys.exit(main())
