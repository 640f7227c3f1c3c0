"""Which address goes to which API: one ordered table, a row for each shape of address."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from rumor_tui.sources.plans import discourse, fediverse, github, hacker_news, page, reddit, single, stack_exchange
from rumor_tui.sources.sites import Sites
from rumor_tui.sources.work import Work

Plan = Callable[[Work], Awaitable[None]]
"""Fetches a discussion and shows it on the work's board as it comes. Raises FetchError."""


class Row(NamedTuple):
    """A shape of address: the platform's name, its field in `Sites` or nothing for any host, what follows the host,
    and the plan, which is given the match over the whole address."""

    name: str
    site: str
    pattern: str
    plan: Callable[[Work, re.Match[str]], Awaitable[None]]


_ID = r"(?P<id>[0-9]{1,18})"

ROWS = (
    Row("Hacker News", "hacker_news", rf"/item/?\?(?:[^#]*&)?id={_ID}(?:[&#].*)?", hacker_news.plan),
    Row(
        "Reddit",
        "reddit",
        r"(?:/(?:r|user)/[\w.-]+)?/comments/(?P<id>\w{1,16})(?:/[^/?#]*(?:/(?P<comment>\w{1,16}))?)?/?(?:\.json)?(?:[?#].*)?",
        reddit.plan,
    ),
    Row("Lobsters", "lobsters", r"/s/(?P<id>\w{1,16})(?:\.json|/.*)?(?:[?#].*)?", single.lobsters),
    Row(
        "Bluesky", "bluesky", r"/profile/(?P<author>[\w.:%-]{1,260})/post/(?P<id>\w{1,64})/?(?:[?#].*)?", single.bluesky
    ),
    Row("Stack Exchange", "stack_exchange", rf"/(?:questions|q)/{_ID}(?:[/?#].*)?", stack_exchange.plan),
    Row(
        "GitHub",
        "github",
        rf"/(?P<owner>[\w.-]{{1,100}})/(?P<repository>[\w.-]{{1,100}})/(?:issues|pull)/{_ID}(?:[/?#].*)?",
        github.plan,
    ),
    Row(
        "Discourse",
        "",
        r"(?P<under>(?:/[\w-]+)?)/t/(?:(?![0-9]+(?:[/.?#]|$))[^/?#]+/)?"
        + _ID
        + r"(?:/[0-9]+)?/?(?:\.json)?(?:[?#].*)?",
        discourse.plan,
    ),
    Row(
        "Mastodon",
        "",
        r"(?:/web|/deck)?/(?:@|users/)[\w.@-]+/(?:statuses/)?(?P<id>[0-9]{10,20}|01[0-9A-Z]{24})/?(?:[?#].*)?",
        fediverse.mastodon,
    ),
    Row("Lemmy", "", rf"/post/{_ID}/?(?:[/?#].*)?", fediverse.lemmy),
)
"""The platforms that are known by their host come first. A row for any host is a guess that its plan makes sure of."""


def plans(address: str, sites: Sites) -> list[Plan]:
    """What to do with an address, in the order in which it is tried: an API that knows it, then the page itself."""
    found: list[Plan] = []
    for row in ROWS:
        match = _match(row, address, sites)
        if match is not None:
            found.append(_planned(row, match))
            break
    return [*found, lambda work: page.plan(work, address)]


def _planned(row: Row, match: re.Match[str]) -> Plan:
    return lambda work: row.plan(work, match)


def recognised(address: str, sites: Sites) -> str:
    """The name of the platform that an address is taken for, or nothing."""
    return next((row.name for row in ROWS if _match(row, address, sites) is not None), "")


def _match(row: Row, address: str, sites: Sites) -> re.Match[str] | None:
    """The match of a row's pattern over an address, with the groups `base` and `site` besides the row's own."""
    host = r"[^/?#@]+"
    if row.site:
        pages = getattr(sites, row.site).pages
        host = "|".join(rf"[\w.-]+{re.escape(page)}" if page.startswith(".") else re.escape(page) for page in pages)
    return re.fullmatch(rf"(?P<base>(?i:https?)://(?P<site>(?i:{host}))){row.pattern}", address.strip())
