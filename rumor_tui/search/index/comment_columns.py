"""Facts about each comment, in columns, that need no look at its text: author, depth, replies, folded, muted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.text import fold, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind, Mark
    from rumor_tui.search.index.mark_index import MarkIndex


FEW_ITEMS: Final = 8
"""So few items are looked at one by one: those on screen must not wait for all others."""


class CommentColumns:
    """The columns that queries use, each computed on first use; rows are the thread's comments.

    `folded_rows` returns a byte per comment, 1 if it is folded, `muted` the names of muted authors, and `states` by the
    words of `operators.REMEMBERED` a byte per comment; all are optional. Only `begin` calls them: counting happens in
    another thread, while they may change.
    """

    def __init__(
        self,
        knowledge: ThreadAnalysis,
        folded: Callable[[], Sequence[int]] | None = None,
        muted: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.thread = knowledge.thread
        self.index = knowledge.index
        self.first = knowledge.index.first_comment
        self.folded_rows = folded
        self.muted = muted
        self.states: Callable[[], Mapping[str, bytes]] | None = None
        self.known_states: Mapping[str, bytes] = {}
        """What was remembered of the comments when the search began."""
        self.folds = b""
        """A byte per comment: 1 if it was folded when the search began; empty if none was."""
        self.muted_names: frozenset[str] = frozenset()
        """The authors who were muted when the search began."""
        self._kinds: dict[Kind, Sequence[int]] = {}

    def begin(self) -> None:
        """Take the folds and the muted authors as they are when a search begins."""
        self.folds = bytes(self.folded_rows()) if self.folded_rows is not None else b""
        self.muted_names = self.muted() if self.muted is not None else frozenset()
        self.known_states = self.states() if self.states is not None else {}

    @cached_property
    def authors(self) -> list[str]:
        """The authors' names as they are compared, neutral and folded; "" for an unsigned comment.

        In a joined thread they have the site behind them where several sites have that name.
        """
        authors = self.thread.people
        names = {author: fold(neutralise_line(author)) for author in set(authors) if author}
        return [names[author] if author else "" for author in authors]

    @cached_property
    def people(self) -> frozenset[str]:
        """The distinct authors."""
        return frozenset(self.authors) - {""}

    @cached_property
    def _namesakes(self) -> dict[str, frozenset[str]]:
        """By a name that several sites have, in folded form, the authors who are told apart by their sites."""
        thread = self.thread
        if thread.people is thread.authors:
            return {}
        found: dict[str, set[str]] = {}
        for written, person in set(zip(thread.authors, thread.people, strict=True)):
            if written and person and written != person:
                found.setdefault(fold(neutralise_line(written)), set()).add(fold(neutralise_line(person)))
        return {name: frozenset(people) for name, people in found.items()}

    @cached_property
    def opener(self) -> str:
        """The author of the article or the opening post; "" if there is none."""
        byline = fold(neutralise_line(self.thread.article.byline or "")).strip()
        return byline.removeprefix("by ").strip()

    @cached_property
    def depth(self) -> Sequence[int]:
        """How many comments are above each one in the tree; the row of a discussion is none."""
        from rumor_tui.outline import depths

        found = depths(self.thread.parent)
        return array("i", [max(depth - 1, 0) for depth in found]) if self.thread.is_joined else found

    @cached_property
    def replies(self) -> Sequence[int]:
        """How many comments reply to each one directly."""
        counts = array("i", bytes(4 * len(self.thread)))
        for above in self.thread.parent:
            if above >= 0:
                counts[above] += 1
        return counts

    def folded(self) -> bytes:
        """A byte per comment: 1 if it was folded when the search began."""
        return self.folds or bytes(len(self.thread))

    def muted_rows(self) -> bytes:
        """A byte per comment: 1 if its author was muted when the search began."""
        names = frozenset(map(fold, self.muted_names))
        return bytes(author in names for author in self.authors) if names else bytes(len(self.thread))

    def remembered(self, state: str) -> bytes:
        """A byte per comment: 1 if it was in that state when the search began; none is where nothing is remembered."""
        size = len(self.thread)
        known = self.known_states.get(state, b"")
        return known if len(known) == size else bytes(size)

    def text(self, item: int) -> str:
        """The text of an item."""
        return self.index.item_text(item)

    def called(self, name: str) -> frozenset[str]:
        """The authors that a name means: the one with this name, on whatever site, or else all whose name contains it.

        A name that several sites have means all of its owners; with the site, as in "gabe (Reddit)", it means one.
        """
        wanted = fold(neutralise_line(name)).strip().removeprefix("@")
        if wanted in self.people:
            return frozenset((wanted,))
        if wanted in self._namesakes:
            return self._namesakes[wanted]
        if not wanted:  # every name contains it
            return frozenset()
        return frozenset(author for author in self.people if wanted in author)

    @property
    def known_marks(self) -> MarkIndex:
        """The marks of all items; they must be known."""
        assert self.knowledge.marks is not None
        return self.knowledge.marks

    def marks_of(self, item: int) -> list[Mark]:
        """The numbers and names in the text of an item."""
        return self.knowledge.marks_of(item)

    def have_marks(self, items: Sequence[int], kind: Kind) -> Sequence[int]:
        """How many numbers or names each of some items has; only 0 or 1 as long as not all marks are known."""
        if not self.knowledge.marks_known or len(items) <= FEW_ITEMS:
            return [any(mark.kind == kind for mark in self.marks_of(item)) for item in items]
        counts = self._kinds.get(kind)
        if counts is None:
            marks = self.known_marks
            counts = self._kinds[kind] = marks.items_with(marks.ids_of(kind))
        return list(map(counts.__getitem__, items))
