"""Discourse: the JSON of a topic has its first twenty posts and the identifiers of all (`post_stream.stream`).

https://docs.discourse.org/#tag/Topics. The others are fetched by `/t/ID/posts.json?post_ids[]=…`, twenty at a time.
A list of topics is its page's address with `.json`, its pages counted from 0; `more_topics_url` says that there is
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.model import Entry, Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PlanContext
from rumor_tui.sources.platform import HOST, ID, AddressForm, Platform, ShortName, StubLoader
from rumor_tui.sources.queries import page_of, path_part, query_of, with_query

TOPICS = EntryPaths("title", "author", "created_at", "comments reply_count", "like_count", "featured_link")
"""Where a topic of a list has the fields of an entry, once its author and its comments are added."""

PAGE_SIZE = 20
"""Posts for each request, as in the pages of Discourse."""


@dataclass(slots=True, eq=False)
class Topic:
    """A topic with a growing number of posts."""

    address: str
    topic: dict[str, Any]
    posts: dict[int, Any] = field(default_factory=dict)

    def data(self) -> bytes:
        """The JSON of the topic with all posts received, in the order of the stream."""
        stream = self.topic.get("post_stream")
        places = {identity: place for place, identity in enumerate(self.stream())}
        posts = sorted(self.posts.items(), key=lambda pair: places.get(pair[0], len(places)))
        held = {**(stream if isinstance(stream, dict) else {}), "posts": [post for _, post in posts]}
        return json_util.encode_json({**self.topic, "post_stream": held})

    def loaded(self) -> int:
        """The number of posts received, without the first."""
        return max(len(self.posts) - 1, 0)

    def total(self) -> int | None:
        """The number of posts in the stream, without the first."""
        return max(len(self.stream()) - 1, 0) or None

    def stream(self) -> list[int]:
        """The identifiers of all posts."""
        stream = json_util.get_path(self.topic, "post_stream", "stream")
        numbers = map(json_util.as_int, stream) if isinstance(stream, list) else ()
        return [number for number in numbers if number is not None]

    def add(self, posts: Any) -> int:
        """Add posts and return their number."""
        known = {json_util.as_int(post.get("id")): post for post in json_util.objects_in(posts)}
        self.posts.update({identity: post for identity, post in known.items() if identity is not None})
        return len(known)

    def missing_ids(self) -> list[int]:
        """The identifiers of the posts that have not been received."""
        return [identity for identity in self.stream() if identity not in self.posts]


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the topic, then its other posts."""
    await fetch_topic(work, match.string, f"{match['base']}{match['under']}/t/{match['id']}")


async def fetch_topic(work: PlanContext, source: str, base: str) -> None:
    """Fetch a topic, then its other posts, several requests at a time, up to the limit of pages.

    `source` names the document, and `base` is the topic's address without `.json`.
    """
    value = await work.value(f"{base}.json")
    if not isinstance(value, dict) or not isinstance(json_util.get_path(value, "post_stream", "posts"), list):
        raise messages.FetchError(messages.unexpected_answer(source))
    topic = Topic(source, value)
    topic.add(value["post_stream"]["posts"])
    work.publish(topic)
    await fetch_posts(work, topic, base, topic.missing_ids()[: work.fetcher.limits.pages * PAGE_SIZE])


async def load_more(work: PlanContext, document: Topic, stub: Stub) -> None:
    """Fetch the posts that a stub names, up to the limit of pages."""
    wanted = [number for number in map(json_util.as_int, stub.keys) if number is not None]
    identity = json_util.as_int(document.topic.get("id"))
    base = f"{document.address.partition('/t/')[0]}/t/{identity}"
    await fetch_posts(work, document, base, wanted[: work.fetcher.limits.pages * PAGE_SIZE])


async def fetch_posts(work: PlanContext, topic: Topic, base: str, identities: Sequence[int]) -> None:
    """Fetch the posts of these identifiers; `base` is the topic's address without `.json`."""

    async def visit(batch: Sequence[int]) -> Iterable[Sequence[int]]:
        asked = "&".join(f"post_ids[]={identity}" for identity in batch)
        value = await work.try_request(work.value(f"{base}/posts.json?{asked}"))
        topic.add(json_util.get_path(value, "post_stream", "posts"))
        work.publish(topic)
        return ()

    await work.crawl([identities[at : at + PAGE_SIZE] for at in range(0, len(identities), PAGE_SIZE)], visit)


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of a list of topics."""
    query, base = query_of(match), f"{match['base']}{match['under']}"
    page, path = page_of(query, first=0), match["list"]
    period = query.get("period")
    value = await work.value(with_query(f"{base}{path}.json", period=period, page=page or None))
    topics = json_util.get_path(value, "topic_list", "topics")
    if not isinstance(topics, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    users = {
        json_util.as_int(user.get("id")): user.get("username") for user in json_util.objects_in(value.get("users"))
    }
    document = ListingDocument(match.string, f"{match['site']}{match['under']}{path}")
    document.entries = present(_entry(topic, users, base) for topic in identified(topics, "id"))
    if json_util.get_path(value, "topic_list", "more_topics_url"):
        document.further = with_query(f"{base}{path}", period=period, page=page + 1)
    work.publish(document)


def _entry(topic: dict[str, Any], users: dict[Any, Any], base: str) -> Entry | None:
    """A topic; the first of its `posters` opened it, and its first post is no comment."""
    posts = json_util.as_int(topic.get("posts_count"))
    author = users.get(json_util.as_int(json_util.get_path(topic, "posters", 0, "user_id")))
    counted = {**topic, "comments": None if posts is None else max(posts - 1, 0), "author": author}
    return read_entry(
        counted,
        TOPICS,
        address="/".join(filter(None, (f"{base}/t", path_part(topic.get("slug")), path_part(topic.get("id"))))),
        text=Text(json_util.as_str(topic.get("excerpt")), "html"),
    )


PLATFORM = Platform(
    "Discourse",
    threads=(
        AddressForm(
            r"(?P<under>(?:/[\w-]+)?)/t/(?:(?![0-9]+(?:[/.?#]|$))[^/?#]+/)?"
            + ID
            + r"(?:/[0-9]+)?/?(?:\.json)?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
    lists=(
        AddressForm(
            r"(?P<under>(?:/[\w-]+)?)(?P<list>/(?:latest|top|hot)|/c(?:/[\w-]{1,100}){1,3}/[0-9]{1,9}(?:/l/(?:latest|top|hot))?)"
            r"(?:\.json)?/?(?:[?#].*)?",
            fetch_list,
        ),
    ),
    short_names=(ShortName("HOST/latest", rf"{HOST}/latest", "/latest"),),
    stubs={"discourse": StubLoader(None, Topic, load_more)},
)
