"""Several discussions as one thread: what is joined is taken apart as it was, and stays the same while it grows."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from hypothesis import given

from rumor_tui import blocks
from rumor_tui.columns import Constant, LazyColumn
from rumor_tui.discussion_rows import count_comments, discussion_rows, own_id
from rumor_tui.joined import Part, as_part_of, join_threads, make_part, split_thread, tell_apart
from rumor_tui.model import Article, Block, Format, LinkedPage, Stub, Thread
from rumor_tui.row_map import RowMap
from rumor_tui.sources.merge_thread import merge_at_stub
from tests.made_threads import discussions, steady

ARTICLE = Article("The article", pieces=["Its text."])
FORMATS: tuple[Format, ...] = ("plain", "markdown", "html")


def discussion(names: str, prefix: str = "", site: str = "Hacker News", format: Format = "plain") -> Part:
    """A discussion of as many comments as letters, each of which answers the one before it and has that author."""
    size = len(names)
    thread = Thread(
        article=Article(f"About {prefix or site}", byline="poster", published=5.0, score=7, pieces=["Text."]),
        parent=array("i", range(-1, size - 1)),
        authors=list(names),
        bodies=[f"{prefix}{row} says *so*" for row in range(size)],
        lengths=[9] * size,
        format=format,
        ids=[f"{row}" for row in range(size)],
    )
    return Part(site, thread, address=f"https://{prefix or 'a'}.example/")


@steady
@given(discussions())
def test_each_discussion_is_as_it_was(given: list[Part]) -> None:
    joined = join_threads(ARTICLE, given)
    assert len(joined) == sum(len(part.thread) + 1 for part in given)
    assert count_comments(joined) == sum(len(part.thread) for part in given)
    assert all(-1 <= above < row for row, above in enumerate(joined.parent))
    found = split_thread(joined)
    assert [(part.site, part.community, part.comments) for part in found] == [
        (part.site, part.community, part.comments) for part in given
    ]
    for part, was in zip(found, given, strict=True):
        assert part.address == was.address
        assert list(part.thread.parent) == list(was.thread.parent)
        for column in ("authors", "published", "published_text", "ids", "scores", "urls", "deleted"):
            assert list(getattr(part.thread, column)) == list(getattr(was.thread, column)), column
        assert list(part.thread.stubs) == list(was.thread.stubs)
        for fact in ("byline", "published", "published_text", "score"):
            assert getattr(part.thread.article, fact) == getattr(was.thread.article, fact)
        if (part.thread.format, part.thread.repair) == (was.thread.format, was.thread.repair):
            assert list(part.thread.bodies) == list(was.thread.bodies)
            assert list(part.thread.lengths) == list(was.thread.lengths)


@steady
@given(discussions(), discussions())
def test_what_is_appended_leaves_every_row_where_it_was(first: list[Part], more: list[Part]) -> None:
    before, after = join_threads(ARTICLE, first), join_threads(ARTICLE, [*first, *more])
    row_map = RowMap.between(before, after)
    assert list(row_map.every()) == [row_map.of(row) for row in range(len(before))]
    ids = list(before.ids)
    for row, place in enumerate(row_map.every()):
        assert after.ids[place] == ids[row]  # a comment's own identifier may be there twice within its discussion
        assert place == row or ids.count(ids[row]) > 1


def test_a_discussion_that_grows_moves_the_comments_of_the_others() -> None:
    first, other = discussion("ab", "x"), discussion("cd", "y", "Reddit")
    grown = discussion("abxyz", "x")
    row_map = RowMap.between(join_threads(ARTICLE, [first, other]), join_threads(ARTICLE, [grown, other]))
    assert list(row_map.every()) == [0, 1, 2, 6, 7, 8]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_bodies_of_several_formats_say_the_same(format: Format, other: Format) -> None:
    said = {"plain": "one", "markdown": "**one**", "html": "<p><b>one</b></p>"}
    given = [discussion("a", "x", format=format), discussion("b", "y", format=other)]
    for part in given:
        part.thread.bodies = [said[part.thread.format]]
    joined = join_threads(ARTICLE, given)
    wanted = format if format == other else "html" if "html" in (format, other) else "markdown"
    assert joined.format == wanted
    for row in (1, 3):
        (block,) = blocks.parse_body(joined.bodies[row], joined.format)
        assert block.text == "one"
        spans = [span.role for span in block.spans]
        assert spans == ([] if given[row // 2].thread.format == "plain" else ["strong"])
    assert [part.thread.article.pieces for part in split_thread(joined)] == [
        [_written("Text.", wanted, given[0].thread.article.format)],
        [_written("Text.", wanted, given[1].thread.article.format)],
    ]


def _written(text: str, wanted: Format, format: Format) -> str:
    return f"<p>{text}</p>" if wanted == "html" and format != "html" else text


def test_typography_is_mended_once() -> None:
    dump, other = discussion("a", "x"), discussion("b", "y")
    dump.thread.repair = True
    dump.thread.bodies = ["itâ€™s"]
    joined = join_threads(ARTICLE, [dump, other])
    assert not joined.repair
    assert joined.bodies[1] == "it’s"
    both = join_threads(ARTICLE, [dump, replace(dump, address="elsewhere")])
    assert both.repair
    assert both.bodies[1] == "itâ€™s"


def test_a_discussion_has_a_row_with_what_its_post_tells() -> None:
    part = discussion("ab", "x", format="markdown")
    part.thread.article.format = "markdown"
    joined = join_threads(ARTICLE, [part])
    row = joined.comment(0)
    assert (row.author, row.score, row.published, row.url) == ("poster", 7, 5.0, "https://x.example/")
    assert row.body == "**About x**\n\nText."
    assert joined.discussion_at(0) == row.discussion
    assert joined.discussion_at(1) is None
    assert joined.comment(1).discussion is row.discussion
    assert discussion_rows(joined) == [0]


def test_the_text_of_a_linked_page_is_not_the_discussions_own() -> None:
    part = discussion("", "x")
    part.thread.article.pieces = ["Mine.", "Theirs."]
    part.thread.article.linked = LinkedPage("https://page.example/", 1, "Page")
    assert join_threads(ARTICLE, [part]).bodies[0] == "About x\n\nMine."


def test_identifiers_of_the_source_come_back() -> None:
    joined = join_threads(ARTICLE, [discussion("ab", "x"), discussion("a", "y")])
    assert len(set(joined.ids)) == len(joined)
    assert [own_id(id) for id in joined.ids] == [None, "0", "1", None, "0"]
    assert own_id(None) is None


def test_stubs_of_a_discussion_stand_below_its_row() -> None:
    first, second = discussion("ab", "x"), discussion("c", "y")
    first.thread.stubs = [Stub(-1, 4), Stub(1, 2)]
    second.thread.stubs = [Stub(0, 1)]
    assert join_threads(ARTICLE, [first, second]).stubs == [Stub(0, 4), Stub(2, 2), Stub(4, 1)]


def test_people_of_one_name_on_several_sites_are_told_apart() -> None:
    given = [
        discussion("ab", "x"),
        discussion("Ac", "y", "Reddit"),
        discussion("cb", "z"),
    ]
    joined = join_threads(ARTICLE, given)
    assert list(joined.authors) == ["poster", "a", "b", "poster", "A", "c", "poster", "c", "b"]
    wanted = [
        *("poster (Hacker News)", "a (Hacker News)", "b"),
        *("poster (Reddit)", "A (Reddit)", "c (Reddit)"),
        *("poster (Hacker News)", "c (Hacker News)", "b"),
    ]
    assert list(joined.people) == wanted
    assert list(tell_apart(replace(joined, told_apart=())).people) == wanted
    chosen = joined.select([3, 4], [-1, 0])
    assert list(chosen.people) == wanted[3:5]


def test_nobody_is_named_anew_where_names_are_of_one_site() -> None:
    joined = join_threads(ARTICLE, [discussion("ab", "x"), discussion("ab", "y")])
    assert joined.people is joined.authors
    plain = discussion("ab").thread
    assert plain.people is plain.authors
    assert list(plain.select([0], [-1]).people) == ["a"]


def test_a_label_is_a_site_and_a_community() -> None:
    thread = discussion("").thread
    assert make_part("Reddit r/cars", thread) == Part("Reddit", thread, "r/cars")
    assert make_part("Lemmy lemmy.world", thread) == Part("Lemmy lemmy.world", thread)
    assert make_part("Hacker News", thread, "x", 3) == Part("Hacker News", thread, "", "x", 3)
    assert make_part("r/cars", thread).label == "r/cars"


def test_nothing_joined_is_nothing_to_split() -> None:
    joined = join_threads(ARTICLE, [])
    assert len(joined) == 0
    assert split_thread(joined) == []
    assert split_thread(discussion("abc").thread) == []
    assert count_comments(discussion("abc").thread) == 3


def test_joining_looks_at_no_text() -> None:
    """Bodies, dates and identifiers of a long thread are worked out row by row, when they are asked for."""
    asked: list[int] = []

    def body(row: int) -> str:
        asked.append(row)
        return "text"

    size = 1000
    part = discussion("")
    lazy = Thread(
        article=Article("Lazy"),
        parent=array("i", [-1]) * size,
        authors=Constant("ann", size),
        bodies=LazyColumn(body, range(size)),
        lengths=Constant(4, size),
        format="html",
    )
    joined = join_threads(ARTICLE, [part, Part("Reddit", lazy), Part("Reddit", lazy)])
    assert asked == []
    assert joined.bodies[2 + 7] == "text"
    assert asked == [7]


def test_however_often_parts_are_joined_and_taken_apart_nothing_gets_deeper() -> None:
    part = discussion("abc")
    lazy = replace(part.thread, bodies=LazyColumn(str, range(3)))
    joined = first = join_threads(ARTICLE, [replace(part, thread=lazy), discussion("de", "x", "Reddit")])
    for _ in range(500):
        parts = split_thread(joined)
        grown = merge_at_stub(parts[0].thread, Thread(Article(), array("i"), [], [], []), Stub(-1))
        joined = join_threads(ARTICLE, [replace(parts[0], thread=grown), *parts[1:]])
    assert [joined.bodies[row] for row in range(7)] == list(joined.bodies) == list(first.bodies)
    assert [joined.ids[row] for row in range(7)] == list(joined.ids) == list(first.ids)


def test_comments_that_come_later_join_their_discussion() -> None:
    joined = join_threads(ARTICLE, [discussion("ab", "x"), discussion("c", "y", "Reddit")])
    about = joined.discussions[3]
    assert about is not None
    part = as_part_of(discussion("de", "more").thread, about)
    assert list(part.ids) == [joined.ids[4], f"{about.key}\x1f1"]
    assert set(part.discussions) == {about}


def test_the_first_paragraph_is_the_title() -> None:
    joined = join_threads(ARTICLE, [discussion("a", "x", format="html")])
    first, second = blocks.parse_body(joined.bodies[0], joined.format)
    assert isinstance(first, Block)
    assert (first.text, second.text) == ("About x", "Text.")


@pytest.mark.parametrize("format", FORMATS)
def test_a_title_of_which_nothing_is_seen_is_none(format: Format) -> None:
    thread = Thread(Article("\U0001f3fb"), array("i"), [], [], [], format=format)
    assert list(join_threads(ARTICLE, [make_part("Hacker News", thread)]).bodies) == [""]
