"""Which address goes to which API: one ordered table, a row for each shape of address."""

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
"""Fetches a discussion and shows it on the work's board as it comes. Raises FetchError."""


def unchanged(address: str) -> str:
    """The address itself: most platforms' pages can be read as they are."""
    return address


def old_reddit(address: str) -> str:
    """The same thread in Reddit's old markup, which needs no scripts."""
    return re.sub(r"^https?://(?:[\w-]+\.)?reddit\.com/", "https://old.reddit.com/", address)


class AddressPattern(NamedTuple):
    """A shape of address: the platform's name, its field in `Sites` or nothing for any host, what follows the host,
    the plan, which is given the match over the whole address, and which page to read where the API fails."""

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
"""The platforms that are known by their host come first. A row for any host is a guess that its plan makes sure of."""


def plans_for(address: str, sites: Sites) -> list[Plan]:
    """What to do with an address, in the order in which it is tried: an API that knows it, then the page itself."""
    found: list[Plan] = []
    where = address
    for row, match in _matches(address, sites):
        found.append(_bind_plan(row, match))
        where = row.page(address)
    return [*found, partial(_fetch_page, address=where)]


def _bind_plan(row: AddressPattern, match: re.Match[str]) -> Plan:
    return lambda work: row.plan(work, match)


async def _fetch_page(work: PlanContext, address: str) -> None:
    """The page, unless its address only points on to one that an API knows."""
    answer = await web_page.fetch_page(work, address)
    known = () if platform_name(address, work.sites) else _matches(answer.address, work.sites)
    for row, match in known:
        with suppress(messages.FetchError):
            await row.plan(work, match)
        if work.board.document is not None:
            return
    await web_page.publish_page(work, address, answer)


def _matches(address: str, sites: Sites) -> Iterator[tuple[AddressPattern, re.Match[str]]]:
    """The first row that knows an address, with its match; none is possible."""
    for row in ADDRESS_PATTERNS:
        match = _match(row, address, sites)
        if match is not None:
            yield row, match
            return


def platform_name(address: str, sites: Sites) -> str:
    """The name of the platform that an address is taken for, or nothing."""
    return next((row.name for row, _ in _matches(address, sites)), "")


def _match(row: AddressPattern, address: str, sites: Sites) -> re.Match[str] | None:
    """The match of a row's pattern over an address, with the groups `base` and `site` besides the row's own."""
    host = r"[^/?#@]+"
    if row.site:
        pages = getattr(sites, row.site).pages
        host = "|".join(rf"[\w.-]+{re.escape(page)}" if page.startswith(".") else re.escape(page) for page in pages)
    return re.fullmatch(rf"(?P<base>(?i:https?)://(?P<site>(?i:{host}))){row.pattern}", address.strip())
