"""Bookmarks and notes: made at the cursor, kept by the library, and shown where they stand.

A note stands on a comment (or on the article) as a whole, or on a passage of it. The passage is named without a
selection: it is the sentence of the match that the reader has gone to, or what the note begins with in quotation marks,
if these are words of the text; in the article also the passage that is peeked at, or else the first sentence on screen.
It is looked for anew in a text that has changed; where it cannot be found, the note stands on the whole and quotes it.

What is made here goes to the library, and is shown once it is on disk there (see `Memory`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.model import ARTICLE_ROW
from rumor_tui.reading.annotated import (
    NoteDraft,
    OpenAnnotations,
    Placed,
    WriteNote,
    clean_note,
    split_words,
)
from rumor_tui.reading.annotation_places import AnnotationPlaces
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.folds import Folds
from rumor_tui.reading.memory import UNKNOWN, Memory
from rumor_tui.reading.passages import LONGEST, Stretch, find_passage, sentence_around, sentence_from
from rumor_tui.reading.position import Replacement
from rumor_tui.reading.search import ThreadSearch
from rumor_tui.reading.unread import NO_LIBRARY
from rumor_tui.reading.worker import Analysis

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation, AnnotationKind, Change

_KEPT: Final[Mapping[tuple[str, bool], str]] = {
    ("mark", False): "Marked.",
    ("mark", True): "The bookmark is gone.",
    ("note", False): "Noted.",
    ("note", True): "The note is gone.",
}
"""What is said once a change is on disk, by the kind and whether it was taken away."""


class _Unsaved(NamedTuple):
    """A note that is not on disk yet, and the row that it stands on."""

    row: int
    note: Annotation


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
        self.places = AnnotationPlaces(reading, memory, analysis)
        self._undone: list[Annotation] = []
        self._draft: NoteDraft | None = None
        self._unsaved: _Unsaved | None = None
        """The last note, until it is on disk."""
        memory.confirmed.append(self._on_confirmed)

    def _on_confirmed(self, change: Change) -> None:
        """A bookmark or a note is on disk: texts on screen may be taller now."""
        from rumor_tui.library_types import AnnotationChange

        if isinstance(change, AnnotationChange):
            effects = self.reading.effects
            effects.keep_place = effects.keep_article = True
            effects.message = _KEPT[change.annotation.kind, change.removed]
            unsaved, one = self._unsaved, change.annotation
            if (
                unsaved is not None
                and unsaved.note.uid == one.uid
                and (change.removed or unsaved.note.text == one.text)
            ):
                self._unsaved = None

    def remap(self, replacement: Replacement) -> None:
        """Passages are looked for in the new state; a note that is being written follows its comment."""
        self.places.forget()
        if self._draft is not None and self._draft.row >= 0:
            self._draft.row = replacement.nearest(self._draft.row)
        if self._unsaved is not None and self._unsaved.row >= 0:
            self._unsaved = self._unsaved._replace(row=replacement.nearest(self._unsaved.row))

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
            on_screen = {part.item for part in reading.viewport.article_on_screen()}
            shown = [one.annotation for one in self.places.in_article() if one.item in on_screen]
            marks = [one for one in shown if one.kind == "mark"][:1]
            passage, start = self._sentence_on_top()
        for one in marks:
            self.remove(one)
        if not marks:
            self._send(row, replace(self._new("mark"), passage=passage, start=start))

    def _sentence_on_top(self) -> tuple[str, int]:
        """The first sentence of the article on screen, and where it begins; none while its head is on top."""
        item, offset = self.reading.viewport.article_place()
        if not item or not self.analysis.index.at_hand(item):
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
        unsaved = self._unsaved
        if unsaved is not None and unsaved.row == row:  # what was written must not be written again
            before, passage, start = unsaved.note, unsaved.note.passage, unsaved.note.start
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
        if not index.article_at_hand():  # how much text stands before it is not known yet
            return passage, -1
        return passage, self.places.article_text()[1][item] + where.start

    def write_note(self, draft: NoteDraft, typed: str) -> None:
        """Keep a note that was typed; an empty one takes away the one that was changed."""
        text = clean_note(typed)
        self._keep_note(draft, *(self._split_passage(draft, text) or (text, draft.passage, draft.start)))

    def write_edited(self, draft: NoteDraft, edited: str) -> None:
        """Keep a note as an editor leaves it, which was given the passage: without it the note is on the whole."""
        text = clean_note(edited)
        self._keep_note(draft, *(self._split_passage(draft, text) or (text, "", -1)))

    def _split_passage(self, draft: NoteDraft, text: str) -> tuple[str, str, int] | None:
        """A note without the passage that it begins with, this, and where it begins in its text.

        None if it begins with no words of the text.
        """
        words, rest = split_words(text)
        found = self._find_quoted(draft, words) if words else None
        return None if found is None else (rest, *found)

    def _find_quoted(self, draft: NoteDraft, words: str) -> tuple[str, int] | None:
        """The passage with these words, and where it begins; None if the text has no such words."""
        if words.split() == draft.passage.split():
            return draft.passage, draft.start
        whole = self.places.whole_text(draft.row)
        found = find_passage(whole, words, draft.start, alike=False)
        return None if found is None else (whole[found.start : found.end][:LONGEST], found.start)

    def _keep_note(self, draft: NoteDraft, text: str, passage: str, start: int) -> None:
        if text:
            note = draft.before or self._new("note")
            self._send(draft.row, replace(note, text=text, passage=passage, start=start))
        elif draft.before is not None:
            self._undone.append(draft.before)
            self._send(draft.row, draft.before, removed=True)

    # Changing

    def _can_keep(self) -> bool:
        keeps = self.memory.is_kept
        if not keeps:
            self.reading.tell(NO_LIBRARY)
        return keeps

    @staticmethod
    def _new(kind: AnnotationKind) -> Annotation:
        from time import time
        from uuid import uuid4

        from rumor_tui.library_types import Annotation

        return Annotation(uuid4().hex, kind, UNKNOWN, made=time())

    def _send(self, row: int, annotation: Annotation, *, removed: bool = False) -> None:
        """Have a bookmark or a note written down that stands on a row, or its end."""
        from time import time

        from rumor_tui.library_types import AnnotationChange

        moment = time()
        if annotation.kind == "note" and not removed:
            self._unsaved = _Unsaved(row, annotation)
        if not self.memory.known or self.memory.handle_of(row) == UNKNOWN:
            waits = "This is kept as soon as the library has taken in the thread."
            self.reading.tell(f"Not kept. {self.memory.problem}" if self.memory.problem else waits)
        self.memory.change_at(
            row, lambda thread, handle: AnnotationChange(thread, replace(annotation, handle=handle), moment, removed)
        )

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
        if self.memory.by_handle and self.places.all():
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
