"""Pairs of states of a thread, made by hypothesis: a discussion, what was done to it, and what is to be told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from hypothesis import strategies as st

from rumor_tui.model import Article, Draft, Thread, ThreadBuilder

Naming = Literal["stable", "absent", "partly", "counted", "fresh", "reused"]
"""How a source names its comments: with identifiers that stay; not at all; some of them; by counting them on the page;
anew at each look; or giving new comments the identifiers of those that are gone."""

NAMINGS: Sequence[Naming] = ("stable", "absent", "partly", "counted", "fresh", "reused")

_WORDS = (
    "anchor basket candle dragon engine forest garden hammer island jacket kettle ladder marble needle orange pepper "
    "quarry rocket saddle timber urchin velvet walnut yellow zephyr butter copper dinner"
)
WORDS = _WORDS.split()


@dataclass
class Said:
    """A comment that lives through both states; `uid` tells it from all others."""

    uid: int
    author: str | None
    text: str
    published: float | None
    above: Said | None = None
    below: list[Said] = field(default_factory=list)
    deleted: bool = False


@dataclass
class Pair:
    """Two states, and by `uid` what was done between them; `old` and `new` are the uids of the rows."""

    before: Thread
    after: Thread
    old: list[int]
    new: list[int]
    edited: set[int]
    moved: set[int]
    gone: set[int]
    emptied: set[int]


class _Made:
    """A discussion while it is made and changed."""

    def __init__(self, draw: st.DrawFn, naming: Naming) -> None:
        self.draw = draw
        self.sure = naming in ("stable", "reused")
        self.dated = draw(st.booleans())
        self.signed = draw(st.booleans())
        self.tops: list[Said] = []
        self.alive: list[Said] = []
        self.count = 0
        self.old: set[int] = set()
        """Those of the older state."""
        self.edited: set[int] = set()
        self.kept: set[int] = set()
        """By these a comment without a text is recognised."""

    def add(self, *, new: bool = False) -> None:
        """One more comment, anywhere."""
        draw, uid = self.draw, self.count
        self.count += 1
        above = draw(st.none() | st.sampled_from(self.alive)) if self.alive else None
        text = " ".join([f"number{uid}", *Random(uid).sample(WORDS, 9), f"word{uid * 7}"])
        author = draw(st.sampled_from(["dee", "eve"] if new else ["ann", "bob", "cy"])) if self.signed else None
        one = Said(uid, author, text, 1e9 + 1000 * uid if self.dated else None, above)
        siblings = self.siblings(one)
        siblings.insert(draw(st.integers(0, len(siblings))), one)
        self.alive.append(one)

    def siblings(self, one: Said) -> list[Said]:
        """The comments that answer the same one."""
        return self.tops if one.above is None else one.above.below

    def change(self, what: str, one: Said) -> None:
        """Do something with a comment, if it can be recognised after that."""
        if what == "remove":
            self.siblings(one).remove(one)
            for lost in walk([one]):
                self.alive.remove(lost)
        elif what == "turn":
            self.siblings(one).reverse()
        elif what == "move" and self.sure:
            others = [other for other in self.alive if one not in (other, *_above(other))]
            self.siblings(one).remove(one)
            one.above = self.draw(st.none() | st.sampled_from(others)) if others else None
            self.siblings(one).append(one)
        elif one.uid not in self.kept and one.uid not in self.edited:
            self.rewrite(what, one)

    def rewrite(self, what: str, one: Said) -> None:
        """Change one word, or have the text deleted."""
        replies = [
            reply.uid
            for reply in one.below
            if reply.uid in self.old and not reply.deleted and reply.uid not in self.edited
        ]
        if what == "edit":
            words = one.text.split()
            words[self.draw(st.integers(0, len(words) - 1))] = "changed"
            one.text = " ".join(words)
            self.edited.add(one.uid)
        elif what == "empty" and (replies or self.sure):
            self.kept.update(replies[:1])
            one.deleted, one.author, one.text = True, None, ""


@st.composite
def pairs(draw: st.DrawFn, naming: Naming) -> Pair:
    """Any discussion of up to 14 comments with up to 6 changes.

    What no source without identifiers could tell is left out: a text is changed in one of its words, and a comment
    without a text is recognised by a reply that is there and unchanged.
    """
    made = _Made(draw, naming)
    for _ in range(draw(st.integers(1, 14))):
        made.add()
    rows, count = walk(made.tops), made.count
    made.old = {one.uid for one in rows}
    before, old = make_thread(rows, naming, "first"), [one.uid for one in rows]
    parents = {one.uid: _uid_above(one) for one in rows}
    for _ in range(draw(st.integers(0, 6))):
        what = draw(st.sampled_from(["new", "edit", "remove", "empty", "move", "turn"]))
        whole = [one for one in made.alive if not one.deleted and one.uid < count and one.uid not in made.kept]
        if what == "new" or not whole:
            made.add(new=True)
        else:
            made.change(what, draw(st.sampled_from(whole)))
    rows = walk(made.tops)
    new = [one.uid for one in rows]
    free = sorted(set(old) - set(new))
    reused = dict(zip([uid for uid in new if uid >= count], free, strict=False))
    emptied = {one.uid for one in rows if one.deleted}
    return Pair(
        before,
        make_thread(rows, naming, "second", reused),
        old,
        new,
        edited={one.uid for one in rows if one.uid in made.edited and not one.deleted},
        moved={one.uid for one in rows if one.uid < count and parents[one.uid] != _uid_above(one)},
        gone={*free, *emptied},
        emptied=emptied,
    )


def _uid_above(one: Said) -> int:
    return one.above.uid if one.above is not None else -1


def _above(one: Said) -> list[Said]:
    found = []
    above = one.above
    while above is not None:
        found.append(above)
        above = above.above
    return found


def walk(tops: Sequence[Said]) -> list[Said]:
    """Comments and all below them, in pre-order."""
    return [one for top in tops for one in (top, *walk(top.below))]


def make_thread(rows: Sequence[Said], naming: Naming, look: str, reused: Mapping[int, int] | None = None) -> Thread:
    """What a source shows; `look` is which time it is looked at, `reused` which comment's identifier new ones have."""
    builder = ThreadBuilder(Article("A title"))
    places = {one.uid: row for row, one in enumerate(rows)}
    for row, one in enumerate(rows):
        above = places[one.above.uid] if one.above else None
        id = _id((reused or {}).get(one.uid, one.uid) if naming == "reused" else one.uid, row, naming, look)
        builder.add(Draft(one.text, one.author, above, one.published, id=id, deleted=one.deleted))
    return builder.build("plain")


def _id(uid: int, row: int, naming: Naming, look: str) -> str | None:
    if naming == "counted":
        return str(row + 1)
    if naming == "fresh":
        return f"{look}-{row}"
    if naming == "absent" or (naming == "partly" and uid % 3 == 0):
        return None
    return str(5000 + 13 * uid)
