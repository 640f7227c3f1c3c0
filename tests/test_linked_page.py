"""The linked page as a part of the article: where it stands, in which format, and that it stays."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import body_text
from rumor_tui.linked_page import keep_page, unread_link, with_page, with_problem
from rumor_tui.model import Article, Format, Thread, ThreadBuilder

LINK = "https://example.com/600"


def post(*pieces: str, format: Format = "plain", link: str | None = LINK) -> Thread:
    return ThreadBuilder(Article("A post", pieces=list(pieces), format=format, link=link)).build("plain")


def page(*pieces: str, format: Format = "html", title: str = "A <page>", source: str = LINK) -> Thread:
    article = Article(title, "ann", 86400.0, "yesterday", pieces=list(pieces), format=format)
    return ThreadBuilder(article).build("html", source=source)


def texts(thread: Thread) -> list[str]:
    return [body_text(piece, thread.article.format) for piece in thread.article.pieces]


@pytest.mark.parametrize("own", ["plain", "markdown", "html"])
@pytest.mark.parametrize("its", ["plain", "markdown", "html"])
def test_the_page_stands_below_the_post_s_own_text(own: Format, its: Format) -> None:
    thread = with_page(post("Own words.", format=own), page("Its words.", "More.", format=its))
    linked = thread.article.linked
    assert texts(thread) == ["Own words.", "A <page>", "Its words.", "More."]
    assert linked is not None and (linked.first, linked.url, linked.title) == (1, LINK, "A <page>")
    assert (linked.byline, linked.published, linked.published_text) == ("ann", 86400.0, "yesterday")
    assert len(thread.article.own_pieces) == 1 and not unread_link(thread)
    assert thread.article.title == "A post"


def test_text_that_looks_like_markup_stays_text() -> None:
    thread = with_page(post("a < b & <i>c</i>"), page("*not emphasis*", format="plain"))
    assert texts(thread) == ["a < b & <i>c</i>", "A <page>", "*not emphasis*"]


def test_a_page_without_a_title_has_no_heading() -> None:
    assert texts(with_page(post(), page("Its words.", title=""))) == ["Its words."]


def test_a_page_from_elsewhere_has_the_address_that_it_names() -> None:
    read = page("Its words.", source="page.html")
    linked = with_page(post(), read).article.linked
    assert linked is not None and linked.url == LINK


@pytest.mark.parametrize("link", [None, "", "mailto:ann@example.com", "javascript:alert(1)", "/relative", "-x"])
def test_what_cannot_be_fetched_is_no_link(link: str | None) -> None:
    assert unread_link(post(link=link)) == ""


def test_a_problem_takes_the_place_of_the_page() -> None:
    thread = with_problem(post("Own."), "It is a film.")
    linked = thread.article.linked
    assert linked is not None and (linked.problem, linked.first, linked.url) == ("It is a film.", 1, LINK)
    assert texts(thread) == ["Own."] and not unread_link(thread)


def test_the_page_stays_when_more_comments_come() -> None:
    before = with_page(post("Own."), page("Its."))
    now = keep_page(before, post("Own.", "Edited."))
    assert texts(now) == ["Own.", "Edited.", "A <page>", "Its."]
    assert now.article.linked is not None and now.article.linked.first == 2
    assert keep_page(before, before) is before


def test_a_problem_stays_too() -> None:
    linked = keep_page(with_problem(post(), "It is a film."), post("Own.")).article.linked
    assert linked is not None and (linked.problem, linked.first) == ("It is a film.", 1)


def test_another_post_s_page_does_not_stay() -> None:
    other = post(link="https://example.com/other")
    assert keep_page(with_page(post(), page("Its.")), other) is other
    assert keep_page(post(), other) is other
