"""Texts as paragraphs, in each of which numbers and names are looked for by itself, and the words of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Where each paragraph of a text starts and ends, in order: what empty lines part, without newlines at its edges.

    Those of `a + "\n\n" + b` are those of `a` and those of `b`.
    """
    at, size = 0, len(text)
    while at < size:
        end = text.find("\n\n", at)
        if end < 0:
            end = size
        start = at
        if text[start] == "\n" or text[end - 1] == "\n":
            start += end - at - len(text[at:end].lstrip("\n"))
            if start < end:
                yield start, start + len(text[start:end].rstrip("\n"))
        else:
            yield start, end
        at = end + 2


def words_of(text: str) -> frozenset[str]:
    r"""The words of a text as written: what `\w+` finds, but three times as fast for text that is all ASCII."""
    if not text.isascii():
        for mark in "’‘“”–—…•":
            text = text.replace(mark, " ")
        if not text.isascii():
            return frozenset(_word().findall(text))
    return frozenset(text.translate(_spaces()).split())


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


@lru_cache(maxsize=1)
def _spaces() -> dict[int, str]:
    """What is not a letter, a digit or an underscore in ASCII -> a space."""
    return {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
