"""The header fields of a message: found in its head, unfolded, and decoded for people.

A head is the bytes from the newline before its first field to the end of its last one, so that every field begins
after a newline. Each function takes what it needs from it when asked; nothing here ever raises.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from rumor_tui import bylines
from rumor_tui.readers.mail import charsets, transfer
from rumor_tui.readers.mapped import FIRST_MOMENT, LAST_MOMENT

LONGEST = 4_000
"""Bytes of a field that are decoded; what people read in a line is far shorter."""

_FOLD = re.compile(rb"(?<![ \t])[ \t]*\r?\n[ \t]*")
_WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.*?)\?=")
"""An encoded word (RFC 2047), its language (RFC 2231) left out; blanks inside are against the rules and common."""

_IDENTIFIER = re.compile(rb"<([^<>]+)>")
_BLANKS = re.compile(rb"\s+")

_QUOTED = re.compile(rb'\s*"((?:[^"\\]|\\.)*)"')
_ADDRESSED = re.compile(rb"\s*(.*?)\s*<([^<>@\s]+@[^<>]*)>")
_PHRASE = re.compile(rb"\s*([^<]*?)\s*<([^<>]*)>?")
_COMMENT = re.compile(rb"([^(]*)\((.*)\)")
_ESCAPED = re.compile(rb"\\(.)")

_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_DATE = re.compile(
    rb"(?:[A-Za-z]{3,9},?)?[ ]*(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{4}) +(\d{1,2}):(\d\d)(?::(\d\d))?"
    rb" *(?:([+-])(\d\d):?(\d\d)|GMT|UTC?|Z)\b"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_REPLY = r"(?:re|aw|antw|sv|vs|odp|ynt|res|rif)(?:\s*[\[(^]\s*\d+\s*[\])]?)?\s*[:：]|(?:回复|答复|回覆)\s*[:：]"
_TAG = r"\[[^\[\]\s]{1,60}\]"
_LEAD = re.compile(rf"\s*(?:({_REPLY})|({_TAG}))", re.IGNORECASE)
"""What stands before a subject proper: signs of a reply in the languages of common mailers, and tags of lists."""


@cache
def _pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n" + name + rb"[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE)


def value(head: bytes, name: bytes) -> bytes | None:
    """The first field of a name (in small letters), unfolded and still encoded; None when there is none."""
    found = _pattern(name).search(head)
    if found is None:
        return None
    raw = found[1]
    return (_FOLD.sub(b" ", raw) if b"\n" in raw else raw).strip()


def decoded(raw: bytes) -> str:
    """A field's words as people read them (RFC 2047, and bare bytes in whatever encoding)."""
    raw = raw[:LONGEST]
    if b"=?" not in raw:
        return charsets.text(raw, "")
    parts: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        its_own = word[1].decode("ascii", "replace").lower()
        if run and (between.strip() or its_own != charset):
            parts.append(charsets.text(b"".join(run), charset))
            run = []
        if between.strip() or not at:
            parts.append(charsets.text(between, ""))
        charset, at = its_own, word.end()
        run.append(_word_bytes(word[2], word[3]))
    return "".join((*parts, charsets.text(b"".join(run), charset), charsets.text(raw[at:], "")))


def _word_bytes(kind: bytes, written: bytes) -> bytes:
    return transfer.base64(written) if kind in b"bB" else a2b_qp(written.replace(b"_", b" "))


def subject(head: bytes) -> str:
    """The subject on one neutral line; an empty string when there is none."""
    return " ".join((bylines.name(decoded(value(head, b"subject") or b"")) or "").split())


def title(written: str) -> str:
    """A subject with each list's tag, and the sign of a reply, said once."""
    said: set[str] = set()
    kept: list[str] = []
    at = 0
    while lead := _LEAD.match(written, at):
        key = lead[2].casefold() if lead[2] else "re"
        if key not in said:
            kept.append(lead[0].strip())
        said.add(key)
        at = lead.end()
    return " ".join((*kept, written[at:].strip())).strip() or written


def topic(written: str) -> tuple[str, bool]:
    """What a subject is about, without tags, signs of a reply and letter case; and whether it had such a sign."""
    at, reply = 0, False
    while lead := _LEAD.match(written, at):
        reply = reply or bool(lead[1])
        at = lead.end()
    return " ".join(written[at:].casefold().split()), reply


def author(raw: bytes | None) -> str | None:
    """Who a From field names: the name, else the address."""
    raw = (raw or b"")[:LONGEST].strip()
    return bylines.name(_name(raw)) if raw else None


def _name(raw: bytes) -> str:
    if quoted := _QUOTED.match(raw):
        said = decoded(_ESCAPED.sub(rb"\1", quoted[1])).strip()
        if said:
            return said
        raw = raw[quoted.end() :]
    if found := _ADDRESSED.match(raw) or _PHRASE.match(raw):
        after = _COMMENT.match(raw, found.end())
        return decoded(found[1]).strip() or (decoded(after[2]).strip() if after else "") or decoded(found[2])
    if found := _COMMENT.match(raw):
        return decoded(found[2]).strip() or decoded(found[1])
    return decoded(raw)


def moment(raw: bytes | None) -> float | None:
    """A Date field in seconds since 1970 UTC; None when it is no date. Without a zone it is taken for UTC."""
    if not raw:
        return None
    quick = _DATE.match(raw)
    try:
        when = _quickly(quick) if quick else _by_library(raw)
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return seconds if FIRST_MOMENT <= seconds <= LAST_MOMENT else None


def _quickly(found: re.Match[bytes]) -> datetime:
    """The form that nearly all mail has; the library takes ten times as long for it."""
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    zone = UTC
    if sign:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-offset if sign == b"-" else offset)
    nth = _MONTHS.index(month.decode().lower()) // 3 + 1
    return datetime(int(year), nth, int(day), int(hour), int(minute), min(int(second or 0), 59), tzinfo=zone)


def _by_library(raw: bytes) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(raw[:200].decode("latin-1"))


def identifiers(raw: bytes | None) -> list[bytes]:
    """The message identifiers in a References or In-Reply-To field, in order, without their brackets.

    Words around them, as some mailers write, are passed over; without brackets a word with an @ counts.
    """
    if not raw:
        return []
    found = _IDENTIFIER.findall(raw)
    if not found:
        return [word for word in raw.split() if b"@" in word]
    return [_BLANKS.sub(b"", one) for one in found] if _BLANKS.search(raw) else found


def permalink(head: bytes, name: bytes = b"(?:x-)?archived-at") -> str | None:
    """The web address in Archived-At (RFC 5064), or in the field of another name."""
    raw = value(head, name)
    if not raw:
        return None
    address = bylines.name(raw.partition(b"<")[2].partition(b">")[0].decode("latin-1") or raw.decode("latin-1"))
    return address if address and address.lower().startswith(("http://", "https://")) else None
