"""The comments of a comment system that pages embed, in the one form to which `sources.comment_rows` brings them all.

An object with the name of the system as `comment_system`, and `comments`: a flat list in any order, each with its `id`,
the `parent_id` that it answers, `author`, `created_at` (ISO 8601, or seconds or milliseconds since 1970), its text as
`html`, `markdown` or `text`, and `score`, `url` and `deleted`, as far as there are any.
"""

from __future__ import annotations

from rumor_tui.model import Article, Thread
from rumor_tui.readers.api.build import build_thread, drop_duplicates, sort_by_date
from rumor_tui.readers.api.document import Document, decode_objects, is_array
from rumor_tui.readers.api.field_maps import CommentFields, row_decoder
from rumor_tui.readers.source import Hint

_COMMENT = CommentFields(
    parent="parent_id",
    author="author",
    html="html",
    markdown="markdown",
    plain="text",
    published="created_at",
    score="score",
    url="url",
    deleted="deleted",
)


def sniff(document: Document, hint: Hint) -> bool:
    """Whether the object says that it is of a comment system, or has a list of comments with nothing in it, alone."""
    top = document.top
    if not isinstance(top, dict) or "comments" not in top:
        return False
    found = document.at("comments")
    return is_array(found) and ("comment_system" in top or (len(top) == 1 and not found))


def read(document: Document, hint: Hint) -> Thread:
    """The comments, oldest first, without an article: that is the page in which they are embedded."""
    rows = drop_duplicates(decode_objects(document.at("comments"), row_decoder(_COMMENT)), _COMMENT)
    return build_thread(sort_by_date(rows, _COMMENT), _COMMENT, Article(), hint.name)
