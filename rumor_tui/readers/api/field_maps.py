"""What the fields of a site's comments and articles mean, as data, and articles read by such data.

Every field of a map is one path or several, separated by spaces, of which the first that has a value counts
(`values.scalar_column`). So the paths of one site can cover several versions of its API.
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
from rumor_tui.links import page_elsewhere
from rumor_tui.model import Article, Entry, Format
from rumor_tui.readers.api.values import (
    date_wording,
    first_scalar,
    first_text,
    to_identifier,
    to_int,
    to_name,
    to_timestamp,
)

BODY_FORMATS: tuple[Format, ...] = ("html", "markdown", "plain")
"""Where a site gives a body in several formats the first counts: it is what its own page shows."""


class CommentFields(NamedTuple):
    """The paths of a comment's fields.

    What a comment answers is given by `parent`, the `id` of another one. `deleted` is any value that is true for a
    deleted comment. A comment without `url` has the address `prefix` + its id.
    """

    id: str = "id"
    parent: str = ""
    author: str = ""
    html: str = ""
    markdown: str = ""
    plain: str = ""
    published: str = ""
    score: str = ""
    url: str = ""
    deleted: str = ""
    prefix: str = ""


class ArticleFields(NamedTuple):
    """The paths of the fields of what comments are about: an article, a post, a question, alone or in a list.

    `link` is what it links to and `url` its own page, which may be a path on `site`; without one it is `prefix` + its
    identifier. `about` is what a post links to whose address is its own page's all the same: the card of a preview.
    `comments` is their number. `escaped` says that titles are HTML.
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
    about: str = ""
    url: str = ""
    comments: str = ""
    prefix: str = ""
    site: str = ""
    escaped: bool = False


@cache
def row_decoder(fields: CommentFields, others: str = "") -> msgspec.json.Decoder[Any]:
    """A decoder of the fields that the map or `others` name, which leaves bodies undecoded.

    Fields may be of any type; only what is not an object, or not JSON, is refused.
    """
    bodies = {*fields.html.split(), *fields.markdown.split(), *fields.plain.split()}
    paths = [field for field in fields._replace(prefix="") if isinstance(field, str)]
    try:
        return msgspec.json.Decoder(_struct([path.split(".") for path in " ".join([*paths, others]).split()], bodies))
    except ValueError:  # a key that cannot be the name of an attribute
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
"""Length of an entry's summary, in characters."""


def read_article(value: Any, fields: ArticleFields) -> Article:
    """The article that an object describes; an empty one for any other value."""
    date = first_scalar(value, fields.published)
    published = to_timestamp(date)
    format, body = _body(value, fields)
    return Article(
        title=_title(value, fields),
        byline=_name(value, fields.author, fields),
        published=published,
        published_text=None if published is not None else date_wording(date),
        url=to_name(first_scalar(value, fields.link)) or page_address(value, fields),
        pieces=_pieces(body, format),
        format=format,
        score=to_int(first_scalar(value, fields.score)),
        link=page_elsewhere(_linked(value, fields), fields.site, fields.prefix, page_address(value, fields)),
        discussion_url=page_address(value, fields),
    )


def _linked(value: Any, fields: ArticleFields) -> str | None:
    address = to_name(first_scalar(value, fields.about or fields.link))
    return html.unescape(address) if address and fields.escaped else address


def read_entry(value: Any, fields: ArticleFields) -> Entry:
    """The same as an entry of a listing; its address is the page of the comments."""
    article = read_article(value, fields)
    address = page_address(value, fields) or article.url or ""
    return article_entry(article, "".join(article.pieces), to_int(first_scalar(value, fields.comments)), address)


def article_entry(
    article: Article, start: str, comments: int | None, address: str, format: Format | None = None
) -> Entry:
    """An article as an entry of a listing; `start` is what its summary is made of, in its format or another one."""
    summary = " ".join(blocks.body_text(start[: 4 * _SUMMARY], format or article.format).split())[:_SUMMARY]
    return Entry(
        title=article.title or summary[:80] or "(no title)",
        byline=article.byline,
        published=article.published,
        published_text=article.published_text,
        comments=comments,
        address=address,
        summary=summary if article.title else summary[80:],
        link=article.link or "",
    )


def page_address(value: Any, fields: ArticleFields) -> str | None:
    """The address of an article's own page."""
    address = to_name(first_scalar(value, fields.url))
    identifier = to_name(first_scalar(value, fields.id))
    if address and address.startswith("/"):
        address = fields.site + address
    return address or (fields.prefix + identifier if fields.prefix and identifier else None)


def strip_html(text: str) -> str:
    """The text of a line of HTML, without tags and entities."""
    return html.unescape(_TAGS.sub("", text)) if "&" in text or "<" in text else text


def _title(value: Any, fields: ArticleFields) -> str:
    title = first_text(value, fields.title)
    return markdown_format.clean_field(strip_html(title) if fields.escaped else title) or ""


def _name(value: Any, paths: str, fields: ArticleFields) -> str | None:
    name = to_identifier(first_scalar(value, paths))
    return markdown_format.clean_field(strip_html(name) if name and fields.escaped else name)


def _body(value: Any, fields: ArticleFields) -> tuple[Format, str]:
    """An article's body in the first format in which it has one."""
    for format in BODY_FORMATS:
        body = first_text(value, getattr(fields, format))
        if body:
            return format, html.unescape(body) if fields.escaped and format != "html" else body
    return "plain", ""


def _pieces(body: str, format: Format) -> list[str]:
    if format == "markdown":
        return list(blocks.split_markdown(body))
    return [body] if body else []


def as_markdown(body: str, format: Format) -> str:
    """A body of any format as Markdown."""
    return body if format == "markdown" else blocks.to_markdown(blocks.parse_body(body, format)).strip("\n")
