"""Mastodon's `context` of a status (docs.joinmastodon.org/methods/statuses/#context), and lists of statuses.

Read are `{"ancestors": […], "descendants": […]}`; the same with the status beside it, `{"status": {…}, "context":
{…}}`, or among its fields; and a flat list of statuses, in which the one that answers nothing is the article. What
the status answers is shown above it.
"""

from __future__ import annotations

from html import escape
from typing import Any

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Thread
from rumor_tui.readers.api.build import CommentBodies, build_thread, drop_duplicates, identifiers
from rumor_tui.readers.api.document import Document, decode_object, decode_objects, object_keys
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article
from rumor_tui.readers.api.values import (
    first_scalar,
    get_field,
    get_list,
    scalar_column,
    text_length,
    to_identifier,
    to_name,
    to_text,
)
from rumor_tui.readers.source import Hint

_COMMENT = CommentFields(
    parent="in_reply_to_id",
    author="account.acct account.username",
    html="content",
    published="created_at",
    score="favourites_count",
    url="url uri",
)
_ARTICLE = ArticleFields(
    title="no_title",
    author="account.acct account.username",
    html="content",
    published="created_at",
    score="favourites_count",
    about="card.url",
    url="url uri",
)
_STATUS = frozenset({"content", "account", "in_reply_to_id"})


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there is a context, or a status."""
    if {"ancestors", "descendants"} <= document.keys or document.keys >= _STATUS:
        return True
    return isinstance(document.at("context"), dict) and "descendants" in object_keys(document.at("context"))


def read(document: Document, hint: Hint) -> Thread:
    """The thread below the status."""
    context = next((place for place in (".", "context") if "descendants" in object_keys(document.at(place))), None)
    if context is None or not isinstance(document.top, dict):
        return _flat_thread(decode_objects(document.top), hint)
    before = "" if context == "." else "context."
    above = decode_objects(document.at(f"{before}ancestors"))
    below = decode_objects(document.at(f"{before}descendants"))
    status = next((document.at(place) for place in ("status", ".") if object_keys(document.at(place)) >= _STATUS), None)
    return _thread(decode_object(status) if status else None, above, below, hint)


def _flat_thread(rows: list[Any], hint: Hint) -> Thread:
    known = set(identifiers(rows, _COMMENT))
    tops = [row for row, to in enumerate(scalar_column(rows, _COMMENT.parent)) if to_identifier(to) not in known]
    if len(tops) != 1:
        return _thread(None, [], rows, hint)
    return _thread(rows[tops[0]], [], rows[: tops[0]] + rows[tops[0] + 1 :], hint)


def _thread(status: Any, above: list[Any], below: list[Any], hint: Hint) -> Thread:
    rows = drop_duplicates(below, _COMMENT)
    article = read_article(status, _ARTICLE) if status else Article(format="html")
    own = [_body(status)] if status else []
    article.pieces = [piece for piece in (*map(_as_quotation, above), *own) if piece]
    article.format = "html"
    lengths = [text_length(row.get("content")) for row in rows]
    texts = CommentBodies("html", LazyColumn(_body, rows), lengths)
    return build_thread(rows, _COMMENT, article, hint.name, texts=texts)


def _as_quotation(status: Any) -> str:
    """A status above the article, as a quotation with its author."""
    author = to_name(first_scalar(status, _COMMENT.author))
    return f"<p><strong>{escape(author or '')}</strong></p><blockquote>{_body(status)}</blockquote>"


def _body(status: Any) -> str:
    """The body of a status: its content warning, its text, its pictures' descriptions and the options of its poll."""
    warning = to_text(get_field(status, "spoiler_text"))
    parts = [
        f"<p><strong>{escape(warning)}</strong></p>" if warning else "",
        to_text(get_field(status, "content")),
    ]
    parts += [_picture(item) for item in get_list(status, "media_attachments")]
    options = [get_field(item, "title") for item in get_list(status, "poll.options")]
    if options:
        parts.append("<ul>" + "".join(f"<li>{escape(to_text(item))}</li>" for item in options) + "</ul>")
    return "".join(parts)


def _picture(media: Any) -> str:
    address, text = to_text(first_scalar(media, "url remote_url")), to_text(get_field(media, "description"))
    return f'<p><img src="{escape(address)}" alt="{escape(text)}"></p>' if address or text else ""
