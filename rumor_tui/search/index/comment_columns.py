"""What is known of each comment without reading its text: who wrote it, whom it answers, where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.text import fold, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind, Mark
    from rumor_tui.search.index.mark_index import MarkIndex


FEW_ITEMS: Final = 8
"""Items that are looked at one by one: those on screen must not wait for all of them."""


class CommentColumns:
    """The columns that queries ask for, each made when it is first asked for; rows are the thread's comments.

    `folded_rows` gives a byte a comment, 1 where it is folded, and `muted` the names of authors who are muted; nothing
    is where nobody says so. They are asked by `begin` alone: counting goes on in another thread, while both change.
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
        self.folds = b""
        """A byte a comment: 1 where it was folded when the search began; empty where none was."""
        self.muted_names: frozenset[str] = frozenset()
        """Who was muted when the search began."""
        self._kinds: dict[Kind, Sequence[int]] = {}

    def begin(self) -> None:
        """A search begins: take the folds and the muted authors as they are now."""
        self.folds = bytes(self.folded_rows()) if self.folded_rows is not None else b""
        self.muted_names = self.muted() if self.muted is not None else frozenset()

    @cached_property
    def authors(self) -> list[str]:
        """The authors as names are compared: neutral and folded; "" where a comment is unsigned."""
        told = self.thread.authors
        names = {author: fold(neutralise_line(author)) for author in set(told) if author}
        return [names[author] if author else "" for author in told]

    @cached_property
    def people(self) -> frozenset[str]:
        """The authors that there are."""
        return frozenset(self.authors) - {""}

    @cached_property
    def opener(self) -> str:
        """The author of the article or the opening post; "" where it is not told."""
        byline = fold(neutralise_line(self.thread.article.byline or "")).strip()
        return byline.removeprefix("by ").strip()

    @cached_property
    def depth(self) -> Sequence[int]:
        """How many comments each one stands below."""
        from rumor_tui.outline import depths

        return depths(self.thread.parent)

    @cached_property
    def replies(self) -> Sequence[int]:
        """How many comments answer each one directly."""
        counts = array("i", bytes(4 * len(self.thread)))
        for above in self.thread.parent:
            if above >= 0:
                counts[above] += 1
        return counts

    def folded(self) -> bytes:
        """A byte a comment: 1 where it was folded when the search began."""
        return self.folds or bytes(len(self.thread))

    def muted_rows(self) -> bytes:
        """A byte a comment: 1 where its author was muted when the search began."""
        names = frozenset(map(fold, self.muted_names))
        return bytes(author in names for author in self.authors) if names else bytes(len(self.thread))

    def text(self, item: int) -> str:
        """The text of an item."""
        return self.index.item_text(item)

    def called(self, name: str) -> frozenset[str]:
        """The authors that a name means: the one who is called so, or else all whose name holds it."""
        wanted = fold(neutralise_line(name)).strip().removeprefix("@")
        if wanted in self.people:
            return frozenset((wanted,))
        if not wanted:  # which would be in every name
            return frozenset()
        return frozenset(author for author in self.people if wanted in author)

    @property
    def known_marks(self) -> MarkIndex:
        """The marks of all items, which must be known."""
        assert self.knowledge.marks is not None
        return self.knowledge.marks

    def marks_of(self, item: int) -> list[Mark]:
        """The numbers and names of an item, looked for in its text."""
        return self.knowledge.marks_of(item)

    def have_marks(self, items: Sequence[int], kind: Kind) -> Sequence[int]:
        """How many numbers or names each of some items holds; 0 or 1 as long as not all are known."""
        if not self.knowledge.marks_known or len(items) <= FEW_ITEMS:
            return [any(mark.kind == kind for mark in self.marks_of(item)) for item in items]
        counts = self._kinds.get(kind)
        if counts is None:
            marks = self.known_marks
            counts = self._kinds[kind] = marks.items_with(marks.ids_of(kind))
        return list(map(counts.__getitem__, items))
