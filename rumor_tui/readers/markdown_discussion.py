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
from itertools import islice

from rumor_tui import markdown_format
from rumor_tui.model import Draft
from rumor_tui.readers.markdown_loose import parse_handwritten_comments
from rumor_tui.readers.preorder import arrange_drafts

_NOUNS = (
    r"comments?|replies|responses|answers|kommentare?|antworten|commentaires?|réponses|comentarios?|respuestas"
    r"|comentários?|respostas|commenti|risposte|reacties|kommentarer|komentarze|kommentit|yorumlar|комментарии"
    r"|ответы|коментарі|コメント|评论|評論|留言|댓글|تعليقات|نظرات"
)
_DISCUSSION = (
    r"discussions?|diskussion(?:en)?|discusión|discussão|discussione|discussie|dyskusja|обсуждение|讨论|討論|토론"
)
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
    """A discussion: where its heading begins, its comments in pre-order, and where the article goes on, if it does."""

    start: int
    drafts: list[Draft]
    end: int


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
    drafts = parse_exported_comments(source, start)
    if drafts is not None:
        return MarkdownDiscussion(heading.start(), drafts, len(source))
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


def parse_exported_comments(source: str, start: int = 0) -> list[Draft] | None:
    """The comments from `start` to the end, in pre-order, if they have the exact form of `rumor_tui.markdown_format`.

    None when it has another form.
    """
    if _FOREIGN_LINE.search(source, start):
        return None
    drafts: list[Draft] = []
    edges: list[tuple[int, int, int]] = []
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
            edges.append((line.start(), end, level))
            end = _skip_lines(source, end, byline.lines)
        elif not line["indent"]:
            return None
        line = _ITEM.search(source, end)
    if not drafts or source[start : edges[0][0]].strip():
        return None
    _set_bodies(source, drafts, edges)
    return arrange_drafts(drafts)


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


def _set_bodies(source: str, drafts: Sequence[Draft], edges: Sequence[tuple[int, int, int]]) -> None:
    """Set the body of each draft: what is between its byline and the next one, without the indentation.

    The empty line below the byline and those at the end are not part of it.
    """
    ends = [edge[0] for edge in edges[1:]] + [len(source)]
    for draft, (_, start, level), end in zip(drafts, edges, ends, strict=True):
        body = _INDENTS[level].sub("\n", source[start:end])
        draft.body = body.removeprefix("\n").removeprefix("\n").rstrip("\n")
