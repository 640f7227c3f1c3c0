"""rumor-tui's own text, as `rumor_tui.export.text_writer` writes it where no terminal wraps it.

An article, a line with the number of comments, and the comments, each below a byline with its number and indented below
what it answers. The number of the last comment is stated in that line, which tells this form from any other text. What
the form does not have does not come back: markup, addresses and identifiers of comments, and the difference between a
date that could not be read and a part of a name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rumor_tui.model import Article, Draft, LinkedPage, Stub, Thread

STEP: Final = 3
"""Cells by which a reply is indented; the text of a comment is by two more than its byline."""

MAX_INDENT: Final = 8
"""The depth at which indentation stops growing."""

RULE: Final = "-" * 100
"""What stands above a linked page."""

_NEAR_END: Final = 1_000
"""Characters at the end in which the line with the number of comments stands, where there are none."""

_COUNT = (
    r"(?:(?P<none>No comments)|(?P<count>[0-9,]{1,15})(?: of [0-9,]{1,15})? comments?)"
    r"(?: in (?P<discussions>[0-9,]{1,15}) discussions?)?(?: · (?P<notes>[0-9]{1,9}) lines? of notes above)?"
)
_HEADING = rf"^{_COUNT}$(?=\n\n#1 |\n\n… |\n*\Z)"
_BYLINE = r"(?P<indent>(?:   ){0,8})#(?P<number>[1-9][0-9]{0,8})(?: ↳ #(?P<to>[1-9][0-9]{0,8}))? (?P<rest>\S.*)"
_GAP = r"(?P<indent>(?:   ){0,8})… (?:(?P<count>[0-9,]{1,15}) )?more (?:comments?|reply|replies)"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_LINES = r"[0-9]{1,9} lines"
_NOTE_SIGNS = ("★ marked", "✎")
_NOTES = r"[0-9]{1,9} lines? of notes"
_POINTS = r"-?[0-9,]{1,20} points?"
_STATED = r"[0-9,]{1,15} comments?"
_ADDRESS = r"[a-z][a-z0-9+.-]{1,20}:\S+"


class _Heading(NamedTuple):
    """The line above the comments: where it stands, how many rows follow, and how many of them are discussions.

    `notes` is how many lines above it are notes on the article.
    """

    start: int
    end: int
    rows: int
    discussions: int
    notes: int


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """A pattern, compiled on first use: most texts need none."""
    return re.compile(source, re.MULTILINE)


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is one that rumor-tui wrote: its last comment has the number that the heading promises."""
    heading = _find_heading(text)
    if heading is None:
        return False
    if not heading.rows:
        return _pattern(r"\A[^\n]+\n={1,100}\n").match(text) is not None
    return (
        _pattern(rf"^ {{0,{STEP * MAX_INDENT}}}#{heading.rows}(?: ↳ #[0-9]{{1,9}})? \S").search(text, heading.end)
        is not None
    )


def read(text: str, hint: Hint) -> Thread:
    """The thread that was exported; a text that only begins like one is an article. Never raises."""
    heading = _find_heading(text)
    notes: list[str] = []
    drafts, stubs = _comments(text[heading.end :].split("\n"), notes) if heading is not None else ([], [])
    if heading is None or len(drafts) != heading.rows:
        from rumor_tui.readers import plain_text

        return plain_text.read(text, hint)
    from rumor_tui.joined import with_drafted_discussions
    from rumor_tui.model import ThreadBuilder
    from rumor_tui.readers.preorder import arrange_drafts

    _mark_discussions(drafts, heading.discussions)
    drafts = arrange_drafts(drafts)
    article = _article(_without_notes(text[: heading.start], heading.notes, notes))
    aside = "\n\n".join(notes)
    thread = ThreadBuilder(article, drafts).build("plain", source=hint.name, stubs=stubs, aside=aside)
    return with_drafted_discussions(thread, drafts) if heading.discussions else thread


def _find_heading(text: str) -> _Heading | None:
    """The last line that can stand above the comments, of which none is as little indented; None without one."""
    start = 0 if "\n#1 " in text else max(len(text) - _NEAR_END, 0)
    found = max(_pattern(_HEADING).finditer(text, start), key=re.Match.start, default=None)
    if found is None:
        return None
    discussions = _number(found["discussions"])
    return _Heading(
        found.start(), found.end(), _number(found["count"]) + discussions, discussions, _number(found["notes"])
    )


def _number(written: str | None) -> int:
    return int((written or "").replace(",", "") or 0)


# Comments


def _comments(lines: Sequence[str], found: list[str]) -> tuple[list[Draft], list[Stub]]:
    """The comments, each with the row of what it answers as its parent, and the stubs for those that are missing.

    The notes below comments are added to `found`.
    """
    from rumor_tui.model import Stub

    drafts: list[Draft] = []
    stubs: list[Stub] = []
    path = [-1] * (MAX_INDENT + 1)
    body: list[str] = []
    width, at, notes = 0, 0, 0
    while at < len(lines):
        line = lines[at]
        is_apart = not at or not lines[at - 1]
        byline = _pattern(_BYLINE).fullmatch(line) if is_apart and "#" in line else None
        gap = _pattern(_GAP).fullmatch(line) if is_apart and "… " in line else None
        at += 1
        if byline is not None and int(byline["number"]) == len(drafts) + 1:
            _end_body(drafts, body, width, notes, found)
            level = len(byline["indent"]) // STEP
            draft, stated, notes = _draft(byline["rest"], level)
            draft.parent = int(byline["to"]) - 1 if byline["to"] else path[level - 1] if level else None
            path[level:] = [len(drafts)] * (len(path) - level)
            drafts.append(draft)
            body, width = list(lines[at : at + stated]), STEP * level + 2
            at += stated
        elif gap is not None:
            level = len(gap["indent"]) // STEP
            stubs.append(Stub(path[level - 1] if level else -1, _number(gap["count"])))
        else:
            body.append(line)
    _end_body(drafts, body, width, notes, found)
    return drafts, stubs


def _end_body(drafts: Sequence[Draft], lines: Sequence[str], width: int, notes: int, found: list[str]) -> None:
    """Give the last comment its text, without the lines of notes below it, which are added to `found`."""
    if drafts:
        text = "\n".join(line[width:] if line[:width].isspace() else line.lstrip() for line in lines).strip("\n")
        drafts[-1].body = _without_notes(text, notes, found)


def _without_notes(text: str, count: int, found: list[str]) -> str:
    """The text above the last lines if these are notes, which are added to `found`.

    What looks like their number may be a part of a name.
    """
    lines = text.strip("\n").split("\n")
    if not count or not lines[-count:][0].startswith(_NOTE_SIGNS):
        return text
    found.append("\n".join(lines[-count:]))
    return "\n".join(lines[:-count]).rstrip("\n")


def _draft(facts: str, level: int) -> tuple[Draft, int, int]:
    """A comment from what its byline says, how many lines its body surely has, and how many lines of notes follow.

    The name stands in `author`; of what may be a discussion, the label is that, and the poster is found out later.
    """
    from rumor_tui import markdown_format
    from rumor_tui.model import Draft

    parts = facts.split(" · ")
    notes = _take(parts, _NOTES)
    lines = _take(parts, _LINES)
    url = _take(parts, _ADDRESS) if not level else None
    deleted = _take(parts, "deleted") is not None
    comments = _take(parts, _STATED) if not level else None
    points = _take(parts, _POINTS)
    moment = _take(parts, _MOMENT)
    draft = Draft(
        author=" · ".join(parts),
        published=markdown_format.parse_iso(moment) if moment else None,
        score=_number(points.partition(" ")[0]) if points else None,
        url=markdown_format.clean_field(url),
        deleted=deleted,
        comments=_number(comments.partition(" ")[0]) if comments else None,
    )
    return draft, _count(lines), _count(notes)


def _count(lines: str | None) -> int:
    return int(lines.partition(" ")[0]) if lines else 0


def _take(parts: list[str], pattern: str) -> str | None:
    """Remove the last fact if it has a form and is not the only one, and give it."""
    return parts.pop() if len(parts) > 1 and _pattern(pattern).fullmatch(parts[-1]) else None


def _mark_discussions(drafts: Sequence[Draft], count: int) -> None:
    """Split the names of all comments into what they are made of; `count` of those at the top level are discussions."""
    from rumor_tui.markdown_format import UNSIGNED, clean_field

    tops = [draft for draft in drafts if draft.parent is None]
    if len(tops) != count:
        tops = [draft for draft in tops if draft.url]
    discussions = {id(draft) for draft in tops} if len(tops) == count else set()
    for draft in drafts:
        parts = (draft.author or "").split(" · ")
        if id(draft) in discussions:
            draft.site = parts.pop(0)
            draft.title = _first_line(draft.body)
        if len(parts) > 1 and draft.published is None:
            draft.published_text = clean_field(parts.pop())
        name = " · ".join(parts)
        draft.author = None if name == UNSIGNED else clean_field(name)


def _first_line(body: str) -> str:
    """The first paragraph of a body, if it is one line, as a title is."""
    first = body.partition("\n\n")[0]
    return "" if "\n" in first else first


# The article


def _article(text: str) -> Article:
    from dataclasses import replace

    from rumor_tui import markdown_format
    from rumor_tui.model import Article

    lines = text.split("\n")
    title = ""
    if len(lines) > 1 and lines[0] and _pattern(r"={1,100}").fullmatch(lines[1]):
        title, lines = lines[0], lines[2:]
    facts, lines = (lines[0], lines[1:]) if lines and lines[0] else ("", lines)
    byline, moment, written, url = _facts(facts)
    at = next(
        (nth for nth in range(len(lines) - 2) if lines[nth] == RULE and not lines[nth + 1] and lines[nth + 2]), -1
    )
    own = _paragraphs(lines if at < 0 else lines[:at])
    article = Article(
        title=markdown_format.clean_field(title) or "",
        byline=byline,
        published=moment,
        published_text=written,
        url=url,
        pieces=own,
    )
    if at < 0:
        return article
    page, pieces = _linked(lines[at + 2 :], len(own))
    return replace(article, pieces=[*own, *pieces], linked=page, link=page.url or None)


def _facts(line: str) -> tuple[str | None, float | None, str | None, str | None]:
    """Who wrote something, when, the date as written if it could not be read, and its address."""
    from rumor_tui.markdown_format import clean_field, parse_iso

    parts = line.split(" · ") if line else []
    url = parts.pop() if parts and _pattern(_ADDRESS).fullmatch(parts[-1]) else None
    moment = parts.pop() if parts and _pattern(_MOMENT).fullmatch(parts[-1]) else None
    written = parts.pop() if moment is None and len(parts) > 1 else None
    return clean_field(" · ".join(parts)), parse_iso(moment) if moment else None, clean_field(written), clean_field(url)


def _linked(lines: Sequence[str], first: int) -> tuple[LinkedPage, list[str]]:
    """A linked page and its pieces, of which the first is its title."""
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import LinkedPage

    title, facts = lines[0], lines[1] if len(lines) > 1 else ""
    if not facts and _pattern(_ADDRESS).fullmatch(title):  # that stands for a title, too
        title, facts = "", title
    byline, moment, written, url = _facts(facts)
    page = LinkedPage(url or "", first, clean_field(title) or "", byline, moment, written)
    return page, [*([title] if title else []), *_paragraphs(lines[2:])]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of some lines, each a piece."""
    return [part.strip("\n") for part in re.split(r"\n{2,}", "\n".join(lines)) if part.strip("\n")]
