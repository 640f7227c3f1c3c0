"""What the parts of a session share: the state that is painted, and the primitives that they act through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rumor_tui.model import Thread
from rumor_tui.outline import Outline
from rumor_tui.reading.effects import Effects, Request, Scroll, Target
from rumor_tui.reading.missing_replies import MissingReplies
from rumor_tui.reading.position import NoViewport, Replacement, Viewport
from rumor_tui.reading.quotes import Passage
from rumor_tui.text import neutralise_line

Peek = Literal["answers", "quotes", "repeats", "edit"]
"""What is shown in place: the comments that one answers, the passages that it quotes, the comments that repeat it,
or how its text was changed."""


@dataclass(slots=True)
class ReadingState:
    """Shared by the session, which changes it, and the items of the panes, which paint by it.

    `row` is the comment under the cursor and `in_article` says which pane has the keys. `numbers` are the comments'
    rows in page order where they stand in another order here, and `replies_to` their parents where they are shown flat.
    """

    row: int = 0
    in_article: bool = False
    peek: int = -1
    """The comment in which something is shown in place, or -1; `peek_at` says what."""
    peek_at: Peek = "answers"
    article_peek: tuple[int, Passage] | None = None
    """The article's item with the passage of which it is shown who repeats it, and that passage."""
    muted: frozenset[str] = frozenset()
    opened: set[int] = field(default_factory=set)
    """Comments of muted authors that were opened one by one."""
    lens: str = ""
    """The author whose comments are accented."""
    step: int = 2
    """Cells of indentation per level."""
    absolute_dates: bool = False
    numbers: Sequence[int] | None = None
    replies_to: Sequence[int] | None = None
    reads_link: bool = False
    """Whether the page that the post links to is being read."""
    link_words: str = ""
    """What is said of the linked page while it is not there: that it is being read, or which key has it read."""

    def remap(self, replacement: Replacement) -> None:
        """Keep the cursor; what was opened in place belonged to the old state."""
        self.row = replacement.nearest(self.row)
        self.peek, self.article_peek = -1, None
        self.opened.clear()
        self.numbers, self.replies_to = replacement.numbers, replacement.replies_to

    def ordinal(self, row: int) -> int:
        """The comment's position in page order, from 1."""
        return (self.numbers[row] if self.numbers is not None else row) + 1

    def is_muted(self, row: int, thread: Thread) -> bool:
        """Whether a comment is shown as one line because its author is muted."""
        return bool(self.muted) and row not in self.opened and author_of(thread, row) in self.muted


def author_of(thread: Thread, row: int) -> str:
    """A comment's author as shown, told apart from those of the same name on other sites; "" where nobody signed."""
    return neutralise_line(thread.people[row] or "")


Command = Callable[[int], None]
"""What an action name stands for; the argument is 0 where the action has none."""
Commands = Mapping[str, Command]
NO_COMMENTS = "There are no comments."


class ReadingContext:
    """The primitives that commands are made of. Whoever runs commands sets `effects` before and reads it afterwards.

    `key_of` gives the first key of a binding by its id, for sentences that name one; "" where it has none. `load_key`
    is the one that loads missing replies; "" where there is nobody who could be asked for them.
    """

    def __init__(self, thread: Thread, key_of: Callable[[str], str] = lambda id: "", load_key: str = "") -> None:
        self.thread = thread
        self.outline = Outline(thread.parent, thread.people)
        self.missing = MissingReplies(thread, load_key)
        self.state = ReadingState(in_article=not len(thread))
        self.effects = Effects()
        self.viewport: Viewport = NoViewport()
        self.key_of = key_of

    def remap(self, replacement: Replacement) -> None:
        """Read another state of the thread, of which nothing is folded yet, at the same place."""
        thread = self.thread = replacement.thread
        self.outline = Outline(thread.parent, thread.people)
        self.missing = MissingReplies(thread, self.missing.key)
        self.state.remap(replacement)

    @property
    def first_item(self) -> int:
        """The item of the first comment: before it stand the article's head and its pieces."""
        return len(self.thread.article.pieces) + 1

    @property
    def in_comments(self) -> bool:
        """Whether the comments have the keys and there is a comment under the cursor."""
        return not self.state.in_article and bool(len(self.thread))

    def author_of(self, row: int) -> str:
        """A comment's author as shown; "" where nobody signed."""
        return author_of(self.thread, row)

    def is_muted(self, row: int) -> bool:
        """Whether a comment is shown as one line because its author is muted."""
        return self.state.is_muted(row, self.thread)

    def item_here(self) -> tuple[int, int]:
        """Where the reader is: the item, and the offset in its text; in the article where there is no comment."""
        if self.state.in_article or not len(self.outline):
            return self.viewport.article_place()
        return self.first_item + self.state.row, 0

    # Effects

    def tell(self, message: str) -> None:
        """Say something in the status line."""
        self.effects.message = message

    def request(self, request: Request) -> None:
        """Have something done outside the session."""
        self.effects.requests.append(request)

    def scroll(self, scroll: Scroll) -> None:
        """Move the rows of the pane that has the keys."""
        self.effects.scroll = scroll

    def focus(self, *, in_article: bool) -> None:
        """Give a pane the keys if it has not got them."""
        if self.state.in_article != in_article:
            self.state.in_article = in_article
            self.effects.focus = True

    def focus_comments(self) -> None:
        """Give the comments the keys, where there are some."""
        if len(self.outline):
            self.focus(in_article=False)

    def go(self, row: int, otherwise: str = "") -> None:
        """Put the cursor on a visible comment and bring it into sight; -1 goes nowhere and says why not."""
        if not len(self.outline):
            self.tell(NO_COMMENTS)
        elif row < 0:
            self.tell(otherwise)
        else:
            self._put_cursor(row)
            self.effects.target = Target(False, row)

    def reach(self, row: int, offset: int) -> None:
        """Put the cursor on a visible comment and bring an offset of its text into sight."""
        self._put_cursor(row)
        self.effects.target = Target(False, row, offset)

    def reach_in_article(self, item: int, offset: int) -> None:
        """Bring an offset of one of the article's items into sight."""
        self.effects.target = Target(True, item, offset)

    def _put_cursor(self, row: int) -> None:
        state = self.state
        if row != state.peek:
            state.peek = -1
        state.row = row

    def note_refolded(self, start: int = 0, end: int | None = None) -> None:
        """Folds of these rows changed: the cursor leaves what is out of sight now."""
        if not len(self.thread):
            return
        self.effects.note_refolded(start, len(self.thread) if end is None else end)
        seen = self.outline.seen(self.state.row)
        self.state.row = seen if seen >= 0 else max(self.outline.first(), 0)
