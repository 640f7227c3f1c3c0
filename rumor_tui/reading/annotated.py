"""Where bookmarks and notes stand, as the painters ask for it; and notes that are being written."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from rumor_tui.reading.passages import Stretch
from rumor_tui.text import neutralise

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation

NONE: Final[frozenset[str]] = frozenset()

_QUOTED: Final = re.compile(r"\s*[\"“„«]([^\"”“»\n]+)[\"”“»]\s*[:,–—-]?\s*")


class Placed(NamedTuple):
    """A bookmark or a note where it stands now: the item, and the stretch of its text; None for the whole."""

    annotation: Annotation
    item: int
    stretch: Stretch | None


class Annotated(Protocol):
    """What the painters ask. Items are counted as the search index does: title, pieces, comments."""

    def state(self, item: int) -> Hashable:
        """Changes whenever the bookmarks and notes of an item do."""
        ...

    def placed(self, item: int) -> Sequence[Placed]:
        """The bookmarks and notes of an item in the order of its text; those on the whole come first."""
        ...

    def kinds_within(self, first: int, end: int) -> frozenset[str]:
        """Whether comments in the items from `first` up to but not `end` are marked ("mark"), or have a note."""
        ...


class NotAnnotated:
    """There are no bookmarks and no notes."""

    def state(self, item: int) -> Hashable:
        """Never changes."""
        return 0

    def placed(self, item: int) -> Sequence[Placed]:
        """Nothing."""
        return ()

    def kinds_within(self, first: int, end: int) -> frozenset[str]:
        """Neither."""
        return NONE


@dataclass(slots=True)
class NoteDraft:
    """A note that is being written: on a row (`ARTICLE_ROW`: on the article), on a passage of its text ("" for none).

    `before` is the note that is being changed; None for a new one. `words` say what it stands on. The row follows its
    comment while more comments come.
    """

    row: int
    passage: str
    start: int
    words: str
    before: Annotation | None = None

    @property
    def text(self) -> str:
        """The text to begin with."""
        return self.before.text if self.before is not None else ""

    def for_editor(self, typed: str) -> str:
        """The text to begin with in an editor: the passage with `>` before each line, and what was typed so far."""
        quoted = "".join(f"> {line}\n" for line in self.passage.splitlines())
        return f"{quoted}\n{typed}\n" if quoted else f"{typed}\n"


class WriteNote(NamedTuple):
    """Asks the screen for the text of a note: in its line, or in an editor."""

    draft: NoteDraft
    in_editor: bool


class OpenAnnotations(NamedTuple):
    """Asks the screen for the list of bookmarks and notes."""


class AnnotationsState(NamedTuple):
    """How the list of bookmarks and notes was left: the one under the cursor, and what the list was narrowed to."""

    uid: str = ""
    text: str = ""


def clean_note(text: str) -> str:
    """A note as it is kept: neutral, with newlines alone between its lines."""
    return neutralise(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def split_words(text: str) -> tuple[str, str]:
    """The words that a note begins with, which may name its passage, and the rest of it; ("", text) without any.

    They are in lines with `>` before them, as in an editor, or in quotation marks.
    """
    lines = text.split("\n")
    marked = list(takewhile(lambda line: line.startswith(">"), lines))
    if marked:
        return " ".join(line.lstrip("> ") for line in marked).strip(), "\n".join(lines[len(marked) :]).strip()
    quoted = _QUOTED.match(text)
    rest = text[quoted.end() :] if quoted is not None else ""
    return (quoted[1], rest) if quoted is not None and rest else ("", text)
