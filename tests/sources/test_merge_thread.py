"""Comments that came later, put into a thread that is there."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Article, Stub, Thread
from rumor_tui.sources.merge_thread import merge_at_stub, merge_page, put_at_stub


def thread(
    parents: list[int],
    prefix: str = "",
    stubs: tuple[Stub, ...] = (),
    article: Article | None = None,
    format: str = "plain",
) -> Thread:
    names = [f"{prefix}{row}" for row in range(len(parents))]
    return Thread(
        article or Article("title"), array("i", parents), names, [f"body {name}" for name in names], [6] * len(names),
        ids=names, stubs=stubs, format=format,  # type: ignore[arg-type]
    )  # fmt: skip


def shape(found: Thread) -> dict[str, str]:
    """By each comment's identifier that of what it answers, in the order of the rows."""
    return {
        found.ids[row] or "": (found.ids[parent] or "") if parent >= 0 else ""
        for row, parent in enumerate(found.parent)
    }


def test_a_part_stands_below_the_stubs_parent() -> None:
    stub = Stub(0, 3, "reddit", ("x",))
    found = merge_at_stub(
        thread([-1, 0, -1], "a", (stub, Stub(2, 1, "reddit"))), thread([-1, 0, -1], "b", (Stub(1, 5),)), stub
    )
    assert shape(found) == {"a0": "", "a1": "a0", "b0": "a0", "b1": "b0", "b2": "a0", "a2": ""}
    assert list(found.bodies) == [f"body {name}" for name in shape(found)]
    assert found.stubs == [Stub(5, 1, "reddit"), Stub(3, 5)]


def test_a_part_at_the_top_level_comes_last() -> None:
    stub = Stub(-1, 3, "page", ("x",))
    found = merge_at_stub(thread([-1, 0], "a", (stub,)), thread([-1, 0], "b", (Stub(-1, 7, "page", ("y",)),)), stub)
    assert shape(found) == {"a0": "", "a1": "a0", "b0": "", "b1": "b0"}
    assert found.stubs == [Stub(-1, 7, "page", ("y",))]


def test_what_is_held_already_comes_once() -> None:
    stub = Stub(-1, 3)
    part = thread([-1, 0, 1], "a")
    found = merge_at_stub(thread([-1, 0], "a", (stub,)), part, stub)
    assert shape(found) == {"a0": "", "a1": "a0", "a2": "a1"}


def test_bodies_of_another_format_are_written_anew() -> None:
    stub = Stub(-1)
    part = Thread(Article(), array("i", [-1]), ["b"], ["<p>1 &lt; <b>2</b>"], [9], format="html")
    for format, body in (("plain", "1 < 2"), ("markdown", "1 \\< **2**"), ("html", "<p>1 &lt; <b>2</b>")):
        assert list(merge_at_stub(thread([-1], "a", (stub,), format=format), part, stub).bodies) == ["body a0", body]


def test_a_further_page_of_a_forum_begins_with_a_comment() -> None:
    stub = Stub(-1, 0, "page", ("x",))
    first = thread([-1], "a", (stub,), Article("title", byline="bob", pieces=["opening post"]))
    page = thread([-1, 0], "b", (Stub(0, 1),), Article("title", byline="cleo", pieces=["one more", "and so on"]))
    found = merge_page(first, page, stub)
    assert list(found.authors) == ["a0", "cleo", "b0", "b1"]
    assert list(found.parent) == [-1, -1, -1, 2]
    assert found.bodies[1] == "one more\n\nand so on"
    assert found.article.byline == "bob"
    assert found.stubs == [Stub(2, 1)]


def test_an_article_that_is_repeated_is_none() -> None:
    stub = Stub(-1, 0, "page", ("x",))
    article = Article("title", byline="bob", pieces=["the article"])
    for other in (article, Article("title", byline="bob"), Article("title", pieces=["more"])):
        assert len(merge_page(thread([-1], "a", (stub,), article), thread([-1], "b", (), other), stub)) == 2


def test_pages_may_count_their_comments_anew() -> None:
    stub = Stub(-1, 0, "page", ("x",))
    first, page = thread([-1, 0], "a", (stub,)), thread([-1, -1, 1], "a")
    page.authors = ["a0", "other", "a2"]
    found = merge_page(first, page, stub)
    assert (list(found.authors), list(found.parent)) == (["a0", "a1", "other", "a2"], [-1, 0, -1, 2])


parents = st.lists(st.integers(-1, 30), max_size=30).map(
    lambda found: [min(parent, row - 1) for row, parent in enumerate(found)]
)


def preordered(found: list[int]) -> list[int]:
    from rumor_tui.readers.preorder import to_preorder

    return to_preorder([None if parent < 0 else parent for parent in found])[1]


@given(parents.map(preordered), parents.map(preordered), st.integers(-1, 29), st.sampled_from(["a", "b"]))
def test_any_graft_is_in_preorder_and_loses_nothing(first: list[int], second: list[int], at: int, prefix: str) -> None:
    stub = Stub(min(at, len(first) - 1), 1, "reddit", ("x",))
    found = merge_at_stub(thread(first, "a", (stub,)), thread(second, prefix), stub)
    names = {f"a{row}" for row in range(len(first))} | {f"{prefix}{row}" for row in range(len(second))}
    assert set(found.ids) == names
    assert len(found) == len(names)
    path: list[int] = []
    for row, parent in enumerate(found.parent):
        while path and path[-1] != parent:
            path.pop()
        assert (path[-1] if path else -1) == parent
        path.append(row)
    assert list(found.bodies) == [f"body {name}" for name in found.ids]


def test_the_whole_takes_the_place_of_what_the_page_shows() -> None:
    stub = Stub(-1, 0, "blogger", ("x",))
    found = put_at_stub(thread([-1, -1], "comment-", (stub,)), thread([-1, 0, -1]), stub, whole=True)
    assert shape(found) == {"0": "", "1": "0", "2": ""}
    assert found.stubs == []


def test_a_part_of_the_whole_adds_nothing_twice() -> None:
    """The page shows four comments, and its site's interface gave two of them so far."""
    stub = Stub(-1, 0, "blogger", ("x",))
    held = thread([-1, -1, -1, -1], "comment-", (stub,))
    found = put_at_stub(held, thread([-1, 0]), stub, whole=True)
    assert shape(found) == {"comment-0": "", "comment-1": "", "comment-2": "", "comment-3": ""}


def test_comments_of_another_system_are_not_those_of_the_page() -> None:
    stub = Stub(-1, 0, "isso", ("x",))
    found = put_at_stub(thread([-1, -1, -1], "comment-", (stub,)), thread([-1, 0]), stub, whole=False)
    assert len(found) == 5
