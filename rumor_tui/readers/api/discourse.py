"""Discourse topics, `/t/<id>.json` (docs.discourse.org): an object with a `post_stream`; or posts alone.

The first post is the article. A post names by `reply_to_post_number` what it answers; replies to the first post stand
at the top level. `stream` has the identifiers of all posts: those that the document does not hold become a stub.
Posts that only tell of a change ("closed this topic") and say nothing are left out. Lists of topics are listings.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from rumor_tui import markdown_format
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.api.listings import articles_listing
from rumor_tui.readers.hint import Hint

VIA = "discourse"
"""What can load missing posts, by their identifiers."""

_SHAPE = CommentFields(
    id="post_number",
    parent="reply_to_post_number",
    author="username name",
    html="cooked",
    markdown="raw",
    published="created_at",
    deleted="deleted_at user_deleted",
)
_OTHERS = "id post_type actions_summary topic_id topic_slug topic_title"
_DECODER = field_maps.row_decoder(_SHAPE, _OTHERS)
_POST = ArticleFields(
    title="topic_title title", author="username name", html="cooked", markdown="raw", published="created_at"
)
_TOPIC = ArticleFields(
    title="title fancy_title",
    author="last_poster_username",
    plain="excerpt",
    published="created_at",
    score="like_count",
    comments="reply_count",
    url="url",
)
_LISTS = ("post_stream.posts", "latest_posts", "posts", ".")
_TOPICS = ("topic_list.topics", "topics")
_LIKE = 2
"""The number of the action "like" in `actions_summary`."""

_SMALL_ACTION = 3
"""The `post_type` of a post that tells of a change."""


def sniff(given: Document, hint: Hint) -> bool:
    """Whether there are posts, a topic without any, or a list of topics."""
    if isinstance(given.top, dict) and "post_stream" in given.top:
        return True
    return _posts_place(given) is not None or _topics(given) is not None


def _posts_place(given: Document) -> str | None:
    wanted = frozenset({"post_number", "topic_id"})
    return next((place for place in _LISTS if wanted <= document.object_keys(given.at(place))), None)


def _topics(given: Document) -> Any:
    wanted = frozenset({"posts_count", "slug", "title"})
    return next((place for place in _TOPICS if wanted <= document.object_keys(given.at(place))), None)


def read(given: Document, hint: Hint) -> Thread | Listing:
    """The topic; or the topics to choose from."""
    place = _posts_place(given)
    topics = _topics(given)
    if place is None and topics is not None:
        heads = document.decode_objects(given.at(topics))
        for head in heads:
            head["url"] = _topic_url(hint, head.get("slug"), head.get("id"))
        return articles_listing("Discourse topics", heads, _TOPIC, hint)
    return _topic(given, place or _LISTS[0], hint)


def _topic(given: Document, place: str, hint: Hint) -> Thread:
    posts = [post for post in document.decode_objects(given.at(place), _DECODER) if not _says_nothing(post)]
    if len({values.to_identifier(topic) for topic in values.scalar_column(posts, "topic_id")} - {None}) > 1:
        shape = _SHAPE._replace(parent="", id="id")
        return build.build_thread(
            posts, shape, Article(title="Latest posts"), hint.name, scores=list(map(_likes, posts))
        )
    topic = document.decode_object(given.top) if place == _LISTS[0] else {}
    rows = build.drop_duplicates(sorted(posts, key=_number), _SHAPE)
    first = rows.pop(0) if rows and _number(rows[0]) == 1 else None
    article = _article(topic, first, rows, hint)
    held = {values.to_identifier(values.get_field(post, "id")) for post in [first, *rows]}
    missing = tuple(key for key in map(values.to_name, _stream(topic)) if key and key not in held)
    return build.build_thread(
        rows,
        _SHAPE._replace(prefix=f"{article.url}/") if article.url else _SHAPE,
        article,
        hint.name,
        scores=list(map(_likes, rows)),
        stubs=[Stub(-1, len(missing), VIA, missing)] if missing else [],
    )


def _article(topic: dict[str, Any], first: Any, rows: list[Any], hint: Hint) -> Article:
    """The first post, with what the topic (or else a post) says of both."""
    post = next((post for post in (first, *rows) if post is not None), None)
    article = field_maps.read_article(first, _POST)
    article.title = (
        markdown_format.clean_field(values.to_identifier(values.first_scalar(topic, "title fancy_title")))
        or article.title
    )
    slug = values.first_scalar(topic, "slug") or values.first_scalar(post, "topic_slug")
    article.url = (
        _topic_url(hint, slug, values.first_scalar(topic, "id") or values.first_scalar(post, "topic_id")) or None
    )
    article.score = _likes(first)
    return article


def _stream(topic: dict[str, Any]) -> list[Any]:
    stream = values.get_path(topic, "post_stream.stream")
    return stream if isinstance(stream, list) else []


def _says_nothing(post: Any) -> bool:
    return values.get_field(post, "post_type") == _SMALL_ACTION and not values.first_text(post, "cooked raw")


def _number(post: Any) -> int:
    return values.to_int(values.get_field(post, "post_number")) or 0


def _likes(post: Any) -> int | None:
    summary = values.get_field(post, "actions_summary")
    actions = summary if isinstance(summary, list) else []
    likes = [
        values.to_int(values.get_field(action, "count"))
        for action in actions
        if values.get_field(action, "id") == _LIKE
    ]
    return likes[0] if likes else None


def _topic_url(hint: Hint, slug: Any, number: Any) -> str:
    """The topic's page; nothing where it is not known on which site it is (the document does not say)."""
    known = values.to_name(number)
    try:
        parts = urlsplit(hint.name)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or not known:
        return ""
    folder = parts.path.partition("/t/")[0] if "/t/" in parts.path else ""
    return f"{parts.scheme}://{parts.netloc}{folder}/t/{values.to_name(slug) or '-'}/{known}"
