"""Sources about one page for the tests: the page itself, and threads about it as their platforms give them."""

from __future__ import annotations

import json
from collections.abc import Sequence

PAGE = "https://blog.example/2011/bmw-1m"

WORDS = "BMW will build only as many of the car as its plant manages in eight months, says the head of sales. "


def article_html(address: str = PAGE, title: str = "How many will BMW build?", text: str = WORDS * 6) -> bytes:
    """A page with an article and no comments."""
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><link rel="canonical" href="{address}"></head>'
        f"<body><nav><a href='/about'>About</a></nav><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article>"
        "</body></html>"
    ).encode()


def hacker_news_json(link: str = PAGE, authors: Sequence[str] = ("gabe", "ann"), id: int = 100) -> bytes:
    """A story of Hacker News as Algolia's interface gives it, with a comment by each author."""
    children = [
        {
            "id": id + nth + 1,
            "author": author,
            "text": f"<p>Only 600 units, says {author} of {id}.</p>",
            "created_at_i": 1_299_600_000 + nth,
            "parent_id": id,
            "children": [],
        }
        for nth, author in enumerate(authors)
    ]
    story = {
        "id": id,
        "type": "story",
        "title": "BMW 1M production",
        "url": link,
        "author": "pg",
        "points": 2414,
        "created_at_i": 1_299_590_000,
        "children": children,
    }
    return json.dumps(story).encode()


def reddit_json(link: str = f"{PAGE}?utm_source=reddit", authors: Sequence[str] = ("gabe", "rx7")) -> bytes:
    """A post of Reddit with a comment by each author."""
    post = {
        "id": "x1",
        "name": "t3_x1",
        "title": "BMW builds a few",
        "url": link,
        "selftext": "",
        "author": "poster",
        "score": 12,
        "num_comments": len(authors),
        "created_utc": 1_299_595_000,
        "permalink": "/r/cars/comments/x1/bmw/",
    }
    comments = [
        {
            "kind": "t1",
            "data": {
                "id": f"c{nth}",
                "name": f"t1_c{nth}",
                "parent_id": "t3_x1",
                "link_id": "t3_x1",
                "author": author,
                "body": f"*About* 414, says {author}.",
                "score": nth,
                "created_utc": 1_299_600_000 + nth,
                "permalink": f"/r/cars/comments/x1/bmw/c{nth}/",
                "replies": "",
            },
        }
        for nth, author in enumerate(authors)
    ]
    listings = [[{"kind": "t3", "data": post}], comments]
    return json.dumps([{"kind": "Listing", "data": {"children": children}} for children in listings]).encode()


def discussion_html(
    address: str = "https://www.reddit.com/r/cars/comments/x1/bmw/",
    title: str = "How many will BMW build?",
    post: str = "",
    authors: Sequence[str] = ("gabe", "rx7", "ann"),
    date: str = "2011-03-09",
) -> bytes:
    """A saved page of a discussion that does not link from its title to what it is about."""
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    comments = "".join(
        f'<li class="comment" id="comment-{nth}"><span class="author">{author}</span> '
        f'<time datetime="{date}T12:0{nth}:00Z">{date}</time>'
        f'<div class="comment-body"><p>I have heard of {600 + nth} cars, and of nothing else, says {author}.</p></div>'
        "</li>"
        for nth, author in enumerate(authors)
    )
    body = f"<div class='entry-content'><p>{post}</p></div>" if post else ""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{canonical}</head><body><article><h1>{title}</h1>"
        f"{body}</article><section id='comments'><h2>{len(authors)} comments</h2><ol class='comment-list'>{comments}"
        "</ol></section></body></html>"
    ).encode()
