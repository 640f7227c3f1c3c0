"""Mastodon's `context` of a status (docs.joinmastodon.org/methods/statuses/#context), and lists of statuses.

Read are `{"ancestors": […], "descendants": […]}`; the same with the status beside it, `{"status": {…}, "context":
{…}}`, or among its fields; and a flat list of statuses, in which the one that answers nothing is the article. What
the status answers is shown above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.hint import Hint

JOINS = True
"""Parts that lie beside each other in a wrapper are read as one list."""

_SHAPE = CommentFields(
    parent="in_reply_to_id",
    author="account.acct account.username",
    html="content",
    published="created_at",
    score="favourites_count",
    url="url uri",
)
_HEAD = ArticleFields(
    title="no_title",
    author="account.acct account.username",
    html="content",
    published="created_at",
    score="favourites_count",
    url="url uri",
)
_STATUS = frozenset({"content", "account", "in_reply_to_id"})


def sniff(given: Document, hint: Hint) -> bool:
    """Whether there is a context, or a status."""
    if {"ancestors", "descendants"} <= given.keys or given.keys >= _STATUS:
        return True
    return isinstance(given.at("context"), dict) and "descendants" in document.object_keys(given.at("context"))


def read(given: Document, hint: Hint) -> Thread:
    """The thread below the status."""
    context = next(
        (place for place in (".", "context") if "descendants" in document.object_keys(given.at(place))), None
    )
    if context is None or not isinstance(given.top, dict):
        return _flat(document.decode_objects(given.top), hint)
    before = "" if context == "." else "context."
    above = document.decode_objects(given.at(f"{before}ancestors"))
    below = document.decode_objects(given.at(f"{before}descendants"))
    status = next(
        (given.at(place) for place in ("status", ".") if document.object_keys(given.at(place)) >= _STATUS), None
    )
    return _thread(document.decode_object(status) if status else None, above, below, hint)


def _flat(rows: list[Any], hint: Hint) -> Thread:
    known = set(build.identifiers(rows, _SHAPE))
    tops = [
        row for row, to in enumerate(values.scalar_column(rows, _SHAPE.parent)) if values.to_identifier(to) not in known
    ]
    if len(tops) != 1:
        return _thread(None, [], rows, hint)
    return _thread(rows[tops[0]], [], rows[: tops[0]] + rows[tops[0] + 1 :], hint)


def _thread(status: Any, above: list[Any], below: list[Any], hint: Hint) -> Thread:
    rows = build.drop_duplicates(below, _SHAPE)
    article = field_maps.read_article(status, _HEAD) if status else Article(format="html")
    own = [_body(status)] if status else []
    article.pieces = [piece for piece in (*map(_quoted, above), *own) if piece]
    article.format = "html"
    lengths = [values.text_length(row.get("content")) for row in rows]
    texts = build.CommentBodies("html", LazyColumn(_body, rows), lengths)
    return build.build_thread(rows, _SHAPE, article, hint.name, texts=texts)


def _quoted(status: Any) -> str:
    """A status above the one that is read: who wrote it, and what, as a quotation."""
    author = markdown_format.clean_field(values.to_identifier(values.first_scalar(status, _SHAPE.author)))
    return f"<p><strong>{escape(author or '')}</strong></p><blockquote>{_body(status)}</blockquote>"


def _body(status: Any) -> str:
    """A status with the warning before it, what its pictures show, and the answers of its poll."""
    warning = values.to_text(values.get_field(status, "spoiler_text"))
    parts = [
        f"<p><strong>{escape(warning)}</strong></p>" if warning else "",
        values.to_text(values.get_field(status, "content")),
    ]
    parts += [_picture(one) for one in _list(values.get_field(status, "media_attachments"))]
    options = [values.get_field(one, "title") for one in _list(values.get_path(status, "poll.options"))]
    if options:
        parts.append("<ul>" + "".join(f"<li>{escape(values.to_text(one))}</li>" for one in options) + "</ul>")
    return "".join(parts)


def _picture(media: Any) -> str:
    address, says = (
        values.to_text(values.first_scalar(media, "url remote_url")),
        values.to_text(values.get_field(media, "description")),
    )
    return f'<p><img src="{escape(address)}" alt="{escape(says)}"></p>' if address or says else ""


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
