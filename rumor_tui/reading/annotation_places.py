"""Where bookmarks and notes stand: in which item, and where in its text their passages are now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from rumor_tui.model import ARTICLE_ROW
from rumor_tui.reading.annotated import NONE, Placed
from rumor_tui.reading.context import ReadingContext
from rumor_tui.reading.memory import Memory
from rumor_tui.reading.passages import LONGEST, Stretch, find_passage
from rumor_tui.reading.worker import Analysis

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation


class AnnotationPlaces:
    """Looks up what the library has told of bookmarks and notes, and finds their passages in the texts as they are."""

    def __init__(self, reading: ReadingContext, memory: Memory, analysis: Analysis) -> None:
        self.reading = reading
        self.memory = memory
        self.analysis = analysis
        self._placed: dict[int, tuple[Sequence[Annotation], Sequence[Placed]]] = {}
        self._article: tuple[Sequence[Annotation], Sequence[Placed]] = ((), ())
        self._in_text = True
        """Whether their passages were looked for."""
        self._rows: tuple[int, list[int]] = (-1, [])
        """The version of the memory, and the rows of the comments that are annotated in it."""

    def forget(self) -> None:
        """The texts are other ones: look for passages anew."""
        self._placed.clear()
        self._article, self._rows = ((), ()), (-1, [])

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
        if not self.analysis.index.at_hand(item):
            return [Placed(one, item, None) for one in annotations]
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
        """The bookmarks and notes of the article, in the order of its text; those on the whole stand at its head, and
        as long as the text is being read all of them."""
        annotations = self.memory.annotations_of(ARTICLE_ROW)
        at_hand = self.analysis.index.article_at_hand()
        if self._article[0] is not annotations or self._in_text != at_hand:
            passages = at_hand and any(one.passage for one in annotations)
            whole, starts = self.article_text() if passages else ("", [0])
            placed = []
            for one in annotations:
                found = find_passage(whole, one.passage, one.start) if one.passage and passages else None
                item = 0 if found is None else max(k for k, start in enumerate(starts) if start <= found.start)
                stretch = found and Stretch(found.start - starts[item], found.end - starts[item])
                placed.append(Placed(one, item, stretch))
            self._article = annotations, sorted(placed, key=lambda one: (one.item, _place_of(one)))
            self._in_text = at_hand
        return self._article[1]

    def article_text(self) -> tuple[str, list[int]]:
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
        if not index.at_hand(placed.item):
            return ""
        return index.item_text(placed.item)[index.body_start(placed.item) :][:LONGEST]

    def place_words(self, placed: Placed) -> str:
        """Whose text a bookmark or a note stands on: "gabe #12", "the article"."""
        row = placed.item - self.reading.first_item
        if row < 0:
            return "the article"
        return f"{self.reading.author_of(row)} #{self.reading.state.ordinal(row)}".lstrip()

    def whole_text(self, row: int) -> str:
        """The text that passages are of: of a comment, or (`ARTICLE_ROW`) of the article; "" while that is read."""
        index = self.analysis.index
        if row < 0:
            return self.article_text()[0] if index.article_at_hand() else ""
        item = self.reading.first_item + row
        if not index.at_hand(item):
            return ""
        return index.item_text(item)[index.body_start(item) :]


def _place_of(placed: Placed) -> tuple[int, float]:
    return (-1 if placed.stretch is None else placed.stretch.start, placed.annotation.made)
