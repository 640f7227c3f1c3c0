"""Figures that are no quantities: list markers, identifiers, versions, machine addresses, sizes, ratios."""

from __future__ import annotations

import re

from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import lazy_pattern, word_before

_diff_header = lazy_pattern(
    r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@"
    r"|\bindex [0-9a-f]{7,40}\.\.[0-9a-f]{7,40}(?: \d{6})?(?!\S)"
)


def blank_diff_headers(text: str) -> str:
    """The text with spaces for the headers of a unified diff: "@@ -35,6 +35,8 @@", "index 3f2a9c1..a1b2c3d 100644"."""
    if "@@ -" in text or ("index " in text and ".." in text):
        return _diff_header().sub(lambda match: " " * len(match.group()), text)
    return text


def is_list_marker(text: str, start: int, end: int) -> bool:
    """Whether a figure at the start of a line numbers a list item: "1. Open the lid"."""
    if end - start > 2 or text[end : end + 2] not in (". ", ") ", ".\u00a0"):
        return False
    if start and text[start - 1] not in "\n \t>":
        return False
    line = text[max(0, start - 12) : start].rpartition("\n")[2]
    inside = start > 12 and len(line) == 12
    return not inside and not line.strip(" \t>*") and bool(text[end + 2 : end + 3].strip())


_PLANS = frozenset(("401", "403"))


def savings_plan_end(text: str, start: int, end: int) -> int:
    """Where the name of a savings plan ends, such as 401k, 401(k) and 403b; 0 if there is none."""
    ending = _plan_ending().match(text, end) if text[start:end] in _PLANS else None
    return ending.end() if ending else 0


_plan_ending = lazy_pattern(r"(?:-? ?\([kb]\)|-?[kb])(?:['’]?s)?(?!\w)", re.IGNORECASE)

ID_DIGITS = 9
"""A bare figure of at least so many digits without a separator is an identifier rather than an amount."""

_IDENTIFIER_WORDS = frozenset(
    ("attachment", "attachments", "id", "uid", "bug", "ticket", "isbn", "issn", "serial", "sku", "msgid")
)
"""Words before a long figure that make it an identifier."""


def is_identifier(text: str, figure: Quantity) -> bool:
    """Whether a bare figure identifies one thing: attachment 548684, 1666802373542; a round one is an amount."""
    digits = figure.low
    if len(digits) < 4 or figure.words or not digits.isdecimal() or figure.end - figure.start != len(digits):
        return False
    if len(digits) >= ID_DIGITS:
        return not digits.endswith("000000")
    return word_before(text, figure.start).rstrip(":#.") in _IDENTIFIER_WORDS


UNMARKED = ""
"""The type of what is skipped and not marked."""


def read_dotted(text: str, start: int, raw: str) -> Quantity | None:
    """A run of figures with points or dashes: a version, a network address (not marked), or a serial number.

    None for an amount with points as thousands separators.
    """
    end = start + len(raw)
    if not is_called_version(text, start):
        if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", raw):
            return None
        if re.fullmatch(r"\d{1,9}(?:\.\d{1,9}){3}", raw) and all(int(part) < 256 for part in raw.split(".")):
            return Quantity(start, end, UNMARKED)
    if re.match(r"\d{1,9}(?:\.\d{1,9}){1,9}", raw) and "." in raw and not re.search(r"\d-\d", raw):
        return make_version(start, end, raw)
    if raw[3:4] == ")":
        begin = start - (text[start - 1 : start] == "(")
        return Quantity(begin, end, "number", value="-".join(re.findall(r"\d+", raw)))
    return Quantity(start, end, "number", value="".join(raw.split()))


def make_version(start: int, end: int, raw: str) -> Quantity:
    """A version, with or without its v; its value always has it, since 3.1 is also an amount."""
    return Quantity(start, end, "version", value="v" + raw.lstrip("vV. ").lower())


_version_pattern = lazy_pattern(
    r"\d{1,4}(?:\.\d{1,6}){0,4}(?:[-.]?(?:rc|alpha|beta|b|a|dev|pre|post|p)\.?\d{0,3})?(?![\w]|\.\d)", re.I
)


def read_v_version(text: str, start: int) -> Quantity | None:
    """A version with its v right before the figure at `start`: v3.1, v2."""
    if text[start - 1] not in "vV" or text[max(0, start - 2) : start - 1].isalnum():
        return None
    match = _version_pattern().match(text, start)
    if match is None or (text[start - 1] == "V" and "." not in match.group()):
        return None
    return make_version(start - 1, match.end(), match.group())


def read_named_version(text: str, start: int) -> Quantity | None:
    """A version after a word that announces one or after a program's name: "version 3.1", "ver. 2", "Python 3.6"."""
    match = (
        _version_pattern().match(text, start)
        if is_called_version(text, start) or _follows_program(text, start)
        else None
    )
    return make_version(start, match.end(), match.group()) if match else None


def _follows_program(text: str, start: int) -> bool:
    """Whether a figure with a point follows the name of a program, a format or a licence: "Python 3.6"."""
    if not _decimal_pattern().match(text, start):
        return False
    lead = word_before(text, start)
    if lead in _NOT_PROGRAMS or not lead[-1:].isalnum() or text[start : start + 6].partition(".")[2][:3] == "000":
        return False
    begin = start - 1 - len(lead)
    written = text[begin : start - 1]
    if written[:1].islower() and written[1:2].islower():
        return lead in _PROGRAMS
    opens = text[:begin].rstrip(" \"'“‘(*")[-1:] in ("", ".", "!", "?", "\n", ":", "•")
    return lead in _PROGRAMS or (written[:1].isalpha() and not opens and text[begin - 1 : begin] in " -(")


_decimal_pattern = lazy_pattern(
    r"\d{1,2}\.\d{1,3}(?![\w%$€£°\"]|[.,]\d| ?(?:million|billion|percent|[a-z]+s\b|[kcm]?m\b|k?g\b|[gmt]b\b"
    r"|[gmk]hz\b|l\b|ft\b|in\b))",
    re.I,
)

_PROGRAMS = frozenset(
    split_words("""
        python java php ruby perl node windows android ios linux kernel ubuntu debian firefox chrome opera http usb hdmi
        bluetooth gpt postgres postgresql mysql sqlite mongodb openssl tls ssl html css django rails web gnome kde qt
        gtk
        macos osx swift rust scala golang drupal wordpress joomla vbulletin phpbb gpl lgpl agpl cc by-sa directx opengl
        """)
)
"""Names of things with versions that count also in lower case and at the start of a sentence."""

_NOT_PROGRAMS = frozenset(
    split_words("""
        the a an i in on at by of for to from with is was are were be and or but if as it its only about around over
        under
        than gpa score scores rated rating avg average mean total approx roughly nearly almost up down plus minus like
        """)
)
"""Words that name no program, even if they are capitalised."""


def is_called_version(text: str, start: int) -> bool:
    """Whether the word before a figure announces a version."""
    return word_before(text, start).rstrip(".") in _VERSION_WORDS


_VERSION_WORDS = frozenset(("version", "versions", "ver", "v", "release", "firmware", "rev", "revision"))


def read_size(text: str, start: int, raw: str) -> Quantity:
    """A size such as 1920x1080 or 3 × 5 × 4, which is not compared."""
    return Quantity(start, start + len(raw), "number", value=raw.lower().replace(" ", "").replace("×", "x"))


def read_ratio(text: str, start: int, raw: str) -> Quantity:
    """A ratio such as 4:3, which is not compared."""
    return Quantity(start, start + len(raw), "number", value=raw)


def read_height(text: str, start: int, raw: str) -> Quantity:
    """A height in feet and inches: 5'10" amounts to 70 inches."""
    feet, inches = re.findall(r"\d+(?:\.\d)?", raw)
    if float(inches) >= 12:
        return Quantity(start, start + len(raw), UNMARKED)
    return Quantity(
        start, start + len(raw), "quantity", f"{int(feet) * 12 + float(inches):g}", "in", value=f"{feet} ft {inches} in"
    )


_ID_PATTERN = r"""(?ix)
    [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
  | (?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}
  | (?=[0-9a-f:]{0,48}[a-f])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}|:)
  | (?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2})?
  | \w[\w-]{0,40}(?:\.\w[\w-]{0,40}){0,4}\.[a-z]{2,6}[/:?\#]\S*
  | \S{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg|heic|tiff?|mp[34]|mov|avi|mkv)
"""

_id_pattern = lazy_pattern(_ID_PATTERN)

ID_REACH = 48
"""Characters of a word that are looked at on each side of a figure."""


def identifier_end(text: str, start: int, end: int) -> int:
    """Where the identifier (UUID, MAC or IP address, file, page) that contains a figure ends; 0 if there is none."""
    left = text[max(0, start - ID_REACH) : start]
    right = text[end : end + ID_REACH]
    left = re.split(r"\s", left)[-1]
    right = re.split(r"\s", right, maxsplit=1)[0]
    word = (left + text[start:end] + right).strip("()[]{}<>\"'`,;.!?*_")
    return end + len(right) if _id_pattern().fullmatch(word) else 0
