"""The Markdown form of a discussion, shared by its writer and its reader.

A discussion is a heading, `## 16 comments` (or `## No comments`), and a list with one item for each comment; replies
are indented below their parent, by two spaces for each level. An item begins with a byline:

    - **ann** · #3 · 2011-03-08 14:05 · 2 points · id 2302 · [permalink](https://example.com/#c2302)

Its parts, in this order; all but the first two are optional:

- the author in bold, or `**(unsigned)**`;
- `#3`, the number of the comment, counted from 1 in the order of the file;
- `↳ #2`, directly after the number: the parent. Only below `MAX_INDENT`, where the indentation stops growing;
- `on "Reddit r/cars"`: the site, where several discussions are joined and this is the row of one of them, which has
  its comments below it and begins with its title in bold;
- the date in UTC, with seconds and their fraction if it has them;
- the date as the source wrote it, in double quotes;
- `2 points`;
- `40 comments`: how many the site of a discussion says that it has;
- `id 2302` (in double quotes when it holds more than letters, digits and `.:/@+=_-`); the permalink;
- `deleted`;
- `5 lines`: the number of lines of the body. Only if a line of the body could be mistaken for the next byline;
- `3 lines of notes`: so many lines below the body, quoted with `>`, are notes of whoever saved the file.

In names and in quotes a backslash escapes what Markdown would interpret. The body follows after an empty line,
indented by two spaces more than the byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from rumor_tui import text
from rumor_tui.model import Draft

MAX_INDENT = 8
"""The depth at which indentation stops growing: a chain of 100,000 replies must not become 20 GB of spaces."""

UNSIGNED = "(unsigned)"

FIRST_MOMENT = -62_135_596_800
"""The first second of the year 1, the earliest that `datetime` knows, in seconds since 1970 UTC."""

LAST_MOMENT = 253_402_300_799
"""The last second of the year 9999."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_MARKS = r'[\\`*\[\]<>"]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|~(?=~)|(?<=~)~|\A\('
_ESCAPED = r"\\([!-/:-@\[-`{-~])"
_BARE_URL = r"[^\s()<>\\]+"
_BARE_ID = r"(?a:[\w.:/@+=-]+)"

_QUOTED = r'"(?P<{0}>(?:[^"\\]|\\.)*)"'
_BYLINE = (
    r"\*\*(?P<author>(?:[^*\\]|\\.)+)\*\* · #(?P<number>[1-9][0-9]{0,8})(?: ↳ #(?P<to>[1-9][0-9]{0,8}))?"
    rf"(?: · on {_QUOTED.format('site')})?"
    r"(?: · (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?))?"
    rf"(?: · {_QUOTED.format('written')})?"
    r"(?: · (?P<score>-?[0-9]{1,18}) points?)?"
    r"(?: · (?P<comments>[0-9]{1,9}) comments?)?"
    rf"(?: · id (?:(?P<id>[\w.:/@+=-]+)|{_QUOTED.format('quoted_id')}))?"
    r"(?: · \[permalink\]\((?:(?P<url>[^\s()<>\\]+)|<(?P<quoted_url>(?:[^<>\\]|\\.)*)>)\))?"
    r"(?: · (?P<deleted>deleted))?"
    r"(?: · (?P<lines>[0-9]{1,9}) lines)?"
    r"(?: · (?P<notes>[0-9]{1,9}) lines? of notes)?"
)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """A pattern, compiled on first use."""
    return re.compile(source)


@dataclass(slots=True)
class Byline:
    """A parsed byline: the number of the comment (from 1), its fields, and the number of lines of its body if stated.

    The draft's `parent` is the row (from 0) that the byline names, or None if the indentation determines it. `notes` is
    the number of lines of notes below the body.
    """

    number: int
    draft: Draft
    lines: int | None
    notes: int = 0


def format_byline(number: int, draft: Draft, to: int | None = None, lines: int | None = None, notes: int = 0) -> str:
    """A byline without its bullet; `to` is the number of the parent, if it has to be stated."""
    parts = [
        f"**{escape_markdown(draft.author) if draft.author else UNSIGNED}**",
        f"#{number}" if to is None else f"#{number} ↳ #{to}",
        f'on "{escape_markdown(draft.site)}"' if draft.site else "",
        format_utc(draft.published),
        f'"{escape_markdown(draft.published_text)}"' if draft.published_text else "",
        "" if draft.score is None else f"{draft.score} point{'' if draft.score == 1 else 's'}",
        _format_stated(draft),
        _format_id(draft.id),
        _format_permalink(draft.url),
        "deleted" if draft.deleted else "",
        "" if lines is None else f"{lines} lines",
        f"{notes} line{'' if notes == 1 else 's'} of notes" if notes else "",
    ]
    return " · ".join(filter(None, parts))


def _format_stated(draft: Draft) -> str:
    count = draft.comments
    stated = bool(draft.site) and count is not None and 0 <= count < 10**9
    return f"{count} comment{'' if count == 1 else 's'}" if stated else ""


def _format_id(identity: str | None) -> str:
    if not identity:
        return ""
    return f"id {identity}" if _pattern(_BARE_ID).fullmatch(identity) else f'id "{escape_markdown(identity)}"'


def _format_permalink(url: str | None) -> str:
    if not url:
        return ""
    return f"[permalink]({url})" if _pattern(_BARE_URL).fullmatch(url) else f"[permalink](<{escape_markdown(url)}>)"


def parse_byline(line: str) -> Byline | None:
    """Parse a line without its indentation and bullet; None if it is not a byline."""
    if not line.startswith("**"):
        return None
    found = _pattern(_BYLINE).fullmatch(line)
    if found is None:
        return None
    author, lines, score, to = found["author"], found["lines"], found["score"], found["to"]
    draft = Draft(
        author=None if author == UNSIGNED else clean_field(unescape_markdown(author)),
        parent=int(to) - 1 if to else None,
        published=parse_iso(found["date"]) if found["date"] else None,
        published_text=_unescape_optional(found["written"]),
        id=clean_field(found["id"]) or _unescape_optional(found["quoted_id"]),
        score=int(score) if score else None,
        url=clean_field(found["url"]) or _unescape_optional(found["quoted_url"]),
        deleted=bool(found["deleted"]),
        site=_unescape_optional(found["site"]) or "",
        comments=int(found["comments"]) if found["comments"] else None,
    )
    return Byline(int(found["number"]), draft, int(lines) if lines else None, int(found["notes"] or 0))


def escape_markdown(plain: str) -> str:
    """Plain text for a byline, with a backslash before every character that Markdown would interpret."""
    return _pattern(_MARKS).sub(r"\\\g<0>", plain)


def unescape_markdown(escaped: str) -> str:
    """The plain text of escaped text."""
    return _pattern(_ESCAPED).sub(r"\1", escaped)


def _unescape_optional(escaped: str | None) -> str | None:
    return clean_field(unescape_markdown(escaped)) if escaped else None


def clean_field(written: str | None) -> str | None:
    """A name, date, identifier or address as one neutral line; None if nothing is left of it."""
    if written is None:
        return None
    if not (written.isascii() and written.isprintable()):
        written = text.neutralise_line(written, text.neutralise_for_file)
    return written.strip() or None


def format_iso(seconds: float | None) -> str | None:
    """Seconds since 1970 as ISO 8601 in UTC, such as `2011-03-08T14:05:00Z`; None if they are out of range."""
    if seconds is None:
        return None
    try:
        return (_EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError):
        return None


def format_utc(seconds: float | None) -> str:
    """The same for display, `2011-03-08 14:05`, without seconds if they are zero; empty if out of range."""
    return (format_iso(seconds) or "").replace("T", " ").removesuffix("Z").removesuffix(":00")


def parse_iso(written: str) -> float | None:
    """A date in ISO 8601 as seconds since 1970, in UTC unless it has a time zone. None if it is not a date."""
    try:
        date = datetime.fromisoformat(written)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
