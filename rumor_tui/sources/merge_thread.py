"""Merging comments that were loaded later into a thread that is there already."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

from rumor_tui.joined import in_format, part_at, with_part
from rumor_tui.model import Article, Stub, Thread
from rumor_tui.readers.preorder import to_preorder

_LAST_NUMBER = re.compile(r"[0-9]+$")


def merge_at_stub(
    thread: Thread, part: Thread, stub: Stub, *, sure: bool = True, key: Callable[[str], str] = str
) -> Thread:
    """The thread with another one's comments in the place of a stub.

    The part's top-level comments become replies of the stub's parent, behind those that are there. Comments whose
    identifier the thread holds already are left out, and what answers them hangs below the one that is held; unless
    identifiers are `sure`, as those of pages are not, which may count anew on each, author and text must be alike too.
    `key` is what of an identifier counts. Bodies of another format than the thread's are written in the thread's. Work
    is linear in both sizes.
    """
    known = {key(identity): row for row, identity in enumerate(thread.ids) if identity}
    size = len(thread)
    rows, parents, places = list(range(size)), list(thread.parent), array("i")
    for row, parent in enumerate(part.parent):
        held = known.get(key(part.ids[row] or ""))
        if held is None or not (sure or _is_same_comment(thread, held, part, row)):
            held = len(rows)
            rows.append(size + row)
            parents.append(places[parent] if parent >= 0 else stub.parent)
        places.append(held)
    order, owners = to_preorder(parents)
    both = thread.join(in_format(part, thread.format, repair=thread.repair))
    both.stubs = _stubs(thread, part, stub, [rows[place] for place in places])
    return both.select([rows[row] for row in order], owners)


def put_at_stub(thread: Thread, part: Thread, stub: Stub, *, whole: bool) -> Thread:
    """The thread with another one's comments in the place of a stub; where the part is the `whole` discussion and no
    smaller than what the thread has of it, in the place of all comments.

    A page calls its comments `comment-7` or `c7` where the site's interface says 7, so the numbers count where what
    came of the whole is smaller: its first page, or all but what the page shows besides. In a joined thread, all that
    holds of the discussion that the stub is in. Raises IndexError if it is in none.
    """
    if thread.is_joined:
        parts, nth, row = part_at(thread, stub.parent)
        grown = put_at_stub(parts[nth].thread, part, replace(stub, parent=row), whole=whole)
        return with_part(thread, parts, nth, grown)
    if not whole or len(part) < len(thread):
        return merge_at_stub(thread, part, stub, key=_number_in if whole else str)
    stubs = [*(one for one in thread.stubs if one != stub and one.parent < 0), *part.stubs]
    return replace(part, article=thread.article, stubs=stubs, source=thread.source, original=thread.original)


def _number_in(identity: str) -> str:
    """The number at the end of an identifier; all of one that does not end in a number."""
    match = _LAST_NUMBER.search(identity)
    return match[0] if match else identity


def _is_same_comment(thread: Thread, row: int, part: Thread, other: int) -> bool:
    """Whether two rows of two threads say the same."""
    return thread.authors[row] == part.authors[other] and thread.bodies[row] == part.bodies[other]


def _stubs(thread: Thread, part: Thread, done: Stub, rows: Sequence[int]) -> list[Stub]:
    """The stubs of both but for the one that is done; those of the part stand below `rows`, by its own rows."""
    below = [replace(one, parent=rows[one.parent] if one.parent >= 0 else done.parent) for one in part.stubs]
    return [*(one for one in thread.stubs if one != done), *below]


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
    opening = Thread(
        article=article,
        parent=array("i", [-1]),
        authors=[article.byline],
        bodies=[body],
        lengths=array("i", [len(body)]),
        format=article.format,
        published=[article.published],
        published_text=[article.published_text],
        scores=[article.score],
    )
    return replace(in_format(opening, page.format, repair=page.repair).join(page), repair=page.repair)
