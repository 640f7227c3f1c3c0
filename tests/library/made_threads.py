"""Threads for the tests of the library."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from rumor_tui.model import COLUMNS, Article, Thread

ADDRESS = "https://forum.example/t/7"


def a_thread(
    texts: Sequence[str], parents: Sequence[int] = (), ids: Sequence[str | None] = (), **others: Any
) -> Thread:
    """A thread of comments with these texts, on the web; without parents all are at the top level."""
    size = len(texts)
    given: dict[str, Any] = {
        "article": Article("A title", url=ADDRESS, pieces=["What it is about."]),
        "authors": [f"author{row % 3}" for row in range(size)],
        "source": ADDRESS,
    }
    return Thread(
        parent=array("i", parents or [-1] * size),
        bodies=list(texts),
        lengths=list(map(len, texts)),
        ids=list(ids),
        **(given | others),
    )


def columns_of(thread: Thread) -> dict[str, list[Any]]:
    """All columns of a thread as lists, with the parents."""
    return {name: list(getattr(thread, name)) for name in ("parent", "told_apart", *COLUMNS)}


def same_thread(first: Thread, second: Thread) -> bool:
    """Whether two threads are equal in all that is kept of them."""
    names = ("format", "source", "repair", "aside", "confidence", "notice", "is_joined")
    return (
        columns_of(first) == columns_of(second)
        and all(getattr(first, name) == getattr(second, name) for name in names)
        and list(first.stubs) == list(second.stubs)
        and _article(first.article) == _article(second.article)
    )


def _article(article: Article) -> dict[str, Any]:
    fields = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    return fields | {"pieces": list(article.pieces)}
