from __future__ import annotations

import pytest

from rumor_tui.readers.api import field_maps, values
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields

SHAPE = CommentFields(parent="to.id to", author="by.name by", html="body.html body", prefix="https://e.org/ x")
HEAD = ArticleFields(author="by", html="html", markdown="text", published="date", link="link", url="url", escaped=True)


@pytest.mark.parametrize("value", ['"x"', "5", "null", "true", "[1]", '{"other": 1}', '{"name": [], "html": {}}'])
def test_whatever_type_a_field_has_passes(value: str) -> None:
    row = field_maps.row_decoder(SHAPE, "more.x").decode(
        f'{{"id": {value}, "by": {value}, "body": {value}, "more": {value}}}'
    )
    assert isinstance(values.first_text(row, SHAPE.html), str)
    assert values.first_scalar(row, SHAPE.author) is None or not isinstance(
        values.first_scalar(row, SHAPE.author), dict
    )


def test_only_what_is_asked_for_is_decoded_and_bodies_are_not() -> None:
    row = field_maps.row_decoder(SHAPE).decode(
        b'{"id": 1, "by": {"name": "ann"}, "body": {"html": "x"}, "large": [1, 2]}'
    )
    assert not hasattr(row, "large")
    assert values.first_scalar(row, SHAPE.author) == "ann"
    assert values.first_text(row, SHAPE.html) == "x"
    assert not isinstance(values.text_column([row], SHAPE.html)[0], str)


def test_keys_that_are_no_names_are_read_all_the_same() -> None:
    row = field_maps.row_decoder(SHAPE._replace(score="reactions.+1")).decode(b'{"reactions": {"+1": 3}}')
    assert values.first_scalar(row, "reactions.+1") == 3


def test_an_article() -> None:
    value = {
        "title": "a &amp; <i>b</i>\n",
        "by": "o&#39;x",
        "text": "one\n\ntwo &gt; one",
        "date": "long ago",
        "url": "/x",
    }
    result = field_maps.read_article(value, HEAD._replace(site="https://e.org"))
    assert (result.title, result.byline, result.url) == ("a & b", "o'x", "https://e.org/x")
    assert (result.published, result.published_text) == (None, "long ago")
    assert result.format == "markdown"
    assert "".join(result.pieces).count("two > one") == 1
    assert field_maps.read_article(None, HEAD).title == ""


def test_an_entry_has_its_own_page_and_a_title() -> None:
    value = {"id": 5, "link": "https://example.com/", "html": "<p>" + "word " * 200}
    result = field_maps.read_entry(value, HEAD._replace(prefix="https://e.org/"))
    assert result.address == "https://e.org/5"
    assert result.title.startswith("word word")
    assert len(result.title) <= 80
    assert len(result.summary) <= 300
    assert field_maps.read_entry({}, HEAD).title == "(no title)"
