"""Comments that people write by hand in Markdown: nested lists or block quotes, each beginning with its author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from rumor_tui import markdown_format
from rumor_tui.model import Draft

_ITEM = re.compile(r"(?P<indent>[ ]*)(?P<marker>(?:[-*+]|[0-9]{1,4}[.)])[ ]{1,4})(?P<text>\S.*)")
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
    return _read_list(lines, timid) if lines and _ITEM.fullmatch(lines[0]) else _read_quotes(lines)


def _read_list(lines: Sequence[str], timid: bool) -> list[Draft] | None:
    comments: list[_OpenComment] = []
    path: list[int] = []
    outermost = 0
    for line in lines:
        item = _ITEM.fullmatch(line)
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
        draft.published_text = part
        draft.published = markdown_format.parse_iso(part)
    else:
        return False
    return True
