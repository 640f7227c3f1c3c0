"""Three discussions of one article (100, 400 and 1,000 comments) read as one: everything is as in each of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from random import Random

import pytest

from rumor_tui.discussion_rows import discussion_rows, own_id
from rumor_tui.joined import Part, join_threads, split_thread
from rumor_tui.model import Article, Order, Thread
from rumor_tui.reading.orders import arrange
from rumor_tui.reading.session import ReadingSession
from rumor_tui.search.claims.trail import TrailSubject, build_trail
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.query.query import Query
from tests.export.test_export import assert_same, reopened
from tests.reading.sessions import Reader

ARTICLE = Article("Six hundred cars", "ada", url="https://page.example/", pieces=["It will build 600 cars a year."])
SIZES = {"Hacker News": 100, "Reddit r/cars": 400, "Lobsters": 1000}
NAMES = ("ann", "ben", "cleo", "dora", "gabe")
ORDERS: tuple[Order, ...] = ("newest", "oldest", "points", "replies")


def discussion(site: str, size: int) -> Thread:
    """A thread with numbers, names and replies in it; always the same one."""
    random = Random(size)
    parent = array("i", [-1])
    path = [0]
    for row in range(1, size):
        del path[random.randrange(0, len(path) + 1) :]
        parent.append(path[-1] if path else -1)
        path.append(row)
    bodies = [f"Comment {row} of {site} says {random.choice((600, 800, 1200))} cars." for row in range(size)]
    return Thread(
        article=Article(f"{site} on it", "bob", 1e9 + size, pieces=[], score=size, link="https://page.example/"),
        parent=parent,
        authors=[random.choice(NAMES) for _ in range(size)],
        bodies=bodies,
        lengths=[len(body) for body in bodies],
        published=[1e9 + random.randrange(10**6) for _ in range(size)],
        scores=[random.randrange(100) for _ in range(size)],
        ids=[str(row) for row in range(size)],
        source=f"https://{size}.example/",
    )


@cache
def parts() -> list[Part]:
    found = []
    for label, size in SIZES.items():
        site, _, community = label.partition(" r/")
        name, about = (site, f"r/{community}") if community else (label, "")
        found.append(Part(name, discussion(label, size), about, f"https://{size}.example/", size))
    return found


def joined() -> Thread:
    return join_threads(ARTICLE, parts())


def tops(thread: Thread) -> list[int]:
    return discussion_rows(thread)


def own_rows(thread: Thread, nth: int) -> range:
    """The rows of the comments of a discussion, without its own row."""
    bounds = [*tops(thread), len(thread)]
    return range(bounds[nth] + 1, bounds[nth + 1])


def ids(thread: Thread, rows: Sequence[int]) -> list[str | None]:
    return [own_id(thread.ids[row]) for row in rows]


def test_each_thread_is_held_as_it_was() -> None:
    for part, was in zip(split_thread(joined()), parts(), strict=True):
        assert_same(was.thread, part.thread)
        assert list(part.thread.ids) == list(was.thread.ids)


@pytest.mark.parametrize("order", ORDERS)
def test_each_is_ordered_as_it_would_be_alone(order: Order) -> None:
    shown = arrange(joined(), order).thread(joined())
    by_site = {part.label: arrange(part.thread, order).thread(part.thread) for part in parts()}
    for nth, top in enumerate(tops(shown)):
        about = shown.discussion_at(top)
        assert about is not None
        assert ids(shown, own_rows(shown, nth)) == list(by_site[about.label].ids)


def test_folds_are_those_of_each() -> None:
    reader = Reader(joined())
    outline = reader.session.outline
    reader.press("z M")
    assert [row for row in range(len(outline)) if not outline.hidden[row]] == tops(joined())
    reader.press("z R")
    assert not reader.hidden
    for nth, part in enumerate(parts()):
        reader.put(tops(joined())[nth])
        reader.press("z c")
        assert len(reader.hidden) == len(part.thread)
        reader.press("z o")


@pytest.mark.parametrize("line", ["600", ">700", "says", "cars -800", "by:gabe", "replies:>2", "score:>90", "is:leaf"])
def test_a_search_finds_what_it_finds_in_each(line: str) -> None:
    thread = joined()
    session = ReadingSession(thread)
    found = set(matching(session, line))
    for nth, part in enumerate(parts()):
        alone = ReadingSession(part.thread)
        first = own_rows(thread, nth).start
        assert {row - first for row in found & set(own_rows(thread, nth))} == set(matching(alone, line)), line
        alone.close()
    session.close()


def matching(session: ReadingSession, line: str) -> list[int]:
    """The rows that a query selects."""
    matches = session.analysis.find_all(Query(line))
    first = session.analysis.index.first_comment
    return [row for row, matched in enumerate(matches.items()[first:]) if matched]


def test_the_index_counts_all_of_them() -> None:
    def places(thread: Thread, low: float) -> int:
        analysis = ThreadAnalysis(thread)
        analysis.index.build()
        analysis.find_marks()
        assert analysis.marks is not None
        found = analysis.marks.ids_where(lambda least, most, unit: least <= low <= most)
        items = [item for id in found for item in analysis.marks.items_of(id)]
        return sum(item >= analysis.index.first_comment for item in items)

    for figure in (600.0, 800.0, 1200.0):
        assert places(joined(), figure) == sum(places(part.thread, figure) for part in parts())


def test_a_trail_goes_through_all_of_them() -> None:
    def rows(thread: Thread) -> list[str | None]:
        analysis = ThreadAnalysis(thread)
        analysis.index.build()
        analysis.find_marks()
        marks = analysis.marks
        assert marks is not None
        entry = marks.entry(next(iter(marks.ids_where(lambda low, high, unit: low == high == 600))))
        trail = build_trail(TrailSubject("number", entry.value, entry.label), marks)
        first = analysis.index.first_comment
        ids = [thread.ids[line.item - first] for line in trail.lines if line.item >= first]
        return [own_id(id) if thread.is_joined else id for id in ids]

    assert rows(joined()) == [id for part in parts() for id in rows(part.thread)]


def test_namesakes_on_three_sites_are_three_people() -> None:
    thread = joined()
    analysis = ThreadAnalysis(thread)
    people = {person.name: len(person.rows) for person in analysis.participants()}
    for part in parts():
        for name in NAMES:
            alone = sum(author == name for author in part.thread.authors)
            assert people[f"{name} ({part.site})"] == alone
    reader = Reader(thread)
    reader.put(next(row for row in own_rows(thread, 1) if thread.authors[row] == "gabe"))
    reader.press("@")
    lens = reader.session.authors.lens
    assert lens is not None and lens.name == "gabe (Reddit)"
    assert list(lens.rows) == [row for row in own_rows(thread, 1) if thread.authors[row] == "gabe"]


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_an_export_gives_the_discussions_back(to: str) -> None:
    again = reopened(joined(), to)
    assert list(again.parent) == list(joined().parent)
    for part, was in zip(split_thread(again), parts(), strict=True):
        assert part.label == was.label
        assert list(part.thread.authors) == list(was.thread.authors)
        assert list(part.thread.scores) == list(was.thread.scores)
