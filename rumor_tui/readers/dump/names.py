"""Display names: how a line that could be one looks, and what templates put around it."""

from __future__ import annotations

import re
from functools import cache

LONGEST_NAME = 60
"""In characters: longer than any display name that blog and forum software accepts by default."""

_CLOSERS = "'\"”’)"
_SENTENCE_ENDS = frozenset(".!?…。！？;:,")
_NO_NAME = ("http:", "https:", ">", '"', "“", "„", "«", "\\", "{", "<", "=")
_NOISE_BEFORE = ("@", "avatar", "photo of", "picture of", "profile picture of")
_NOISE_AFTER = ("offline", "online", "gravatar image", "avatar", "profile picture", ")")


_WIDE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
"""The kana, the Han characters and the Hangul syllables."""


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(
        r"^(?:@(?=\w)|(?:avatar(?: von| of| de)?|photo of|picture of|profile picture of)\s+)"
        r"|\s+(?:offline|online|gravatar image|flag of .*|avatar|profile picture)$"
        r"|\s*\(\s*\d+\s*\)$|['’]s (?:user )?avatar$",
        re.IGNORECASE,
    )


def clean_name(text: str) -> str:
    """A display name without the words that templates put around it."""
    name = text.strip()
    low = name.lower()
    if low.startswith(_NOISE_BEFORE) or low.endswith(_NOISE_AFTER) or "flag of " in low:
        name = _noise().sub("", _noise().sub("", name))
    return _once(name).strip(" \t:,|·•»–—-#>♦").strip()


def _once(name: str) -> str:
    """A name that stands there twice, as an avatar's alternative text and again, once."""
    low = name.lower()
    for between in ("", " avatar", " gravatar image"):
        half, odd = divmod(len(low) - len(between), 2)
        if not odd and 3 <= half <= 30 and low[:half] == low[-half:] and low[half:-half] == between:
            return name[:half]
    return name


def _is_wide(text: str) -> bool:
    """Is it, in part, in a script that writes no spaces between words, so that a long text is a sentence?"""
    return max(text) >= _WIDE[0][0] and any(first <= char <= last for char in text for first, last in _WIDE)


def has_letter(text: str) -> bool:
    """Is there a letter in it, of any script?"""
    return any(char.isalnum() and not char.isdecimal() for char in text)


def plausible(text: str, most: int) -> bool:
    """Could `text` be a display name: short, few words, no end of a sentence?"""
    if len(text) > LONGEST_NAME or "\t" in text or (len(text) > 24 and _is_wide(text)):
        return False
    parts = text.split()
    if len(parts) > most or text.startswith(_NO_NAME):
        return False
    return text.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS or _is_initial(parts)


def _is_initial(parts: list[str]) -> bool:
    """Does the point at the end belong to a short form, as in "Anna K."?"""
    last = parts[-1].strip("()")
    return last.endswith(".") and len(parts) <= 3 and len(last) <= 4 and last[0].isupper()
