"""The commands of the library: one module each, with `ABOUT`, `MORE`, `add_arguments(parser)` and `run(given) -> int`.

`COMMANDS` is the table of them, which the grammar of the command line and the dispatch both read. A module is imported
only when its command is called.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final, Protocol, cast

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "library": "screen",
        "add": "add",
        "list": "threads",
        "new": "news",
        "refresh": "refresh",
        "follow": "follow",
        "unfollow": "unfollow",
        "backup": "backup",
        "merge": "merge",
        "forget": "forget",
    }
)
"""The name of a command, and that of its module here."""

WITH_LIBRARY: Final[Mapping[str, str]] = MappingProxyType({"export": "exporting"})
"""Commands that are about the library with `--library` only, and what does that here."""


class LibraryCommand(Protocol):
    """What the module of a command has: how it is written, and the help above and below its arguments."""

    USAGE: str
    ABOUT: str
    MORE: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, given: Namespace) -> int:
        """Run it; the answer is the exit code."""


def load_command(name: str) -> LibraryCommand:
    """The module of a command of `COMMANDS`, or of one of `WITH_LIBRARY`."""
    module = COMMANDS[name] if name in COMMANDS else WITH_LIBRARY[name]
    return cast("LibraryCommand", import_module(f"rumor_tui.cli.library.{module}"))
