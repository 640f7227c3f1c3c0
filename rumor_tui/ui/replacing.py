"""Another state of the thread takes the place of the one on screen, and whoever reads it notices only what is new.

A comment is the same one by its id where it has one, else by its row. What is carried over: the cursor and its row on
the screen, the folds, the filter, the search with the match that it stands at, the article's place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.row_map import invert
from rumor_tui.search.inferred import hand_over
from rumor_tui.ui.view import Reference

if TYPE_CHECKING:
    from rumor_tui.ui.answering import AnsweringScreen


def rows_in(new: Thread, old: Thread, rows: Iterable[int]) -> dict[int, int]:
    """Where rows of the old state stand in the new one; those that are no more there are left out."""
    found: dict[int, int] = {}
    elsewhere: dict[str, int] = {}
    for row in rows:
        id = old.ids[row]
        if row < len(new) and (id is None or id == new.ids[row]):
            found[row] = row
        elif id is not None:
            elsewhere[id] = row
    if elsewhere:
        for at, other in enumerate(new.ids):
            if other in elsewhere and (row := elsewhere.pop(other)) not in found:
                found[row] = at
                if not elsewhere:
                    break
    return found


class Moved(NamedTuple):
    """The comments only stand in another order: `order[i]` is the row before of the one that stands in row i now.

    `numbers` are those of the page, by row, where the comments do not stand in its order.
    """

    order: Sequence[int]
    numbers: Sequence[int] | None


def replace_thread(screen: AnsweringScreen, thread: Thread, by: Moved | None = None) -> None:
    """Show `thread` in place of the screen's own, which has the same comments in another order where that is given."""
    view, items, old = screen.comments, screen.comment_items, screen.thread
    kept, in_article = view.kept(), screen.article.reference()
    cursor, folded = view.cursor, _ones(view.outline.folded)
    before, mask = _ones(screen.folds_before_filter), _ones(screen.filter_mask)
    line = (cursor, *view.outline.ancestors(cursor)) if len(old) else ()
    revealed = screen.searching.revealed
    matched = [place - items.first_item for place in _places(screen) if place >= items.first_item]
    searched = _ones(screen.searching.search.facts.folds) if screen.searching.active else []
    came_from = _line_of_way_back(screen)
    rows = {*line, *folded, *before, *mask, *revealed, *matched, *searched, *_rows_of_way_back(screen, came_from)}
    rows.update((kept.item,) if len(old) else ())
    moved = rows_in(thread, old, rows) if by is None else _reordered(by.order, rows)
    cursor = next((moved[row] for row in line if row in moved), 0)

    item_of = _new_items(items.first_item, len(thread.article.pieces) + 1, moved)
    _follow_search(screen, thread, item_of, by, _bytes(searched, moved, len(thread)) if searched else b"")
    _follow_way_back(screen, thread, moved, item_of, came_from)
    screen.searching.revealed = [moved[row] for row in revealed if row in moved]
    screen.thread = thread
    screen.article_items.take(thread)
    outline = Outline(thread.parent, thread.authors)
    items.take(thread, outline, screen.missing_of(thread))
    items.numbers = by.numbers if by is not None else None
    screen.take_talk()
    outline.fold_where(_bytes(folded, moved, len(thread)))
    if screen.folds_before_filter is not None:
        screen.folds_before_filter = _bytes(before, moved, len(thread))
    if screen.filter_mask is not None:
        screen.filter_mask = _bytes(mask, moved, len(thread))
        screen.filter_waits = True
        if any(screen.filter_mask):  # else nothing would be left to read until the new texts are
            outline.show_only(screen.filter_mask)
    view.take(replace(kept, item=moved[kept.item]) if kept.item in moved else Reference(cursor, -1, kept.y), cursor)
    _start_search(screen)
    pieces = len(thread.article.pieces)
    screen.article.renew(in_article if in_article.item <= pieces else Reference(pieces, -1, 0))
    screen.thread_replaced()
    _share_panes(screen, old)


def _reordered(order: Sequence[int], rows: Iterable[int]) -> dict[int, int]:
    """Where rows stand in another order."""
    places = invert(order, len(order))
    return {row: places[row] for row in rows}


def _ones(column: bytes | bytearray | None) -> list[int]:
    """The rows whose byte is 1."""
    return [row for row, one in enumerate(column) if one] if column and 1 in column else []


def _bytes(rows: Iterable[int], moved: dict[int, int], size: int) -> bytes:
    """A byte a row: 1 where one of these rows stands now."""
    column = bytearray(size)
    for row in rows:
        if row in moved:
            column[moved[row]] = 1
    return bytes(column)


def _places(screen: AnsweringScreen) -> list[int]:
    """The items that the search stands at."""
    searching = screen.searching
    current, stepped = searching.current, searching.stepped_to
    return [*([current.item] if current is not None else []), *([stepped[0]] if stepped is not None else [])]


def _new_items(first: int, then: int, moved: dict[int, int]) -> Callable[[int], int]:
    """What tells where an item stands now, or -1; `first` is the item of the first comment, which is `then` now."""

    def item_of(item: int) -> int:
        if item < first:
            return item if item < then else -1
        row = moved.get(item - first, -1)
        return row + then if row >= 0 else -1

    return item_of


def _line_of_way_back(screen: AnsweringScreen) -> Sequence[int]:
    """The comment that the reader was at before a jump, and those that it stands below."""
    way = screen.way_back
    if way is None or not len(screen.thread):
        return ()
    return way.standing.cursor, *screen.comments.outline.ancestors(way.standing.cursor)


def _rows_of_way_back(screen: AnsweringScreen, line: Sequence[int]) -> list[int]:
    """All comments that the way back knows of."""
    way, first = screen.way_back, screen.comment_items.first_item
    if way is None or not line:
        return []
    current, stepped = way.standing.current, way.standing.stepped_to
    items = [*([current.item] if current is not None else []), *([stepped[0]] if stepped is not None else [])]
    return [*line, way.standing.comments.item, *way.opened, *(item - first for item in items if item >= first)]


def _follow_way_back(
    screen: AnsweringScreen, thread: Thread, moved: dict[int, int], item_of: Callable[[int], int], line: Sequence[int]
) -> None:
    """Have the way back lead to where the same comments stand now."""
    way = screen.way_back
    if way is None:
        return
    before, pieces = way.standing, len(thread.article.pieces)
    cursor, kept = next((moved[row] for row in line if row in moved), 0), before.comments
    current, stepped = before.current, before.stepped_to
    way.standing = replace(
        before,
        cursor=cursor,
        comments=replace(kept, item=moved[kept.item]) if kept.item in moved else Reference(cursor, -1, kept.y),
        article=before.article if before.article.item <= pieces else Reference(pieces, -1, 0),
        current=current._replace(item=item_of(current.item)) if current and item_of(current.item) >= 0 else None,
        stepped_to=(item_of(stepped[0]), stepped[1]) if stepped and item_of(stepped[0]) >= 0 else None,
    )
    way.opened = [moved[row] for row in way.opened if row in moved]


def _follow_search(
    screen: AnsweringScreen, thread: Thread, item_of: Callable[[int], int], by: Moved | None, folds: bytes
) -> None:
    known = screen.searching.knowledge
    searching = screen.searching = screen.searching.follow(thread, item_of, folds)
    if by is not None:
        hand_over(known, by.order, searching.knowledge)
    screen.article_items.highlighter = screen.comment_items.highlighter = searching


def _start_search(screen: AnsweringScreen) -> None:
    """Have it go on, now that the view has the new rows and their folds."""
    searching = screen.searching
    if searching.open or searching.active:
        searching.start()
    elif screen.arriving is None:
        searching.start_early()


def _share_panes(screen: AnsweringScreen, old: Thread) -> None:
    """Give the first comments their pane, and the keys where nobody has pressed any or nothing else is there."""
    thread = screen.thread
    first = len(thread) and not len(old)
    if first and (not thread.article.pieces or (not screen.touched and not screen.single)):
        screen.activate(screen.comments)
    elif not len(thread) and not screen.in_article:
        screen.activate(screen.article)
    screen.arrange_parts()
    screen.show_search()
