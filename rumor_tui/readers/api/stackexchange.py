"""Stack Exchange questions (api.stackexchange.com/docs): `items` with `answers` and `comments` in them.

Answers stand at the top level, comments below their answer, comments on the question at the top level before the
answers. Several questions are a listing. Names and titles are written as HTML; so is Markdown, if there is any.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Listing, Thread
from rumor_tui.readers.api import build, document, field_maps, values
from rumor_tui.readers.api.document import Document
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields
from rumor_tui.readers.api.listings import make_listing
from rumor_tui.readers.hint import Hint

_SHAPE = CommentFields(
    id="answer_id comment_id",
    author="owner.display_name",
    html="body",
    markdown="body_markdown",
    published="creation_date",
    score="score",
    url="link share_link",
    escaped=True,
)
_HEAD = ArticleFields(
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


def sniff(given: Document, hint: Hint) -> bool:
    """Whether there are questions, answers or comments, in a wrapper or without."""
    return _place(given) is not None


def _place(given: Document) -> str | None:
    return next(
        (p for p in ("items", ".") if any(marks <= document.object_keys(given.at(p)) for marks in _MARKS)), None
    )


def read(given: Document, hint: Hint) -> Thread | Listing:
    """The question's thread, or the questions to choose from."""
    items = document.decode_objects(given.at(_place(given) or "items"))
    questions = [item for item in items if "answer_id" not in item and "comment_id" not in item]
    if len(questions) > 1:
        entries = [field_maps.read_entry(question, _HEAD) for question in questions]
        return make_listing("Stack Exchange", entries, lambda index: _thread(questions[index], [], hint), hint)
    loose = [item for item in items if "answer_id" in item or "comment_id" in item]
    return _thread(questions[0] if questions else {}, loose, hint)


def _thread(question: dict[str, Any], loose: list[Any], hint: Hint) -> Thread:
    """A question's thread; `loose` are answers and comments that stand beside it, not in it."""
    rows: list[Any] = _objects(question.get("comments"))
    owners: list[int | None] = [None] * len(rows)
    answers = [*_objects(question.get("answers")), *(one for one in loose if "comment_id" not in one)]
    places: dict[str | None, int] = {}
    for answer in answers:
        place = places.setdefault(values.to_identifier(answer.get("answer_id")), len(rows))
        comments = _objects(answer.get("comments"))
        rows += [answer, *comments]
        owners += [None, *[place] * len(comments)]
    for comment in loose:
        if "comment_id" in comment:
            rows.append(comment)
            owners.append(places.get(values.to_identifier(comment.get("post_id"))))
    return build.build_thread(rows, _SHAPE, field_maps.read_article(question, _HEAD), hint.name, owners=owners)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
