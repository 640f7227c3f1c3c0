"""Which address goes to which API: one ordered table, a row for each form of address."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from rumor_tui.sources import messages
from rumor_tui.sources.config import Sites
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.plans import (
    bluesky_lobsters,
    discourse,
    github,
    hacker_news,
    mastodon_lemmy,
    reddit,
    stack_exchange,
    web_page,
)

Plan = Callable[[PlanContext], Awaitable[None]]
"""Fetches a discussion and publishes it while it loads. Raises FetchError."""


def unchanged(address: str) -> str:
    """The address itself: the pages of most platforms can be read as they are."""
    return address


def old_reddit(address: str) -> str:
    """The same thread in the old markup of Reddit, which needs no scripts."""
    return re.sub(r"^https?://(?:[\w-]+\.)?reddit\.com/", "https://old.reddit.com/", address)


class AddressPattern(NamedTuple):
    """A form of address: the name of the platform, its field in `Sites` (empty for any host), the pattern of what
    follows the host, the plan, which gets the match of the whole address, and the page to read if the API fails."""

    name: str
    site: str
    pattern: str
    plan: Callable[[PlanContext, re.Match[str]], Awaitable[None]]
    page: Callable[[str], str] = unchanged


_ID = r"(?P<id>[0-9]{1,18})"

ADDRESS_PATTERNS = (
    AddressPattern(
        "Hacker News", "hacker_news", rf"/item/?\?(?:[^#]*&)?id={_ID}(?:[&#].*)?", hacker_news.fetch_discussion
    ),
    AddressPattern(
        "Reddit",
        "reddit",
        r"(?:/(?:r|user)/[\w.-]+)?/comments/(?P<id>\w{1,16})(?:/[^/?#]*(?:/(?P<comment>\w{1,16}))?)?/?(?:\.json)?(?:[?#].*)?",
        reddit.fetch_discussion,
        old_reddit,
    ),
    AddressPattern("Lobsters", "lobsters", r"/s/(?P<id>\w{1,16})(?:\.json|/.*)?(?:[?#].*)?", bluesky_lobsters.lobsters),
    AddressPattern(
        "Bluesky",
        "bluesky",
        r"/profile/(?P<author>[\w.:%-]{1,260})/post/(?P<id>\w{1,64})/?(?:[?#].*)?",
        bluesky_lobsters.bluesky,
    ),
    AddressPattern(
        "Stack Exchange", "stack_exchange", rf"/(?:questions|q)/{_ID}(?:[/?#].*)?", stack_exchange.fetch_discussion
    ),
    AddressPattern(
        "GitHub",
        "github",
        rf"/(?P<owner>[\w.-]{{1,100}})/(?P<repository>[\w.-]{{1,100}})/(?:issues|pull)/{_ID}(?:[/?#].*)?",
        github.fetch_discussion,
    ),
    AddressPattern(
        "Discourse",
        "",
        r"(?P<under>(?:/[\w-]+)?)/t/(?:(?![0-9]+(?:[/.?#]|$))[^/?#]+/)?"
        + _ID
        + r"(?:/[0-9]+)?/?(?:\.json)?(?:[?#].*)?",
        discourse.fetch_discussion,
    ),
    AddressPattern(
        "Mastodon",
        "",
        r"(?:/web|/deck)?/(?:@|users/)[\w.@-]+/(?:statuses/)?(?P<id>[0-9]{10,20}|01[0-9A-Z]{24})/?(?:[?#].*)?",
        mastodon_lemmy.mastodon,
    ),
    AddressPattern("Lemmy", "", rf"/post/{_ID}/?(?:[/?#].*)?", mastodon_lemmy.lemmy),
)
"""Platforms recognised by host come first. A row for any host is a guess that its plan verifies."""


def plans_for(address: str, sites: Sites) -> list[Plan]:
    """The plans to try for an address, in order: an API that knows it, then the page itself."""
    found: list[Plan] = []
    where = address
    for row, match in _matches(address, sites):
        found.append(_bind_plan(row, match))
        where = row.page(address)
    return [*found, partial(_fetch_page, address=where)]


def _bind_plan(row: AddressPattern, match: re.Match[str]) -> Plan:
    return lambda work: row.plan(work, match)


async def _fetch_page(work: PlanContext, address: str) -> None:
    """Fetch the page; if it redirects to an address that an API knows, use that API."""
    answer = await web_page.fetch_page(work, address)
    known = () if platform_name(address, work.sites) else _matches(answer.address, work.sites)
    for row, match in known:
        with suppress(messages.FetchError):
            await row.plan(work, match)
        if work.buffer.document is not None:
            return
    await web_page.publish_page(work, address, answer)


def _matches(address: str, sites: Sites) -> Iterator[tuple[AddressPattern, re.Match[str]]]:
    """The first row that matches an address, if any, with its match."""
    for row in ADDRESS_PATTERNS:
        match = _match(row, address, sites)
        if match is not None:
            yield row, match
            return


def platform_name(address: str, sites: Sites) -> str:
    """The name of the platform that an address belongs to, or an empty string."""
    return next((row.name for row, _ in _matches(address, sites)), "")


def _match(row: AddressPattern, address: str, sites: Sites) -> re.Match[str] | None:
    """The match of a row's pattern with an address, with the groups `base` and `site` besides those of the row."""
    host = r"[^/?#@]+"
    if row.site:
        pages = getattr(sites, row.site).pages
        host = "|".join(rf"[\w.-]+{re.escape(page)}" if page.startswith(".") else re.escape(page) for page in pages)
    return re.fullmatch(rf"(?P<base>(?i:https?)://(?P<site>(?i:{host}))){row.pattern}", address.strip())
