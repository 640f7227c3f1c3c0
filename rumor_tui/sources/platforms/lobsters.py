"""Lobsters: the API returns a story with all of its comments in one answer.

https://lobste.rs/about (a story's address with `.json`).
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform

SITE = Site("lobsters", ("lobste.rs",))


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a story with its comments."""
    answer = await work.get(f"{work.api(SITE)}/s/{quote(match['id'])}.json")
    work.publish(require_key(answer, match.string, "comments"))


PLATFORM = Platform(
    "Lobsters",
    SITE,
    threads=(AddressForm(r"/s/(?P<id>\w{1,16})(?:\.json|/.*)?(?:[?#].*)?", fetch_discussion),),
)
