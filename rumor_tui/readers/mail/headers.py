"""The header fields of a message: unfolded and decoded.

A head is the bytes from the newline before the first field to the end of the last one, so every field begins after a
newline. Each function parses only the fields that it needs; nothing here ever raises.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from rumor_tui import markdown_format
from rumor_tui.markdown_format import FIRST_MOMENT, LAST_MOMENT
from rumor_tui.readers.dates.languages import month_numbers
from rumor_tui.readers.mail.encodings import decode_base64, decode_charset

MAX_FIELD_BYTES = 4_000
"""Bytes of a field that are decoded; what fits on a line of the screen is far shorter."""

_FOLD = re.compile(rb"(?<![ \t])[ \t]*\r?\n[ \t]*")
_WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?(.*?)\?=")
"""An encoded word (RFC 2047) without its language (RFC 2231); spaces in it are invalid but common."""

_IDENTIFIER = re.compile(rb"<([^<>]+)>")
_BLANKS = re.compile(rb"\s+")

_QUOTED = re.compile(rb'\s*"((?:[^"\\]|\\.)*)"')
_ADDRESSED = re.compile(rb"\s*(.*?)\s*<([^<>@\s]+@[^<>]*)>")
_PHRASE = re.compile(rb"\s*([^<]*?)\s*<([^<>]*)>?")
_COMMENT = re.compile(rb"([^(]*)\((.*)\)")
_ESCAPED = re.compile(rb"\\(.)")

_DATE = re.compile(
    rb"(?:[A-Za-z]{3,9},?)?[ ]*(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{4}) +(\d{1,2}):(\d\d)(?::(\d\d))?"
    rb" *(?:([+-])(\d\d):?(\d\d)|GMT|UTC?|Z)\b"
)

_REPLY = r"(?:re|aw|antw|sv|vs|odp|ynt|res|rif)(?:\s*[\[(^]\s*\d+\s*[\])]?)?\s*[:：]|(?:回复|答复|回覆)\s*[:：]"
_TAG = r"\[[^\[\]\s]{1,60}\]"
_LEAD = re.compile(rf"\s*(?:({_REPLY})|({_TAG}))", re.IGNORECASE)
"""Prefixes of a subject: reply prefixes in the languages of common mailers, and tags of mailing lists."""


@cache
def _pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n" + name + rb"[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE)


def raw_field(head: bytes, name: bytes) -> bytes | None:
    """The first field of a name (in lower case), unfolded and still encoded; None when there is none."""
    match = _pattern(name).search(head)
    if match is None:
        return None
    raw = match[1]
    return (_FOLD.sub(b" ", raw) if b"\n" in raw else raw).strip()


def decode_field(raw: bytes) -> str:
    """A field as text: encoded words (RFC 2047) decoded, bare bytes in whatever encoding."""
    raw = raw[:MAX_FIELD_BYTES]
    if b"=?" not in raw:
        return decode_charset(raw, "")
    parts: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        its_own = word[1].decode("ascii", "replace").lower()
        if run and (between.strip() or its_own != charset):
            parts.append(decode_charset(b"".join(run), charset))
            run = []
        if between.strip() or not at:
            parts.append(decode_charset(between, ""))
        charset, at = its_own, word.end()
        run.append(_word_bytes(word[2], word[3]))
    return "".join((*parts, decode_charset(b"".join(run), charset), decode_charset(raw[at:], "")))


def _word_bytes(kind: bytes, written: bytes) -> bytes:
    return decode_base64(written) if kind in b"bB" else a2b_qp(written.replace(b"_", b" "))


def read_subject(head: bytes) -> str:
    """The subject on one line, without control characters; an empty string when there is none."""
    return " ".join((markdown_format.clean_field(decode_field(raw_field(head, b"subject") or b"")) or "").split())


def clean_subject(written: str) -> str:
    """A subject without repeated list tags and reply prefixes."""
    seen: set[str] = set()
    kept: list[str] = []
    at = 0
    while lead := _LEAD.match(written, at):
        key = lead[2].casefold() if lead[2] else "re"
        if key not in seen:
            kept.append(lead[0].strip())
        seen.add(key)
        at = lead.end()
    return " ".join((*kept, written[at:].strip())).strip() or written


def subject_topic(written: str) -> tuple[str, bool]:
    """A subject case-folded and without tags and reply prefixes; and whether it had a reply prefix."""
    at, reply = 0, False
    while lead := _LEAD.match(written, at):
        reply = reply or bool(lead[1])
        at = lead.end()
    return " ".join(written[at:].casefold().split()), reply


def parse_author(raw: bytes | None) -> str | None:
    """The author in a From field: the name, else the address."""
    raw = (raw or b"")[:MAX_FIELD_BYTES].strip()
    return markdown_format.clean_field(_name(raw)) if raw else None


def _name(raw: bytes) -> str:
    if quoted := _QUOTED.match(raw):
        name = decode_field(_ESCAPED.sub(rb"\1", quoted[1])).strip()
        if name:
            return name
        raw = raw[quoted.end() :]
    if match := _ADDRESSED.match(raw) or _PHRASE.match(raw):
        after = _COMMENT.match(raw, match.end())
        return (
            decode_field(match[1]).strip()
            or (decode_field(after[2]).strip() if after else "")
            or decode_field(match[2])
        )
    if match := _COMMENT.match(raw):
        return decode_field(match[2]).strip() or decode_field(match[1])
    return decode_field(raw)


def parse_mail_date(raw: bytes | None) -> float | None:
    """A Date field in seconds since 1970 UTC; None when it is not a date. Without a zone UTC is assumed."""
    if not raw:
        return None
    quick = _DATE.match(raw)
    try:
        when = _common_date(quick) if quick else _uncommon_date(raw)
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError):
        return None
    return seconds if FIRST_MOMENT <= seconds <= LAST_MOMENT else None


def _common_date(match: re.Match[bytes]) -> datetime:
    """The form that nearly all mail has; the library takes ten times as long."""
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    zone = UTC
    if sign:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-offset if sign == b"-" else offset)
    nth = month_numbers()[month.decode().lower()]
    return datetime(int(year), nth, int(day), int(hour), int(minute), min(int(second or 0), 59), tzinfo=zone)


def _uncommon_date(raw: bytes) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(raw[:200].decode("latin-1"))


def format_mail_date(moment: float) -> str:
    """A moment in seconds since 1970 as a Date field."""
    from email.utils import format_datetime

    return format_datetime(datetime.fromtimestamp(moment, UTC))


def message_ids(raw: bytes | None) -> list[bytes]:
    """The message identifiers in a References or In-Reply-To field, in order, without their brackets.

    Words between them, which some mailers write, are skipped; without brackets any word with an @ counts.
    """
    if not raw:
        return []
    names = _IDENTIFIER.findall(raw)
    if not names:
        return [word for word in raw.split() if b"@" in word]
    return [_BLANKS.sub(b"", name) for name in names] if _BLANKS.search(raw) else names


def archive_url(head: bytes, name: bytes = b"(?:x-)?archived-at") -> str | None:
    """The web address in Archived-At (RFC 5064), or in the field of another name."""
    raw = raw_field(head, name)
    if not raw:
        return None
    address = markdown_format.clean_field(
        raw.partition(b"<")[2].partition(b">")[0].decode("latin-1") or raw.decode("latin-1")
    )
    return address if address and address.lower().startswith(("http://", "https://")) else None
