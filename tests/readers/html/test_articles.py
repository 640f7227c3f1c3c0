"""The article's text has its first and last paragraphs, and nothing of what stands round it, in the styles of many sites."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.blocks import parse
from rumor_tui.model import Block
from rumor_tui.readers.html import article, front
from rumor_tui.readers.html.title import page_title
from tests.readers.html.article_pages_more import PAGES, WITH_FORM, Page

URL = "https://www.north.example/2024/harbour"


def extracted(html: str, url: str = URL) -> article.Extracted:
    return article.extract(html, LexborHTMLParser(html), url)


def blocks(html: str, url: str = URL) -> list[Block]:
    return [block for piece in article.split_html(extracted(html, url).body) for block in parse(piece, "html")]


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_text_begins_and_ends_where_the_article_does(page: Page) -> None:
    found = [words(block.text) for block in blocks(page.html) if not block.text.startswith("[")]
    assert found[0].startswith(page.first)
    assert found[-1].endswith(page.last)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_nothing_round_the_article_is_in_its_text(page: Page) -> None:
    text = " ".join(block.text for block in blocks(page.html))
    assert [word for word in page.absent if word in text] == []


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_title_is_the_headline(page: Page) -> None:
    assert page_title(LexborHTMLParser(page.html)) == page.title


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_byline_is_a_name(page: Page) -> None:
    assert extracted(page.html).byline == page.byline


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_article_is_no_list(page: Page) -> None:
    assert front.entries(LexborHTMLParser(page.html), URL) == []
