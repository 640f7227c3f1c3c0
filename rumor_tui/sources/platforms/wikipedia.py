"""Wikipedia: the talk pages that name a page.

https://www.mediawiki.org/wiki/API:Exturlusage. A talk page is read like any other page.
"""

from __future__ import annotations

from urllib.parse import quote

from rumor_tui.canonical import search_forms
from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, read_entry
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform

SITE = Site("wikipedia", ("en.wikipedia.org",), "https://en.wikipedia.org/w/api.php")

TALK_PAGES = EntryPaths("title", link="url")
"""Where a place has the fields of an entry: nobody counts the comments of a talk page."""

_TALK = 1
"""The number of the namespace of the articles' talk pages."""


async def find_talk_pages(work: PlanContext, address: str) -> list[Entry]:
    """Find the talk pages that link to a page, with `www` or without it; the interface takes no scheme."""
    forms = [form.partition("://")[2].removesuffix("/") for form in search_forms(address)]
    return await work.gather(_find_form(work, form) for form in dict.fromkeys(forms))


async def _find_form(work: PlanContext, form: str) -> list[Entry]:
    asked = f"action=query&list=exturlusage&euquery={quote(form, safe='')}&eunamespace={_TALK}&eulimit=100&format=json"
    places = json_util.get_path(await work.value(f"{work.api(SITE)}?{asked}"), "query", "exturlusage")
    if not isinstance(places, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    pages = f"{work.sites.page(SITE)}/wiki/"
    entries = (
        read_entry(
            place, TALK_PAGES, site="Wikipedia", address=f"{pages}{quote(title.replace(' ', '_'), safe=':/(),')}"
        )
        for place in json_util.objects_in(places)
        if (title := json_util.as_str(place.get("title")))
    )
    return [entry for entry in entries if entry]


PLATFORM = Platform("Wikipedia", SITE, find=find_talk_pages)
