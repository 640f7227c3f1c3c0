"""Answers that were tampered with: lists, searches and comment systems take any JSON, or say that they cannot."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.model import Entry, Stub, Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.sources import Limits, Sites
from rumor_tui.sources.addresses import plans_for
from rumor_tui.sources.fetch import Answer, Fetcher
from rumor_tui.sources.messages import FetchError
from rumor_tui.sources.plan_context import ListingDocument, PlanContext, SnapshotBuffer
from rumor_tui.sources.platforms import PLATFORMS
from rumor_tui.sources.stub_loader import STUB_LOADERS
from tests.reading import read_source as read_thread
from tests.sources import server
from tests.sources.play_lists import LISTS
from tests.sources.play_own_comments import ADDRESSES as OWN_PAGES
from tests.sources.play_widgets import ADDRESSES as WIDGET_PAGES

BASE = "https://play.example"
ODD: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, -1, 1e300, 10**30, "", "x", "\x1b[2J\u202e", "http://127.0.0.1:9/", "javascript:alert(1)", "../..",
     "1e999", "\ud800", [], [[]], [None], {}, {"id": []}, {"data": {"children": 7}})
)  # fmt: skip
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), ODD), min_size=1, max_size=5)
"""Which value of an answer, in the order of the document, is replaced by what."""


def tampered(value: Any, changes: list[tuple[int, Any]]) -> Any:
    """A value of JSON with some of its parts replaced."""
    holder = [value]
    for number, odd in changes:
        places: list[tuple[Any, Any]] = []
        waiting: list[Any] = [holder]
        while waiting and len(places) < 2_000:
            held = waiting.pop()
            items = held.items() if isinstance(held, dict) else enumerate(held)
            for key, part in list(items):
                places.append((held, key))
                if isinstance(part, dict | list):
                    waiting.append(part)
        held, key = places[number % len(places)]
        held[key] = json.loads(json.dumps(odd))
    return holder[0]


class Tampering:
    """Answers like the played server, without a socket, but for what is changed in each answer."""

    def __init__(self, changes: list[tuple[int, Any]]) -> None:
        self.limits = Limits(pages=3, requests=50)
        self.copied = None
        self.changes = changes

    async def get(
        self, address: str, *, accept: str = "", ask: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer of the server, changed."""
        assert address.startswith(BASE), address
        parts = urlsplit(address)
        asked = {
            key: [one if isinstance(one, str) else json.dumps(one)] for key, one in json.loads(ask or b"{}").items()
        }
        try:
            reply = server.answer(f"{parts.path}?{parts.query}", BASE, None, asked)
        except (LookupError, ValueError, AttributeError) as error:  # it does not understand an odd question either
            raise FetchError("Not here.") from error
        if reply.status != 200:
            raise FetchError("Not here.", status=reply.status)
        body = reply.body
        if reply.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if reply.headers.get("Content-Type") == "application/json":
            body = json.dumps(tampered(json.loads(body), self.changes)).encode()
        return Answer(address, body, httpx2.Headers(reply.headers))


def work_with(changes: list[tuple[int, Any]]) -> PlanContext:
    return PlanContext(cast(Fetcher, Tampering(changes)), Sites(BASE), SnapshotBuffer())


def check_entry(entry: Entry) -> None:
    """What a list shows of an entry is neutral and on one line, and what it opens is on the web."""
    assert entry.title and not re.search(r"[\x00-\x1f\x7f\u202e]", entry.title + entry.summary + entry.site)
    assert entry.address.startswith(("http://", "https://"))
    assert not entry.link or entry.link.startswith(("http://", "https://"))


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=60)
@given(changes=CHANGES)
def test_lists_of_any_answers(name: str, changes: list[tuple[int, Any]]) -> None:
    work = work_with(changes)
    plan = plans_for(BASE + LISTS[name], work.sites)[0]
    try:
        asyncio.run(cast(Any, plan(work)))
    except FetchError as error:
        assert str(error).endswith(".")
    if isinstance(work.buffer.document, ListingDocument):
        for entry in work.buffer.document.content().entries:
            check_entry(entry)


@pytest.mark.parametrize("name", [platform.name for platform in PLATFORMS if platform.find is not None])
@settings(max_examples=60)
@given(changes=CHANGES)
def test_searches_with_any_answers(name: str, changes: list[tuple[int, Any]]) -> None:
    find = next(platform.find for platform in PLATFORMS if platform.name == name)
    assert find is not None
    try:
        found = asyncio.run(cast(Any, find(work_with(changes), f"{BASE}/article")))
    except FetchError as error:
        assert str(error).endswith(".")
        return
    for entry in found:
        check_entry(entry)


PAGES = {**WIDGET_PAGES, **OWN_PAGES}


def stub_of(path: str) -> Stub:
    """What the page at a path has in place of its comments."""
    (stub,) = read_thread(server.answer(path, BASE).body, Hint(BASE + path)).stubs
    return stub


@pytest.mark.parametrize("name", PAGES)
@settings(max_examples=30)
@given(changes=CHANGES)
def test_comments_of_any_answers(name: str, changes: list[tuple[int, Any]]) -> None:
    work, stub = work_with(changes), stub_of(PAGES[name])
    load = STUB_LOADERS[stub.via].load_detached
    assert load is not None
    try:
        asyncio.run(cast(Any, load(work, BASE + PAGES[name], stub)))
    except FetchError as error:
        assert str(error).endswith((".", "…"))
    if work.buffer.document is not None:
        document = work.buffer.document
        assert isinstance(read_source(document.data(), Hint(document.address)), Thread)
