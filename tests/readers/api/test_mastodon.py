from __future__ import annotations

from tests.readers.api.samples import TIME, status, thread


def test_a_status_with_its_context() -> None:
    context = {"ancestors": [status(1)], "descendants": [status(3, 2), status(4, 3), status(5, 2)]}
    result = thread({"status": status(2, 1), "context": context})
    quoted = "<p><strong>user1@example.com</strong></p><blockquote><p>text 1</p></blockquote>"
    assert list(result.article.pieces) == [quoted, "<p>text 2</p>"]
    assert (result.article.byline, result.article.url) == ("user2@example.com", "https://example.com/@user2/2")
    assert list(result.ids) == ["3", "4", "5"]
    assert list(result.parent) == [-1, 0, -1]
    comment = result.comment(1)
    assert (comment.author, comment.body, comment.published) == ("user4@example.com", "<p>text 4</p>", TIME)
    assert (comment.score, comment.url) == (4, "https://example.com/@user4/4")
    assert result.format == "html"


def test_the_status_among_the_fields_of_its_context() -> None:
    result = thread(status(2) | {"ancestors": [], "descendants": [status(3, 2)]})
    assert list(result.article.pieces) == ["<p>text 2</p>"]
    assert list(result.ids) == ["3"]


def test_a_context_alone() -> None:
    result = thread({"ancestors": [status(1)], "descendants": [status(3, 2), status(4, 3)]})
    assert len(result.article.pieces) == 1
    assert list(result.parent) == [-1, 0]
    assert not len(thread({"ancestors": [], "descendants": []}))


def test_a_flat_list_of_statuses() -> None:
    result = thread([status(3, 2), status(2, 1), status(1)])
    assert list(result.article.pieces) == ["<p>text 1</p>"]
    assert list(result.ids) == ["2", "3"]
    assert len(thread([status(1), status(2)])) == 2
    assert len(thread({"post": status(1), "replies": [status(2, 1)]})) == 1


def test_warnings_pictures_and_polls_are_part_of_the_text() -> None:
    known = status(
        2,
        1,
        spoiler_text="a <plot>",
        media_attachments=[{"url": "https://example.com/a.png", "description": "a cat"}, {"url": None}],
        poll={"options": [{"title": "yes"}, {"title": "no"}]},
    )
    result = thread({"ancestors": [], "descendants": [known]})
    assert result.bodies[0] == (
        "<p><strong>a &lt;plot&gt;</strong></p><p>text 2</p>"
        '<p><img src="https://example.com/a.png" alt="a cat"></p><ul><li>yes</li><li>no</li></ul>'
    )
