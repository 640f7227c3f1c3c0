"""Figures that are no amounts: versions, addresses of machines, telephone and serial numbers, sizes and ratios."""

from __future__ import annotations

import re
from functools import lru_cache

from rumor_tui.marks.context import word_before
from rumor_tui.marks.values import Figure
from rumor_tui.marks.words import listed

NOTHING = ""
"""The type of what is read over and not marked."""


def dotted(text: str, start: int, raw: str) -> Figure | None:
    """A run of figures with points or dashes: a version, an address of a machine (not marked), or a serial number.

    None for an amount whose thousands are parted by points.
    """
    end = start + len(raw)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", raw) and not is_called(text, start):
        return None
    if "-" not in raw.strip("-") and re.fullmatch(r"\d{1,9}(?:\.\d{1,9}){1,9}", raw) and not is_called(text, start):
        parts = raw.split(".")
        if len(parts) == 4 and all(int(part) < 256 for part in parts):
            return Figure(start, end, NOTHING)
    if re.match(r"\d{1,9}(?:\.\d{1,9}){1,9}", raw) and "." in raw and not re.search(r"\d-\d", raw):
        return version(start, end, raw)
    if raw[3:4] == ")":
        begin = start - (text[start - 1 : start] == "(")
        return Figure(begin, end, "number", value="-".join(re.findall(r"\d+", raw)))
    return Figure(start, end, "number", value="".join(raw.split()))


def version(start: int, end: int, raw: str) -> Figure:
    """A version, with or without its v; its value has it, for 3.1 is also an amount."""
    return Figure(start, end, "version", value="v" + raw.lstrip("vV. ").lower())


@lru_cache(maxsize=1)
def _version() -> re.Pattern[str]:
    return re.compile(
        r"\d{1,4}(?:\.\d{1,6}){0,4}(?:[-.]?(?:rc|alpha|beta|b|a|dev|pre|post|p)\.?\d{0,3})?(?![\w]|\.\d)", re.I
    )


def after_v(text: str, start: int) -> Figure | None:
    """A version whose v stands right before the figure at `start`: v3.1, v2."""
    if text[start - 1] not in "vV" or text[max(0, start - 2) : start - 1].isalnum():
        return None
    found = _version().match(text, start)
    if found is None or (text[start - 1] == "V" and "." not in found.group()):
        return None
    return version(start - 1, found.end(), found.group())


def after_word(text: str, start: int) -> Figure | None:
    """A version that the word before it calls one: "version 3.1", "ver. 2"."""
    found = _version().match(text, start) if is_called(text, start) or _after_name(text, start) else None
    return version(start, found.end(), found.group()) if found else None


def _after_name(text: str, start: int) -> bool:
    """Whether a figure with a point stands after the name of a program, a format or a licence: "Python 3.6"."""
    if not _pointed().match(text, start):
        return False
    lead = word_before(text, start)
    if lead in _NO_NAMES or not lead[-1:].isalnum() or text[start : start + 6].partition(".")[2][:3] == "000":
        return False
    begin = start - 1 - len(lead)
    written = text[begin : start - 1]
    if written[:1].islower() and written[1:2].islower():
        return lead in _PROGRAMS
    opens = text[:begin].rstrip(" \"'“‘(*")[-1:] in ("", ".", "!", "?", "\n", ":", "•")
    return lead in _PROGRAMS or (written[:1].isalpha() and not opens and text[begin - 1 : begin] in " -(")


@lru_cache(maxsize=1)
def _pointed() -> re.Pattern[str]:
    return re.compile(
        r"\d{1,2}\.\d{1,3}(?![\w%$€£°\"]|[.,]\d| ?(?:million|billion|percent|[a-z]+s\b|[kcm]?m\b|k?g\b|[gmt]b\b"
        r"|[gmk]hz\b|l\b|ft\b|in\b))",
        re.I,
    )


_PROGRAMS = frozenset(
    listed("""
        python java php ruby perl node windows android ios linux kernel ubuntu debian firefox chrome opera http usb hdmi
        bluetooth gpt postgres postgresql mysql sqlite mongodb openssl tls ssl html css django rails web gnome kde qt
        gtk
        macos osx swift rust scala golang drupal wordpress joomla vbulletin phpbb gpl lgpl agpl cc by-sa directx opengl
        """)
)
"""Names of things that have versions, which count in lower case and where a sentence begins."""

_NO_NAMES = frozenset(
    listed("""
        the a an i in on at by of for to from with is was are were be and or but if as it its only about around over
        under
        than gpa score scores rated rating avg average mean total approx roughly nearly almost up down plus minus like
        """)
)
"""Words that no program is named by, whatever their letters."""


def is_called(text: str, start: int) -> bool:
    """Whether the word before a figure calls it a version."""
    return word_before(text, start).rstrip(".") in _BEFORE


_BEFORE = frozenset(("version", "versions", "ver", "v", "release", "firmware", "rev", "revision"))


def size(text: str, start: int, raw: str) -> Figure:
    """A size such as 1920x1080 or 3 × 5 × 4, which is not compared."""
    return Figure(start, start + len(raw), "number", value=raw.lower().replace(" ", "").replace("×", "x"))


def ratio(text: str, start: int, raw: str) -> Figure:
    """A ratio such as 4:3, which is not compared."""
    return Figure(start, start + len(raw), "number", value=raw)


def height(text: str, start: int, raw: str) -> Figure:
    """5'10" is worth 70 inches."""
    feet, inches = re.findall(r"\d+(?:\.\d)?", raw)
    if float(inches) >= 12:
        return Figure(start, start + len(raw), NOTHING)
    return Figure(
        start, start + len(raw), "quantity", f"{int(feet) * 12 + float(inches):g}", "in", value=f"{feet} ft {inches} in"
    )


_IDS = r"""(?ix)
    [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
  | (?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}
  | (?=[0-9a-f:]{0,48}[a-f])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}|:)
  | (?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2})?
  | \w[\w-]{0,40}(?:\.\w[\w-]{0,40}){0,4}\.[a-z]{2,6}[/:?\#]\S*
  | \S{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg|heic|tiff?|mp[34]|mov|avi|mkv)
"""


@lru_cache(maxsize=1)
def _ids() -> re.Pattern[str]:
    return re.compile(_IDS)


REACH = 48
"""Characters of a word that are looked at on each side of a figure."""


def id_around(text: str, start: int, end: int) -> int:
    """Where the machine's name (UUID, MAC, IP, page) ends that a figure is a part of; 0 when it is a part of none."""
    left = text[max(0, start - REACH) : start]
    right = text[end : end + REACH]
    left = re.split(r"\s", left)[-1]
    right = re.split(r"\s", right, maxsplit=1)[0]
    word = (left + text[start:end] + right).strip("()[]{}<>\"'`,;.!?*_")
    return end + len(right) if _ids().fullmatch(word) else 0
