"""Orders of several discussions that are read as one, and what is missing of them."""

from __future__ import annotations

from array import array

import pytest

from rumor_tui.discussion_rows import own_id
from rumor_tui.joined import Part, join_threads
from rumor_tui.model import Article, Order, Stub, Thread
from rumor_tui.reading.missing_replies import MissingReplies, total_words
from rumor_tui.reading.orders import arrange


def thread(name: str, score: int, days: list[int], scores: list[int], parents: list[int]) -> Thread:
    return Thread(
        article=Article(name, byline="ann", published=86400.0 * min(days), score=score),
        parent=array("i", parents),
        authors=["bob"] * len(days),
        bodies=["Text."] * len(days),
        lengths=[5] * len(days),
        ids=[f"{name}{day}" for day in days],
        published=[86400.0 * day for day in days],
        scores=list(scores),
    )


def joined() -> Thread:
    first = thread("a", 5, [3, 9, 4], [1, 2, 8], [-1, 0, -1])
    second = thread("b", 70, [2, 5], [3, 4], [-1, -1])
    return join_threads(Article("The article"), [Part("Hacker News", first), Part("Reddit", second)])


def names(shown: Thread) -> str:
    """The comments by their identifiers, and the discussions by their sites, in order."""
    return " ".join(
        about.site if (about := shown.discussion_at(row)) is not None else own_id(shown.ids[row]) or ""
        for row in range(len(shown))
    )


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("page", "Hacker News a3 a9 a4 Reddit b2 b5"),
        ("newest", "Hacker News a3 a9 a4 Reddit b5 b2"),
        ("oldest", "Reddit b2 b5 Hacker News a3 a9 a4"),
        ("points", "Reddit b5 b2 Hacker News a4 a3 a9"),
        ("replies", "Hacker News a3 a9 a4 Reddit b2 b5"),
        ("came", "Reddit b2 Hacker News a3 a4 b5 a9"),
    ],
)
def test_orders_are_those_within_the_discussions(order: Order, wanted: str) -> None:
    arrangement = arrange(joined(), order)
    shown = arrangement.thread(joined())
    assert names(shown) == wanted
    for row, above in enumerate(arrangement.answers or shown.parent):
        about = shown.discussions[row]
        assert above < 0 or shown.discussions[above] is about or shown.discussions[above] == about


def test_what_is_missing_of_a_discussion_are_comments() -> None:
    page = joined()
    page.stubs = [Stub(0, 40), Stub(1, 2)]
    missing = MissingReplies(page)
    assert missing.words(0) == "… 40 more comments, not in the source"
    assert missing.words(1) == "… 2 more replies, not in the source"
    assert total_words(missing) == "5 of 47 comments"
