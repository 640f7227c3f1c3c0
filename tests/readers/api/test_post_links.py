"""The page elsewhere that a post is about (`Article.link`), as each site's answers name it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.api.samples import item, lemmy, listing, lobster, lobsters, post, sky, status, t1, t3, things, thread
from tests.readers.api.samples import topic as discourse_topic

PAGE = "https://paper.example/x?a=1&b=2"
OWN = "https://www.reddit.com/r/test/comments/post/title/"


def algolia(url: Any) -> dict[str, Any]:
    return {"id": 1, "type": "story", "title": "T", "url": url, "author": "op", "points": 3, "children": [],
            "created_at_i": 1_500_000_000}  # fmt: skip


def lemmy_view(url: str) -> dict[str, Any]:
    view = lemmy(1, "0.1")
    about = {"id": 1, "name": "Title", "ap_id": "https://lemmy.world/post/1", "url": url}
    return {"post_view": {"post": about, "creator": {"name": "op"}, "counts": {"comments": 1}}, "comments": [view]}


def reddit(**fields: Any) -> list[Any]:
    return [things(t3(**fields)), things(t1("a", "t3_post"))]


def bluesky(embed: dict[str, Any]) -> dict[str, Any]:
    root = sky("a", sky("b"))
    root["post"]["embed"] = embed
    return {"thread": root}


def masto(card: Any) -> dict[str, Any]:
    return {"status": status(1, card=card), "context": {"ancestors": [], "descendants": [status(2, 1)]}}


def topic(link: str) -> dict[str, Any]:
    return {**discourse_topic(post(1), post(2)), "featured_link": link}


@pytest.mark.parametrize(
    "value",
    [
        algolia(PAGE),
        [item(1, type="story", title="T", url=PAGE), item(2, 1)],
        reddit(url=PAGE),
        reddit(url=PAGE.replace("&", "&amp;"), selftext_html="&lt;p&gt;x&lt;/p&gt;"),
        reddit(url="/r/other/comments/o/t/", crosspost_parent_list=[t3("o", url=PAGE)["data"]]),
        reddit(url="https://v.redd.it/abc", url_overridden_by_dest=PAGE),
        lobsters(lobster("a"), url=PAGE),
        lemmy_view(PAGE),
        masto({"url": PAGE, "title": "A page"}),
        bluesky({"external": {"uri": PAGE, "title": "A page"}}),
        bluesky({"record": {}, "media": {"external": {"uri": PAGE}}}),
        topic(PAGE),
    ],
)
def test_what_a_post_links_to(value: Any) -> None:
    assert thread(value).article.link == PAGE


@pytest.mark.parametrize(
    "value",
    [
        algolia(None),
        algolia("https://news.ycombinator.com/item?id=7"),
        algolia("javascript:alert(1)"),
        [item(1, type="story", title="T", text="Ask", url=None), item(2, 1)],
        reddit(url=OWN),
        reddit(url="https://old.reddit.com/r/other/comments/o/t/"),
        reddit(url="https://www.reddit.com/gallery/post"),
        reddit(url="https://redd.it/o"),
        reddit(url="/r/other/comments/o/t/", crosspost_parent_list=[t3("o")["data"]]),
        reddit(url="/r/other/comments/o/t/", crosspost_parent_list="none"),
        lobsters(lobster("a"), url=""),
        lobsters(lobster("a"), url="/relative"),
        lemmy_view("https://lemmy.world/pictrs/image/x.png"),
        masto(None),
        masto({"url": "https://example.com/@user9/9"}),
        bluesky({"images": []}),
        topic(""),
    ],
)
def test_posts_without_a_page_elsewhere(value: Any) -> None:
    assert thread(value).article.link is None


def test_pictures_and_films_on_hosts_of_their_own_are_links() -> None:
    assert thread(reddit(url="https://i.redd.it/x.png")).article.link == "https://i.redd.it/x.png"
    assert thread(lemmy_view("https://pics.example/x.png")).article.link == "https://pics.example/x.png"


def test_the_address_of_the_article_stays_as_it_was() -> None:
    assert thread(masto({"url": PAGE})).article.url == "https://example.com/@user1/1"
    assert thread(reddit(url=PAGE)).article.url == PAGE
    assert thread(bluesky({"external": {"uri": PAGE}})).article.url == "https://bsky.app/profile/a.example.com/post/a"


def test_entries_of_a_list_have_their_links() -> None:
    found = listing(things(t3("p", url=PAGE), t3("q")))
    assert [entry.link for entry in found.entries] == [PAGE, ""]


def test_a_crosspost_shows_the_text_of_the_post_that_it_repeats() -> None:
    original = t3("o", is_self=True, selftext="The words.")["data"]
    assert list(thread(reddit(selftext="", crosspost_parent_list=[original])).article.pieces) == ["The words."]
