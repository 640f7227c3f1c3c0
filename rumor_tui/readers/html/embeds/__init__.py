"""Comment systems that a page embeds: told from its markup, each as a stub for comments that the page does not hold.

One table, a row a system: the words of which one is in every page with it, and what reads from the markup the keys by
which the system's interface is asked (`sources.platforms`, by the same `via`).
"""

from __future__ import annotations

from typing import Final

from rumor_tui.model import Stub
from rumor_tui.readers.html.embeds import own_comments, widgets
from rumor_tui.readers.html.embeds.markup import Markup
from rumor_tui.readers.html.embeds.system import System

SYSTEMS: Final[tuple[System, ...]] = (*widgets.SYSTEMS, *own_comments.SYSTEMS)


MAX_LENGTH: Final = 4_000_000
"""Characters of a page that is looked at: a search in one that was made for it takes a second for each million."""


def find_embeds(text: str, address: str) -> list[Stub]:
    """The comment systems of a page, given its source and its address ("" where that is not known); mostly none."""
    if len(text) > MAX_LENGTH:
        return []
    likely = [system for system in SYSTEMS if any(word in text for word in system.words)]
    if not likely:
        return []
    markup = Markup(text, address)
    found = [(system.via, system.find(markup)) for system in likely]
    return [Stub(-1, 0, via, keys) for via, keys in found if keys is not None]
