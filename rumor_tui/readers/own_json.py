"""rumor-tui's own JSON export: the article and a flat list of comments that name their parents.

`rumor_tui.export.json_writer` describes the form. Comments may come in any order; `parent` names another comment's
`index` (its place in the list when it has none); comments without a parent, or in a cycle, are at the top level. The
body is `markdown` if there is one, else `text`. `reply_to` is not read: it is recomputed from the texts. `notes` are
set aside.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Any, get_args

import msgspec

from rumor_tui import blocks, markdown_format
from rumor_tui.model import Article, Confidence, Discussion, Format, LinkedPage, SourceError, Stub, Thread
from rumor_tui.readers.api.document import decode_level, is_array, is_object
from rumor_tui.readers.api.values import name_column
from rumor_tui.readers.lenient_json import parse_json
from rumor_tui.readers.preorder import to_preorder
from rumor_tui.readers.source import Hint, name_source, read_json

_FIRST_KEY = re.compile(rb'\s*\{\s*"(?:version|source|article|comments|confidence|stubs)"\s*:')
_NUMBERED = re.compile(rb'"version"\s*:\s*[0-9]')
_HALF_PAIR = re.compile("[\ud800-\udfff]")
VERSION = 1

_MISFITS = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What msgspec raises for values of other types."""

_CONFIDENCES: dict[str, Confidence] = {name: name for name in get_args(Confidence)}


class OwnLinkedPage(msgspec.Struct):
    """The page that the article's post links to."""

    url: str = ""
    title: str = ""
    byline: str | None = None
    published: str | None = None
    published_text: str | None = None
    problem: str = ""
    text: str | None = None
    markdown: str | None = None


class OwnArticle(msgspec.Struct):
    """The article as exported."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    text: str | None = None
    markdown: str | None = None
    score: int | None = None
    link: str | None = None
    discussion_url: str | None = None
    linked: OwnLinkedPage | None = None
    notes: Any = None


class OwnDiscussion(msgspec.Struct):
    """One of the discussions that the thread joins."""

    site: str = ""
    community: str = ""
    title: str = ""
    comments: int | None = None


class OwnComment(msgspec.Struct, gc=False):
    """One comment as exported; `depth` is not read, since it follows from the parents."""

    index: int | None = None
    id: str | int | None = None
    parent: int | None = None
    author: str | None = None
    published: str | None = None
    published_text: str | None = None
    text: str | None = None
    markdown: str | None = None
    score: int | None = None
    url: str | None = None
    deleted: bool = False
    discussion: OwnDiscussion | None = None
    notes: Any = None


class OwnStub(msgspec.Struct):
    """Comments that are missing, below the comment with the index `parent`."""

    parent: int | None = None
    count: int = 0
    via: str = ""
    keys: list[str] = []


class OwnThread(msgspec.Struct):
    """The whole document."""

    article: OwnArticle
    comments: list[OwnComment]
    version: int = VERSION
    source: str | None = None
    confidence: str | None = None
    stubs: list[OwnStub] = []


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes are our export: an object with an article and comments, judging by its first key first.

    A version that is no number is that of another format, such as JSON Feed, whose objects may have any other fields.
    """
    if not _FIRST_KEY.match(data[:4096]):
        return False
    outer = _outermost(data)
    if outer is None:  # it breaks off, say
        head = data[:4096]
        return bool(_NUMBERED.search(head)) and b'"article"' in head
    version = decode_level(outer.get("version", VERSION))
    is_number = isinstance(version, int) and not isinstance(version, bool)
    stated = "version" in outer and "article" in outer
    return is_number and is_array(outer.get("comments")) and (stated or is_object(outer.get("article")))


def _outermost(data: bytes) -> dict[str, Any] | None:
    """The outermost object, one level of it; None when the bytes are not JSON."""
    try:
        return msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass
    try:
        tree = parse_json(data)
    except ValueError:
        return None
    return tree if isinstance(tree, dict) else {}


def read(data: bytes, hint: Hint) -> Thread:
    """The thread that was exported. Raises SourceError when the JSON is broken or another program's."""
    own = _decode(data, hint)
    if own.version > VERSION:
        raise SourceError(f"{name_source(hint)} was exported by a newer rumor-tui. Update this one to open it.")
    rows = own.comments
    places = _rows_by_index(rows)
    order, parents = to_preorder([_row_of(places, row.parent) for row in rows])
    format = _format(rows)
    bodies = [_body(row, format) for row in rows]
    thread = Thread(
        article=_article(own.article),
        parent=array("i", parents),
        authors=name_column(_column(rows, "author")),
        bodies=bodies,
        lengths=array("i", map(len, bodies)),
        format=format,
        published=list(map(markdown_format.parse_iso, (date or "" for date in _column(rows, "published")))),
        published_text=name_column(_column(rows, "published_text")),
        ids=[None if row.id is None else markdown_format.clean_field(str(row.id)) for row in rows],
        scores=_column(rows, "score"),
        urls=list(map(markdown_format.clean_field, _column(rows, "url"))),
        deleted=_column(rows, "deleted"),
        source=markdown_format.clean_field(own.source) or "",
        aside=_notes(own),
        confidence=_CONFIDENCES.get(own.confidence or "", "explicit"),
        stubs=[_stub(stub, _row_of(places, stub.parent)) for stub in own.stubs],
    )
    if order != list(range(len(rows))):
        thread = thread.select(order, parents)
    return _with_discussions(thread, [rows[place].discussion for place in order])


def _with_discussions(thread: Thread, stated: Sequence[OwnDiscussion | None]) -> Thread:
    """The thread with the discussions that its rows say they are; only those at the top level can be."""
    tops = {row: _discussion(own) for row, own in enumerate(stated) if own is not None and thread.parent[row] < 0}
    if not tops:
        return thread
    from rumor_tui.joined import with_discussions

    return with_discussions(thread, tops)


def _discussion(own: OwnDiscussion) -> Discussion:
    site, community, title = (markdown_format.clean_field(it) or "" for it in (own.site, own.community, own.title))
    return Discussion("", site, community, title, own.comments)


def _notes(own: OwnThread) -> str:
    """The notes, with the passages that they stand on."""
    annotated = (own.article.notes, *(comment.notes for comment in own.comments))
    every = [note for notes in annotated if isinstance(notes, list) for note in notes if isinstance(note, dict)]
    parts = [note.get(name) for note in every for name in ("passage", "text")]
    return "\n\n".join(part for part in parts if isinstance(part, str) and part)


def _format(rows: Sequence[OwnComment]) -> Format:
    return "markdown" if any(row.markdown is not None for row in rows) else "plain"


def _column(rows: Sequence[OwnComment], name: str) -> list[Any]:
    return list(map(attrgetter(name), rows))


def _decode(data: bytes, hint: Hint) -> OwnThread:
    try:
        return msgspec.json.decode(data, type=OwnThread)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        tree = _without_half_pairs(read_json(data, hint))
    with suppress(*_MISFITS):
        return msgspec.convert(tree, OwnThread, strict=False)
    try:
        return msgspec.convert(_mended(tree), OwnThread, strict=False)
    except _MISFITS as error:
        reason = markdown_format.clean_field(str(error))
        raise SourceError(f"{name_source(hint)} looks like rumor-tui's export but is not: {reason}.") from error


def _mended(tree: Any) -> Any:
    """A document without the values that are of another type than they must be, which are no reason to lose the rest.

    An article or a comment that is no object is empty, so that the places of comments in their list still count.
    """
    if not isinstance(tree, dict):
        return tree
    comments, stubs = (held if isinstance(held := tree.get(name), list) else [] for name in ("comments", "stubs"))
    return {
        **_fitting({name: held for name, held in tree.items() if name not in ("comments", "stubs")}, OwnThread),
        "article": _fitting(tree.get("article"), OwnArticle),
        "comments": [_fitting(one, OwnComment) for one in comments],
        "stubs": [_fitting(one, OwnStub) for one in stubs],
    }


def _fitting(value: Any, kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of an object that have the types of those of a struct; a number may stand for a text."""
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind) if isinstance(value, dict) else ():
        held = value.get(field.encode_name)
        for fit in (held, str(held)) if isinstance(held, int | float) else (held,):
            with suppress(*_MISFITS):
                fields[field.encode_name] = msgspec.to_builtins(msgspec.convert(fit, field.type, strict=False))
                break
    return fields


def _without_half_pairs(tree: Any) -> Any:
    """The value with U+FFFD for each half of a surrogate pair, which msgspec fails on in keys and for numbers.

    A value that is nested too deeply for that stays as it is.
    """
    import json

    try:
        written = json.dumps(tree, ensure_ascii=False)
    except RecursionError:
        return tree
    return json.loads(_HALF_PAIR.sub("\ufffd", written)) if _HALF_PAIR.search(written) else tree


def _rows_by_index(comments: Sequence[OwnComment]) -> dict[int, int]:
    """The row of each index. Of comments with the same index the first one counts."""
    places: dict[int, int] = {}
    for row, comment in enumerate(comments):
        places.setdefault(row if comment.index is None else comment.index, row)
    return places


def _row_of(places: dict[int, int], index: int | None) -> int | None:
    """The row of an index; None where there is none."""
    return None if index is None else places.get(index)


def _stub(stub: OwnStub, row: int | None) -> Stub:
    """A stub below a row, or at the top level where its parent is missing."""
    return Stub(
        parent=-1 if row is None else row,
        count=max(0, stub.count),
        via=markdown_format.clean_field(stub.via) or "",
        keys=tuple(filter(None, map(markdown_format.clean_field, stub.keys))),
    )


def _body(comment: OwnComment, format: Format) -> str:
    if format == "markdown" and comment.markdown is None and comment.text:
        return blocks.to_markdown(blocks.parse_body(comment.text, "plain")).strip("\n")
    return (comment.text if format == "plain" else comment.markdown) or ""


def _article(own: OwnArticle) -> Article:
    published = markdown_format.parse_iso(own.published) if own.published else None
    linked, markdown = own.linked, own.markdown is not None
    pieces = _pieces(own.text, own.markdown, markdown)
    page = None if linked is None else _linked_page(linked, len(pieces))
    return Article(
        title=markdown_format.clean_field(own.title) or "",
        byline=markdown_format.clean_field(own.byline),
        published=published,
        published_text=markdown_format.clean_field(own.published) if published is None else None,
        url=markdown_format.clean_field(own.url),
        pieces=pieces if linked is None else [*pieces, *_pieces(linked.text, linked.markdown, markdown)],
        format="markdown" if markdown else "plain",
        score=own.score,
        link=markdown_format.clean_field(own.link),
        linked=page,
        discussion_url=markdown_format.clean_field(own.discussion_url),
    )


def _pieces(text: str | None, markdown: str | None, as_markdown: bool) -> list[str]:
    """The pieces of a text, as Markdown if the article is."""
    if as_markdown and markdown is not None:
        return blocks.split_markdown(markdown)
    return [text] if text else []


def _linked_page(own: OwnLinkedPage, first: int) -> LinkedPage:
    return LinkedPage(
        url=markdown_format.clean_field(own.url) or "",
        first=first,
        title=markdown_format.clean_field(own.title) or "",
        byline=markdown_format.clean_field(own.byline),
        published=markdown_format.parse_iso(own.published) if own.published else None,
        published_text=markdown_format.clean_field(own.published_text),
        problem=markdown_format.clean_field(own.problem) or "",
    )
