"""The analysis of a thread, which grows in the background: its texts, numbers and names, quotes and replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rumor_tui.model import Thread
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.search.index.authors import Participant, author_names, list_participants
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import fold

if TYPE_CHECKING:
    from rumor_tui.marks import LexiconBuilder, Mark, ThreadLexicon
    from rumor_tui.marks.names.tagger import TaggedName
    from rumor_tui.search.index.conversation import Conversation, PageOrder
    from rumor_tui.search.index.mark_index import MarkIndex

MAX_TEXT: Final = 200_000
"""Characters of a text that are searched for marks; a longer body is no comment but a file."""

MAX_LABEL: Final = 80
"""The longest mark in characters; nobody searches for a longer number or name."""

CACHED_ITEMS: Final = 400
"""Items whose marks are cached: a few screens."""

FIRST_ITEMS: Final = 40
"""Items after the article that are reported at once: about the first screen."""

GATHERING_SHARE: Final = 0.4
"""The share of the work on marks that building the lexicon takes."""

_RANK_SECONDS: Final = 0.25
_RANK_SHARE: Final = 8
"""The next report comes after so many times the time that the last one took, and at least `_RANK_SECONDS`."""

BUILD_SHARE: Final = 0.05
"""The share of the texts in the reported progress; quotes and replies are not counted."""

Report = Callable[[float], None]
"""Receives the share that is done, 0 to 1."""

Step = Literal["texts", "conversation", "marks"]
"""A step of the analysis: the texts, the quotes and replies, the numbers and names."""


class Progress(NamedTuple):
    """How far the analysis of a thread is: the only place that says what is `done`.

    It is computed from the data whenever it is asked for, so that no two answers disagree. `share` goes from 0 to 1,
    and is 1 exactly when texts and marks are done. `version` is incremented whenever cached marks become stale.
    """

    done: frozenset[Step]
    share: float
    version: int


class ThreadAnalysis:
    """The texts of a thread and what is known of them so far.

    Until `marks` and `conversation` are complete, `marks_of` analyses single items on demand, so that the screen never
    waits. `before` is the analysis of an earlier state of the thread, whose lexicon is used until there is a new one.
    `page` is given if the comments are not in the order of their page.
    """

    def __init__(self, thread: Thread, before: ThreadAnalysis | None = None, page: PageOrder | None = None) -> None:
        self.thread = thread
        self.page = page
        self.index: TextIndex = TextIndex(thread, before.index if before is not None else None)
        self.marks: MarkIndex | None = None
        """The marks of the items so far; complete when `marks_known`."""
        self.conversation: Conversation | None = None
        """Quotes and inferred replies, once they are known."""
        self.version = 0
        """Incremented whenever cached marks become stale."""
        self._share_of_marks = 0.0
        self._lexicon: ThreadLexicon | None = None
        self._lock = Lock()
        self._earlier = before._lexicon if before is not None else None
        self._held: dict[int, tuple[int, list[Mark] | None]] = {}
        self._people: frozenset[str] | None = None
        self._people_count = 0
        self._participants: list[Participant] | None = None
        self._names: list[tuple[str, str, int]] | None = None

    @property
    def people(self) -> frozenset[str]:
        """The names of the participants, as texts call them; takes about 20 ms for 100,000 comments, once."""
        if self._people is None:
            self._people = author_names(self.thread)
            self._people_count = len(set(self.thread.people) - {None}) if self.thread.is_joined else len(self._people)
        return self._people

    @property
    def people_count(self) -> int:
        """The number of participants, if it is known; else 0."""
        return self._people_count

    @property
    def progress(self) -> Progress:
        """How far the analysis is."""
        known: dict[Step, bool] = {
            "texts": self.index.ready,
            "conversation": self.conversation is not None,
            "marks": self.marks_known,
        }
        built = BUILD_SHARE * len(self.index.folded) / self.index.size
        share = 1.0 if known["marks"] else built + (0.999 - BUILD_SHARE) * self._share_of_marks
        return Progress(frozenset(step for step, is_known in known.items() if is_known), share, self.version)

    @property
    def marks_known(self) -> bool:
        """Whether the marks of all items are known, in their final order."""
        return self.marks is not None and self.marks.ranked_items == self.index.size

    @property
    def lexicon(self) -> ThreadLexicon:
        """The lexicon of the thread's names so far; at first it has only the participants."""
        lexicon = self._lexicon
        if lexicon is None:
            from rumor_tui.marks import EMPTY_LEXICON

            first = replace(self._earlier or EMPTY_LEXICON, people=self.people)
            with self._lock:  # a lexicon that was built meanwhile must stay
                if self._lexicon is None:
                    self._lexicon = first
                lexicon = self._lexicon
        return lexicon

    def body_of(self, item: int) -> str:
        """The text of an item that is analysed: without the author's name, at most `MAX_TEXT` characters."""
        start = self.index.body_start(item)
        return self.index.item_text(item)[start : start + MAX_TEXT]

    # Single items

    def marks_of(self, item: int) -> list[Mark]:
        """The numbers and names of an item, with offsets in its whole text; the author's name has none.

        The list is cached; do not modify it.
        """
        version, marks = self.version, self.held(item)
        if marks is None:
            marks = self._find(item)
            self._keep(item, version, marks)
        return marks

    def held(self, item: int) -> list[Mark] | None:
        """The result of `marks_of` if it is known already, else None."""
        version, cached = self._held.get(item, (-1, None))
        if version == self.version:
            return cached
        version, index = self.version, self.marks
        if index is None or not index.exact or item >= index.items:
            return None
        marks = index.marks_in(item)
        self._keep(item, version, marks)
        return marks

    def is_kept(self, item: int) -> bool:
        """Whether `held` answers at once: of an item with very many marks it takes long to look them up."""
        return self._held.get(item, (-1, None))[0] == self.version

    def _keep(self, item: int, version: int, marks: list[Mark]) -> None:
        if len(self._held) >= CACHED_ITEMS:
            self._held = {}
        self._held[item] = version, marks

    def participants(self) -> list[Participant]:
        """The participants, the most active first; takes about 0.1 s for 100,000 comments, once."""
        if self._participants is None:
            self._participants = list_participants(self.thread)
        return self._participants

    def names(self) -> list[tuple[str, str, int]]:
        """The participants' names, the same folded for comparison, and their numbers of comments; computed once."""
        if self._names is None:
            self._names = [(person.name, fold(person.name), len(person.rows)) for person in self.participants()]
        return self._names

    def _find(self, item: int, tagged: Sequence[Sequence[TaggedName] | None] | None = None) -> list[Mark]:
        from rumor_tui.marks import find_marks

        start, marks = self.index.body_start(item), find_marks(self.body_of(item), self.lexicon, tagged)
        if any(mark.end - mark.start > MAX_LABEL for mark in marks):
            marks = [mark for mark in marks if mark.end - mark.start <= MAX_LABEL]
        return [mark._replace(start=mark.start + start, end=mark.end + start) for mark in marks] if start else marks

    # The whole thread, in a worker

    def find_marks(self, progress: Report | None = None, stop: Callable[[], bool] = never_stop) -> None:
        """Build the lexicon, then find all marks; best after `index.build`.

        `progress` is called while the lexicon is built, after the article and the first screen of comments, then ever
        more rarely (so that ranking takes about a tenth of the time), and at the end. The marks so far are ranked
        before each call.
        """
        from rumor_tui.search.index.mark_index import MarkIndex

        builder = self._build_lexicon(progress, stop)
        if builder is None:
            return
        index, slicer = self.index, TimeSlicer(stop)
        self.marks = marks = MarkIndex(index.first_comment)
        early = {index.first_comment - 1, min(index.first_comment + FIRST_ITEMS, index.size) - 1}
        due = 0.0
        for item in range(index.size):
            marks.add(index.item_text(item), self._find(item, builder.tagged(item)))
            last = item + 1 == index.size  # reported below, with the final ranking
            if progress and not last and (item in early or (item > max(early) and perf_counter() > due)):
                due = self._report((item + 1) / index.size, progress, stop)
            if slicer.rest():
                return
        marks.rank(stop)
        if progress and self.marks_known:
            progress(1.0)

    def _build_lexicon(self, progress: Report | None, stop: Callable[[], bool]) -> LexiconBuilder | None:
        """Build the lexicon from all texts; None if stopped before the end."""
        from rumor_tui.marks import LexiconBuilder

        builder, size, slicer = LexiconBuilder(self.lexicon.people), self.index.size, TimeSlicer(stop)
        for item in range(size):
            builder.add(self.body_of(item))
            if progress and slicer.report_due():
                self._share_of_marks = GATHERING_SHARE * (item + 1) / size
                progress(self._share_of_marks)
            if slicer.rest():
                return None
        lexicon = builder.lexicon()
        if lexicon != self.lexicon:
            with self._lock:
                self._lexicon = lexicon
            self.version += 1
        return builder

    def _report(self, share: float, progress: Report, stop: Callable[[], bool]) -> float:
        """Rank the marks so far and report; returns the time at which the next report is due."""
        began = perf_counter()
        if self.marks is not None:
            self.marks.rank(stop)
        self._share_of_marks = GATHERING_SHARE + (1 - GATHERING_SHARE) * share * 0.999
        progress(self._share_of_marks)  # 1.0 is reported once, at the end
        now = perf_counter()
        return now + max(_RANK_SECONDS, _RANK_SHARE * (now - began))

    def find_conversation(self, stop: Callable[[], bool] = never_stop) -> None:
        """Find the quotes and replies; best after `index.build`."""
        from rumor_tui.search.index.conversation import find_conversation, find_conversation_by_page

        slicer = TimeSlicer(stop)
        stopped = False

        def rest() -> bool:
            nonlocal stopped
            stopped = stopped or slicer.rest()
            return stopped

        if self.page is None:
            conversation = find_conversation(self.index, rest, MAX_TEXT)
        else:
            conversation = find_conversation_by_page(self.index, self.page, rest, MAX_TEXT)
        if not stopped and not stop():
            self.conversation = conversation
