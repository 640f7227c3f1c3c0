"""The discussion below a Markdown article, as rumor-tui writes it (see `rumor_tui.markdown_format`) or as people do.

Where a heading such as `## Comments`, `## 12 replies` or `## Discussion` (in a dozen languages, with or without a
number) is followed by comments, these are the discussion; the last such heading counts. Handwritten forms:

- A list, replies in nested lists. An item is a comment when it begins with its author: `**ann**: text`,
  `**ann** · 2 h ago`, `[ann](address): text`, `@ann: text`, `ann: text` or `ann (2 h ago)`. The other lines of the
  item are its text, and so are list items without an author. Every outermost item must have an author.
- Block quotes, replies in deeper quotes. A paragraph that begins with an author in one of the bold forms above
  begins a comment; quotes without an author are quotes.

Otherwise there is no discussion, and everything is the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, islice
from typing import NamedTuple

from rumor_tui import markdown_format
from rumor_tui.model import Draft
from rumor_tui.readers.preorder import arrange_drafts
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import COMMENT_WORDS, DISCUSSION_WORDS

_LIST_ITEM = re.compile(r"(?P<indent>[ ]*)(?P<marker>(?:[-*+]|[0-9]{1,4}[.)])[ ]{1,4})(?P<text>\S.*)")
_QUOTE = re.compile(r"(?:[ ]{0,3}>)*")
_BOLD = re.compile(
    r"(?:\*\*|__)(?:\[(?P<linked>[^\]\n]{1,80})\]\([^)\s]*\)|(?P<author>(?:[^*_\\\n]|\\.|_(?!_)){1,80}?))(?P<inner>:?)"
    r"(?:\*\*|__)(?P<colon>:?)(?P<rest>.*)"
)
_LINKED = re.compile(
    r"\[(?P<author>[^\]\n]{1,80})\]\((?P<link>[^)\s]*)\)(?P<rest>(?:\s*\([^()\n]{1,60}\))?\s*:.*|\s+·.*)"
)
_PLAIN = re.compile(
    r"(?P<author>@?\w[\w.'’-]{0,39}(?: [\w.'’-]{1,39}){0,3})(?:\s*\((?P<when>[^()\n]{1,60})\))?"
    r"(?P<colon>\s*:(?=\s|$))?(?P<rest>.*)"
)
_META = re.compile(r"(?:\((?P<when>[^()\n]{1,80})\)\s*)?(?P<mark>:|[·•|—–,-](?=\s)|$)\s*(?P<text>.*)")
_DATE = re.compile(
    r"\d.*?(?:[smhdwy]|min|sec|hour|day|week|month|year|std|tag|jour|heure|día|hora)\w*\.?(?: ago)?$"
    r"|\d{1,4}[-./ ]\w{1,9}|^(?:yesterday|today|just now|\w{3,9}\.? \d{1,2})",
    re.IGNORECASE,
)
_POINTS = re.compile(r"([+-]?\d{1,9})\s*(?:points?|votes?|pts?|likes?|punkte)", re.IGNORECASE)
_LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?\)")
_DELETED = re.compile(r"[\[(]?(?:deleted|removed|gelöscht)[\])]?", re.IGNORECASE)


@dataclass(slots=True)
class _OpenComment:
    """A comment that is being read: its draft, its indentation or quote depth, that of its text, and its lines."""

    draft: Draft
    depth: int
    width: int
    lines: list[str]


def parse_handwritten_comments(lines: Sequence[str], *, timid: bool) -> list[Draft] | None:
    """The comments, each with its parent's row; None when the lines do not begin with a comment's author.

    `timid` accepts only authors in bold or as a link, since a list under "Discussion" may be any list.
    """
    lines = list(dropwhile(lambda line: not line.strip(), lines))
    return _read_list(lines, timid) if lines and _LIST_ITEM.fullmatch(lines[0]) else _read_quotes(lines)


def _read_list(lines: Sequence[str], timid: bool) -> list[Draft] | None:
    comments: list[_OpenComment] = []
    path: list[int] = []
    outermost = 0
    for line in lines:
        item = _LIST_ITEM.fullmatch(line)
        depth = len(item["indent"]) if item else -1
        if item and (draft := parse_comment_head(item["text"], timid)):
            outermost = outermost if comments else depth
            _open_comment(comments, path, draft, depth, depth + len(item["marker"]))
        elif not comments or (line.strip() and (0 <= depth <= outermost or not line.startswith(" "))):
            return None
        else:
            comments[-1].lines.append(_dedent(line, comments[-1].width) if line.strip() else "")
    return _finish_drafts(comments)


def _read_quotes(lines: Sequence[str]) -> list[Draft] | None:
    comments: list[_OpenComment] = []
    path: list[int] = []
    before = ""
    depth_before = -1
    for line in lines:
        marks = _QUOTE.match(line)
        depth = line[: marks.end()].count(">") if marks else 0
        content = _unquote(line, depth)
        fresh = not before.strip() or depth != depth_before
        draft = parse_comment_head(content, timid=True) if fresh and content.startswith(("**", "__")) else None
        if draft is not None:
            _open_comment(comments, path, draft, depth, depth)
        elif comments:
            comments[-1].lines.append(_unquote(line, comments[-1].width))
        elif line.strip():
            return None
        before, depth_before = content, depth
    return _finish_drafts(comments)


def _open_comment(comments: list[_OpenComment], path: list[int], draft: Draft, depth: int, width: int) -> None:
    """Begin a comment below the last one with less indentation; `path` holds the rows from the outermost to it."""
    while path and comments[path[-1]].depth >= depth:
        path.pop()
    draft.parent = path[-1] if path else None
    path.append(len(comments))
    comments.append(_OpenComment(draft, depth, width, [draft.body] if draft.body else []))


def _finish_drafts(comments: list[_OpenComment]) -> list[Draft] | None:
    for comment in comments:
        comment.draft.body = "\n".join(comment.lines).strip("\n")
        if not comment.draft.deleted and _DELETED.fullmatch(comment.draft.body.strip()):
            comment.draft.deleted, comment.draft.body = True, ""
    return [comment.draft for comment in comments] or None


def _dedent(line: str, width: int) -> str:
    return line[width:] if line[:width].isspace() else line.lstrip(" ")


def _unquote(line: str, depth: int) -> str:
    """The line without its first `depth` quote signs, and without one space after them."""
    for _ in range(depth):
        bare = line.lstrip(" ")
        if not bare.startswith(">"):
            return bare
        line = bare[1:]
    return line.removeprefix(" ") if depth else line


def parse_comment_head(line: str, timid: bool) -> Draft | None:
    """The fields in a comment's first line, with the rest of the line as the body; None when it names no author."""
    bold = _BOLD.fullmatch(line)
    if bold:
        rest = ":" + bold["rest"] if bold["inner"] or bold["colon"] else bold["rest"]
        return _parse_facts(bold["linked"] or bold["author"], rest)
    linked = _LINKED.fullmatch(line)
    if linked:
        return _parse_facts(linked["author"], linked["rest"])
    return None if timid else _parse_plain_head(line)


def _parse_plain_head(line: str) -> Draft | None:
    match = _PLAIN.fullmatch(line)
    if match is None or not (match["colon"] or (match["when"] and _DATE.search(match["when"]))):
        return None
    if not match["colon"] and match["rest"].strip():
        return None
    return Draft(
        author=markdown_format.clean_field(match["author"]),
        published_text=markdown_format.clean_field(match["when"]),
        body=match["rest"].strip(),
    )


def _parse_facts(author: str, rest: str) -> Draft | None:
    """A draft from an author and what follows: a date in brackets, a colon and text, or facts separated by dots."""
    meta = _META.fullmatch(rest.strip())
    plain = markdown_format.clean_field(markdown_format.unescape_markdown(author))
    if meta is None or plain is None:
        return None
    draft = Draft(
        author=None if plain == markdown_format.UNSIGNED else plain,
        published_text=markdown_format.clean_field(meta["when"]),
    )
    if meta["mark"] == ":":
        draft.body = meta["text"]
        return draft
    left = [
        part
        for part in re.split(r"\s{1,3}[·•|]\s", meta["text"])
        if part.strip() and not _set_fact(draft, part.strip())
    ]
    draft.body = " · ".join(left)
    return draft


def _set_fact(draft: Draft, part: str) -> bool:
    """Set one field of the draft from a fact in a byline: score, address, date, or that it was deleted."""
    if match := _POINTS.fullmatch(part):
        draft.score = int(match[1])
    elif match := _LINK.fullmatch(part):
        draft.url = markdown_format.clean_field(match[1])
    elif _DELETED.fullmatch(part):
        draft.deleted = True
    elif draft.published_text is None and len(part) <= 60 and _DATE.search(part):
        draft.published_text = markdown_format.clean_field(part)
        draft.published = markdown_format.parse_iso(part)
    else:
        return False
    return True


_NOUNS = alternation(COMMENT_WORDS)
_DISCUSSION = alternation(DISCUSSION_WORDS)
_HEADING = re.compile(
    rf"^(?P<marks>\#{{1,6}}[ \t]{{1,9}})?(?:(?P<none>no[ ]comments)"
    rf"|(?:[\d.,]{{1,15}}[ ]{{1,9}})?(?:(?:{_NOUNS})|(?P<talk>{_DISCUSSION}))(?:[ ]{{0,9}}\([\d.,]{{1,15}}\))?[ ]?:?)"
    r"[ \t]{0,9}\#{0,9}[ \t]{0,9}$(?P<rule>\n(?:={2,}|-{2,})[ \t]{0,9}$)?",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_HEADINGS = 64
"""Headings that are tried, from the last one on: more would make a hostile file slow."""

_CERTAIN_WITHIN = 32_768
"""Characters below a heading in which a certain discussion is looked for."""


@dataclass(frozen=True, slots=True)
class MarkdownDiscussion:
    """A discussion: where its heading begins, its comments in pre-order, and where the article goes on, if it does.

    `notes` are the notes on comments of whoever saved it.
    """

    start: int
    drafts: list[Draft]
    end: int
    notes: str = ""


def find_discussion(source: str) -> MarkdownDiscussion | None:
    """The discussion of a Markdown source with `\\n` line ends, or None when there is none."""
    headings = [match for match in _HEADING.finditer(source) if match["marks"] or match["rule"]]
    fences = _Fences(source)
    discussions = (_discussion_below(source, heading, fences) for heading in islice(reversed(headings), _MOST_HEADINGS))
    return next(filter(None, discussions), None)


def has_certain_discussion(source: str) -> bool:
    """Whether a source with `\\n` line ends certainly has a discussion. Of a long source only parts are looked at.

    Underlined headings and authors that are not in bold do not count, since a text that is not Markdown may have them.
    """
    headings = [match for match in _HEADING.finditer(source) if match["marks"]]
    fences = _Fences(source)
    return any(_begins_below(source, heading, fences) for heading in islice(reversed(headings), _MOST_HEADINGS))


def _begins_below(source: str, heading: re.Match[str], fences: _Fences) -> bool:
    """Whether a discussion begins below a heading, judging by its first few whole lines."""
    limit = heading.end() + _CERTAIN_WITHIN
    part = source if limit >= len(source) else source[: max(heading.end(), source.rfind("\n", 0, limit))]
    return _discussion_below(part, heading, fences, certain=True) is not None


def _discussion_below(
    source: str, heading: re.Match[str], fences: _Fences, *, certain: bool = False
) -> MarkdownDiscussion | None:
    start = min(heading.end() + 1, len(source))
    if heading["none"] and not source[start:].strip():
        return MarkdownDiscussion(heading.start(), [], len(source))
    exported = parse_exported_comments(source, start)
    if exported is not None:
        return MarkdownDiscussion(heading.start(), exported.drafts, len(source), exported.notes)
    if fences.hold(heading.start()):
        return None
    lines = source[start:].split("\n")
    level = len((heading["marks"] or "##").strip())
    count = _until_heading(lines, level)
    drafts = parse_handwritten_comments(lines[:count], timid=certain or bool(heading["talk"]))
    if drafts is None:
        return None
    end = len(source) - sum(len(line) + 1 for line in lines[count:]) + 1 if count < len(lines) else len(source)
    return MarkdownDiscussion(heading.start(), arrange_drafts(drafts), end)


def _until_heading(lines: Sequence[str], level: int) -> int:
    """The number of lines before the next heading of the same or a higher level."""
    ends = re.compile(rf"#{{1,{level}}}\s")
    return next((i for i, line in enumerate(lines) if ends.match(line)), len(lines))


_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})(.*)$", re.MULTILINE)


class _Fences:
    """Where code fences open and close in a source; searched once, when first needed."""

    def __init__(self, source: str) -> None:
        self._source = source

    def hold(self, place: int) -> bool:
        """Whether a fence is open at a place of the source."""
        return bool(bisect_left(self._edges, place) % 2)

    @cached_property
    def _edges(self) -> list[int]:
        edges: list[int] = []
        fence = ""
        for match in _FENCE.finditer(self._source):
            if not fence:
                fence = match[1]
                edges.append(match.start())
            elif match[1].startswith(fence) and not match[2].strip():
                fence = ""
                edges.append(match.start())
        return edges


class ExportedComments(NamedTuple):
    """Comments in pre-order, and the notes on them of whoever saved them."""

    drafts: list[Draft]
    notes: str


def parse_exported_comments(source: str, start: int = 0) -> ExportedComments | None:
    """The comments from `start` to the end, in pre-order, if they have the exact form of `rumor_tui.markdown_format`.

    None when it has another form.
    """
    if _FOREIGN_LINE.search(source, start):
        return None
    drafts: list[Draft] = []
    edges: list[tuple[int, int, int, int]] = []
    last = [0] * (markdown_format.MAX_INDENT + 1)
    line = _ITEM.search(source, start)
    while line is not None:
        end = line.end()
        level = len(line["indent"]) // 2
        byline = (
            markdown_format.parse_byline(line["byline"])
            if level <= markdown_format.MAX_INDENT and not len(line["indent"]) % 2
            else None
        )
        if byline is not None and byline.number == len(drafts) + 1:
            if byline.draft.parent is None and level:
                byline.draft.parent = last[level - 1]
            last[level:] = [len(drafts)] * (len(last) - level)
            drafts.append(byline.draft)
            edges.append((line.start(), end, level, byline.notes))
            end = _skip_lines(source, end, byline.lines)
        elif not line["indent"]:
            return None
        line = _ITEM.search(source, end)
    if not drafts or source[start : edges[0][0]].strip():
        return None
    notes = _set_bodies(source, drafts, edges)
    return ExportedComments(arrange_drafts(drafts), "\n\n".join(notes))


_ITEM = re.compile(r"^(?P<indent>[ ]*)- (?P<byline>\*\*[^\n]*)$", re.MULTILINE)
_FOREIGN_LINE = re.compile(r"^(?![ \n]|- \*\*|\Z)", re.MULTILINE)
"""A line that is not blank, indented, or a byline."""

_INDENTS = [re.compile(rf"\n[ ]{{0,{2 * level + 2}}}") for level in range(markdown_format.MAX_INDENT + 1)]


def _skip_lines(source: str, end: int, count: int | None) -> int:
    """The position after the `count` lines of a body and the empty line before them, from the end of a byline on."""
    for _ in range(0 if count is None else count + 1):
        end = source.find("\n", end + 1)
        if end < 0:
            return len(source)
    return end


def _set_bodies(source: str, drafts: Sequence[Draft], edges: Sequence[tuple[int, int, int, int]]) -> list[str]:
    """Set the body of each draft: what is between its byline and the next one, without the indentation.

    The empty line below the byline and those at the end are not part of it, nor are the lines of notes that the byline
    states: these are the answer.
    """
    found: list[str] = []
    ends = [edge[0] for edge in edges[1:]] + [len(source)]
    for draft, (_, start, level, notes), end in zip(drafts, edges, ends, strict=True):
        body = _INDENTS[level].sub("\n", source[start:end])
        body = body.removeprefix("\n").removeprefix("\n").rstrip("\n")
        draft.body, written = _split_notes(body, notes) if notes else (body, "")
        if written:
            found.append(written)
    return found


def _split_notes(body: str, count: int) -> tuple[str, str]:
    """The text above the lines of notes, and these; all of it where so many quoted lines do not stand there."""
    lines = body.split("\n")
    below = lines[-count:]
    if not all(line.startswith(">") for line in below):
        return body, ""
    return "\n".join(lines[:-count]).rstrip("\n"), "\n".join(line[2:] for line in below)
