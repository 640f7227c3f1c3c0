"""Which address goes to which platform: its plans, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from rumor_tui.sources import messages
from rumor_tui.sources.config import Sites
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import AddressForm, Plan, Platform
from rumor_tui.sources.platforms import PLATFORMS, web_page


def plans_for(address: str, sites: Sites) -> list[Plan]:
    """The plans to try for an address, in order: an API that knows it, then the page itself."""
    found: list[Plan] = []
    where = address
    for _, form, match in _matches(address, sites):
        found.append(_bind_plan(form, match))
        where = form.page(address)
    return [*found, partial(_fetch_page, address=where)]


def _bind_plan(form: AddressForm, match: re.Match[str]) -> Plan:
    return lambda work: form.plan(work, match)


async def _fetch_page(work: PlanContext, address: str) -> None:
    """Fetch the page; if it redirects to an address that an API knows, use that API."""
    answer = await web_page.fetch_page(work, address)
    known = () if platform_name(address, work.sites) else _matches(answer.address, work.sites)
    for _, form, match in known:
        with suppress(messages.FetchError):
            await form.plan(work, match)
        if work.buffer.document is not None:
            return
    await web_page.publish_page(work, address, answer)


def _matches(address: str, sites: Sites) -> Iterator[tuple[Platform, AddressForm, re.Match[str]]]:
    """The first form of a platform that an address has, if any, with its match."""
    for platform in PLATFORMS:
        for form in (*platform.threads, *platform.lists):
            match = _match(platform, form, address, sites)
            if match is not None:
                yield platform, form, match
                return


def platform_name(address: str, sites: Sites) -> str:
    """The name of the platform that an address belongs to, or an empty string."""
    return next((platform.name for platform, _, _ in _matches(address, sites)), "")


def _match(platform: Platform, form: AddressForm, address: str, sites: Sites) -> re.Match[str] | None:
    """The match of a form with an address, with the groups `base` and `site` besides its own."""
    host = r"[^/?#@]+"
    if platform.site is not None:
        pages = sites.at(platform.site).pages
        host = "|".join(rf"[\w.-]+{re.escape(page)}" if page.startswith(".") else re.escape(page) for page in pages)
    return re.fullmatch(rf"(?P<base>(?i:https?)://(?P<site>(?i:{host}))){form.pattern}", address.strip())
