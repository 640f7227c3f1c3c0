"""What happens in the process of its own: it gives up what it does not need, then does its one task.

Everything is given up before the first byte of the data is read. The limits are those of POSIX (`setrlimit`); on Linux
a filter of system calls (`system_calls.py`) refuses network, programs and writing; and everywhere a hook of Python does
the same for what goes through Python. A system that lacks one of them keeps the others.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, Final, NoReturn

from rumor_tui.isolated import OUT_OF_MEMORY
from rumor_tui.isolated.system_calls import die_with_parent, refuse_system_calls

MAX_FILES: Final = 32
"""Files that may be open at once: importing needs a few."""
_REFUSED_PREFIXES: Final = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "shutil.")
_REFUSED: Final = frozenset(
    {
        *("os.system", "os.startfile", "pty.spawn", "os.kill", "os.killpg", "syslog.syslog"),
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
        *("os.chmod", "os.chown", "os.chflags", "os.utime", "os.setxattr", "os.removexattr", "os.lockf"),
        *("sqlite3.connect", "sqlite3.connect/handle", "webbrowser.open", "urllib.Request", "tempfile.mkstemp"),
        *("tempfile.mkdtemp", "http.client.connect", "mmap.__new__", "fcntl.flock", "fcntl.lockf", "pickle.find_class"),
    }
)
"""Events of Python's audit table that no task has a need of."""
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def serve(task: str, processor: str, memory: str, parent: str) -> NoReturn:
    """Do a task with what stands on standard input, write the answer to standard output, and end the process."""
    code = 1
    try:
        die_with_parent()
        if os.getppid() != int(parent):  # it was gone before this process could ask to go with it
            os._exit(code)
        give_up(float(processor), int(memory))
        code = _run(task)
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException:  # whatever it is, nobody is there to read it
        code = 1
    os._exit(code)


def _run(task: str) -> int:
    from importlib import import_module

    module, _, name = task.partition(":")
    function = getattr(import_module(module), name)
    with open(0, "rb", buffering=0, closefd=False) as source:
        data = source.readall() or b""
    rest = memoryview(function(data))
    while rest:
        rest = rest[os.write(1, rest[:65_536]) :]
    return 0


def give_up(processor: float, memory: int) -> None:
    """Give up, for good, what no task has a need of. See the module's documentation."""
    _limit(processor, memory)
    refuse_system_calls()
    sys.addaudithook(_refuse)


def _limit(processor: float, memory: int) -> None:
    import math
    import resource

    seconds = max(math.ceil(processor), 1)
    limits = {
        "RLIMIT_AS": (memory, memory),
        "RLIMIT_CPU": (seconds, seconds + 1),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_NOFILE": (MAX_FILES, MAX_FILES),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_CORE": (0, 0),
    }
    for name, limit in limits.items():
        if hasattr(resource, name):
            with suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), limit)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's audit hook: raise for what a task must not do."""
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        refused = isinstance(flags, int) and bool(flags & _WRITING)
    else:
        refused = event in _REFUSED or event.startswith(_REFUSED_PREFIXES)
    if refused:
        raise PermissionError(f"{event} is not allowed here")
