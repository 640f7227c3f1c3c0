"""The thread model: an article, its comments as pre-order columns, and the typed text of a body.

Data only: nothing here parses, measures or paints, and nothing of ours but the columns is imported.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from rumor_tui.columns import Constant, join_columns, select_rows

Format = Literal["plain", "markdown", "html"]
"""How a raw body is written; `blocks.parse` turns each of them into the same blocks."""

Role = Literal[
    "emphasis", "strong", "strike", "code", "link", "image", "number", "name", "match", "current", "quote", "noted"
]
"""What a span is. The first six come from the text, the rest from marks and search, or tell of a repeated passage or of
one that a note stands on."""

ARTICLE_ROW: Final = -1
"""Stands for the article where a row is asked for."""

BlockKind = Literal["paragraph", "heading", "code", "table", "rule"]

Confidence = Literal["explicit", "structural", "guessed"]
"""How a tree of comments was told: by the source's own marks (ids of parents, nested lists, structured data), by
repeated structure that the page's layout shows (indentation, runs of alike nodes), or from what is likely."""

DEFAULTS: Final[dict[str, Any]] = {
    "published": None,
    "published_text": None,
    "ids": None,
    "scores": None,
    "urls": None,
    "deleted": False,
    "discussions": None,
}
"""The columns that a thread may leave out, and what they hold in all rows then."""

COLUMNS: Final = ("authors", "bodies", "lengths", *DEFAULTS)
"""All columns of a thread but `parent`: what holds a value a row."""

WALKED: Final = ("authors", "published")
"""The columns that are gone through whole and often: where they are at hand, they stay so when rows are selected."""

Order = Literal["page", "newest", "oldest", "points", "replies", "came"]
"""How comments are ordered: as the page has them, or in one of the ways of `reading.orders`."""


class SourceError(Exception):
    """A source that cannot be read. Its text is a sentence for people: what was wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text, `start` up to but not including `end`, in characters.

    `target` is the address of a link or of an image, as written (not validated).
    """

    start: int
    end: int
    role: Role
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece of a body, neutral and ready to be wrapped.

    `text` may hold newlines, which are kept as line breaks. In a table each line is a row and a tab parts
    the cells; `level` is 1 there when the first row is a header. In a heading `level` is 1 to 6.
    `quote` counts the block quotes around the block, `indent` the cells of list indentation, and `marker`
    is the bullet or the number that stands in that indentation on the block's first line.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    quote: int = 0
    indent: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """The page elsewhere that an article's post links to, once it was read, or why it was not.

    Its text are the article's pieces from `first` on, behind the post's own; a page that cannot be shown has none, and
    `problem` says why in a sentence. `published` is in seconds since 1970 UTC, `published_text` as the page has it.
    """

    url: str
    first: int
    title: str = ""
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Discussion:
    """One of the discussions that a thread joins (`rumor_tui.joined`): a row of its own, and all rows below that one.

    `key` is the identifier of its own row, and begins those of its comments. `site` is the platform or host whose
    accounts its authors have, and `community` the part of it, such as "r/cars". `title` is the post's own, which its
    row's body begins with; `comments` is how many comments the site says that it has.
    """

    key: str
    site: str = ""
    community: str = ""
    title: str = ""
    comments: int | None = None

    @property
    def label(self) -> str:
        """What it is called: the site, with the community where there is one."""
        return f"{self.site} {self.community}".strip()


@dataclass(slots=True)
class Article:
    """What the comments are about.

    The body is kept raw, in `pieces`: each is parsed alone, when it comes on screen (a plain-text reader
    gives a paragraph or a few a piece; the Markdown reader gives `blocks.split_markdown`'s pieces).
    `published` is in seconds since 1970 UTC; `published_text` is the date as written in the source.
    A post that is about a page elsewhere has its address in `link`; `linked` is that page, once it was read. Where
    `url` is that page's too, `discussion_url` is the address of the discussion itself, as far as the source tells it.
    """

    title: str = ""
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None
    url: str | None = None
    pieces: Sequence[str] = ()
    format: Format = "plain"
    score: int | None = None
    link: str | None = None
    linked: LinkedPage | None = None
    discussion_url: str | None = None

    @property
    def own_pieces(self) -> Sequence[str]:
        """The pieces of the post's own text: all of them, but for those of a linked page."""
        return self.pieces if self.linked is None else self.pieces[: self.linked.first]

    @property
    def linked_pieces(self) -> Sequence[str]:
        """The pieces of the linked page."""
        return () if self.linked is None else self.pieces[self.linked.first :]


@dataclass(frozen=True, slots=True)
class Comment:
    """A read-only view of one row of a thread's columns."""

    index: int
    parent: int | None
    author: str | None
    body: str
    published: float | None
    published_text: str | None
    id: str | None
    score: int | None
    url: str | None
    deleted: bool
    discussion: Discussion | None = None

    @property
    def heading(self) -> Discussion | None:
        """The discussion whose own row this is; None for a comment."""
        return self.discussion if self.discussion is not None and self.id == self.discussion.key else None


@dataclass(frozen=True, slots=True)
class Stub:
    """Comments that a source speaks of and does not hold, below row `parent` (-1: at the top level).

    `count` is how many, or 0 where the source does not say. `via` names what can load them (a row of the sources'
    table, or nothing when nothing can), and `keys` are what it needs for that: identifiers, or addresses.
    """

    parent: int
    count: int = 0
    via: str = ""
    keys: tuple[str, ...] = ()

    @property
    def embedded(self) -> bool:
        """Whether these are the comments of a system that a page embeds, which says nothing of their number.

        What else is missing is counted, or on a further page.
        """
        return self.parent < 0 and self.via not in ("", "page") and not self.count


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose from in a listing. `comments` is None where their number is not known (yet).

    `address` is where it is found (a path or a URL), where it has a place of its own; `summary` is a line or a few
    of plain text. `published` is in seconds since 1970 UTC; `published_text` is the date as the source wrote it.
    `site` is where it is: the name of a platform, or a host; empty where the address says enough. `link` is the address
    of the page that a thread is about.
    """

    title: str
    byline: str | None = None
    published: float | None = None
    published_text: str | None = None
    comments: int | None = None
    address: str = ""
    summary: str = ""
    score: int | None = None
    site: str = ""
    link: str = ""


@dataclass(slots=True)
class Listing:
    """Threads or pages to choose from: a mailbox, a front page, a feed, a web archive, a folder.

    `open(i)` reads entry i: it may take long and raises SourceError, so call it away from the interface.
    `count(i)`, where there is one, finds out how many comments entry i has (None: not to be had), under the same
    terms. `whole()`, where there is one, is everything as one thread, which is what an export writes. `elsewhere` says
    that the entries are not in the source but at their addresses: whoever can fetch those opens them so. `noun` is
    what one of the entries is. `further` is the address of the list's next page, where there is one: opened, it is a
    listing with the entries that follow.
    """

    title: str
    entries: Sequence[Entry]
    open: Callable[[int], Thread | Listing]
    count: Callable[[int], int | None] | None = None
    whole: Callable[[], Thread] | None = None
    source: str = ""
    elsewhere: bool = False
    noun: str = "thread"
    further: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the prose of a source stands, in words: in the article, in the comments, among what was set aside on
    purpose, or nowhere in the thread (`missing`).
    """

    article: int = 0
    comments: int = 0
    aside: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """All words of the source's prose."""
        return self.article + self.comments + self.aside + self.missing

    @property
    def hidden_share(self) -> float:
        """The share of the words that are neither in the article nor in a comment."""
        return (self.aside + self.missing) / max(self.total, 1)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source: all of it, or, where `cut` says so, the part around a place.

    `at` is where in the text stands what was looked for, in characters; -1 where that was not found.
    """

    text: str
    at: int = -1
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """The source that a thread was read from, which is decoded only when somebody asks. Both calls may take a second.

    `read(here, before)` is the source as plain text, with the place of the first of the texts `here` that is found
    in it, if possible behind one of the texts `before`. `account(thread, breathe)` says how much of the source the
    thread holds, or None for a source that is not counted; `breathe` is called every few milliseconds.
    `data` are the bytes of the source, as they were read, where these are one file or one answer.
    """

    read: Callable[[Sequence[str], Sequence[str]], SourceText]
    account: Callable[[Thread, Callable[[], object]], Account | None]
    data: bytes | None = None


@dataclass(slots=True)
class Thread:
    """An article and its comments, as parallel columns in pre-order.

    Row i is one comment. `parent[i]` is the row of the comment that it answers, or -1; pre-order means that
    `parent[i] < i` and that a comment's descendants are exactly the rows that follow it without a gap.
    `lengths` are the raw bodies' lengths in characters or bytes (a guess that heights start from).
    `bodies` may decode each row when asked, so ask only for rows that are wanted.
    `repair` tells that the source is a text dump, whose broken typography is mended for display only.
    `aside` is text of the page that is neither article nor comment (menus, share bars), kept but not shown.
    `confidence` tells how the tree was found out, and `stubs` what of it the source does not hold.
    `original` is the source itself, and `notice` a sentence about texts of the source that the thread does not hold.
    `discussions` tells which discussion a row belongs to, where several are joined. `told_apart` are the authors with
    the site behind the names that several sites have, where there are such names; otherwise it is empty.
    """

    article: Article
    parent: array[int]
    authors: Sequence[str | None]
    bodies: Sequence[str]
    lengths: Sequence[int]
    format: Format = "plain"
    published: Sequence[float | None] = ()
    published_text: Sequence[str | None] = ()
    ids: Sequence[str | None] = ()
    scores: Sequence[int | None] = ()
    urls: Sequence[str | None] = ()
    deleted: Sequence[bool] = ()
    discussions: Sequence[Discussion | None] = ()
    source: str = ""
    repair: bool = False
    aside: str = ""
    confidence: Confidence = "explicit"
    stubs: Sequence[Stub] = ()
    told_apart: Sequence[str | None] = ()
    original: Original | None = field(default=None, compare=False, repr=False)
    notice: str = ""

    def __post_init__(self) -> None:
        size = len(self.parent)
        for name, value in DEFAULTS.items():
            if not len(getattr(self, name)):
                setattr(self, name, Constant(value, size))

    @property
    def people(self) -> Sequence[str | None]:
        """The authors as people: those of one name on several sites are told apart, as "gabe (Reddit)"."""
        return self.told_apart if len(self.told_apart) else self.authors

    @property
    def is_joined(self) -> bool:
        """Whether the thread joins discussions."""
        column = self.discussions
        return not (isinstance(column, Constant) and column.value is None)

    def discussion_at(self, row: int) -> Discussion | None:
        """The discussion whose own row this is; None for a comment."""
        discussion = self.discussions[row]
        return discussion if discussion is not None and self.ids[row] == discussion.key else None

    def __len__(self) -> int:
        return len(self.parent)

    def comment(self, index: int) -> Comment:
        """The comment in row `index` (0 for the first). Raises IndexError outside the thread."""
        parent = self.parent[index]
        return Comment(
            index=index,
            parent=None if parent < 0 else parent,
            author=self.authors[index],
            body=self.bodies[index],
            published=self.published[index],
            published_text=self.published_text[index],
            id=self.ids[index],
            score=self.scores[index],
            url=self.urls[index],
            deleted=self.deleted[index],
            discussion=self.discussions[index],
        )

    def comments(self) -> Iterator[Comment]:
        """Every comment in pre-order."""
        return map(self.comment, range(len(self)))

    def select(self, rows: Sequence[int], parents: Sequence[int]) -> Thread:
        """A thread of the given rows, each at most once, in the order given, which must be pre-order by `parents`.

        `parents[i]` is the new row of the comment that `rows[i]` answers, or -1. Lazy columns stay lazy. Stubs go
        along with the comment that they stand below, and without it they are left out.
        """
        selected: dict[int, Any] = {}
        rows = array("i", rows)
        columns: dict[str, Any] = {name: select_rows(getattr(self, name), rows, selected) for name in COLUMNS}
        for name in WALKED:
            if isinstance(getattr(self, name), list):
                columns[name] = list(columns[name])
        if len(self.told_apart):
            columns["told_apart"] = list(map(self.told_apart.__getitem__, rows))
        return replace(self, parent=array("i", parents), stubs=_select_stubs(self.stubs, rows), **columns)

    def join(self, other: Thread) -> Thread:
        """This thread with the comments and stubs of another one behind its own. Both must have the same format."""
        size = len(self)
        columns: dict[str, Any] = {name: join_columns(getattr(self, name), getattr(other, name)) for name in COLUMNS}
        if len(self.told_apart) or len(other.told_apart):
            columns["told_apart"] = join_columns(self.people, other.people)
        parents = [above + size if above >= 0 else -1 for above in other.parent]
        stubs = [replace(stub, parent=stub.parent + size) if stub.parent >= 0 else stub for stub in other.stubs]
        return replace(self, parent=self.parent + array("i", parents), stubs=[*self.stubs, *stubs], **columns)


def _select_stubs(stubs: Sequence[Stub], rows: Sequence[int]) -> list[Stub]:
    """The stubs below the given rows, by the places of those, and those at the top level."""
    if not stubs:
        return []
    places = {row: place for place, row in enumerate(rows)}
    places[-1] = -1
    return [replace(stub, parent=places[stub.parent]) for stub in stubs if stub.parent in places]


@dataclass(slots=True)
class Draft:
    """A comment as a reader finds it, before it becomes a row; `parent` is the row that it answers, or None.

    Where it is the row of a discussion among several, `site` is that one's label, such as "Reddit r/cars", `title` the
    title of its post, and `comments` how many comments the site says that it has.
    """

    body: str = ""
    author: str | None = None
    parent: int | None = None
    published: float | None = None
    published_text: str | None = None
    id: str | None = None
    score: int | None = None
    url: str | None = None
    deleted: bool = False
    site: str = ""
    title: str = ""
    comments: int | None = None


@dataclass(slots=True)
class ThreadBuilder:
    """Collects drafts in pre-order and makes the columns of a thread from them."""

    article: Article
    drafts: list[Draft] = field(default_factory=list)

    def add(self, draft: Draft) -> int:
        """Append a draft, whose parent must have been added before; the answer is its row."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def build(
        self,
        format: Format,
        *,
        source: str = "",
        repair: bool = False,
        aside: str = "",
        confidence: Confidence = "explicit",
        stubs: Sequence[Stub] = (),
    ) -> Thread:
        """The finished thread. Bodies are in the one format given."""
        rows = self.drafts
        return Thread(
            article=self.article,
            parent=array("i", [-1 if d.parent is None else d.parent for d in rows]),
            authors=[d.author for d in rows],
            bodies=[d.body for d in rows],
            lengths=[len(d.body) for d in rows],
            format=format,
            published=[d.published for d in rows],
            published_text=[d.published_text for d in rows],
            ids=[d.id for d in rows],
            scores=[d.score for d in rows],
            urls=[d.url for d in rows],
            deleted=[d.deleted for d in rows],
            source=source,
            repair=repair,
            aside=aside,
            confidence=confidence,
            stubs=stubs,
        )
