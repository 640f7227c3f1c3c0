"""Every key that moves, folds, searches, filters or goes back, through the session and without an app."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest

from rumor_tui.reading.analysis import Progress
from rumor_tui.reading.effects import Scroll, Target
from rumor_tui.reading.highlights import Pointed
from rumor_tui.reading.trails import OpenIndex, OpenTrail
from rumor_tui.search.query.query import Query
from rumor_tui.ui.keys import BINDINGS
from tests.reading.sessions import FAMILY, Reader, family

MOVES: Sequence[tuple[str, int, str, int]] = (
    ("next", 0, "j", 1),
    ("next", 0, "down", 1),
    ("next", 7, "j", 7),
    ("previous", 1, "k", 0),
    ("previous", 0, "k", 0),
    ("next_sibling", 1, "J", 4),
    ("next_sibling", 0, "J", 5),
    ("previous_sibling", 4, "K", 1),
    ("next_root", 2, "}", 5),
    ("previous_root", 6, "{", 5),
    ("previous_root", 5, "{", 0),
    ("parent", 3, "p", 2),
    ("root", 3, "t", 0),
    ("top", 6, "g g", 0),
    ("bottom", 2, "G", 7),
    ("fold_or_parent", 3, "h", 2),
    ("unfold_or_reply", 1, "l", 2),
    ("done", 2, "X", 5),
    ("next_match", 0, "n", 0),
    ("previous_match", 0, "N", 0),
)
"""The action, where the cursor is, what is pressed, and where it is then."""


@pytest.mark.parametrize(("action", "start", "keys", "there"), MOVES)
def test_moving(action: str, start: int, keys: str, there: int) -> None:
    reader = Reader()
    reader.put(start)
    effects = reader.press(keys)
    assert reader.row == there
    assert (effects.target == Target(False, there)) == (effects.message is None)


FOLDS: Sequence[tuple[str, int, str, list[int], int]] = (
    ("fold_toggle", 1, "space", [1], 1),
    ("fold_toggle", 1, "space space", [], 1),
    ("fold_toggle", 1, "z a", [1], 1),
    ("fold", 1, "z c z c", [1], 1),
    ("unfold", 1, "z c z o", [], 1),
    ("fold_or_parent", 1, "h", [1], 1),
    ("fold_or_parent", 1, "h h", [1], 0),
    ("unfold_or_reply", 1, "h l", [], 1),
    ("unfold_or_reply", 1, "h l l", [], 2),
    ("fold_all", 3, "z M", list(range(8)), 0),
    ("unfold_all", 3, "z M z R", [], 0),
    ("fold_deeper", 3, "z 1", [1, 2, 3, 4, 6], 1),
    ("fold_deeper", 3, "z 3", [3], 3),
    ("done", 2, "X", [0], 5),
    ("done", 6, "X X", [5, 7], 7),
)
"""The action, where the cursor is, what is pressed, what is folded then, and where the cursor is."""


@pytest.mark.parametrize(("action", "start", "keys", "folded", "there"), FOLDS)
def test_folding(action: str, start: int, keys: str, folded: list[int], there: int) -> None:
    reader = Reader()
    reader.put(start)
    effects = reader.press(keys)
    assert (reader.folded, reader.row) == (folded, there)
    assert effects.refolded is None or effects.keep_place


SCROLLS: Sequence[tuple[str, str, Scroll]] = (
    ("page", "pagedown", Scroll("page", 1)),
    ("page", "b", Scroll("page", -1)),
    ("half_page", "d", Scroll("half page", 1)),
    ("half_page", "u", Scroll("half page", -1)),
    ("line", "ctrl+e", Scroll("row", 1)),
    ("line", "ctrl+y", Scroll("row", -1)),
)


@pytest.mark.parametrize(("action", "keys", "scroll"), SCROLLS)
def test_scrolling_is_the_view_s(action: str, keys: str, scroll: Scroll) -> None:
    assert Reader().press(keys).scroll == scroll


IN_ARTICLE: Sequence[tuple[str, Scroll]] = (
    ("j", Scroll("row", 1)),
    ("k", Scroll("row", -1)),
    ("J", Scroll("row", 1)),
    ("space", Scroll("page", 1)),
    ("g g", Scroll("end", -1)),
    ("G", Scroll("end", 1)),
)


@pytest.mark.parametrize(("keys", "scroll"), IN_ARTICLE)
def test_the_article_scrolls_while_it_has_the_keys(keys: str, scroll: Scroll) -> None:
    reader = Reader()
    assert reader.press("tab").focus
    assert reader.session.state.in_article
    assert reader.press(keys).scroll == scroll
    assert reader.row == 0


@pytest.mark.parametrize("keys", ["}", "{", "p", "t", "X"])
def test_keys_of_the_comments_give_them_the_keys(keys: str) -> None:
    reader = Reader()
    reader.press("tab")
    assert reader.press(keys).focus
    assert not reader.session.state.in_article


def test_peek_shows_and_hides_and_ends_with_the_next_move() -> None:
    reader = Reader()
    reader.put(2)
    reader.press("P")
    assert (reader.session.state.peek, reader.session.state.peek_at) == (2, "answers")
    reader.press("P")
    assert reader.session.state.peek == -1
    reader.press("P j")
    assert reader.session.state.peek == -1
    reader.press("P escape")
    assert reader.session.state.peek == -1


# Search


def test_the_search_widget_opens_once() -> None:
    reader = Reader()
    assert reader.press("/").search_widget == "open"
    assert reader.session.search.open
    assert reader.press("/").search_widget is None


def test_matches_are_gone_through_in_both_panes() -> None:
    reader = Reader()
    reader.search("600")
    places = []
    for _ in range(5):
        reader.press("n")
        places.append((reader.session.state.in_article, reader.view.place[0], reader.row))
    assert places == [(False, 0, 2), (False, 0, 6), (True, 1, 6), (False, 1, 0), (False, 1, 2)]
    reader.press("N")
    assert (reader.session.state.in_article, reader.row) == (False, 0)


def test_a_match_is_unfolded_for_as_long_as_the_search_lasts() -> None:
    reader = Reader()
    reader.press("z M")
    reader.search("600")
    assert reader.press("n").refolded is not None
    assert (reader.row, reader.folded) == (2, [3, 4, 5, 6, 7])
    reader.press("space")
    assert reader.session.folds.opened["search"] == [0, 1]
    reader.press("space escape")
    assert not reader.session.search.active
    assert reader.folded == [0, 1, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("moves", [False, True])
def test_a_search_that_is_kept_before_anything_is_known_goes_to_its_match_later(
    monkeypatch: pytest.MonkeyPatch, moves: bool
) -> None:
    """Unless the reader has gone on since."""
    reader = Reader()
    search = reader.session.search
    monkeypatch.setattr(search, "_find", lambda *place: None)
    reader.session.run(lambda: search.change(Query("deeper")))
    effects = reader.session.run(search.keep)
    assert (effects.target, effects.message) == (None, "Not found yet: the rest is still being read.")
    monkeypatch.undo()
    if moves:
        reader.press("}")
    reader.session.analysis.start()
    reader.count()
    effects = reader.session.hear(Progress(counted=True))
    assert effects.target == (None if moves else Target(False, 2, 3))
    assert reader.row == (5 if moves else 2)
    assert reader.session.hear(Progress(counted=True)).target is None


def test_a_filter_shows_matches_with_what_they_answer_and_gives_the_folds_back() -> None:
    reader = Reader()
    reader.put(5)
    reader.press("space")
    reader.put(0)
    reader.search("600")
    reader.press("\\")
    assert (reader.hidden, reader.folded) == ([3, 4, 7], [])
    reader.press("\\")
    assert (reader.hidden, reader.folded) == ([6], [5])
    reader.press("\\ escape")
    assert (reader.hidden, reader.folded) == ([6], [5])
    assert not reader.session.search.active


def test_a_filter_without_a_search_asks_for_one() -> None:
    reader = Reader()
    assert reader.press("\\").search_widget == "open"
    assert reader.session.folds.filter.active


def test_a_filter_is_left_before_the_thread() -> None:
    reader = Reader()
    reader.search("600")
    reader.press("\\")
    assert reader.press("q").requests == []
    assert reader.hidden == []
    assert [request.kind for request in reader.press("q").requests] == ["quit"]


def test_lit_is_said() -> None:
    reader = Reader()
    assert reader.press("H").message == "Numbers and names stay lit."
    assert [span.role for span in reader.session.highlights.spans(3)] == ["number", "number"]


def test_lens_leads_n_through_the_comments_of_an_author() -> None:
    reader = Reader()
    reader.press("@ n")
    assert reader.row == 6
    assert reader.press("n").message == "From the top again."
    reader.press("escape")
    assert reader.session.authors.lens is None


def test_index_and_trail_are_asked_for() -> None:
    reader = Reader()
    assert reader.press("i").covers == [OpenIndex()]
    (cover,) = reader.press("c").covers
    assert isinstance(cover, OpenTrail)
    assert [subject.label for subject in cover.marks.subjects] == ["first", "600 units"]


def test_escape_leads_back_from_a_jump_with_its_folds() -> None:
    reader = Reader()
    reader.press("z M")
    session = reader.session
    place = Pointed(session.reading.first_item + 3, 4, 10)
    reader.put(5)
    effects = session.run(lambda: session.history.jump(["trail"], "600 units", place))
    assert effects.uncover
    assert (reader.row, reader.folded) == (3, [4, 5, 6, 7])
    assert session.highlights.pointed == place
    effects = reader.press("escape")
    assert effects.covers == ["trail"]
    assert effects.restore is not None
    assert effects.restore[0] == reader.view.comments
    assert (reader.row, reader.folded) == (5, list(range(8)))
    assert session.highlights.pointed is None


def test_escape_takes_back_what_came_after_a_jump_first() -> None:
    reader = Reader()
    session = reader.session
    session.run(lambda: session.history.jump(["trail"], "600 units", Pointed(session.reading.first_item + 3, 4, 10)))
    reader.press("P")
    assert reader.press("escape").covers == []
    assert reader.press("escape").covers == ["trail"]


def test_escape_with_nothing_to_take_back_stops_loading() -> None:
    assert [request.kind for request in Reader().press("escape").requests] == ["stop"]


# All keys

ELSEWHERE = {"peek", "search", "filter", "lit", "clear", "index", "trail"}
"""Actions that tests above are about by name."""


def test_each_key_of_these_groups_is_tested() -> None:
    tables: tuple[Sequence[tuple[object, ...]], ...] = (MOVES, FOLDS, SCROLLS)
    tested = ELSEWHERE | {str(row[0]) for table in tables for row in table}
    actions = {b.action.partition("(")[0] for b in BINDINGS if b.group in ("Moving", "Folds", "Search")}
    assert actions - tested == set()


EMPTY_TEXTS: dict[str, Callable[[], Reader]] = {
    "no comments": lambda: Reader(family("")),
    "one comment": lambda: Reader(family("ann: alone")),
    "family": lambda: Reader(family(FAMILY)),
}


@pytest.mark.parametrize("name", EMPTY_TEXTS)
@pytest.mark.parametrize("in_article", [False, True])
def test_no_key_fails_anywhere(name: str, in_article: bool) -> None:
    for binding in BINDINGS:
        reader = EMPTY_TEXTS[name]()
        reader.focus(in_article=in_article)
        if binding.action.partition("(")[0] in reader.session.commands and binding.chords():
            reader.press(binding.chords()[0])
            reader.press(binding.chords()[0])


def test_the_session_imports_no_textual() -> None:
    code = "import sys, rumor_tui.reading.session as s; print(any(m.split('.')[0] == 'textual' for m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
