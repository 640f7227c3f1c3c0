"""Any other list of comments: objects with a text and an author, in an array, in JSON lines, or in an envelope.

Fields are recognised by the names that they usually have. Comments name their parents, or contain their replies, or
have a depth; where they have none of these, all comments are at the top level, which is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from rumor_tui.model import Article, Confidence, SourceError, Thread
from rumor_tui.readers.api.build import build_thread
from rumor_tui.readers.api.document import (
    Document,
    decode_fully,
    decode_level,
    decode_object,
    decode_objects,
    is_array,
    is_object,
    object_keys,
    pause_gc,
)
from rumor_tui.readers.api.envelopes import inner_documents
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article
from rumor_tui.readers.api.values import get_field, is_text, scalar_column, text_column, to_identifier, to_text
from rumor_tui.readers.preorder import flatten_nested
from rumor_tui.readers.source import Hint, name_source

_PEOPLE = (
    "author author_name authorName user username user_name userName screen_name nick nickname by poster commenter "
    "creator_name creator from owner account"
)
_NAMES = "name username user_name userName login handle display_name displayName nick nickname screen_name"
_NESTED = " ".join(f"{who}.{name}" for who in _PEOPLE.split() for name in _NAMES.split())
_AUTHORS = f"{_PEOPLE} {_NESTED} name display_name"
_TEXTS = (
    "body_html content_html html body text content message comment comment_text commentText comment_body "
    "content.rendered text_content plain_text markdown body_markdown description"
)
_DATES = (
    "created_utc created_at createdAt created date_gmt date published published_at publishedAt timestamp time "
    "posted_at postedAt posted datetime creation_date date_created created_time updated_at"
)
_COMMENT = CommentFields(
    id="id _id ID comment_id commentId commentID cid uuid uid key objectID name permalink url",
    parent=(
        "parent parent_id parentId parentID parent_comment_id parentCommentId parent_comment in_reply_to inReplyTo "
        "in_reply_to_id inReplyToId reply_to replyTo reply_to_id replyToId replied_to parent.id in_reply_to.id "
        "reply_to.id"
    ),
    depth="depth level indent indent_level indentation",
    author=_AUTHORS,
    published=_DATES,
    score="score points likes upvotes ups like_count likeCount likes_count votes karma",
    url="permalink url link href html_url",
    deleted="deleted is_deleted isDeleted removed is_removed dead",
)
_ARTICLE = ArticleFields(
    title="title headline name subject",
    author=_AUTHORS,
    published=_DATES,
    score=_COMMENT.score,
    url="url link permalink href canonical_url html_url",
    plain="text body content description selftext",
)
_ABOUT = ("article", "post", "story", "thread", "topic", "page", "submission", "issue", "question", "video")
_CHILDREN = ("replies", "children", "comments", "responses", "answers", "kids")
_LOOKED_AT = 50
"""Objects that are inspected to find out which fields all of them have."""

_TAG = re.compile(
    r"</?(?:p|br|a|i|b|em|strong|div|span|blockquote|code|pre|ul|ol|li|img)(?:\s[^<>]*)?/?>"
    r"|&(?:gt|lt|quot|amp|nbsp|#x?[0-9a-fA-F]{2,5});"
)


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there is a list of objects with a text and an author."""
    return _find_comments(document) is not None


def read(document: Document, hint: Hint) -> Thread:
    """The comments as a thread. Raises SourceError when there are none."""
    comments = _find_comments(document)
    if comments is None:
        raise SourceError(f"{name_source(hint)} has no list of comments.")
    nested = decode_objects(comments.top)
    with pause_gc():
        rows, owners = flatten_nested(nested, _children)
    fields = _fit_fields(rows)
    is_nested = max(owners, default=-1) >= 0
    confidence: Confidence = "explicit" if is_nested or fields.parent or fields.depth else "guessed"
    return build_thread(rows, fields, _about(document), hint.name, owners=owners, confidence=confidence)


def _find_comments(document: Document) -> Document | None:
    """The list itself, or the one in an envelope."""
    if isinstance(document.top, list) and _are_comments(document):
        return document
    return next(
        (inner for inner in inner_documents(document) if isinstance(inner.top, list) and _are_comments(inner)), None
    )


def _are_comments(document: Document) -> bool:
    """Whether most of the first objects have a text and an author."""
    objects = [decode_level(item) for item in document.top[:_LOOKED_AT] if is_object(item)]
    rows = [decode_object(item) for item in objects if isinstance(item, dict)]
    authors = scalar_column(rows, _AUTHORS)
    texts = text_column(rows, _TEXTS)
    both = sum(1 for author, text in zip(authors, texts, strict=True) if to_identifier(author) and text is not None)
    return 2 * both > len(rows) and not all(map(is_page, rows))


def is_page(row: Any) -> bool:
    """Whether it is an article that contains its comments: an object with a title and a list of objects."""
    return isinstance(row, dict) and "title" in row and any(object_keys(row.get(name)) for name in _CHILDREN)


def _children(node: Any) -> Sequence[Any]:
    """The replies that an object contains."""
    held = (get_field(node, name) for name in _CHILDREN)
    children = next((below for below in held if isinstance(below, list) and below and isinstance(below[0], dict)), [])
    return [child for child in children if isinstance(child, dict)]


def _fit_fields(rows: Sequence[Any]) -> CommentFields:
    """The map with only those paths that the rows have, and the format that their texts suggest."""
    keys = set().union(*rows)
    kept: dict[str, Any] = {
        field: _paths_present(rows, paths, keys, field in ("id", "parent"))
        for field, paths in zip(CommentFields._fields, _COMMENT, strict=True)
        if isinstance(paths, str)
    }
    path = next(iter(_paths_present(rows, _TEXTS, keys, True).split()), "text")
    sample = "\n".join(to_text(value) for value in scalar_column(rows[:_LOOKED_AT], path))
    format = "html" if "html" in path or _TAG.search(sample) else "markdown" if "markdown" in path else "plain"
    return _COMMENT._replace(**{**kept, format: path})


def _paths_present(rows: Sequence[Any], paths: str, keys: Set[str], first_only: bool) -> str:
    """The paths at which the rows have anything; of identifiers only the first, since they must be of one kind."""
    present = [path for path in paths.split() if path.partition(".")[0] in keys]
    kept = [path for path in present if any(to_identifier(value) is not None for value in scalar_column(rows, path))]
    return " ".join(kept[:1] if first_only else kept)


def _about(document: Document) -> Article:
    """What an envelope says of the article that the comments are about."""
    if not isinstance(document.top, dict):
        return Article()
    for name in _ABOUT:
        inner = document.at(name)
        if isinstance(inner, dict) and is_text(decode_fully(inner.get("title"))):
            return read_article(decode_object(inner), _ARTICLE)
    scalars = {
        key: decode_fully(value) for key, value in document.top.items() if not (is_object(value) or is_array(value))
    }
    return read_article(scalars, _ARTICLE)
