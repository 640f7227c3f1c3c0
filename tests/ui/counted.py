"""A number that counts how often it is compared: what work is measured by where time would be no measure."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.model import Span


class Tally:
    """How many comparisons there were."""

    def __init__(self) -> None:
        self.count = 0


class Counted(int):
    """A number whose comparisons go to a tally."""

    tally: Tally

    def __lt__(self, other: int) -> bool:
        self.tally.count += 1
        return int(self) < int(other)

    def __gt__(self, other: int) -> bool:
        self.tally.count += 1
        return int(self) > int(other)

    def __le__(self, other: int) -> bool:
        self.tally.count += 1
        return int(self) <= int(other)

    def __ge__(self, other: int) -> bool:
        self.tally.count += 1
        return int(self) >= int(other)


def counted(spans: Sequence[Span]) -> tuple[list[Span], Tally]:
    """The spans with their places counted, and the tally."""
    tally = Tally()

    def number(value: int) -> Counted:
        made = Counted(value)
        made.tally = tally
        return made

    return [Span(number(s.start), number(s.end), s.role, s.target) for s in spans], tally
