"""Discourse: a topic's JSON holds its first twenty posts and the identifiers of all (`post_stream.stream`).

https://docs.discourse.org/#tag/Topics. The others come by `/t/ID/posts.json?post_ids[]=…`, twenty at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import jsons, wording
from rumor_tui.sources.work import Work

A_PAGE = 20
"""Posts a request, as Discourse's own pages ask for them."""


@dataclass(slots=True, eq=False)
class Topic:
    """A topic, whose posts grow."""

    address: str
    topic: dict[str, Any]
    posts: dict[int, Any] = field(default_factory=dict)

    def data(self) -> bytes:
        """The topic's JSON with all posts that have come, in the order of the stream."""
        stream = self.topic.get("post_stream")
        places = {identity: place for place, identity in enumerate(self.stream())}
        posts = sorted(self.posts.items(), key=lambda pair: places.get(pair[0], len(places)))
        held = {**(stream if isinstance(stream, dict) else {}), "posts": [post for _, post in posts]}
        return jsons.written({**self.topic, "post_stream": held})

    def have(self) -> int:
        """How many posts have come, but for the first."""
        return max(len(self.posts) - 1, 0)

    def total(self) -> int | None:
        """How many the stream names, but for the first."""
        return max(len(self.stream()) - 1, 0) or None

    def stream(self) -> list[int]:
        """The identifiers of all posts."""
        stream = jsons.inside(self.topic, "post_stream", "stream")
        return [one for one in map(jsons.number, stream) if one is not None] if isinstance(stream, list) else []

    def add(self, posts: Any) -> int:
        """Keep posts; how many of them there are."""
        known = {jsons.number(post.get("id")): post for post in jsons.listed(posts)}
        self.posts.update({identity: post for identity, post in known.items() if identity is not None})
        return len(known)

    def rest(self) -> list[int]:
        """The identifiers of the posts that have not come."""
        return [identity for identity in self.stream() if identity not in self.posts]


async def plan(work: Work, match: re.Match[str]) -> None:
    """Fetch the topic, then its other posts, several requests at a time, up to the limit of pages."""
    value = await work.value(f"{_base(match)}.json")
    if not isinstance(value, dict) or not isinstance(jsons.inside(value, "post_stream", "posts"), list):
        raise wording.FetchError(wording.no_json(match.string))
    topic = Topic(match.string, value)
    topic.add(value["post_stream"]["posts"])
    work.came(topic)
    await load(work, topic, _base(match), topic.rest()[: work.fetcher.limits.pages * A_PAGE])


def _base(match: re.Match[str]) -> str:
    return f"{match['base']}{match['under']}/t/{match['id']}"


async def grow(work: Work, document: Topic, stub: Stub) -> None:
    """Fetch the posts that a stub names, up to the limit of pages."""
    wanted = [number for number in map(jsons.number, stub.keys) if number is not None]
    identity = jsons.number(document.topic.get("id"))
    base = f"{document.address.partition('/t/')[0]}/t/{identity}"
    await load(work, document, base, wanted[: work.fetcher.limits.pages * A_PAGE])


async def load(work: Work, topic: Topic, base: str, identities: Sequence[int]) -> None:
    """Fetch the posts of these identifiers; `base` is the topic's address without `.json`."""

    async def visit(batch: Sequence[int]) -> Iterable[Sequence[int]]:
        asked = "&".join(f"post_ids[]={identity}" for identity in batch)
        value = await work.tried(work.value(f"{base}/posts.json?{asked}"))
        topic.add(jsons.inside(value, "post_stream", "posts"))
        work.came(topic)
        return ()

    await work.crawl([identities[at : at + A_PAGE] for at in range(0, len(identities), A_PAGE)], visit)
