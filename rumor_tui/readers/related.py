"""The members of a folder or an archive that speak of the same page as one that is opened, joined with it.

Members are looked at only when one is opened, and nearly all of them only as bytes: one that does not hold the page's
host and path speaks of something else. Those that do are read, and joined where their own address, or the page that
they link to, really is the same (`several`), or where they are surely about the opened one (`page_evidence`); a mere
mention is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from rumor_tui.canonical import addresses_of, canonical_address, is_front_page
from rumor_tui.links import site_of
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.page_evidence import is_about
from rumor_tui.readers.several import as_discussion_of, join_group, pages_of

MAX_LOOKED_AT: Final = 300
"""Members whose bytes are looked at, those nearest to the opened one."""

MAX_BYTES: Final = 64 * 1024**2
"""Bytes of them together."""

MAX_READ: Final = 12
"""Members that are read because they hold the address of the page."""

_HEAD: Final = 32_768
"""Bytes of a page in which its own address is looked for."""

_OWN_ADDRESS: Final = re.compile(
    rb"<link\b[^<>]{0,400}\brel=[\"']?canonical\b[^<>]{0,1000}>|<meta\b[^<>]{0,400}\bproperty=[\"']?og:url\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_QUOTED_ADDRESS: Final = re.compile(rb"\b(?:href|content)=[\"']?(https?://[^\s\"'<>]{1,1000})", re.IGNORECASE)


class Member(NamedTuple):
    """One of the members: its size in bytes (0 if it is not known), its bytes, what opens it, and its address on the
    web if that is known.

    Both calls may raise SourceError.
    """

    size: int
    read: Callable[[], bytes]
    open: Callable[[], Thread | Listing]
    address: str = ""


def open_with_related(index: int, members: Sequence[Member]) -> Thread | Listing:
    """A member, joined with those that speak of the same page. Raises SourceError if it cannot be read itself."""
    content = members[index].open()
    if not isinstance(content, Thread):
        return content
    related = _related(content, index, members)
    if not related:
        return content
    related[index] = content
    return join_group([related[nth] for nth in sorted(related)])


def _related(content: Thread, index: int, members: Sequence[Member]) -> dict[int, Thread]:
    """The threads of other members about the same page, by their places."""
    pages = pages_of(content)
    keys = {_key(address) for address in addresses_of(content) if not is_front_page(address)}
    found: dict[int, Thread] = {}
    if not keys:
        return found
    for nth in islice(_speaking(index, members, pages, keys), MAX_READ):
        thread = _thread_or_none(members[nth])
        if thread is None:
            continue
        if pages & pages_of(thread):
            found[nth] = thread
        elif is_about(thread, content):
            found[nth] = as_discussion_of(thread, content)
    return found


def _key(address: str) -> bytes:
    """What the forms of an address have in common: host and path, and a parameter that is the only one."""
    page = canonical_address(address).partition("://")[2]
    path, _, query = page.partition("?")
    return (path if "&" in query else page).encode("utf-8", "replace")


def _speaking(index: int, members: Sequence[Member], pages: set[str], keys: set[bytes]) -> Iterator[int]:
    """The members that may speak of the pages, the nearest first."""
    size = 0
    for nth in _nearest(index, len(members)):
        member = members[nth]
        if size + member.size > MAX_BYTES:
            return
        try:
            data = member.read()
        except SourceError:
            continue
        size += len(data)
        address = member.address or _own_address(data)
        if _is_of_pages(address, pages) or (_holds(data, keys) and not _is_neighbour(address, pages)):
            yield nth


def _nearest(index: int, size: int) -> list[int]:
    near = range(max(index - MAX_LOOKED_AT, 0), min(index + MAX_LOOKED_AT + 1, size))
    return sorted(near, key=lambda nth: abs(nth - index))[1 : MAX_LOOKED_AT + 1]


def _holds(data: bytes, keys: set[bytes]) -> bool:
    """Whether bytes hold one of the keys, as it is or as JSON may write it."""
    return any(key in data or key.replace(b"/", rb"\/") in data for key in keys)


def _own_address(data: bytes) -> str:
    """The address that a page in HTML says to have; "" where it says none."""
    for tag in _OWN_ADDRESS.finditer(data[:_HEAD]):
        if found := _QUOTED_ADDRESS.search(tag[0]):
            return found[1].decode("utf-8", "replace")
    return ""


def _is_of_pages(address: str, pages: set[str]) -> bool:
    return bool(address) and canonical_address(address) in pages


def _is_neighbour(address: str, pages: set[str]) -> bool:
    """Whether an address is that of another page of the same site, whose menus mention its neighbours."""
    return bool(address) and not _is_of_pages(address, pages) and site_of(address) in {site_of(page) for page in pages}


def _thread_or_none(member: Member) -> Thread | None:
    try:
        content = member.open()
    except SourceError:
        return None
    return content if isinstance(content, Thread) else None
