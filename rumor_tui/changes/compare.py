"""Which comment of one state of a thread is which one of another.

Identifiers go first, as far as they hold: some pages count their comments anew when one is taken out, some give a new
identifier at each look, and some have none. `identifiers` finds out whether they hold; what they do not tell is found
by author, text and place (`matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rumor_tui.changes.identifiers import identifiers_hold, only_count, pair_by_identifier
from rumor_tui.changes.matching import match_rest
from rumor_tui.changes.pairing import ROWS, Columns, CommentStates, Pairing, are_equal, no_rest, read_columns

__all__ = ["CommentStates", "Comparison", "compare_states"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before[row]` is the row in the older state of each row of the newer one, -1 for a new comment.

    `edited` are rows of the newer state whose text differs, `moved` those that answer another comment than before, and
    `gone` rows of the older state that the newer one has not, or has only as deleted (`emptied`: those, by their row in
    the newer state). What answered a comment that is gone and stands now where that one stood is not moved but
    `hoisted` (rows of the newer state).
    """

    before: Sequence[int]
    edited: Sequence[int] = ()
    moved: Sequence[int] = ()
    gone: Sequence[int] = ()
    emptied: Sequence[int] = ()
    hoisted: Sequence[int] = ()

    @property
    def new(self) -> list[int]:
        """The rows of the newer state that are new comments."""
        return [row for row, before in enumerate(self.before) if before < 0]

    @property
    def unchanged(self) -> bool:
        """Whether the two states have the same comments in the same order, with the same texts."""
        changes = self.edited or self.moved or self.gone or self.hoisted
        return not changes and all(row == before for row, before in enumerate(self.before))


def compare_states(
    old: CommentStates,
    new: CommentStates,
    *,
    same_text: Callable[[str, str], bool] = str.__eq__,
    breathe: Callable[[], object] = no_rest,
) -> Comparison:
    """Tell what became of each comment.

    `same_text` is asked of raw texts that differ whether they say the same nevertheless; that is no edit then.
    `breathe` is called every few milliseconds.
    """
    before, after = read_columns(old, breathe), read_columns(new, breathe)
    if are_equal(before, after, breathe):
        return Comparison(range(len(before.parent)))
    pairing = Pairing(before, after, breathe)
    held, counting = identifiers_hold(pairing), only_count(before, after)
    if held:
        pair_by_identifier(pairing, counting=counting)
    match_rest(pairing, identified=held and not counting)
    return _told(pairing, same_text)


def _told(pairing: Pairing, same_text: Callable[[str, str], bool]) -> Comparison:
    """What the pairs say."""
    old, new, before, after = pairing.old, pairing.new, pairing.before, pairing.after
    edited: list[int] = []
    moved: list[int] = []
    hoisted: list[int] = []
    emptied: list[int] = []
    for row, was in enumerate(before):
        if not row % ROWS:
            pairing.breathe()
        if was < 0:
            continue
        if new.deleted[row] != old.deleted[was]:
            (emptied if new.deleted[row] else edited).append(row)
        elif not new.deleted[row] and new.bodies[row] != old.bodies[was]:
            pairing.breathe()
            if not same_text(old.bodies[was], new.bodies[row]):
                edited.append(row)
        above, answered = new.parent[row], old.parent[was]
        if (before[above] if above >= 0 else -1) != answered or (above >= 0 and before[above] < 0):
            (hoisted if _is_hoisted(old, after, answered, above) else moved).append(row)
    gone = [row for row, now in enumerate(after) if now < 0 or (new.deleted[now] and not old.deleted[row])]
    return Comparison(before, edited, moved, gone, emptied, hoisted)


def _is_hoisted(old: Columns, after: Sequence[int], answered: int, above: int) -> bool:
    """Whether a comment answered one that is gone (`answered`), and stands (`above`: its parent now) where that one
    stood, or at the top level."""
    if answered < 0 or after[answered] >= 0:
        return False
    while answered >= 0 and after[answered] < 0:
        answered = old.parent[answered]
    return above < 0 or (answered >= 0 and after[answered] == above)
