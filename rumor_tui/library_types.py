"""What the interface and the library say to each other: types only, so that neither knows the other.

The library (`rumor_tui.library`) is behind the protocol `Library`, which the command line hands to the interface. A
comment of the library has a *handle*, an integer that stays the same whatever the comment's row is. A reader's changes
are data (`Change`): they go to the one writer of the library, which answers once they are safely on disk.

Moments are in seconds since 1970 UTC everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from rumor_tui.model import Thread
from rumor_tui.place import Place
from rumor_tui.row_map import RowMap

ARTICLE = 0
"""The handle that stands for a thread's article; those of comments are above it."""

AnnotationKind = Literal["mark", "note"]
FollowKind = Literal["thread", "feed", "list"]
"""What is followed: a thread, a feed, or another list of threads such as a front page."""


class LibraryError(Exception):
    """The library cannot be read or written. Its text is a sentence for people: what was wrong, and what to do."""


# What is known of a thread


@dataclass(frozen=True, slots=True)
class Edit:
    """That a comment's text was changed at the source: the text before (raw, in the thread's format), and since when
    that is known."""

    before: str
    since: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """A bookmark or a note, on a comment (`handle`) or on the article (`ARTICLE`).

    `uid` is the same in every copy of the library. `passage` are the words that it stands on, where it stands on some,
    and `start` is where they began in the plain text of the comment (in the article: of the whole text), a hint only:
    the passage is looked for when the text has changed. `text` is the note's, and empty for a bookmark.
    """

    uid: str
    kind: AnnotationKind
    handle: int
    text: str = ""
    passage: str = ""
    start: int = -1
    made: float = 0.0
    changed: float = 0.0


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the library knows of a thread that was handed to it (`Library.visit`). Columns are by the rows of `thread`.

    `thread` is the one that was given where nothing was put back; otherwise comments that the source has no more stand
    in it again, and `row_map` tells where the rows of the one given are. `read` has a byte a comment, 1 if it was read.
    `first_seen` is when each comment was first there. `edited` and `gone` are by row: texts that were changed at the
    source, and since when the source has a comment no more. `annotations` are those that were not taken away.
    `visits` are the beginnings of earlier visits, the latest first, without the present one.
    """

    thread_id: int
    thread: Thread
    row_map: RowMap
    handles: Sequence[int]
    read: bytes
    first_seen: Sequence[float]
    edited: Mapping[int, Edit] = field(default_factory=dict)
    gone: Mapping[int, float] = field(default_factory=dict)
    annotations: Sequence[Annotation] = ()
    visits: Sequence[float] = ()
    place: Place | None = None
    tags: Sequence[str] = ()
    followed: bool = False


# What a reader changes


@dataclass(frozen=True, slots=True)
class ReadChange:
    """These comments were read, or are to count as unread again."""

    thread_id: int
    handles: Sequence[int]
    read: bool
    moment: float


@dataclass(frozen=True, slots=True)
class AnnotationChange:
    """A bookmark or a note was made, changed, or (`removed`) taken away; `annotation.uid` says which."""

    thread_id: int
    annotation: Annotation
    moment: float
    removed: bool = False


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """The reader is there now; `visit` is the beginning of the present visit, which goes on until `moment`."""

    thread_id: int
    place: Place
    visit: float
    moment: float


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag was put on a thread, or taken away."""

    thread_id: int
    tag: str
    on: bool
    moment: float


@dataclass(frozen=True, slots=True)
class FollowChange:
    """Something is followed by its address (or path) from now on, or no more."""

    address: str
    kind: FollowKind
    title: str
    on: bool
    moment: float


@dataclass(frozen=True, slots=True)
class RemovalChange:
    """A thread was deleted from the library, or (not `removed`) put back. It is dropped for good later, by pruning."""

    thread_id: int
    removed: bool
    moment: float


@dataclass(frozen=True, slots=True)
class MarksChange:
    """The numbers and names that were found in a thread that was read, packed (`search.index.kept_marks`). They replace
    earlier ones."""

    thread_id: int
    marks: bytes
    moment: float


Change: TypeAlias = ReadChange | AnnotationChange | PlaceChange | TagChange | FollowChange | RemovalChange | MarksChange


# What the library lists


@dataclass(slots=True)
class LibraryEntry:
    """A thread of the library, for a list. (Not frozen: making ten thousand of them would take four times as long.)

    `group` is the same for all discussions of one article ("" where no other is known). `fresh` counts what is unread
    and came since the last visit, `active` is when something in it last changed: a comment came, or it was read.
    """

    thread_id: int
    title: str
    site: str = ""
    address: str = ""
    source: str = ""
    comments: int = 0
    unread: int = 0
    fresh: int = 0
    marked: int = 0
    notes: int = 0
    tags: Sequence[str] = ()
    followed: bool = False
    group: str = ""
    published: float | None = None
    added: float = 0.0
    visited: float | None = None
    active: float = 0.0


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment that is new in a thread that is followed, for one list over all of them; `text` is how it begins."""

    thread_id: int
    handle: int
    thread_title: str
    site: str
    author: str | None
    published: float | None
    first_seen: float
    text: str


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that is followed. `problem` is why it could not be loaded last time, in a sentence; "" if it could."""

    address: str
    kind: FollowKind
    title: str
    since: float
    refreshed: float | None = None
    problem: str = ""


HitKind = Literal["comment", "article", "note"]


@dataclass(frozen=True, slots=True)
class LibraryHit:
    """A text of the library that a query finds. `snippet` is the place in it that says why, neutral and on one line,
    with `spans` (start, end) of what was found in it."""

    thread_id: int
    handle: int
    kind: HitKind
    thread_title: str
    site: str
    author: str | None
    published: float | None
    snippet: str
    spans: Sequence[tuple[int, int]] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class LibraryHits:
    """The first hits of a query, the best first; `total` is how many there are in all, or None where only so much is
    known as that there are more. `notice` says what of the query could not be answered exactly, if anything."""

    hits: Sequence[LibraryHit]
    total: int | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """A number or a name that is followed through the library, as it is written.

    For a number, `dimension` is what it counts or measures (`search.claims.dimensions`; "" if only the text says), and
    `about` are names of what it is said of: other figures count only where one of these is near.
    """

    kind: Literal["number", "name"]
    text: str
    dimension: str = ""
    about: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A place of the library that gives a figure for the thing that is followed, or mentions the name.

    `figure` is what it states, in words ("around 100"), and `same` whether that is the figure that is followed;
    `hit` has the place, with the sentence as its snippet.
    """

    hit: LibraryHit
    figure: str
    same: bool


@dataclass(frozen=True, slots=True)
class LibraryTrail:
    """Every thread that gives a figure for one thing: `figures` are the distinct ones with the number of their
    statements and of the threads they stand in, the most frequent first."""

    title: str
    statements: Sequence[Statement]
    figures: Sequence[tuple[str, int, int]] = ()
    notice: str = ""


Answer: TypeAlias = Callable[[str], None]
"""Told in a thread of the library once changes are on disk (""), or why they are not, in a sentence."""


class Library(Protocol):
    """The library as the interface sees it. But for `change`, calls may take long and raise LibraryError, so call them
    away from the interface; they may be called from any thread."""

    def place_of(self, source: str) -> Place | None:
        """Where the reader left the thread that was last read from a source, found by its name alone; None if unknown.

        Quick (a few milliseconds): it is asked before the first screen. Never raises.
        """

    def visit(
        self, thread: Thread, visit: float, *, whole: bool = True, breathe: Callable[[], object] | None = None
    ) -> Remembered:
        """Record a thread as it is now, and say what was known of it; `visit` is when the reader opened it.

        The same `visit` continues one: when more of the thread came, or when it was refreshed. What is there at its
        first call is first seen at `visit`, rounded down, and not later: the next visit asks what came since this one
        began. What later calls bring is first seen at least a second after that. Where the thread is not
        `whole`, because loading it failed or was stopped, what it lacks is not gone. `breathe` is called every few
        milliseconds while nothing is being written, and may rest.
        """

    def change(self, changes: Sequence[Change], answer: Answer = lambda problem: None) -> None:
        """Have changes written, together, in the order of the calls. Returns at once; never raises."""

    def stored(self, thread_id: int) -> Thread:
        """A thread as it was last seen, with what the source has no more, its comments decoded when asked for."""

    def row_of(self, thread_id: int, handle: int) -> int:
        """The row of a comment in `stored`, or -1."""

    def entries(self, *, removed: bool = False) -> Sequence[LibraryEntry]:
        """All threads, the last active first; or those that were deleted and can be put back."""

    def news(self, limit: int = 1_000) -> Sequence[NewComment]:
        """Unread comments that came since the last visit in threads that are followed, the newest first."""

    def followed(self) -> Sequence[Followed]:
        """What is followed, by title."""

    def search(self, query: str, limit: int = 50) -> LibraryHits:
        """Search all texts. Raises QueryError for a query that is none."""

    def trail(self, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        """Follow a number or a name through all threads."""

    def notices(self) -> Sequence[str]:
        """Sentences about the library itself, such as that a backup took its place; each once. Quick; never raises."""

    def close(self) -> None:
        """Write what is left, and close. Waits for the writer, at most a few seconds."""
