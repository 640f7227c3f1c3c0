"""Bluesky's `app.bsky.feed.getPostThread` (docs.bsky.app): a post with `replies` below and `parent` above it.

The post is the article, with what it answers above it as quotations. Posts that are not found or blocked stand as
deleted ones where something answers them, and are left out where nothing does. Facets are links, pictures their
descriptions, quoted posts quotations. A feed of posts is a listing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.api.listings import articles_listing
from rumor_tui.readers.hint import Hint

APP = "https://bsky.app/profile/"

_SHAPE = CommentFields(
    id="post.uri uri",
    author="post.author.handle author.handle",
    plain="post.record.text",
    published="post.record.createdAt post.indexedAt",
    score="post.likeCount",
    deleted="notFound blocked",
)
_HEAD = ArticleFields(
    id="post.uri",
    title="no_title",
    author="post.author.handle",
    plain="post.record.text",
    published="post.record.createdAt post.indexedAt",
    score="post.likeCount",
    comments="post.replyCount",
    url="page",
)
_LINK = "app.bsky.richtext.facet#link"
_MENTION = "app.bsky.richtext.facet#mention"


def sniff(given: Document, hint: Hint) -> bool:
    """Whether there is a post with a record, as a thread or in a feed."""
    return _place(given) is not None or {"post"} <= document.object_keys(given.at("feed"))


def _place(given: Document) -> str | None:
    for place in ("thread", "."):
        post = given.at("thread.post" if place == "thread" else "post")
        if {"record", "uri"} <= document.object_keys(post):
            return place
    return None


def read(given: Document, hint: Hint) -> Thread | Listing:
    """The thread below the post; the posts to choose from, where it is a feed."""
    place = _place(given)
    if place is None:
        posts = document.decode_objects(given.at("feed"))
        for post in posts:
            post["page"] = _page(post)
        return articles_listing("Bluesky", posts, _HEAD, hint)
    root = document.decode_object(given.at(place))
    rows, owners = build.flatten_nested(_replies(root), _replies)
    lengths = [values.text_length(values.first_scalar(row, _SHAPE.plain)) for row in rows]
    texts = build.CommentBodies("html", LazyColumn(_body, rows), lengths)
    urls = [_page(row) for row in rows]
    stubs = _stubs(rows)
    return build.build_thread(
        rows, _SHAPE, _article(root), hint.name, owners=owners, texts=texts, urls=urls, stubs=stubs
    )


def _replies(node: Any) -> Sequence[Any]:
    """What answers a post: posts, and of those that are not found or blocked the ones that something answers."""
    replies = values.get_field(node, "replies")
    kept = (one for one in replies if isinstance(one, dict)) if isinstance(replies, list) else ()
    return [one for one in kept if isinstance(one.get("post"), dict) or one.get("replies")]


def _stubs(rows: Sequence[Any]) -> list[Stub]:
    """Replies that a post counts where the document stops at a depth: then it does not even say that it has none."""
    counts = [values.to_int(value) or 0 for value in values.scalar_column(rows, "post.replyCount")]
    return [Stub(row, count) for row, count in enumerate(counts) if count > 0 and "replies" not in rows[row]]


def _article(root: dict[str, Any]) -> Article:
    article = field_maps.read_article({**root, "page": _page(root)}, _HEAD)
    above: list[str] = []
    node = root.get("parent")
    while isinstance(node, dict):
        above.append(_quoted(node))
        node = node.get("parent")
    article.pieces = [*reversed(above), _body(root)]
    article.format = "html"
    return article


def _quoted(node: dict[str, Any]) -> str:
    author = markdown_format.clean_field(values.to_identifier(values.first_scalar(node, _SHAPE.author))) or ""
    return f"<p><strong>{escape(author)}</strong></p><blockquote>{_body(node) or '(deleted)'}</blockquote>"


def _page(node: Any) -> str | None:
    """The page of a post in the app, made of its `at:` address and its author's handle."""
    parts = (values.to_name(values.first_scalar(node, _SHAPE.id)) or "").split("/")
    if len(parts) != 5 or parts[0] != "at:":
        return None
    who = values.to_name(values.first_scalar(node, _SHAPE.author)) or parts[2]
    return f"{APP}{who}/post/{parts[4]}"


def _body(node: Any) -> str:
    """The text of a post as HTML, with its links, pictures, cards and quotations."""
    record = values.get_path(node, "post.record")
    text = values.to_text(values.get_field(record, "text"))
    parts = [f"<p>{_linked(text, values.get_field(record, 'facets'))}</p>" if text else ""]
    embed = values.get_path(node, "post.embed") or values.get_field(record, "embed")
    return "".join([*parts, *_card(embed), *_pictures(embed), *_quotation(embed)])


def _linked(text: str, facets: Any) -> str:
    """The text with its facets, whose places are counted in bytes of UTF-8, as links."""
    data = text.encode("utf-8", "replace")
    parts: list[str] = []
    place = 0
    for start, end, target in sorted(_targets(facets, len(data))):
        if start >= place:
            parts += [_html(data[place:start]), f'<a href="{escape(target)}">{_html(data[start:end])}</a>']
            place = end
    return "".join([*parts, _html(data[place:])])


def _html(data: bytes) -> str:
    return escape(data.decode("utf-8", "replace"), quote=False).replace("\n", "<br>")


def _targets(facets: Any, size: int) -> Iterator[tuple[int, int, str]]:
    for facet in facets if isinstance(facets, list) else ():
        start, end = (values.to_int(values.first_scalar(facet, f"index.byte{name}")) for name in ("Start", "End"))
        features = values.get_field(facet, "features")
        target = next(filter(None, map(_target, features if isinstance(features, list) else ())), "")
        if target and start is not None and end is not None and 0 <= start < end <= size:
            yield start, end, target


def _target(feature: Any) -> str:
    if values.get_field(feature, "$type") == _LINK:
        return values.to_text(values.get_field(feature, "uri"))
    did = values.to_text(values.get_field(feature, "did")) if values.get_field(feature, "$type") == _MENTION else ""
    return APP + did if did else ""


def _card(embed: Any) -> list[str]:
    """The page that a post points to."""
    address = values.to_text(values.first_scalar(embed, "external.uri media.external.uri"))
    title = values.to_text(values.first_scalar(embed, "external.title media.external.title")) or address
    return [f'<p><a href="{escape(address)}">{escape(title)}</a></p>'] if address else []


def _pictures(embed: Any) -> list[str]:
    pictures = values.get_path(embed, "images") or values.get_path(embed, "media.images")
    says = [values.to_text(values.get_field(one, "alt")) for one in (pictures if isinstance(pictures, list) else ())]
    return [f'<p><img alt="{escape(alt)}"></p>' for alt in says if alt]


def _quotation(embed: Any) -> list[str]:
    """A post that is quoted; with other media beside it, it lies one level deeper."""
    text = values.to_text(values.first_scalar(embed, "record.value.text record.record.value.text"))
    author = (
        markdown_format.clean_field(
            values.to_identifier(values.first_scalar(embed, "record.author.handle record.record.author.handle"))
        )
        or ""
    )
    return [f"<blockquote><p><strong>{escape(author)}</strong></p><p>{escape(text)}</p></blockquote>"] if text else []
