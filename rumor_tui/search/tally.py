"""Counts of the numbers and names of a whole thread, the most telling ones first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from math import log
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Final

from rumor_tui.model import Thread
from rumor_tui.search.index import TextIndex
from rumor_tui.search.pace import Pace, never
from rumor_tui.text import fold, neutralise_line

if TYPE_CHECKING:
    from rumor_tui.marks.base import Kind, Mark

MAX_ENTRIES: Final = 50_000
"""The most values held. Beyond it the rarest go, down to half: 100,000 comments hold about that many values that
occur twice, and a value takes up to 0.8 kB."""

MAX_LABEL: Final = 80
"""The longest surface form in characters; what is longer is no number or name that anyone would look for."""

MAX_TEXT: Final = 200_000
"""Characters of one text that are counted: a body that is longer is no comment but a file, and would take seconds."""

_MAX_FORMS: Final = 8
"""Surface forms told apart for one value; the label is the most frequent of these."""

_FIRST_ITEMS: Final = 40
"""Items after the article that are told of at once: about what the first screen shows."""

_RANK_SECONDS: Final = 0.25
_RANK_SHARE: Final = 8
"""A report waits until this many times as long has passed as the last one took, and at least `_RANK_SECONDS`."""

WEIGHTS: Final = {
    "money": 3.0, "quantity": 3.0, "percent": 2.5, "range": 2.5, "product": 2.4, "acronym": 2.2, "name": 2.2,
    "person": 1.5, "date": 1.2, "time": 1.2, "timecode": 1.2, "number": 1.0, "ordinal": 0.5, "year": 0.5,
}  # fmt: skip
"""How telling a mark of each type is; see `score`."""

_SMALL: Final = re.compile(r"(?:[0-9]|1[0-2])(?:st|nd|rd|th)?")
_TINY: Final = re.compile(r"[0-2] ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A number or name of the thread: what a reader counts together.

    `value` is the mark's, `label` how it is mostly written, `count` how often it occurs in the article and in the
    comments' bodies, `in_article` how many of these are in the article.
    """

    kind: Kind
    type: str
    value: str
    label: str
    count: int
    in_article: int


def score(entry: Entry) -> float:
    """How telling an entry is: the weight of its type, times its damped frequency, times corrections.

    - The frequency counts as 1 + ln(count), so that the twelfth mention adds less than the second.
    - What stands in both the article and the comments counts half as much again: it is what is talked about.
    - Numbers up to 12 without a unit count a fifth, quantities up to 2 ("two things") a half.
    - What occurs once counts half, unless it is in the article; names a quarter, for most of those are chance.
    """
    points = WEIGHTS.get(entry.type, 1.0) * (1 + log(entry.count))
    if 0 < entry.in_article < entry.count:
        points *= 1.5
    if entry.kind == "number" and _SMALL.fullmatch(entry.value):
        points *= 0.2
    elif entry.type == "quantity" and _TINY.match(entry.value):
        points *= 0.5
    if entry.count == 1 and not entry.in_article:
        points *= 0.25 if entry.kind == "name" else 0.5
    return points


class _Held:
    """What is held of one value: its counts, and the surface forms with their types."""

    __slots__ = ("count", "forms", "in_article")

    def __init__(self) -> None:
        self.count = 0
        self.in_article = 0
        self.forms: dict[tuple[str, str], int] = {}

    def add(self, form: tuple[str, str]) -> None:
        if form in self.forms or len(self.forms) < _MAX_FORMS:
            self.forms[form] = self.forms.get(form, 0) + 1

    def entry(self, kind: Kind, value: str) -> Entry:
        type, label = max(self.forms, key=self.forms.__getitem__)
        return Entry(kind, type, value, label, self.count, self.in_article)


class Tally:
    """Counts marks by value, while others look at the result.

    `add` and `rank` belong to one worker, `narrow` to any thread: it answers from the last ranking and never
    waits long. `first_comment` is the index's, which tells the article's items from the comments'.
    """

    def __init__(self, first_comment: int = 0) -> None:
        self.first_comment = first_comment
        self.exact = True
        """False once rare values were dropped: what came again after that is counted too low."""
        self._held: dict[tuple[Kind, str], _Held] = {}
        self._ranked: list[tuple[str, Entry]] = []  # best first, each behind its folded label and value
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def add(self, item: int, text: str, marks: Iterable[Mark]) -> None:
        """Count the marks of a text that belongs to an item."""
        article = item < self.first_comment
        with self._lock:
            for mark in marks:
                if mark.end - mark.start <= MAX_LABEL:
                    form = mark.type, text[mark.start : mark.end]
                    self._add((mark.kind, mark.value), form, article)
            self._prune()

    def _add(self, key: tuple[Kind, str], form: tuple[str, str], in_article: bool) -> None:
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held()
        held.count += 1
        held.in_article += in_article
        held.add(form)

    def _prune(self) -> None:
        """Drop the rarest values when there are too many, first those outside the article."""
        if len(self._held) <= MAX_ENTRIES:
            return
        self.exact = False
        rarest = sorted(self._held, key=lambda key: (self._held[key].in_article > 0, self._held[key].count))
        for key in islice(rarest, len(rarest) - MAX_ENTRIES // 2):
            del self._held[key]

    def rank(self) -> None:
        """Put what is counted so far in order, for `narrow`. About 2 µs a value: run it in the worker."""
        with self._lock:
            entries = [held.entry(kind, value) for (kind, value), held in self._held.items()]
        entries.sort(key=score, reverse=True)
        self._ranked = [(f"{fold(entry.label)}\n{fold(entry.value)}", entry) for entry in entries]

    def narrow(self, text: str, limit: int = 200) -> list[Entry]:
        """The most telling entries, best first, whose label or value holds `text` as search compares text."""
        if not self._ranked and self._held:
            self.rank()
        wanted = fold(text)
        return list(islice((entry for names, entry in self._ranked if wanted in names), limit))


def people_of(thread: Thread) -> frozenset[str]:
    """The distinct authors of a thread's comments, neutral and on one line."""
    return frozenset(neutralise_line(author) for author in set(thread.authors) if author) - {""}


def tally_thread(
    index: TextIndex,
    people: frozenset[str] = frozenset(),
    progress: Callable[[Tally, float], None] | None = None,
    stop: Callable[[], bool] = never,
) -> Tally:
    """Count the marks of the article, then of the comments' bodies (authors' own headers are left out).

    Run it in a worker, best after `index.build`. `progress` is called there with the ranked tally so far and the
    share that is done (0 to 1): after the article, after the first screen of comments, then ever more rarely
    (so that ranking takes about a tenth of the time), and at the end. When stopped, the tally is what it is by then.
    """
    from rumor_tui.marks import Evidence, find

    evidence = Evidence(people)
    tally, pace = Tally(index.first_comment), Pace(stop)
    early = {index.first_comment - 1, min(index.first_comment + _FIRST_ITEMS, index.size) - 1}
    due = 0.0
    for item in range(index.size):
        text = index.item_text(item)[index.body_start(item) :]
        tally.add(item, text, find(text[:MAX_TEXT], evidence))
        if item in early or (item > max(early) and perf_counter() > due):
            due = _report(tally, progress, (item + 1) / index.size)
        if pace.rest():
            break
    tally.rank()
    if progress and not stop():
        progress(tally, 1.0)
    return tally


def _report(tally: Tally, progress: Callable[[Tally, float], None] | None, share: float) -> float:
    """Rank and report; the time from which on the next report is due."""
    began = perf_counter()
    tally.rank()
    if progress:
        progress(tally, share)
    now = perf_counter()
    return now + max(_RANK_SECONDS, _RANK_SHARE * (now - began))
