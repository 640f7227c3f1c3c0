"""What the plans of comment systems share: one form for the comments of all of them, and checked settings.

The settings come from the markup of a page, or from a saved thread: strangers wrote them. They go into an address only
quoted, and an address of a server is cut down to its scheme, host and path.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages, notices
from rumor_tui.sources.fetch import parse_address
from rumor_tui.sources.plan_context import PlanContext

Row = dict[str, Any]
"""A comment in the form that `readers.api.comment_system` reads."""


def settings_of(stub: Stub) -> dict[str, str]:
    """The settings in the keys of a stub, each `name=value`; a missing one is empty."""
    pairs = (key.partition("=") for key in stub.keys)
    return _Settings({name: value for name, _, value in pairs})


class _Settings(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def require(*settings: str) -> None:
    """Raise FetchError if a setting is missing, without which nothing can be asked."""
    if not all(settings):
        raise messages.FetchError(messages.cannot_load_stub())


def server_base(address: str) -> str:
    """What a server's addresses begin with: scheme, host and path, without a slash at the end. Raises FetchError."""
    url = str(parse_address(address))
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def as_id(value: Any) -> str:
    """An identifier, which may be a number; empty for anything else."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else json_util.as_str(value)


def as_count(value: Any) -> int:
    """A count; 0 for anything else."""
    return json_util.as_int(value) or 0


def row(
    identity: Any,
    *,
    parent: Any = None,
    author: Any = None,
    date: Any = None,
    score: Any = None,
    url: str = "",
    deleted: Any = False,
    **texts: Any,
) -> Row:
    """A comment; what is not of the right type is left out.

    `date` is ISO 8601, or seconds or milliseconds since 1970. `texts` are its body as `html`, `markdown` or `text`.
    """
    known = {
        "id": as_id(identity),
        "parent_id": as_id(parent),
        "author": json_util.as_str(author),
        "created_at": date if isinstance(date, int | float) else _in_utc(json_util.as_str(date)),
        "url": url,
        **{name: json_util.as_str(text) for name, text in texts.items()},
    }
    if known["parent_id"] == known["id"]:
        known["parent_id"] = ""  # so a comment of Artalk says that it answers none
    held: Row = {name: value for name, value in known.items() if value}
    points = json_util.as_int(score)
    return {**held, **({} if points is None else {"score": points}), **({"deleted": True} if deleted else {})}


def _in_utc(date: str) -> str:
    """A date and time; one without a zone is in UTC."""
    is_bare = "T" in date and not date.endswith("Z") and "+" not in date and "-" not in date.partition("T")[2]
    return f"{date}Z" if is_bare else date


@dataclass(slots=True, eq=False)
class CommentRows:
    """The comments of a system, as a document that grows page by page; each is held once."""

    system: str
    address: str
    rows: dict[str, Row] = field(default_factory=dict)
    expected: int | None = None

    def data(self) -> bytes:
        """The document as JSON."""
        return json_util.encode_json({"comment_system": self.system, "comments": list(self.rows.values())})

    def loaded(self) -> int:
        """The number of comments received."""
        return len(self.rows)

    def total(self) -> int | None:
        """The number of comments according to the source."""
        return self.expected

    def add(self, rows: Iterable[Row]) -> int:
        """Add comments that have an identifier, and return how many of them are new."""
        before = len(self.rows)
        for one in rows:
            if one.get("id"):
                self.rows.setdefault(one["id"], one)
        return len(self.rows) - before


Page = tuple[list[Row], Any]
"""The comments of one page, and the cursor of the next one; a cursor that is None or empty ends the list."""


async def load_pages(
    work: PlanContext, document: CommentRows, fetch: Callable[[Any], Awaitable[Page]], first: Any
) -> None:
    """Load page after page, each by a cursor, up to the limit of pages, and publish after each.

    A cursor that came before, or a page without a new comment, ends the list, whatever the system says. Raises
    FetchError: with what came before published, if there is any.
    """
    cursor, seen = first, set[str]()
    for _ in range(work.fetcher.limits.pages):
        rows, following = await fetch(cursor)
        grown = document.add(rows)
        if not document.rows:
            raise messages.FetchError(messages.no_embedded_comments(document.system))
        work.publish(document)
        seen.add(repr(cursor))
        if following in (None, "") or not grown or repr(following) in seen:
            return
        cursor = following
    work.buffer.notices.append(notices.too_many_pages(document.system, work.fetcher.limits.pages))


Branch = tuple[list[Row], list[Any]]
"""The replies of one answer, and the cursors of those that it leaves out."""


async def load_replies(
    work: PlanContext, document: CommentRows, first: list[Any], fetch: Callable[[Any], Awaitable[Branch]]
) -> None:
    """Load replies that pages left out, up to the limit of pages; a request that fails costs its own part only.

    `first` are the cursors by which they are fetched, several at a time; an answer may lead to further ones.
    """
    left, seen = work.fetcher.limits.pages, set[str]()

    async def visit(cursor: Any) -> list[Any]:
        nonlocal left
        left -= 1
        if left < 0 or repr(cursor) in seen:
            return []
        seen.add(repr(cursor))
        branch = await work.try_request(fetch(cursor))
        if branch is None:
            return []
        document.add(branch[0])
        work.publish(document)
        return branch[1]

    await work.crawl(first, visit)
