"""Small threads for the search tests."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from rumor_tui.model import Article, Thread
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.texts import TextIndex


def make_thread(
    bodies: Sequence[str],
    authors: Sequence[str | None] = (),
    *,
    title: str = "",
    pieces: Sequence[str] = (),
    **more: bool,
) -> Thread:
    return Thread(
        article=Article(title=title, pieces=list(pieces)),
        parent=array("i", [-1] * len(bodies)),
        authors=list(authors) or [None] * len(bodies),
        bodies=list(bodies),
        lengths=[len(body) for body in bodies],
        repair=more.get("repair", False),
    )


def make_knowledge(
    bodies: Sequence[str], authors: Sequence[str | None] = (), *, title: str = "", built: bool = True
) -> ThreadAnalysis:
    knowledge = ThreadAnalysis(make_thread(bodies, authors, title=title))
    if built:
        knowledge.index.build()
    return knowledge


def make_index(
    bodies: Sequence[str], authors: Sequence[str | None] = (), *, title: str = "", built: bool = True
) -> TextIndex:
    index = TextIndex(make_thread(bodies, authors, title=title))
    if built:
        index.build()
    return index
