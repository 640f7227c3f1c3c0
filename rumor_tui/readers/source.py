"""What every reader gets: a source, and what is known of it besides its bytes; and the messages when it cannot be read.

A message is one sentence on what is wrong, and one on what to do about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from errno import EACCES, EISDIR, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from rumor_tui.model import SourceError
from rumor_tui.readers.decode import decode_text, is_binary, to_utf8

if TYPE_CHECKING:
    from rumor_tui.readers.api.document import Document


Kind = Literal["text", "json", "page"]
"""How a source becomes text: as it is, indented, or as the visible text of a page."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a source besides its bytes; `name` is its path or address, or "-" for standard input.

    `charset` is the encoding that came with it, as in HTTP's Content-Type: it is right more often than what the text
    declares. `moment` is when the bytes were fetched, in seconds since 1970 UTC: the base of "3 hours ago". `level` is
    the number of containers around it.
    """

    name: str = ""
    charset: str = ""
    moment: float | None = None
    level: int = 0

    @property
    def suffix(self) -> str:
        """The extension of the name in lower case, with its dot, or an empty string."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return "." + last.rsplit(".", 1)[1].lower() if "." in last[1:] else ""


_LONGEST_NAME = 120
_BINARY_STARTS = (
    *(b"%PDF-", b"%!PS", b"{\\rtf", b"!<arch>\n", b"\xff\xd8\xff", b"\x89PNG", b"\x89HDF"),
    *(b"\xff\xfb", b"\xcf\xad\x12\xfe", b"7z\xbc\xaf", b"Rar!\x1a\x07"),
)
"""First bytes of the binary formats that may have no zero byte in what is looked at."""
_HEAD = 65_536

_OPEN_ERRORS = {
    ENOENT: "there is no such file. Check the name, or the folder that you are in.",
    ENOTDIR: "a part of its path is a file, not a folder. Check the name.",
    EISDIR: "it is a folder, and not one of mail. Name a file in it.",
    EACCES: "you may not read it. Ask its owner, or change its permissions.",
    EPERM: "you may not read it. Ask its owner, or change its permissions.",
    ENAMETOOLONG: "its name is too long for a file. Check the name.",
}

MAX_LEVEL = 4
"""Containers around a source: a page in an archive that is compressed has two."""


def name_source(hint: Hint) -> str:
    """The name of the source as the subject of a message: on one line, without control characters, not too long."""
    return "Standard input" if hint.name == "-" else _shown_path(hint) or "The source"


def hint_inside(hint: Hint, name: str, charset: str = "", moment: float | None = None) -> Hint:
    """The hint for what a container holds. Raises SourceError where too many are inside each other."""
    if hint.level >= MAX_LEVEL:
        raise SourceError(
            f"{name_source(hint)} is in more than {MAX_LEVEL} archives, one inside the other. Unpack it yourself."
        )
    return Hint(name, charset, moment, hint.level + 1)


def _shown_path(hint: Hint) -> str:
    from rumor_tui import text

    shown = text.neutralise_line(hint.name)
    return shown if len(shown) <= _LONGEST_NAME else "…" + shown[1 - _LONGEST_NAME :]


def describe_open_failure(hint: Hint, error: Exception) -> str:
    """The message for a file that could not be opened or read."""
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError):
        why = "it is larger than the free memory."
    elif number in _OPEN_ERRORS:
        why = _OPEN_ERRORS[number]
    elif isinstance(error, OSError) and error.strerror:
        why = f"the system says: {error.strerror}. Check the name and the disk."
    else:
        why = "no file can have this name. Check the name."
    return f"Cannot open {_shown_path(hint) or 'a file without a name'}: {why}"


def describe_read_failure(hint: Hint, error: Exception) -> str:
    """The message for an exception in a reader."""
    if isinstance(error, RecursionError):
        return f"{name_source(hint)} is nested too deeply to be read."
    if isinstance(error, MemoryError):
        return f"{name_source(hint)} needs more memory than is free. Close other programs, or open a smaller file."
    if isinstance(error, UnicodeError):
        return f"{name_source(hint)} has characters that cannot be decoded. Save it as UTF-8 and open it again."
    return f"{name_source(hint)} could not be read: its reader stopped with {type(error).__name__}. Please report this."


def describe_too_large(hint: Hint, largest: int) -> str:
    """The message for a source above the limit, which is given in bytes."""
    size = f"{largest // 1024**3} GiB" if largest >= 1024**3 else f"{largest // 1024**2:,} MiB"
    return f"{name_source(hint)} is larger than {size}, the most that is read. Open a part of it."


def describe_too_slow(hint: Hint) -> str:
    """The message for a source that takes longer to read than any of its size should."""
    return f"{name_source(hint)} takes too long to read: it is nested or repeats itself too much. Open a part of it."


def check_first_bytes(head: bytes, hint: Hint) -> None:
    """Raise SourceError when the first bytes show that the source is empty or not text."""
    head = head[:_HEAD]
    if not head:
        raise SourceError(f"{name_source(hint)} is empty: there is nothing to read in it.")
    if head.strip() == b"null":
        raise SourceError(
            f"{name_source(hint)} is “null”, which sites send for what they do not have. Check the address."
        )
    no_text = is_binary(head)
    if b"\0" in head or head.startswith(_BINARY_STARTS):
        from rumor_tui.readers.binary import binary_format

        if known := binary_format(head, no_text):
            raise SourceError(f"{name_source(hint)} is {known.name}. {known.advice}")
    if no_text and not head.startswith(b"From "):  # mail may hold anything
        raise SourceError(f"{name_source(hint)} is binary data, not text. Open a text, Markdown or JSON file.")


def describe_broken_json(hint: Hint, error: ValueError) -> str:
    """The message for broken JSON: where it ends too early or is invalid."""
    from json import JSONDecodeError

    if not isinstance(error, JSONDecodeError):
        return f"{name_source(hint)} is JSON that cannot be read: it has a number that is far too long."
    if error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip():
        return (
            f"{name_source(hint)} is JSON that breaks off after {len(error.doc):,} characters: the end is missing. "
            "Download or copy it again."
        )
    return (
        f"{name_source(hint)} is broken JSON: {error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno:,}, "
        f"column {error.colno:,}. Download or copy it again."
    )


_JSON_HEAD = 65_536
_BEGINS_AS_JSON = rb'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*(?::|\Z)|\Z)|\[\s*(?:[\[{]\s*["\[{]|"|\Z))'


def read_json(data: bytes, hint: Hint) -> Any:
    """The value of a JSON document, by `lenient_json`; raises SourceError that says where the JSON is broken."""
    from rumor_tui.readers.lenient_json import parse_json

    try:
        return parse_json(data)
    except ValueError as error:
        raise SourceError(describe_broken_json(hint, error)) from error


class Source:
    """The bytes of a source with its hint; `text`, `json` and `document` are computed once, when first asked for."""

    def __init__(self, data: bytes, hint: Hint) -> None:
        self.data = data
        self.hint = hint

    @cached_property
    def text(self) -> str:
        """The whole source as text, whatever its encoding (see `decode.decode_text`); every line ends with `\\n`."""
        text = decode_text(self.data, self.hint.charset)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    @cached_property
    def json(self) -> bytes:
        """The bytes as a JSON parser wants them: UTF-8 without a byte order mark."""
        return to_utf8(self.data)

    @cached_property
    def document(self) -> Document:
        """The JSON document, decoded level by level as readers look into it; JSON lines are one document, too."""
        from rumor_tui.readers.api.document import Document

        return Document(self.json)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether the first character that is not white space opens a JSON object or a JSON array."""
        return to_utf8(self.data[:4096]).lstrip()[:1] in (b"{", b"[")

    def check_text(self) -> None:
        """Raise SourceError when the text is only white space."""
        if not self.text or self.text.isspace():
            raise SourceError(f"{name_source(self.hint)} is empty: it has only white space.")

    def check_json(self) -> None:
        """Raise SourceError for JSON, whole or broken, that no reader recognised; text in brackets passes."""
        error = self.document.error
        if error is None:
            raise UnknownJsonError(describe_unknown_json(self.hint, self.document.top))
        if re.match(_BEGINS_AS_JSON, self.json[:_JSON_HEAD], re.DOTALL):
            raise SourceError(describe_broken_json(self.hint, error)) from error


class UnknownJsonError(SourceError):
    """JSON in which no reader found anything."""


def describe_unknown_json(hint: Hint, top: object) -> str:
    """What to say of JSON in which no discussion is found; `top` is its outermost value."""
    return (
        f"{name_source(hint)} is JSON of an unknown kind: {_outline(top)}. No list in it has objects with a text and "
        "an author or a date, as threads, chats and reviews have them. Open the answer or the export that holds the "
        "texts."
    )


def _outline(value: object) -> str:
    """The outermost value in a few words."""
    if isinstance(value, dict):
        keys = [text for text in map(_short, list(value)[:5]) if text]
        more = ", …" if len(value) > len(keys) else ""
        return f"an object with the keys {', '.join(keys)}{more}" if value else "an empty object"
    if isinstance(value, list):
        from rumor_tui.readers.api import document

        first = document.decode_level(value[0]) if value else None
        more = f", the first of them {_outline(first)}" if isinstance(first, dict) else ""
        return f"an array of {len(value):,} values{more}" if value else "an empty array"
    return "a single value"


def _short(key: str) -> str:
    from rumor_tui import text

    return text.neutralise_line(key)[:30]
