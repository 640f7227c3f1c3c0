"""Several discussions of one article as one thread: a tree whose top rows are the discussions.

`join_threads` makes it and `split_thread` takes it apart again; neither looks at a comment's text. A discussion is a
row: its body is the title and the text of its own post, its author who posted that, its address that of the discussion.
Below it stand its comments as they were. So that a comment is the same one when another state of the thread comes,
whichever discussion grew, identifiers of a joined thread begin with the discussion's key; `own_id` gives the source's.

Authors of one name on different sites are different people: `Thread.people` have the site behind their names.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from rumor_tui import blocks
from rumor_tui.columns import Constant, LazyColumn, chain_columns
from rumor_tui.discussion_rows import OWN_MARK, ROW_MARK, discussion_rows, own_id
from rumor_tui.model import COLUMNS, Article, Block, Confidence, Discussion, Draft, Format, Span, Stub, Thread
from rumor_tui.text import mend, neutralise_for_file, neutralise_line

_GAPS: Final[Mapping[Format, str]] = {"plain": "\n\n", "markdown": "\n\n", "html": "\n"}
"""What stands between a title and a text, and between the pieces of a text."""

_CONFIDENCES: Final[tuple[Confidence, ...]] = ("guessed", "structural", "explicit")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the discussions that are joined.

    Its thread's article is the discussion's own post: title, poster, date, points, and text (up to that of a linked
    page). `site` and `community` are as in `Discussion`, `address` is that of the discussion, and `comments` how many
    comments the site says there are, if it does.
    """

    site: str
    thread: Thread
    community: str = ""
    address: str = ""
    comments: int | None = None

    @property
    def label(self) -> str:
        """What the discussion is called: "Reddit r/cars"."""
        return f"{self.site} {self.community}".strip()


def make_part(label: str, thread: Thread, address: str = "", comments: int | None = None) -> Part:
    """A part by its label, such as "Reddit r/cars"."""
    site, community = split_label(label)
    return Part(site, thread, community, address, comments)


def split_label(label: str) -> tuple[str, str]:
    """The site and the community of a label: what has a slash is the community, as accounts are the whole site's."""
    site, _, community = label.rpartition(" ")
    return (site, community) if site and "/" in community else (label, "")


# Joining


def join_threads(article: Article, parts: Sequence[Part]) -> Thread:
    """The comments of several discussions, those of each below a row of its own, in the order given.

    Columns stay lazy: it takes 1 ms for 1,500 comments, 40 ms for 100,000. Bodies have the format of all parts, or else
    are written as HTML if some are, or else as Markdown. Parts that grow or are appended leave the identifiers of all
    other rows as they are.
    """
    format = _common_format([part.thread.format for part in parts])
    repair = bool(parts) and all(part.thread.repair for part in parts)
    columns: dict[str, list[Sequence[Any]]] = {name: [] for name in COLUMNS}
    parent, stubs = array("i"), list[Stub]()
    keys = unique_keys([(part.label, part.address) for part in parts])
    for key, part in zip(keys, parts, strict=True):
        title = part.thread.article.title
        title = mend(title) if part.thread.repair and not repair else title
        about = Discussion(key, part.site, part.community, title, part.comments)
        below = as_part_of(in_format(part.thread, format, repair=repair), about)
        head, row = _own_row(about, part, format, repair), len(parent)
        for name, chained in columns.items():
            chained += (getattr(head, name), getattr(below, name))
        parent.append(-1)
        parent.extend([above + row + 1 if above >= 0 else row for above in below.parent])
        stubs += [replace(stub, parent=stub.parent + row + 1 if stub.parent >= 0 else row) for stub in below.stubs]
    whole: dict[str, Any] = {name: chain_columns(chained) for name, chained in columns.items()}
    joined = Thread(
        **whole,
        article=article,
        parent=parent,
        format=format,
        repair=repair,
        confidence=min((part.thread.confidence for part in parts), key=_CONFIDENCES.index, default="explicit"),
        stubs=stubs,
        notice=" ".join(dict.fromkeys(part.thread.notice for part in parts if part.thread.notice)),
    )
    names = [(part.site, column) for part in parts for column in ([part.thread.article.byline], part.thread.authors)]
    return _with_people(joined, names)


def _common_format(formats: Sequence[Format]) -> Format:
    distinct = set(formats)
    if len(distinct) < 2:
        return formats[0] if formats else "plain"
    return "html" if "html" in distinct else "markdown"


def in_format(thread: Thread, format: Format, *, repair: bool = False) -> Thread:
    """The thread with its bodies in a format, each written anew when it is asked for, where it has another one.

    A thread whose typography is mended for display is mended then, unless `repair` says that it still is to be.
    """
    given, mend = thread.format, thread.repair and not repair
    if given == format and not mend:
        return thread if thread.repair == repair else replace(thread, repair=repair)

    def written(body: str) -> str:
        return _write(blocks.parse_body(body, given, mend), format)

    return replace(thread, bodies=LazyColumn(written, thread.bodies), format=format, repair=repair)


def _write(parsed: Sequence[Block], format: Format) -> str:
    """Blocks as a body in a format."""
    if format == "html":
        from rumor_tui.blocks.write import to_html

        return to_html(parsed).rstrip("\n")
    return (blocks.to_markdown(parsed) if format == "markdown" else blocks.to_text(parsed)).rstrip("\n")


def _own_row(about: Discussion, part: Part, format: Format, repair: bool) -> Thread:
    """The row of a discussion, as a thread of that row alone."""
    article = part.thread.article
    own = _GAPS[article.format].join(article.own_pieces)
    if own and (article.format, part.thread.repair) != (format, repair):
        own = _write(blocks.parse_body(own, article.format, part.thread.repair and not repair), format)
    title = _title_as_body(about.title, format)
    body = _GAPS[format].join(filter(None, (title, own)))
    return Thread(
        article=article,
        parent=array("i", [-1]),
        authors=[article.byline],
        bodies=[body],
        lengths=[len(body)],
        format=format,
        published=[article.published],
        published_text=[article.published_text],
        ids=[about.key],
        scores=[article.score],
        urls=[part.address or None],
        discussions=[about],
    )


def _title_as_body(title: str, format: Format) -> str:
    """The title of a post as the first paragraph of a body; "" where there is none."""
    if not neutralise_line(title):  # nothing of it is to be seen, and signs of emphasis around nothing are a rule
        return ""
    title = neutralise_line(title, neutralise_for_file)
    spans = () if format == "plain" else (Span(0, len(title), "strong"),)
    return _write([Block("paragraph", title, spans)], format)


def as_part_of(thread: Thread, about: Discussion) -> Thread:
    """A discussion's comments with what tells which discussion they belong to."""
    size = len(thread)
    ids = _KeyedIds(about.key, thread.ids)
    return replace(thread, ids=LazyColumn(ids, range(size), ids.several), discussions=Constant(about, size))


# Identifiers


def unique_keys(discussions: Iterable[tuple[str, str]]) -> list[str]:
    """A key for each discussion, given by its label and address: no two are alike; those of the first ones stay when
    others are appended."""
    keys: dict[str, None] = {}
    for label, address in discussions:
        plain = key = neutralise_line(f"{label} {address}".strip())
        count = 1
        while key in keys:
            count += 1
            key = f"{plain} ({count})"
        keys[key] = None
    return list(keys)


class _KeyedIds:
    """Gives the identifiers of a discussion's comments in a joined thread, by their rows in the discussion."""

    __slots__ = ("_ids", "_key")

    def __init__(self, key: str, ids: Sequence[str | None]) -> None:
        self._key, self._ids = key, ids

    def __call__(self, row: int) -> str:
        own = self._ids[row]
        return f"{self._key}{ROW_MARK}{row}" if own is None else f"{self._key}{OWN_MARK}{own}"

    def several(self, rows: Sequence[int]) -> list[str]:
        """The same of several rows."""
        if not isinstance(rows, range) or rows.step != 1:
            return list(map(self, rows))
        key, own = self._key, self._ids[rows.start : rows.stop]
        numbered = zip(rows, own, strict=True)
        return [f"{key}{ROW_MARK}{row}" if id is None else f"{key}{OWN_MARK}{id}" for row, id in numbered]


# People


def tell_apart(thread: Thread) -> Thread:
    """The joined thread with its people named anew, after comments were added; it goes through all authors."""
    by_site: dict[str, list[str | None]] = {}
    for author, about in zip(thread.authors, thread.discussions, strict=True):
        by_site.setdefault(about.site if about is not None else "", []).append(author)
    return _with_people(thread, list(by_site.items()))


def _with_people(thread: Thread, authors_by_site: Sequence[tuple[str, Sequence[str | None]]]) -> Thread:
    """The thread with the site behind the names that occur on several sites, whatever their case."""
    sites: dict[str, dict[str, None]] = {}
    for site, column in authors_by_site:
        for name in set(column):
            if name:
                sites.setdefault(name.casefold(), {})[site] = None
    shared = {name for name, where in sites.items() if len(where) > 1}
    if not shared:
        return replace(thread, told_apart=())
    people = [
        f"{name} ({about.site})" if about is not None and name is not None and name.casefold() in shared else name
        for name, about in zip(thread.authors, thread.discussions, strict=True)
    ]
    return replace(thread, told_apart=people)


# Taking apart, and putting one back


def split_thread(thread: Thread) -> list[Part]:
    """The discussions of a joined thread, in the order of their rows; none of another thread.

    Each is as it was joined, but for what its article links to, and the format of its bodies if it was another one.
    """
    if not thread.is_joined:
        return []
    tops = [row for row, above in enumerate(thread.parent) if above < 0]
    parts = (_part_of(thread, row, end) for row, end in pairwise([*tops, len(thread)]))
    return [part for part in parts if part is not None]


def _part_of(thread: Thread, top: int, end: int) -> Part | None:
    """The discussion whose row is `top`, with the comments up to row `end`; None where that is a comment."""
    about = thread.discussion_at(top)
    if about is None:
        return None
    rows = range(top + 1, end)
    columns: dict[str, Any] = {name: getattr(thread, name)[top + 1 : end] for name in COLUMNS}
    stubs = [
        replace(stub, parent=stub.parent - top - 1 if stub.parent > top else -1)
        for stub in thread.stubs
        if top <= stub.parent < end
    ]
    text = own_text(thread, top)
    article = Article(
        title=about.title,
        byline=thread.authors[top],
        published=thread.published[top],
        published_text=thread.published_text[top],
        url=thread.urls[top],
        pieces=[text] if text else [],
        format=thread.format,
        score=thread.scores[top],
    )
    columns["ids"] = list(map(own_id, columns["ids"]))  # at once, since lazy ones would nest each time
    columns["discussions"] = Constant(None, len(rows))
    part = replace(
        thread,
        **columns,
        article=article,
        parent=array("i", [above - top - 1 if (above := thread.parent[row]) > top else -1 for row in rows]),
        told_apart=(),
        stubs=stubs,
        source=thread.urls[top] or "",
        original=None,
        notice="",
    )
    return Part(about.site, part, about.community, thread.urls[top] or "", about.comments)


def part_at(thread: Thread, row: int) -> tuple[list[Part], int, int]:
    """The discussions of a joined thread, which of them a row is in, and the row there: -1 for the discussion's own.

    Raises IndexError for a row that is in none.
    """
    nth = bisect_right(tops := discussion_rows(thread), row) - 1
    if nth < 0 or thread.discussions[row] is None:
        raise IndexError(row)
    return split_thread(thread), nth, row - tops[nth] - 1


def with_part(thread: Thread, parts: Sequence[Part], nth: int, comments: Thread) -> Thread:
    """A joined thread, of which `parts` are the discussions, with another state of one of them.

    Comments in no discussion, as files may have them, stand behind all others then.
    """
    joined = join_threads(thread.article, [*parts[:nth], replace(parts[nth], thread=comments), *parts[nth + 1 :]])
    loose = [row for row, about in enumerate(thread.discussions) if about is None]
    if loose:
        places = {row: place for place, row in enumerate(loose)}
        beside = thread.select(loose, [places.get(thread.parent[row], -1) for row in loose])
        joined = tell_apart(joined.join(in_format(beside, joined.format, repair=joined.repair)))
    return replace(joined, source=thread.source, aside=thread.aside, original=thread.original, notice=thread.notice)


def own_text(thread: Thread, row: int) -> str:
    """The text of a discussion's own post, without the title that its body begins with."""
    about, body = thread.discussions[row], thread.bodies[row]
    if about is None or not about.title:
        return body
    formats: tuple[Format, ...] = (thread.format, "plain")  # what was plain once is not in bold
    for format in formats:
        head = _title_as_body(about.title, format)
        if body.startswith(head):
            return body[len(head) :].removeprefix(_GAPS[thread.format])
    return body


def title_in(body: str, format: Format) -> str:
    """The title that the body of a discussion's own row begins with: a paragraph in bold; "" where there is none."""
    first = next(iter(blocks.parse_body(body, format, clean=neutralise_for_file)), None)
    if first is None or first.kind != "paragraph" or first.spans != (Span(0, len(first.text), "strong"),):
        return ""
    return first.text


def with_drafted_discussions(thread: Thread, drafts: Sequence[Draft]) -> Thread:
    """A thread built from drafts, with the discussions that it joins, where some of them are the rows of such."""
    tops = {row: draft for row, draft in enumerate(drafts) if draft.site and draft.parent is None}
    titles = {row: draft.title or title_in(thread.bodies[row], thread.format) for row, draft in tops.items()}
    return with_discussions(
        thread,
        {row: Discussion("", *split_label(draft.site), titles[row], draft.comments) for row, draft in tops.items()},
    )


def with_discussions(thread: Thread, tops: Mapping[int, Discussion]) -> Thread:
    """A thread whose given top rows are discussions, as it is read from a file; keys are made anew, and people told
    apart."""
    if not tops:
        return thread
    edges = [*sorted({0, *(row for row, above in enumerate(thread.parent) if above < 0)}), len(thread)]
    keys = dict(
        zip(sorted(tops), unique_keys((tops[row].label, thread.urls[row] or "") for row in sorted(tops)), strict=True)
    )
    ids, discussions = list[Sequence[str | None]](), list[Sequence[Discussion | None]]()
    for start, end in pairwise(edges):
        if start not in tops:
            ids.append(thread.ids[start:end])
            discussions.append(Constant(None, end - start))
            continue
        about = replace(tops[start], key=keys[start])
        below = _KeyedIds(about.key, thread.ids[start + 1 : end])
        ids += [[about.key], below.several(range(end - start - 1))]
        discussions.append(Constant(about, end - start))
    return tell_apart(replace(thread, ids=chain_columns(ids), discussions=chain_columns(discussions)))
