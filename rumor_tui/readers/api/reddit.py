"""Reddit's JSON (github.com/reddit-archive/reddit/wiki/JSON): things of several kinds in listings.

Read are a post's page, `[listing of the post, listing of its comments]`, also with comments that were loaded later
anywhere in it; a single listing; a bare comment or post; and dumps of comments and posts without their kinds, as
archives write them, as an array or as JSON lines. A comment answers its `parent_id`, or else what contains it. `more`
becomes a stub without those of its children that are present; "continue this thread", a `more` without children, has
the name of the comment to ask for, and is dropped when that comment has a reply. Several posts are a listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.links import site_of
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api.build import CommentBodies, build_thread, sort_by_date, threads_listing
from rumor_tui.readers.api.document import Document, decode_objects, decode_with, object_keys, pause_gc
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article, read_entry, strip_html
from rumor_tui.readers.api.values import (
    first_scalar,
    get_field,
    get_list,
    is_text,
    scalar_column,
    text_column,
    text_length,
    to_identifier,
    to_int,
    to_name,
    to_text,
    to_unescaped_text,
)
from rumor_tui.readers.source import Hint

VIA = "reddit"
"""What can load `more` by the identifiers of comments."""

SITE = "https://www.reddit.com"
SHORT_SITE = "redd.it"
"""The host of short addresses of posts; pictures and films are on others below it."""

_KINDS = frozenset({"Listing", "t1", "t3", "more"})
_REMOVED = frozenset(
    {'"[deleted]"', '"[removed]"', '"[deleted by user]"', '"[ Removed by Reddit ]"', '"[removed by reddit]"'}
)
_LONGEST_REMOVED = max(map(len, _REMOVED))

_COMMENT = CommentFields(
    id="name",
    parent="parent_id",
    author="author",
    markdown="body",
    published="created_utc created",
    score="score ups",
)
_ARTICLE = ArticleFields(
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
_SPOILER = re.compile(r">! ?([^\n]{1,4000}?) ?!<")
_HTML = re.compile(rb'"(?:body|selftext)_html"\s*:\s*"\s*(?:(<|\\u003[cC])|&lt;|\\u0026lt;)')


class Data(msgspec.Struct, gc=False):
    """The fields of a comment, a post, a `more` or a listing that are read."""

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
    crosspost_parent_list: list[Any] | str | int | float | bool | None = None


class Thing(msgspec.Struct, gc=False):
    """A kind with its data. `gc=False` is sound: a tree of things has no cycles."""

    kind: Any = None
    data: Data | list[Any] | str | int | float | bool | None = None


class GatheredThings:
    """The things of a document by kind; `owners` are the rows that contain the comments, `places` the rows by name."""

    def __init__(self) -> None:
        self.comments: list[Any] = []
        self.owners: list[int | None] = []
        self.posts: list[Any] = []
        self.more: list[tuple[Any, int]] = []
        self.places: dict[str, int] = {}

    def add(self, data: Any, owner: int) -> int:
        """Add a comment unless one of the same name was added before; the answer is its row."""
        name = _name_of(data, "t1_")
        row = self.places.setdefault(name, len(self.comments)) if name else len(self.comments)
        if row == len(self.comments):
            self.comments.append(data)
            self.owners.append(owner if owner >= 0 else None)
        return row


def sniff(document: Document, hint: Hint) -> bool:
    """Whether the outermost or the first object is a thing, or a comment or a post of a dump."""
    first = document.first
    if {"kind", "data"} <= first.keys():
        return to_text(first["kind"]) in _KINDS and bool(object_keys(first["data"]))
    return _is_flat(document)


def _is_flat(document: Document) -> bool:
    keys = document.keys
    return {"body", "link_id", "parent_id"} <= keys or {"title", "selftext", "subreddit", "author"} <= keys


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The post's thread; the posts to choose from, when there are several."""
    is_flat = "data" not in document.keys
    tops = _top_things(document, msgspec.json.Decoder(Data if is_flat else Thing))
    if is_flat:
        tops = sort_by_date(tops, _COMMENT)
    with pause_gc():
        gathered = _gather_things(tops)
    escaped = _has_entities(document.data)
    posts = gathered.posts
    links = _post_names(gathered)
    if len({*filter(None, links), *(_name_of(post, "t3_") for post in posts)}) > 1:
        return _threads_of_posts(gathered, links, escaped, hint)
    return _thread(posts[0] if posts else None, gathered, escaped, hint)


def _top_things(document: Document, decoder: msgspec.json.Decoder[Any]) -> list[Any]:
    if isinstance(document.top, dict) and isinstance(document.top.get("data"), msgspec.Raw):
        return [decode_with(msgspec.Raw(document.data), decoder)]
    return decode_objects(document.top, decoder)


def _gather_things(tops: Sequence[Any]) -> GatheredThings:
    """All things and the things in them, in pre-order. Needs no recursion."""
    gathered = GatheredThings()
    path: list[tuple[Iterator[Any], int]] = [(iter(tops), -1)]
    while path:
        things, owner = path[-1]
        for thing in things:
            below, row = _add_thing(thing, owner, gathered)
            if below:
                path.append((iter(below), row))
                break
        else:
            path.pop()
    return gathered


def _add_thing(thing: Any, owner: int, gathered: GatheredThings) -> tuple[Sequence[Any], int]:
    """Add one thing; the answer is what it contains, and the row of that container."""
    kind, data = get_field(thing, "kind"), get_field(thing, "data")
    if data is None and is_text(get_field(thing, "author")):
        data, kind = thing, "t1" if get_field(thing, "parent_id") is not None else "t3"
    if kind == "Listing":
        return get_list(data, "children"), owner
    if kind == "t1":
        row = gathered.add(data, owner)
        replies = get_field(data, "replies")
        return (replies if isinstance(replies, list) else (replies,) if replies else ()), row
    if kind == "t3" and isinstance(data, (dict, Data)):
        gathered.posts.append(data)
    elif kind == "more":
        gathered.more.append((data, owner))
    return (), owner


def _name_of(data: Any, prefix: str) -> str:
    """The full name of a comment or a post, from its name or its identifier; empty where it has none."""
    return _full_name(to_identifier(get_field(data, "name")) or to_identifier(get_field(data, "id")) or "", prefix)


def _full_name(name: str, prefix: str) -> str:
    return name if not name or name.startswith(prefix) else prefix + name


def _post_names(gathered: GatheredThings) -> list[str]:
    """The name of the post that each comment is about, empty where it does not say."""
    return [_full_name(to_identifier(link) or "", "t3_") for link in scalar_column(gathered.comments, "link_id")]


def _threads_of_posts(gathered: GatheredThings, links: Sequence[str], escaped: bool | None, hint: Hint) -> Listing:
    """One thread for each post; where only comments are there, for each post that they name."""
    posts = {_name_of(post, "t3_"): post for post in reversed(gathered.posts)}
    groups: dict[str, GatheredThings] = {name: GatheredThings() for name in reversed(posts)}
    for link, comment in zip(links, gathered.comments, strict=True):
        groups.setdefault(link, GatheredThings()).add(comment, -1)
    threads = [_thread(posts.get(name), group, escaped, hint) for name, group in groups.items()]
    entries = [read_entry(posts[name], _head(bool(escaped))) if name in posts else None for name in groups]
    return threads_listing("Reddit", threads, hint, entries)


def _thread(post: Any, gathered: GatheredThings, escaped: bool | None, hint: Hint) -> Thread:
    rows = gathered.comments
    raws = text_column(rows, "body")
    if escaped is None:
        escaped = not any(_has_bare_markup(raw) for raw in raws)
    texts = CommentBodies(
        "markdown",
        LazyColumn(_unescaped_body if escaped else _body, raws),
        list(map(text_length, raws)),
    )
    names = [_name_of(row, "t1_") for row in rows]
    article = _article(post, rows, escaped)
    return build_thread(
        rows,
        _COMMENT,
        article,
        hint.name,
        names=names,
        owners=gathered.owners,
        texts=texts,
        urls=[_permalink(row, name) for row, name in zip(rows, names, strict=True)],
        deleted=[_is_removed(raw) for raw in raws],
        stubs=_with_uncounted(_stubs(gathered), post, len(rows)),
    )


def _article(post: Any, rows: Sequence[Any], escaped: bool) -> Article:
    if post is None:
        title = to_text(first_scalar(rows[0], "link_title")) if rows else ""
        link = _post_id(rows[0]) if rows else ""
        return Article(title=strip_html(title), url=f"{SITE}/comments/{link}" if link else None)
    article = read_article(post, _head(escaped))
    article.pieces = list(map(mark_spoilers, article.pieces))
    original = next(iter(get_list(post, "crosspost_parent_list")), None)
    if original is not None and (article.link is None or not article.pieces):
        first = read_article(original, _head(escaped))
        article.link = article.link or first.link
        article.pieces = article.pieces or list(map(mark_spoilers, first.pieces))
    if article.link and site_of(article.link) == SHORT_SITE:
        article.link = None
    article.discussion_url = _permalink(post, "")
    if not article.url or article.url.startswith("/"):
        article.url = _permalink(post, "")
    return article


def _body(raw: Any) -> str:
    return mark_spoilers(to_text(raw))


def _unescaped_body(raw: Any) -> str:
    return mark_spoilers(to_unescaped_text(raw))


def mark_spoilers(body: str) -> str:
    """A body whose spoilers, `>!like this!<`, are in words: at the start of a line the sign would begin a quotation."""
    return _SPOILER.sub(r"[spoiler: \1]", body) if ">!" in body else body


def _head(escaped: bool) -> ArticleFields:
    return _ARTICLE._replace(escaped=escaped)


def _post_id(comment: Any) -> str:
    """The identifier of the post that a comment is about, without its prefix."""
    return (to_name(get_field(comment, "link_id")) or "").removeprefix("t3_")


def _permalink(data: Any, name: str) -> str | None:
    """The page of a comment or a post; older dumps have no permalink, but what one is made of."""
    permalink = to_name(get_field(data, "permalink"))
    if permalink:
        return SITE + permalink if permalink.startswith("/") else permalink
    link = _post_id(data)
    number = (markdown_format.clean_field(name) or "").removeprefix("t1_")
    return f"{SITE}/comments/{link}/_/{number}" if link and number else None


def _stubs(gathered: GatheredThings) -> list[Stub]:
    """Stubs for missing comments, below the comments that they would answer; each of them once."""
    stubs: dict[tuple[int, tuple[str, ...]], Stub] = {}
    answered = {to_identifier(parent) for parent in scalar_column(gathered.comments, "parent_id")}
    for data, owner in gathered.more:
        children = list(filter(None, map(to_name, get_list(data, "children"))))
        missing = tuple(key for key in children if _full_name(key, "t1_") not in gathered.places)
        parent = to_name(get_field(data, "parent_id")) or ""
        if not missing and (children or parent in answered):
            continue
        row = gathered.places.get(parent, owner)
        stated = to_int(get_field(data, "count")) or 0
        count = max(stated - len(children) + len(missing), len(missing))
        keys = missing or tuple(filter(None, (parent,)))
        stubs.setdefault((row, keys), Stub(row, count, VIA, keys))
    return list(stubs.values())


def _with_uncounted(stubs: list[Stub], post: Any, present: int) -> list[Stub]:
    """The stubs, and one for the comments that the post counts but nothing in the document names."""
    stated = to_int(get_field(post, "num_comments")) or 0
    missing = stated - present - sum(stub.count for stub in stubs)
    return [*stubs, Stub(-1, missing)] if missing > 0 else stubs


def _is_removed(raw: Any) -> bool:
    """Whether a body is what the site puts in place of a removed one."""
    if isinstance(raw, msgspec.Raw):
        return len(raw) <= _LONGEST_REMOVED and bytes(raw).decode("utf-8", "replace") in _REMOVED
    return isinstance(raw, str) and f'"{raw}"' in _REMOVED


def _has_entities(data: bytes | memoryview) -> bool | None:
    """Whether bodies have `&gt;` for `>`, as without `raw_json=1`, judging by an HTML body; None when there is none."""
    match = _HTML.search(data)
    return None if match is None else match.group(1) is None


def _has_bare_markup(raw: Any) -> bool:
    """Whether a body has a character that would be an entity if bodies were escaped."""
    if isinstance(raw, msgspec.Raw):
        data = bytes(raw)
        return b"<" in data or b">" in data or b"\\u003" in data
    return isinstance(raw, str) and ("<" in raw or ">" in raw)
