"""MIME: the parts of a message, found without recursion and without decoding their data (RFC 2045, 2046).

Of alternatives the plain text is shown, or else HTML; files are kept as parts too, so that they can be named.
Parts nested deeper than `MAX_DEPTH`, and all parts beyond `MAX_PARTS`, stay one part of plain text.
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
"""Levels of nesting that are split. Each level costs one pass over its data; real mail has five or so."""

MAX_PARTS = 1_000
"""Parts of one message that are split off."""

_LINE_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
"""What may follow a boundary on its line; dashes mark the last boundary."""

_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})

_DESCRIBING = (b"content-type", b"content-transfer-encoding", b"content-disposition")

_PARAMETER = re.compile(rb';\s*([\w-]+)(\*\d+)?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')
_KIND = re.compile(rb"\s*([\w.+-]+/[\w.+-]+)")
_ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class MimePart:
    """A message or a part of one, with `data` still encoded for transfer.

    `kind` is the media type in lower case; `hidden` says that a better alternative is shown instead; `level` is the
    number of parts around it.
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
    """The parts of a message that are not containers, in pre-order."""
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


def digest_messages(head: bytes, body: bytes) -> list[tuple[bytes, bytes]]:
    """The heads and bodies of the messages that a digest has as its parts (`multipart/digest`)."""
    waiting = [make_part(head, body)]
    messages: list[tuple[bytes, bytes]] = []
    while waiting and len(messages) < MAX_PARTS:
        part = waiting.pop()
        inside = _children(part, MAX_PARTS) if part.kind.startswith("multipart/") and part.level < MAX_DEPTH else None
        if part.kind == "multipart/digest":
            messages += [split_message(each.data) for each in inside or () if each.kind in _MESSAGES]
        else:
            waiting.extend(reversed(inside or ()))
    return messages


def make_part(head: bytes, data: bytes, usual: str = "text/plain", level: int = 0, hidden: bool = False) -> MimePart:
    """A part from its head and its data; `usual` is its type where the head names none."""
    kind, encoding, parameters, disposition, filename = _parse_description(
        *((raw_field(head, name) or b"")[:MAX_FIELD_BYTES] for name in _DESCRIBING)
    )
    return MimePart(kind or usual, data, encoding, parameters, disposition, filename, hidden, level)


@lru_cache(256)  # most messages of a mailbox have the same few descriptions
def _parse_description(
    written: bytes, encoding: bytes, disposition: bytes
) -> tuple[str, str, dict[str, bytes], str, str]:
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
    """The parameters of a field by their names in lower case; RFC 2231's continuations joined and decoded."""
    parameters: dict[str, bytes] = {}
    for name, nth, extended, quoted, bare in _PARAMETER.findall(written):
        raw = _ESCAPED.sub(rb"\1", quoted) or bare
        if extended:
            raw = _decode_extended(raw, first=nth in (b"", b"*0"))
        key = name.decode("ascii", "replace").lower()
        if nth and nth != b"*0":
            raw = parameters.get(key, b"") + raw
        elif key in parameters and not extended:
            continue
        parameters[key] = raw
    return parameters


def _decode_extended(raw: bytes, first: bool) -> bytes:
    """A value of the form `charset'language'percent-encoded` as bytes, in UTF-8 where the charset is known."""
    charset, _, rest = raw.partition(b"'") if first and raw.count(b"'") >= 2 else (b"", b"", raw)
    data = unquote_to_bytes(rest.partition(b"'")[2] if charset or rest != raw else rest)
    return decode_charset(data, charset.decode("latin-1")).encode("utf-8", "replace") if charset else data


def _is_container(part: MimePart) -> bool:
    """Whether a part contains parts. One that is encoded for transfer does not: the standard forbids it."""
    if part.encoding in ("base64", "quoted-printable"):
        return False
    return part.kind.startswith("multipart/") or part.kind in _MESSAGES


def _children(part: MimePart, most: int) -> list[MimePart] | None:
    """The parts in a part, `most` of them; None when it has none, or cannot be split."""
    boundary = part.parameters.get("boundary")
    if not _is_container(part):
        return None
    if part.kind in _MESSAGES:
        return _embedded_parts(part)
    if not boundary:
        return None
    usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    pieces, rest = split_at_boundary(part.data, boundary, most)
    parts = [make_part(*split_message(piece), usual, part.level + 1, part.hidden) for piece in pieces]
    if rest:
        parts.append(MimePart("text/plain", rest, hidden=part.hidden, level=part.level + 1))
    if part.kind == "multipart/alternative" and not part.hidden:
        best = _best_alternative(parts)
        parts = [replace(each, hidden=each is not best) for each in parts]
    return parts or None


def split_at_boundary(data: bytes, boundary: bytes, most: int) -> tuple[list[bytes], bytes]:
    """The data between boundaries, at most `most` pieces, and all that follows these.

    The last boundary may be missing at the end of the data.
    """
    pieces: list[bytes] = []
    at: int | None = None
    for start, end, last in _boundary_lines(data, boundary):
        if at is not None:
            # The newline that ends one boundary line may be the one before the next.
            pieces.append(data[at : max(start, at)])
        if last:
            return pieces, b""
        if len(pieces) == most:
            return pieces, data[start:]
        at = end
    return pieces if at is None else [*pieces, data[at:]], b""


def _boundary_lines(data: bytes, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the boundary lines begin (with the newline before them) and end, and whether they are the last.

    They are searched for with `bytes.find`, not a regular expression, since a part may be a file of many megabytes.
    """
    mark = b"--" + boundary
    for at in _boundary_starts(data, mark):
        if match := _LINE_END.match(data, at + len(mark)):
            before = at - 1 - (data[max(at - 2, 0) : max(at - 1, 0)] == b"\r")
            yield max(before, 0), match.end(), match[1] is not None


def _boundary_starts(data: bytes, mark: bytes) -> Iterator[int]:
    """The positions of lines that begin with the mark."""
    if data.startswith(mark):
        yield 0
    at = data.find(b"\n" + mark)
    while at >= 0:
        yield at + 1
        at = data.find(b"\n" + mark, at + 1)


def _embedded_parts(part: MimePart) -> list[MimePart]:
    """An embedded message: the fields that people read, and then its parts."""
    head, body = split_message(part.data)
    shown = [(name, raw_field(head, name.lower().encode())) for name in ("From", "Date", "Subject")]
    text = "\n".join(f"{name}: {decode_field(raw)}" for name, raw in shown if raw)
    note = MimePart("text/plain", text.encode("utf-8", "replace"), parameters={"charset": b"utf-8"}, hidden=part.hidden)
    return [note, make_part(head, body, level=part.level + 1, hidden=part.hidden)]


def _best_alternative(parts: list[MimePart]) -> MimePart | None:
    """The alternative to show: plain text that is not blank, else HTML or what may contain it, else the last one."""
    for part in parts:
        if part.kind == "text/plain" and part.data.strip():
            return part
    for part in reversed(parts):
        if part.kind == "text/html" or part.kind.startswith("multipart/"):
            return part
    return parts[-1] if parts else None
