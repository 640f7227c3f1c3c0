"""One comment system that pages embed, as a row of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rumor_tui.readers.html.embeds.markup import Markup


class System(NamedTuple):
    """How a page with a comment system looks.

    `via` is the system's name in `Stub.via`. `words` are exact strings of which every such page has one, and hardly any
    other: they are looked for first, which costs next to nothing. `find` gives the keys of the stub, or None if the
    page does not have the system after all.
    """

    via: str
    words: tuple[str, ...]
    find: Callable[[Markup], tuple[str, ...] | None]


def named_keys(**settings: str) -> tuple[str, ...]:
    """Settings as the keys of a stub, `name=value`; empty ones are left out (`sources.comment_rows.settings_of`)."""
    return tuple(f"{name}={value}" for name, value in settings.items() if value)
