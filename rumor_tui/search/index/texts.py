"""The searchable text of a thread, item by item.

An *item* is a unit of searchable text: item 0 is the article's title, the next ones are the article's pieces, then each
comment is one item. Items are in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import islice
from time import thread_time
from typing import Final

from rumor_tui.blocks.effort import effort
from rumor_tui.labels import display_title
from rumor_tui.model import Format, Thread
from rumor_tui.search import cooperative as pacing
from rumor_tui.search.cooperative import TimeSlicer, never_stop
from rumor_tui.text import fold, neutralise_line

_RECENT: Final = 32
"""Items cached while the index is not built: about a screenful, so that hostile bodies of 1 MB stay bearable."""

_AT_ONCE: Final = 0.02
"""Seconds for which the screen waits for a text, as told beforehand."""

_PIECES_AT_ONCE: Final = 500
"""Pieces of an article of which that may be."""

_JUDGED: Final = 4_096
"""Items for which it is kept whether that is so."""

MAX_BATCH: Final = 256
"""The most comments whose texts are made in one batch."""


class TextIndex:
    """The plain and the folded text of every item of a thread.

    `plain` and `folded` grow in item order while `build` runs in a worker. `fold` keeps lengths, so that an offset
    means the same in both; if folding changes nothing, both have the same object. The texts are not joined, so that one
    emoji does not make the whole four bytes per character. Until an item is built, `item_text` computes it: everything
    works at once, only slower.

    `before` is the index of an earlier state of the same thread: texts that are still the same are copied from there,
    which is ten times as fast.
    """

    def __init__(self, thread: Thread, before: TextIndex | None = None) -> None:
        self.thread = thread
        self.first_comment = 1 + len(thread.article.pieces)
        """The item of comment row 0, and so the number of the article's items."""
        self.size = self.first_comment + len(thread)
        """The number of items."""
        self.plain: list[str] = []
        self.folded: list[str] = []
        self._recent = lru_cache(_RECENT)(partial(_compose, thread))  # not of a method: that would be a reference cycle
        self._quick: dict[int, bool] = {}
        self._quick_article: bool | None = None
        self._shown_author = lru_cache(4096)(_shown_author)
        self._in_names: tuple[str, Callable[[str | None], int]] | None = None
        self._before: TextIndex | None = before if before is None or before.folded else before._before

    @property
    def ready(self) -> bool:
        """Whether every item is built."""
        return len(self.folded) == self.size

    def row_of(self, item: int) -> int | None:
        """The comment row of an item; None for the title and the article's pieces."""
        return item - self.first_comment if item >= self.first_comment else None

    def author(self, row: int) -> str:
        """The author of a comment row as the index has it: neutral, on one line, "" if unsigned."""
        return _author(self.thread, row)

    def header(self, item: int) -> int:
        """The length of the author's name, with which a comment's item begins; 0 in the article.

        The body's own text starts one character later, after a newline: see `body_start`.
        """
        row = self.row_of(item)
        return 0 if row is None else len(self.author(row))

    def body_start(self, item: int) -> int:
        """The offset in the item's text at which `blocks.body_text(body)` begins."""
        return self.header(item) + 1 if item >= self.first_comment else 0

    def item_text(self, item: int) -> str:
        """The item's text, neutral and (in a thread that wants it) mended. Raises IndexError outside the thread."""
        if not 0 <= item < self.size:
            raise IndexError(item)
        return self.plain[item] if item < len(self.plain) else self._recent(item)

    def at_hand(self, item: int) -> bool:
        """Whether `item_text` is quick, as the text is built, or short: the screen does not wait for another one."""
        if item < len(self.plain):
            return True
        known = self._quick.get(item)
        if known is None:
            if len(self._quick) >= _JUDGED:
                self._quick.clear()
            known = self._quick[item] = effort(*_written(self.thread, item)) <= _AT_ONCE
        return known

    def article_at_hand(self) -> bool:
        """Whether that is so of the whole article."""
        if len(self.plain) >= self.first_comment:
            return True
        if self._quick_article is None:
            article = self.thread.article
            texts = ((piece, article.format) for piece in islice(article.pieces, _PIECES_AT_ONCE))
            few = len(article.pieces) <= _PIECES_AT_ONCE
            self._quick_article = few and sum(effort(*text) for text in texts) <= _AT_ONCE
        return self._quick_article

    def build(self, steps: Callable[[float], None] | None = None, stop: Callable[[], bool] = never_stop) -> None:
        """Fill `plain` and `folded`, in a worker thread: one builder at a time.

        `steps` is called in that thread about every 50 ms with the share that is done (0 to 1), and once at the
        end; `stop` is called about every 2 ms. A build that was stopped can be resumed.
        """
        slicer, batch = TimeSlicer(stop), 1
        known = _Known(self.thread, self._before) if self._before is not None else None
        while (item := len(self.folded)) < self.size:
            since = thread_time()
            if known is not None or item < self.first_comment:
                self._append(item, known.item_of(item) if known is not None else -1)
            else:
                self._append_comments(item - self.first_comment, batch)
                # A batch is a slice of work: the more comments in it the better, but a body may be 1 MB long.
                batch = min(2 * batch, MAX_BATCH) if thread_time() - since < pacing.SLICE / 4 else max(batch // 2, 1)
            if slicer.rest():
                return
            if steps and slicer.report_due():
                steps(len(self.folded) / self.size)
        self._recent.cache_clear()
        self._before = None
        if steps:
            steps(1.0)

    def texts(self, items: Sequence[int]) -> list[str]:
        """The texts of some items, two to three times as fast as `item_text` for a hundred of them."""
        from rumor_tui.blocks import body_texts

        if not items or items[0] < self.first_comment:
            return list(map(self.item_text, items))
        thread, rows = self.thread, [item - self.first_comment for item in items]
        bodies = body_texts([thread.bodies[row] for row in rows], thread.format, thread.repair)
        return [f"{self.author(row)}\n{body}" for row, body in zip(rows, bodies, strict=True)]

    @property
    def counts_early(self) -> bool:
        """Whether `word_counts` is much faster than `build`."""
        return self.thread.format in ("html", "plain") and not self.thread.repair

    def word_counts(self, items: range, word: str) -> list[int]:
        """How often a word of lower-case ASCII letters and digits occurs in each folded text, even if it is not built.

        It takes a quarter of the time of building the texts.
        """
        from rumor_tui.blocks import body_texts, word_counts

        built = min(max(len(self.folded), self.first_comment), items.stop)
        known = [fold(self.item_text(item)).count(word) for item in range(items.start, built)]
        start, stop = max(items.start, built) - self.first_comment, items.stop - self.first_comment
        if start >= stop:
            return known
        thread, bodies = self.thread, list(self.thread.bodies[start:stop])
        counts = word_counts(bodies, thread.format, word)
        rest = [row for row, count in enumerate(counts) if count is None]
        texts = body_texts([bodies[row] for row in rest], thread.format, thread.repair)
        for row, text in zip(rest, texts, strict=True):
            counts[row] = fold(text).count(word)
        by_author = self._counts_by_author(word)
        both = zip(map(by_author, thread.people[start:stop]), counts, strict=True)
        return [*known, *(in_name + (in_body or 0) for in_name, in_body in both)]

    def _counts_by_author(self, word: str) -> Callable[[str | None], int]:
        """A function that counts a word in an author's name; cached for the next batch."""
        if self._in_names is None or self._in_names[0] != word:
            shown = self._shown_author
            self._in_names = word, lru_cache(4096)(lambda author: fold(shown(author)).count(word))
        return self._in_names[1]

    def _append(self, item: int, known: int) -> None:
        """Add the text of the next item; `known` is the item with the same text in the earlier state, or -1."""
        if known >= 0 and self._before is not None:
            self.plain.append(self._before.plain[known])
            self.folded.append(self._before.folded[known])
            return
        text = _compose(self.thread, item)
        folded = fold(text)
        self.plain.append(text)
        self.folded.append(text if folded == text else folded)

    def copy_texts(self, other: TextIndex, rows: Sequence[int]) -> None:
        """Copy all texts from the index of the same thread in another order, where row i is at `rows[i]`."""
        first = self.first_comment
        for texts, source in ((self.plain, other.plain), (self.folded, other.folded)):
            texts += source[:first]
            texts += [source[first + row] for row in rows]

    def _append_comments(self, start: int, count: int) -> None:
        """Add the texts of some comments from row `start` on."""
        from rumor_tui.blocks import body_texts

        thread, stop = self.thread, start + count
        bodies = body_texts(list(thread.bodies[start:stop]), thread.format, thread.repair)
        authors = [self._shown_author(author) for author in thread.people[start:stop]]
        texts = [f"{author}\n{body}" for author, body in zip(authors, bodies, strict=True)]
        self.plain += texts
        self.folded += [
            text if text == folded else folded for text, folded in zip(texts, map(fold, texts), strict=True)
        ]


class _Known:
    """Finds the comments of a thread in an earlier state of it: with the same author and body, by their ids or by
    row."""

    def __init__(self, thread: Thread, before: TextIndex) -> None:
        self._thread, self._before = thread, before
        old = before.thread
        self._first, self._old_first = 1 + len(thread.article.pieces), before.first_comment
        self._rows = {id: row for row, id in enumerate(old.ids) if id is not None}
        self._alike = (thread.format, thread.repair) == (old.format, old.repair)

    def item_of(self, item: int) -> int:
        """The item of the earlier state with the same text; -1 if there is none."""
        row, old = item - self._first, self._before.thread
        if row < 0 or not self._alike:
            return -1
        id = self._thread.ids[row]
        known = row if id is None and row < len(old) else self._rows.get(id or "", -1)
        if known < 0 or self._old_first + known >= len(self._before.folded):
            return -1
        same = self._thread.people[row] == old.people[known] and self._thread.bodies[row] == old.bodies[known]
        return self._old_first + known if same else -1


def _author(thread: Thread, row: int) -> str:
    return _shown_author(thread.people[row])


def _shown_author(author: str | None) -> str:
    return neutralise_line(author or "")


def _compose(thread: Thread, item: int) -> str:
    """The text of an item."""
    row = item - 1 - len(thread.article.pieces)
    if row < 0:
        return _article_text(thread, item)
    from rumor_tui.blocks import body_text

    return f"{_author(thread, row)}\n{body_text(thread.bodies[row], thread.format, thread.repair)}"


def _written(thread: Thread, item: int) -> tuple[str, Format]:
    """What the text of an item is made of."""
    first = 1 + len(thread.article.pieces)
    if item >= first:
        return thread.bodies[item - first], thread.format
    return (thread.article.pieces[item - 1], thread.article.format) if item else ("", "plain")


def _article_text(thread: Thread, item: int) -> str:
    if item == 0:
        return display_title(thread)
    from rumor_tui.blocks import body_text

    article = thread.article
    return body_text(article.pieces[item - 1], article.format, thread.repair)
