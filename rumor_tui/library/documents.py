"""The two documents of a thread beside its chunks: its head (the article, what holds for all comments), and its tree.

Both are MessagePack compressed by Zstandard. The tree has, in the order of the page and with what the source has no
more at its place, the handles as runs (first, count), how many rows above its parent each comment stands (0 for none),
the lengths of the raw texts (32-bit little-endian numbers), and the rows that the newest state of the source has not.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, TypedDict, cast

import msgspec

from rumor_tui import __version__
from rumor_tui.columns import Constant
from rumor_tui.library.chunks import DAMAGED, compress, decompress, runs_of, within_64_bits
from rumor_tui.library.locators import lasting_source
from rumor_tui.library_types import LibraryError
from rumor_tui.model import COLUMNS, Article, Discussion, LinkedPage, Stub, Thread

_ENCODE: Final = msgspec.msgpack.encode
_DECODE: Final = msgspec.msgpack.decode


@dataclass(slots=True)
class Tree:
    """The comments of a thread in the order of its page, with those that the source has no more (`absent` rows)."""

    handles: array[int] = field(default_factory=lambda: array("q"))
    parent: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    absent: frozenset[int] = frozenset()

    def present(self) -> list[int]:
        """The rows that the newest state of the source has."""
        rows = range(len(self.handles))
        return [row for row in rows if row not in self.absent] if self.absent else list(rows)


class Constants(TypedDict, total=False):
    """Columns that have one value in all rows."""

    authors: str | None
    published: float | None
    published_text: str | None
    ids: str | None
    scores: int | None
    urls: str | None
    deleted: bool


@dataclass(slots=True)
class Head:
    """The article, and what holds for the whole thread.

    `constants` are columns with one value in all rows. `state` is another one whenever anything of the thread changed.
    `program` is the version of the program that read the thread: another one may read more out of the same source.
    """

    article: Article
    discussions: Sequence[Discussion] = ()
    stubs: Sequence[Stub] = ()
    state: str = ""
    program: str = __version__
    source: str = ""
    aside: str = ""
    notice: str = ""
    constants: Constants = field(default_factory=Constants)


def head_of(thread: Thread, places: Mapping[str, int], state: str, newest: Thread | None = None) -> Head:
    """The head of a thread, whose discussions have the given places by their keys.

    Of what is said of a discussion, that of the `newest` state counts, where the thread has comments of earlier ones.
    """
    discussions: dict[str, Discussion] = {}
    if places:
        known = chain(thread.discussions, newest.discussions if newest is not None else ())
        discussions = {about.key: about for about in known if about is not None}
    columns = {name: getattr(thread, name) for name in COLUMNS if name not in ("bodies", "lengths", "discussions")}
    return Head(
        thread.article,
        [discussions.get(key, Discussion(key)) for key in places],
        list(thread.stubs),
        state,
        source=lasting_source(thread),
        aside=thread.aside,
        notice=thread.notice,
        constants=cast(Constants, {name: one.value for name, one in columns.items() if isinstance(one, Constant)}),
    )


# Packing


def pack_tree(tree: Tree) -> bytes:
    """The tree as it is stored."""
    above = array("I", (row - parent if parent >= 0 else 0 for row, parent in enumerate(tree.parent)))
    runs = [number for run in runs_of(tree.handles) for number in run]
    return compress(_ENCODE([runs, _little_endian(above), _little_endian(tree.lengths), sorted(tree.absent)]))


def unpack_tree(data: bytes) -> Tree:
    """The tree that was packed. Raises LibraryError."""
    try:
        runs, above, lengths, absent = _DECODE(decompress(data), type=tuple[list[int], bytes, bytes, list[int]])
        distances, sizes = _from_little_endian(above), _from_little_endian(lengths)
        # Before anything is made of numbers that somebody else may have written
        counts, rows = runs[1::2], len(distances)
        if min(counts, default=1) < 1 or sum(counts) != rows or len(sizes) != rows or len(runs) % 2:
            raise LibraryError(DAMAGED)
        if any(distance > row for row, distance in enumerate(distances)):
            raise LibraryError(DAMAGED)
        handles = array("q")
        for first, count in zip(runs[::2], counts, strict=True):
            handles.extend(range(first, first + count))
    except (msgspec.MsgspecError, UnicodeError, ValueError, OverflowError) as error:
        raise LibraryError(DAMAGED) from error
    parent = array("i", (row - distance if distance else -1 for row, distance in enumerate(distances)))
    return Tree(handles, parent, sizes, frozenset(row for row in absent if 0 <= row < rows))


def pack_head(head: Head) -> bytes:
    """The head as it is stored: the values of its fields in their order, and so on for what is in it."""
    article, linked = head.article, head.article.linked
    values = [
        _values(article, pieces=list(article.pieces), linked=None if linked is None else _values(linked)),
        list(map(_values, head.discussions)),
        list(map(_values, head.stubs)),
        head.state,
        head.program,
        head.source,
        head.aside,
        head.notice,
        dict(head.constants),
    ]
    try:
        return compress(_ENCODE([False, values]))
    except (UnicodeEncodeError, OverflowError):
        return compress(_ENCODE([True, _storable(values)]))


def unpack_head(data: bytes) -> Head:
    """The head that was packed. Raises LibraryError."""
    try:
        odd, values = _DECODE(decompress(data))
        if odd:
            values = _bytes_to_texts(values)
        article, discussions, stubs, *others = values
        fields = _by_field(Article, article)
        fields["linked"] = None if fields["linked"] is None else _by_field(LinkedPage, fields["linked"])
        return Head(
            msgspec.convert(fields, Article),
            msgspec.convert([_by_field(Discussion, one) for one in discussions], list[Discussion]),
            msgspec.convert([_by_field(Stub, one) for one in stubs], list[Stub]),
            *msgspec.convert(others, tuple[str, str, str, str, str, Constants]),
        )
    except (msgspec.MsgspecError, UnicodeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise LibraryError(DAMAGED) from error


def _by_field(kind: type[Any], values: Sequence[Any]) -> dict[str, Any]:
    """The values of a dataclass by the names of its fields; later fields, which are missing, have their defaults."""
    return dict(zip(kind.__dataclass_fields__, values, strict=False))


def _values(value: Any, **others: Any) -> list[Any]:
    """The values of a dataclass in the order of its fields, some of them replaced."""
    return [others[name] if name in others else getattr(value, name) for name in value.__dataclass_fields__]


def _storable(value: Any) -> Any:
    """The same value with texts as bytes, since they may hold halves of surrogate pairs, and numbers in 64 bits."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, int):
        return within_64_bits(value)
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    return list(map(_storable, value)) if isinstance(value, list | tuple) else value


def _bytes_to_texts(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    if isinstance(value, dict):
        return {key: _bytes_to_texts(one) for key, one in value.items()}
    return list(map(_bytes_to_texts, value)) if isinstance(value, list) else value


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _from_little_endian(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
