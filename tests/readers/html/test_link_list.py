"""List pages in the styles of many sites: their titles, the counts of comments, and where the discussions are."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.model import Entry
from rumor_tui.readers.html import link_list
from rumor_tui.readers.html.dom import Dom

FOLDER = Path(__file__).parent / "fixtures" / "lists"
URL = "https://list.example/x/"

TITLES = [
    "Rust in the kernel, two years later",
    "A very small compiler for an even smaller language",
    "Why our buses are late, and what a spreadsheet can tell",
    "The quiet death of the office telephone",
    "Show: a sundial that knows about leap seconds",
    "Bread without kneading, with numbers",
]
"""What all the lists in `fixtures/lists` have."""

SECOND = {
    "hacker-news": ("ann2", 22, "https://list.example/x/item?id=200"),
    "hacker-news-2015": ("ann2", 22, "https://list.example/x/item?id=200"),
    "lobsters": ("ann2", 22, "https://list.example/s/a2/story"),
    "old-reddit": ("ann2", 22, "https://list.example/r/x/comments/2a/"),
    "blog-home": ("Ann", 22, "https://list.example/2024/02/story/#comments"),
    "forum": ("ann2", 22, "https://list.example/x/viewtopic.php?t=2"),
    "discourse": (None, 23, "https://talk.example/t/story/2"),
    "german-news": (None, 22, "https://list.example/artikel/2.html#kommentare"),
}
"""The second entry's author, its comments, and the address of its discussion."""


def entries(html: str, url: str = URL) -> list[Entry]:
    return link_list.find_entries(Dom(LexborHTMLParser(html)), url)


def source(name: str) -> str:
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


def test_every_list_is_looked_at() -> None:
    assert sorted(SECOND) == sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", SECOND)
def test_a_list_has_its_titles_in_order(name: str) -> None:
    assert [entry.title for entry in entries(source(name))] == TITLES


@pytest.mark.parametrize("name", SECOND)
def test_an_entry_tells_who_how_many_and_where(name: str) -> None:
    second = entries(source(name))[1]
    assert (second.byline, second.comments, second.address) == SECOND[name]


def test_dates_and_summaries_are_kept() -> None:
    first = entries(source("hacker-news"))[0]
    assert (first.published, first.published_text) == (1709287200.0, "2024-03-01T10:00:00")
    assert entries(source("blog-home"))[0].summary.startswith("It began with a question that somebody asked")


def test_relative_addresses_need_a_page() -> None:
    assert [entry.address for entry in entries(source("forum"), "")] == [""] * 6


def rows(count: int, row: str) -> str:
    """A list of rows in which `{}` is a number."""
    return "<main><ul>" + "".join(f"<li>{row.replace('{}', str(n))}</li>" for n in range(count)) + "</ul></main>"


ROW = "<h3><a href='/{}'>A title with the number {}</a></h3>"


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("<span>Replies: 1,204</span>", 1204),
        ("<span>1.2k comments</span>", 1200),
        ("<span>Keine Kommentare</span>", None),
        ("<span class='comment-count'>17</span>", 17),
        ("<span class='comment-score'>17</span>", None),
        ("<span>7 件のコメント</span>", 7),
    ],
)
def test_counts_are_read_in_many_forms(said: str, count: int | None) -> None:
    assert [entry.comments for entry in entries(rows(6, ROW + said))] == [count] * 6


ARTICLE = "<p>" + "This is an article that goes on, with what there is to say about its matter. " * 9 + "</p>"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Nothing here",
        rows(2, ROW),
        f"<article>{ARTICLE}</article>{rows(6, ROW)}",
        rows(6, "<a href='/same'>The same title each time</a><p>12 comments</p>"),
        rows(6, "<p class=body>I say {} things, and <a href='/{}'>link</a> to what I have read of late.</p>"),
        rows(
            6,
            "<a href='/{}'>{} hours ago</a> <p>A comment that says a little more than nothing, but not much more.</p>",
        ),
        "<article class=post>" + rows(6, ROW + "<p>It says something of note.</p>") + "</article>",
        rows(
            6,
            "<h3><a href='https://site{}.example/'>A tool with the number {}</a></h3><p>What it does, how well.</p>",
        ),
        rows(6, f"<h3><a href='/{{}}'>Section {{}} of one</a></h3>{ARTICLE}").replace(
            "<main>", "<meta property=og:type content=article>"
        ),
    ],
)
def test_what_is_no_list_has_no_entries(html: str) -> None:
    assert entries(html) == []
