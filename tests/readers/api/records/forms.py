"""One small thread for the tests of the forms in which sites, their interfaces and people's tools write it.

The texts are made here; the fields of the forms are those of the formats' documentation. Each has six comments by the
same people, three of them in a chain of answers where the form can say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from rumor_tui import blocks
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, read_source

Parents = Sequence[int | None]

START = 1_690_000_000


class Said(NamedTuple):
    """One comment: who, what, and the place of what it answers."""

    author: str
    text: str
    parent: int | None = None

    def at(self, place: int) -> int:
        """Its time: an hour after the one before."""
        return START + 3600 * place


SAID = (
    Said("wanda", "The wheel turned for the last time in spring."),
    Said("piet", "My aunt says it was autumn, after the flood.", 0),
    Said("wanda", "Then both of them remember another flood.", 1),
    Said("lena", "Who paid for the new weir in the end?"),
    Said("rolf", "The county did, about 41,000 crowns.", 3),
    Said("piet", "And the brewery gave the oak for it.", 3),
)


CHAIN: Parents = [None, 0, 1, None, 3, 3]


PAIRS: Parents = [None, 0, 0, None, 3, 3]


FLAT: Parents = [None] * 6


TITLE = "The weir at the old mill"


ABOUT = "The weir was built by two brothers. It fed one wheel and four fish ponds."


def iso(place: int) -> str:
    """The time of a comment in ISO 8601."""
    return datetime.fromtimestamp(START + 3600 * place, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_time(place: int, form: str) -> str:
    return datetime.fromtimestamp(START + 3600 * place, UTC).strftime(form)


def each(make: Callable[[int, Said], Any]) -> list[Any]:
    """What `make` gives for every comment."""
    return [make(place, said) for place, said in enumerate(SAID)]


def nested(make: Callable[[int, Said, list[Any]], Any], parents: Parents = CHAIN) -> list[Any]:
    """The outermost comments, each with its replies, as `make` puts them in."""
    made: dict[int, Any] = {}
    for place in reversed(range(len(SAID))):
        below = [made[other] for other in range(place + 1, len(SAID)) if parents[other] == place]
        made[place] = make(place, SAID[place], below)
    return [made[place] for place in range(len(SAID)) if parents[place] is None]


def to(place: int | None, made: Callable[[int], Any], otherwise: Any = None) -> Any:
    """The identifier of what a comment answers."""
    return otherwise if place is None else made(place)


class Form(NamedTuple):
    """A form: a value of JSON or bytes, and what is to be read from it.

    None is for what does not matter; `authors` and `starts` (of the texts) are given where a form writes them
    otherwise. `dated` says that it has dates, and `notice` is what the thread says of texts that are left out.
    """

    value: Any
    title: str | None = None
    parents: Parents = CHAIN
    authors: tuple[str, ...] | None = None
    article: str = ""
    byline: str | None = None
    dated: bool = True
    starts: tuple[str, ...] | None = None
    notice: str = ""


NAMES = tuple(said.author for said in SAID)
UIDS = {name: f"u{1000 + place}" for place, name in enumerate(dict.fromkeys(NAMES))}


def check_form(made: Form) -> None:
    """Read a form and compare all that it says; nothing may be said to be missing."""
    data = made.value if isinstance(made.value, bytes) else json.dumps(made.value).encode()
    result = read_source(data, Hint("form"))
    assert isinstance(result, Thread)
    check_article(result, made)
    texts = [" ".join(blocks.body_text(body, result.format).split()) for body in result.bodies]
    starts = made.starts or tuple(said.text for said in SAID)
    assert [next((start for start in starts if start in text), text) for text in texts] == [
        starts[place] for place in in_preorder(made.parents)
    ]
    rows = [next(row for row, text in enumerate(texts) if start in text) for start in starts]
    authors = NAMES if made.authors is None else made.authors
    assert [(result.authors[row] or "").lower() for row in rows] == [author.lower() for author in authors]
    assert [result.parent[row] for row in rows] == [-1 if parent is None else rows[parent] for parent in made.parents]
    if made.dated:
        assert [day(result.published[row]) for row in rows] == [day(said.at(place)) for place, said in enumerate(SAID)]
    assert not any(stub.count for stub in result.stubs)
    assert result.notice == made.notice


def check_article(thread: Thread, made: Form) -> None:
    """The article's title, author and text, as far as the form says them."""
    article = thread.article
    if made.title is not None:
        assert article.title == made.title
    if made.byline is not None:
        assert article.byline == made.byline
    written = " ".join(blocks.body_text(piece, article.format) for piece in article.pieces)
    assert " ".join(written.split()) == made.article


def day(moment: float | None) -> int:
    """The number of the day of a moment."""
    return int(moment or 0) // 86_400


def in_preorder(parents: Parents) -> list[int]:
    """The places of the comments, replies after what they answer."""
    order = [place for place, parent in enumerate(parents) if parent is None]
    for place, parent in enumerate(parents):
        if parent is not None:
            before = sum(1 for other in parents[:place] if other == parent)
            siblings = [other for other in range(place) if parents[other] == parent]
            last = last_below(siblings[-1], parents) if before else parent
            order.insert(order.index(last) + 1, place)
    return order


def last_below(place: int, parents: Parents) -> int:
    """The last comment below one, or itself; comments come in the order in which they were written."""
    below = [other for other in range(place + 1, len(parents)) if parents[other] == place]
    return last_below(below[-1], parents) if below else place
