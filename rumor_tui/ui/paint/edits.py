"""How a text was changed, word by word, as blocks: what was taken out is struck, what came in is strong.

Signs say the same, as in wdiff, so that it can be told without either: [-taken out-] {+come in+}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from rumor_tui.changes.words import Run, word_runs
from rumor_tui.labels import format_date
from rumor_tui.model import Block, Role, Span

AROUND: Final = 120
"""Characters of what stayed the same that are shown on either side of a change."""
LONGEST: Final = 20_000
"""Characters of either text that are compared."""
MOST: Final = 4_000
"""Characters that are shown of it all."""

_FORMS: Final[dict[str, tuple[str, str, Role]]] = {"removed": ("[-", "-]", "strike"), "added": ("{+", "+}", "strong")}


def edit_blocks(before: str, after: str, since: float) -> list[Block]:
    """What is shown of an edit, of which is known `since` a moment; the texts are plain."""
    title = f"edited, as is known since {format_date(since)}:"
    head = Block("paragraph", title, (Span(0, len(title), "strong"),), quote=1)
    runs = word_runs(before[:LONGEST], after[:LONGEST])
    if all(run.kind == "same" for run in runs):
        return [head, Block("paragraph", "(only its form was changed, not its words)", quote=1)]
    pieces = list(_pieces(runs))
    starts = [0, *accumulate(len(text) for text, _ in pieces)]
    text = "".join(text for text, _ in pieces)
    spans = [
        Span(start, min(start + len(piece), MOST), role)
        for start, (piece, role) in zip(starts, pieces, strict=False)
        if role is not None and start < MOST
    ]
    if len(text) > MOST:
        text = text[:MOST] + " …"
    return [head, Block("paragraph", text, tuple(spans), quote=1)]


def _pieces(runs: list[Run]) -> Iterator[tuple[str, Role | None]]:
    """The runs with their signs, and with what stayed the same only near to changes."""
    last = len(runs) - 1
    for nth, run in enumerate(runs):
        if run.kind == "same":
            yield _near(run.text, first=nth == 0, last=nth == last), None
            continue
        opens, closes, role = _FORMS[run.kind]
        words = run.text.rstrip()
        yield f"{opens}{words}{closes}", role
        yield run.text[len(words) :] or ("" if nth == last else " "), None


def _near(text: str, *, first: bool, last: bool) -> str:
    """What stayed the same, without what is far from the changes beside it."""
    head, tail = 0 if first else AROUND, 0 if last else AROUND
    if len(text) <= head + tail + 3:
        return text
    before = re.sub(r"\S{,30}\Z", "", text[:head]).rstrip() or text[:head]  # up to a whole word, where there is one
    after = re.sub(r"\A\S{,30}", "", text[len(text) - tail :]).lstrip() or text[len(text) - tail :]
    return before + (" … " if head and tail else "… " if tail else " …") + after
