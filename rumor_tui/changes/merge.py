"""The newer state of a thread, with the comments that are gone back at their place."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from rumor_tui import blocks
from rumor_tui.changes.compare import Comparison, compare_states
from rumor_tui.changes.pairing import no_rest
from rumor_tui.columns import chain_columns, select_rows
from rumor_tui.joined import in_format, tell_apart
from rumor_tui.model import COLUMNS, WALKED, Format, Stub, Thread
from rumor_tui.row_map import RowMap, invert


@dataclass(frozen=True, slots=True)
class Merged:
    """A thread of two states; rows are those of `thread`.

    `from_old` and `from_new` tell where the rows of the two states stand. `gone` are the rows that only the older state
    has, or that the newer one has as deleted, without the text that stands here; `unloaded` those that the newer one
    may have just not loaded. `edited` gives the raw text before, in the thread's format. `moved` answer another comment
    than before, and `new` were not in the older state.
    """

    thread: Thread
    from_old: RowMap
    from_new: RowMap
    gone: Sequence[int] = ()
    unloaded: Sequence[int] = ()
    edited: Mapping[int, str] = field(default_factory=dict)
    moved: Sequence[int] = ()
    new: Sequence[int] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the newer state tells nothing that the older one did not."""
        return not (self.gone or self.edited or self.moved or self.new)


def compare_threads(old: Thread, new: Thread, breathe: Callable[[], object] = no_rest) -> Comparison:
    """Compare two states of a thread, whatever their formats. `breathe` is called every few milliseconds."""
    before = in_format(old, new.format, repair=new.repair)
    return compare_states(before, new, same_text=_same_text(new.format, repair=new.repair), breathe=breathe)


def merge_threads(old: Thread, new: Thread, breathe: Callable[[], object] = no_rest, *, whole: bool = True) -> Merged:
    """Compare two states of a thread, and merge them. `breathe` is called every few milliseconds.

    Without `whole` the newer state is only a part: what is not in it is not gone.
    """
    before = in_format(old, new.format, repair=new.repair)
    return merge_states(before, new, compare_threads(before, new, breathe), whole=whole)


def _same_text(format: Format, *, repair: bool) -> Callable[[str, str], bool]:
    """Whether two raw bodies read the same: pages write what is around the words anew at each look."""

    def read(body: str) -> tuple[str, list[str]]:
        found = blocks.parse_body(body, format, repair)
        links = [span.target.partition("?")[0] for block in found for span in block.spans if span.target]
        return " ".join(" ".join(block.text for block in found).split()), links

    return lambda first, second: read(first) == read(second)


def merge_states(old: Thread, new: Thread, comparison: Comparison, *, whole: bool = True) -> Merged:
    """Put what is gone back into the newer state: below the comment that it answered, behind the sibling that it
    followed, as far as these are there. Both have the same format."""
    size, before = len(new), comparison.before
    order, parents = _arrange(old.parent, new.parent, comparison)
    places, after = invert(order, size + len(old)), invert(before, len(old))
    from_old = [places[now] if now >= 0 else places[size + row] for row, now in enumerate(after)]
    absent = [row for row in comparison.gone if after[row] < 0]
    unloaded, filled = _unloaded(old, new, after, absent) if whole else (set(absent), set[Stub]())
    emptied = {row: size + before[row] for row in comparison.emptied}
    thread = new
    if len(order) > size or emptied or comparison.hoisted:
        thread = _select(new, old, order, [emptied.get(row, row) for row in order], parents)
        thread.stubs = [
            replace(stub, parent=places[stub.parent]) if stub.parent >= 0 else stub
            for stub in new.stubs
            if stub not in filled
        ]
    return Merged(
        thread,
        RowMap.from_order([before[row] if row < size else row - size for row in order], len(old)),
        RowMap.from_order([row if row < size else -1 for row in order], size),
        sorted(from_old[row] for row in comparison.gone if row not in unloaded),
        sorted(from_old[row] for row in unloaded),
        {places[row]: old.bodies[before[row]] for row in comparison.edited},
        sorted(places[row] for row in comparison.moved),
        sorted(places[row] for row in comparison.new),
    )


def without_rows(thread: Thread, rows: Set[int]) -> tuple[Thread, list[int]]:
    """A thread without some of its rows, and the rows that it still has; what stood below one of them moves up."""
    kept = [row for row in range(len(thread)) if row not in rows]
    places = invert(kept, len(thread)).tolist()
    for row in sorted(rows):  # parents come first
        above = thread.parent[row]
        places[row] = places[above] if above >= 0 else -1
    parents = [places[above] if (above := thread.parent[row]) >= 0 else -1 for row in kept]
    return thread.select(kept, parents), kept


def _unloaded(old: Thread, new: Thread, after: Sequence[int], absent: Sequence[int]) -> tuple[set[int], set[Stub]]:
    """The older rows of those that are absent that the newer state may only not have loaded; and the stubs for them
    of which the older state has all.

    They stand where the newer state has a stub and the older one had another one, or none.
    """

    def moved(row: int) -> int:
        return after[row] if row >= 0 else -1

    known = {replace(stub, parent=moved(stub.parent)) for stub in old.stubs}
    places = {stub.parent for stub in new.stubs if stub not in known}
    unloaded: dict[int, int] = {}  # with the place of the stub
    for row in absent if places else ():  # parents come first
        above = old.parent[row]
        place = unloaded.get(above, moved(above))
        if place in places and (place >= 0 or above < 0 or above in unloaded):
            unloaded[row] = place
    held = Counter(unloaded.values())
    lacking = {stub.parent for stub in known}
    return set(unloaded), {
        stub for stub in new.stubs if stub.parent not in lacking and stub.count <= held[stub.parent] > 0
    }


def _select(new: Thread, old: Thread, order: Sequence[int], rows: Sequence[int], parents: Sequence[int]) -> Thread:
    """A thread of rows of both, those of the older one counted behind those of the newer one. Lazy columns stay so.

    `rows` are those whose texts there are to be, `order` those whose identifiers.
    """
    both: dict[str, Sequence[Any]] = {name: chain_columns([getattr(new, name), getattr(old, name)]) for name in COLUMNS}
    selected: dict[int, Any] = {}  # by `id`, so all of `both` must stay
    places = array("i", rows)
    columns: dict[str, Any] = {name: select_rows(column, places, selected) for name, column in both.items()}
    columns["ids"] = select_rows(both["ids"], array("i", order))
    for name in WALKED:
        if isinstance(both[name], list):
            columns[name] = list(columns[name])
    merged = replace(new, parent=array("i", parents), told_apart=(), stubs=(), **columns)
    return tell_apart(merged) if merged.is_joined else merged


def _arrange(old: Sequence[int], new: Sequence[int], comparison: Comparison) -> tuple[list[int], list[int]]:
    """The rows of both in pre-order, and the place of each one's parent; those of the older state that the newer one
    has not are counted behind its rows. `old` and `new` are the parents."""
    size = len(new)
    nodes = [size + row for row in range(len(old))]
    for row, was in enumerate(comparison.before):
        if was >= 0:
            nodes[was] = row
    lost = [node for node in nodes if node >= size]
    if not lost and not comparison.hoisted:
        return list(range(size)), list(new)
    parents = [*new, *([-1] * len(old))]
    for node in lost:
        above = old[node - size]
        parents[node] = nodes[above] if above >= 0 else -1
    for row in comparison.hoisted:
        parents[row] = nodes[old[comparison.before[row]]]
    order, owners = _walk(_siblings(nodes, old, parents, {*lost, *comparison.hoisted}))
    if len(order) < size + len(lost):  # a comment answers by now what stood below it, through one that is gone
        return _arrange(old, new, replace(comparison, hoisted=()))
    return order, owners


def _siblings(
    nodes: Sequence[int], old: Sequence[int], parents: Sequence[int], placed: set[int]
) -> dict[int, list[int]]:
    """What stands below each node, in order (-1: at the top level). `nodes` are those of the older rows.

    The newer state's order holds. Each node that is `placed` comes behind the sibling that it followed in the older
    state, and before all others where it followed none.
    """
    behind: dict[int, int] = {}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for node, above in zip(nodes, old, strict=True):
        parent = nodes[above] if above >= 0 else -1
        if parents[node] != parent:
            continue  # it stands elsewhere now
        if node in placed:
            if above in last:
                behind[last[above]] = node
            else:
                first[parent] = node
        last[above] = node
    below: dict[int, list[int]] = defaultdict(list)
    for parent, node in first.items():
        below[parent] += _chain(node, behind)
    for row in range(len(parents) - len(old)):
        if row not in placed:
            below[parents[row]] += _chain(row, behind)
    return below


def _chain(node: int, behind: Mapping[int, int]) -> Iterator[int]:
    """A node, and those that follow it."""
    following: int | None = node
    while following is not None:
        yield following
        following = behind.get(following)


def _walk(below: Mapping[int, Sequence[int]]) -> tuple[list[int], list[int]]:
    """All nodes in pre-order, and for each the place of its parent."""
    order: list[int] = []
    owners: list[int] = []
    waiting = [(node, -1) for node in reversed(below.get(-1, ()))]
    while waiting:
        node, owner = waiting.pop()
        place = len(order)
        order.append(node)
        owners.append(owner)
        if node in below:
            waiting += [(child, place) for child in reversed(below[node])]
    return order, owners
