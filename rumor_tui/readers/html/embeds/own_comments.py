"""Comments that a site keeps itself and its pages load by a script, or only in part."""

from __future__ import annotations

from typing import Final

from rumor_tui.readers.html.embeds.system import System

SYSTEMS: Final[tuple[System, ...]] = ()
