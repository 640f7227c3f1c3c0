"""Rows of JSON objects become a thread, as a map of their fields says (`field_maps.CommentFields`), or a listing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Confidence, Draft, Entry, Format, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers.api.field_maps import (
    BODY_FORMATS,
    ArticleFields,
    CommentFields,
    article_entry,
    as_markdown,
    read_article,
    read_entry,
)
from rumor_tui.readers.api.values import (
    date_wording,
    name_column,
    scalar_column,
    text_column,
    text_length,
    to_identifier,
    to_int,
    to_name,
    to_text,
    to_timestamp,
)
from rumor_tui.readers.preorder import to_preorder
from rumor_tui.readers.source import Hint


class CommentBodies(NamedTuple):
    """The bodies of all rows, in one format, with their lengths."""

    format: Format
    bodies: Sequence[str]
    lengths: Sequence[int]


def build_thread(
    rows: Sequence[Any],
    fields: CommentFields,
    article: Article,
    source: str,
    *,
    names: Sequence[str | None] = (),
    owners: Sequence[int | None] = (),
    texts: CommentBodies | None = None,
    urls: Sequence[str | None] = (),
    scores: Sequence[int | None] = (),
    deleted: Sequence[bool] = (),
    stubs: Sequence[Stub] = (),
    confidence: Confidence = "explicit",
) -> Thread:
    """The thread of comments in any order.

    `names` are the identifiers of the rows, where the fields do not give them. `owners` are the rows that contain other
    rows: the parents of those that name no existing parent. `texts`, `urls`, `scores` and `deleted` replace what the
    fields say. `stubs` refer to rows in the order given here.
    """
    keys = names or identifiers(rows, fields)
    order, parents = to_preorder(_parents(rows, keys, fields, owners))
    texts = texts or choose_bodies(rows, fields)
    dates = scalar_column(rows, fields.published)
    moments = [to_timestamp(date) for date in dates]
    wordings = [None if known is not None else date_wording(date) for known, date in zip(moments, dates, strict=True)]
    gone = deleted or _flags(rows, fields.deleted)
    thread = Thread(
        article=article,
        parent=array("i", parents),
        authors=_authors(rows, fields),
        bodies=texts.bodies,
        lengths=array("i", texts.lengths),
        format=texts.format,
        published=moments,
        published_text=wordings if any(wordings) else (),
        ids=list(map(markdown_format.clean_field, keys)),
        scores=scores or list(map(to_int, scalar_column(rows, fields.score))),
        urls=urls or permalinks(rows, keys, fields),
        deleted=gone if any(gone) else (),
        source=source,
        confidence=confidence,
        stubs=list(stubs),
    )
    return thread if order == list(range(len(rows))) else thread.select(order, parents)


def identifiers(rows: Sequence[Any], fields: CommentFields) -> list[str | None]:
    """The identifier of each row."""
    return [to_identifier(value) for value in scalar_column(rows, fields.id)]


def drop_duplicates(rows: list[Any], fields: CommentFields) -> list[Any]:
    """The rows without those whose identifier came before, for example where pages overlap."""
    seen: set[str] = set()
    distinct = []
    for row, key in zip(rows, identifiers(rows, fields), strict=True):
        if key is None or key not in seen:
            distinct.append(row)
        if key is not None:
            seen.add(key)
    return distinct


def sort_by_date(rows: list[Any], fields: CommentFields) -> list[Any]:
    """The rows by date if all of them have one; else as they are."""
    moments = [to_timestamp(value) for value in scalar_column(rows, fields.published)]
    if None in moments:
        return rows
    order = sorted(range(len(rows)), key=lambda row: moments[row] or 0.0)
    return [rows[row] for row in order]


def choose_bodies(rows: Sequence[Any], fields: CommentFields) -> CommentBodies:
    """The bodies in the format that most rows have, or in Markdown where some rows have only another format."""
    columns = {format: text_column(rows, getattr(fields, format)) for format in BODY_FORMATS}
    filled = {format: len(rows) - column.count(None) for format, column in columns.items()}
    if not any(filled.values()):
        return CommentBodies("plain", [""] * len(rows), [0] * len(rows))
    best = max(filled, key=filled.__getitem__)
    if filled[best] == sum(any(value is not None for value in row) for row in zip(*columns.values(), strict=True)):
        return CommentBodies(best, LazyColumn(to_text, columns[best]), list(map(text_length, columns[best])))
    bodies = [_first_as_markdown(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return CommentBodies("markdown", bodies, list(map(len, bodies)))


def _first_as_markdown(values: Iterable[tuple[Format, Any]]) -> str:
    """The first of the values, in its format, that is there, as Markdown."""
    return next((as_markdown(to_text(value), format) for format, value in values if value is not None), "")


def permalinks(rows: Sequence[Any], keys: Sequence[str | None], fields: CommentFields) -> Sequence[str | None]:
    """The permalinks."""
    stated = [to_name(value) for value in scalar_column(rows, fields.url)]
    if not fields.prefix:
        return stated
    made = [fields.prefix + key if key else None for key in map(markdown_format.clean_field, keys)]
    return [url or other for url, other in zip(stated, made, strict=True)]


def _authors(rows: Sequence[Any], fields: CommentFields) -> list[str | None]:
    return name_column([to_identifier(value) for value in scalar_column(rows, fields.author)])


def _parents(
    rows: Sequence[Any], keys: Sequence[str | None], fields: CommentFields, owners: Sequence[int | None]
) -> list[int | None]:
    """The row that each row answers, as far as the fields and the owners say."""
    places: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            places.setdefault(key, row)
    parents: list[int | None] = list(owners) or [None] * len(rows)
    if fields.parent:
        named = [places.get(to_identifier(value) or "") for value in scalar_column(rows, fields.parent)]
        parents = [other if own is None else own for own, other in zip(named, parents, strict=True)]
    return parents


def _flags(rows: Sequence[Any], paths: str) -> list[bool]:
    flags = [False] * len(rows)
    for path in paths.split():
        flags = [old or bool(new) for old, new in zip(flags, scalar_column(rows, path), strict=True)]
    return flags


def articles_listing(title: str, articles: Sequence[Any], fields: ArticleFields, hint: Hint) -> Thread | Listing:
    """A listing of articles whose comments are elsewhere; a single article is opened."""

    def open_article(index: int) -> Thread:
        return ThreadBuilder(read_article(articles[index], fields)).build("plain", source=hint.name)

    if len(articles) == 1:
        return open_article(0)
    return make_listing(title, [read_entry(value, fields) for value in articles], open_article, hint)


def make_listing(title: str, entries: Sequence[Entry], open_entry: Callable[[int], Thread], hint: Hint) -> Listing:
    """A listing of threads; as a whole it is one thread with a comment for each, whose replies are its comments."""

    def whole() -> Thread:
        return _as_one_thread(title, [open_entry(index) for index in range(len(entries))], entries, hint)

    return Listing(title=title, entries=entries, open=open_entry, whole=whole, source=hint.name)


def threads_listing(title: str, threads: Sequence[Thread], hint: Hint, known: Sequence[Entry | None] = ()) -> Listing:
    """A listing of loaded threads; `known` is what the document says of each, such as its full number of comments."""
    entries = list(map(thread_entry, threads, known or [None] * len(threads)))
    return make_listing(title, entries, lambda index: threads[index], hint)


def thread_entry(thread: Thread, known: Entry | None = None) -> Entry:
    """A thread as an entry of a listing: the known entry with the number of comments, or a new one."""
    if known is not None:
        return known if known.comments is not None else replace(known, comments=len(thread))
    about = thread.article
    if len(about.pieces) or not len(thread):
        return article_entry(about, "".join(about.pieces[:1]), len(thread), about.url or "")
    return article_entry(about, thread.bodies[0], len(thread), about.url or "", thread.format)


def _as_one_thread(title: str, threads: Sequence[Thread], entries: Sequence[Entry], hint: Hint) -> Thread:
    builder = ThreadBuilder(Article(title=title))
    for thread, entry in zip(threads, entries, strict=True):
        top = builder.add(_comment_of_thread(thread, entry))
        for comment in thread.comments():
            builder.add(
                Draft(
                    body=as_markdown(comment.body, thread.format),
                    author=comment.author,
                    parent=top if comment.parent is None else top + 1 + comment.parent,
                    published=comment.published,
                    published_text=comment.published_text,
                    id=comment.id,
                    score=comment.score,
                    url=comment.url,
                    deleted=comment.deleted,
                )
            )
    return builder.build("markdown", source=hint.name)


def _comment_of_thread(thread: Thread, entry: Entry) -> Draft:
    about = thread.article
    bodies = [as_markdown(piece, about.format) for piece in about.pieces]
    title = as_markdown(entry.title, "plain")
    return Draft(
        body="\n\n".join(part.strip("\n") for part in (title if about.title else "", *bodies) if part.strip()) or title,
        author=about.byline,
        published=about.published,
        published_text=about.published_text,
        score=about.score,
        url=entry.address or about.url,
    )
