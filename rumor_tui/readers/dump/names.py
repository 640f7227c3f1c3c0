"""Display names: how a line that could be one looks, and what templates put around it."""

from __future__ import annotations

import re

LONGEST_NAME = 60
"""In characters: longer than any display name that blog and forum software accepts by default."""

_SENTENCE_END = re.compile(r"[.!?…。！？;:,]['\"”’)]*$")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME_NOISE = re.compile(
    r"^(?:@(?=\w)|(?:avatar(?: von| of| de)?|photo of|picture of|profile picture of)\s+)"
    r"|\s+(?:offline|online|gravatar image|flag of .*|avatar|profile picture)$"
    r"|\s*\(\s*\d+\s*\)$|['’]s (?:user )?avatar$",
    re.IGNORECASE,
)


_TWICE = re.compile(r"(.{3,30})(?: gravatar image| avatar)?\1", re.IGNORECASE)


def clean_name(text: str) -> str:
    """A display name without the words that templates put around it."""
    name = _NAME_NOISE.sub("", _NAME_NOISE.sub("", text.strip()))
    twice = _TWICE.fullmatch(name)
    name = twice.group(1) if twice else name
    return name.strip(" \t:,|·•»–—-#>♦").strip()


def has_letter(text: str) -> bool:
    """Is there a letter in it, of any script?"""
    return bool(_LETTER.search(text))


def plausible(text: str, most: int) -> bool:
    """Could `text` be a display name: short, few words, no end of a sentence?"""
    if len(text) > LONGEST_NAME or "\t" in text or (len(text) > 24 and _WIDE.search(text)):
        return False
    parts = text.split()
    if len(parts) > most or text.startswith(("http:", "https:", ">", '"', "“", "„", "«", "\\", "{", "<", "=")):
        return False
    return not _SENTENCE_END.search(text) or _is_initial(parts)


def _is_initial(parts: list[str]) -> bool:
    """Does the point at the end belong to a short form, as in "Anna K."?"""
    last = parts[-1].strip("()")
    return last.endswith(".") and len(parts) <= 3 and len(last) <= 4 and last[0].isupper()
