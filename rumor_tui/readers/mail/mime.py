"""MIME: the parts of a message, found without recursion and without decoding what nobody asks for (RFC 2045, 2046).

Of alternatives the plain text is taken, or else HTML; files are kept as parts too, so that they can be named.
Parts nested deeper than `MAX_DEPTH`, and all parts beyond `MAX_PARTS`, stay in one piece, as the text that they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from rumor_tui.readers.mail.encodings import decode_charset
from rumor_tui.readers.mail.headers import MAX_FIELD_BYTES, decode_field, raw_field
from rumor_tui.readers.mail.mailbox import split_message

MAX_DEPTH = 24
"""Levels of nesting that are taken apart. Each costs one look at all that is in it; real mail has five or so."""

MAX_PARTS = 1_000
"""Parts of one message that are taken apart."""

_LINE_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
"""What may stand in a boundary's line after the boundary; the dashes mark the last line."""

_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})

_DESCRIBING = (b"content-type", b"content-transfer-encoding", b"content-disposition")

_PARAMETER = re.compile(rb';\s*([\w-]+)(\*\d+)?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')
_KIND = re.compile(rb"\s*([\w.+-]+/[\w.+-]+)")
_ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class MimePart:
    """A message or a part of one, its `data` still encoded for transfer.

    `kind` is the media type in small letters; `note` tells that the data are words of our own; `hidden` that a
    better alternative is shown instead; `level` counts the parts around it.
    """

    kind: str
    data: bytes
    encoding: str = ""
    parameters: dict[str, bytes] = field(default_factory=dict)
    disposition: str = ""
    filename: str = ""
    hidden: bool = False
    level: int = 0

    @property
    def charset(self) -> str:
        """The declared charset, or an empty string."""
        return self.parameters.get("charset", b"").decode("latin-1")


def walk_parts(head: bytes, body: bytes) -> Iterator[MimePart]:
    """The parts of a message that are no containers, in reading order."""
    waiting = [make_part(head, body)]
    taken = 1
    while waiting:
        part = waiting.pop()
        inside = _children(part, MAX_PARTS - taken) if part.level < MAX_DEPTH and taken < MAX_PARTS else None
        if inside is None:
            yield replace(part, kind="text/plain") if _is_container(part) else part
        else:
            taken += len(inside)
            waiting.extend(reversed(inside))


def make_part(head: bytes, data: bytes, usual: str = "text/plain", level: int = 0, hidden: bool = False) -> MimePart:
    """A part from its head and its data; `usual` is its type where it names none."""
    kind, encoding, parameters, disposition, filename = _described(
        *((raw_field(head, name) or b"")[:MAX_FIELD_BYTES] for name in _DESCRIBING)
    )
    return MimePart(kind or usual, data, encoding, parameters, disposition, filename, hidden, level)


@lru_cache(256)  # the same few descriptions stand in most messages of a mailbox
def _described(written: bytes, encoding: bytes, disposition: bytes) -> tuple[str, str, dict[str, bytes], str, str]:
    """Type, transfer encoding, the type's parameters, disposition and file name, from the three fields."""
    match = _KIND.match(written)
    parameters = _parameters(written) if b";" in written else {}
    name = (_parameters(disposition) if b";" in disposition else {}).get("filename") or parameters.get("name") or b""
    return (
        match[1].decode("ascii", "replace").lower() if match else "",
        encoding.partition(b";")[0].strip().decode("latin-1").lower(),
        parameters,
        disposition.partition(b";")[0].strip().decode("latin-1").lower(),
        decode_field(name),
    )


def _parameters(written: bytes) -> dict[str, bytes]:
    """The parameters of a field, in small letters; pieces joined and percents decoded as RFC 2231 has it."""
    parameters: dict[str, bytes] = {}
    for name, nth, extended, quoted, bare in _PARAMETER.findall(written):
        raw = _ESCAPED.sub(rb"\1", quoted) or bare
        if extended:
            raw = _extended(raw, first=nth in (b"", b"*0"))
        key = name.decode("ascii", "replace").lower()
        if nth and nth != b"*0":
            raw = parameters.get(key, b"") + raw
        elif key in parameters and not extended:
            continue
        parameters[key] = raw
    return parameters


def _extended(raw: bytes, first: bool) -> bytes:
    """`charset'language'percents` as bytes, in UTF-8 where the charset is known."""
    charset, _, rest = raw.partition(b"'") if first and raw.count(b"'") >= 2 else (b"", b"", raw)
    data = unquote_to_bytes(rest.partition(b"'")[2] if charset or rest != raw else rest)
    return decode_charset(data, charset.decode("latin-1")).encode("utf-8", "replace") if charset else data


def _is_container(part: MimePart) -> bool:
    """Whether a part holds parts. Encoded for transfer none does: the rules forbid it, so that nothing hides twice."""
    if part.encoding in ("base64", "quoted-printable"):
        return False
    return part.kind.startswith("multipart/") or part.kind in _MESSAGES


def _children(part: MimePart, most: int) -> list[MimePart] | None:
    """The parts that a part holds; None when it holds none, or cannot be taken apart. See `_pieces` about `most`."""
    boundary = part.parameters.get("boundary")
    if not _is_container(part):
        return None
    if part.kind in _MESSAGES:
        return _embedded(part)
    if not boundary:
        return None
    usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    pieces, rest = _pieces(part.data, boundary, most)
    parts = [make_part(*split_message(piece), usual, part.level + 1, part.hidden) for piece in pieces]
    if rest:
        parts.append(MimePart("text/plain", rest, hidden=part.hidden, level=part.level + 1))
    if part.kind == "multipart/alternative" and not part.hidden:
        best = _best(parts)
        parts = [replace(each, hidden=each is not best) for each in parts]
    return parts or None


def _pieces(data: bytes, boundary: bytes, most: int) -> tuple[list[bytes], bytes]:
    """What stands between the lines of a boundary, `most` pieces of it, and all that follows these.

    The end of the data may stand for the last line.
    """
    pieces: list[bytes] = []
    at: int | None = None
    for start, end, last in _boundary_lines(data, boundary):
        if at is not None:
            # The newline that ends one line of a boundary may begin the next one.
            pieces.append(data[at : max(start, at)])
        if last:
            return pieces, b""
        if len(pieces) == most:
            return pieces, data[start:]
        at = end
    return pieces if at is None else [*pieces, data[at:]], b""


def _boundary_lines(data: bytes, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the lines of a boundary begin (with the newline before them) and end, and whether they are the last.

    They are looked for as bytes, not by an expression, since a part may be a file of many megabytes.
    """
    mark = b"--" + boundary
    for at in _boundary_starts(data, mark):
        if match := _LINE_END.match(data, at + len(mark)):
            before = at - 1 - (data[max(at - 2, 0) : max(at - 1, 0)] == b"\r")
            yield max(before, 0), match.end(), match[1] is not None


def _boundary_starts(data: bytes, mark: bytes) -> Iterator[int]:
    """Where lines begin that begin with the mark."""
    if data.startswith(mark):
        yield 0
    at = data.find(b"\n" + mark)
    while at >= 0:
        yield at + 1
        at = data.find(b"\n" + mark, at + 1)


def _embedded(part: MimePart) -> list[MimePart]:
    """A message in a message: the fields that people read of it, and then its own parts."""
    head, body = split_message(part.data)
    shown = [(name, raw_field(head, name.lower().encode())) for name in ("From", "Date", "Subject")]
    text = "\n".join(f"{name}: {decode_field(raw)}" for name, raw in shown if raw)
    note = MimePart("text/plain", text.encode("utf-8", "replace"), parameters={"charset": b"utf-8"}, hidden=part.hidden)
    return [note, make_part(head, body, level=part.level + 1, hidden=part.hidden)]


def _best(parts: list[MimePart]) -> MimePart | None:
    """The alternative to show: plain text that is not blank, else HTML or what may hold it, else the last one."""
    for part in parts:
        if part.kind == "text/plain" and part.data.strip():
            return part
    for part in reversed(parts):
        if part.kind == "text/html" or part.kind.startswith("multipart/"):
            return part
    return parts[-1] if parts else None
