"""The bodies of a view's items, parsed: short ones at once, long ones in a thread, their beginnings as text meanwhile.

A body is worked out by `effort` seconds, told beforehand; where its rows stand is worked out with it if it is long
(`late.py`). The thread never touches what is shown: a view is told that something came, and takes it when it is ready.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Final, NamedTuple

from rumor_tui.blocks import parse_body
from rumor_tui.blocks.effort import SHOWN, effort, is_plain, stretches
from rumor_tui.model import Block, Format, Span
from rumor_tui.reading.quotes import Said
from rumor_tui.reading.worker import quicken
from rumor_tui.ui.paint.blocks import ALL, Frame, Painted
from rumor_tui.ui.paint.body import paint_blocks
from rumor_tui.ui.paint.late import LongBody, add_body, is_long
from rumor_tui.ui.workers import start_worker

AT_ONCE: Final = 0.03
"""Seconds of work, told beforehand, that are done while the reader waits for the screen."""
KEPT: Final = 100
"""Bodies that are kept: more than a screen shows, so that moving the cursor parses nothing again."""
KEPT_WIDTHS: Final = 4
"""Widths, and other things that move rows, for which it is kept where the rows of a long body stand."""
BEGINNING: Final = 6_000
"""Characters of a body that are shown as they are while it is parsed."""
GLIMPSE: Final = 400
GLIMPSED: Final = 12
"""Characters of each of so many blocks that are shown while it is worked out where the rows of a long body stand."""
PLAIN_WORDS: Final = "… shown as plain text: working out how it is marked up would take too long"
WAITING_WORDS: Final = "… the rest is being read"

_TAG: Final = re.compile(r"<[^<>]*>?")
_PER_BLOCK: Final = 1e-5
_PER_LINE: Final = 3e-6
_PER_CHARACTER: Final[dict[bool, float]] = {True: 5e-8, False: 6e-7}
"""Seconds to find out where the rows of a text stand: of an ASCII one, and of another."""
_PER_TABLE_CHARACTER: Final = 4e-6


def body_blocks(body: str, format: Format, repair: bool) -> list[Block]:
    """The blocks of a body, of which only the first SHOWN characters are parsed; a last one tells what is missing."""
    shown = body if len(body) <= SHOWN else next(stretches(body))
    blocks = parse_body(shown, format, repair)
    if is_plain(shown, format):
        blocks.append(Block("paragraph", PLAIN_WORDS))
    if len(body) > len(shown):
        rest = f"… {len(body) - len(shown):,} more characters, which only a copy or an export holds"
        blocks.append(Block("paragraph", rest))
    return blocks


def _beginning(body: str, format: Format, repair: bool) -> list[Block]:
    """How a body begins, without what it is marked up with as far as that is told at a glance."""
    start = body[:BEGINNING]
    if format == "html":
        from html import unescape

        start = unescape(_TAG.sub(" ", start))
    return [*parse_body(start, "plain", repair), Block("paragraph", WAITING_WORDS)]


def _glimpse(blocks: Sequence[Block]) -> list[Block]:
    """How blocks begin, as paragraphs: for a moment, while it is worked out where their rows stand."""
    texts = (block.text[:GLIMPSE].replace("\t", "  ") for block in blocks[:GLIMPSED])
    return [Block("paragraph", text) for text in texts if text] + [Block("paragraph", WAITING_WORDS)]


@dataclass
class Body:
    """The blocks of one body: of all that is shown of it, or only how it begins while the rest is parsed (`waits`)."""

    blocks: Sequence[Block]
    waits: bool = False
    long: bool = False
    """Whether it is painted as it is looked at."""
    layouts: dict[Hashable, LongBody] = field(default_factory=dict)
    """Where its rows stand in each frame, if it is long."""

    @cached_property
    def layout_effort(self) -> float:
        """Seconds that it takes, about, to find out where the rows stand."""
        return sum(
            _PER_BLOCK + len(b.text) * (_PER_TABLE_CHARACTER if b.kind == "table" else _PER_CHARACTER[b.text.isascii()])
            for b in self.blocks
        )


class Written(NamedTuple):
    """A body as it came."""

    body: str
    format: Format
    repair: bool


class Placing(NamedTuple):
    """Where a body is painted: the frame, where its text starts in the item's, what of it repeats something, and which
    of its blocks."""

    frame: Frame
    offset: int = 0
    said: Sequence[Said] = ()
    part: slice = ALL

    @property
    def name(self) -> Hashable:
        """All that decides where the rows stand."""
        frame, part = self.frame, self.part
        return frame.width, frame.before_cells, self.offset, tuple(self.said), part.start, part.stop

    def lay_out(self, body: Body) -> LongBody:
        """Where the rows of a body stand."""
        return LongBody(body.blocks[self.part], self.frame, self.offset, self.said)


Key = int
_Put = Callable[[], None]


class Bodies:
    """Keeps the parsed bodies of the items of one view.

    Until `listen` is called everything is done at once, however long it takes.
    """

    def __init__(self) -> None:
        self._bodies: dict[Key, Body] = {}
        self._news: Callable[[], None] | None = None
        self._lock = Lock()
        self._tasks: list[tuple[Key, Hashable, Callable[[], _Put]]] = []
        self._asked: set[Hashable] = set()
        self._arrived: list[tuple[Key, Hashable, _Put | None]] = []
        self._versions: dict[Key, int] = {}
        self._working = False

    def listen(self, news: Callable[[], None]) -> None:
        """Have `news` called, in a thread, when something has come that `take` will take over."""
        self._news = news

    def forget(self) -> None:
        """The items are other ones from now on."""
        with self._lock:
            self._bodies, self._versions = {}, {}
            self._asked, self._tasks, self._arrived = set(), [], []

    def version(self, key: Key) -> int:
        """Changes when more is known of a body."""
        return self._versions.get(key, 0)

    def waits(self, key: Key) -> bool:
        """Whether only the beginning of a body is shown, as the rest is not parsed yet."""
        found = self._bodies.get(key)
        return found is not None and found.waits

    @property
    def waiting(self) -> bool:
        """Whether there is something to take over."""
        return bool(self._arrived)

    def take(self) -> None:
        """Take over what has come."""
        with self._lock:
            arrived, self._arrived = self._arrived, []
        for key, name, put in arrived:
            self._asked.discard(name)
            self._versions[key] = self._versions.get(key, 0) + 1
            if put is not None:
                put()

    def get(self, key: Key, written: Written, placing: Placing) -> Body:
        """The blocks of a body, `key` being its item, which will be painted there."""
        found = self._bodies.get(key)
        if found is None:
            if len(self._bodies) >= KEPT:
                self._bodies.clear()
            if self._news is None or effort(written.body[:SHOWN], written.format) <= AT_ONCE:
                found = _parsed(*written)
            else:
                found = Body(_beginning(*written), waits=True)
                bodies = self._bodies

                def work() -> _Put:
                    parsed = _parsed(*written)
                    if parsed.long:
                        parsed.layouts[placing.name] = placing.lay_out(parsed)
                    return lambda: bodies.__setitem__(key, parsed)

                self._ask(key, key, work)
            self._bodies[key] = found
        return found

    def paint(self, key: Key, body: Body, placing: Placing, spans: Sequence[Span], into: Painted) -> None:
        """Append the rows of a body, or of some of its blocks, as `body.paint_blocks` does."""
        frame, offset, said, part = placing
        if body.waits:
            paint_blocks(body.blocks, frame, (), offset, into)
        elif not body.long:
            paint_blocks(body.blocks[part], frame, spans, offset, into, said=said)
        elif (layout := self._layout(key, body, placing)) is not None:
            add_body(into, layout, frame, spans)
        else:
            paint_blocks(_glimpse(body.blocks[part]), frame, (), offset, into)

    def _layout(self, key: Key, body: Body, placing: Placing) -> LongBody | None:
        """Where the rows of a long body stand; None while that is being worked out."""
        name = placing.name
        found = body.layouts.get(name)
        if found is None:

            def work() -> _Put:
                made = placing.lay_out(body)
                return lambda: body.layouts.__setitem__(name, made)

            if len(body.layouts) >= KEPT_WIDTHS:
                body.layouts.clear()
            if self._news is None or body.layout_effort <= AT_ONCE:
                found = body.layouts[name] = placing.lay_out(body)
            else:
                self._ask(key, (key, name), work)
        return found

    def _ask(self, key: Key, name: Hashable, work: Callable[[], _Put]) -> None:
        """Have something done in the thread, before what it was asked for earlier."""
        with self._lock:
            if name in self._asked:
                return
            self._asked.add(name)
            self._tasks.append((key, name, work))
            begin, self._working = not self._working, True
        if begin:
            quicken()
            start_worker(self._work, "reading bodies")

    def _work(self) -> None:
        while (task := self._next_task()) is not None:
            key, name, work = task
            try:
                put = work()
            except Exception:  # then what is shown of it stays as it is
                put = None
            with self._lock:
                if name not in self._asked:  # the items are other ones by now
                    continue
                self._arrived.append((key, name, put))
                news = self._news
            if news is not None:
                news()

    def _next_task(self) -> tuple[Key, Hashable, Callable[[], _Put]] | None:
        with self._lock:
            self._working = bool(self._tasks)
            return self._tasks.pop() if self._tasks else None


def _parsed(body: str, format: Format, repair: bool) -> Body:
    blocks = body_blocks(body, format, repair)
    return Body(blocks, long=is_long(blocks))
