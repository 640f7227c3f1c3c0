"""The pages of `pages/`, made in the styles of many platforms, and what is to be read from each.

Beside `NAME.html` stands `NAME.txt`: a line for each comment, `parent | author | start of the text`. The parent is the
place of the comment that is answered, counted from 0, or "-"; the author "-" where the page names none; the text
"(deleted)" where the page only says that there was one. A first line `opening | author | start of the text` is the
post that the page is about. An empty file says that the page has no discussion.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html import discussion, page_reader, vocabulary
from rumor_tui.readers.html.discussion.platforms import Platform
from rumor_tui.readers.html.dom import Dom

FOLDER = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
DELETED = "(deleted)"
NOBODY = "-"


@dataclass(frozen=True)
class MadeComment:
    """One comment: the place of its parent, its author, and the letters and figures of its text."""

    parent: int | None
    author: str | None
    text: str


def letters(text: str, most: int = 400) -> str:
    """The letters and figures of a text, as texts are compared."""
    return re.sub(r"\W+", "", text.casefold())[:most]


def expected(name: str) -> tuple[MadeComment | None, list[MadeComment]]:
    """The opening post and the comments that a page has."""
    opening, comments = None, []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        place, author, text = line.split(" | ", 2)
        said = MadeComment(int(place) if place.isdigit() else None, None if author == NOBODY else author, text)
        if place == "opening":
            opening = said
        else:
            comments.append(said)
    return opening, comments


def hide_classes(text: str) -> str:
    """A page with every class name replaced by letters that mean nothing, the same ones wherever it stands."""
    known: dict[str, str] = {}

    def hidden(match: re.Match[str]) -> str:
        names = (
            known.setdefault(name, "x" + chr(97 + len(known) // 26) + chr(97 + len(known) % 26))
            for name in match[1].split()
        )
        return f'class="{" ".join(names)}"'

    return re.sub(r'\bclass="([^"]*)"', hidden, text)


def as_it_is(text: str) -> str:
    """A page as it is."""
    return text


def read_made_page(
    name: str, platforms: Sequence[Platform], change: Callable[[str], str] = as_it_is
) -> tuple[MadeComment | None, list[MadeComment]]:
    """The opening post and the comments that are read from a page."""
    text = change((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    dom = Dom(LexborHTMLParser(text))
    result = discussion.find_discussion(dom, platforms)
    bodies, opening = page_reader.detach_bodies(dom, result)
    comments = [
        MadeComment(parent, comment.author, plain(body))
        for parent, comment, body in zip(result.parents, result.comments, bodies, strict=True)
    ]
    return MadeComment(None, result.opening.author, plain(opening)) if result.opening else None, comments


def plain(body: str) -> str:
    """The text of a body."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def faults(name: str, platforms: Sequence[Platform], change: Callable[[str], str] = as_it_is) -> list[str]:
    """What is read from a page otherwise than it should be, in sentences; and nothing when all is right."""
    wanted_opening, wanted = expected(name)
    got_opening, got = read_made_page(name, platforms, change)
    if len(wanted) != len(got):
        return [f"{len(wanted)} comments were expected, and {len(got)} found: {[one.author for one in got]}"]
    problems = [
        f"comment {place}: expected {want}, found {have}"
        for place, (want, have) in enumerate(zip(wanted, got, strict=True))
        if not _is_right(want, have)
    ]
    if (wanted_opening is None) != (got_opening is None) or (
        wanted_opening and got_opening and not _is_right(wanted_opening, got_opening)
    ):
        problems.append(f"opening post: expected {wanted_opening}, found {got_opening}")
    return problems


def _is_right(want: MadeComment, have: MadeComment) -> bool:
    return want.parent == have.parent and _is_author(want, have) and _is_text(want.text, have.text)


def _is_author(want: MadeComment, have: MadeComment) -> bool:
    if want.author is None:
        return have.author is None or bool(re.search("delet|remov|gone", have.author))
    return have.author == want.author


def _is_text(want: str, have: str) -> bool:
    """Whether a text begins as expected, a quotation before it aside, and has hardly more than it should."""
    if want == DELETED:
        return not have or bool(vocabulary.DELETED_NOTICE.match(have))
    start = letters(want, 24)
    if len(start) < 12:
        return letters(have) == start
    return 0 <= letters(have).find(start) <= 70 and len(letters(have)) <= 160
