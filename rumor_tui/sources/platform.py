"""What a platform can do: one row of the table in `platforms`, and the types of its parts.

A platform is named once, in the module of `platforms` that knows it, which says where it is found, which addresses are
threads or lists of them, how a thread is looked for by the address that it is about, and how comments that a source
only speaks of are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rumor_tui.model import Entry, Stub
from rumor_tui.sources import messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext

Plan = Callable[[PlanContext], Awaitable[None]]
"""Fetches something and publishes it while it loads. Raises FetchError."""

AddressPlan = Callable[[PlanContext, re.Match[str]], Awaitable[None]]
"""The same for an address, given as the match of its pattern."""

Find = Callable[[PlanContext, str], Awaitable[list[Entry]]]
"""Finds the threads about a page; the address is in the form that people would post. Raises FetchError.

Each entry has its own `address`, the platform's name as `site`, with the community where there is one, and as `link`
the page that it is about, where the platform tells it: searches for a part of addresses find other pages too.
"""

ID = r"(?P<id>[0-9]{1,18})"
"""The pattern of a number that identifies something."""

HOST = r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})"
"""The pattern of a host in a short name."""


def unchanged(address: str) -> str:
    """The address itself: the pages of most platforms can be read as they are."""
    return address


class AddressForm(NamedTuple):
    """A form of address: the pattern of what follows the host, and the plan, which gets the match of the whole address.

    `page` gives the page to read if the plan fails. The match has the groups `base` (scheme and host) and `site` (the
    host) besides those of the pattern.
    """

    pattern: str
    plan: AddressPlan
    page: Callable[[str], str] = unchanged


class ShortName(NamedTuple):
    """A short name for a list of threads, as it is typed on the command line.

    `pattern` matches all of it, `address` is the path that it stands for, with the pattern's groups in braces, on the
    platform's site or on the `host` of the pattern, and `words` is how the help writes it.
    """

    words: str
    pattern: str
    address: str


LoadMore = Callable[[PlanContext, Any, Stub], Awaitable[None]]
"""Loads the comments of a stub into a kept document."""


class StubLoader(NamedTuple):
    """How comments that a source only speaks of are loaded: alone, and into a kept document of a class.

    `load_detached` gets the address of the thread and the stub, and publishes a document with the comments. A page with
    a comment system has such a stub (`readers.html.embeds`); `whole` says that what is loaded then holds the comments
    that the page itself has, too.
    """

    load_detached: Callable[[PlanContext, str, Stub], Awaitable[None]] | None
    document_type: type[Any] | None = None
    load_more: LoadMore | None = None
    whole: bool = False


def stub_keys(stub: Stub, count: int) -> tuple[str, ...]:
    """The keys of a stub, which must be `count` texts that say something. Raises FetchError else."""
    if len(stub.keys) != count or not all(stub.keys):
        raise messages.FetchError(messages.cannot_load_stub())
    return stub.keys


class Platform(NamedTuple):
    """One row of the table.

    Without a `site` it is software that anybody can host: an address is recognised by its form alone, which is a guess
    that the plan verifies. `threads` and `lists` are the forms of address of a thread and of a list of threads. `stubs`
    are its loaders by `Stub.via`.
    """

    name: str
    site: Site | None = None
    threads: tuple[AddressForm, ...] = ()
    lists: tuple[AddressForm, ...] = ()
    find: Find | None = None
    short_names: tuple[ShortName, ...] = ()
    stubs: Mapping[str, StubLoader] = MappingProxyType({})
