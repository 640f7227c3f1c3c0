"""The platforms: one table, a row for each, with what it can do.

Those recognised by host come first; a row for any host is a guess that its plan verifies.
"""

from __future__ import annotations

from rumor_tui.sources.platform import Platform
from rumor_tui.sources.platforms import (
    blogger,
    bluesky,
    discourse,
    ghost,
    github,
    hacker_news,
    hypothesis,
    lemmy,
    lobsters,
    mastodon,
    reddit,
    stack_exchange,
    substack,
    telegram,
    webmention,
    widgets,
    wikipedia,
    wordpress,
)

PLATFORMS: tuple[Platform, ...] = (
    hacker_news.PLATFORM,
    reddit.PLATFORM,
    lobsters.PLATFORM,
    bluesky.PLATFORM,
    stack_exchange.PLATFORM,
    github.PLATFORM,
    wikipedia.PLATFORM,
    hypothesis.PLATFORM,
    discourse.PLATFORM,
    mastodon.PLATFORM,
    lemmy.PLATFORM,
    *widgets.PLATFORMS,
    blogger.PLATFORM,
    ghost.PLATFORM,
    substack.PLATFORM,
    telegram.PLATFORM,
    webmention.PLATFORM,
    wordpress.PLATFORM,
)
