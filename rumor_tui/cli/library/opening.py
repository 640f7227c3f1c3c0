"""The library for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rumor_tui.library.keeper import Keeper


@contextmanager
def open_library() -> Iterator[Keeper]:
    """The user's library, closed at the end; what it has to say of itself is printed on standard error."""
    from rumor_tui.cli.console import say
    from rumor_tui.library.keeper import Keeper

    keeper = Keeper()
    try:
        yield keeper
    finally:
        keeper.close()
        for notice in keeper.notices():
            say(notice)
