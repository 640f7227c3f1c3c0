"""What a line still lacks while it is being typed.

The parser takes such a line for text, which is right for a line that is done; while it is typed the last result says
more than the text that it happens to be.
"""

from __future__ import annotations

import re
from typing import Final

from rumor_tui.search.parsing import last_word
from rumor_tui.search.terms import OPERATORS

_COMPARED: Final = re.compile(r"[$€£¥₹₩₽₺₿¢%]?(?:>=?|<=?|~)")
_QUOTED: Final = re.compile(r'(?:([A-Za-z]+):)?(")', re.DOTALL)
_CLOSED: Final = re.compile(r'"(?:\\["\\]|[^"]|"(?!\s|\Z))*+"', re.DOTALL)
_EXPRESSION: Final = re.compile(r"/[^/\s].*[(\[{|*+?\\^$]", re.DOTALL)
_HALF_DATE: Final = re.compile(r"(?:before|after):[0-9]{4}-(?:1|[0-9]{1,2}-[1-3])", re.IGNORECASE)


def missing(line: str) -> str:
    """What is missing at the end of a line, in a sentence; "" where nothing is."""
    last = last_word(line.rstrip())
    word = line[last:].strip()
    if word in ("or", "OR"):
        return f"What may stand instead is missing after {word}." if line[:last].strip() else ""
    if _COMPARED.fullmatch(word):
        return f"A number is missing after {word}"
    word = word.removeprefix("-")
    if _is_open(word):
        return 'The quotes are not closed: a " is missing.'
    if _HALF_DATE.fullmatch(word):
        return f"A digit is missing after {word}"
    run = line[last_word(line, plain=True) :].strip().removeprefix("-")
    if _EXPRESSION.match(run) and not run.endswith(("/", "/i")):
        return "The expression is not closed: a / is missing."
    return ""


def _is_open(word: str) -> bool:
    """Whether a word begins with quotes, or has them behind an operator, that nothing closes."""
    found = _QUOTED.match(word)
    if found is None or (found[1] and found[1].lower() not in OPERATORS):
        return False
    return _CLOSED.fullmatch(word, found.start(2)) is None
