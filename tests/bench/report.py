"""What the bench hands on: rows of figures with their targets, as a table and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measure is told: where generated files are kept, and how many runs a median is taken over."""

    data: Path
    runs: int
    mean: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ours` and `theirs` are in `unit`.

    `limit` bounds `ours`, or `ours / theirs` when there is a comparison; None means that the row only informs.
    `ours` is None when the measure could not be made, and `note` then says why.
    """

    name: str
    ours: float | None
    unit: str
    theirs: float | None = None
    versus: str = ""
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over theirs; None without a comparison."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None

    @property
    def verdict(self) -> str:
        """`ok` or `over` the limit; empty for a row that only informs, `failed` where there is no figure."""
        if self.ours is None:
            return "failed"
        if self.limit is None:
            return ""
        value = self.ratio if self.theirs else self.ours
        return "ok" if value is not None and value <= self.limit else "over"


Measure = Callable[[Bench], Iterator[Row]]

HEADINGS = ("measure", "ours", "comparison", "ratio", "target", "", "note")
DIGITS = {"s": 3, "ms": 2, "MB": 1, "%": 2, "µs": 2, "": 0}


def _number(value: float | None, unit: str) -> str:
    return "-" if value is None else f"{value:,.{DIGITS.get(unit, 2)}f} {unit}".rstrip()


def _target(row: Row) -> str:
    if row.limit is None:
        return "-"
    return f"≤ {row.limit:g}x" if row.theirs else f"≤ {row.limit:g} {row.unit}".rstrip()


def cells(row: Row) -> tuple[str, ...]:
    """The row as the table's cells."""
    comparison = f"{_number(row.theirs, row.unit)} {row.versus}" if row.theirs is not None else "-"
    ratio = f"{row.ratio:.2f}x" if row.ratio is not None else "-"
    return (row.name, _number(row.ours, row.unit), comparison, ratio, _target(row), row.verdict, row.note)


def table(rows: Iterable[Row]) -> str:
    """The rows in aligned columns of plain text."""
    lines = [HEADINGS, *map(cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def as_data(rows: Iterable[Row]) -> list[dict[str, object]]:
    """The rows as plain dictionaries, with their ratios and verdicts."""
    return [{**asdict(row), "ratio": row.ratio, "verdict": row.verdict} for row in rows]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed. Raises on no values."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def spread(values: Sequence[float], unit: str = "s") -> str:
    """The runs' range, for a note."""
    return f"{len(values)} runs {min(values):.3g}-{max(values):.3g} {unit}"


def middle(values: Sequence[float]) -> float:
    """The median, or infinity when nothing was measured (so that a limit is missed, not met)."""
    return median(values) if values else float("inf")


def progress(text: str) -> None:
    """Tell on standard error what is going on."""
    print(f"  … {text}", file=sys.stderr, flush=True)
