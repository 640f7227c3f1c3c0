"""What is known of a thread: its texts, its numbers and names, its quotes and answers. It grows in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rumor_tui.model import Thread
from rumor_tui.search.index import TextIndex
from rumor_tui.search.pace import Pace, never
from rumor_tui.search.tally import people_of

if TYPE_CHECKING:
    from rumor_tui.marks import Evidence, Mark
    from rumor_tui.search.marked import MarkIndex
    from rumor_tui.search.talk import Talk

MAX_TEXT: Final = 200_000
"""Characters of one text in which marks are looked for: a body that is longer is no comment but a file."""


class Knowledge:
    """One thread's texts and what was found out about them so far.

    Until `marks` and `talk` are there, `marks_of` looks at single items when asked, so that the screen is never behind.
    """

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.index = TextIndex(thread)
        self.marks: MarkIndex | None = None
        """The marks of the items so far, with what the whole thread says of them; complete when `marks_known`."""
        self.talk: Talk | None = None
        """Quotes and answers, once they are found."""
        self.version = 0
        """Grows when the marks of items that were looked at before may be other ones now."""
        self._evidence: Evidence | None = None

    @property
    def marks_known(self) -> bool:
        """Whether the marks of all items are there."""
        return self.marks is not None and self.marks.items == self.index.size

    @property
    def evidence(self) -> Evidence:
        """What the thread says of its names, as far as gathered: at first only who takes part."""
        if self._evidence is None:
            from rumor_tui.marks import Evidence

            self._evidence = Evidence(people_of(self.thread))
        return self._evidence

    def marks_of(self, item: int) -> list[Mark]:
        """The numbers and names of an item, with offsets in its whole text; the author's header has none."""
        from rumor_tui.marks import find

        start = self.index.body_start(item)
        text = self.index.item_text(item)[start : start + MAX_TEXT]
        found = find(text, self.evidence)
        return [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found] if start else found

    def find_marks(self, progress: Callable[[float], None] | None = None, stop: Callable[[], bool] = never) -> None:
        """Gather the evidence, then find all marks, in a worker; `progress` gets the share that is done."""
        from rumor_tui.marks import Gathering
        from rumor_tui.search.marked import MarkIndex

        index, pace = self.index, Pace(stop)
        gathering = Gathering(self.evidence.people)
        for item in range(index.size):
            gathering.add(index.item_text(item)[index.body_start(item) :][:MAX_TEXT])
            if pace.rest():
                return
        self._evidence = gathering.evidence()
        self.version += 1
        self.marks = marks = MarkIndex(index.first_comment)
        for item in range(index.size):
            marks.add(index.item_text(item), self.marks_of(item))
            if progress and pace.report_due():
                progress((item + 1) / index.size)
            if pace.rest():
                return
        if progress:
            progress(1.0)

    def find_talk(self, stop: Callable[[], bool] = never) -> None:
        """Find the quotes and answers, in a worker."""
        from rumor_tui.search.talk import find_talk

        talk = find_talk(self.index, stop)
        if not stop():
            self.talk = talk
