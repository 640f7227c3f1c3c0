"""Every platform's API, with its paging, over real sockets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rumor_tui.model import Thread
from rumor_tui.sources.addresses import platform_name
from tests.sources import play_embeds
from tests.sources.conftest import context, last, opened
from tests.sources.server import ADDRESSES, SIZES, Play
from tests.sources.threads import made


def fetched(play: Play, name: str) -> Thread:
    known = context(play)
    address = play.base + ADDRESSES[name]
    unknown = {"WordPress", "a page", *play_embeds.ADDRESSES}
    assert platform_name(address, known.sites) == ("" if name in unknown else name)
    return last(opened(known, address))


def tree(thread: Thread, number: Callable[[str], int]) -> dict[int, int]:
    """By the number of a comment the number of what it answers, 0 for the article."""
    ids = [number(identity or "") for identity in thread.ids]
    return {ids[row]: ids[parent] if parent >= 0 else 0 for row, parent in enumerate(thread.parent)}


def as_made(count: int) -> dict[int, int]:
    return {one.number: one.parent for one in made(count)}


NUMBERS: dict[str, Callable[[str], int]] = {
    "Hacker News": lambda identity: int(identity) - 1,
    "Reddit": lambda identity: int(identity.removeprefix("t1_")[1:]),
    "Lobsters": lambda identity: int(identity[1:]),
    "Discourse": lambda identity: int(identity) - (1000 if int(identity) >= 1000 else 1),
    "Mastodon": lambda identity: int(identity) - 109_000_000_000_000_001,
    "Lemmy": int,
    "Bluesky": lambda identity: int(identity.rpartition("/p")[2]),
    "WordPress": int,
}
COUNTS = {
    "Hacker News": "hn",
    "Reddit": "reddit",
    "Lobsters": "lobsters",
    "Discourse": "discourse",
    "Mastodon": "mastodon",
    "Lemmy": "lemmy",
    "Bluesky": "bluesky",
    "WordPress": "wordpress",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_whole_tree_comes_of_all_pages(play: Play, name: str) -> None:
    thread = fetched(play, name)
    assert tree(thread, NUMBERS[name]) == as_made(SIZES[COUNTS[name]])
    assert not thread.stubs


def test_the_article_comes_with_it(play: Play) -> None:
    titles = {name: fetched(play, name).article.title for name in ADDRESSES if name not in ("a forum", "a page")}
    assert {name: title for name, title in titles.items() if not title.startswith("Six hundred cars")} == {
        "Mastodon": titles["Mastodon"],
        "Bluesky": titles["Bluesky"],
    }


def test_answers_and_comments_of_a_question(play: Play) -> None:
    thread = fetched(play, "Stack Exchange")
    roots = [body for body, parent in zip(thread.bodies, thread.parent, strict=True) if parent < 0]
    assert len(thread) == 120 + 3 + 2 * 120
    assert len([body for body in roots if "Answer" in body]) == 120
    asked = [path for path in play.seen if "/answers?" in path]
    assert [path.rpartition("page=")[2] for path in asked] == ["1", "2"]


def test_comments_of_an_issue_by_its_links(play: Play) -> None:
    thread = fetched(play, "GitHub")
    assert len(thread) == SIZES["github"]
    assert [path.rpartition("page=")[2] for path in play.seen if "page=" in path] == ["100", "2", "3"]


def test_replies_stand_as_the_site_orders_them(play: Play) -> None:
    """Items come in any order; the ranks of `kids` tell how they stand."""
    thread = fetched(play, "Hacker News")
    roots = [int(identity or 0) for identity, parent in zip(thread.ids, thread.parent, strict=True) if parent < 0]
    assert roots == sorted(roots)
    assert sum(thread.deleted) == SIZES["hn"] // 50


def test_no_host_gets_more_requests_at_a_time_than_it_should(play: Play) -> None:
    play.pause = 0.05
    fetched(play, "Discourse")
    assert 1 < play.most_at_once <= context(play).access.limits.parallel


def test_reddit_is_asked_for_more_one_request_at_a_time(play: Play) -> None:
    play.pause = 0.002
    fetched(play, "Reddit")
    assert play.most_at_once == 1
    assert all(path.count(",") < 100 for path in play.seen)


def test_what_it_is_is_said_honestly(play: Play) -> None:
    fetched(play, "Lemmy")
    assert {asked["user-agent"].partition("/")[0] for asked in play.asked} == {"rumor-tui"}
    assert {asked["accept-encoding"] for asked in play.asked} == {"gzip, deflate"}
