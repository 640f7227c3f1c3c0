"""The source of a thread as plain text, with the place of a comment in it, and its prose as passages.

A page becomes its visible text in order, JSON is
indented, and anything else stays as it is. Of a source above `MAX_WHOLE` bytes only the part around the place that is
looked for becomes text, so that the time does not grow with the size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from rumor_tui.model import Account, SourceText, Thread
from rumor_tui.readers.decode import decode_text, to_utf8
from rumor_tui.readers.source import Hint, Kind

MAX_WHOLE = 2 * 1024**2
"""Bytes of a source that becomes text as a whole."""

WINDOW = 1024**2
"""Bytes of the part of a larger source that becomes text; a quarter of it stands before the place."""

MAX_COUNTED = 1024**2
"""Bytes of a source whose words are counted."""

MIN_ID = 8
"""Characters of a text without white space from which it is looked for as it is: identifiers and addresses."""

_BETWEEN = r"(?:\\[nrt\"/\\]|<[^<>]{0,300}>|&\#?\w{1,8};|\W){1,40}"
"""What may stand between two words in the source: escapes of JSON, tags, entities, anything that is no word."""
_ESCAPED = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})")
_WORD = re.compile(r"[^\W_]+")
_MARKUP_BREAK = re.compile(rb"(?<=[}>]),(?=\{)")


# The text


def read_source_text(
    data: bytes, hint: Hint, kind: Kind, here: Sequence[str] = (), before: Sequence[str] = ()
) -> SourceText:
    """The source as plain text, with the place of what is looked for; see `model.Original`."""
    if len(data) <= MAX_WHOLE:
        text = plain_text(data, hint, kind)
        return SourceText(text, find_place(text, here, before))
    part = _window(data, _place_in_bytes(data, here))
    if kind == "json":
        part = _MARKUP_BREAK.sub(b",\n", part)
    text = plain_text(part, hint, "page" if kind == "page" else "text")
    return SourceText(text, find_place(text, here, before), cut=True)


def plain_text(data: bytes, hint: Hint, kind: Kind) -> str:
    """All of a source as plain text, lines ended by newlines."""
    if kind == "json":
        return _indented(to_utf8(data))
    text = decode_text(data, hint.charset).replace("\r\n", "\n").replace("\r", "\n")
    if kind == "page":
        from rumor_tui import blocks

        return blocks.to_text(blocks.parse_body(text, "html"))
    return text


def _indented(data: bytes) -> str:
    """A JSON document, or one a line, indented, with its escapes of characters undone; broken JSON as it is."""
    import msgspec

    try:
        data = msgspec.json.format(data, indent=2)
    except (msgspec.MsgspecError, RecursionError):
        lines = data.split(b"\n")
        with suppress(msgspec.MsgspecError, RecursionError):
            data = b"\n".join(msgspec.json.format(line, indent=2) for line in lines if line.strip())
    return _ESCAPED.sub(_unescaped, data.decode("utf-8", "replace"))


def _unescaped(escape: re.Match[str]) -> str:
    """The character of an escape; one of ASCII stays escaped, since it may end the string, and so does half a pair."""
    if escape[1]:
        return chr(0x10000 + (int(escape[1], 16) - 0xD800 << 10) + int(escape[2], 16) - 0xDC00)
    code = int(escape[3], 16)
    return escape[0] if code < 0xA0 or 0xD800 <= code < 0xE000 else chr(code)


# The place


def find_place(text: str, here: Sequence[str], before: Sequence[str] = ()) -> int:
    """Where in a source's text the first of some texts begins that is found at all; -1 where none is.

    A place behind one of the texts `before` is preferred, since a comment may be quoted, or be as short as "Yes".
    """
    start = max(_first_place(text, before, 0), 0)
    place = _first_place(text, here, start)
    return _first_place(text, here, 0) if place < 0 and start else place


def _first_place(text: str, wanted: Sequence[str], start: int) -> int:
    """The place of the first text that is found: by its first words, then by fewer of them, or as it is."""
    for passage in wanted:
        for pattern in _patterns(passage):
            if match := pattern.search(text, start):
                return match.start()
    return -1


def _patterns(passage: str) -> Iterator[re.Pattern[str]]:
    words = _WORD.findall(passage[:2000])[:8]
    stripped = passage.strip()
    if len(stripped) >= MIN_ID and not any(char.isspace() for char in stripped):
        yield re.compile(re.escape(stripped[:200]))
    for count in (8, 3):
        if words and (count == 8 or len(words) > count):
            yield re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, words[:count]))}(?!\w)")


def _place_in_bytes(data: bytes, here: Sequence[str]) -> int:
    """Where the first of some texts stands in the undecoded source, by a few words in a row; -1 where none does."""
    for passage in here:
        for run in re.findall(r"[^\W_](?:[\w ]{10,60})", passage[:2000])[:3] or [passage.strip()]:
            if len(run) >= MIN_ID and (place := data.find(run.strip().encode("utf-8", "replace"))) >= 0:
                return place
    return -1


def _window(data: bytes, place: int) -> bytes:
    """The part of the source around a place, or its beginning, in whole lines where there are some."""
    start = max(place - WINDOW // 4, 0)
    if start:
        start = max(data.find(b"\n", start, start + 4096) + 1, start)
    return data[start : start + WINDOW]


# The passages


def source_passages(text: str, kind: Kind) -> list[str]:
    """The passages of prose that a text or a page consists of: lines, or blocks that are not mostly links."""
    if kind != "page":
        return text.splitlines()
    from rumor_tui import blocks

    return [
        block.text
        for block in blocks.parse_body(text, "html")
        if 2 * sum(span.end - span.start for span in block.spans if span.role == "link") < len(block.text)
    ]


def count_source(data: bytes, hint: Hint, kind: Kind, thread: Thread, breathe: Callable[[], object]) -> Account | None:
    """How much of the source's prose the thread holds; None for a source that is too large to be counted."""
    from rumor_tui.readers.accounting import account, split_words

    if len(data) > MAX_COUNTED:
        return None
    if kind != "json":
        return account(source_passages(decode_text(data, hint.charset), kind), thread, breathe)
    from rumor_tui.readers.api.document import Document
    from rumor_tui.readers.json_texts import find_left_out

    left_out = find_left_out(Document(to_utf8(data)).top, thread)
    return Account(comments=sum(len(split_words(body)) for body in thread.bodies), missing=left_out.words)
