"""Bookmarks and notes: made at the cursor, kept by the library, and shown where they stand.

A note stands on a comment (or on the article) as a whole, or on a passage of it. The passage is named without a
selection: it is the sentence of the match that the reader has gone to, or what the note begins with in quotation marks,
if these are words of the text; in the article also the passage that is peeked at, or else the first sentence on screen.
It is looked for anew in a text that has changed; where it cannot be found, the note stands on the whole and quotes it.

What is made here goes to the library, and is shown once it is on disk there (see `Memory`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from rumor_tui.model import ARTICLE_ROW
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.memory import UNKNOWN, Memory
from rumor_tui.reading.passages import LONGEST, Stretch, find_passage, sentence_around, sentence_from
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.reading.unread import NO_LIBRARY
from rumor_tui.reading.worker import Analysis
from rumor_tui.text import neutralise

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation, AnnotationKind, Change

NONE: Final[frozenset[str]] = frozenset()

_KEPT: Final[Mapping[tuple[str, bool], str]] = {
    ("mark", False): "Marked.",
    ("mark", True): "The bookmark is gone.",
    ("note", False): "Noted.",
    ("note", True): "The note is gone.",
}
"""What is said once a change is on disk, by the kind and whether it was taken away."""
_QUOTED: Final = re.compile(r"\s*[\"“„«]([^\"”“»\n]+)[\"”“»]\s*[:,–—-]?\s*")


class Placed(NamedTuple):
    """A bookmark or a note where it stands now: the item, and the stretch of its text; None for the whole."""

    annotation: Annotation
    item: int
    stretch: Stretch | None


class Annotated(Protocol):
    """What the painters ask. Items are counted as the search index does: title, pieces, comments."""

    def state(self, item: int) -> Hashable:
        """Changes whenever the bookmarks and notes of an item do."""
        ...

    def placed(self, item: int) -> Sequence[Placed]:
        """The bookmarks and notes of an item in the order of its text; those on the whole come first."""
        ...

    def kinds_within(self, first: int, end: int) -> frozenset[str]:
        """Whether comments in the items from `first` up to but not `end` are marked ("mark"), or have a note."""
        ...


class NotAnnotated:
    """There are no bookmarks and no notes."""

    def state(self, item: int) -> Hashable:
        """Never changes."""
        return 0

    def placed(self, item: int) -> Sequence[Placed]:
        """Nothing."""
        return ()

    def kinds_within(self, first: int, end: int) -> frozenset[str]:
        """Neither."""
        return NONE


@dataclass(slots=True)
class NoteDraft:
    """A note that is being written: on a row (`ARTICLE_ROW`: on the article), on a passage of its text ("" for none).

    `before` is the note that is being changed; None for a new one. `words` say what it stands on. The row follows its
    comment while more comments come.
    """

    row: int
    passage: str
    start: int
    words: str
    before: Annotation | None = None

    @property
    def text(self) -> str:
        """The text to begin with."""
        return self.before.text if self.before is not None else ""

    def for_editor(self, typed: str) -> str:
        """The text to begin with in an editor: the passage with `>` before each line, and what was typed so far."""
        quoted = "".join(f"> {line}\n" for line in self.passage.splitlines())
        return f"{quoted}\n{typed}\n" if quoted else f"{typed}\n"


class WriteNote(NamedTuple):
    """Asks the screen for the text of a note: in its line, or in an editor."""

    draft: NoteDraft
    in_editor: bool


class OpenAnnotations(NamedTuple):
    """Asks the screen for the list of bookmarks and notes."""


class AnnotationsState(NamedTuple):
    """How the list of bookmarks and notes was left: the one under the cursor, and what the list was narrowed to."""

    uid: str = ""
    text: str = ""


class Annotations:
    """Makes, changes and removes bookmarks and notes, and tells where they stand."""

    def __init__(
        self, reading: ReadingContext, memory: Memory, analysis: Analysis, search: ThreadSearch, folds: Folds
    ) -> None:
        self.reading = reading
        self.memory = memory
        self.analysis = analysis
        self.search = search
        self.folds = folds
        self._placed: dict[int, tuple[Sequence[Annotation], Sequence[Placed]]] = {}
        self._article: tuple[Sequence[Annotation], Sequence[Placed]] = ((), ())
        self._rows: tuple[int, list[int]] = (-1, [])
        """The version of the memory, and the rows of the comments that are annotated in it."""
        self._undone: list[Annotation] = []
        self._draft: NoteDraft | None = None
        memory.confirmed.append(self._on_confirmed)

    def _on_confirmed(self, change: Change) -> None:
        """A bookmark or a note is on disk: texts on screen may be taller now."""
        from rumor_tui.library_types import AnnotationChange

        if isinstance(change, AnnotationChange):
            effects = self.reading.effects
            effects.keep_place = effects.keep_article = True
            effects.message = _KEPT[change.annotation.kind, change.removed]

    def remap(self, replacement: Replacement) -> None:
        """Passages are looked for in the new state; a note that is being written follows its comment."""
        self._placed.clear()
        self._article, self._rows = ((), ()), (-1, [])
        if self._draft is not None and self._draft.row >= 0:
            self._draft.row = replacement.nearest(self._draft.row)

    # Where they stand

    def state(self, item: int) -> Hashable:
        """The bookmarks and notes of the item themselves: they are few."""
        return tuple(self.placed(item))

    def placed(self, item: int) -> Sequence[Placed]:
        """The bookmarks and notes of an item in the order of its text; those on the whole come first."""
        if not self.memory.by_handle:
            return ()
        first = self.reading.first_item
        if item < first:
            return [one for one in self.in_article() if one.item == item]
        annotations = self.memory.annotations_of(item - first)
        if not annotations:
            return ()
        known = self._placed.get(item)
        if known is None or known[0] is not annotations:
            known = self._placed[item] = annotations, self._place_in(item, annotations)
        return known[1]

    def _place_in(self, item: int, annotations: Sequence[Annotation]) -> Sequence[Placed]:
        index = self.analysis.index
        text, begin = index.item_text(item), index.body_start(item)
        placed = []
        for one in annotations:
            found = find_passage(text[begin:], one.passage, one.start) if one.passage else None
            placed.append(Placed(one, item, found and Stretch(found.start + begin, found.end + begin)))
        return sorted(placed, key=_place_of)

    def in_article(self) -> Sequence[Placed]:
        """The bookmarks and notes of the article, in the order of its text; those on the whole stand at its head."""
        annotations = self.memory.annotations_of(ARTICLE_ROW)
        if self._article[0] is not annotations:
            whole, starts = self._article_text() if any(one.passage for one in annotations) else ("", [0])
            placed = []
            for one in annotations:
                found = find_passage(whole, one.passage, one.start) if one.passage else None
                item = 0 if found is None else max(k for k, start in enumerate(starts) if start <= found.start)
                stretch = found and Stretch(found.start - starts[item], found.end - starts[item])
                placed.append(Placed(one, item, stretch))
            self._article = annotations, sorted(placed, key=lambda one: (one.item, _place_of(one)))
        return self._article[1]

    def _article_text(self) -> tuple[str, list[int]]:
        """The whole text of the article, and where in it each item begins."""
        texts = [self.analysis.index.item_text(item) for item in range(self.reading.first_item)]
        starts = [0]
        for text in texts[:-1]:
            starts.append(starts[-1] + len(text) + 2)
        return "\n\n".join(texts), starts

    def _annotated_rows(self) -> list[int]:
        if self._rows[0] != self.memory.version:
            self._rows = self.memory.version, sorted(self.memory.marked)
        return self._rows[1]

    def kinds_within(self, first: int, end: int) -> frozenset[str]:
        """Whether comments in the items from `first` up to but not `end` are marked ("mark"), or have a note."""
        if not self.memory.by_handle:
            return NONE
        rows, begin = self._annotated_rows(), self.reading.first_item
        some = rows[bisect_left(rows, first - begin) : bisect_left(rows, end - begin)]
        return frozenset(one.kind for row in some for one in self.memory.annotations_of(row))

    def all(self) -> list[Placed]:
        """All bookmarks and notes: the article's, then those of the comments in the order that is shown."""
        first = self.reading.first_item
        return [*self.in_article(), *(one for row in self._annotated_rows() for one in self.placed(first + row))]

    def by_page_row(self) -> dict[int, list[Annotation]]:
        """All bookmarks and notes by the row of the page that they stand on; those of the article by `ARTICLE_ROW`."""
        found: dict[int, list[Annotation]] = {}
        for placed in self.all():
            row = placed.item - self.reading.first_item
            page_row = self.reading.state.ordinal(row) - 1 if row >= 0 else ARTICLE_ROW
            found.setdefault(page_row, []).append(placed.annotation)
        return found

    def words_of(self, placed: Placed) -> str:
        """The words that a bookmark or a note stands on: those of its passage, or how the text begins."""
        if placed.annotation.passage:
            return placed.annotation.passage
        index = self.analysis.index
        return index.item_text(placed.item)[index.body_start(placed.item) :][:LONGEST]

    def place_words(self, placed: Placed) -> str:
        """Whose text a bookmark or a note stands on: "gabe #12", "the article"."""
        row = placed.item - self.reading.first_item
        if row < 0:
            return "the article"
        return f"{self.reading.author_of(row)} #{self.reading.state.ordinal(row)}".lstrip()

    # Bookmarks

    def _mark(self, argument: int) -> None:
        """Mark the comment at the cursor, or the article where it is on screen; or no more."""
        reading = self.reading
        if not self._can_keep():
            return
        if reading.in_comments:
            row = reading.state.row
            marks = [one for one in self.memory.annotations_of(row) if one.kind == "mark"]
            passage, start = "", -1
        else:
            row = ARTICLE_ROW
            on_screen = {shown.item for shown in reading.viewport.article_on_screen()}
            marks = [
                one.annotation for one in self.in_article() if one.item in on_screen and one.annotation.kind == "mark"
            ][:1]
            passage, start = self._sentence_on_top()
        for one in marks:
            self.remove(one)
        if not marks:
            self._make("mark", row, passage=passage, start=start)

    def _sentence_on_top(self) -> tuple[str, int]:
        """The first sentence of the article on screen, and where it begins; none while its head is on top."""
        item, offset = self.reading.viewport.article_place()
        if not item:
            return "", -1
        return self._passage(item, sentence_from(self.analysis.index.item_text(item), offset))

    # Notes

    def _note(self, *, in_editor: bool) -> None:
        if not self._can_keep():
            return
        draft = self._draft_here()
        several = "\n" in draft.text
        self.reading.effects.covers.append(WriteNote(draft, in_editor or several))

    def _begin(self, draft: NoteDraft) -> NoteDraft:
        self._draft = draft
        return draft

    def _draft_here(self) -> NoteDraft:
        """A note on what the reader is at; the one that is there already, if that stands on the same."""
        reading = self.reading
        row = reading.state.row if reading.in_comments else ARTICLE_ROW
        passage, start = self._passage_here(row)
        notes = [one for one in self.memory.annotations_of(row) if one.kind == "note" and one.passage == passage]
        before = max(notes, key=lambda one: one.changed, default=None)
        return self._begin(NoteDraft(row, passage, start, self._stands_on(row, passage), before))

    def draft_of(self, placed: Placed) -> NoteDraft:
        """A note that is there already, to be changed; of a bookmark, a note on what that stands on."""
        one = placed.annotation
        row = placed.item - self.reading.first_item
        row = row if row >= 0 else ARTICLE_ROW
        before = one if one.kind == "note" else None
        return self._begin(NoteDraft(row, one.passage, one.start, self._stands_on(row, one.passage), before))

    def _stands_on(self, row: int, passage: str) -> str:
        if passage:
            words = " ".join(passage.split())
            return f"“{words[:40].rstrip()}…”" if len(words) > 41 else f"“{words}”"
        return "the article" if row < 0 else self.reading.author_of(row) or f"#{self.reading.state.ordinal(row)}"

    def _passage_here(self, row: int) -> tuple[str, int]:
        """The passage that a note is on, and where it begins: of the match gone to, or what is peeked at, or on top."""
        reading, index = self.reading, self.analysis.index
        current = self.search.current if self.search.active else None
        if current is not None and row == self._row_of(current.item):
            text = index.item_text(current.item)
            begin = index.body_start(current.item)
            if current.start < begin:  # the match is the author's name
                return "", -1
            found = sentence_around(text[begin:], current.start - begin, current.end - begin)
            return self._passage(current.item, Stretch(found.start + begin, found.end + begin))
        peeked = reading.state.article_peek
        if row >= 0:
            return "", -1
        if peeked is not None:
            return self._passage(peeked[0], Stretch(peeked[1].start, peeked[1].end))
        return self._sentence_on_top()

    def _row_of(self, item: int) -> int:
        row = item - self.reading.first_item
        return row if row >= 0 else ARTICLE_ROW

    def _passage(self, item: int, where: Stretch) -> tuple[str, int]:
        """The words of a stretch of an item, and where they begin as annotations say it."""
        index = self.analysis.index
        passage = index.item_text(item)[where.start : where.end][:LONGEST].strip()
        if item >= self.reading.first_item:
            return passage, where.start - index.body_start(item)
        return passage, self._article_text()[1][item] + where.start

    def write_note(self, draft: NoteDraft, typed: str) -> None:
        """Keep a note that was typed; an empty one takes away the one that was changed."""
        text = _cleaned(typed)
        self._keep_note(draft, *(self._split_passage(draft, text) or (text, draft.passage, draft.start)))

    def write_edited(self, draft: NoteDraft, edited: str) -> None:
        """Keep a note as an editor leaves it, which was given the passage: without it the note is on the whole."""
        text = _cleaned(edited)
        self._keep_note(draft, *(self._split_passage(draft, text) or (text, "", -1)))

    def _split_passage(self, draft: NoteDraft, text: str) -> tuple[str, str, int] | None:
        """A note without the passage that it begins with, this, and where it begins in its text.

        That is in lines with `>` before them, or in quotation marks. None if it begins with no words of the text.
        """
        lines = text.split("\n")
        marked = list(takewhile(lambda line: line.startswith(">"), lines))
        quoted = None if marked else _QUOTED.match(text)
        if quoted is not None:
            words, rest = quoted[1], text[quoted.end() :]
        else:
            words, rest = " ".join(line.lstrip("> ") for line in marked), "\n".join(lines[len(marked) :]).strip()
        found = self._find_quoted(draft, words) if words.strip() and (rest or marked) else None
        return None if found is None else (rest, *found)

    def _find_quoted(self, draft: NoteDraft, words: str) -> tuple[str, int] | None:
        """The passage with these words, and where it begins; None if the text has no such words."""
        if words.split() == draft.passage.split():
            return draft.passage, draft.start
        whole = self._whole_text(draft.row)
        found = find_passage(whole, words, draft.start, alike=False)
        return None if found is None else (whole[found.start : found.end][:LONGEST], found.start)

    def _keep_note(self, draft: NoteDraft, text: str, passage: str, start: int) -> None:
        if text and draft.before is not None:
            self._change(replace(draft.before, text=text, passage=passage, start=start))
        elif text:
            self._make("note", draft.row, text, passage, start)
        elif draft.before is not None:
            self.remove(draft.before)

    def _whole_text(self, row: int) -> str:
        index = self.analysis.index
        if row < 0:
            return self._article_text()[0]
        item = self.reading.first_item + row
        return index.item_text(item)[index.body_start(item) :]

    # Changing

    def _can_keep(self) -> bool:
        keeps = self.memory.is_kept
        if not keeps:
            self.reading.tell(NO_LIBRARY)
        return keeps

    def _make(self, kind: AnnotationKind, row: int, text: str = "", passage: str = "", start: int = -1) -> None:
        from time import time
        from uuid import uuid4

        from rumor_tui.library_types import Annotation, AnnotationChange

        uid, moment = uuid4().hex, time()
        if not self.memory.known or self.memory.handle_of(row) == UNKNOWN:
            self.reading.tell("This is kept as soon as the library has taken in the thread.")

        def make(thread_id: int, handle: int) -> AnnotationChange:
            return AnnotationChange(thread_id, Annotation(uid, kind, handle, text, passage, start, moment), moment)

        self.memory.change_at(row, make)

    def _change(self, annotation: Annotation, *, removed: bool = False) -> None:
        from time import time

        from rumor_tui.library_types import AnnotationChange

        self.memory.change(AnnotationChange(self.memory.thread_id, annotation, time(), removed))

    def remove(self, annotation: Annotation) -> None:
        """Take a bookmark or a note away; `undo` brings it back."""
        self._undone.append(annotation)
        self._change(annotation, removed=True)

    def undo(self) -> bool:
        """Bring back what was taken away last; whether there was something."""
        if not self._undone:
            return False
        self._change(self._undone.pop())
        return True

    # Going there

    def go_to(self, placed: Placed) -> None:
        """Go to where a bookmark or a note stands."""
        reading, start = self.reading, placed.stretch.start if placed.stretch is not None else None
        row = placed.item - reading.first_item
        if row < 0:
            reading.focus(in_article=True)
            reading.reach_in_article(placed.item, start or 0)
            return
        reading.focus(in_article=False)
        self.folds.unhide(row)
        if start is None:
            reading.go(row)
        else:
            reading.reach(row, start)

    def _list(self, argument: int) -> None:
        if not self._can_keep():
            return
        if self.memory.by_handle and self.all():
            self.reading.effects.covers.append(OpenAnnotations())
            return
        mark, note = self.reading.key_of("mark"), self.reading.key_of("note")
        how = f": {mark} marks, {note} writes a note" if mark and note else ""
        self.reading.tell(f"Nothing is marked or noted here{how}.")

    def commands(self) -> Commands:
        """The actions of bookmarks and notes."""
        return {
            "mark": self._mark,
            "note": lambda argument: self._note(in_editor=False),
            "note_in_editor": lambda argument: self._note(in_editor=True),
            "annotations": self._list,
        }


def _cleaned(text: str) -> str:
    """A note as it is kept: neutral, with newlines alone between its lines."""
    return neutralise(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _place_of(placed: Placed) -> tuple[int, float]:
    return (-1 if placed.stretch is None else placed.stretch.start, placed.annotation.made)
