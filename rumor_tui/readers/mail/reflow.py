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
"""Lengths between which the longest line of a wrapped paragraph is."""

_PROSE = re.compile(r"((?:> ?)*)(?=[^\W\d_]|[\"'(“‘„«*_`\[\d])(?!\d{1,3}[.)] |[*_] |-- ?$|From |[\w-]{1,30}: )(.*\S)")
_SIGNATURE_LINE = re.compile(r"-- ?$")
_WORD = re.compile(r"\S+")


def unwrap_paragraphs(text: str) -> str:
    """The text with each wrapped paragraph on one line; what follows the signature separator stays as it is."""
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
    """The lines of a paragraph as one line if they were wrapped; else unchanged."""
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
    r"(?>(?:\n[> ]{0,40}(?:[A-Za-z-]{1,40}: [^\n]*|[A-Za-z0-9+/=]*)[ ]*$)*)(?:\n[> ]{0,40}-----END PGP \1-----[ ]*$)?",
    re.MULTILINE,
)
"""PGP armour with all lines that can belong to it, since its end may be missing."""

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
"""A unified diff within text, from its first line to the last one that can belong to it."""


def reflow_text(text: str, flowed: bool = False, delete_space: bool = False) -> str:
    """The text of a message in the form that `blocks` reads. Line ends are `\\n`."""
    if flowed:
        text = join_flowed_lines(text, delete_space)
    if "-----BEGIN PGP " in text:
        text = strip_pgp_armour(text)
    if "\n>" in text:
        text = quote_attributions(text)
    if "\n+++ " in text or "diff --git " in text:
        text = _PATCH.sub(lambda match: f"\n{indent_as_code(match[0])}\n", text)
    return text if flowed else unwrap_paragraphs(text)


def join_flowed_lines(text: str, delete_space: bool = False) -> str:
    """The text with lines joined that end in a space and have the same quote depth (format=flowed, RFC 3676)."""
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
    """The text without PGP armour around it; encrypted messages and keys are replaced by a note."""
    if _SIGNED.search(text):
        text = _DASHES.sub("", _SIGNED.sub("", text))
    return _ARMOUR.sub(lambda match: _IN_PLACE[match[1]], text)


def indent_as_code(text: str) -> str:
    """The text indented, which `blocks` reads as code."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def quote_attributions(text: str) -> str:
    """The text with each "On …, X wrote:" above a quote moved into that quote."""
    lines = text.split("\n")
    return "\n".join(_with_attributions(lines)) if any(_WROTE.search(line[-90:].rstrip()) for line in lines) else text


def _with_attributions(lines: list[str]) -> Iterator[str]:
    waiting: list[str] = []  # lines at one level that may turn out to be the attribution of a quote below them
    depth = 0
    for line in lines:
        level = _quote_depth(line)
        if level > depth:
            yield from _quote_attribution(waiting, level)
            waiting = []
        elif level < depth:
            yield from waiting
            waiting = []
        depth = level
        waiting.append(line)
        if len(waiting) > 4:
            yield waiting.pop(0)
    yield from waiting


def _quote_depth(line: str) -> int:
    """The quote depth of a line; there may be spaces between the signs."""
    match = re.match(r"(?:> ?)*", line)
    return match[0].count(">") if match else 0


def _quote_attribution(waiting: list[str], level: int) -> Iterator[str]:
    """The lines above a quote of this level, with those of its attribution quoted, too."""
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
    """The first of the one to three last lines that are an attribution ("On …, X wrote:"); None where there is none."""
    if not lines or not _WROTE.search(lines[-1].rstrip()) or len(lines[-1]) > _LONGEST_ATTRIBUTION:
        return None
    last = len(lines) - 1
    for first in range(last, max(last - 3, -1), -1):
        if not lines[first].strip("> "):
            break
        if _ON.match(lines[first].lstrip("> ")):
            return first
    return last
