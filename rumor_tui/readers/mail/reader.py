"""What a mailbox or a message is read as: the list of its threads, one of them, or all as one thread."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Entry, Format, Listing, Thread
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.mail import HEAD, bodies, headers, mailbox, threads
from rumor_tui.readers.mail.mailbox import MAX_LENGTH_GUESS, Mailbox, split_message
from rumor_tui.readers.mail.threads import ThreadForest

PIECE_LENGTH = 8_000
"""Characters of the first message after which it goes on in another piece, at an empty line."""

_GAP = re.compile(r"(?<!\n)\n\n++(?=\S)")


def mailbox_listing(box: Mailbox, source: str) -> Listing:
    """The mailbox's threads as a list; a list of one is its thread to whoever reads it (`listings.readable`)."""
    forest = threads.build_threads(box.heads)
    return Listing(
        title=box.name,
        entries=LazyColumn(lambda number: _entry(box, forest, number), range(len(forest))),
        open=lambda number: read_thread(box, forest, number, source),
        whole=lambda: whole_mailbox(box, forest, source),
        source=source,
    )


def _entry(box: Mailbox, forest: ThreadForest, number: int) -> Entry:
    start, end = forest.bounds(number)
    head = box.heads[forest.order[start]]
    published, written = _dates(head)
    return Entry(
        title=headers.clean_subject(headers.read_subject(head)),
        byline=_author(head),
        published=published,
        published_text=written,
        comments=end - start - 1,
    )


def read_thread(box: Mailbox, forest: ThreadForest, number: int, source: str) -> Thread:
    """One thread: its first message as the article, the others as comments."""
    start, end = forest.bounds(number)
    owners = array("i", [max(owner - start - 1, -1) for owner in forest.owners[start + 1 : end]])
    first, rows = forest.order[start], forest.order[start + 1 : end]
    return _make_thread(box, _article(box, first), first, rows, owners=owners, source=source)


def whole_mailbox(box: Mailbox, forest: ThreadForest, source: str) -> Thread:
    """All threads as one, whose article is the mailbox, or what its only thread is about."""
    title = headers.clean_subject(headers.read_subject(box.heads[forest.order[0]])) if len(forest) == 1 else box.name
    return _make_thread(box, Article(title=title or box.name), None, forest.order, owners=forest.owners, source=source)


def _make_thread(
    box: Mailbox, article: Article, first: int | None, rows: array[int], *, owners: array[int], source: str
) -> Thread:
    """The columns over rows of the mailbox; `first` is the row of the article, if that is a message."""
    heads = LazyColumn(lambda row: box.heads[row], rows)
    author = cache(headers.parse_author)

    def body(place: int) -> str:
        owner = owners[place]
        above = rows[owner] if owner >= 0 else first
        return _body(box, rows[place], above)

    return Thread(
        article=article,
        parent=owners,
        authors=LazyColumn(lambda head: author(headers.raw_field(head, b"from")), heads),
        bodies=LazyColumn(body, range(len(rows))),
        lengths=array("i", [box.lengths[row] for row in rows]),
        format="plain",
        published=LazyColumn(lambda head: _dates(head)[0], heads),
        published_text=LazyColumn(lambda head: _dates(head)[1], heads),
        ids=LazyColumn(_identifier, heads),
        urls=LazyColumn(headers.archive_url, heads),
        source=source,
    )


def _article(box: Mailbox, row: int) -> Article:
    head = box.heads[row]
    published, written = _dates(head)
    format, pieces = _pieces(box, row)
    return Article(
        title=headers.clean_subject(headers.read_subject(head)),
        byline=_author(head),
        published=published,
        published_text=written,
        url=headers.archive_url(head) or headers.archive_url(head, b"list-archive"),
        pieces=pieces,
        format=format,
    )


def _pieces(box: Mailbox, row: int) -> tuple[Format, Sequence[str]]:
    """The text of the first message: HTML as it is where there is nothing else, else plain text in pieces."""
    html = bodies.html_only_body(box, row)
    if html is not None:
        return "html", [html.strip()] if html.strip() else []
    pieces: list[str] = []
    text = bodies.body_text(box, row)
    start = 0
    while len(text) - start > PIECE_LENGTH and (gap := _GAP.search(text, start + PIECE_LENGTH)):
        pieces.append(text[start : gap.start()])
        start = gap.end()
    return "plain", [piece for piece in (*pieces, text[start:]) if piece.strip()]


def _body(box: Mailbox, row: int, above: int | None) -> str:
    """What a message says, with its subject at the foot where that is a new one. `above` is the row it answers."""
    subject = _new_subject(box.heads[row], None if above is None else box.heads[above])
    said = bodies.body_text(box, row)
    return "\n\n".join(filter(None, (said, f"[subject: {subject}]"))) if subject else said


def _new_subject(head: bytes, above: bytes | None) -> str:
    """The subject of a message where it says more than that of the one above; an empty string where it does not."""
    raw = headers.raw_field(head, b"subject")
    if not raw or (above is not None and raw == headers.raw_field(above, b"subject")):
        return ""
    subject = headers.read_subject(head)
    if above is not None and headers.subject_topic(subject)[0] == headers.subject_topic(headers.read_subject(above))[0]:
        return ""
    return headers.clean_subject(subject)


def _author(head: bytes) -> str | None:
    return headers.parse_author(headers.raw_field(head, b"from"))


def _dates(head: bytes) -> tuple[float | None, str | None]:
    """When a message was written, in seconds since 1970; or else how it says so itself."""
    raw = headers.raw_field(head, b"date")
    moment = headers.parse_mail_date(raw)
    return moment, markdown_format.clean_field(headers.decode_field(raw)) if raw and moment is None else None


def _identifier(head: bytes) -> str | None:
    raw = headers.raw_field(head, b"message-id")
    found = headers.message_ids(raw) or [raw or b""]
    return markdown_format.clean_field(headers.decode_field(found[0]))


_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")
_TELLING = re.compile(rb"\n(From|Date|Subject|Message-ID|Received|Return-Path)[ \t]*:", re.IGNORECASE)


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with a mailbox's postmark and a field, or with the fields of a message."""
    return mailbox.is_mbox(_begun(data)) or is_message(data)


def is_message(data: bytes) -> bool:
    """Whether the bytes begin with a block of fields, two or more of them such as every message has."""
    head, _ = split_message(_begun(data[:HEAD]))
    return len({name.lower() for name in _TELLING.findall(head)}) >= 2


def read_mail(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message. Never raises."""
    data = _begun(data)
    name = mailbox_title(hint)
    if mailbox.is_mbox(data):
        return mailbox_listing(mailbox.read_mbox(data, name), hint.name)
    head, body = split_message(data)
    return mailbox_listing(Mailbox(name, [head], [body], array("i", [min(len(body), MAX_LENGTH_GUESS)])), hint.name)


def _begun(data: bytes) -> bytes:
    """The bytes without a mark or blanks before them; the same object where there are none."""
    before = _BEFORE.match(data)
    return data[before.end() :] if before and before.end() else data


def mailbox_title(hint: Hint) -> str:
    """The name of a mailbox as a title: that of its file or folder, without the folders around it."""
    return markdown_format.clean_field(hint.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]) or "Mail"
