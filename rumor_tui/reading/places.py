"""Where a reader is in a thread, as it is kept in the library, and how to be there again."""

from __future__ import annotations

from base64 import b85decode, b85encode
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress as compress_bytes
from zlib import crc32, decompressobj
from zlib import error as DecompressionError

from rumor_tui.model import Order, Thread
from rumor_tui.reading.orders import BY_NAME, is_available
from rumor_tui.reading.position import Reference
from rumor_tui.row_map import invert
from rumor_tui.search.query.query import Query

if TYPE_CHECKING:
    from rumor_tui.library_types import ReadChange
    from rumor_tui.place import Place, Spot
    from rumor_tui.reading.session import ReadingSession

SAMPLED = 64
"""Comments, spread over the thread, that its fingerprint is made of."""
MOST_FOLDS = 20_000
"""Folds up to which each is kept: where more are folded by a key, they are quickly folded again."""


def fingerprint(page: Thread) -> str:
    """A short text that is the same for two states of a thread whose rows are most likely the same comments.

    It costs no more for a long thread than for a short one.
    """
    size = len(page)
    rows = range(size) if size <= SAMPLED else [size * nth // SAMPLED for nth in range(SAMPLED)] + [size - 1]
    told = [(page.authors[row], page.ids[row] if page.ids else None, page.parent[row]) for row in rows]
    return f"{size}-{crc32(repr((len(page.article.pieces), told)).encode('utf-8', 'replace')):08x}"


class Standing(NamedTuple):
    """What stands where on the screen, in the comments and in the article."""

    comments: Reference
    article: Reference


def pack_column(column: bytes) -> str:
    """A byte a comment as text, for a place."""
    return b85encode(compress_bytes(column, 1)).decode("ascii")


def unpack_column(text: str, size: int) -> bytes | None:
    """What was packed, if it is of so many comments."""
    try:
        column = decompressobj().decompress(b85decode(text), size + 1)
    except (ValueError, DecompressionError):
        return None
    return column if len(column) == size else None


def place_now(
    session: ReadingSession, standing: Standing, visit: float = 0.0, on_way: Sequence[ReadChange] = ()
) -> Place:
    """Where the reader is, since the beginning of a `visit`. Changes that are `on_way` are not in the memory yet."""
    from rumor_tui.place import Place, Spot

    numbers, memory, state = session.state.numbers, session.memory, session.state

    def page_row(row: int) -> int:
        return numbers[row] if numbers is not None and row < len(numbers) else row

    def spot(row: int) -> Spot:
        return Spot(page_row(row), max(memory.handle_of(row), 0)) if row < len(session.thread) else Spot(row)

    read = bytearray(memory.read)
    for change in on_way:
        for row in map(memory.row_of, change.handles):
            if row >= 0:
                read[row] = change.read
    new = bytes(map(visit.__lt__, memory.first_seen))
    if numbers is not None and len(numbers) == len(read):
        order = invert(numbers, len(read))
        read, new = bytearray(map(read.__getitem__, order)), bytes(map(new.__getitem__, order))
    folded = _folded(session)
    top, article = standing.comments, standing.article
    return Place(
        cursor=spot(state.row),
        top=spot(top.item),
        comments=(top.offset, top.y),
        article=(article.item, article.offset, article.y),
        in_article=state.in_article,
        folded=[page_row(row) for row in folded],
        folded_handles=[handle for row in folded if (handle := memory.handle_of(row)) > 0],
        order=session.order.name,
        query=session.search.query.text if session.search.active else "",
        filtering=session.folds.filter.active,
        fingerprint=fingerprint(session.order.page),
        read=pack_column(bytes(read)),
        new=pack_column(new) if 1 in new else "",
    )


def presume(session: ReadingSession, place: Place | None) -> None:
    """Show what is read and new as it was at a place in the same state of the thread, until the library has told.

    Without a place all is unread: most likely the library does not know the thread.
    """
    size, page = len(session.thread), session.order.page
    read = new = bytes(size)
    if place is not None:
        found = unpack_column(place.read, size) if is_exact(place, page) else None
        if found is None:
            return
        read, new = found, unpack_column(place.new, size) or new
    if (numbers := session.state.numbers) is not None:
        read, new = bytes(map(read.__getitem__, numbers)), bytes(map(new.__getitem__, numbers))
    session.memory.presume(read, new)


def _folded(session: ReadingSession) -> list[int]:
    """The rows that are folded; while a filter is on, those that were before it."""
    before = session.folds.filter.folds_before
    folds = session.outline.folded if before is None else before
    return list(compress(range(len(folds)), folds))[:MOST_FOLDS]


def order_of(place: Place, page: Thread) -> Order:
    """The order of the comments in which a place was, where the source (still) tells enough for it."""
    found: Order = next((name for name in BY_NAME if name == place.order), "page")
    return found if is_available(page, found) else "page"


def is_exact(place: Place, page: Thread) -> bool:
    """Whether a thread is in the state in which the place was, so that its rows can be used as they are."""
    return bool(place.fingerprint) and place.fingerprint == fingerprint(page)


def resume(session: ReadingSession, place: Place, *, exact: bool) -> Standing | None:
    """Put the cursor, the folds and the pane back, in the order that is shown.

    Where the thread is not `exact`ly in the state of the place, its comments are found by their handles. The answer is
    what is to stand where; None where the comment is not there any more, and nothing was done.
    """
    shown = _Shown(session, exact)
    row, top = shown.row(place.cursor), shown.row(place.top)
    if row < 0 and len(session.thread):
        return None
    _fold(session, shown.rows(place))
    seen = session.outline.seen(row) if row >= 0 else 0
    session.state.row = max(seen, 0)
    session.reading.focus(in_article=place.in_article or not len(session.thread))
    session.reading.effects.focus = True
    pieces = len(session.thread.article.pieces)
    item, offset, y = place.article
    article = Reference(item, offset, y) if item <= pieces else Reference(pieces, -1, 0)
    if top < 0 or session.outline.seen(top) != top:
        return Standing(Reference(session.state.row, -1, 0), article)
    return Standing(Reference(top, *place.comments), article)


def _fold(session: ReadingSession, rows: Sequence[int]) -> None:
    """Fold these comments, and no others."""
    if not rows and 1 not in session.outline.folded:
        return
    folds = bytearray(len(session.thread))
    for row in rows:
        folds[row] = 1
    session.folds.set_all(lambda: session.outline.fold_where(bytes(folds)))


class _Shown:
    """The rows that are shown of what a place speaks of."""

    def __init__(self, session: ReadingSession, exact: bool) -> None:
        numbers = session.state.numbers
        self.size = len(session.thread)
        self._exact = exact
        self._places = invert(numbers, self.size) if numbers is not None else range(self.size)
        self._memory = session.memory

    def row(self, spot: Spot) -> int:
        """The row of a comment; -1 where it is not known."""
        if not self._exact:
            return self._memory.row_of(spot.handle) if spot.handle > 0 else -1
        return self._places[spot.row] if 0 <= spot.row < self.size else -1

    def rows(self, place: Place) -> list[int]:
        """The rows of the comments that were folded."""
        if self._exact:
            return [self._places[row] for row in place.folded if 0 <= row < self.size]
        return [row for handle in place.folded_handles if (row := self._memory.row_of(handle)) >= 0]


def resume_search(session: ReadingSession, place: Place) -> None:
    """Search again for what was searched for, and filter again by it, without going to a match."""
    if not place.query or session.search.active or session.search.query.text:
        return
    session.search.change(Query(place.query))
    if place.filtering:
        session.folds.filter.active = session.folds.filter.waits = True
        session.search.apply_filter(told=False)
