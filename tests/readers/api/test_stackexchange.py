from __future__ import annotations

from rumor_tui.model import Thread
from tests.readers.api.samples import TIME, answer, listing, question, remark, thread


def test_a_question_with_answers_and_comments() -> None:
    result = thread({"items": [question(1, remark(9, 1), answer(2, remark(3, 2), remark(4, 2)), answer(5))], "page": 1})
    assert result.article.title == "Why <this>?"
    assert (result.article.byline, result.article.score) == ("op", 12)
    assert list(result.article.pieces) == ["<p>The question.</p>"]
    assert list(result.ids) == ["9", "2", "3", "4", "5"]
    assert list(result.parent) == [-1, -1, 1, 1, -1]
    comment = result.comment(1)
    assert (comment.author, comment.body, comment.score, comment.published) == ("O'user2", "<p>text 2</p>", 2, TIME)
    assert comment.url == "https://stackoverflow.com/a/2"


def test_markdown_has_its_entities_undone() -> None:
    asked = question(1, answer(2, body=None, body_markdown="a &lt; *b*"), body=None, body_markdown="`x &gt; y`")
    result = thread({"items": [asked]})
    assert (result.format, result.bodies[0]) == ("markdown", "a < *b*")
    assert list(result.article.pieces) == ["`x > y`"]


def test_answers_and_comments_beside_the_question() -> None:
    result = thread({"items": [question(1), remark(3, 2), answer(2), remark(4, 1)]})
    assert list(result.ids) == ["2", "3", "4"]
    assert list(result.parent) == [-1, 0, -1]
    assert list(thread({"items": [answer(2), answer(3)]}).ids) == ["2", "3"]


def test_several_questions_are_a_listing() -> None:
    result = listing({"items": [question(1, answer(2)), question(5)], "has_more": False})
    assert [(entry.title, entry.comments) for entry in result.entries] == [("Why <this>?", 1), ("Why <this>?", 1)]
    assert result.entries[1].address == "https://stackoverflow.com/q/5"
    opened = result.open(0)
    assert isinstance(opened, Thread)
    assert list(opened.ids) == ["2"]
    assert result.whole is not None
    assert list(result.whole().parent) == [-1, 0, -1]
