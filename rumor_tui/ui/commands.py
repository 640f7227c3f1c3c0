"""The command palette: every binding's action by its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol, runtime_checkable

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from rumor_tui.ui.keys import Binding, pretty


@runtime_checkable
class HasBindings(Protocol):
    """A screen with a table of bindings."""

    bindings_list: Sequence[Binding]


class Commands(Provider):
    """Finds actions of the screen below."""

    def _rows(self) -> list[tuple[str, str, str]]:
        screen: object = self.screen
        if not isinstance(screen, HasBindings):
            return []
        rows = [(b.tip, pretty(b.keys), b.action) for b in screen.bindings_list if b.id != "palette"]
        return rows + [(f"Theme: {name}", "", f"theme('{name}')") for name in sorted(self.app.available_themes)]

    async def discover(self) -> Hits:
        """Every action, before anything is typed."""
        for tip, keys, action in self._rows():
            yield DiscoveryHit(tip, partial(self._run, action), help=keys or None)

    async def search(self, query: str) -> Hits:
        """The actions whose sentence matches."""
        matcher = self.matcher(query)
        for tip, keys, action in self._rows():
            score = matcher.match(tip)
            if score > 0:
                yield Hit(score, matcher.highlight(tip), partial(self._run, action), help=keys or None)

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)


def open_palette(screen: Screen[None]) -> None:
    """Show the palette over the screen."""
    if not CommandPalette.is_open(screen.app):
        screen.app.push_screen(CommandPalette(providers=[Commands], placeholder="Every action by name"))
