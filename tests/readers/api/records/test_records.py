from __future__ import annotations

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import SourceError, read_source
from tests.readers.api.samples import DATE, HINT, TIME, lines, listing, opened, thread


def test_bodies_with_authors_and_no_parents_are_a_guess() -> None:
    result = thread([{"id": 7, "author": "ann", "text": "one"}, {"id": 8, "author": "ben", "text": "two"}])
    assert result.confidence == "guessed"
    assert (list(result.ids), list(result.authors), list(result.bodies)) == (["7", "8"], ["ann", "ben"], ["one", "two"])
    assert list(result.parent) == [-1, -1]
    assert result.format == "plain"


@pytest.mark.parametrize("key", ["parent", "parent_id", "parentId", "in_reply_to", "inReplyTo", "reply_to", "replyTo"])
def test_parents_by_their_usual_names(key: str) -> None:
    rows = [{"id": n, "user": "ann", "body": str(n), key: None if n < 2 else n - 1} for n in range(4)]
    result = thread(rows)
    assert result.confidence == "explicit"
    assert list(result.parent) == [-1, -1, 1, 2]


def test_parents_by_depth_and_by_nesting() -> None:
    rows = [{"author": "a", "text": str(n), "depth": depth} for n, depth in enumerate((0, 1, 2, 1))]
    assert (list(thread(rows).parent), thread(rows).confidence) == ([-1, 0, 1, 0], "explicit")
    nested = {"author": "a", "text": "1", "replies": [{"author": "b", "text": "2", "replies": []}]}
    result = thread([nested, {"author": "c", "text": "3"}])
    assert (list(result.parent), result.confidence) == ([-1, 0, -1], "explicit")
    assert list(result.bodies) == ["1", "2", "3"]


def test_a_lone_comment_with_replies_is_the_article() -> None:
    result = thread({"author": "ann", "text": "one", "replies": [{"author": "ben", "text": "two"}]})
    assert (result.article.byline, list(result.article.pieces), list(result.bodies)) == ("ann", ["one"], ["two"])


def test_fields_of_many_names() -> None:
    row = {
        "_id": "x",
        "user": {"name": "ann"},
        "content": "hi",
        "createdAt": DATE,
        "likes": 3,
        "permalink": "https://e.org",
    }
    comment = thread([row, row | {"_id": "y"}]).comment(1)
    assert (comment.author, comment.body, comment.published) == ("ann", "hi", TIME)
    assert (comment.id, comment.score, comment.url) == ("y", 3, "https://e.org")


@pytest.mark.parametrize("date", [TIME, TIME * 1000, str(TIME), float(TIME), DATE, "2017-07-14T04:40:00+02:00"])
def test_dates_in_many_forms(date: object) -> None:
    assert thread([{"author": "a", "text": "b", "date": date}]).published[0] == TIME


def test_a_date_in_words_is_kept_as_written() -> None:
    result = thread([{"author": "a", "text": "b", "date": "vor 8 Stunden"}])
    assert (result.published[0], result.published_text[0]) == (None, "vor 8 Stunden")


def test_html_shows() -> None:
    assert thread([{"author": "a", "text": "one<p>two &gt; one"}, {"author": "b", "text": "x"}]).format == "html"
    assert thread([{"author": "a", "text": "1 < 2 and <this>"}, {"author": "b", "text": "x"}]).format == "plain"
    assert thread([{"author": "a", "content_html": "x"}]).format == "html"


def test_a_wrapper_tells_of_the_page() -> None:
    rows = [{"author": "ann", "text": "one"}]
    result = thread({"title": "A page", "url": "https://example.com/", "author": "op", "total": 1, "comments": rows})
    assert (result.article.title, result.article.url, result.article.byline) == ("A page", "https://example.com/", "op")
    result = thread({"article": {"title": "A page", "body": "Text."}, "data": {"items": rows}})
    assert (result.article.title, list(result.article.pieces)) == ("A page", ["Text."])
    assert len(result) == 1


def test_pages_that_hold_their_comments_are_a_listing() -> None:
    rows = [{"author": "ann", "text": "one"}, {"author": "ben", "text": "two"}]
    pages = [{"title": f"Page {n}", "author": "op", "text": "Text.", "comments": rows[:n]} for n in (1, 2)]
    for value in (pages, [{"title": page["title"], "comments": page["comments"]} for page in pages]):
        result = listing(value)
        assert [(entry.title, entry.comments) for entry in result.entries] == [("Page 1", 1), ("Page 2", 2)]
    assert thread(pages[1]).article.title == "Page 2"
    assert list(thread(pages[1]).article.pieces) == ["Text."]


def test_json_lines_also_where_the_last_one_breaks_off() -> None:
    data = lines(*({"id": n, "author": "ann", "text": str(n)} for n in range(5)))
    for cut in (0, 4, 12):
        result = read_source(data[: len(data) - cut], HINT)
        assert isinstance(result, Thread)
        assert len(result) == (5 if not cut else 4)


def test_what_is_no_list_of_comments() -> None:
    for value in ([{"author": "ann"}], [{"text": "x"}], [[1]], {"a": [{"b": 1}]}, [{"author": 1.5, "text": 5}]):
        with pytest.raises(SourceError, match="JSON of an unknown kind"):
            opened(value)


def test_keys_that_are_no_names_in_python() -> None:
    assert list(thread([{"from": "ann", "message": "hi", "class": 1, "a b": 2}]).authors) == ["ann"]
