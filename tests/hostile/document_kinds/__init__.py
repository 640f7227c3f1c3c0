"""Hostile documents by their kinds, and the few ways in which nearly all of them are made.

A table has for each name the ending that a file of the kind has, and what makes the document of `n` repetitions. In a
piece that is repeated, ¤ stands for the number of the repetition (from 0), and ¢ for the number before it.
"""

from __future__ import annotations

from collections.abc import Callable

Make = Callable[[int], bytes]
Table = dict[str, tuple[str, Make]]


def repeat(piece: str, head: str = "", tail: str = "", join: str = "") -> Make:
    """The piece as often as asked, between a head and a tail."""

    def make(n: int) -> bytes:
        if "¤" in piece or "¢" in piece:
            middle = join.join(piece.replace("¤", str(i)).replace("¢", str(i - 1)) for i in range(n))
        elif join:
            middle = join.join([piece] * n)
        else:
            middle = piece * n
        return (head + middle + tail).encode("utf-8", "surrogatepass")

    return make


def nest(opening: str, closing: str = "", middle: str = "deep", head: str = "", tail: str = "") -> Make:
    """Openings, something in the middle, and the closings in turn."""

    def make(n: int) -> bytes:
        openings = "".join(opening.replace("¤", str(i)) for i in range(n)) if "¤" in opening else opening * n
        return (head + openings + middle + closing * n + tail).encode("utf-8", "surrogatepass")

    return make


def cut(make: Make, share: float) -> Make:
    """The first part of another document."""

    def shorter(n: int) -> bytes:
        data = make(n)
        return data[: int(len(data) * share)]

    return shorter
