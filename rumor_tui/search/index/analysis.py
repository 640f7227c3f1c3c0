"""What is known of a thread: its texts, its numbers and names, its quotes and answers. It grows in the background."""

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
"""Characters of one text in which marks are looked for: a body that is longer is no comment but a file."""

MAX_LABEL: Final = 80
"""The longest mark in characters; what is longer is no number or name that anyone would look for."""

CACHED_ITEMS: Final = 400
"""Items whose marks are kept once they were asked for: a few screens."""

FIRST_ITEMS: Final = 40
"""Items after the article that are told of at once: about what the first screen shows."""

GATHERING_SHARE: Final = 0.4
"""The share of the work on marks that goes into the evidence."""

_RANK_SECONDS: Final = 0.25
_RANK_SHARE: Final = 8
"""A report waits until this many times as long has passed as the last one took, and at least `_RANK_SECONDS`."""

BUILD_SHARE: Final = 0.05
"""The texts' share of all the work, for telling how far it is; quotes and answers are left aside."""

Report = Callable[[float], None]
"""Is told the share that is done, 0 to 1."""

Step = Literal["texts", "talk", "marks"]
"""A part of what is found out about a thread: its texts, its quotes and answers, its numbers and names."""


class Progress(NamedTuple):
    """How far the analysis of a thread is: the one place that says what is `done`.

    It is worked out from what is there each time it is asked for, so that no two answers disagree. `share` is from 0 to
    1, and 1 exactly when texts and marks are done; `version` grows whenever marks that were there may be other ones.
    """

    done: frozenset[Step]
    share: float
    version: int


class ThreadAnalysis:
    """One thread's texts and what was found out about them so far.

    Until `marks` and `talk` are there, `marks_of` looks at single items when asked, so that the screen is never behind.
    `before` is what was known of an earlier state of the thread: what it says of names holds until there is better.
    `page` is given where the comments do not stand in the order of their page.
    """

    def __init__(self, thread: Thread, before: ThreadAnalysis | None = None, page: PageOrder | None = None) -> None:
        self.thread = thread
        self.page = page
        self.index: TextIndex = TextIndex(thread, before.index if before is not None else None)
        self.marks: MarkIndex | None = None
        """The marks of the items so far, with what the whole thread says of them; complete when `marks_known`."""
        self.talk: Conversation | None = None
        """Quotes and answers, once they are found."""
        self.version = 0
        """Grows when the marks of items that were looked at before may be other ones now."""
        self._share_of_marks = 0.0
        self._evidence: ThreadLexicon | None = None
        self._lock = Lock()
        self._earlier = before._evidence if before is not None else None
        self._held: dict[int, tuple[int, list[Mark] | None]] = {}
        self._people: frozenset[str] | None = None
        self._participants: list[Participant] | None = None
        self._names: list[tuple[str, str, int]] | None = None

    @property
    def people(self) -> frozenset[str]:
        """Who takes part; about 20 ms for 100,000 comments, once."""
        if self._people is None:
            self._people = author_names(self.thread)
        return self._people

    @property
    def people_count(self) -> int:
        """How many people take part, where that was found out; else 0."""
        return len(self._people) if self._people is not None else 0

    @property
    def progress(self) -> Progress:
        """What is known by now."""
        marks, size = self.marks, self.index.size
        known: dict[Step, bool] = {
            "texts": self.index.ready,
            "talk": self.talk is not None,
            "marks": marks is not None and marks.ranked_items == size,
        }
        built = BUILD_SHARE * len(self.index.folded) / size
        share = 1.0 if known["marks"] else built + (0.999 - BUILD_SHARE) * self._share_of_marks
        return Progress(frozenset(step for step, is_known in known.items() if is_known), share, self.version)

    @property
    def marks_known(self) -> bool:
        """Whether the marks of all items are there, in their final order."""
        return "marks" in self.progress.done

    @property
    def evidence(self) -> ThreadLexicon:
        """What the thread says of its names, as far as gathered: at first only who takes part."""
        found = self._evidence
        if found is None:
            from rumor_tui.marks import EMPTY_LEXICON

            first = replace(self._earlier or EMPTY_LEXICON, people=self.people)
            with self._lock:  # what was gathered meanwhile must stay
                if self._evidence is None:
                    self._evidence = first
                found = self._evidence
        return found

    def body_of(self, item: int) -> str:
        """What is looked at of an item: its text without the author's header, the first `MAX_TEXT` characters."""
        start = self.index.body_start(item)
        return self.index.item_text(item)[start : start + MAX_TEXT]

    # Single items

    def marks_of(self, item: int) -> list[Mark]:
        """The numbers and names of an item, with offsets in its whole text; the author's header has none.

        The list is kept for the next time, and nobody's to change.
        """
        version, found = self.version, self.held(item)
        if found is None:
            found = self._find(item)
            self._keep(item, version, found)
        return found

    def held(self, item: int) -> list[Mark] | None:
        """What `marks_of` has at hand; None where it would have to look."""
        version, found = self._held.get(item, (-1, None))
        if version == self.version:
            return found
        version, marks = self.version, self.marks
        if marks is None or not marks.exact or item >= marks.items:
            return None
        found = marks.marks_in(item)
        self._keep(item, version, found)
        return found

    def _keep(self, item: int, version: int, marks: list[Mark]) -> None:
        if len(self._held) >= CACHED_ITEMS:
            self._held = {}
        self._held[item] = version, marks

    def participants(self) -> list[Participant]:
        """Everybody who signs a comment, whoever says most first; about 0.1 s for 100,000 comments, once."""
        if self._participants is None:
            self._participants = list_participants(self.thread)
        return self._participants

    def names(self) -> list[tuple[str, str, int]]:
        """The participants' names, the same as names are compared, and how much each says; made once."""
        if self._names is None:
            self._names = [(one.name, fold(one.name), len(one.rows)) for one in self.participants()]
        return self._names

    def _find(self, item: int, tagged: Sequence[Sequence[TaggedName] | None] | None = None) -> list[Mark]:
        from rumor_tui.marks import find_marks

        start, found = self.index.body_start(item), find_marks(self.body_of(item), self.evidence, tagged)
        if any(mark.end - mark.start > MAX_LABEL for mark in found):
            found = [mark for mark in found if mark.end - mark.start <= MAX_LABEL]
        return [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found] if start else found

    # The whole thread, in a worker

    def find_marks(self, progress: Report | None = None, stop: Callable[[], bool] = never_stop) -> None:
        """Gather the evidence, then find all marks, best after `index.build`.

        `progress` is called after the article and after the first screen of comments, then ever more rarely (so that
        ranking takes about a tenth of the time), and at the end; each time the marks so far are ranked. While the
        evidence is gathered it is called too, with no marks yet.
        """
        from rumor_tui.search.index.mark_index import MarkIndex

        gathering = self._gather(progress, stop)
        if gathering is None:
            return
        index, pace = self.index, TimeSlicer(stop)
        self.marks = marks = MarkIndex(index.first_comment)
        early = {index.first_comment - 1, min(index.first_comment + FIRST_ITEMS, index.size) - 1}
        due = 0.0
        for item in range(index.size):
            marks.add(index.item_text(item), self._find(item, gathering.tagged(item)))
            last = item + 1 == index.size  # which is told of below, as all of them
            if progress and not last and (item in early or (item > max(early) and perf_counter() > due)):
                due = self._report((item + 1) / index.size, progress, stop)
            if pace.rest():
                return
        marks.rank(stop)
        if progress and self.marks_known:
            progress(1.0)

    def _gather(self, progress: Report | None, stop: Callable[[], bool]) -> LexiconBuilder | None:
        """Walk through all texts for the evidence; None where that was not done to the end."""
        from rumor_tui.marks import LexiconBuilder

        gathering, size, pace = LexiconBuilder(self.evidence.people), self.index.size, TimeSlicer(stop)
        for item in range(size):
            gathering.add(self.body_of(item))
            if progress and pace.report_due():
                self._share_of_marks = GATHERING_SHARE * (item + 1) / size
                progress(self._share_of_marks)
            if pace.rest():
                return None
        evidence = gathering.evidence()
        if evidence != self.evidence:
            with self._lock:
                self._evidence = evidence
            self.version += 1
        return gathering

    def _report(self, share: float, progress: Report, stop: Callable[[], bool]) -> float:
        """Rank the marks so far and tell of them; the time from which on the next report is due."""
        began = perf_counter()
        if self.marks is not None:
            self.marks.rank(stop)
        self._share_of_marks = GATHERING_SHARE + (1 - GATHERING_SHARE) * share * 0.999
        progress(self._share_of_marks)  # the whole is told of once, at the end
        now = perf_counter()
        return now + max(_RANK_SECONDS, _RANK_SHARE * (now - began))

    def find_talk(self, stop: Callable[[], bool] = never_stop) -> None:
        """Find the quotes and answers, best after `index.build`."""
        from rumor_tui.search.index.conversation import find_conversation, find_talk_by_page

        pace = TimeSlicer(stop)
        stopped = False

        def rest() -> bool:
            nonlocal stopped
            stopped = stopped or pace.rest()
            return stopped

        if self.page is None:
            talk = find_conversation(self.index, rest, MAX_TEXT)
        else:
            talk = find_talk_by_page(self.index, self.page, rest, MAX_TEXT)
        if not stopped and not stop():
            self.talk = talk
