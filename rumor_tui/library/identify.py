"""Which thread of the library a thread is: by where it was read, by the bytes of its source, or by its comments."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rumor_tui.canonical import addresses_of, canonical_address
from rumor_tui.library.locators import MEMBER, clean, locator_of
from rumor_tui.library_types import LibraryError
from rumor_tui.links import site_of
from rumor_tui.model import Thread

_WEB: Final = ("http://", "https://")

COMPARED: Final = 2_000
"""Comments of each of two threads that are looked at to tell whether they are the same one."""

SHARE: Final = 0.5
"""The share of the smaller one's comments that two threads of one address must have in common to be the same."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a thread is known by. `address` is that of the discussion, `article` that of the page discussed: canonical,
    or "" for none. `hash` is that of its snapshot."""

    locator: str
    address: str
    article: str
    site: str
    hash: bytes


def identity_of(thread: Thread, hash: bytes) -> Identity:
    """What a thread is known by, given the hash of its snapshot."""
    address = discussion_address(thread)
    pages = addresses_of(thread)
    article = canonical_address(pages[0]) if pages else ""
    return Identity(clean(locator_of(thread)), clean(address), clean(article), clean(_sites(thread, address)), hash)


def discussion_address(thread: Thread) -> str:
    """The canonical web address of a discussion, as far as it is told; "" where it has none."""
    candidates = (thread.article.discussion_url, thread.source, thread.article.url)
    return next((canonical_address(one) for one in candidates if one and one.lower().startswith(_WEB)), "")


def _sites(thread: Thread, address: str) -> str:
    """Where a thread is: its host, or the sites of the discussions that it joins."""
    if thread.is_joined:
        labels = dict.fromkeys(about.site for about in thread.discussions if about is not None and about.site)
        return ", ".join(labels)
    return site_of(address)


def find_thread(connection: sqlite3.Connection, identity: Identity, thread: Thread) -> int | None:
    """The id of the thread in the library that this is another state of; None where it is a new one."""
    found = connection.execute("SELECT thread FROM locators WHERE locator = ?", (identity.locator,)).fetchone()
    if found is not None and _may_be(connection, found[0], identity, thread):
        return int(found[0])
    found = connection.execute(
        "SELECT thread FROM snapshots JOIN threads ON threads.id = thread WHERE snapshots.hash = ?"
        " AND tree IS NOT NULL ORDER BY seen DESC",
        (identity.hash,),
    ).fetchone()
    if found is not None:
        return int(found[0])
    if not identity.address or not len(thread):
        return None
    candidates = connection.execute(
        "SELECT id FROM threads WHERE address = ? AND address <> '' AND tree IS NOT NULL ORDER BY active DESC",
        (identity.address,),
    ).fetchall()
    return next((number for (number,) in candidates if _shared(connection, number, thread) >= SHARE), None)


def _may_be(connection: sqlite3.Connection, thread_id: int, identity: Identity, thread: Thread) -> bool:
    """Whether what is read from a known place may still be the thread that was there.

    An address stays that of its thread. A file may have been replaced by an entirely different one.
    """
    if identity.locator.startswith(_WEB) or MEMBER in identity.locator:
        return True
    (title, same) = connection.execute(
        "SELECT title, EXISTS(SELECT 1 FROM snapshots WHERE thread = threads.id AND hash = ?) FROM threads"
        " WHERE id = ?",
        (identity.hash, thread_id),
    ).fetchone()
    return same or clean(thread.article.title) == title or _shared(connection, thread_id, thread) > 0


def _shared(connection: sqlite3.Connection, thread_id: int, thread: Thread) -> float:
    """The share of the smaller one's comments that a thread has in common with one of the library, among the first."""
    from rumor_tui.library.stored import read_thread

    try:
        theirs = set(islice(_keys(read_thread(connection, thread_id).thread), COMPARED))
    except LibraryError:  # it is damaged
        return 0.0
    ours = set(islice(_keys(thread), COMPARED))
    return len(ours & theirs) / max(min(len(ours), len(theirs)), 1)


def _keys(thread: Thread) -> Iterator[tuple[str | None, str]]:
    """What each comment is recognised by: its author with its identifier, or with its text."""
    columns = zip(thread.authors, thread.ids, thread.bodies, strict=True)
    return ((author, body if id is None else id) for author, id, body in columns)
