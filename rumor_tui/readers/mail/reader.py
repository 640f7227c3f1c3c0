"""What a mailbox or a message is read as: the list of its threads, one of them, or all as one thread."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Entry, Format, Listing, Thread
from rumor_tui.readers.mail.apple import unwrap_message
from rumor_tui.readers.mail.bodies import body_text, html_only_body
from rumor_tui.readers.mail.digest import unpack_digests
from rumor_tui.readers.mail.headers import (
    archive_url,
    clean_subject,
    decode_field,
    message_ids,
    parse_author,
    parse_mail_date,
    raw_field,
    read_subject,
    subject_topic,
)
from rumor_tui.readers.mail.lone_link import find_lone_link
from rumor_tui.readers.mail.mailbox import (
    Mailbox,
    box_of_messages,
    is_mbox,
    read_mbox,
    skip_to_first_line,
    split_message,
)
from rumor_tui.readers.mail.threads import ThreadForest, build_threads
from rumor_tui.readers.source import Hint

PIECE_LENGTH = 8_000
"""Length of the first message's pieces, at least, in characters; they end at an empty line."""

_GAP = re.compile(r"(?<!\n)\n\n++(?=\S)")


def mailbox_listing(box: Mailbox, source: str) -> Listing:
    """The mailbox as a listing of its threads; a reader of a single thread gets that thread (`open_if_single`)."""
    forest = build_threads(box.heads)
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
        title=clean_subject(read_subject(head)),
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
    """All threads as one, whose article has the mailbox's name, or the subject of its only thread."""
    title = clean_subject(read_subject(box.heads[forest.order[0]])) if len(forest) == 1 else box.name
    return _make_thread(box, Article(title=title or box.name), None, forest.order, owners=forest.owners, source=source)


def _make_thread(
    box: Mailbox, article: Article, first: int | None, rows: array[int], *, owners: array[int], source: str
) -> Thread:
    """A thread of the given rows of the mailbox; `first` is the row of the article, if that is a message."""
    heads = LazyColumn(lambda row: box.heads[row], rows)
    author = cache(parse_author)

    def body(place: int) -> str:
        owner = owners[place]
        above = rows[owner] if owner >= 0 else first
        return _body(box, rows[place], above)

    return Thread(
        article=article,
        parent=owners,
        authors=LazyColumn(lambda head: author(raw_field(head, b"from")), heads),
        bodies=LazyColumn(body, range(len(rows))),
        lengths=array("i", [box.lengths[row] for row in rows]),
        format="plain",
        published=LazyColumn(lambda head: _dates(head)[0], heads),
        published_text=LazyColumn(lambda head: _dates(head)[1], heads),
        ids=LazyColumn(_identifier, heads),
        urls=LazyColumn(archive_url, heads),
        source=source,
    )


def _article(box: Mailbox, row: int) -> Article:
    head = box.heads[row]
    published, written = _dates(head)
    format, pieces = _pieces(box, row)
    return Article(
        title=clean_subject(read_subject(head)),
        byline=_author(head),
        published=published,
        published_text=written,
        url=archive_url(head) or archive_url(head, b"list-archive"),
        pieces=pieces,
        format=format,
        link=find_lone_link(pieces, format),
    )


def _pieces(box: Mailbox, row: int) -> tuple[Format, Sequence[str]]:
    """The body of the first message: HTML where it has nothing else, else plain text in pieces."""
    html = html_only_body(box, row)
    if html is not None:
        return "html", [html.strip()] if html.strip() else []
    pieces: list[str] = []
    text = body_text(box, row)
    start = 0
    while len(text) - start > PIECE_LENGTH and (gap := _GAP.search(text, start + PIECE_LENGTH)):
        pieces.append(text[start : gap.start()])
        start = gap.end()
    return "plain", [piece for piece in (*pieces, text[start:]) if piece.strip()]


def _body(box: Mailbox, row: int, above: int | None) -> str:
    """The text of a message, followed by its subject where that is new. `above` is the row that it answers."""
    subject = _new_subject(box.heads[row], None if above is None else box.heads[above])
    text = body_text(box, row)
    return "\n\n".join(filter(None, (text, f"[subject: {subject}]"))) if subject else text


def _new_subject(head: bytes, above: bytes | None) -> str:
    """The subject of a message where it differs from that of the one above; else an empty string."""
    raw = raw_field(head, b"subject")
    if not raw or (above is not None and raw == raw_field(above, b"subject")):
        return ""
    subject = read_subject(head)
    if above is not None and subject_topic(subject)[0] == subject_topic(read_subject(above))[0]:
        return ""
    return clean_subject(subject)


def _author(head: bytes) -> str | None:
    return parse_author(raw_field(head, b"from"))


def _dates(head: bytes) -> tuple[float | None, str | None]:
    """The date of a message in seconds since 1970, or, where it cannot be parsed, as written."""
    raw = raw_field(head, b"date")
    moment = parse_mail_date(raw)
    return moment, markdown_format.clean_field(decode_field(raw)) if raw and moment is None else None


def _identifier(head: bytes) -> str | None:
    raw = raw_field(head, b"message-id")
    identifiers = message_ids(raw) or [raw or b""]
    return markdown_format.clean_field(decode_field(identifiers[0]))


def read_mail(data: bytes, hint: Hint) -> Listing:
    """The threads of a mailbox, or the one of a message. Never raises."""
    data = skip_to_first_line(data)
    name = mailbox_title(hint)
    if is_mbox(data):
        return mailbox_listing(unpack_digests(read_mbox(data, name)), hint.name)
    return mailbox_listing(unpack_digests(box_of_messages([split_message(data)], name)), hint.name)


def read_messages(messages: Iterable[bytes], hint: Hint) -> Listing:
    """The threads of messages that are files of their own, in the order of their dates. Never raises."""
    parts = [split_message(skip_to_first_line(unwrap_message(data))) for data in messages]
    parts.sort(key=lambda part: _dates(part[0])[0] or 0)
    return mailbox_listing(box_of_messages(parts, mailbox_title(hint)), hint.name)


def mailbox_title(hint: Hint) -> str:
    """The title of a mailbox: the name of its file or folder without the path."""
    return markdown_format.clean_field(hint.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]) or "Mail"
