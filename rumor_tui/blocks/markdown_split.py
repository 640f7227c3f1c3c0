"""Splitting a Markdown document into pieces that can be parsed alone, when they come on screen.

The blocks of the pieces, concatenated, are the blocks of the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rumor_tui.text import neutralise

_GAP: Final = re.compile(r"\n(?: *\n)+")
_FENCE_OR_ITEM: Final = re.compile(
    r"\n(?P<lead> {0,3}(?:(?P<fence>`{3,}(?=[^`\n]*(?:\n|$))|~{3,})(?P<info>.*)"
    r"|(?:[-+*]|(?P<number>\d{1,9})(?P<sign>[.)]))(?: +|(?=\n)|$)))"
)
"""A newline and a line that begins or ends fenced code, or begins an item of a list."""
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?: |\n|$)")
_LABEL: Final = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]", re.DOTALL)
_DEFINITION: Final = re.compile(
    r" {0,3}\[((?:[^\[\]\\]|\\.){1,999})\]: *\n? *(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:(?: +| *\n *)(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ ]*(?:\n|$)"
)
_INNER_DEFINITION: Final = re.compile(r"(?:\A|\n)[ >+*\d.)-]*\[[^\[\]]+\]:")
_KEY: Final = re.compile(r"([A-Za-z][\w-]*) *:(?: +(.*))?$")
_OTHER_YAML: Final = re.compile(r"\s*$|\s+\S|- |#")
_FRONT_LINES: Final = 200
"""Lines in which a front matter must end."""


@dataclass(slots=True)
class _Piece:
    """A part of the document, and what decides whether the next paragraph belongs to it."""

    start: int
    end: int
    fence: str = ""
    """The open fence of code, if fences that may be in an item are."""
    loose_fence: str = ""
    """The open fence if no fence is in an item. Only a parse could tell which is right, so both count."""
    code: bool = False
    """Whether it ends in indented code."""
    items: bool = False
    """Whether list items begin in it: what is indented belongs to the last."""
    column: int = 0
    """The column of the text of the first item."""
    inner: int = 0
    """The column of the text of the last item: a fence as far to the right belongs to it."""
    next: int = 0
    """The number of the next item of its only ordered list; 0 if that is uncertain."""
    sign: str = ""
    """The delimiter after the numbers of that list."""


def split_markdown(source: str) -> list[str]:
    """The document's pieces, split at empty lines: each a paragraph, a heading, a list or the like.

    A front matter is left out. The link definitions that a piece uses are added to it.
    """
    _, body = split_front_matter(neutralise(source))
    definitions: dict[str, str] = {}
    kept = []
    for piece in _pieces(body):
        text = body[piece.start : piece.end]
        if "]:" not in text or not _only_definitions(text, definitions):
            kept.append((text, bool(piece.fence or piece.loose_fence)))
    if not definitions:
        return [text for text, _ in kept]
    return [_with_definitions(text, fence, definitions) for text, fence in kept]


def _pieces(body: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    marks = _FENCE_OR_ITEM.finditer(f"\n{body}")
    mark = next(marks, None)
    for start, end in _runs(body):
        column = _indent(body, start) if body[start] == " " else 0
        if not pieces or not _belongs(body, pieces[-1], start, column):
            pieces.append(_Piece(start, end))
        piece = pieces[-1]
        piece.end = end
        piece.code = body.startswith("    ", max(body.rfind("\n", start, end) + 1, start))
        while mark and mark.start() < end:
            _update(piece, mark)
            mark = next(marks, None)
    if pieces and (pieces[-1].fence or pieces[-1].loose_fence):
        pieces[-1].end = len(body)
    return pieces


def _runs(body: str) -> Iterator[tuple[int, int]]:
    """The start and the end of each run of lines without an empty one."""
    lead = re.match(r"(?: *\n)*", body)
    at = lead.end() if lead else 0
    for gap in _GAP.finditer(body, at):
        yield at, gap.start()
        at = gap.end()
    if body[at:].strip():
        yield at, len(body)


def _indent(body: str, start: int) -> int:
    at = start
    while body.startswith(" ", at):
        at += 1
    return at - start


def _belongs(body: str, last: _Piece, start: int, column: int) -> bool:
    """Whether a run of lines must be parsed with the piece before it. If uncertain it is, which is never wrong."""
    if last.fence or last.loose_fence:
        return True
    if column:
        return last.items or (last.code and column >= 4)
    number = _NUMBER.match(body, start) if last.items else None
    return number is not None and not (last.sign and (number[2] != last.sign or int(number[1]) == last.next))


def _update(piece: _Piece, mark: re.Match[str]) -> None:
    """Update a piece by one of its lines: it opens or closes a fence, or begins an item."""
    lead, fence, info, number, sign = mark.group("lead", "fence", "info", "number", "sign")
    column = len(lead) - len(lead.lstrip(" "))
    if fence:
        in_item = piece.items and column >= piece.inner
        piece.fence = _fence_after(piece.fence, fence, info, "" if in_item else fence)
        piece.loose_fence = _fence_after(piece.loose_fence, fence, info, fence)
    elif piece.fence:
        return
    elif not piece.items:
        plain = number and mark.start() == piece.start
        piece.items, piece.column, piece.inner = True, len(lead), _text_column(mark)
        piece.sign, piece.next = (sign, int(number) + 1) if plain else ("", 0)
    elif column < min(piece.column, len(lead)):
        piece.next += 1
        piece.inner = _text_column(mark)
        piece.sign = piece.sign if sign == piece.sign else ""


def _fence_after(opened: str, fence: str, info: str, new: str) -> str:
    """The fence that is open after a line with a fence, if `opened` was open before."""
    if not opened:
        return new
    return "" if fence.startswith(opened) and not info.strip() else opened


def _text_column(mark: re.Match[str]) -> int:
    """The column of an item's text: one after its sign if it is code or empty; unreachable if an empty line follows."""
    lead = mark["lead"]
    after = mark.string[mark.end() : mark.end() + 1]
    if after not in ("", "\n"):
        return len(lead) if len(lead) - len(lead.rstrip(" ")) < 5 else len(lead.rstrip(" ")) + 1
    end = mark.string.find("\n", mark.end() + 1)
    following = mark.string[mark.end() + 1 : end if end >= 0 else None]
    return len(lead.rstrip(" ")) + 1 if following.strip() else len(mark.string)


def _only_definitions(text: str, definitions: dict[str, str]) -> bool:
    """Collect the link definitions in a piece; true if there is nothing else in it."""
    at = 0
    own: dict[str, str] = {}
    while match := _DEFINITION.match(text, at):
        own.setdefault(_fold_label(match[1]), match[0].strip())
        at = match.end()
    if at < len(text) and _INNER_DEFINITION.search(text):
        own = _parsed_definitions(text)
    for label, definition in own.items():
        definitions.setdefault(label, definition)
    return at == len(text)


def _parsed_definitions(text: str) -> dict[str, str]:
    """The definitions of a piece with other content too, maybe in quotes or lists: this takes a parse."""
    from rumor_tui.blocks.markdown import parser

    env: dict[str, dict[str, dict[str, str]]] = {}
    parser().parse(text, env)
    targets = {
        label: re.sub(r"[\\<>&]", r"\\\g<0>", reference["href"])
        for label, reference in env.get("references", {}).items()
    }
    return {label: f"[{label}]: <{target}>" for label, target in targets.items()}


def _fold_label(label: str) -> str:
    return " ".join(label.split()).lower().upper()


def _with_definitions(text: str, in_fence: bool, definitions: dict[str, str]) -> str:
    """The piece with the definitions that it uses: after it, or before it if its end is code."""
    if "[" not in text:
        return text
    used = dict.fromkeys(label for written in _LABEL.findall(text) if (label := _fold_label(written)) in definitions)
    if not used:
        return text
    own = "\n".join(definitions[label] for label in used)
    return f"{own}\n\n{text}" if in_fence else f"{text}\n\n{own}"


def split_front_matter(source: str) -> tuple[dict[str, str], str]:
    """The simple `key: value` lines between two lines of dashes at the start of a document, and what follows.

    Keys are in lower case, values without quotes. Without a front matter: no lines, and all of the source.
    """
    head = source.removeprefix("\ufeff")
    if not head.startswith("---"):
        return {}, source
    lines = head.split("\n", _FRONT_LINES)
    fields: dict[str, str] = {}
    for index, line in enumerate(lines[:_FRONT_LINES]):
        line = line.rstrip()
        if index == 0 and line != "---":
            break
        if index and line in ("---", "..."):
            return (fields, "\n".join(lines[index + 1 :])) if fields else ({}, source)
        if match := _KEY.match(line):
            fields[match[1].lower()] = _unquoted(match[2] or "")
        elif index and not _OTHER_YAML.match(line):
            break
    return {}, source


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
