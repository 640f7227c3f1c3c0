"""Any other list of comments: objects with a text and an author, in an array, in JSON lines, or in a wrapper.

Which fields mean what is told by the names that such fields usually have. Parents are named, or hold their replies,
or there is a depth; where there is none of these, all comments stand at the top level, which is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from rumor_tui.model import Article, Confidence, Thread
from rumor_tui.readers import errors
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.envelopes import inner_documents
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.hint import Hint, SourceError

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
_SHAPE = CommentFields(
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
_HEAD = ArticleFields(
    title="title headline name subject",
    author=_AUTHORS,
    published=_DATES,
    score=_SHAPE.score,
    url="url link permalink href canonical_url html_url",
    plain="text body content description selftext",
)
_ABOUT = ("article", "post", "story", "thread", "topic", "page", "submission", "issue", "question", "video")
_CHILDREN = ("replies", "children", "comments", "responses", "answers", "kids")
_LOOKED_AT = 50
"""Objects whose fields are looked at to tell what the others have."""

_TAG = re.compile(
    r"</?(?:p|br|a|i|b|em|strong|div|span|blockquote|code|pre|ul|ol|li|img)(?:\s[^<>]*)?/?>"
    r"|&(?:gt|lt|quot|amp|nbsp|#x?[0-9a-fA-F]{2,5});"
)


def sniff(given: Document, hint: Hint) -> bool:
    """Whether there is a list of objects with a text and an author."""
    return _find(given) is not None


def read(given: Document, hint: Hint) -> Thread:
    """The comments as a thread. Raises SourceError when there are none."""
    found = _find(given)
    if found is None:
        raise SourceError(f"{errors.name_of(hint)} holds no list of comments.")
    nested = document.decode_objects(found.top)
    with document.pause_gc():
        rows, owners = build.flatten_nested(nested, _children)
    shape = _fitting(rows)
    confidence: Confidence = "explicit" if any(owner is not None for owner in owners) or _tells(shape) else "guessed"
    return build.build_thread(rows, shape, _about(given), hint.name, owners=owners, confidence=confidence)


def _find(given: Document) -> Document | None:
    """The list itself, or the one in a wrapper."""
    if isinstance(given.top, list) and _are_comments(given):
        return given
    return next((one for one in inner_documents(given) if isinstance(one.top, list) and _are_comments(one)), None)


def _are_comments(given: Document) -> bool:
    """Whether most of the first objects have a text and an author."""
    first = [document.decode_level(one) for one in given.top[:_LOOKED_AT] if document.opening_character(one) == "{"]
    rows = [document.decode_object(one) for one in first if isinstance(one, dict)]
    authors = values.scalar_column(rows, _AUTHORS)
    texts = values.text_column(rows, _TEXTS)
    both = sum(
        1 for author, text in zip(authors, texts, strict=True) if values.to_identifier(author) and text is not None
    )
    return 2 * both > len(rows) and not all(map(is_page, rows))


def is_page(row: Any) -> bool:
    """Whether it is an object that comments are about, and that holds them: with a title, and objects in a list."""
    return isinstance(row, dict) and "title" in row and any(document.object_keys(row.get(name)) for name in _CHILDREN)


def _children(node: Any) -> Sequence[Any]:
    """The objects that an object holds as its replies."""
    held = (values.get_field(node, name) for name in _CHILDREN)
    found = next((below for below in held if isinstance(below, list) and below and isinstance(below[0], dict)), [])
    return [one for one in found if isinstance(one, dict)]


def _fitting(rows: Sequence[Any]) -> CommentFields:
    """The shape with those paths only that the rows have, and the format that their texts show."""
    fields = set().union(*rows)
    kept: dict[str, Any] = {
        field: _kept(rows, paths, fields, field in ("id", "parent"))
        for field, paths in zip(CommentFields._fields, _SHAPE, strict=True)
        if isinstance(paths, str)
    }
    path = next(iter(_kept(rows, _TEXTS, fields, True).split()), "text")
    sample = "\n".join(values.to_text(value) for value in values.scalar_column(rows[:_LOOKED_AT], path))
    format = "html" if "html" in path or _TAG.search(sample) else "markdown" if "markdown" in path else "plain"
    return _SHAPE._replace(**{**kept, format: path})


def _kept(rows: Sequence[Any], paths: str, fields: Set[str], keys_only: bool) -> str:
    """The paths at which the rows have anything; of keys the first one, since they must be of one kind."""
    there = [path for path in paths.split() if path.partition(".")[0] in fields]
    kept = [
        path
        for path in there
        if any(values.to_identifier(value) is not None for value in values.scalar_column(rows, path))
    ]
    return " ".join(kept[:1] if keys_only else kept)


def _tells(shape: CommentFields) -> bool:
    return bool(shape.parent or shape.depth)


def _about(given: Document) -> Article:
    """What a wrapper says of the page that the comments are about."""
    if not isinstance(given.top, dict):
        return Article()
    for name in _ABOUT:
        inner = given.at(name)
        if isinstance(inner, dict) and values.is_text(document.decode_fully(inner.get("title"))):
            return field_maps.read_article(document.decode_object(inner), _HEAD)
    scalars = {
        key: document.decode_fully(value)
        for key, value in given.top.items()
        if document.opening_character(value) not in ("{", "[")
    }
    return field_maps.read_article(scalars, _HEAD)
