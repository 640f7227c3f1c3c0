"""The platforms: one table, a row for each, with what it can do.

Those recognised by host come first; a row for any host is a guess that its plan verifies.
"""

from __future__ import annotations

from rumor_tui.sources.platform import Platform
from rumor_tui.sources.platforms import (
    bluesky,
    discourse,
    github,
    hacker_news,
    lemmy,
    lobsters,
    mastodon,
    reddit,
    stack_exchange,
    widgets,
    wikipedia,
)

PLATFORMS: tuple[Platform, ...] = (
    hacker_news.PLATFORM,
    reddit.PLATFORM,
    lobsters.PLATFORM,
    bluesky.PLATFORM,
    stack_exchange.PLATFORM,
    github.PLATFORM,
    wikipedia.PLATFORM,
    discourse.PLATFORM,
    mastodon.PLATFORM,
    lemmy.PLATFORM,
    *widgets.PLATFORMS,
)
