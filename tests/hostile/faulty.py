"""The program with one fault put into it: `python -m tests.hostile.faulty FAULT ARGUMENT…`.

The fault quotes a page, as faults do: its message, a local variable and the text of the exception hold SECRET, which
must be in no report and on no terminal.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Final, NoReturn

SECRET: Final = "the-page-said\x1b]52;c;c2VjcmV0\x07this"
"""What no report may hold and no terminal may get."""

MARK: Final = "the-page-said"
"""What of SECRET survives any neutralising."""

FAULT_KEY: Final = "f9"
"""The key at which a fault of the interface strikes; the faults of the start and of the exit come by themselves."""


def fail(quoted: str = SECRET) -> None:
    """Raise as a fault does that quotes what it was given."""
    page = {"title": quoted, "text": quoted * 3}
    raise ValueError(f"cannot read {page}")


def recurse(quoted: str = SECRET) -> None:
    """Go deeper until there is no more stack."""
    recurse(quoted + "")


def exhaust(quoted: str = SECRET) -> None:
    """Ask for more memory than there is."""
    page = [quoted] * (1 << 60)
    del page


def _at_key(act: Callable[[], object]) -> None:
    """Have `act` done in the thread of the interface when the key is pressed."""
    from rumor_tui.ui.app import RumorApp

    def on_key(_self: RumorApp, event: object) -> None:
        if getattr(event, "key", "") == FAULT_KEY:
            act()

    RumorApp.on_key = on_key  # type: ignore[attr-defined]


def _in_thread() -> None:
    threading.Thread(target=fail, name="worker", daemon=True).start()


async def _failing() -> None:
    fail()


def _in_task() -> None:
    task = asyncio.get_running_loop().create_task(_failing())
    task.add_done_callback(lambda _: None)


def _in_callback() -> None:
    asyncio.get_running_loop().call_soon(fail)


class _Falling:
    def __del__(self) -> None:
        fail()


def _in_finaliser() -> None:
    _Falling()


def _warn() -> None:
    warnings.warn(SECRET, UserWarning, stacklevel=1)


def _at_start() -> None:
    from rumor_tui.ui.app import RumorApp

    RumorApp.on_mount = lambda _: fail()  # type: ignore[method-assign, assignment]


def _at_exit() -> None:
    from rumor_tui.ui.app import RumorApp

    RumorApp.on_unmount = lambda _: fail()  # type: ignore[attr-defined]


def _unreadable(path: str | None = None, standard_input: int = 0) -> NoReturn:
    """Takes what is to be read, and fails."""
    fail()
    raise AssertionError


def _before() -> None:
    from rumor_tui import settings

    settings.load_settings = _unreadable


def _in_reader() -> None:
    from rumor_tui import readers

    readers.read_path = _unreadable


FAULTS: Final[dict[str, Callable[[], None]]] = {
    "key": lambda: _at_key(fail),
    "recursion": lambda: _at_key(recurse),
    "memory": lambda: _at_key(exhaust),
    "thread": lambda: _at_key(_in_thread),
    "task": lambda: _at_key(_in_task),
    "callback": lambda: _at_key(_in_callback),
    "finaliser": lambda: _at_key(_in_finaliser),
    "warning": lambda: _at_key(_warn),
    "mount": _at_start,
    "exit": _at_exit,
    "settings": _before,
    "reader": _in_reader,
    "none": lambda: None,
}
"""Where a fault strikes, and what puts it there."""


def main() -> int:
    """Put the fault in, and run the program."""
    from rumor_tui.cli import main as run

    FAULTS[sys.argv.pop(1)]()
    return run()


if __name__ == "__main__":
    sys.exit(main())
