"""The outline against a naive recursive model: shapes, folds, the filter, and where each key goes."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.outline import PLATEAU, Outline

DEEP = 100_000
NOBODY: str | None = None

Change = tuple[str, object]

few = settings(deadline=None, max_examples=40)
"""The model is slow by design; the forests are large, so fewer of them tell as much."""


@st.composite
def forests(draw: st.DrawFn, most: int = 60) -> tuple[array[int], list[str | None]]:
    """Parents in pre-order and authors; chains are common, so that two people's talks occur."""
    size = draw(st.integers(0, most))
    rises = draw(st.lists(st.sampled_from((0, 0, 0, 0, 1, 1, 2, 5, 99)), min_size=size, max_size=size))
    parent, path = array("i"), list[int]()
    for row, rise in enumerate(rises):
        del path[max(len(path) - rise, 0) :]
        parent.append(path[-1] if path else -1)
        path.append(row)
    authors = draw(st.lists(st.sampled_from(("ann", "bob", "bob", "cy", NOBODY)), min_size=size, max_size=size))
    return parent, authors


@dataclass
class Naive:
    """The same tree without any cleverness: every answer is a walk."""

    parent: list[int]
    authors: list[str | None]
    folded: set[int] = field(default_factory=set)
    wanted: set[int] | None = None

    def __post_init__(self) -> None:
        self.rows = range(len(self.parent))
        self._lines: dict[int, list[int]] = {}
        self._below = [[i for i in self.rows if row in self.line(i)] for row in self.rows]

    def below(self, row: int) -> list[int]:
        return self._below[row]

    def line(self, row: int) -> list[int]:
        if row not in self._lines:
            above = self.parent[row]
            self._lines[row] = [] if above < 0 else [above, *self.line(above)]
        return self._lines[row]

    def only_reply(self, row: int) -> bool:
        """The only reply, counted over the whole subtree: the parent has nothing else below it."""
        return len(self.below(self.parent[row])) == len(self.below(row)) + 1

    def chained(self, row: int) -> bool:
        """The second answer of one person in a talk of two that nobody else joins."""
        above = self.line(row)[:2]
        if len(above) < 2 or self.authors[row] is None:
            return False
        two_people = self.authors[row] == self.authors[above[1]] != self.authors[above[0]]
        return two_people and self.only_reply(row) and self.only_reply(above[0])

    def indent(self, row: int) -> int:
        if self.parent[row] < 0:
            return 0
        level = self.indent(self.parent[row])
        return level if self.chained(row) else min(level + 1, PLATEAU)

    def left_out(self, row: int) -> bool:
        return self.wanted is not None and not self.wanted & {row, *self.below(row)}

    def hidden(self, row: int) -> bool:
        return self.left_out(row) or bool(self.folded & set(self.line(row)))

    def shown(self) -> list[int]:
        return [i for i in self.rows if not self.hidden(i)]

    def depth(self, row: int) -> int:
        return len(self.line(row))


def both(forest: tuple[array[int], list[str | None]]) -> tuple[Outline, Naive]:
    parent, authors = forest
    return Outline(parent, authors), Naive(list(parent), authors)


def masks(size: int) -> st.SearchStrategy[bytes]:
    return st.lists(st.sampled_from((0, 0, 0, 1)), min_size=size, max_size=size).map(bytes)


def changes(size: int) -> st.SearchStrategy[list[Change]]:
    """Any sequence of things that change what is visible."""
    rows = st.integers(0, max(size - 1, 0))
    some_rows = st.lists(rows, max_size=4).map(lambda found: sorted(set(found)))
    one = st.one_of(
        *([st.tuples(st.sampled_from(("fold", "unfold")), rows)] * 3 if size else []),
        *([st.tuples(st.sampled_from(("fold_each", "unfold_each")), some_rows)] if size else []),
        st.tuples(st.sampled_from(("fold_all", "unfold_all")), st.none()),
        st.tuples(st.just("fold_deeper"), st.integers(1, 9)),
        st.tuples(st.just("show_only"), st.none() | masks(size)),
        st.tuples(st.just("fold_where"), masks(size)),
    )
    return st.lists(one, max_size=12)


def apply(tree: Outline, change: Change) -> None:
    name, argument = change
    method: Callable[..., object] = getattr(tree, name)
    if name in ("fold_all", "unfold_all"):
        method()
    else:
        method(argument)


def apply_naively(naive: Naive, change: Change) -> None:
    match change:
        case "fold", int(row):
            naive.folded.add(row)
        case "unfold", int(row):
            naive.folded.discard(row)
        case "fold_each", list(rows):
            naive.folded |= set(rows)
        case "unfold_each", list(rows):
            naive.folded -= set(rows)
        case "fold_all", _:
            naive.folded = set(naive.rows)
        case "unfold_all", _:
            naive.folded = set()
        case "fold_deeper", int(level):
            naive.folded = {i for i in naive.rows if naive.depth(i) >= level}
        case "show_only", mask:
            naive.wanted = {i for i in naive.rows if mask[i]} if isinstance(mask, bytes) else None
        case "fold_where", bytes(mask):
            naive.folded = {i for i in naive.rows if mask[i]}


def changed(data: st.DataObject, most: int = 60) -> tuple[Outline, Naive]:
    """A forest in which any things have been folded, unfolded and filtered."""
    tree, naive = both(data.draw(forests(most)))
    for change in data.draw(changes(len(tree))):
        apply(tree, change)
        apply_naively(naive, change)
    return tree, naive


def first_of(rows: list[int]) -> int:
    return rows[0] if rows else -1


def last_of(rows: list[int]) -> int:
    return rows[-1] if rows else -1


# The shape


@few
@given(forests())
def test_shape(forest: tuple[array[int], list[str | None]]) -> None:
    tree, naive = both(forest)
    assert list(tree.depth) == [naive.depth(i) for i in naive.rows]
    assert list(tree.size) == [len(naive.below(i)) for i in naive.rows]
    assert list(tree.roots) == [i for i in naive.rows if naive.parent[i] < 0]
    assert list(tree.indent) == [naive.indent(i) for i in naive.rows]


@few
@given(forests())
def test_relations_of_each_row(forest: tuple[array[int], list[str | None]]) -> None:
    tree, naive = both(forest)
    for i in naive.rows:
        assert list(tree.ancestors(i)) == naive.line(i)
        assert tree.root(i) == last_of([i, *naive.line(i)])
        assert list(range(i + 1, tree.end(i))) == naive.below(i)
        assert tree.chained(i) == (naive.chained(i) and tree.indent[i] < PLATEAU)


def talk(*authors: str | None) -> Outline:
    """A chain in which each row answers the one before it."""
    return Outline(array("i", range(-1, len(authors) - 1)), authors)


def test_a_talk_of_two_stays_at_one_indent() -> None:
    assert list(talk("ann", "bob", "ann", "bob", "ann").indent) == [0, 1, 1, 1, 1]


def test_a_third_voice_or_a_nameless_one_indents() -> None:
    assert list(talk("ann", "bob", "cy", "bob").indent) == [0, 1, 2, 2]
    assert list(talk(None, None, None).indent) == [0, 1, 2]
    assert list(talk("ann", "ann", "ann").indent) == [0, 1, 2]


def test_another_reply_anywhere_in_between_indents() -> None:
    tree = Outline(array("i", [-1, 0, 1, 0]), ["ann", "bob", "ann", "cy"])
    assert list(tree.indent) == [0, 1, 2, 1]


def test_indentation_stops_at_the_plateau() -> None:
    tree = talk(*map(str, range(PLATEAU + 5)))
    assert list(tree.indent) == [*range(PLATEAU), *[PLATEAU] * 5]
    assert not any(map(tree.chained, range(len(tree))))


# Folds and the filter


@few
@given(st.data())
def test_hidden_is_always_what_the_folds_and_the_filter_say(data: st.DataObject) -> None:
    tree, naive = both(data.draw(forests(30)))
    for change in data.draw(changes(len(tree))):
        apply(tree, change)
        apply_naively(naive, change)
        assert list(tree.folded) == [i in naive.folded for i in naive.rows]
        assert list(tree.hidden) == [naive.hidden(i) for i in naive.rows]


@few
@given(st.data())
def test_show_only_counts_the_rows_asked_for(data: st.DataObject) -> None:
    tree, _ = both(data.draw(forests(30)))
    mask = data.draw(masks(len(tree)))
    assert tree.show_only(mask) == mask.count(1)
    assert tree.show_only(None) == len(tree)


def test_a_fold_below_a_fold_outlives_it() -> None:
    tree = talk("ann", "bob", "cy")
    tree.fold_each([1, 0])
    tree.unfold(0)
    assert list(tree.hidden) == [0, 0, 1]


# Where to go


@few
@given(st.data())
def test_next_and_previous(data: st.DataObject) -> None:
    tree, naive = changed(data)
    shown = naive.shown()
    assert tree.first() == first_of(shown)
    assert tree.last() == last_of(shown)
    for i in naive.rows:
        assert tree.next(i) == first_of([k for k in shown if k > i])
        assert tree.previous(i) == last_of([k for k in shown if k < i])


@few
@given(st.data())
def test_siblings_and_replies_of_visible_rows(data: st.DataObject) -> None:
    tree, naive = changed(data)
    shown = naive.shown()
    for i in shown:
        siblings = [k for k in shown if naive.parent[k] == naive.parent[i]]
        assert tree.next_sibling(i) == first_of([k for k in siblings if k > i])
        assert tree.previous_sibling(i) == last_of([k for k in siblings if k < i])
        assert tree.first_reply(i) == first_of([k for k in shown if naive.parent[k] == i])


@few
@given(st.data())
def test_top_level_neighbours(data: st.DataObject) -> None:
    tree, naive = changed(data)
    top_level = [i for i in naive.shown() if naive.parent[i] < 0]
    for i in naive.rows:
        assert tree.next_root(i) == first_of([k for k in top_level if k > i])
        assert tree.previous_root(i) == last_of([k for k in top_level if k < i])


@few
@given(st.data())
def test_seen_is_the_nearest_visible_row_of_the_line(data: st.DataObject) -> None:
    tree, naive = changed(data)
    shown = set(naive.shown())
    for i in naive.rows:
        assert tree.seen(i) == first_of([k for k in (i, *naive.line(i)) if k in shown])


def test_nothing_anywhere_in_an_empty_thread() -> None:
    tree = Outline(array("i"), [])
    tree.fold_all()
    tree.unfold_all()
    assert (tree.first(), tree.last(), tree.hidden.count(0), len(tree)) == (-1, -1, 0, 0)
    assert tree.show_only(b"") == 0


# Depth that recursion would not survive


def test_a_chain_of_a_hundred_thousand() -> None:
    tree = Outline(array("i", range(-1, DEEP - 1)), [str(i % 3) for i in range(DEEP)])
    last = DEEP - 1
    assert (tree.depth[last], tree.size[0], tree.root(last)) == (last, last, 0)
    tree.fold(5)
    assert (tree.hidden.count(0), tree.next(5), tree.seen(last), tree.last()) == (6, -1, 5, 5)
    tree.unfold(5)
    tree.fold_deeper(9)
    assert tree.hidden.count(0) == 10
    tree.fold_all()
    assert tree.hidden.count(0) == 1
    tree.unfold_all()
    assert tree.show_only(bytes(last) + b"\1") == 1
    assert (tree.hidden.count(0), tree.previous(last), tree.first_reply(last - 1)) == (DEEP, last - 1, last)
    assert (tree.next_sibling(last), tree.previous_sibling(last), tree.next_root(0)) == (-1, -1, -1)
    assert sum(1 for _ in tree.ancestors(last)) == last


def test_near_a_comment_that_a_filter_hides_is_the_next_that_it_shows() -> None:
    tree = Outline(array("i", [-1, 0, -1, 2, -1]), [None] * 5)
    tree.show_only(bytes([0, 0, 0, 1, 0]))
    assert [tree.shown_near(row) for row in range(5)] == [2, 2, 2, 3, 3]
    tree.show_only(bytes(5))
    assert tree.shown_near(3) == 0
