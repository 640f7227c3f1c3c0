"""The page that an export writes, opened again, and pages that only look like it."""

from __future__ import annotations

import io

import pytest

from rumor_tui import blocks, export
from rumor_tui.export.html_writer import MAX_NESTING
from rumor_tui.model import Article, Draft, Listing, Thread, ThreadBuilder
from rumor_tui.readers import Hint, read_source
from rumor_tui.readers.own_html import GENERATOR
from tests.made_threads import chain


def written(thread: Thread) -> str:
    out = io.StringIO()
    export.write(thread, "html", out)
    return out.getvalue()


def opened(page: str) -> Thread:
    content = read_source(page.encode(), Hint("page.html"))
    assert not isinstance(content, Listing)
    return content


HOSTILE = '</details><details open><summary>eve</summary>"><script>alert(1)</script>'


def hostile() -> Thread:
    article = Article(HOSTILE, HOSTILE, pieces=[HOSTILE, "</article>"])
    drafts = [Draft(HOSTILE, HOSTILE, id=HOSTILE, published_text=HOSTILE), Draft("`</summary>`", "bob", parent=0)]
    return ThreadBuilder(article, drafts).build("plain")


def test_nothing_that_was_written_is_taken_for_a_tag() -> None:
    again = opened(written(hostile()))
    assert list(again.parent) == [-1, 0]
    assert list(again.authors) == [HOSTILE, "bob"]
    assert (again.article.title, again.article.byline, again.ids[0]) == (HOSTILE, HOSTILE, HOSTILE)
    assert [blocks.body_text(body, "html") for body in again.bodies] == [HOSTILE, "`</summary>`"]
    assert blocks.body_text("".join(again.article.pieces), "html") == f"{HOSTILE}\n\n</article>"


def test_a_page_that_a_browser_saved_is_the_same() -> None:
    """Browsers write attributes without a value with an empty one, and what they added to the head."""
    page = written(hostile()).replace("<details open ", '<details open="" ').replace("<!DOCTYPE html>\n", "")
    again = opened(page.replace("<html>\n<head>", '<html lang="en"><head><style>.x{}</style>'))
    assert list(again.authors) == [HOSTILE, "bob"] and list(again.parent) == [-1, 0]


def test_replies_deeper_than_pages_nest_keep_their_parents() -> None:
    size = MAX_NESTING + 30
    assert list(opened(written(chain(size))).parent) == list(range(-1, size - 1))


@pytest.mark.parametrize(
    "page",
    [
        "<article><h1>T</h1><p>Some text of the page.</p>",
        "<article><h1>T</h1><p>Some text of the page.</p></article></details>",
        "<article><h1>T</h1><p>Some text of the page.</p></article><details open><summary>ann</summary><p>Hi.",
        "<article data-title='T'",
    ],
)
def test_a_page_of_another_form_is_read_like_any(page: str) -> None:
    assert opened(f"<!DOCTYPE html><html><head>{GENERATOR}<title>T</title></head><body>{page}").source == "page.html"


@pytest.mark.parametrize("part", ["<details><details ", '<details a="', "<details><summary>", "<article", "<hr><h2>"])
def test_a_page_of_nothing_but_beginnings_is_read_soon(part: str) -> None:
    opened(f"<!DOCTYPE html><html><head>{GENERATOR}</head><body><article></article>{part * 20_000}</body></html>")


def test_notes_that_are_not_closed_are_no_trouble() -> None:
    page = written(hostile()).replace("</article>", '<aside class="note">' * 200_000 + "</article>", 1)
    assert len(opened(page)) == 2
