"""Discourse topics, `/t/<id>.json` (docs.discourse.org): an object with a `post_stream`; or posts alone.

The first post is the article. `reply_to_post_number` is the parent of a post; replies to the first post are at the top
level. `stream` has the identifiers of all posts: those missing from the document become a stub. Posts that only
report a change ("closed this topic") are left out. Lists of topics are listings.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from rumor_tui.links import page_elsewhere
from rumor_tui.model import Article, Listing, Stub, Thread
from rumor_tui.readers.api.build import articles_listing, build_thread, drop_duplicates
from rumor_tui.readers.api.document import Document, decode_object, decode_objects, object_keys
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article, row_decoder
from rumor_tui.readers.api.values import (
    first_scalar,
    first_text,
    get_field,
    get_list,
    scalar_column,
    to_identifier,
    to_int,
    to_name,
)
from rumor_tui.readers.source import Hint

VIA = "discourse"
"""What can load missing posts by their identifiers."""

_COMMENT = CommentFields(
    id="post_number",
    parent="reply_to_post_number",
    author="username name",
    html="cooked",
    markdown="raw",
    published="created_at",
    deleted="deleted_at user_deleted",
)
_OTHERS = "id post_type actions_summary topic_id topic_slug topic_title"
_DECODER = row_decoder(_COMMENT, _OTHERS)
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
"""The identifier of the action "like" in `actions_summary`."""

_SMALL_ACTION = 3
"""The `post_type` of a post that reports a change."""


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there are posts, a topic without any, or a list of topics."""
    if isinstance(document.top, dict) and "post_stream" in document.top:
        return True
    return _posts_place(document) is not None or _topics(document) is not None


def _posts_place(document: Document) -> str | None:
    wanted = frozenset({"post_number", "topic_id"})
    keys = ((place, object_keys(document.at(place))) for place in _LISTS)
    return next((place for place, own in keys if wanted <= own and own & {"cooked", "raw"}), None)


def _topics(document: Document) -> Any:
    if "posts" in document.keys:
        return None  # what a search found
    wanted = frozenset({"posts_count", "slug", "title"})
    return next((place for place in _TOPICS if wanted <= object_keys(document.at(place))), None)


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The topic; or the topics to choose from."""
    place = _posts_place(document)
    topics = _topics(document)
    if place is None and topics is not None:
        heads = decode_objects(document.at(topics))
        for head in heads:
            head["url"] = _topic_url(hint, head.get("slug"), head.get("id"))
        return articles_listing("Discourse topics", heads, _TOPIC, hint)
    return _topic(document, place or _LISTS[0], hint)


def _topic(document: Document, place: str, hint: Hint) -> Thread:
    posts = [post for post in decode_objects(document.at(place), _DECODER) if not _is_small_action(post)]
    if len({to_identifier(topic) for topic in scalar_column(posts, "topic_id")} - {None}) > 1:
        fields = _COMMENT._replace(parent="", id="id")
        return build_thread(posts, fields, Article(title="Latest posts"), hint.name, scores=list(map(_likes, posts)))
    topic = decode_object(document.top) if place == _LISTS[0] else {}
    rows = drop_duplicates(sorted(posts, key=_post_number), _COMMENT)
    first = rows.pop(0) if rows and _post_number(rows[0]) == 1 else None
    article = _article(topic, first, rows, hint)
    fields = _COMMENT._replace(prefix=f"{article.url}/") if article.url else _COMMENT
    stubs = _missing_posts(topic, [first, *rows])
    return build_thread(rows, fields, article, hint.name, scores=list(map(_likes, rows)), stubs=stubs)


def _missing_posts(topic: dict[str, Any], posts: list[Any]) -> list[Stub]:
    """A stub for the posts that the topic's stream has and the document has not."""
    present = {to_identifier(get_field(post, "id")) for post in posts}
    missing = [key for key in map(to_name, get_list(topic, "post_stream.stream")) if key and key not in present]
    return [Stub(-1, len(missing), VIA, tuple(missing))] if missing else []


def _article(topic: dict[str, Any], first: Any, rows: list[Any], hint: Hint) -> Article:
    """The first post, with the title and the address of the topic."""
    post = next((post for post in (first, *rows) if post is not None), None)
    article = read_article(first, _POST)
    article.title = to_name(first_scalar(topic, "title fancy_title")) or article.title
    slug = first_scalar(topic, "slug") or first_scalar(post, "topic_slug")
    article.url = _topic_url(hint, slug, first_scalar(topic, "id") or first_scalar(post, "topic_id")) or None
    article.score = _likes(first)
    article.link = page_elsewhere(to_name(first_scalar(topic, "featured_link")), hint.name)
    return article


def _is_small_action(post: Any) -> bool:
    return get_field(post, "post_type") == _SMALL_ACTION and not first_text(post, "cooked raw")


def _post_number(post: Any) -> int:
    return to_int(get_field(post, "post_number")) or 0


def _likes(post: Any) -> int | None:
    actions = get_list(post, "actions_summary")
    likes = [to_int(get_field(action, "count")) for action in actions if get_field(action, "id") == _LIKE]
    return likes[0] if likes else None


def _topic_url(hint: Hint, slug: Any, number: Any) -> str:
    """The page of a topic; empty where the site is unknown, which the document does not name."""
    known = to_name(number)
    try:
        parts = urlsplit(hint.name)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or not known:
        return ""
    folder = parts.path.partition("/t/")[0] if "/t/" in parts.path else ""
    return f"{parts.scheme}://{parts.netloc}{folder}/t/{to_name(slug) or '-'}/{known}"
