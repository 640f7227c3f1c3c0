"""Lemmy: a post and its pages of comments, and the posts of a community.

https://join-lemmy.org/api (v3). From version 0.19 on, a list names its next page (`next_page`, which is asked for as
`page_cursor`); older ones count pages.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

from rumor_tui.canonical import search_forms
from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PagedDocument, PlanContext
from rumor_tui.sources.platform import HOST, ID, AddressForm, Platform, ShortName
from rumor_tui.sources.queries import page_of, path_part, query_of, with_query

PAGE_SIZE = 50
"""Comments or posts for each page, the maximum of Lemmy."""

SEARCH = Site("lemmy-search", ("lemmy.world",))
"""The server that is asked for posts: the largest one, which knows the communities of nearly all others."""

POSTS = EntryPaths("post.name", "creator.name", "post.published", "counts.comments", "counts.score", "post.url")
"""Where a view of a post has the fields of an entry."""

_FORMS = 4
"""The forms of an address that are asked for, since the search compares all of it."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a post, then its comments page by page, oldest first."""
    api = f"{match['base']}/api/v3"
    value = await work.value(f"{api}/post?id={match['id']}")
    post = json_util.get_path(value, "post_view")
    if not isinstance(post, dict):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = PagedDocument(
        match.string,
        lambda comments: {"post_view": post, "comments": comments},
        expected=json_util.as_int(json_util.get_path(post, "counts", "comments")),
    )
    work.publish(document)
    asked = f"{api}/comment/list?post_id={match['id']}&type_=All&sort=Old&limit={PAGE_SIZE}"
    for page in range(1, work.fetcher.limits.pages + 1):
        comments = json_util.objects_in(json_util.get_path(await work.value(f"{asked}&page={page}"), "comments"))
        document.comments.extend(comments)
        work.publish(document)
        if len(comments) < PAGE_SIZE:
            return


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the posts of a community."""
    query, name = query_of(match), match["name"]
    cursor, page, sort = query.get("pageCursor"), page_of(query), query.get("sort")
    asked = with_query(
        f"{match['base']}/api/v3/post/list",
        community_name=name,
        type_="All",
        limit=PAGE_SIZE,
        sort=sort,
        page=None if cursor else page,
        page_cursor=cursor,
    )
    value = await work.value(asked)
    posts = json_util.get_path(value, "posts")
    if not isinstance(posts, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = ListingDocument(match.string, f"{name} · {match['site']}")
    document.entries = present(_entry(view, match["base"]) for view in identified(posts, "post", "id"))
    where, following = f"{match['base']}/c/{quote(name, safe='@')}", json_util.as_str(value.get("next_page"))
    if following:
        document.further = with_query(where, sort=sort, pageCursor=following)
    elif len(posts) >= PAGE_SIZE and not cursor:
        document.further = with_query(where, sort=sort, page=page + 1)
    work.publish(document)


def _entry(view: dict[str, Any], base: str) -> Entry | None:
    return read_entry(
        view,
        POSTS,
        address=f"{base}/post/{path_part(json_util.get_path(view, 'post', 'id'))}",
        text=Text(json_util.as_str(json_util.get_path(view, "post", "body")), "markdown"),
    )


async def find_posts(work: PlanContext, address: str) -> list[Entry]:
    """Find the posts about a page, in its likeliest forms."""
    return await work.gather(_find_form(work, form) for form in search_forms(address)[:_FORMS])


async def _find_form(work: PlanContext, form: str) -> list[Entry]:
    asked = f"q={quote(form, safe='')}&type_=Url&listing_type=All&sort=TopAll&limit={PAGE_SIZE}"
    value = await work.value(f"{work.api(SEARCH)}/api/v3/search?{asked}")
    posts = json_util.get_path(value, "posts")
    if not isinstance(posts, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SEARCH)))
    return [entry for view in json_util.objects_in(posts) if (entry := _post_entry(work, view)) and entry.link]


def _post_entry(work: PlanContext, view: dict[str, Any]) -> Entry | None:
    """The entry of a post, which is at the server of its author, where it has the address that all servers know."""
    number = json_util.as_int(json_util.get_path(view, "post", "id"))
    address = json_util.as_str(json_util.get_path(view, "post", "ap_id")) or f"{work.sites.page(SEARCH)}/post/{number}"
    return read_entry(view, POSTS, site=f"Lemmy {_home(view)}".strip(), address=address)


def _home(view: dict[str, Any]) -> str:
    """The host of the server that has the community of a post."""
    try:
        return urlsplit(json_util.as_str(json_util.get_path(view, "community", "actor_id"))).hostname or ""
    except ValueError:
        return ""


PLATFORM = Platform(
    "Lemmy",
    threads=(AddressForm(rf"/post/{ID}/?(?:[/?#].*)?", fetch_discussion),),
    lists=(AddressForm(r"/c/(?P<name>\w{1,100}(?:@[\w.-]{1,253})?)/?(?:[?#].*)?", fetch_list),),
    short_names=(ShortName("HOST/c/NAME", rf"{HOST}/c/(?P<name>\w{{1,100}}(?:@[\w.-]{{1,253}})?)", "/c/{name}"),),
    find=find_posts,
)
