"""Lobsters: the API returns a story with all of its comments in one answer.

https://lobste.rs/about (a story's address with `.json`). A list is a page of 25 stories at its own address with `.json`
(https://github.com/lobsters/lobsters, config/routes.rb), except for the front page, which is `/hottest.json`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform, ShortName
from rumor_tui.sources.queries import path_part

SITE = Site("lobsters", ("lobste.rs",))

LIST_SIZE = 25
"""Stories of one page."""

STORIES = EntryPaths("title", "submitter_user submitter_user.username", "created_at", "comment_count", "score", "url")
"""Where a story has the fields of an entry."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a story with its comments."""
    answer = await work.get(f"{work.api(SITE)}/s/{quote(match['id'])}.json")
    work.publish(require_key(answer, match.string, "comments"))


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of a list of stories."""
    path, page = match["list"] or "", json_util.as_int(match["page"]) or 1
    where = f"{path}/page/{page}" if page > 1 else path or "/hottest"
    stories = await work.value(f"{work.api(SITE)}{where}.json")
    if not isinstance(stories, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    name = unquote(path.removeprefix("/t/").strip("/"))
    document = ListingDocument(match.string, f"Lobsters: {name}" if name else "Lobsters")
    document.entries = present(_entry(story, match["base"]) for story in identified(stories, "short_id"))
    if len(document.entries) >= LIST_SIZE:
        document.further = f"{match['base']}{path}/page/{page + 1}"
    work.publish(document)


def _entry(story: dict[str, Any], base: str) -> Entry | None:
    return read_entry(
        story,
        STORIES,
        address=f"{base}/s/{path_part(story.get('short_id'))}",
        text=Text(json_util.as_str(story.get("description")), "html"),
    )


async def find_stories(work: PlanContext, address: str) -> list[Entry]:
    """Find the stories about a page; the site itself knows that forms of an address are the same page.

    https://github.com/lobsters/lobsters/blob/main/app/controllers/story_urls_controller.rb.
    """
    value = await work.value(f"{work.api(SITE)}/stories/url/all.json?url={quote(address, safe='')}")
    if not isinstance(value, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    pages = f"{work.sites.page(SITE)}/s/"
    entries = (
        read_entry(story, STORIES, site="Lobsters", address=f"{pages}{quote(identity, safe='')}")
        for story in json_util.objects_in(value)
        if (identity := json_util.as_str(story.get("short_id")))
    )
    return [entry for entry in entries if entry and entry.link]


PLATFORM = Platform(
    "Lobsters",
    SITE,
    threads=(AddressForm(r"/s/(?P<id>\w{1,16})(?:\.json|/.*)?(?:[?#].*)?", fetch_discussion),),
    lists=(
        AddressForm(
            r"(?P<list>/(?:newest|active|recent|t/[\w,.+%-]{1,200}))?(?:/page/(?P<page>[0-9]{1,5}))?/?(?:[?#].*)?",
            fetch_list,
        ),
    ),
    short_names=(
        ShortName("lobsters", "lobsters", "/"),
        ShortName("lobsters/TAG", r"lobsters/(?P<tag>[\w,.+-]{1,200})", "/t/{tag}"),
    ),
    find=find_stories,
)
