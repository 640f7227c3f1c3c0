"""A mailbox as what can be read: the list of its threads, and all of them as one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache

from rumor_tui import bylines
from rumor_tui.model import Article, Entry, Format, Listing, Thread
from rumor_tui.readers.mail import bodies, fields, threads
from rumor_tui.readers.mail.box import Box
from rumor_tui.readers.mail.threads import Forest
from rumor_tui.readers.mapped import Mapped

PIECE = 8_000
"""Characters of the first message after which it goes on in another piece, at an empty line."""

_GAP = re.compile(r"(?<!\n)\n\n++(?=\S)")


def opened(box: Box, source: str) -> Listing:
    """The mailbox's threads as a list; a list of one is its thread to whoever reads it (`listings.readable`)."""
    forest = threads.arranged(box.heads)
    return Listing(
        title=box.name,
        entries=Mapped(lambda number: _entry(box, forest, number), range(len(forest))),
        open=lambda number: thread(box, forest, number, source),
        whole=lambda: whole(box, forest, source),
        source=source,
    )


def _entry(box: Box, forest: Forest, number: int) -> Entry:
    start, end = forest.bounds(number)
    head = box.heads[forest.order[start]]
    published, written = _dates(head)
    return Entry(
        title=fields.title(fields.subject(head)),
        byline=_author(head),
        published=published,
        published_text=written,
        comments=end - start - 1,
    )


def thread(box: Box, forest: Forest, number: int, source: str) -> Thread:
    """One thread: its first message as the article, the others as comments."""
    start, end = forest.bounds(number)
    owners = array("i", [max(owner - start - 1, -1) for owner in forest.owners[start + 1 : end]])
    first, rows = forest.order[start], forest.order[start + 1 : end]
    return _made(box, _article(box, first), first, rows, owners=owners, source=source)


def whole(box: Box, forest: Forest, source: str) -> Thread:
    """All threads as one, whose article is the mailbox, or what its only thread is about."""
    title = fields.title(fields.subject(box.heads[forest.order[0]])) if len(forest) == 1 else box.name
    return _made(box, Article(title=title or box.name), None, forest.order, owners=forest.owners, source=source)


def _made(
    box: Box, article: Article, first: int | None, rows: array[int], *, owners: array[int], source: str
) -> Thread:
    """The columns over rows of the mailbox; `first` is the row of the article, if that is a message."""
    heads = Mapped(lambda row: box.heads[row], rows)
    author = cache(fields.author)

    def body(place: int) -> str:
        owner = owners[place]
        above = rows[owner] if owner >= 0 else first
        return _body(box, rows[place], above)

    return Thread(
        article=article,
        parent=owners,
        authors=Mapped(lambda head: author(fields.value(head, b"from")), heads),
        bodies=Mapped(body, range(len(rows))),
        lengths=array("i", [box.lengths[row] for row in rows]),
        format="plain",
        published=Mapped(lambda head: _dates(head)[0], heads),
        published_text=Mapped(lambda head: _dates(head)[1], heads),
        ids=Mapped(_identifier, heads),
        urls=Mapped(fields.permalink, heads),
        source=source,
    )


def _article(box: Box, row: int) -> Article:
    head = box.heads[row]
    published, written = _dates(head)
    format, pieces = _pieces(box, row)
    return Article(
        title=fields.title(fields.subject(head)),
        byline=_author(head),
        published=published,
        published_text=written,
        url=fields.permalink(head) or fields.permalink(head, b"list-archive"),
        pieces=pieces,
        format=format,
    )


def _pieces(box: Box, row: int) -> tuple[Format, Sequence[str]]:
    """The text of the first message: HTML as it is where there is nothing else, else plain text in pieces."""
    html = bodies.html_of(box, row)
    if html is not None:
        return "html", [html.strip()] if html.strip() else []
    pieces: list[str] = []
    text = bodies.text(box, row)
    start = 0
    while len(text) - start > PIECE and (gap := _GAP.search(text, start + PIECE)):
        pieces.append(text[start : gap.start()])
        start = gap.end()
    return "plain", [piece for piece in (*pieces, text[start:]) if piece.strip()]


def _body(box: Box, row: int, above: int | None) -> str:
    """What a message says, with its subject at the foot where that is a new one. `above` is the row it answers."""
    subject = _new_subject(box.heads[row], None if above is None else box.heads[above])
    said = bodies.text(box, row)
    return "\n\n".join(filter(None, (said, f"[subject: {subject}]"))) if subject else said


def _new_subject(head: bytes, above: bytes | None) -> str:
    """The subject of a message where it says more than that of the one above; an empty string where it does not."""
    raw = fields.value(head, b"subject")
    if not raw or (above is not None and raw == fields.value(above, b"subject")):
        return ""
    subject = fields.subject(head)
    if above is not None and fields.topic(subject)[0] == fields.topic(fields.subject(above))[0]:
        return ""
    return fields.title(subject)


def _author(head: bytes) -> str | None:
    return fields.author(fields.value(head, b"from"))


def _dates(head: bytes) -> tuple[float | None, str | None]:
    """When a message was written, in seconds since 1970; or else how it says so itself."""
    raw = fields.value(head, b"date")
    moment = fields.moment(raw)
    return moment, bylines.name(fields.decoded(raw)) if raw and moment is None else None


def _identifier(head: bytes) -> str | None:
    raw = fields.value(head, b"message-id")
    found = fields.identifiers(raw) or [raw or b""]
    return bylines.name(fields.decoded(found[0]))
