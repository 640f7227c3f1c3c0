"""Cutting a Markdown document into pieces that can be parsed alone, when they come on screen."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def split_markdown(source: str) -> list[str]:
    """The document's pieces, cut at blank lines."""
    pieces: list[list[str]] = [[]]
    fence = ""
    blank = False
    for line in source.split("\n"):
        match = _FENCE.match(line)
        if not line.strip() and not fence:
            blank = True
            pieces[-1].append(line)
            continue
        if blank and not fence and line[:1] not in " \t" and pieces[-1]:
            pieces.append([])
        blank = False
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence):
            fence = ""
        pieces[-1].append(line)
    return [text for piece in pieces if (text := "\n".join(piece).strip("\n"))]


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """The metadata at the start of a document, and the rest."""
    match = re.match(r"---[ \t]*\n((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)", source)
    if not match:
        return {}, source
    found = re.findall(r"^([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*$", match[1], re.MULTILINE)
    return {key.lower(): value.strip("\"'") for key, value in found}, source[match.end() :]
