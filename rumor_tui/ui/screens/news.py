"""What is new: one list of the unread comments that came since the last visit in all threads that are followed."""

from __future__ import annotations

from collections.abc import Sequence
from time import time
from typing import Final

from rumor_tui.labels import plural
from rumor_tui.library_types import ARTICLE, NewComment, ReadChange
from rumor_tui.text import fold
from rumor_tui.ui.library_keys import NEWS
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.screens.base import Title
from rumor_tui.ui.screens.library_list import Desk
from rumor_tui.ui.screens.passage_items import Passage
from rumor_tui.ui.screens.passage_list import PassageScreen

MOST: Final = 5_000
"""The most comments that are listed."""
NOTHING: Final = "Nothing is new in what is followed. R looks for more; F in a thread or a list follows it."


def passage_of(new: NewComment) -> Passage:
    """A new comment, or (`ARTICLE`) a new thread, as a passage."""
    label = "new thread" if new.handle == ARTICLE and not new.author else ""
    moment = new.published if new.published is not None else new.first_seen
    return Passage(new.thread_id, new.handle, new.thread_title, new.site, new.author, label, moment, new.text)


class NewsScreen(PassageScreen, inherit_bindings=False):
    """The newest first. What was read meanwhile is dimmed, and left out when the list is opened the next time."""

    NOUN = "comment"
    NOWHERE = "nothing new"
    VIEW = "news"

    def __init__(self, desk: Desk, palette: Palette) -> None:
        super().__init__(NEWS, desk, palette, id="news")
        self._known = False
        self._words: Sequence[str] = ()

    # What is listed

    def renew(self) -> None:
        """Ask what is new; what was listed before stays in the list."""
        known = list(self.items.passages)

        def work() -> tuple[list[Passage], set[tuple[int, int]], list[str]]:
            fresh = list(map(passage_of, self.library.news(MOST)))
            keys = {(one.thread_id, one.handle) for one in fresh}
            done = [one for one in known if (one.thread_id, one.handle) not in keys]
            passages = sorted((*fresh, *done), key=lambda one: -(one.moment or 0.0))
            return passages, {(one.thread_id, one.handle) for one in done}, [one.words for one in passages]

        self.ask_library(work, self._take)

    def _take(self, found: tuple[list[Passage], set[tuple[int, int]], list[str]]) -> None:
        self._known = True
        passages, self.items.done, self._words = found
        self.show_passages(passages, self._fitting(self.text))

    def show_items(self) -> None:
        """Show the comments that hold the text."""
        self.items.needle = fold(self.text)
        self.show_passages(self.items.passages, self._fitting(self.text))

    def _fitting(self, text: str) -> list[int]:
        needle = fold(text)
        return [at for at, words in enumerate(self._words) if needle in words]

    # The lines

    def title_line(self) -> Title:
        """How much is new."""
        items = self.items
        unread = [passage for passage in items.passages if not items.is_done(passage)]
        comments = [passage.thread_id for passage in unread if passage.handle != ARTICLE]
        threads = len(unread) - len(comments)
        parts = [
            f"{plural(len(comments), 'new comment')} in {plural(len(set(comments)), 'thread')}" if comments else ""
        ]
        words = " · ".join(filter(None, [*parts, plural(threads, "new thread") if threads else ""]))
        return Title([("What is new", self.palette.bar_accent)], f"{words}   rumor-tui", (words, ""))

    def why_empty(self) -> str:
        """Why nothing is listed."""
        if not self._known:
            return "Reading the library …" if self.reading else ""
        return "Nothing holds that." if self.text else NOTHING

    # Reading

    def action_toggle_read(self) -> None:
        """Mark the comment as read, or as unread again."""
        passage = self.passage
        if passage is None:
            self.tell(self.why_empty())
        else:
            self._mark([passage], read=not self.items.is_done(passage))

    def action_mark_all_read(self) -> None:
        """Mark all that is listed as read."""
        items = self.items
        unread = [items.passages[at] for at in items.order if not items.is_done(items.passages[at])]
        if unread:
            self._mark(unread, read=True)
        else:
            self.tell("Nothing here is unread.")

    def _mark(self, passages: Sequence[Passage], *, read: bool) -> None:
        handles: dict[int, list[int]] = {}
        for one in passages:
            handles.setdefault(one.thread_id, []).append(one.handle)
        changes = [ReadChange(thread, found, read, time()) for thread, found in handles.items()]
        self.write(changes, lambda: self._marked(passages, read))

    def _marked(self, passages: Sequence[Passage], read: bool) -> None:
        """That is on disk: show it."""
        keys = {(one.thread_id, one.handle) for one in passages}
        self.items.done = self.items.done | keys if read else self.items.done - keys
        self.view.compose_rows()
        state = "read" if read else "unread"
        self.tell(
            f"Marked as {state}." if len(passages) == 1 else f"{plural(len(passages), 'comment')} marked {state}."
        )
        self.show_title()

    def action_news(self) -> None:
        """This is it."""
        self.tell("This is what is new.")
