"""Judges all that the program writes to a terminal: it must be neutral text, or a sequence that Textual itself uses.

The output is cut into tokens as a terminal cuts it (ECMA-48 section 5, Paul Williams' parser of DEC terminals), and
each token must be text that `neutralise` would leave alone, or match a row of `SEQUENCES`. What is not in the table is
a violation, whoever wrote it: a new sequence of Textual's is looked at by a person before it is added here.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from rumor_tui.links import openable
from rumor_tui.text import neutralise, neutralise_for_file

MOST: Final = 50
"""Violations that are told of one output."""

LEFT: Final = 24
"""Bytes of the output that a message shows on either side of a violation."""

TOKEN: Final = re.compile(
    rb"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])"
    rb"|(?P<string>\x1b[\]PX^_][^\x07\x18\x1a\x1b]*(?:\x07|\x1b\\))"
    rb"|(?P<escape>\x1b[ -/]*[0-OQ-WYZ\\`-~])"
    rb"|(?P<text>[ -~\x80-\xff]+)"
    rb"|(?P<broken>\x1b[\]PX^_\[]?)"
    rb"|(?P<control>[\x00-\x1f\x7f])"
)
"""A terminal's view of its input; every byte falls in one of these. `broken` begins a sequence that never ends well."""

_COLOUR: Final = rb"(?:[34](?:[0-79]|8;5;\d{1,3}|8;2;\d{1,3};\d{1,3};\d{1,3})|(?:9|10)[0-7])"
SGR: Final = re.compile(rb"\x1b\[(?:(?:[0-79]|21|%b)(?:;(?:[0-79]|21|%b))*)?m" % (_COLOUR, _COLOUR))
"""Styles and colours as `Strip.render_ansi` writes them; concealed text (8) and frames (51) are left out."""


class Sequence(NamedTuple):
    """A sequence that may be written, what it does, and where it comes from: Textual 8.2.8 if nothing else is said."""

    pattern: re.Pattern[bytes]
    meaning: str
    source: str


def _row(pattern: bytes, meaning: str, source: str) -> Sequence:
    return Sequence(re.compile(pattern), meaning, source)


SEQUENCES: Final = (
    Sequence(SGR, "style and colour", "strip.py, Strip.render_style"),
    _row(rb"\x1b\[\d{1,4};\d{1,4}H", "put the cursor", "_compositor.py, rich.control.Control.move_to"),
    _row(rb"\x1b\[\?1049[hl]", "alternate screen", "linux_driver.py, start_application_mode; our terminal.py"),
    _row(rb"\x1b\[\?25[hl]", "cursor shown or hidden", "linux_driver.py; our terminal.py"),
    _row(rb"\x1b\[\?7[hl]", "wrapping of long lines", "linux_driver.py, _disable_line_wrap; our terminal.py"),
    _row(rb"\x1b\[\?(?:1000|1003|1006|1015)[hl]", "mouse", "linux_driver.py, _enable_mouse_support; our terminal.py"),
    _row(rb"\x1b\[\?1002l", "mouse off", "our terminal.py, RESET_SEQUENCES"),
    _row(rb"\x1b\[\?1016[hl]", "mouse in pixels", "linux_driver.py, _enable_mouse_pixels; our terminal.py"),
    _row(rb"\x1b\[\?1004[hl]", "focus reports", "linux_driver.py; our terminal.py"),
    _row(rb"\x1b\[\?2004[hl]", "bracketed paste", "linux_driver.py, _enable_bracketed_paste; our terminal.py"),
    _row(rb"\x1b\[\?2026[hl]", "synchronised output", "_ansi_sequences.py, SYNC_START; our terminal.py"),
    _row(rb"\x1b\[\?2048[hl]", "size reports", "linux_driver.py, _enable_in_band_window_resize; our terminal.py"),
    _row(rb"\x1b\[\?(?:2026|2048)\$p", "asks whether a mode is known", "linux_driver.py"),
    _row(rb"\x1b\[>25u", "kitty's keyboard", "linux_driver.py, KITTY_PROTOCOL_FLAG: 1 + 8 + 16"),
    _row(rb"\x1b\[<u", "kitty's keyboard, back", "linux_driver.py, stop_application_mode; our terminal.py"),
    _row(rb"\x1b\]22;[a-z-]{1,20}\x07", "shape of the mouse pointer", "app.py, _set_pointer_shape"),
    _row(rb"\x1b\\", "end of a string that was cut off", "our terminal.py, RESET_SEQUENCES"),
)
"""All sequences that may be written in any case. Links and copies are looked at apart, see `violations`."""

_COPY: Final = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/]*={0,2})\x07")
_LINK: Final = re.compile(rb"\x1b\]8;id=[0-9-]{1,40};([^\x00-\x1f\x7f-\xff]+)\x1b\\")
_LINK_END: Final = b"\x1b]8;;\x1b\\"
_LINES: Final = (b"\r", b"\n")


class _Token(NamedTuple):
    kind: str
    data: bytes
    at: int


def _tokens(output: bytes) -> Iterator[_Token]:
    """The tokens of an output; text and the styles inside it are one, as words go on over a change of colour."""
    text: list[bytes] = []
    start = 0
    for match in TOKEN.finditer(output):
        kind, data = match.lastgroup or "", match[0]
        if kind == "csi" and SGR.fullmatch(data):
            continue
        if kind == "text":
            start = start if text else match.start()
            text.append(data)
            continue
        if text:
            yield _Token("text", b"".join(text), start)
            text = []
        yield _Token(kind, data, match.start())
    if text:
        yield _Token("text", b"".join(text), start)


def violations(output: bytes, *, copies: bool = False, complete: bool = True, painted: bool = True) -> list[str]:
    """What a program's output to a terminal holds that it must not, a sentence each; empty if all is well.

    With `copies` the reader copied something: the clipboard may be set, to neutral text. Without `complete` the output
    may end inside a sequence or a character, as that of a program that was killed. Text must be what `neutralise` makes
    of it; without `painted`, where lines are printed and no cells drawn, what `neutralise_for_file` makes of it.
    """
    found: list[str] = []
    before = ""
    tokens = list(_tokens(output if complete else _whole(output)))
    for n, token in enumerate(tokens):
        after = tokens[n + 1].kind if n + 1 < len(tokens) else ""
        wrong = _wrong(token, before, after, copies=copies, painted=painted)
        if wrong:
            context = output[max(token.at - LEFT, 0) : token.at + len(token.data[:80]) + LEFT]
            found.append(f"{wrong} at byte {token.at}: {context!r}")
            if len(found) == MOST:
                break
        before = token.kind
    return found


def copied(output: bytes) -> list[str]:
    """The texts that the output puts into the clipboard (OSC 52), in order."""
    return [text for match in _COPY.finditer(output) if (text := _decoded(match[1])) is not None]


def plain(output: bytes) -> str:
    """The text of an output without its sequences, for looking whether something was shown at all."""
    return b"".join(match[0] for match in TOKEN.finditer(output) if match.lastgroup == "text").decode(
        "utf-8", "replace"
    )


def _whole(output: bytes) -> bytes:
    """The output up to a sequence or a character that it ends in the middle of."""
    output = re.sub(rb"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x18\x1a\x1b]*\x1b?|[ -/]*)\Z", b"", output)
    return re.sub(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z", b"", output)


def _wrong(token: _Token, before: str, after: str, *, copies: bool, painted: bool) -> str:
    """What is wrong with a token between two others; "" if nothing is."""
    kind, data = token.kind, token.data
    if kind == "text":
        return _wrong_text(data, painted=painted)
    if data in _LINES or any(row.pattern.fullmatch(data) for row in SEQUENCES):
        return ""
    if data == b"\x07" and "text" not in (before, after):
        return ""  # Textual's own bell, which never stands inside text
    if data == _LINK_END:
        return ""
    if link := _LINK.fullmatch(data):
        address = link[1].decode()
        safe = address.startswith(("http://", "https://")) and openable(address) == address
        return "" if safe else f"a link to {address!r}"
    if copy := _COPY.fullmatch(data):
        return _wrong_copy(copy[1]) if copies else "a change of the clipboard"
    return f"{_NAMES.get(kind, kind)} {data[:60]!r}"


_NAMES: Final = {
    "csi": "the control sequence",
    "string": "the control string",
    "escape": "the escape sequence",
    "broken": "the beginning of a sequence",
    "control": "the control character",
}


def _wrong_text(data: bytes, *, painted: bool) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return f"text that is not UTF-8 ({error.reason})"
    clean = neutralise if painted else neutralise_for_file
    # A line may end after a joiner inside a word, which is then the last of its line.
    shown = text.rstrip("\u200c\u200d")
    return "" if clean(shown) == shown else f"text that is not neutral, {_first_difference(shown, clean(shown))},"


def _first_difference(text: str, clean: str) -> str:
    for n, char in enumerate(text):
        if n >= len(clean) or clean[n] != char:
            return f"U+{ord(char):04X}"
    return "its end"


def _wrong_copy(data: bytes) -> str:
    text = _decoded(data)
    if text is None:
        return "a copy that cannot be decoded"
    text = text.replace("\t", " ")  # parts the cells of a table
    return "" if neutralise_for_file(text) == text else f"a copy of what is not neutral: {text[:60]!r}"


def _decoded(data: bytes) -> str | None:
    try:
        return base64.b64decode(data, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
