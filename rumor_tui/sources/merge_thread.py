"""Merging comments that were loaded later into a thread that is there already."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, overload

from rumor_tui import blocks
from rumor_tui.blocks.write import to_html
from rumor_tui.model import Article, Format, Stub, Thread
from rumor_tui.readers.json_columns import Mapped
from rumor_tui.readers.preorder import to_preorder

T = TypeVar("T")


class Picked(Sequence[T]):
    """A column whose rows stand in one of two others: `rows` counts through the first, and then through the second.

    Nothing is looked at before its row is asked for, so bodies stay as lazy as they are.
    """

    __slots__ = ("_first", "_rows", "_second")

    def __init__(self, first: Sequence[T], second: Sequence[T], rows: Sequence[int]) -> None:
        self._first = first
        self._second = second
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Picked[T]: ...

    def __getitem__(self, index: int | slice) -> T | Picked[T]:
        if isinstance(index, slice):
            return Picked(self._first, self._second, self._rows[index])
        row = self._rows[index]
        return self._first[row] if row < len(self._first) else self._second[row - len(self._first)]


def merge_at_stub(thread: Thread, part: Thread, stub: Stub, *, sure: bool = True) -> Thread:
    """The thread with another one's comments in the place of a stub.

    The part's top-level comments become replies of the stub's parent, behind those that are there. Comments whose
    identifier the thread holds already are left out, and what answers them hangs below the one that is held; unless
    identifiers are `sure`, as those of pages are not, which may count anew on each, author and text must be alike too.
    Bodies of another format than the thread's are written in the thread's. Work is linear in both sizes.
    """
    known = {identity: row for row, identity in enumerate(thread.ids) if identity}
    size = len(thread)
    rows, parents, places = list(range(size)), list(thread.parent), array("i")
    for row, parent in enumerate(part.parent):
        held = known.get(part.ids[row] or "")
        if held is None or not (sure or _is_same_comment(thread, held, part, row)):
            held = len(rows)
            rows.append(size + row)
            parents.append(places[parent] if parent >= 0 else stub.parent)
        places.append(held)
    order, owners = to_preorder(parents)
    where = array("i", bytes(4 * len(order)))
    for place, row in enumerate(order):
        where[row] = place
    return _joined(thread, part, [rows[row] for row in order], owners, _stubs(thread, part, stub, places, where))


def _is_same_comment(thread: Thread, row: int, part: Thread, other: int) -> bool:
    """Whether two rows of two threads say the same."""
    return thread.authors[row] == part.authors[other] and thread.bodies[row] == part.bodies[other]


def _stubs(thread: Thread, part: Thread, done: Stub, places: Sequence[int], where: Sequence[int]) -> list[Stub]:
    """The stubs of both, but for the one that is done, with their parents' new rows."""
    old = [(one, one.parent) for one in thread.stubs if one != done]
    new = [(one, places[one.parent] if one.parent >= 0 else done.parent) for one in part.stubs]
    return [replace(one, parent=where[row] if row >= 0 else -1) for one, row in (*old, *new)]


def _joined(thread: Thread, part: Thread, rows: list[int], owners: list[int], stubs: list[Stub]) -> Thread:
    def both(first: Sequence[T], second: Sequence[T]) -> Sequence[T]:
        return Picked(first, second, rows)

    return replace(
        thread,
        parent=array("i", owners),
        authors=both(thread.authors, part.authors),
        bodies=both(thread.bodies, _bodies(part, thread.format)),
        lengths=array("i", both(thread.lengths, part.lengths)),
        published=both(thread.published, part.published),
        published_text=both(thread.published_text, part.published_text),
        ids=both(thread.ids, part.ids),
        scores=both(thread.scores, part.scores),
        urls=both(thread.urls, part.urls),
        deleted=both(thread.deleted, part.deleted),
        stubs=stubs,
    )


def _bodies(part: Thread, format: Format) -> Sequence[str]:
    """The part's bodies in a format, each written anew when it is asked for, where it has another one."""
    if part.format == format:
        return part.bodies
    write = {"plain": blocks.to_text, "markdown": blocks.to_markdown, "html": to_html}[format]
    return Mapped(lambda body: write(blocks.parse_body(body, part.format, part.repair)).rstrip("\n"), part.bodies)


def merge_page(thread: Thread, page: Thread, stub: Stub) -> Thread:
    """The thread with the comments of a further page of it.

    A page of a forum begins with a comment where the first one has the article, so what a reader takes for a further
    page's article is one more comment, when somebody signed it and it is not the thread's article once more.
    """
    found = page if _repeats(thread.article, page.article) else _as_comment(page)
    return merge_at_stub(thread, found, stub, sure=False)


def _repeats(article: Article, other: Article) -> bool:
    """Whether the second article says nothing new: it is empty, unsigned, or begins as the first one does."""
    if not other.byline or not any(piece.strip() for piece in other.pieces):
        return True
    return _first_characters(article) == _first_characters(other)


def _first_characters(article: Article) -> str:
    return "".join("".join(article.pieces[:3])[:4000].split())[:400]


def _as_comment(page: Thread) -> Thread:
    """The page with its article as its first comment."""
    article = page.article
    body = "\n\n".join(article.pieces)
    if article.format != page.format:
        blank = Thread(Article(), array("i", [-1]), [None], [body], [len(body)], format=article.format)
        body = _bodies(blank, page.format)[0]
    return replace(
        page,
        parent=array("i", [-1, *(parent + 1 if parent >= 0 else -1 for parent in page.parent)]),
        authors=[article.byline, *page.authors],
        bodies=Picked([body], page.bodies, range(len(page) + 1)),
        lengths=array("i", [len(body), *page.lengths]),
        published=[article.published, *page.published],
        published_text=[article.published_text, *page.published_text],
        ids=[None, *page.ids],
        scores=[article.score, *page.scores],
        urls=[None, *page.urls],
        deleted=[False, *page.deleted],
        stubs=[replace(one, parent=one.parent + 1 if one.parent >= 0 else -1) for one in page.stubs],
    )
