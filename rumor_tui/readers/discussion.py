"""The discussion below a Markdown article, as rumor-tui writes it (see `rumor_tui.bylines`) or as people do.

Where a heading such as `## Comments`, `## 12 replies` or `## Discussion` (in a dozen languages, with or without a
number) is followed by comments, these are the discussion, and the last such heading counts. People's own forms:

- A list, replies in nested lists. An item is a comment when it begins with its author: `**ann**: text`,
  `**ann** · 2 h ago`, `[ann](address): text`, `@ann: text`, `ann: text` or `ann (2 h ago)`. The other lines of the
  item are its text, and so are list items without an author. Every outermost item must have an author.
- Block quotes, replies in deeper quotes. A paragraph that begins with an author in one of the bold forms above
  begins a comment; quotes without an author are quotes.

Where neither is found, there is no discussion, and everything is the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rumor_tui import bylines
from rumor_tui.model import Draft
from rumor_tui.readers import loose, ordering

_LABELS = (
    r"comments?|replies|responses|answers|kommentare?|antworten|commentaires?|réponses|comentarios?|respuestas"
    r"|comentários?|respostas|commenti|risposte|reacties|kommentarer|komentarze|kommentit|yorumlar|комментарии"
    r"|ответы|коментарі|コメント|评论|評論|留言|댓글|تعليقات|نظرات"
)
_TALK = r"discussions?|diskussion(?:en)?|discusión|discussão|discussione|discussie|dyskusja|обсуждение|讨论|討論|토론"
_HEADING = re.compile(
    rf"^(?P<marks>\#{{1,6}}[ \t]{{1,9}})?(?:(?P<none>no[ ]comments)"
    rf"|(?:[\d.,]{{1,15}}[ ]{{1,9}})?(?:(?:{_LABELS})|(?P<talk>{_TALK}))(?:[ ]{{0,9}}\([\d.,]{{1,15}}\))?[ ]?:?)"
    r"[ \t]{0,9}\#{0,9}[ \t]{0,9}$(?P<rule>\n(?:={2,}|-{2,})[ \t]{0,9}$)?",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_HEADINGS = 64
"""How many headings are tried, from the last one on: more would make a hostile file slow."""


@dataclass(frozen=True, slots=True)
class Found:
    """A discussion: where its heading begins, its comments in pre-order, and where the article goes on, if it does."""

    start: int
    drafts: list[Draft]
    end: int


def find(source: str, *, certain: bool = False) -> Found | None:
    """The discussion of a Markdown source with `\\n` line ends, or None when there is none.

    `certain` leaves out what a text that is no Markdown might hold as well: underlined headings, authors not in bold.
    """
    headings = [match for match in _HEADING.finditer(source) if match["marks"] or (match["rule"] and not certain)]
    for heading in islice(reversed(headings), _MOST_HEADINGS):
        if found := _below(source, heading, certain):
            return found
    return None


def _below(source: str, heading: re.Match[str], certain: bool) -> Found | None:
    rest = source[heading.end() :].removeprefix("\n")
    if heading["none"] and not rest.strip():
        return Found(heading.start(), [], len(source))
    lines = rest.split("\n")
    drafts = read_strict(lines)
    if drafts is not None:
        return Found(heading.start(), drafts, len(source))
    if _in_fence(source[: heading.start()]):
        return None
    level = len((heading["marks"] or "##").strip())
    count = _until_heading(lines, level)
    drafts = loose.read(lines[:count], timid=certain or bool(heading["talk"]))
    if drafts is None:
        return None
    end = len(source) - sum(len(line) + 1 for line in lines[count:]) + 1 if count < len(lines) else len(source)
    return Found(heading.start(), ordering.arranged(drafts), end)


def _until_heading(lines: Sequence[str], level: int) -> int:
    """How many lines stand before the next heading of the same or a higher rank."""
    ends = re.compile(rf"#{{1,{level}}}\s")
    return next((i for i, line in enumerate(lines) if ends.match(line)), len(lines))


_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})(.*)$", re.MULTILINE)


def _in_fence(source: str) -> bool:
    """Whether a code fence is open at the end of the source."""
    fence = ""
    for match in _FENCE.finditer(source):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return bool(fence)


def read_strict(lines: Sequence[str]) -> list[Draft] | None:
    """The comments in the exact form of `rumor_tui.bylines`, in pre-order; None when the lines are not in it."""
    drafts: list[Draft] = []
    bodies: list[list[str]] = []
    last = [0] * (bylines.DEEPEST + 1)
    width = 0
    rows = iter(lines)
    for line in rows:
        found = _item(line, len(drafts) + 1)
        if found is not None:
            level, byline = found
            draft = byline.draft
            if draft.parent is None and level:
                draft.parent = last[level - 1]
            last[level:] = [len(drafts)] * (len(last) - level)
            width = 2 * level + 2
            drafts.append(draft)
            bodies.append([] if byline.lines is None else list(_counted(rows, byline.lines, width)))
        elif line[:1] not in ("", " ") or (line and not drafts):
            return None
        elif bodies:
            bodies[-1].append(_dedented(line, width))
    for draft, body in zip(drafts, bodies, strict=True):
        draft.body = _joined(body)
    return ordering.arranged(drafts) if drafts else None


def _item(line: str, number: int) -> tuple[int, bylines.Byline] | None:
    """The level and the byline of a line, if it is the byline with the number given."""
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    if not bare.startswith("- **") or indent % 2 or indent > 2 * bylines.DEEPEST:
        return None
    byline = bylines.read(bare[2:])
    return (indent // 2, byline) if byline is not None and byline.number == number else None


def _counted(rows: Iterator[str], count: int, width: int) -> Iterator[str]:
    """The empty line below a byline, and the body's `count` lines after it."""
    return (_dedented(line, width) for line in islice(rows, count + 1))


def _dedented(line: str, width: int) -> str:
    return line[width:] if line[:width].isspace() else line.lstrip(" ")


def _joined(body: list[str]) -> str:
    """The body without the empty line that parts it from its byline, and without those at its end."""
    end = len(body)
    while end and not body[end - 1]:
        end -= 1
    return "\n".join(body[1 if body and not body[0] else 0 : end])
