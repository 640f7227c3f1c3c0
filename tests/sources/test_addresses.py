"""Which platform an address is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import SourceError
from rumor_tui.sources.addresses import plans_for, platform_name
from rumor_tui.sources.config import Sites
from rumor_tui.sources.fetch import origin_of, parse_address
from rumor_tui.sources.platforms import PLATFORMS
from rumor_tui.sources.platforms.reddit import old_reddit
from rumor_tui.text import neutralise_line

KNOWN = {
    "https://news.ycombinator.com/item?id=8863": "Hacker News",
    "http://news.ycombinator.com/item?id=8863#9224": "Hacker News",
    "https://news.ycombinator.com/item?p=2&id=8863": "Hacker News",
    "https://NEWS.ycombinator.com/item?id=8863": "Hacker News",
    "https://www.reddit.com/r/cars/comments/abc12/six_hundred/": "Reddit",
    "https://old.reddit.com/r/cars/comments/abc12/six_hundred/?sort=new": "Reddit",
    "https://reddit.com/comments/abc12": "Reddit",
    "https://www.reddit.com/r/cars/comments/abc12/six_hundred/k3x/": "Reddit",
    "https://www.reddit.com/user/bob/comments/abc12/six_hundred/": "Reddit",
    "https://www.reddit.com/r/cars/comments/abc12/six_hundred.json": "Reddit",
    "https://lobste.rs/s/abc123": "Lobsters",
    "https://lobste.rs/s/abc123/six_hundred#c_1": "Lobsters",
    "https://bsky.app/profile/bob.example/post/3kabc": "Bluesky",
    "https://bsky.app/profile/did:plc:abc/post/3kabc": "Bluesky",
    "https://stackoverflow.com/questions/3/six": "Stack Exchange",
    "https://stackoverflow.com/q/3": "Stack Exchange",
    "https://cooking.stackexchange.com/questions/3/six?answertab=votes": "Stack Exchange",
    "https://pt.stackoverflow.com/questions/3": "Stack Exchange",
    "https://github.com/o/r.js/issues/9": "GitHub",
    "https://github.com/o/r/pull/9/files": "GitHub",
    "https://meta.discourse.org/t/six-hundred/123": "Discourse",
    "https://meta.discourse.org/t/six-hundred/123/45?u=bob": "Discourse",
    "https://meta.discourse.org/t/123": "Discourse",
    "https://meta.discourse.org/t/123/45": "Discourse",
    "https://example.com/forum/t/10-tips/123.json": "Discourse",
    "https://mastodon.social/@bob/109000000000000001": "Mastodon",
    "https://mastodon.social/@bob@other.example/109000000000000001": "Mastodon",
    "https://mastodon.social/users/bob/statuses/109000000000000001": "Mastodon",
    "https://gts.example/@bob/statuses/01GZ0000000000000000000000": "Mastodon",
    "https://lemmy.world/post/7": "Lemmy",
    "https://lemmy.world/post/7/12": "Lemmy",
    "https://hypothes.is/search?q=url:https%3A%2F%2Fexample.com%2Fa": "Hypothesis",
    "https://hypothes.is/search?q=url%3Aexample.com%2Fa&page=2": "Hypothesis",
    # Lists.
    "https://news.ycombinator.com": "Hacker News",
    "https://news.ycombinator.com/": "Hacker News",
    "https://news.ycombinator.com/news?p=2": "Hacker News",
    "https://news.ycombinator.com/newest?next=8863&n=31": "Hacker News",
    "https://news.ycombinator.com/best": "Hacker News",
    "https://www.reddit.com/r/cars/": "Reddit",
    "https://www.reddit.com/r/cars+boats/top/?t=week": "Reddit",
    "https://old.reddit.com/r/cars/new/?after=t3_abc": "Reddit",
    "https://lobste.rs": "Lobsters",
    "https://lobste.rs/page/2": "Lobsters",
    "https://lobste.rs/newest/page/3": "Lobsters",
    "https://lobste.rs/t/python,web": "Lobsters",
    "https://bsky.app/hashtag/cars": "Bluesky",
    "https://bsky.app/hashtag/caf%C3%A9?author=x": "Bluesky",
    "https://stackoverflow.com/questions": "Stack Exchange",
    "https://stackoverflow.com/questions/tagged/c%2b%2b+list?tab=Votes&page=2": "Stack Exchange",
    "https://cooking.stackexchange.com/questions/tagged/eggs": "Stack Exchange",
    "https://github.com/o/r/issues": "GitHub",
    "https://github.com/o/r/issues?page=2": "GitHub",
    "https://github.com/o/r.js/pulls": "GitHub",
    "https://meta.discourse.org/latest": "Discourse",
    "https://meta.discourse.org/latest.json?page=1": "Discourse",
    "https://meta.discourse.org/top?period=weekly": "Discourse",
    "https://meta.discourse.org/c/support/6": "Discourse",
    "https://meta.discourse.org/c/support/wordpress/24/l/latest": "Discourse",
    "https://example.com/forum/latest": "Discourse",
    "https://example.com/news/latest/": "Discourse",
    "https://mastodon.social/tags/cars": "Mastodon",
    "https://mastodon.social/tags/caf%C3%A9": "Mastodon",
    "https://lemmy.world/c/cars": "Lemmy",
    "https://lemmy.world/c/cars@lemmy.ml?sort=New&page=2": "Lemmy",
    # Pages like others.
    "https://news.ycombinator.com/newcomments": "",
    "https://news.ycombinator.com/user?id=bob": "",
    "https://www.reddit.com/": "",
    "https://www.reddit.com/r/cars/wiki/index": "",
    "https://notreddit.com/r/cars/": "",
    "https://lobste.rs/about": "",
    "https://lobste.rs/~bob": "",
    "https://bsky.app/profile/bob.example": "",
    "https://stackoverflow.com/questions/ask/advice": "",
    "https://stackoverflow.com/tags": "",
    "https://github.com/o/r": "",
    "https://github.com/o/r/issues?q=is%3Aclosed": "",
    "https://github.com/o/r/issues/new": "",
    "https://example.com/latest/six": "",
    "https://example.com/tags/cars/": "",
    "https://example.com/tags/cars.html": "",
    "https://example.com/c/cars/six-hundred": "",
    "https://example.com/tags/": "",
    "https://news.ycombinator.com/item?id=x": "",
    "https://example.com/item?id=8863": "",
    "https://notreddit.com/r/cars/comments/abc12/six/": "",
    "https://reddit.com.evil.example/r/cars/comments/abc12/six/": "",
    "https://evil.example/?https://www.reddit.com/r/cars/comments/abc12/six/": "",
    "https://evil.example/#@github.com/o/r/issues/9": "",
    "https://evilstackexchange.com/questions/3": "",
    "https://github.com/o/r/discussions/9": "",
    "https://medium.com/@bob/six-hundred-cars-1234567890ab": "",
    "https://example.com/post/six-hundred": "",
    "https://example.com/t/tag": "",
}


@pytest.mark.parametrize("address", KNOWN)
def test_platforms(address: str) -> None:
    assert platform_name(address, Sites()) == KNOWN[address]
    assert len(plans_for(address, Sites())) == (2 if KNOWN[address] else 1)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.reddit.com/r/cars/comments/abc12/six/", "https://old.reddit.com/r/cars/comments/abc12/six/"),
        ("http://reddit.com/comments/abc12", "https://old.reddit.com/comments/abc12"),
        ("https://evil.example/reddit.com/comments/abc12", "https://evil.example/reddit.com/comments/abc12"),
    ],
)
def test_the_page_of_a_reddit_thread_is_the_old_one(address: str, page: str) -> None:
    assert old_reddit(address) == page


def test_every_row_is_tested() -> None:
    assert {platform.name for platform in PLATFORMS if platform.threads} == set(filter(None, KNOWN.values()))


@given(st.text(max_size=200))
def test_any_text_has_a_plan_or_is_refused(text: str) -> None:
    assert plans_for(text, Sites())
    assert plans_for(f"https://{text}", Sites())
    try:
        parse_address(text)
        origin_of(f"https://{text}")
    except SourceError as error:
        assert neutralise_line(str(error)) == str(error)


@pytest.mark.parametrize(
    "address",
    ["ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "http://", "https:///x", "", "example.com/x"],
)
def test_what_is_no_address_of_the_web(address: str) -> None:
    with pytest.raises(SourceError, match="is not an address that can be opened"):
        parse_address(address)


def test_a_password_is_not_sent() -> None:
    with pytest.raises(SourceError, match="Leave out what is before the @"):
        parse_address("https://ann:secret@example.com/")
