"""Comment systems that any page may embed, a module each: `readers.html.embeds.widgets` tells them from the markup."""

from __future__ import annotations

from rumor_tui.sources.platform import Platform
from rumor_tui.sources.platforms.widgets import (
    artalk,
    closed,
    commento,
    coral,
    cusdis,
    discourse_embed,
    disqus,
    giscus,
    github_issues,
    hyvor_talk,
    isso,
    openweb,
    remark42,
    twikoo,
    viafoura,
    waline,
)

PLATFORMS: tuple[Platform, ...] = (
    disqus.PLATFORM,
    giscus.PLATFORM,
    github_issues.PLATFORM,
    discourse_embed.PLATFORM,
    isso.PLATFORM,
    remark42.PLATFORM,
    commento.PLATFORM,
    cusdis.PLATFORM,
    waline.PLATFORM,
    artalk.PLATFORM,
    twikoo.PLATFORM,
    hyvor_talk.PLATFORM,
    coral.PLATFORM,
    openweb.PLATFORM,
    viafoura.PLATFORM,
    closed.PLATFORM,
)
