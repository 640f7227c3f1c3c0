"""Bluesky's `app.bsky.feed.getPostThread` (docs.bsky.app): a post with `replies` below and `parent` above it.

The post is the article, preceded by what it answers as quotations. Posts that are missing or blocked count as deleted
where they have replies, and are left out where they have none. Facets become links, pictures their descriptions,
quoted posts quotations. A feed of posts is a listing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api.build import CommentBodies, articles_listing, build_thread
from rumor_tui.readers.api.document import Document, decode_object, decode_objects, object_keys
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article
from rumor_tui.readers.api.values import (
    first_scalar,
    get_field,
    get_list,
    get_objects,
    get_path,
    scalar_column,
    text_length,
    to_int,
    to_name,
    to_text,
)
from rumor_tui.readers.preorder import flatten_nested
from rumor_tui.readers.source import Hint

APP = "https://bsky.app/profile/"

_COMMENT = CommentFields(
    id="post.uri uri",
    author="post.author.handle author.handle",
    plain="post.record.text",
    published="post.record.createdAt post.indexedAt",
    score="post.likeCount",
    deleted="notFound blocked",
)
_ARTICLE = ArticleFields(
    id="post.uri",
    title="no_title",
    author="post.author.handle",
    plain="post.record.text",
    published="post.record.createdAt post.indexedAt",
    score="post.likeCount",
    comments="post.replyCount",
    about="post.embed.external.uri post.embed.media.external.uri post.record.embed.external.uri"
    " post.record.embed.media.external.uri",
    url="page",
)
_LINK = "app.bsky.richtext.facet#link"
_MENTION = "app.bsky.richtext.facet#mention"


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there is a post with a record, as a thread or in a feed."""
    return _thread_place(document) is not None or {"post"} <= object_keys(document.at("feed"))


def _thread_place(document: Document) -> str | None:
    for place in ("thread", "."):
        post = document.at("thread.post" if place == "thread" else "post")
        if {"record", "uri"} <= object_keys(post):
            return place
    return None


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The thread below the post; the posts to choose from, where it is a feed."""
    place = _thread_place(document)
    if place is None:
        posts = decode_objects(document.at("feed"))
        for post in posts:
            post["page"] = _post_url(post)
        return articles_listing("Bluesky", posts, _ARTICLE, hint)
    root = decode_object(document.at(place))
    rows, owners = flatten_nested(_replies(root), _replies)
    lengths = [text_length(first_scalar(row, _COMMENT.plain)) for row in rows]
    texts = CommentBodies("html", LazyColumn(_body, rows), lengths)
    urls = [_post_url(row) for row in rows]
    stubs = _stubs(rows)
    return build_thread(rows, _COMMENT, _article(root), hint.name, owners=owners, texts=texts, urls=urls, stubs=stubs)


def _replies(node: Any) -> Sequence[Any]:
    """What answers a post: posts, and of those that are not found or blocked the ones that something answers."""
    replies = get_objects(node, "replies")
    return [reply for reply in replies if isinstance(reply.get("post"), dict) or reply.get("replies")]


def _stubs(rows: Sequence[Any]) -> list[Stub]:
    """Stubs for replies that a post counts but the document does not have, since it ends at some depth."""
    counts = [to_int(value) or 0 for value in scalar_column(rows, "post.replyCount")]
    return [Stub(row, count) for row, count in enumerate(counts) if count > 0 and "replies" not in rows[row]]


def _article(root: dict[str, Any]) -> Article:
    article = read_article({**root, "page": _post_url(root)}, _ARTICLE)
    above: list[str] = []
    node = root.get("parent")
    while isinstance(node, dict):
        above.append(_as_quotation(node))
        node = node.get("parent")
    article.pieces = [*reversed(above), _body(root)]
    article.format = "html"
    return article


def _as_quotation(node: dict[str, Any]) -> str:
    author = to_name(first_scalar(node, _COMMENT.author)) or ""
    return f"<p><strong>{escape(author)}</strong></p><blockquote>{_body(node) or '(deleted)'}</blockquote>"


def _post_url(node: Any) -> str | None:
    """The page of a post in the app, made of its `at:` address and its author's handle."""
    parts = (to_name(first_scalar(node, _COMMENT.id)) or "").split("/")
    if len(parts) != 5 or parts[0] != "at:":
        return None
    who = to_name(first_scalar(node, _COMMENT.author)) or parts[2]
    return f"{APP}{who}/post/{parts[4]}"


def _body(node: Any) -> str:
    """The text of a post as HTML, with its links, pictures, cards and quotations."""
    record = get_path(node, "post.record")
    text = to_text(get_field(record, "text"))
    parts = [f"<p>{_with_links(text, get_list(record, 'facets'))}</p>" if text else ""]
    embed = get_path(node, "post.embed") or get_field(record, "embed")
    return "".join([*parts, *_link_card(embed), *_picture_descriptions(embed), *_quoted_post(embed)])


def _with_links(text: str, facets: list[Any]) -> str:
    """The text with its facets, whose places are counted in bytes of UTF-8, as links."""
    data = text.encode("utf-8", "replace")
    parts: list[str] = []
    place = 0
    for start, end, target in sorted(_link_targets(facets, len(data))):
        if start >= place:
            parts += [_html(data[place:start]), f'<a href="{escape(target)}">{_html(data[start:end])}</a>']
            place = end
    return "".join([*parts, _html(data[place:])])


def _html(data: bytes) -> str:
    return escape(data.decode("utf-8", "replace"), quote=False).replace("\n", "<br>")


def _link_targets(facets: list[Any], size: int) -> Iterator[tuple[int, int, str]]:
    for facet in facets:
        start, end = (to_int(get_path(facet, f"index.byte{name}")) for name in ("Start", "End"))
        target = next(filter(None, map(_link_target, get_list(facet, "features"))), "")
        if target and start is not None and end is not None and 0 <= start < end <= size:
            yield start, end, target


def _link_target(feature: Any) -> str:
    if get_field(feature, "$type") == _LINK:
        return to_text(get_field(feature, "uri"))
    did = to_text(get_field(feature, "did")) if get_field(feature, "$type") == _MENTION else ""
    return APP + did if did else ""


def _link_card(embed: Any) -> list[str]:
    """The page that a post points to."""
    address = to_text(first_scalar(embed, "external.uri media.external.uri"))
    title = to_text(first_scalar(embed, "external.title media.external.title")) or address
    return [f'<p><a href="{escape(address)}">{escape(title)}</a></p>'] if address else []


def _picture_descriptions(embed: Any) -> list[str]:
    pictures = get_list(embed, "images") or get_list(embed, "media.images")
    texts = [to_text(get_field(picture, "alt")) for picture in pictures]
    return [f'<p><img alt="{escape(alt)}"></p>' for alt in texts if alt]


def _quoted_post(embed: Any) -> list[str]:
    """The quotation of a post, which is one level deeper where there are other media."""
    text = to_text(first_scalar(embed, "record.value.text record.record.value.text"))
    author = to_name(first_scalar(embed, "record.author.handle record.record.author.handle")) or ""
    return [f"<blockquote><p><strong>{escape(author)}</strong></p><p>{escape(text)}</p></blockquote>"] if text else []
