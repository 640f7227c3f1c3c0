"""Movable Type's import and export format, which TypePad, WordPress and Hatena read or write, too.

An entry is a block of `KEY: value` lines and then sections (`BODY:`, `EXTENDED BODY:`, `EXCERPT:`, `KEYWORDS:`, a
`COMMENT:` or `PING:` for each), which lines of five dashes separate; eight dashes end the entry. Dates are
`MM/DD/YYYY hh:mm:ss` with or without AM or PM. See https://movabletype.org/documentation/appendices/import-export-format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Article, Draft, Listing, Thread

_FIRST_FIELDS = r"\s*(?:[A-Z][A-Z ]{2,30}:[^\n]*\n\s*){2,60}-----\s*\n"
_SECTION = r"(?m)^-----\s*\n(?:BODY|EXTENDED BODY|EXCERPT|COMMENT):[ \t]*$"
_HEAD = 16_384
_ENTRY_END = re.compile(r"^--------[ \t]*$", re.MULTILINE)
_SECTION_END = re.compile(r"^-----[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"([A-Z][A-Z ]{1,30}):[ \t]?([^\n]*)(?:\n|\Z)")
_NAME = re.compile(r"\s*([A-Z][A-Z ]{2,30}):[ \t]*(?:\n|\Z)")
_COMMENT_FIELDS = frozenset({"AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE", "BLOG NAME", "ID", "PARENT ID"})
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,2000})?/?>|&(?:#\d{1,7}|[a-zA-Z]{2,8});")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|blockquote|table|pre|h[1-6])\b", re.IGNORECASE)
_VERBATIM = frozenset({"0", "none", "richtext"})
"""Values of `CONVERT BREAKS` for texts whose line breaks mean nothing."""

_GAP = re.compile(r"\n[ \t]*\n\s*")


class _Section(NamedTuple):
    name: str
    text: str


class _Entry(NamedTuple):
    """An entry: its fields by their names, the last one of each, and its sections in order."""

    fields: dict[str, str]
    sections: list[_Section]

    @property
    def comments(self) -> list[_Section]:
        """The comments, and the pings of other sites."""
        return [section for section in self.sections if section.name in ("COMMENT", "PING")]


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text begins with the fields and the sections of an entry."""
    head = text[:_HEAD]
    return "\n-----" in head and bool(re.match(_FIRST_FIELDS, head)) and bool(re.search(_SECTION, head))


def read(text: str, hint: Hint) -> Thread | Listing:
    """The thread of an entry, or the listing of several. Never raises."""
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Entry, Listing

    entries = list(_entries(text))
    if len(entries) == 1:
        return _thread(entries[0], hint)
    return Listing(
        title=clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Entries",
        entries=[
            Entry(
                title=entry.fields.get("TITLE", ""),
                byline=entry.fields.get("AUTHOR") or None,
                published=_moment(entry.fields.get("DATE")),
                published_text=entry.fields.get("DATE"),
                comments=len(entry.comments),
            )
            for entry in entries
        ],
        open=lambda number: _thread(entries[number], hint),
        source=hint.name,
    )


def _entries(text: str) -> Iterator[_Entry]:
    from rumor_tui.markdown_format import clean_field

    for part in _ENTRY_END.split(text):
        head, *sections = _SECTION_END.split(part)
        if head.strip():
            fields = {name: clean_field(value) or "" for name, value in _FIELD.findall(head)}
            yield _Entry(fields, list(filter(None, map(_section, sections))))


def _section(written: str) -> _Section | None:
    match = _NAME.match(written)
    return _Section(match[1], written[match.end() :].strip("\n")) if match else None


def _thread(entry: _Entry, hint: Hint) -> Thread:
    from rumor_tui.model import ThreadBuilder

    drafts = [_draft(section.text) for section in entry.comments]
    has_markup = any(_MARKUP.search(draft.body) for draft in drafts)
    if has_markup:
        for draft in drafts:
            draft.body = _as_html(draft.body)
    keywords = (section.text for section in entry.sections if section.name in ("EXCERPT", "KEYWORDS"))
    return ThreadBuilder(_article(entry), drafts).build(
        "html" if has_markup else "plain", source=hint.name, aside="\n".join(filter(str.strip, keywords))
    )


def _draft(written: str) -> Draft:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Draft

    fields: dict[str, str] = {}
    match = _FIELD.match(written)
    end = 0
    while match and match[1] in _COMMENT_FIELDS and match[1] not in fields:
        fields[match[1]] = match[2].strip()
        end = match.end()
        match = _FIELD.match(written, end)
    body = written[end:].strip("\n")
    if fields.get("TITLE"):
        body = f"{fields['TITLE']}\n\n{body}"
    return Draft(
        body=body,
        author=clean_field(fields.get("AUTHOR") or fields.get("BLOG NAME")),
        published=_moment(fields.get("DATE")),
        published_text=clean_field(fields.get("DATE")),
        id=clean_field(fields.get("ID")),
        url=clean_field(fields.get("URL")) if "BLOG NAME" in fields else None,
    )


def _article(entry: _Entry) -> Article:
    from rumor_tui import blocks
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Article

    fields = entry.fields
    text = "\n\n".join(part.text for part in entry.sections if part.name in ("BODY", "EXTENDED BODY") and part.text)
    breaks = fields.get("CONVERT BREAKS", "1").strip().lower()
    article = Article(
        title=clean_field(fields.get("TITLE")) or "",
        byline=clean_field(fields.get("AUTHOR")),
        published=_moment(fields.get("DATE")),
        published_text=clean_field(fields.get("DATE")),
        url=clean_field(fields.get("PERMALINK") or fields.get("URL")),
    )
    if "markdown" in breaks:
        article.pieces, article.format = blocks.split_markdown(text), "markdown"
    elif _MARKUP.search(text):
        article.pieces, article.format = [text if breaks in _VERBATIM else _as_html(text)], "html"
    else:
        article.pieces = [piece for piece in _GAP.split(text) if piece.strip()]
    return article


def _as_html(text: str) -> str:
    """A text whose line breaks are breaks, as HTML; one with block elements is HTML already."""
    if _BLOCK.search(text):
        return text
    return "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in _GAP.split(text.strip()))


def _moment(written: str | None) -> float | None:
    from rumor_tui.readers.dates.parse import parse_date

    return parse_date(written, language="en-US") if written else None
