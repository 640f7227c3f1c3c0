"""What the page of a discussion is about: where its title leads."""

from __future__ import annotations

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import Hint, read_source

PAGE = "https://paper.example/600"
TITLE = "Six hundred cars are too few"


def page(title: str, canonical: str = "", links: str = "") -> Thread:
    comments = "".join(
        f'<div class="comment" id="c{n}"><a class="author" href="/u/ann{n}">ann{n}</a> <time datetime="2026-01-0{n}">'
        f"</time><p>Comment {n} says that 600 cars are too few, and nobody knows who said so first.</p></div>"
        for n in range(1, 6)
    )
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = (
        f"<!doctype html><html><head><title>{TITLE} | Links</title>{head}</head><body>{links}{title}"
        f'<div class="comments">{comments}</div></body></html>'
    )
    content = read_source(text.encode(), Hint("page.html"))
    assert isinstance(content, Thread) and len(content) == 5
    return content


@pytest.mark.parametrize(
    ("title", "canonical", "links"),
    [
        (f'<h1><a href="{PAGE}">{TITLE}</a></h1>', "https://links.example/s/1", ""),
        (f'<h1><a href="{PAGE}">{TITLE}</a></h1>', "", '<a href="/new">new</a>'),
        (f'<h1><a href="{PAGE}">{TITLE}</a></h1>', "", '<a href="https://links.example/">a</a>' * 9),
        (f'<h1>{TITLE}</h1><shreddit-post content-href="{PAGE}">x</shreddit-post>', "https://www.reddit.com/r/x/", ""),
    ],
)
def test_the_title_leads_elsewhere(title: str, canonical: str, links: str) -> None:
    assert page(title, canonical, links).article.link == PAGE


@pytest.mark.parametrize(
    ("title", "canonical", "links"),
    [
        (f'<h1><a href="/s/1">{TITLE}</a></h1>', "https://links.example/s/1", ""),
        (f'<h1><a href="https://www.links.example/s/1">{TITLE}</a></h1>', "https://links.example/s/1", ""),
        (f'<h1><a href="https://links.example/s/1">{TITLE}</a></h1>', "", '<a href="https://links.example/">a</a>' * 9),
        (f'<h1>{TITLE}</h1><p><a href="{PAGE}">A page that says it</a></p>', "https://links.example/s/1", ""),
        (f'<h1>{TITLE}</h1><a href="{PAGE}">Six</a>', "https://links.example/s/1", ""),
        (f'<shreddit-post content-href="https://www.reddit.com/r/x/1">{TITLE}</shreddit-post>',
         "https://www.reddit.com/r/x/", ""),
    ],
)  # fmt: skip
def test_the_title_leads_nowhere_else(title: str, canonical: str, links: str) -> None:
    assert page(title, canonical, links).article.link is None
