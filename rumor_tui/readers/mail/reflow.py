"""Plain text of mail made readable: wrapped and flowed lines joined, PGP armour removed, attributions quoted.

Nothing is invented and hardly anything left out: lines are joined where the sender's program broke them, and marked up
in the way that `blocks` reads plain text, with ">" for quotes and four spaces for code.

A line break was made by the program when the next word would not have fitted into the line: then the lines of a
paragraph become one. Where a break has another reason (verses, addresses, tables, short remarks) the lines stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MIN_WRAP_WIDTH, MAX_WRAP_WIDTH = 50, 90
"""Characters of the longest line of a paragraph that a program has wrapped."""

_PROSE = re.compile(r"((?:> ?)*)(?=[^\W\d_]|[\"'(“‘„«*_`\[\d])(?!\d{1,3}[.)] |[*_] |-- ?$|From |[\w-]{1,30}: )(.*\S)")
_SIGNATURE_LINE = re.compile(r"-- ?$")
_WORD = re.compile(r"\S+")


def unwrap_paragraphs(text: str) -> str:
    """The text with its wrapped paragraphs in a line each; what follows a signature's mark stays as it is."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if _SIGNATURE_LINE.match(line)), len(lines))
    return "\n".join([*_paragraphs(lines[:end]), *lines[end:]])


def _paragraphs(lines: list[str]) -> Iterator[str]:
    run: list[str] = []
    lead = ""
    for line in lines:
        match = _PROSE.match(line) if len(line) <= MAX_WRAP_WIDTH + 20 else None
        if run and (match is None or match[1].count(">") != lead.count(">")):
            yield from _unwrapped_run(lead, run)
            run = []
        if match is None:
            yield line
        else:
            lead = match[1] if not run else lead
            run.append(match[2])
    yield from _unwrapped_run(lead, run)


def _unwrapped_run(lead: str, run: list[str]) -> Iterator[str]:
    """The lines of a paragraph as one, if they were wrapped; else as they are."""
    width = max(map(len, run), default=0)
    if (
        len(run) > 1
        and MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH
        and all(map(_is_full, run, run[1:], [width] * len(run)))
    ):
        yield lead + " ".join(run)
    else:
        yield from (lead + line for line in run)


def _is_full(line: str, following: str, width: int) -> bool:
    word = _WORD.match(following)
    return len(line) + 1 + (word.end() if word else 0) > width


_QUOTE = re.compile(r">+")
_SIGNATURE = re.compile(r"-- ?\Z")

_LEAD = r"^[> ]{0,40}"
_SIGNED = re.compile(
    rf"{_LEAD}-----BEGIN PGP SIGNED MESSAGE-----[ ]*\n(?:[> ]{{0,40}}[A-Za-z-]{{1,40}}: [^\n]*\n)*(?:[> ]{{0,40}}\n)?",
    re.MULTILINE,
)
_ARMOUR = re.compile(
    rf"{_LEAD}-----BEGIN PGP (SIGNATURE|MESSAGE|PUBLIC KEY BLOCK)-----[ ]*$"
    r"(?:\n[> ]{0,40}(?:[A-Za-z-]{1,40}: [^\n]*|[A-Za-z0-9+/=]*)[ ]*$)*+(?:\n[> ]{0,40}-----END PGP \1-----[ ]*$)?",
    re.MULTILINE,
)
"""Armour with all lines that can belong to it, since its end may be missing."""

_DASHES = re.compile(r"^- (?=-)", re.MULTILINE)
_IN_PLACE = {"SIGNATURE": "", "MESSAGE": "[an encrypted message]", "PUBLIC KEY BLOCK": "[a public key]"}

_WROTE = re.compile(
    r"(?:\b(?:wrote|writes|said|schrieb|schreibt|écrit|escribió|escreveu|ha scritto|scrisse|schreef|skrev|kirjoitti"
    r"|napsal|napisał|írta|yazdı|пишет|писал|написал)|写道|<[^<>\s]+@[^<>\s]+>.{0,40})\s*[:：]$",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:On|Am|Le|El|Em|Il|Op|Den|Dne|At|In|W dniu|Quoting|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})\b")
_LONGEST_ATTRIBUTION = 300

_PATCH = re.compile(
    r"^(?:diff --git |Index: [^\n]*\n===|--- \S[^\n]*\n\+\+\+ \S)[^\n]*"
    r"(?:\n(?!--[ ]?(?:\n|\Z))(?:[ +\-@\\][^\n]*|(?:index|diff|new|deleted|old|similarity|dissimilarity|rename|copy"
    r"|Binary|Index:|GIT binary|=====)[^\n]*|(?=\n[ +\-@\\d])))*",
    re.MULTILINE,
)
"""A unified diff in the middle of text, from its first line to the last that can belong to it."""


def reflow_text(text: str, flowed: bool = False, delete_space: bool = False) -> str:
    """The text of a message as `blocks` should read it. Newlines are plain ones."""
    if flowed:
        text = join_flowed_lines(text, delete_space)
    if "-----BEGIN PGP " in text:
        text = strip_pgp_armour(text)
    if "\n>" in text:
        text = quote_attributions(text)
    if "\n+++ " in text or "diff --git " in text:
        text = _PATCH.sub(lambda found: f"\n{indent_as_code(found[0])}\n", text)
    return text if flowed else unwrap_paragraphs(text)


def join_flowed_lines(text: str, delete_space: bool = False) -> str:
    """Lines joined that end in a blank, as format=flowed has it (RFC 3676), at the same depth of quoting."""
    done: list[str] = []
    parts: list[str] = []
    depth = 0
    for line in text.split("\n"):
        signs = _QUOTE.match(line)
        level = signs.end() if signs else 0
        rest = line[level:].removeprefix(" ")
        flows = rest.endswith(" ") and not _SIGNATURE.match(rest)
        if parts and (level != depth or _SIGNATURE.match(rest)):
            done.append(_flowed_line(parts, depth))
            parts = []
        depth = level
        parts.append(rest[:-1] if flows and delete_space else rest)
        if not flows:
            done.append(_flowed_line(parts, depth))
            parts = []
    if parts:
        done.append(_flowed_line(parts, depth))
    return "\n".join(done)


def _flowed_line(parts: list[str], depth: int) -> str:
    line = "".join(parts)
    return f"{'>' * depth} {line}" if depth else line


def strip_pgp_armour(text: str) -> str:
    """The text without the lines of PGP around it; what is only armour is named instead."""
    if _SIGNED.search(text):
        text = _DASHES.sub("", _SIGNED.sub("", text))
    return _ARMOUR.sub(lambda found: _IN_PLACE[found[1]], text)


def indent_as_code(text: str) -> str:
    """Lines that `blocks` will take for code."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def quote_attributions(text: str) -> str:
    """The text with each "On …, X wrote:" above a quote put into that quote."""
    lines = text.split("\n")
    return "\n".join(_with_attributions(lines)) if any(_WROTE.search(line[-90:].rstrip()) for line in lines) else text


def _with_attributions(lines: list[str]) -> Iterator[str]:
    waiting: list[str] = []  # lines at one level that may turn out to say who wrote the quote below them
    depth = 0
    for line in lines:
        level = _level(line)
        if level > depth:
            yield from _settled(waiting, level)
            waiting = []
        elif level < depth:
            yield from waiting
            waiting = []
        depth = level
        waiting.append(line)
        if len(waiting) > 4:
            yield waiting.pop(0)
    yield from waiting


def _level(line: str) -> int:
    """How many quotes are around a line; signs may have blanks between them."""
    match = re.match(r"(?:> ?)*", line)
    return match[0].count(">") if match else 0


def _settled(waiting: list[str], level: int) -> Iterator[str]:
    """The lines above a quote of this level, those of its attribution quoted as well."""
    lines = list(waiting)
    blanks = 0
    while lines and not lines[-1].strip("> "):
        lines.pop()
        blanks += 1
    first = _attribution_start(lines)
    if first is None or blanks > 1:
        yield from waiting
        return
    yield from lines[:first]
    for line in lines[first:]:
        yield f"{'>' * level} {line.lstrip('> ')}"
    yield ">" * level


def _attribution_start(lines: list[str]) -> int | None:
    """The first of the one to three lines at the end that say who wrote what follows; None when they do not."""
    if not lines or not _WROTE.search(lines[-1].rstrip()) or len(lines[-1]) > _LONGEST_ATTRIBUTION:
        return None
    last = len(lines) - 1
    for first in range(last, max(last - 3, -1), -1):
        if not lines[first].strip("> "):
            break
        if _ON.match(lines[first].lstrip("> ")):
            return first
    return last
