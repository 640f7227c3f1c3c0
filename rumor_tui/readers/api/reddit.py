"""Reddit's JSON (github.com/reddit-archive/reddit/wiki/JSON): things of kinds in listings.

Read are a post's page, `[listing of the post, listing of its comments]`, also with further comments behind those that
it came with, in any place; a single listing; a bare comment or post; and dumps of comments and posts without their
kinds, as archives write them, an array or a JSON object a line. A comment answers its `parent_id`, or else what holds
it. `more` becomes a stub, but for those of its children that are there; "continue this thread", a `more` that names no
children, has the name of the comment to ask for, and goes when something answers that. Several posts are a listing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.api.listings import threads_listing
from rumor_tui.readers.hint import Hint

VIA = "reddit"
"""What can load `more`, by the identifiers of comments."""

SITE = "https://www.reddit.com"

_KINDS = frozenset({"Listing", "t1", "t3", "more"})
_GONE = frozenset(
    {'"[deleted]"', '"[removed]"', '"[deleted by user]"', '"[ Removed by Reddit ]"', '"[removed by reddit]"'}
)
_LONGEST_GONE = max(map(len, _GONE))

JOINS = True
"""Parts that lie beside each other in a wrapper are read as one list."""

_SHAPE = CommentFields(
    id="name",
    parent="parent_id",
    author="author",
    markdown="body",
    published="created_utc created",
    score="score ups",
)
_HEAD = ArticleFields(
    id="name",
    author="author",
    markdown="selftext",
    published="created_utc created",
    score="score ups",
    link="url_overridden_by_dest url",
    url="permalink",
    comments="num_comments",
    site=SITE,
)
_HTML = re.compile(rb'"(?:body|selftext)_html"\s*:\s*"\s*(?:(<|\\u003[cC])|&lt;|\\u0026lt;)')


class Data(msgspec.Struct, gc=False):
    """The fields of a comment, a post, a `more` or a listing, as far as they are wanted."""

    id: Any = None
    name: Any = None
    author: Any = None
    body: msgspec.Raw = msgspec.Raw(b"null")
    selftext: msgspec.Raw = msgspec.Raw(b"null")
    title: Any = None
    url: Any = None
    url_overridden_by_dest: Any = None
    permalink: Any = None
    created_utc: Any = None
    created: Any = None
    score: Any = None
    ups: Any = None
    num_comments: Any = None
    parent_id: Any = None
    link_id: Any = None
    link_title: Any = None
    count: Any = None
    children: list[Thing | str | int | float | bool | list[Any] | None] | None = None
    replies: Thing | list[Any] | str | int | float | bool | None = None


class Thing(msgspec.Struct, gc=False):
    """A kind with its data. `gc=False` is sound: a tree of things has no cycles."""

    kind: Any = None
    data: Data | list[Any] | str | int | float | bool | None = None


class GatheredThings:
    """The things of a document by kind; `owners` are the rows that hold the comments, `places` the rows by name."""

    def __init__(self) -> None:
        self.comments: list[Any] = []
        self.owners: list[int | None] = []
        self.posts: list[Any] = []
        self.more: list[tuple[Any, int]] = []
        self.places: dict[str, int] = {}

    def add(self, data: Any, owner: int) -> int:
        """The row of a comment, which is a new one if its name did not come before."""
        name = _named(data, "t1_")
        row = self.places.setdefault(name, len(self.comments)) if name else len(self.comments)
        if row == len(self.comments):
            self.comments.append(data)
            self.owners.append(owner if owner >= 0 else None)
        return row


def sniff(given: Document, hint: Hint) -> bool:
    """Whether the outermost or the first object is a thing, or a comment or a post of a dump."""
    first = given.first
    if {"kind", "data"} <= first.keys():
        return values.to_text(first["kind"]) in _KINDS and bool(document.object_keys(first["data"]))
    return _is_flat(given)


def _is_flat(given: Document) -> bool:
    keys = given.keys
    return {"body", "link_id", "parent_id"} <= keys or {"title", "selftext", "subreddit", "author"} <= keys


def read(given: Document, hint: Hint) -> Thread | Listing:
    """The post's thread; the posts to choose from, when there are several."""
    is_flat = "data" not in given.keys
    tops = _tops(given, msgspec.json.Decoder(Data if is_flat else Thing))
    if is_flat:
        tops = build.sort_by_date(tops, _SHAPE)
    with document.pause_gc():
        gathered = _gather(tops)
    escaped = _escaped(given.data)
    posts = gathered.posts
    links = _links(gathered)
    if len({*filter(None, links), *(_named(post, "t3_") for post in posts)}) > 1:
        return _several(gathered, links, escaped, hint)
    return _thread(posts[0] if posts else None, gathered, escaped, hint)


def _tops(given: Document, decoder: msgspec.json.Decoder[Any]) -> list[Any]:
    if isinstance(given.top, dict) and isinstance(given.top.get("data"), msgspec.Raw):
        return [document.decode_with(msgspec.Raw(given.data), decoder)]
    return document.decode_objects(given.top, decoder)


def _gather(tops: Sequence[Any]) -> GatheredThings:
    """Everything in the things and below them, in reading order. Needs no recursion."""
    found = GatheredThings()
    path: list[tuple[Iterator[Any], int]] = [(iter(tops), -1)]
    while path:
        things, owner = path[-1]
        for thing in things:
            below, row = _take(thing, owner, found)
            if below:
                path.append((iter(below), row))
                break
        else:
            path.pop()
    return found


def _take(thing: Any, owner: int, found: GatheredThings) -> tuple[Sequence[Any], int]:
    """Keep one thing; the answer is what it holds, and the row that holds it."""
    kind, data = values.get_field(thing, "kind"), values.get_field(thing, "data")
    if data is None and values.is_text(values.get_field(thing, "author")):
        data, kind = thing, "t1" if values.get_field(thing, "parent_id") is not None else "t3"
    if kind == "Listing":
        children = values.get_field(data, "children")
        return (children if isinstance(children, list) else ()), owner
    if kind == "t1":
        row = found.add(data, owner)
        replies = values.get_field(data, "replies")
        return (replies if isinstance(replies, list) else (replies,) if replies else ()), row
    if kind == "t3" and isinstance(data, (dict, Data)):
        found.posts.append(data)
    elif kind == "more":
        found.more.append((data, owner))
    return (), owner


def _named(data: Any, prefix: str) -> str:
    """The full name of a comment or a post, from its name or its identifier; empty where it has none."""
    name = (
        values.to_identifier(values.get_field(data, "name")) or values.to_identifier(values.get_field(data, "id")) or ""
    )
    return name if not name or name.startswith(prefix) else prefix + name


def _links(gathered: GatheredThings) -> list[str]:
    """The name of the post that each comment is about, empty where it does not say."""
    names = [values.to_identifier(link) or "" for link in values.scalar_column(gathered.comments, "link_id")]
    return [name if not name or name.startswith("t3_") else f"t3_{name}" for name in names]


def _several(gathered: GatheredThings, links: Sequence[str], escaped: bool | None, hint: Hint) -> Listing:
    """One thread for each post; where only comments are there, for each post that they name."""
    posts = {_named(post, "t3_"): post for post in reversed(gathered.posts)}
    groups: dict[str, GatheredThings] = {name: GatheredThings() for name in reversed(posts)}
    for link, comment in zip(links, gathered.comments, strict=True):
        groups.setdefault(link, GatheredThings()).add(comment, -1)
    threads = [_thread(posts.get(name), group, escaped, hint) for name, group in groups.items()]
    told = [field_maps.read_entry(posts[name], _head(bool(escaped))) if name in posts else None for name in groups]
    return threads_listing("Reddit", threads, hint, told)


def _thread(post: Any, gathered: GatheredThings, escaped: bool | None, hint: Hint) -> Thread:
    rows = gathered.comments
    raws = values.text_column(rows, "body")
    if escaped is None:
        escaped = not any(_is_bare(raw) for raw in raws)
    texts = build.CommentBodies(
        "markdown", LazyColumn(_unescaped if escaped else values.to_text, raws), list(map(values.text_length, raws))
    )
    names = [_named(row, "t1_") for row in rows]
    article = _article(post, rows, escaped)
    return build.build_thread(
        rows,
        _SHAPE,
        article,
        hint.name,
        names=names,
        owners=gathered.owners,
        texts=texts,
        urls=[_page(row, name) for row, name in zip(rows, names, strict=True)],
        deleted=[_is_gone(raw) for raw in raws],
        stubs=_stubs(gathered),
    )


def _article(post: Any, rows: Sequence[Any], escaped: bool) -> Article:
    if post is None:
        title = values.to_text(next(iter(values.scalar_column(rows[:1], "link_title")), None))
        link = next(iter(_links_of(rows[:1])), "")
        return Article(title=field_maps.strip_html(title), url=f"{SITE}/comments/{link}" if link else None)
    article = field_maps.read_article(post, _head(escaped))
    if not article.url or article.url.startswith("/"):
        article.url = _page(post, "")
    return article


def _head(escaped: bool) -> ArticleFields:
    return _HEAD._replace(escaped=escaped)


def _links_of(rows: Sequence[Any]) -> list[str]:
    return [(values.to_name(link) or "").removeprefix("t3_") for link in values.scalar_column(rows, "link_id")]


def _page(data: Any, name: str) -> str | None:
    """The page of a comment or a post; older dumps have no permalink, but what one is made of."""
    permalink = values.to_name(values.get_field(data, "permalink"))
    if permalink:
        return SITE + permalink if permalink.startswith("/") else permalink
    link = (values.to_name(values.get_field(data, "link_id")) or "").removeprefix("t3_")
    number = (markdown_format.clean_field(name) or "").removeprefix("t1_")
    return f"{SITE}/comments/{link}/_/{number}" if link and number else None


def _stubs(gathered: GatheredThings) -> list[Stub]:
    """What is missing, below the comments that it would answer; each of them once."""
    stubs: dict[tuple[int, tuple[str, ...]], Stub] = {}
    answered = {values.to_identifier(parent) for parent in values.scalar_column(gathered.comments, "parent_id")}
    for data, owner in gathered.more:
        children = values.get_field(data, "children")
        named = [key for key in map(values.to_name, children if isinstance(children, list) else ()) if key]
        missing = tuple(key for key in named if _full(key) not in gathered.places)
        parent = values.to_name(values.get_field(data, "parent_id")) or ""
        if not missing and (named or parent in answered):
            continue
        row = gathered.places.get(parent, owner)
        count = max(0, (values.to_int(values.get_field(data, "count")) or 0) - len(named) + len(missing), len(missing))
        keys = missing or ((parent,) if parent else ())
        stubs.setdefault((row, keys), Stub(row, count, VIA, keys))
    return list(stubs.values())


def _full(key: str) -> str:
    return key if key.startswith("t1_") else f"t1_{key}"


def _is_gone(raw: Any) -> bool:
    """Whether a body is what the site puts in the place of one that was taken away."""
    if isinstance(raw, msgspec.Raw):
        return len(raw) <= _LONGEST_GONE and bytes(raw).decode("utf-8", "replace") in _GONE
    return isinstance(raw, str) and f'"{raw}"' in _GONE


def _escaped(data: bytes | memoryview) -> bool | None:
    """Whether bodies have `&gt;` for `>`, as without `raw_json=1`: a body in HTML tells; None when there is none."""
    found = _HTML.search(data)
    return None if found is None else found.group(1) is None


def _is_bare(raw: Any) -> bool:
    """Whether a body has a mark that would be written as an entity."""
    if isinstance(raw, msgspec.Raw):
        data = bytes(raw)
        return b"<" in data or b">" in data or b"\\u003" in data
    return isinstance(raw, str) and ("<" in raw or ">" in raw)


def _unescaped(raw: Any) -> str:
    return html.unescape(values.to_text(raw))
