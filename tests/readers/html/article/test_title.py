"""A page's title among the places where pages have one."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html.article import title as titles
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.dom import Dom


def title(html: str) -> str:
    return page_title(Dom(LexborHTMLParser(html)))


SITE = "<meta property=og:site_name content='A Site'>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<title>Only this</title>", "Only this"),
        ("<h1>No title at all</h1>", "No title at all"),
        ("<title>A story | A Site</title>", "A story"),
        ("<title>A story - A Site</title>" + SITE, "A story"),
        ("<title>A Site: A story</title>" + SITE + "<h3 class=post-title>A story</h3>", "A story"),
        ("<title>A story - with a dash in it</title>", "A story - with a dash in it"),
        ("<title>A story - Somewhere</title><h1>A Site</h1><h2>A story</h2>", "A story"),
        ("<title>What is it? - The Book of It</title><h1>The Book of It</h1><h2>What Is It?</h2>", "What Is It?"),
        ("<title>A story</title><h1><a href=/>A Site</a></h1>", "A story"),
        ("<title>Re: A thread | A Site</title>", "Re: A thread"),
        ("<title>A long story</title><h1>Thread: A long story</h1>", "A long story"),
        ("<title>A long story - A Site</title>" + SITE + "<h1>A long story (paper.example) 87</h1>", "A long story"),
        ("<title>A long story | A Site</title><h1>Of bees: a long story</h1>", "Of bees: a long story"),
        ("<title>A story</title><h1>94</h1><h1>A story</h1>", "A story"),
        ("<meta property=og:title content='A told story'><title>A told story • me</title><h1>me</h1>", "A told story"),
        ("<title>A\n  story\t| A Site</title>", "A story"),
        ("<body><svg><title>An icon</title></svg><h1>A story</h1>", "A story"),
        ("<title>A story &amp; more – A Site</title>" + SITE, "A story & more"),
        (f"<title>A story{' | a' * 50_000}</title><h1>A story</h1>", "A story"),
        (f"<title>{'long ' * 200}</title>", ("long " * 80).strip()),
        ("<title>Bench</title><article><h1>The old one in the park</h1></article>", "The old one in the park"),
        ("<title>Bench</title><article><h1><a href=/>A Site</a></h1></article>", "Bench"),
        ("<h1>A story<br>in two lines</h1>", "A story in two lines"),
        ("<title>A story ¶</title><h1>A story<a href='#a'>¶</a></h1>", "A story"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A structured story"}</script>'
            "<title>A structured story, in short</title>",
            "A structured story",
        ),
    ],
)
def test_the_headline_is_found_without_what_stands_round_it(html: str, expected: str) -> None:
    assert title(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        f"<title>{'a | ' * 50_000}</title>",
        f"<meta property=og:title content='{'a | ' * 50_000}'><title>A story</title>",
        f"<title>A story</title><h1>{'a | ' * 50_000}</h1>",
    ],
)
def test_a_title_without_end_is_cut_before_it_is_looked_at(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, pieces = [], titles._parts

    def counted(text: str) -> list[tuple[str, str]]:
        looked.append(len(text))
        return pieces(text)

    monkeypatch.setattr(titles, "_parts", counted)
    title(html)
    assert looked
    assert max(looked) <= 1_000


def test_raised_digits_stay_raised() -> None:
    page = "<title>Why 230 is so big - A Site</title><h1>Why 2<sup>30</sup> is so big</h1>"
    assert title(SITE + page) == "Why 2³⁰ is so big"


def test_the_header_of_an_export_beats_the_title_of_the_tool() -> None:
    assert title("<title>Exported Data</title><div class=page_header><b>A walk</b></div>") == "A walk"
    assert title("<title>Exported Data</title><p>Text</p>") == "Exported Data"
