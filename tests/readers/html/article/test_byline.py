"""The author and the date that a page shows near its headline, and what is not one."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.article.byline import find_visible_byline
from rumor_tui.readers.html.article.title import find_headline
from rumor_tui.readers.html.dom import Dom

TEXT = "The old bench in the park has stood there since 1911, and the council asks who took it away last week. " * 3


def page(byline: str, after: str = "", head: str = "") -> Dom:
    """A page with something between its headline and its text."""
    return Dom(LexborHTMLParser(f"{head}<p>Menu</p><h1>The bench</h1>{byline}<p>{TEXT}</p>{after}"))


def names(byline: str, after: str = "", head: str = "") -> str:
    dom = page(byline, after, head)
    return find_visible_byline(dom, find_headline(dom, "The bench")).names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<p>By Ann Berg</p>", "Ann Berg"),
        ("<p>By <a href=/x>Ann Berg</a></p>", "Ann Berg"),
        ("<p>By <a href=/x>Ann Berg</a>, <a href=/y>Ben Ost</a> and <b>Cy Lund</b></p>", "Ann Berg, Ben Ost"),
        ("<p>By Ann Berg, MD</p>", "Ann Berg"),
        ("<p>By Ann Berg on 3 March 2024 at 10:15</p>", "Ann Berg"),
        ("<p>Von Ann Berg</p>", "Ann Berg"),
        ("<small>May 5th, 2013 by Ann Berg</small>", "Ann Berg"),
        ("<p>authored by <a href=/~ann99>ann99</a> 3 hours ago</p>", "ann99"),
        ("<p><a href=/u/ann_99>ann_99</a> to <a href=/c/parks>parks</a></p>", "ann_99"),
        ("<p>By <a href=/a>Ann Berg</a> · <a href=/p>Previous</a></p>", "Ann Berg"),
        ("<p>2 March 2024 · 6 min · Ann Berg</p>", "Ann Berg"),
        ("<p>Posted by Ann Berg at 07:31 PM in Machines</p>", "Ann Berg"),
        ("<p>By Ann Berg on <time>March 3, 2024</time></p>", "Ann Berg"),
        ("<b>Ann Berg</b> <a href=mailto:x>ann at a.example</a> <i>Tue May 14 09:21:33 CEST 2013</i>", "Ann Berg"),
        ("<div class=sidebar><p class=author>Ben Ost</p></div>", ""),
        ("<ul><li class=recentcomments><span class=comment-author-link>Ben Ost</span> on <a href=/x>Z</a></ul>", ""),
        ("<div class=post__author-name>Ann Berg</div>", "Ann Berg"),
        ("<a href=https://a.example/authors/ann-berg>Ann Berg</a>", "Ann Berg"),
        ("<p>3 March 2024 · <span>Ann Berg</span></p>", "Ann Berg"),
        ("<p>Reviewed by <a href=/x>Ben Ost</a></p>", ""),
        ("<p>Photo by Ben Ost</p>", ""),
        ("<div class=author><a href=/authors/ann>View more posts</a></div>", ""),
        ("<div class=author><a href=/authors/ann>Connect on LinkedIn</a><a>Follow</a><a>Share</a></div>", ""),
    ],
)  # fmt: skip
def test_names_near_the_headline(byline: str, expected: str) -> None:
    assert names(byline) == expected


def test_who_wrote_it_may_stand_at_the_end() -> None:
    assert names("", after="<p>Written by <a href=/x>Ann Berg</a></p>") == "Ann Berg"


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<p>By Ann Berg on 3 March 2024</p>", "3 March 2024"),
        ("<p>Updated on <b>5 March 2024</b></p><p>Published on <b>3 March 2024</b></p>", "3 March 2024"),
        ("<p>Last updated 5 March 2024</p>", "5 March 2024"),
        ("<p>3 min read</p>", ""),
    ],
)
def test_dates_near_the_headline(byline: str, expected: str) -> None:
    dom = page(byline)
    assert find_visible_byline(dom, find_headline(dom, "The bench")).date == expected


@pytest.mark.parametrize(
    ("author", "visible", "explicit", "expected"),
    [
        ("Ann Berg", "", False, "Ann Berg"),
        ("Ann Berg, Ben Ost", "Ann Berg", True, "Ann Berg, Ben Ost"),
        ("Ann Berg, Ben Ost", "Ann Berg and Ben Ost", True, "Ann Berg, Ben Ost"),
        ("The Web Desk", "Ann Berg", True, "Ann Berg"),
        ("Ann Berg", "Ben Ost", False, "Ann Berg"),
        ("ann.berg7", "Ann Berg", False, "Ann Berg"),
        ("", "Ann Berg", False, "Ann Berg"),
        ("", "", False, None),
    ],
)
def test_what_is_declared_and_what_is_shown_agree_on_one_name(
    author: str, visible: str, explicit: bool, expected: str | None
) -> None:
    head = page("", head=f"<meta name=author content='{author}'>").head
    assert metadata.find_byline(head, visible, is_explicit=explicit) == expected


def test_the_authors_of_a_paper_are_read_from_its_citation() -> None:
    head = page(
        "", head="<meta name=citation_author content='Berg, Ann'><meta name=citation_author content='Ost, B.'>"
    ).head
    assert metadata.find_byline(head) == "Ann Berg, B. Ost"


def test_the_element_of_a_post_names_its_author() -> None:
    html = f"<main><site-post author=ann_99><h1>The bench</h1><p>{TEXT}</p></site-post></main>"
    dom = Dom(LexborHTMLParser(html))
    assert find_visible_byline(dom, find_headline(dom, "The bench")).names == "ann_99"


def test_excluded_elements_name_other_authors() -> None:
    dom = page("", "<div class=reply><p>Written by Ben Ost</p></div>")
    number = dom.tag.index("div")
    excluded = [number <= other < dom.end[number] for other in range(len(dom))]
    assert find_visible_byline(dom, find_headline(dom, "The bench"), excluded).names == ""
