"""Text copied from the window of a chat program, where a name and the time below it stand above every message.

Slack's window gives a line with the name, one with only a time of day, and the text below, and so do others. The two
lines are joined, so that they are read as the line of a log that has a stamp and a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rumor_tui.readers.chat_log.stamps import parse_stamped_line

_CLOCK = re.compile(r"\[?(\d{1,2}[:.][0-5]\d(?::[0-5]\d)?(?:\s?[APap]\.?\s?[Mm]\.?)?)\]?(?:\s?Uhr)?")
_NAME = re.compile(r"[^\s:#*=<>\[\]{}\-\d][^:<>\[\]{}\t\n]{0,39}(?<![.!?…,;])")
_NAME_AND_CLOCK = re.compile(rf"(?P<name>{_NAME.pattern})(?:\s{{2,4}}|\s(?=\[)){_CLOCK.pattern}")
_CAPTION = re.compile(r"(\d{1,2}:\d\d:\d\d\.\d{3}),\d{1,2}:\d\d:\d\d\.\d{3}")
"""The times of a caption in YouTube's and Google Meet's form (SBV)."""

_LONGEST_CLOCK = 16
_LONGEST_HEAD = 60
_MAX_NAME_WORDS = 5
_LEAST_HEADS = 2
_LONGEST_MESSAGE = 40
"""Lines of a message, in the mean, beyond which these lines are no heads of messages."""


def join_heads(lines: Sequence[str]) -> list[str]:
    """The lines, with every name and the time below it (or behind it) on one line as "time name".

    A name stands below a blank line or at the top, or above several times. Lines that state a day between the messages
    are marked as logs mark them. Other lines, and those of a text without such heads, stay as they are.
    """
    heads = _find_heads(lines)
    if len(heads) < _LEAST_HEADS or len(heads) * _LONGEST_MESSAGE < len(lines):
        return list(lines)
    joined: list[str] = []
    skipped = -1
    for row, line in enumerate(lines):
        if row in heads:
            name, clock, skipped = heads[row]
            _mark_day(joined)
            joined.append(f"{clock} {name}")
        elif row > skipped:
            joined.append(line)
    return joined


def _find_heads(lines: Sequence[str]) -> dict[int, tuple[str, str, int]]:
    """By the row of a head: the name, the time, and the last row of the head."""
    found: dict[int, tuple[str, str, int]] = {}
    for row, line in enumerate(lines):
        text = line.strip()
        clock = _CLOCK.fullmatch(text) if 0 < len(text) <= _LONGEST_CLOCK else None
        name = _name_above(lines, row) if clock else ""
        if clock and name:
            found[row - 1] = (name, clock[1], row)
        elif below := _head_below(lines, row):
            found[row] = (*below, row + 1)
        elif not clock and len(text) <= _LONGEST_HEAD and ":" in text and (both := _NAME_AND_CLOCK.fullmatch(text)):
            found[row] = (both["name"].strip(), both[2], row)
    counts = Counter(name for name, _, _ in found.values())
    return {row: head for row, head in found.items() if counts[head[0]] > 1 or row == 0 or not lines[row - 1].strip()}


def _head_below(lines: Sequence[str], row: int) -> tuple[str, str] | None:
    """The name below a date and time that stand alone, or the caption below its times; and what the stamp is."""
    text = lines[row].strip()
    below = lines[row + 1].strip() if row + 1 < len(lines) else ""
    if not below or not 12 < len(text) <= _LONGEST_HEAD + 20 or ":" not in text:
        return None
    if caption := _CAPTION.fullmatch(text):
        return (below, caption[1]) if ": " in below else None
    has_text = row + 2 < len(lines) and lines[row + 2].strip()
    if not has_text or len(below.split()) > _MAX_NAME_WORDS or not _NAME.fullmatch(below):
        return None
    stamped = parse_stamped_line(text)
    is_alone = stamped and stamped.stamp.date and (not stamped.rest or stamped.rest[0] == "(")
    return (below, text.partition(" (")[0]) if is_alone else None


def _name_above(lines: Sequence[str], row: int) -> str:
    """The line above as a name; empty where it is none, or where nothing stands below the time."""
    name = lines[row - 1].strip() if row else ""
    is_name = len(name.split()) <= _MAX_NAME_WORDS and _NAME.fullmatch(name)
    return name if is_name and row + 1 < len(lines) and lines[row + 1].strip() else ""


def _mark_day(joined: list[str]) -> None:
    """Mark the last line, if it is a day with its year, as a log marks a change of the day."""
    from rumor_tui.readers.dates.find import find_date

    row = next((i for i in range(len(joined) - 1, max(-1, len(joined) - 4), -1) if joined[i].strip()), -1)
    text = joined[row].strip() if row >= 0 else ""
    if 6 <= len(text) <= _LONGEST_HEAD and re.search(r"\d{4}", text) and find_date(text) == (0, len(text)):
        joined[row] = f"--- {text}"
