"""Threads of mail, by what each message says it answers (compare jwz.org/doc/threading.html).

A message answers the one that `In-Reply-To` names, or else the last one in `References` that is in the mailbox.
Messages that refer to the same missing one belong to one thread. A message without these fields whose subject has a
reply prefix joins the thread of that subject. Wrong identifiers (a message that answers itself, two that answer each
other, the same identifier twice) cause no loop and lose no message. No recursion.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rumor_tui.readers.mail.headers import message_ids, read_subject, subject_topic
from rumor_tui.readers.preorder import to_preorder

_LINKS = re.compile(
    rb"\n([Mm](?i:essage-id)|[Ii](?i:n-reply-to)|[Rr](?i:eferences))[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)"
)
"""The three fields that make the tree, in a form that is fast, since every message is searched for them."""


@dataclass(slots=True)
class ThreadLinks:
    """The row of each identifier, and the raw fields of each row (None: missing).

    Of messages with the same identifier, as when a message was delivered twice, the last one is meant.
    """

    rows: dict[bytes, int]
    answers: list[bytes | None]
    references: list[bytes | None]

    def named(self, row: int) -> list[bytes]:
        """Every identifier that a message refers to, the nearest one last."""
        return message_ids(self.references[row]) + message_ids(self.answers[row])


@dataclass(slots=True)
class ThreadForest:
    """The messages in pre-order, thread by thread; `starts` are the places where threads begin.

    `order` has the rows of the mailbox, `owners` the place that each answers (-1: none). A thread may have several
    messages without a parent; the one that opened it comes first.
    """

    order: array[int]
    owners: array[int]
    starts: array[int]

    def __len__(self) -> int:
        return len(self.starts)

    def bounds(self, thread: int) -> tuple[int, int]:
        """Where a thread begins and ends in the order."""
        last = thread + 1 == len(self.starts)
        return self.starts[thread], len(self.order) if last else self.starts[thread + 1]


def build_threads(heads: Sequence[bytes]) -> ThreadForest:
    """The threads of the messages with these heads, in the order of their first messages."""
    links = _links(heads)
    order, owners = to_preorder([_parent(links, row) for row in range(len(heads))])
    trees = [place for place, owner in enumerate(owners) if owner < 0]
    groups = _group_trees(links, heads, order, trees)
    return _concatenate(order, owners, trees, groups)


def _links(heads: Sequence[bytes]) -> ThreadLinks:
    links = ThreadLinks({}, [], [])
    for row, head in enumerate(heads):
        answer = reference = None
        for name, raw in _LINKS.findall(head):
            if name[0] in b"Mm":
                links.rows[_identifier(raw)] = row
            elif name[0] in b"Ii":
                answer = raw
            else:
                reference = raw
        links.answers.append(answer)
        links.references.append(reference)
    return links


def _identifier(raw: bytes) -> bytes:
    """The first identifier of a field; the same as with `message_ids`, but faster in the usual case."""
    if raw[:1] == b"<" and raw.find(b">") == len(raw) - 1 and raw.count(b"<") == 1 and not raw.count(b" "):
        return raw[1:-1]
    identifiers = message_ids(raw)
    return identifiers[0] if identifiers else raw.strip()


def _parent(links: ThreadLinks, row: int) -> int | None:
    """The row that a message answers: by In-Reply-To, else by the last of its References that exists."""
    for name in _parent_names(links.answers[row], links.references[row]):
        parent = links.rows.get(name)
        if parent is not None and parent != row:
            return parent
    return None


def _parent_names(answer: bytes | None, reference: bytes | None) -> Iterator[bytes]:
    if answer is not None:
        yield _identifier(answer)
        yield from message_ids(answer)[1:]
    yield from reversed(message_ids(reference))


class _Union:
    """Disjoint sets of trees that belong to one thread; the earliest tree represents the set."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, tree: int) -> int:
        parents = self._parents
        while parents[tree] != tree:
            parents[tree] = parents[parents[tree]]
            tree = parents[tree]
        return tree

    def join(self, tree: int, other: int) -> None:
        tree, other = self.find(tree), self.find(other)
        self._parents[max(tree, other)] = min(tree, other)


def _group_trees(
    links: ThreadLinks, heads: Sequence[bytes], order: Sequence[int], trees: Sequence[int]
) -> list[list[int]]:
    """The trees (by number) of each thread, the opening one first; threads in the order of their trees."""
    if len(trees) == 1:
        return [[0]]
    union = _Union(len(trees))
    tops = [order[place] for place in trees]
    tree_of = array("i", bytes(4 * len(order)))
    for number, (start, end) in enumerate(pairwise((*trees, len(order)))):
        for place in range(start, end):
            tree_of[order[place]] = number
    _join_by_identifiers(links, tops, tree_of, union)
    loose = [number for number, row in enumerate(tops) if not links.answers[row] and not links.references[row]]
    _join_by_subjects(heads, tops, loose, union)
    groups: dict[int, list[int]] = {}
    for number in range(len(trees)):
        groups.setdefault(union.find(number), []).append(number)
    free = frozenset(loose)
    return [_opening_first(group, free, heads, tops) for group in groups.values()]


def _join_by_identifiers(links: ThreadLinks, tops: Sequence[int], tree_of: Sequence[int], union: _Union) -> None:
    """Join trees whose messages refer to the same missing message, or to one another."""
    missing: dict[bytes, int] = {}
    for number, row in enumerate(tops):
        for name in links.named(row):
            if b"@" in name:  # others are not identifiers: much mail answers "<yes>"
                union.join(number, missing.setdefault(name, number))
    for row, reference in enumerate(links.references):
        if reference and (seen := links.rows.get(_first_reference(reference))) is not None:
            union.join(tree_of[row], tree_of[seen])
    for row in range(len(links.references)) if missing else ():
        for name in links.named(row):
            if (of := missing.get(name)) is not None:
                union.join(tree_of[row], of)


def _first_reference(reference: bytes) -> bytes:
    """The identifier of the thread's first message, if the field follows the standard."""
    start = reference.find(b"<")
    return reference[start + 1 : reference.find(b">", start)]


def _join_by_subjects(heads: Sequence[bytes], tops: Sequence[int], loose: Sequence[int], union: _Union) -> None:
    """Join replies that refer to nothing with the thread of their subject, if there is one."""
    topics = {number: subject_topic(read_subject(heads[tops[number]])) for number in loose}
    replies = [number for number in loose if topics[number][1] and topics[number][0]]
    if not replies:
        return
    begun: dict[str, int] = {}
    answered: dict[str, int] = {}
    for number, row in enumerate(tops):
        topic, is_reply = topics.get(number) or subject_topic(read_subject(heads[row]))
        (answered if is_reply else begun).setdefault(topic, number)
    for number in replies:
        topic = topics[number][0]
        union.join(number, begun.get(topic, answered[topic]))


def _opening_first(group: list[int], free: frozenset[int], heads: Sequence[bytes], tops: Sequence[int]) -> list[int]:
    """The trees of a thread, beginning with one that answers nothing and has no reply prefix."""
    if len(group) == 1:
        return group
    for number in group:
        if number in free and not subject_topic(read_subject(heads[tops[number]]))[1]:
            return [number, *(other for other in group if other != number)]
    return group


def _concatenate(order: list[int], owners: list[int], trees: list[int], groups: list[list[int]]) -> ThreadForest:
    """The trees concatenated, thread by thread."""
    forest = ThreadForest(array("i"), array("i"), array("i"))
    ends = [*trees[1:], len(order)]
    for group in groups:
        forest.starts.append(len(forest.order))
        for number in group:
            start, end = trees[number], ends[number]
            shift = len(forest.order) - start
            forest.order.extend(order[start:end])
            forest.owners.extend(owner if owner < 0 else owner + shift for owner in owners[start:end])
    return forest
