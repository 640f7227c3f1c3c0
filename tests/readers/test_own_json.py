from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.model import Stub, Thread
from rumor_tui.readers import Hint, SourceError, own_json
from tests.made_threads import steady
from tests.reading import read_source

HINT = Hint("page.json")


def document(*comments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"version": 1, "source": "page.txt", "article": {"title": "A title"}, "comments": list(comments)} | fields


def read(value: object) -> Thread:
    return read_source(json.dumps(value).encode(), HINT)


def test_comments_in_any_order_become_a_tree() -> None:
    thread = read(
        document(
            {"index": 10, "parent": 30, "author": "c", "markdown": "third"},
            {"index": 20, "parent": None, "author": "a", "markdown": "first"},
            {"index": 30, "parent": 20, "author": "b", "markdown": "second"},
        )
    )
    assert list(thread.authors) == ["a", "b", "c"]
    assert list(thread.parent) == [-1, 0, 1]
    assert thread.source == "page.txt"


def test_circles_and_missing_parents_stand_at_the_top() -> None:
    thread = read(document({"parent": 1}, {"parent": 0}, {"parent": 99}, {"parent": 3}))
    assert list(thread.parent) == [-1, 0, -1, -1]


def test_a_long_chain_in_reverse() -> None:
    size = 20_000
    comments = [{"index": n, "parent": n - 1 if n else None, "markdown": str(n)} for n in reversed(range(size))]
    thread = read(document(*comments))
    assert list(thread.parent) == list(range(-1, size - 1))
    assert thread.bodies[size - 1] == str(size - 1)


def test_text_serves_where_there_is_no_markdown() -> None:
    thread = read(document({"text": "a *b*"}, {"text": None}, article={"title": None, "text": "Plain.\n\nMore."}))
    assert thread.format == "plain"
    assert list(thread.bodies) == ["a *b*", ""]
    assert thread.article.format == "plain"
    assert list(thread.article.pieces) == ["Plain.\n\nMore."]


def test_text_beside_markdown_is_escaped() -> None:
    thread = read(document({"text": "a *b*"}, {"text": "x", "markdown": "**x**"}))
    assert thread.format == "markdown"
    assert list(thread.bodies) == ["a \\*b\\*", "**x**"]


def test_dates_and_names() -> None:
    thread = read(
        document(
            {"author": " ann\x07 ", "published": "2011-03-08T14:05:00Z", "id": 7, "score": -1, "deleted": True},
            {"published": "some day", "published_text": "yesterday", "author": ""},
            article={"published": "2011-03-08T14:05:00Z", "byline": "bob", "url": "https://example.com/"},
        )
    )
    first = thread.comment(0)
    assert (first.author, first.published, first.id, first.score, first.deleted) == ("ann␇", 1299593100, "7", -1, True)
    assert (thread.published[1], thread.published_text[1], thread.authors[1]) == (None, "yesterday", None)
    assert thread.article.published == 1299593100
    assert (thread.article.byline, thread.article.url) == ("bob", "https://example.com/")


def test_a_date_of_the_article_that_is_none_stays_as_it_is_written() -> None:
    article = read(document(article={"published": "last \x07Tuesday"})).article
    assert (article.published, article.published_text) == (None, "last ␇Tuesday")
    article = read(document(article={"published": "2011-03-08T14:05:00Z"})).article
    assert article.published_text is None


def test_half_a_surrogate_pair_is_read() -> None:
    data = json.dumps(document({"author": "?", "markdown": "x"})).replace('"?"', '"\\ud83d"')
    assert read_source(data.encode(), HINT).authors[0] == "\ufffd"


def test_what_a_newer_program_has_written_is_one_sentence() -> None:
    with pytest.raises(SourceError, match="newer rumor-tui") as caught:
        read(document(version=2))
    assert "\n" not in str(caught.value)


def test_values_of_other_types_are_no_reason_to_lose_the_rest() -> None:
    odd: dict[str, Any] = {"index": 0, "text": "one", "author": 7, "score": [], "discussion": 5, "published": {}}
    more: dict[str, Any] = {"index": 1, "parent": 0, "text": "two", "deleted": "perhaps", "score": "many", "url": 2**70}
    junk: Any = "junk"
    article = {"title": 5, "text": ["x"], "score": "many", "linked": "page", "byline": None}
    thread = read(document(odd, more, junk, {"index": 3, "parent": 1, "text": "four"}, article=article, stubs=[1]))
    assert list(thread.bodies) == ["one", "two", "four", ""] and list(thread.parent) == [-1, 0, 1, -1]
    assert thread.article.title == "5" and thread.authors[0] == "7" and list(thread.scores) == [None] * 4


def test_an_article_may_be_missing() -> None:
    assert list(read(document({"text": "one"}, article=None)).bodies) == ["one"]


ITEMS = [{"id": str(n), "title": f"Title {n}", "content_text": "Some words on cars."} for n in range(3)]


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1.1", "1", True, None])
def test_a_version_that_is_no_number_is_that_of_another_format(version: object) -> None:
    feed = {"version": version, "title": "T", "article": {}, "comments": [], "items": ITEMS}
    assert not own_json.sniff(json.dumps(feed).encode(), HINT)


def test_a_json_feed_with_an_article_and_comments_is_a_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "article": {}, "comments": [], "items": ITEMS}
    content = readers.as_thread(readers.read_source(json.dumps(feed).encode(), HINT))
    assert "Some words on cars." in "".join(content.bodies)


def test_a_document_that_breaks_off_is_known_all_the_same() -> None:
    with pytest.raises(SourceError, match="breaks off"):
        read_source(json.dumps(document({"markdown": "x"})).encode()[:-20], HINT)


@pytest.mark.parametrize("other", [{"comments": []}, {"article": 1}, {"id": 1, "article": {}, "comments": []}, []])
def test_other_json_is_not_taken(other: object) -> None:
    assert not own_json.sniff(json.dumps(other).encode(), HINT)


SLOTS: st.SearchStrategy[Any] = st.sampled_from([None, 0, 1, -1, 5, "x", "2011-03-08", True, 1.5, [], {}])
COMMENTS = st.dictionaries(st.sampled_from([*own_json.OwnComment.__struct_fields__, "other"]), SLOTS, max_size=5)


@steady
@given(st.lists(COMMENTS, max_size=6))
def test_nothing_but_a_sentence_escapes(comments: list[dict[str, Any]]) -> None:
    try:
        thread = read(document(*comments))
    except SourceError as error:
        assert "Please report" not in str(error)
    else:
        assert len(list(thread.comments())) == len(comments)


def test_confidence_and_stubs_come_back() -> None:
    stubs = [
        {"parent": 20, "count": 3, "via": "reddit", "keys": ["a", "b"]},
        {"parent": None},
        {"parent": 99, "count": -1},
    ]
    comments = [{"index": 10, "parent": 20, "text": "b"}, {"index": 20, "text": "a"}]
    thread = read(document(*comments, confidence="guessed", stubs=stubs))
    assert thread.confidence == "guessed"
    assert list(thread.bodies) == ["a", "b"]
    assert list(thread.stubs) == [Stub(0, 3, "reddit", ("a", "b")), Stub(-1), Stub(-1)]
    assert read(document(confidence="certain")).confidence == "explicit"
    assert not len(read(document()).stubs)


@pytest.mark.parametrize("notes", ["a word", 7, None, {}, [1, "two", None, {"text": 3}, {"passage": ["x"]}]])
def test_notes_of_another_form_are_no_trouble(notes: object) -> None:
    thread = read(document({"index": 0, "text": "A comment", "notes": notes}))
    assert (list(thread.bodies), thread.aside) == (["A comment"], "")


def test_notes_are_set_aside() -> None:
    notes = [{"kind": "note", "text": "Mine", "passage": "A word"}, {"kind": "mark", "passage": "Another"}]
    thread = read(document({"index": 0, "text": "A comment", "notes": notes}))
    assert (list(thread.bodies), thread.aside) == (["A comment"], "A word\n\nMine\n\nAnother")
