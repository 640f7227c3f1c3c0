"""The trail of a claim through the whole library: every place that gives a figure for the same thing, or has a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rumor_tui.labels import plural
from rumor_tui.library_types import ClaimSubject, LibraryTrail, Statement
from rumor_tui.text import fold, neutralise_line
from rumor_tui.ui.library_keys import CLAIM
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.library_list import Desk
from rumor_tui.ui.screens.passage_items import Passage
from rumor_tui.ui.screens.passage_list import PassageScreen
from rumor_tui.ui.widgets.list_view import Lines, Words

MOST: Final = 500
"""The most places that are listed."""
FIGURES: Final = 12
"""The most figures above the list."""
LOW: Final = 8
"""Rows of the screen below which nothing is told above the list."""


def passage_of(statement: Statement) -> Passage:
    """A statement as a passage."""
    hit = statement.hit
    spans = tuple((start, end) for start, end in hit.spans)
    place = hit.thread_id, hit.handle, hit.thread_title, hit.site
    return Passage(*place, hit.author, "", hit.published, hit.snippet, spans, hit.address)


class LibraryClaimScreen(PassageScreen, inherit_bindings=False):
    """The figures stand above the list; in it those who state the one that is followed come first."""

    NOUN = "place"
    NOWHERE = ""
    VIEW = "claim"
    PERIOD = 0.0

    def __init__(self, desk: Desk, palette: Palette, subject: ClaimSubject) -> None:
        self.account = Lines(palette, id="account")
        super().__init__(CLAIM, desk, palette, id="statements", heads=(self.account,))
        self.subject = subject
        self.trail: LibraryTrail | None = None
        self._words: Sequence[str] = ()

    # What is listed

    def renew(self) -> None:
        """Follow the claim."""

        def work() -> tuple[LibraryTrail, list[Passage], list[str]]:
            trail = self.library.trail(self.subject, MOST)
            passages = list(map(passage_of, trail.statements))
            return trail, passages, [passage.words for passage in passages]

        self.ask_library(work, self._take)

    def _take(self, found: tuple[LibraryTrail, list[Passage], list[str]]) -> None:
        self.trail, passages, self._words = found
        self.show_passages(passages, self._fitting(self.text))

    def show_items(self) -> None:
        """Show the places that hold the text."""
        self.items.needle = fold(self.text)
        self.show_passages(self.items.passages, self._fitting(self.text))

    def _fitting(self, text: str) -> list[int]:
        needle = fold(text)
        return [at for at, words in enumerate(self._words) if needle in words]

    # The lines

    def arrange_parts(self) -> None:
        """What is stated, where there is room."""
        self.account.say([self._account()] if self.size.height >= LOW and self.roomy and self.trail else [])
        super().arrange_parts()

    def _account(self) -> Words:
        """The distinct figures with the numbers of places and threads, and what could not be answered."""
        palette, trail = self.palette, self.trail
        assert trail is not None
        words = [("  ", palette.text)]
        for figure, places, threads in trail.figures[:FIGURES]:
            count = f"{places:,}" if threads == places else f"{places:,} in {plural(threads, 'thread')}"
            words += [(neutralise_line(figure), palette.accent), (f" ({count})   ", palette.quiet)]
        return [*words, (trail.notice, palette.quiet)]

    def title_line(self) -> Title:
        """What is followed, and how often it is stated."""
        title = neutralise_line(self.subject.text)
        threads = len({passage.thread_id for passage in self.items.passages})
        places = len(self.items.passages)
        counts = f"{plural(places, 'place')} in {plural(threads, 'thread')}" if places else ""
        words = [(title, self.palette.bar_accent), ("  in the whole library", self.palette.bar)]
        return Title(words, f"{counts}   rumor-tui", (counts, ""))

    def why_empty(self) -> str:
        """Why nothing is listed."""
        if self.trail is None:
            return "Reading the library …" if self.reading else ""
        return "Nothing holds that." if self.text else "No thread of the library says anything of it."

    def action_clear(self) -> None:
        """Show the whole list again; stop what is being opened; else back."""
        if self.text or self.loader is not None:
            super().action_clear()
        else:
            self.action_quit()
