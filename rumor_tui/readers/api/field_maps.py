"""What the fields of a site's comments and articles mean, as data, and the articles that are made by it.

Every field of a shape is a path or several, parted by blanks, of which the first that has a value counts
(`values.column`). The paths of one site can so cover its interfaces of several ages.
"""

from __future__ import annotations

import html
import keyword
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from rumor_tui import blocks, markdown_format
from rumor_tui.model import Article, Entry, Format
from rumor_tui.readers.api import values

BODY_FORMATS: tuple[Format, ...] = ("html", "markdown", "plain")
"""A site that gives a body in several of them means the first: it is what its own page shows."""


class CommentFields(NamedTuple):
    """A comment.

    What it answers is told by `parent` (another's `id`), or by `path` (the identifiers of all its ancestors and its
    own, parted by dots), or by `depth` in an order in which parents precede. `deleted` is any value that says so.
    A comment that has no `url` has the address `prefix` + its id. `escaped` tells that bodies which are not HTML
    have HTML's entities nevertheless. A site that gives the newest comments first is put right by `oldest_first`.
    """

    id: str = "id"
    parent: str = ""
    path: str = ""
    depth: str = ""
    author: str = ""
    html: str = ""
    markdown: str = ""
    plain: str = ""
    published: str = ""
    score: str = ""
    url: str = ""
    deleted: str = ""
    prefix: str = ""
    escaped: bool = False
    oldest_first: bool = False


class ArticleFields(NamedTuple):
    """What comments are about: an article, a post, a question, as it stands in a document or in a list of such.

    `link` is what it points to and `url` its own page, which may be a path on `site`; without one it is `prefix` + its
    identifier. `comments` is their number. Titles are taken as HTML where `escaped` says so.
    """

    id: str = "id"
    title: str = "title"
    author: str = ""
    html: str = ""
    markdown: str = ""
    plain: str = ""
    published: str = ""
    score: str = ""
    link: str = ""
    url: str = ""
    comments: str = ""
    prefix: str = ""
    site: str = ""
    escaped: bool = False


@cache
def row_decoder(shape: CommentFields, others: str = "") -> msgspec.json.Decoder[Any]:
    """What decodes just the fields of a comment that the shape or `others` name, and leaves bodies as they are.

    Whatever type a field has passes; only what is no object at all, or no JSON, is refused.
    """
    bodies = {*shape.html.split(), *shape.markdown.split(), *shape.plain.split()}
    fields = [field for field in shape._replace(prefix="") if isinstance(field, str)]
    try:
        return msgspec.json.Decoder(_struct([path.split(".") for path in " ".join([*fields, others]).split()], bodies))
    except ValueError:  # a key that cannot be an attribute's name
        return msgspec.json.Decoder(Any)


def _struct(paths: Iterable[list[str]], bodies: set[str], before: str = "") -> type[msgspec.Struct]:
    below: dict[str, list[list[str]]] = {}
    for head, *rest in paths:
        if not head.isidentifier() or keyword.iskeyword(head):
            raise ValueError(head)
        below.setdefault(head, []).extend([rest] if rest else [])
    fields: list[tuple[str, Any, None]] = []
    for name, rests in below.items():
        kind: Any = msgspec.Raw if before + name in bodies else Any
        if rests:
            nested = _struct(rests, bodies, f"{before}{name}.")
            kind = nested | list[Any] | str | int | float | bool | None
        fields.append((name, kind, None))
    return msgspec.defstruct("Row", fields, gc=False)


_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SUMMARY = 300
"""Characters of an entry's summary."""


def read_article(value: Any, head: ArticleFields) -> Article:
    """The article that an object describes; an empty one for anything else."""
    date = values.first_scalar(value, head.published)
    published = values.to_timestamp(date)
    format, body = _body(value, head)
    return Article(
        title=_title(value, head),
        byline=_name(value, head.author, head),
        published=published,
        published_text=None if published is not None else values.date_wording(date),
        url=values.to_name(values.first_scalar(value, head.link)) or page_address(value, head),
        pieces=_pieces(body, format),
        format=format,
        score=values.to_int(values.first_scalar(value, head.score)),
    )


def read_entry(value: Any, head: ArticleFields) -> Entry:
    """The same for a list to choose from; its address is the page of the comments."""
    date = values.first_scalar(value, head.published)
    published = values.to_timestamp(date)
    format, body = _body(value, head)
    summary = " ".join(blocks.body_text(body[: 4 * _SUMMARY], format).split())[:_SUMMARY]
    title = _title(value, head)
    return Entry(
        title=title or summary[:80] or "(no title)",
        byline=_name(value, head.author, head),
        published=published,
        published_text=None if published is not None else values.date_wording(date),
        comments=values.to_int(values.first_scalar(value, head.comments)),
        address=page_address(value, head) or values.to_name(values.first_scalar(value, head.link)) or "",
        summary=summary if title else summary[80:],
    )


def page_address(value: Any, head: ArticleFields) -> str | None:
    """The address of an article's own page."""
    address = values.to_name(values.first_scalar(value, head.url))
    known = values.to_name(values.first_scalar(value, head.id))
    if address and address.startswith("/"):
        address = head.site + address
    return address or (head.prefix + known if head.prefix and known else None)


def strip_html(text: str) -> str:
    """A line of text that is written as HTML, without its tags and entities."""
    return html.unescape(_TAGS.sub("", text)) if "&" in text or "<" in text else text


def _title(value: Any, head: ArticleFields) -> str:
    title = values.first_text(value, head.title)
    return markdown_format.clean_field(strip_html(title) if head.escaped else title) or ""


def _name(value: Any, paths: str, head: ArticleFields) -> str | None:
    name = values.to_identifier(values.first_scalar(value, paths))
    return markdown_format.clean_field(strip_html(name) if name and head.escaped else name)


def _body(value: Any, head: ArticleFields) -> tuple[Format, str]:
    """An article's body: the first of the formats in which it has one."""
    for format in BODY_FORMATS:
        body = values.first_text(value, getattr(head, format))
        if body:
            return format, html.unescape(body) if head.escaped and format != "html" else body
    return "plain", ""


def _pieces(body: str, format: Format) -> list[str]:
    if format == "markdown":
        return list(blocks.split_markdown(body))
    return [body] if body else []
