"""Stack Exchange questions (api.stackexchange.com/docs): `items` with `answers` and `comments` in them.

Answers are at the top level, comments below their answer, comments on the question at the top level before the
answers. Several questions are a listing. Names, titles and Markdown bodies contain HTML entities.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Listing, Thread
from rumor_tui.readers.api.build import build_thread, make_listing
from rumor_tui.readers.api.document import Document, decode_objects, object_keys
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article, read_entry
from rumor_tui.readers.api.values import get_objects, to_identifier
from rumor_tui.readers.source import Hint

_COMMENT = CommentFields(
    id="answer_id comment_id",
    author="owner.display_name",
    html="body",
    markdown="body_markdown",
    published="creation_date",
    score="score",
    url="link share_link",
    escaped=True,
)
_ARTICLE = ArticleFields(
    id="question_id",
    author="owner.display_name",
    html="body",
    markdown="body_markdown",
    published="creation_date",
    score="score",
    url="link share_link",
    comments="answer_count",
    escaped=True,
)
_MARKS = (
    frozenset({"question_id", "title"}),
    frozenset({"answer_id", "question_id"}),
    frozenset({"comment_id", "post_id"}),
)


def sniff(document: Document, hint: Hint) -> bool:
    """Whether there are questions, answers or comments, in a wrapper or without."""
    return _place(document) is not None


def _place(document: Document) -> str | None:
    return next((p for p in ("items", ".") if any(marks <= object_keys(document.at(p)) for marks in _MARKS)), None)


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The question's thread, or the questions to choose from."""
    items = decode_objects(document.at(_place(document) or "items"))
    questions = [item for item in items if not {"answer_id", "comment_id"} & item.keys()]
    if len(questions) > 1:
        entries = [read_entry(question, _ARTICLE) for question in questions]
        return make_listing("Stack Exchange", entries, lambda index: _thread(questions[index], [], hint), hint)
    others = [item for item in items if {"answer_id", "comment_id"} & item.keys()]
    return _thread(questions[0] if questions else {}, others, hint)


def _thread(question: dict[str, Any], others: list[Any], hint: Hint) -> Thread:
    """A question's thread; `others` are answers and comments that are not part of its object."""
    rows: list[Any] = get_objects(question, "comments")
    owners: list[int | None] = [None] * len(rows)
    answers = [*get_objects(question, "answers"), *(item for item in others if "comment_id" not in item)]
    places: dict[str | None, int] = {}
    for answer in answers:
        place = places.setdefault(to_identifier(answer.get("answer_id")), len(rows))
        comments = get_objects(answer, "comments")
        rows += [answer, *comments]
        owners += [None, *[place] * len(comments)]
    for comment in others:
        if "comment_id" in comment:
            rows.append(comment)
            owners.append(places.get(to_identifier(comment.get("post_id"))))
    return build_thread(rows, _COMMENT, read_article(question, _ARTICLE), hint.name, owners=owners)
