"""Mojibake of web pages, in letters and in entities."""

from __future__ import annotations

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import Hint, read_source
from rumor_tui.readers.html.mojibake import mend_page


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("<p>TouchÃ© — â€œquotedâ€\x9d and itâ€™s fine, é.</p>", "<p>Touché — “quoted” and it’s fine, é.</p>"),
        ("<p>It&acirc;&euro;&trade;s Touch&Atilde;&copy;.</p>", "<p>It’s Touché.</p>"),
        ("<p>Touch&#195;&#169;</p>", "<p>Touché</p>"),
        ("<b>ÐœÐµÐ»ÑŒÐ½Ð¸Ñ†Ð°</b>", "<b>Мельница</b>"),
        ("<b>ðŸ˜€</b>", "<b>😀</b>"),
    ],
)
def test_mojibake(broken: str, mended: str) -> None:
    assert mend_page(broken) == mended
    assert mend_page(mended) == mended


@pytest.mark.parametrize(
    "page",
    [
        "<p>SÃO PAULO, ÂNGELO, É, 5 €, El Niño, Ðuro</p>",
        "<p>&Atilde;&nbsp;&amp;&lt;b&gt; &Acirc;ngelo &eacute;&egrave;</p>",
        "<p>In UTF-8 read as Latin-1, é becomes Ã©.</p>",
        "<p>plain</p>",
    ],
)
def test_what_is_right_stays(page: str) -> None:
    assert mend_page(page) == page


def test_a_page_is_mended_in_its_title_its_names_and_its_bodies() -> None:
    page = "".join(
        (
            "<!doctype html><meta charset=utf-8><title>La cafÃ©tÃ©ria</title><body><article><h1>La cafÃ©tÃ©ria</h1>",
            "<p>Itâ€™s been there for forty years, and everybody knows it.</p></article><ol class=comment-list>",
            *(
                f"<li class=comment id=comment-{n}><cite class=fn>AndrÃ©</cite> <time>2011-03-0{n}</time>"
                f"<div class=comment-content><p>Touch&Atilde;&copy;, said I, {n} times.</p></div></li>"
                for n in (1, 2)
            ),
            "</ol>",
        )
    )
    thread = read_source(page.encode(), Hint("page.html"))
    assert isinstance(thread, Thread)
    assert thread.article.title == "La cafétéria"
    assert "It’s been" in thread.article.pieces[0]
    assert list(thread.authors) == ["André", "André"]
    assert all("Touché, said" in body for body in thread.bodies)
