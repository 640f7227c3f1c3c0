"""Lobsters: the API returns a story with all of its comments in one answer.

https://lobste.rs/about (a story's address with `.json`).
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, make_entry
from rumor_tui.sources.plan_context import PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform

SITE = Site("lobsters", ("lobste.rs",))

STORIES = EntryPaths("title", "submitter_user submitter_user.username", "created_at", "comment_count", "score", "url")
"""Where a story has the fields of an entry."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a story with its comments."""
    answer = await work.get(f"{work.api(SITE)}/s/{quote(match['id'])}.json")
    work.publish(require_key(answer, match.string, "comments"))


async def find_stories(work: PlanContext, address: str) -> list[Entry]:
    """Find the stories about a page; the site itself knows that forms of an address are the same page.

    https://github.com/lobsters/lobsters/blob/main/app/controllers/story_urls_controller.rb.
    """
    value = await work.value(f"{work.api(SITE)}/stories/url/all.json?url={quote(address, safe='')}")
    if not isinstance(value, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    pages = f"{work.sites.page(SITE)}/s/"
    entries = (
        make_entry(story, STORIES, site="Lobsters", address=f"{pages}{quote(identity, safe='')}")
        for story in json_util.objects_in(value)
        if (identity := json_util.as_str(story.get("short_id")))
    )
    return [entry for entry in entries if entry and entry.link]


PLATFORM = Platform(
    "Lobsters",
    SITE,
    threads=(AddressForm(r"/s/(?P<id>\w{1,16})(?:\.json|/.*)?(?:[?#].*)?", fetch_discussion),),
    find=find_stories,
)
