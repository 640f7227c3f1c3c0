"""The Markdown form of a discussion: what its writer and its reader must agree on.

A discussion is a heading, `## 16 comments` (or `## No comments`), and a list with one item a comment, replies
indented by two spaces a level under what they answer. An item begins with a byline:

    - **ann** · #3 · 2011-03-08 14:05 · 2 points · id 2302 · [permalink](https://example.com/#c2302)

Its parts stand in this order; all but the first two may be missing:

- the author in bold, or `**(unsigned)**`;
- `#3`, the comment's number: comments count from 1 in the order of the file;
- `↳ #2`, right after the number: what it answers. Only below `DEEPEST`, where the indentation stops growing;
- the date in UTC, with seconds and their fraction where it has them;
- the date as the source wrote it, in double quotes;
- `2 points`; `id 2302` (in double quotes when it holds more than letters, digits and `.:/@+=_-`); the permalink;
- `deleted`;
- `5 lines`: how many lines the body has. Only where a line of the body would else be taken for the next byline.

In names and in quotes a backslash stands before what Markdown would take for a mark. The body follows after an
empty line, indented by two spaces more than the byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from rumor_tui import text
from rumor_tui.model import Draft

DEEPEST = 8
"""The depth at which indentation stops: a chain of 100,000 replies must not become 20 GB of blanks."""

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
    r"(?: · (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?))?"
    rf"(?: · {_QUOTED.format('written')})?"
    r"(?: · (?P<score>-?[0-9]{1,18}) points?)?"
    rf"(?: · id (?:(?P<id>[\w.:/@+=-]+)|{_QUOTED.format('quoted_id')}))?"
    r"(?: · \[permalink\]\((?:(?P<url>[^\s()<>\\]+)|<(?P<quoted_url>(?:[^<>\\]|\\.)*)>)\))?"
    r"(?: · (?P<deleted>deleted))?"
    r"(?: · (?P<lines>[0-9]{1,9}) lines)?"
)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed."""
    return re.compile(source)


@dataclass(slots=True)
class Byline:
    """A comment's first line as read: its number from 1, its fields, and its body's lines where they are counted.

    The draft's `parent` is the row (from 0) that the byline names, or None when the indentation tells it.
    """

    number: int
    draft: Draft
    lines: int | None


def write(number: int, draft: Draft, to: int | None = None, lines: int | None = None) -> str:
    """A byline without its bullet; `to` is the number of the comment that it answers, when that must be said."""
    parts = [
        f"**{escape(draft.author) if draft.author else UNSIGNED}**",
        f"#{number}" if to is None else f"#{number} ↳ #{to}",
        written_moment(draft.published),
        f'"{escape(draft.published_text)}"' if draft.published_text else "",
        "" if draft.score is None else f"{draft.score} point{'' if draft.score == 1 else 's'}",
        _written_id(draft.id),
        _written_url(draft.url),
        "deleted" if draft.deleted else "",
        "" if lines is None else f"{lines} lines",
    ]
    return " · ".join(filter(None, parts))


def _written_id(identity: str | None) -> str:
    if not identity:
        return ""
    return f"id {identity}" if _pattern(_BARE_ID).fullmatch(identity) else f'id "{escape(identity)}"'


def _written_url(url: str | None) -> str:
    if not url:
        return ""
    return f"[permalink]({url})" if _pattern(_BARE_URL).fullmatch(url) else f"[permalink](<{escape(url)}>)"


def read(line: str) -> Byline | None:
    """The byline in a line that has lost its indentation and bullet; None when the line is no byline."""
    if not line.startswith("**"):
        return None
    found = _pattern(_BYLINE).fullmatch(line)
    if found is None:
        return None
    author, lines, score, to = found["author"], found["lines"], found["score"], found["to"]
    draft = Draft(
        author=None if author == UNSIGNED else unescape(author),
        parent=int(to) - 1 if to else None,
        published=moment(found["date"]) if found["date"] else None,
        published_text=_unescaped(found["written"]),
        id=found["id"] or _unescaped(found["quoted_id"]),
        score=int(score) if score else None,
        url=found["url"] or _unescaped(found["quoted_url"]),
        deleted=bool(found["deleted"]),
    )
    return Byline(int(found["number"]), draft, int(lines) if lines else None)


def escape(plain: str) -> str:
    """Plain text as it stands in a byline: what Markdown would take for a mark has a backslash before it."""
    return _pattern(_MARKS).sub(r"\\\g<0>", plain)


def unescape(escaped: str) -> str:
    """The plain text again."""
    return _pattern(_ESCAPED).sub(r"\1", escaped)


def _unescaped(escaped: str | None) -> str | None:
    return unescape(escaped) if escaped else None


def name(written: str | None) -> str | None:
    """A name, a date, an identifier or an address on one neutral line; None when nothing is left of it."""
    if written is None:
        return None
    if not (written.isascii() and written.isprintable()):
        written = text.neutralise_line(written)
    return written.strip() or None


def iso(seconds: float | None) -> str | None:
    """A date in seconds since 1970 as ISO 8601 in UTC, like `2011-03-08T14:05:00Z`; None when no calendar has it."""
    if seconds is None:
        return None
    try:
        return (_EPOCH + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError):
        return None


def written_moment(seconds: float | None) -> str:
    """The same for people, `2011-03-08 14:05`, without seconds where there are none; may be an empty string."""
    return (iso(seconds) or "").replace("T", " ").removesuffix("Z").removesuffix(":00")


def moment(written: str) -> float | None:
    """A date in ISO 8601 in seconds since 1970; UTC where no zone is given. None when it is no date."""
    try:
        date = datetime.fromisoformat(written)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
