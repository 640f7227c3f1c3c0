"""Text as it may be shown: neutral, mended, measured and folded for search.

Everything that rumor-tui shows was written by strangers. `neutralise` is the one gate that each text passes on
entry; after it, a text holds no control but the newline, nothing invisible that steers a terminal, and nothing
that Rich and the terminal would measure differently.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Match, Pattern

TAB: Final = 4
"""Columns between tab stops."""

MAX_MARKS: Final = 3
"""Combining marks kept in a row on one base: Vietnamese and Hebrew need two, Tibetan and IPA at times three."""

# What needs no look at all. Bytes that `bytes.translate` deletes; what is left over is suspect.
_PLAIN_BYTES: Final = bytes(range(0x20, 0x7F)) + b"\n"

# Letters, punctuation and pictures that are shown as they are: they take the cells that Rich counts, join with
# nothing and steer nothing. Whatever is not listed goes the slow way and may still come out unchanged.
_ORDINARY: Final = (
    "\n -~\xa0-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u05be\u05d0-\u05ea\u1e00-\u1f15\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u218b\u2190-\u23e8\u2500-\u2604\u3000-\u3029\u3030-\u303f\u3041-\u3096\u309b-\u30ff"
    "\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9d"
    "\U0001f300-\U0001f320\U0001f337-\U0001f35c\U0001f440\U0001f442-\U0001f44f\U0001f600-\U0001f64f\U0001f680-\U0001f6a0"
    "\U0001f910-\U0001f93a"
)

_BREAKS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


@cache
def _suspect() -> Pattern[str]:
    """Finds the first character that is not ordinary."""
    return re.compile(f"[^{_ORDINARY}]")


# The scripts whose spelling uses the zero-width joiner and non-joiner inside words: Arabic, Syriac, Mongolian and
# the Brahmi-derived ones (Unicode 16, section 23.2; UAX 31, section 2.3).
_JOINING: Final = (
    "\u0620-\u074f\u0750-\u077f\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1820-\u18aa\ua840-\ua877"
)


@cache
def _dropped() -> Pattern[str]:
    """Finds what is invisible, steers the direction of text, or changes how wide its neighbour is drawn.

    Soft hyphen, joiner and direction controls, fillers, variation selectors, tags, keycap, skin tones; and the
    joiners, but for those between two letters of a script that needs them.
    """
    always = (
        "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u20dd-\u20e0"
        "\u20e2-\u20e4\u302e\u302f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
        "\U00013430-\U0001343f\U00016ff0\U00016ff1\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
        "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
    )
    return re.compile(f"[{always}]+")


@cache
def _stray_joiners() -> Pattern[str]:
    """Finds joiners that do not stand alone between two letters of a script that spells with them."""
    return re.compile(f"(?<![{_JOINING}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINING}\u200c\u200d])")


@cache
def _pictures() -> dict[int, str]:
    """What is shown in place of controls: the control pictures, U+FFFD for C1. And of what is measured in two ways.

    Those few symbols became wide in Unicode 16, which Rich follows and terminals mostly do not yet; the trigram for
    heaven is the menu sign of many pages.
    """
    table = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    table[0x7F] = "\u2421"
    for first, last in ((0x80, 0x9F), (0x2631, 0x2637), (0x268A, 0x268F), (0x3248, 0x324F), (0x1D300, 0x1D376)):
        table.update(dict.fromkeys(range(first, last + 1), "\ufffd"))
    table[0x2630] = "\u2261"
    return table


@cache
def _odd_runs() -> Pattern[str]:
    """Finds runs of what is neither ordinary nor a letter, digit or space: marks, and what no Python knows."""
    return re.compile(rf"[^\w\s{_ORDINARY}]+")


_PICTOGRAMS: Final = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff"
)
"""Where Unicode's emoji stand (emoji-data.txt), with those that are still to come."""

_MAX_JOINED: Final = 9
"""Pictures in one joined emoji at most; the longest in use, a kiss with two skin tones, has four."""


@cache
def _joined_emoji() -> Pattern[str]:
    """Finds the emoji of several characters (UTS 51, section 1.4.9): joined, in another skin or style, keycaps, flags.

    Of the flags that are spelt with invisible letters only the three that exist, as others could hide a text.
    """
    modifier = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
    no_tone = "(?![\U0001f3fb-\U0001f3ff])"  # a tone of skin without an emoji is nothing, as on a screen
    picture = f"{no_tone}[{_PICTOGRAMS}]"
    nations = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls"))
    return re.compile(
        f"\U0001f3f4(?:{nations})\U000e007f|[0-9#*]\ufe0f?\u20e3"
        f"|{picture}{modifier}?(?:\u200d{picture}{modifier}?){{1,{_MAX_JOINED - 1}}}|{picture}{modifier}"
        f"|{no_tone}[\U0001f000-\U0001faff]"
    )


def _checked(run: Match[str]) -> str:
    """A run without the marks beyond `MAX_MARKS` on one base, joiners or not; what is not assigned is U+FFFD.

    A terminal draws nothing for what it does not know, where Rich counts a cell.
    """
    from unicodedata import category

    kept: list[str] = []
    row = 0
    for char in run[0]:
        kind = category(char)
        if kind in ("Mn", "Me"):
            row += 1
        elif kind != "Cf":
            row = 0
        if row <= MAX_MARKS or kind == "Cf":
            kept.append("\ufffd" if kind == "Cn" else char)
    return "".join(kept)


def neutralise(text: str) -> str:
    """The text with nothing in it that could steer a terminal or that Rich and terminals measure differently.

    Line ends become newlines, tabs spaces, controls their pictures (C1: U+FFFD), surrogates and what is not assigned
    U+FFFD. What is invisible goes, but for the joiners inside words of the scripts that spell with them; the parts of
    a joined emoji stand apart. What stays to be measured in two ways: the spacing marks of Indic scripts, which are
    letters there. Idempotent; at most `TAB` times as long.
    """
    if text.isascii():
        if not text.encode("ascii").translate(None, _PLAIN_BYTES):
            return text
    elif not _suspect().search(text):
        return text
    return _neutralised(text)


def neutralise_for_file(text: str) -> str:
    """The same for text that is not drawn cell by cell: emoji keep what joins and changes them, and may be new.

    Idempotent; at most `TAB` times as long. What `neutralise` leaves alone, this leaves alone.
    """
    if neutralise(text) == text:
        return text
    text = _BREAKS.sub("\n", text)
    if "\t" in text:
        text = text.expandtabs(TAB)
    parts: list[str] = []
    at = 0
    for emoji in _joined_emoji().finditer(text):
        parts += _neutralised(text[at : emoji.start()]), emoji[0]
        at = emoji.end()
    return "".join(parts) + _neutralised(text[at:])


def rare_characters(data: bytes) -> frozenset[str]:
    """The characters of UTF-8 text but for printable ASCII and newlines, each once: in long text they are few."""
    return frozenset(data.translate(None, _PLAIN_BYTES).decode())


@lru_cache(maxsize=4096)
def is_ordinary(char: str) -> bool:
    """Whether `neutralise` leaves a character alone, wherever it stands."""
    return _suspect().search(char) is None


def _neutralised(text: str) -> str:
    text = _BREAKS.sub("\n", text)
    if "\t" in text:
        text = text.expandtabs(TAB)
    text = text.translate(_pictures())
    if text.isascii():
        return text
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    text = _dropped().sub("", text)
    text = _odd_runs().sub(_checked, text)
    text = re.sub("([\u200c\u200d])[\u200c\u200d]+", r"\1", text)
    return _stray_joiners().sub("", text)


def neutralise_line(text: str, clean: Callable[[str], str] = neutralise) -> str:
    """The same on one line, every run of white space folded to a space: for titles, authors and addresses."""
    return " ".join(clean(text).split())


# An apostrophe torn off: "didn ‘t", "I ‘m", "they ‘ve", "M3 ‘s". Not what is quoted ("the ‘s’", "said ‘tis").
_CONTRACTION: Final = re.compile(
    r"(?:(?<=n) [‘’'](?=t\b)|(?<=\bI) [‘’'](?=m\b)|(?<=[^\W_])(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bof)(?<!\bor)(?<!\band)"
    r"(?<!letter) [‘’'](?=(?:s|re|ll|ve|d)\b))(?!\w+[’'-])",
    re.IGNORECASE,
)
# A stop torn off. The high stops (; : ! ?) stay: French parts them.
_LOOSE_STOP: Final = re.compile(r"(?<=[\w)”’\"]) (?:,(?=\s|$)|\.(?=\s+[A-Z]|\s*$))")
# UTF-8 read as Latin-1 or Windows-1252, and C1 controls, which pages do not hold on purpose.
_MOJIBAKE: Final = re.compile("[ÂÃâïÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ðŸ|[\x80-\x9f]")
_ABOUT_ENCODINGS: Final = re.compile(r"utf-?8|latin-?1|unicode|encod|charset|character set|mojibake", re.IGNORECASE)
"""In a line about encodings mojibake stands on purpose."""
_MOJIBAKE_LINE: Final = 100_000
"""Characters beyond which a line is not looked at: ftfy's limit on a piece is ten times that."""


def mend(text: str) -> str:
    """The text with what dumps break put right: apostrophes and stops torn off, and mojibake.

    For display only. Idempotent; the length may change.
    """
    text = mend_encoding(text)
    if " ‘" in text or " ’" in text or " '" in text:
        text = _CONTRACTION.sub(_rejoined, text)
    if " ," in text or " ." in text:
        text = _LOOSE_STOP.sub(_rejoined, text)
    return text


def _rejoined(found: Match[str]) -> str:
    """What was torn off, without its space; an opening quote there is an apostrophe."""
    return found[0][1:].replace("‘", "’")


def mend_encoding(text: str, ends: str = "\n") -> str:
    """The text with mojibake as ftfy reads it, line by line: its encoding only, nothing else is changed.

    `ends` are the characters between what is looked at apart.
    """
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(
        unescape_html=False, uncurl_quotes=False, fix_line_breaks=False, normalization=None, explain=False
    )
    edge = re.compile(f"[{ends}]")
    parts: list[str] = []
    at = 0
    while found := _MOJIBAKE.search(text, at):
        start = max((at, *(text.rfind(char, at, found.start()) + 1 for char in ends)))
        stop = edge.search(text, found.end())
        end = stop.start() if stop else len(text)
        line = text[start:end]
        leave = len(line) >= _MOJIBAKE_LINE or _ABOUT_ENCODINGS.search(line)
        parts += text[at:start], line if leave else fix_encoding(line, config)
        at = end
    return "".join(parts) + text[at:]


_NARROW: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0373\u0384-\u038a\u03a3-\u0482\u2010-\u2027\u2030-\u205e]*"
)
"""Text that takes a cell a character: what Rich's own quick look knows, and the punctuation of typeset text."""


def cell_len(text: str) -> int:
    """The terminal cells that the text takes on one line; the same as Rich's count, which Textual lays out with."""
    if (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


_FOLDS: Final = (
    *((quote, "'") for quote in "‘’‚‛′‵ʹʼ`´"),
    *((quote, '"') for quote in "“”„‟″‶«»"),
    *((dash, "-") for dash in "‐‑‒–—―−"),
    *((space, " ") for space in "\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
    ("İ", "i"),
    ("ς", "σ"),
)


def fold(text: str) -> str:
    """The text as search compares it, exactly as long: lower case, plain quotes, dashes and spaces."""
    if text.isascii():
        return text.lower()
    for odd, simple in _FOLDS:
        if odd in text:
            text = text.replace(odd, simple)
    return text.lower().replace("ς", "σ")
