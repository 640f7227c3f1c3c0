"""What the reader takes out of the thread: addresses, and the plain text of a comment or of the article."""

from __future__ import annotations

from rumor_tui.discussion_rows import own_id
from rumor_tui.links import openable
from rumor_tui.model import Thread
from rumor_tui.reading.context import Commands, ReadingContext
from rumor_tui.reading.effects import Request
from rumor_tui.reading.worker import Analysis

STILL_READING = "This is so long that it is still being read. Try again in a moment."


class Excerpts:
    """Looks up what is to be opened, copied or piped."""

    def __init__(self, reading: ReadingContext, analysis: Analysis) -> None:
        self.reading = reading
        self.analysis = analysis

    def text_here(self) -> str | None:
        """The plain text of the comment at the cursor, or of the article; None while that is being read."""
        index, first = self.analysis.index, self.reading.first_item
        if not self.reading.in_comments:
            if not index.article_at_hand():
                return None
            return "\n\n".join(index.item_text(item) for item in range(first))
        item = first + self.reading.state.row
        if not index.at_hand(item):
            return None
        return index.item_text(item)[index.body_start(item) :]

    def places_here(self) -> tuple[list[str], list[str]]:
        """What to look for in the source to find the place of the cursor, best first, and what stands before it."""
        reading = self.reading
        if not reading.in_comments:
            item, offset = reading.viewport.article_place()
            index = self.analysis.index
            items = range(item, min(item + 3, reading.first_item))
            texts = [index.item_text(here) for here in items if index.at_hand(here)]
            return ([texts[0][offset:], *texts] if texts else []), []
        thread, row = reading.thread, reading.state.row
        return self._marks_of(thread, row), self._marks_of(thread, row - 1) if row else []

    def _marks_of(self, thread: Thread, row: int) -> list[str]:
        """The text of a comment, its identifier and its address, as far as it has them, and its author."""
        index = self.analysis.index
        item = self.reading.first_item + row
        marks = (
            index.item_text(item)[index.body_start(item) :] if index.at_hand(item) else "",
            own_id(thread.ids[row]) if thread.is_joined else thread.ids[row],
            thread.urls[row],
            thread.authors[row],
        )
        return [mark for mark in marks if mark and mark.strip()]

    def _open_page(self, argument: int) -> None:
        """Open the article's page, or of several discussions the one at the cursor.

        Where only the comments have addresses, it is the comment's.
        """
        thread, row = self.reading.thread, self.reading.state.row
        address = thread.article.url
        at_discussion = self.reading.in_comments and thread.discussion_at(row) is not None
        if (address is None or at_discussion) and len(thread):
            address = thread.urls[row] or address
        if address:
            self.reading.request(Request("open", address))
        else:
            self.reading.tell("The source does not say where this page is.")

    def _copy_link(self, argument: int) -> None:
        """Copy the comment's permalink, or the article's address."""
        address = self.reading.thread.article.url
        if self.reading.in_comments:
            address = self.reading.thread.urls[self.reading.state.row] or address
        real = openable(address) if address else None
        if real is None:
            self.reading.tell("There is no permalink to copy.")
        else:
            self.reading.request(Request("copy", real))
            self.reading.tell(f"Copied {real}")

    def _copy_text(self, argument: int) -> None:
        """Copy the comment, or the article."""
        text = self.text_here()
        if text is None:
            self.analysis.start()
            self.reading.tell(STILL_READING)
            return
        self.reading.request(Request("copy", text))
        self.reading.tell(f"Copied {len(text):,} characters.")

    def commands(self) -> Commands:
        """The actions that take something out."""
        return {"open_page": self._open_page, "copy_link": self._copy_link, "copy_text": self._copy_text}
