"""A finder of marks that knows a handful of forms, so that what search makes of marks is tested apart from finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rumor_tui.marks import EMPTY_LEXICON, Amount, Kind, Mark, ThreadLexicon


def figure(text: str) -> float:
    words = {"six hundred": 600.0, "two": 2.0}
    digits = re.sub(r"[^0-9.]", "", text)
    return words.get(text) or float(digits) * (1000 if text.endswith("k") else 1)


_FIGURE: Final = r"(?:six hundred|two|[0-9]+(?:,[0-9]{3})*k?)"

# pattern -> kind, type, and from the match: value and amount
_FORMS: Final[tuple[tuple[str, Kind, str, Callable[[re.Match[str]], tuple[str, Amount | None]]], ...]] = (
    (r"(?:Dr\. )?Segler|BMW", "name", "person", lambda m: (m[0].removeprefix("Dr. "), None)),
    (r"(20\d\d)(?!\d)", "number", "year", lambda m: (m[0], Amount(float(m[0]), float(m[0])))),
    (r"(\d+)(?:th|st)", "number", "ordinal", lambda m: (m[0], Amount(float(m[1]), float(m[1])))),
    (
        r"(\d+)-(\d+) (units)", "number", "range",
        lambda m: (m[0], Amount(float(m[1]), float(m[2]), m[3])),
    ),
    (
        rf"\$({_FIGURE})", "number", "money",
        lambda m: (f"${figure(m[1])}", Amount(figure(m[1]), figure(m[1]), "$")),
    ),
    (
        rf"({_FIGURE})(?:%| percent)", "number", "percent",
        lambda m: (f"{figure(m[1])}%", Amount(figure(m[1]), figure(m[1]), "%")),
    ),
    (
        rf"({_FIGURE}) (units|examples|cars)", "number", "quantity",
        lambda m: (f"{figure(m[1])} {m[2]}", Amount(figure(m[1]), figure(m[1]), m[2])),
    ),
    (rf"({_FIGURE})", "number", "number", lambda m: (str(figure(m[1])), Amount(figure(m[1]), figure(m[1])))),
)  # fmt: skip


def find(text: str, evidence: ThreadLexicon = EMPTY_LEXICON, tagged: object = None) -> list[Mark]:
    """The marks of the first form that fits at each place."""
    found: list[Mark] = []
    at = 0
    while at < len(text):
        for pattern, kind, type, told in _FORMS:
            match = (
                None if text[at - 1 : at].isalnum() or text[at - 1 : at] == "/" else re.compile(pattern).match(text, at)
            )
            if match:
                found.append(Mark(match.start(), match.end(), kind, type, *told(match)))
                at = match.end()
                break
        else:
            at += 1
    return found
