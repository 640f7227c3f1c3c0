"""Hacker News: the Firebase API gives one item a request, each with the identifiers of its replies (`kids`).

https://github.com/HackerNews/API. The document is an array of items in pre-order, the story first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import jsons, wording
from rumor_tui.sources.work import Work


@dataclass(slots=True, eq=False)
class Items:
    """The items that have come, by their identifiers."""

    address: str
    story: dict[str, Any]
    found: dict[int, dict[str, Any]] = field(default_factory=dict)

    def data(self) -> bytes:
        """The items as an array, replies in the order of `kids` behind what they answer."""
        options = [self.found[option] for option in _options(self.story) if option in self.found]
        ordered = [self.story, *options]
        seen: set[int] = set()
        waiting = list(reversed(_kids(self.story)))
        while waiting:
            identity = waiting.pop()
            item = self.found.get(identity)
            if item is not None and identity not in seen:
                seen.add(identity)
                ordered.append(item)
                waiting.extend(reversed(_kids(item)))
        return jsons.written(ordered)

    def have(self) -> int:
        """How many comments have come."""
        return len(self.found.keys() - _options(self.story))

    def total(self) -> int | None:
        """The story's own count of its comments."""
        return jsons.number(self.story.get("descendants"))


def _kids(item: dict[str, Any]) -> list[int]:
    kids = item.get("kids")
    return _numbers(kids) if isinstance(kids, list) else []


def _options(story: dict[str, Any]) -> list[int]:
    """The identifiers of a poll's options."""
    parts = story.get("parts")
    return _numbers(parts) if isinstance(parts, list) else []


def _numbers(written: Iterable[Any]) -> list[int]:
    return [number for number in map(jsons.number, written) if number is not None]


async def plan(work: Work, match: re.Match[str]) -> None:
    """Fetch the item, and then the replies level by level, several at a time."""
    story = await work.value(_address(work, match["id"]))
    if not isinstance(story, dict) or "type" not in story:
        raise wording.FetchError(wording.no_json(match.string))
    items = Items(match.string, story)
    work.came(items)
    await _follow(work, items, [*_options(story), *_kids(story)])


async def grow(work: Work, document: Items, stub: Stub) -> None:
    """Fetch the items that a stub names, and all below them."""
    await _follow(work, document, _numbers(stub.keys))


async def alone(work: Work, address: str, stub: Stub) -> None:
    """The same without the thread that they belong to; they come below a story that has nothing of its own."""
    keys = _numbers(stub.keys)
    await _follow(work, Items(address, {"id": 0, "type": "story", "by": "", "time": 0, "kids": keys}), keys)


async def _follow(work: Work, items: Items, kids: list[int]) -> None:
    async def visit(identity: int) -> Iterable[int]:
        item = await work.tried(work.value(_address(work, identity)))
        if not isinstance(item, dict) or identity in items.found:
            return ()
        items.found[identity] = item
        work.came(items)
        return _kids(item)

    await work.crawl(kids, visit)


def _address(work: Work, identity: int | str) -> str:
    return f"{work.sites.hacker_news.api}/item/{identity}.json"
