"""Talk pages of MediaWiki as wikitext: sections, comments by indentation, and signatures at their ends.

A signature is a link to a user's page (in any language and namespace) and a time with a zone in brackets:
`[[User:Ann|Ann]] ([[User talk:Ann|talk]]) 12:34, 14 November 2023 (UTC)`, which `~~~~` becomes; `{{unsigned|Ann|…}}`
stands for one that was forgotten. `:`, `*` and `#` at the beginning of a line are its depth, and `{{outdent}}` goes
back to the margin below the comment before it. See https://www.mediawiki.org/wiki/Help:Signatures and
https://en.wikipedia.org/wiki/Wikipedia:Talk_page_guidelines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rumor_tui.readers.site_text import split_at_heads
from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Article, Draft, Thread

_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?:,| -)?[ ]{1,2}[^\n()\[\]{}<>|]{6,40}|[^\n()\[\]{}<>|:]{6,40}?,?[ ]\d{1,2}[:.h]\d\d)"
    r"[ ]?\([^\s()\[\]]{2,8}\)"
)
_LINK = r"\[\[[ ]?:?(?P<space>[^\[\]|:\n]{2,40}):(?P<page>[^\[\]|\n]{1,120})(?:\|[^\[\]\n]{0,200})?\]\]"
_UNSIGNED = (
    r"\{\{[ ]?(?:subst:|safesubst:)?[ ]?(?P<name>unsigned[\w ]{0,6}|nicht signiert|unsigniert|unsig\w{0,4}|non signé\w?"
    r"|sin firma|no firmado|non firmato|nie podpisano|unsigned ip)[ ]?\|(?P<values>[^{}]{1,300})\}\}"
)
_HEADING = r"^(={1,6})[ \t]*(?P<title>[^\n]{1,300}?)[ \t]*\1[ \t]*(?:<!--[^\n]*-->)?[ \t]*$"
_MARKS = re.compile(r"[:*#;]*")
_OUTDENT = re.compile(
    r"\{\{[ ]?(?:outdent|od|undent|unindent|ausrücken|retrait\w*)\d?[ ]?(?:\|[^{}]{0,80})?\}\}", re.IGNORECASE
)
_COVER = (
    r"[ \t]*[:*#]*[ \t]*\{\{(?:[^{}|]*[ _-])?(?:top|bottom|begin|end|start|haut|bas|début|fin|oben|unten|anfang|ende"
    r"|hat|hab|cot|cob|atop|abot)[ ]?(?:\|[^{}]*)?\}\}[ \t]*"
)
"""A line with the beginning or the end of what is collapsed, or archived; its title is no comment."""

_SIGNATURE_REACH = 700
"""Characters before the time of a signature in which its links are."""

_LINK_GAP = 90
"""Characters between two links of one signature, at most: the markup that people decorate their names with."""

_BEFORE_SIGNATURE = re.compile(
    r"(?:[\s—–―-]|&[mn]dash;|(?<!')'{2,}+|<(?:small|span|font|sup|b|i|big)(?:[^\w<>\n][^<>\n]{0,200})?>)+\Z"
)
_BEFORE = 400
"""Characters before a signature that are looked at for the signs and the markup which belong to it."""

_HEAD = 65_536
_STRUCTURE = r"(?m)^(?:=+[^\n=]{1,300}=+[ \t]*$|[:*#])"
_TAIL = 4_000
"""Characters at the end of a line in which its signature is."""


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is wikitext with signatures."""
    head = text[:_HEAD]
    if "[[" not in head or text[:1] == "<" or not re.search(_STRUCTURE, head):
        return False
    return any(":" in line and "[[" in line and _find_signature(line) for line in head.split("\n"))


@dataclass(slots=True)
class _Section:
    """A section while it is read: its title, the comments so far with their depths, and the way to the last one."""

    title: str = ""
    drafts: list[Draft] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    path: list[int] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)


def read(text: str, hint: Hint) -> Thread:
    """The comments of a talk page. Never raises.

    With one section, its opening comment is the article; with several, a row with the title heads each section.
    """
    from rumor_tui.model import Draft, ThreadBuilder

    sections = [_read_section(title, body) for title, body in _split(text)]
    top, sections = sections[0], [section for section in sections[1:] if section.drafts or section.unsigned]
    if not sections:
        sections, top = [top], _Section()
    page = hint.name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(hint.suffix)
    if len(sections) == 1 and not top.drafts:
        article, drafts = _opened(sections[0], page, top.unsigned)
        return ThreadBuilder(article, drafts).build("html", source=hint.name)
    builder = ThreadBuilder(_article(page, top.unsigned), list(top.drafts))
    for section in sections:
        head = builder.add(Draft(body=f"<b>{_inline(section.title)}</b>"))
        for draft in section.drafts:
            draft.parent = head if draft.parent is None else draft.parent + head + 1
            builder.drafts.append(draft)
    return builder.build("html", source=hint.name)


def _split(text: str) -> list[tuple[str, str]]:
    """The titles and the texts of the sections on the second level; what is before them has no title."""
    heads = [head for head in re.finditer(_HEADING, text, re.MULTILINE) if len(head[1]) <= 2]
    before, below = split_at_heads(heads, text)
    return [("", before), *((head["title"], part) for head, part in below)]


def _read_section(title: str, text: str) -> _Section:
    section = _Section(title)
    open_lines: list[str] = []
    base = 0
    outdented = False
    for line in text.split("\n"):
        if line.rstrip().endswith("}}") and re.fullmatch(_COVER, line, re.IGNORECASE):
            continue
        if _OUTDENT.match(line.lstrip(":*# ")) and section.depths:
            base, outdented = section.depths[-1] + 1, True
            line = _OUTDENT.sub("", line, count=1)
        open_lines.append(line)
        signature = _find_signature(line)
        if signature:
            open_lines[-1] = line[: signature.start]
            _add_comment(section, open_lines, signature, base if outdented else 0)
            open_lines = []
        elif not line.strip() and not any(map(str.strip, open_lines)):
            open_lines = []
    section.unsigned = [line for line in open_lines if line.strip()]
    if section.unsigned and section.drafts:
        _add_comment(section, section.unsigned, None, base if outdented else 0)
    return section


@dataclass(slots=True)
class _Signature:
    start: int
    author: str | None
    written: str


def _find_signature(line: str) -> _Signature | None:
    """The signature at the end of a line, or of what stands in a template for it."""
    if len(line) > _TAIL:
        found = _find_signature(line[-_TAIL:])
        return found and replace(found, start=found.start + len(line) - _TAIL)
    match = re.search(_UNSIGNED, line, re.IGNORECASE)
    if match:
        return _unsigned(match)
    times = list(re.finditer(_TIME, line))
    if not times or "[[" not in line:
        return None
    end = times[-1].start()
    reach = max(0, end - _SIGNATURE_REACH)
    links = [link for link in re.finditer(_LINK, line[:end]) if link.start() >= reach]
    if not links or end - links[-1].end() > 2 * _LINK_GAP:
        return None
    first = links[-1]
    name = _user(first)
    for link in reversed(links[:-1]):
        if first.start() - link.end() > _LINK_GAP or _user(link).casefold() != name.casefold():
            break
        first = link
    start = _bracket_around(line, first.start(), times[-1].end())
    before = _BEFORE_SIGNATURE.search(line, max(0, start - _BEFORE), start)
    return _Signature(before.start() if before else start, name or None, times[-1].group())


def _bracket_around(line: str, start: int, end: int) -> int:
    """Where the bracket opens that closes behind a signature, such as "(unsigned contribution by …)"; else `start`."""
    opening = line.rfind("(", max(0, start - _SIGNATURE_REACH), start)
    is_open = opening >= 0 and ")" not in line[opening:start] and line[end:].lstrip().startswith(")")
    return opening if is_open else start


def _user(link: re.Match[str]) -> str:
    """The user whose page or contributions a link leads to."""
    page = link["page"].partition("#")[0].strip().replace("_", " ")
    if (
        link["space"]
        .strip()
        .casefold()
        .startswith(("special", "spezial", "spécial", "especial", "speciale", "служебная"))
    ):
        return page.rpartition("/")[2].strip()
    return page.partition("/")[0].strip()


def _unsigned(match: re.Match[str]) -> _Signature:
    from rumor_tui.readers.dates.parse import parse_date

    values = [value.partition("=")[2] or value for value in match["values"].split("|")]
    written = next((value for value in values if parse_date(value.strip()) is not None), "")
    names = [value.strip() for value in values if value.strip() and value != written]
    return _Signature(match.start(), names[0] if names else None, written.strip())


def _add_comment(section: _Section, lines: list[str], signature: _Signature | None, base: int) -> None:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Draft
    from rumor_tui.readers.dates.parse import parse_date

    filled = [line for line in lines if line.strip()]
    if not filled:
        return
    first = _MARKS.match(filled[0])
    depth = base + (first.end() if first else 0)
    while section.path and section.depths[section.path[-1]] >= depth:
        section.path.pop()
    parent = section.path[-1] if section.path else None
    section.path.append(len(section.drafts))
    section.drafts.append(
        Draft(
            author=clean_field(signature.author) if signature else None,
            parent=parent,
            published=parse_date(signature.written) if signature else None,
            published_text=clean_field(signature.written) if signature else None,
            body=_html(lines),
        )
    )
    section.depths.append(depth)


def _article(title: str, lines: list[str]) -> Article:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Article

    shown = [line for line in lines if not line.lstrip().startswith(("{{", "|", "}}", "__"))]
    pieces = [_html(shown)] if any(map(str.strip, shown)) else []
    return Article(title=clean_field(title) or "", pieces=pieces, format="html")


def _opened(section: _Section, page: str, top: list[str]) -> tuple[Article, list[Draft]]:
    """The first comment of a section as the article, with the section's title, and the others below it."""
    article = _article(_plain(section.title) or page, top)
    from rumor_tui.readers.preorder import take_opening

    drafts = section.drafts
    if not drafts:
        return _article(article.title, [*top, *section.unsigned]), []
    opening = take_opening(drafts)
    article.byline, article.published_text = opening.author, opening.published_text
    article.published, article.pieces = opening.published, [*article.pieces, opening.body]
    return article, drafts


# Wikitext to HTML

_PING = "ping|reply to|re|u|user|yo|mention|@|hi|antwort|répondre à|respuesta a"
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"<!--.{0,2000}?-->", re.DOTALL), ""),
    (re.compile(r"'''''(.{1,1000}?)'''''"), r"<b><i>\1</i></b>"),
    (re.compile(r"'''(.{1,1000}?)'''"), r"<b>\1</b>"),
    (re.compile(r"''(.{1,1000}?)''"), r"<i>\1</i>"),
    (re.compile(r"\[\[:?[^\[\]|\n]{1,300}\|([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\[:?([^\[\]|\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[((?:https?:)?//[^\s\[\]<>\"]{1,1000})[ ]([^\[\]\n]{1,500})\]"), r'<a href="\1">\2</a>'),
    (re.compile(r"\[((?:https?:)?//[^\s\[\]<>\"]{1,1000})\]"), r'<a href="\1">\1</a>'),
    (re.compile(rf"\{{\{{[ ]?(?:{_PING})[ ]?\|([^{{}}|]{{1,100}})[^{{}}]{{0,300}}\}}\}}", re.IGNORECASE), r"@\1"),
    (re.compile(r"<ref\b[^<>]{0,200}>(.{1,1000}?)</ref>", re.IGNORECASE), r" [\1]"),
    (re.compile(r"\{\{[^{}|]{1,60}\|([^{}]{1,2000})\}\}"), lambda match: _longest_value(match[1])),
)  # fmt: skip


def _longest_value(values: str) -> str:
    """The longest of a template's values, which is the text where others name a language, a place or a year."""
    return max((re.sub(r"^[ \w]{1,30}=", "", value).strip() for value in values.split("|")), key=len)


def _inline(text: str) -> str:
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def _plain(text: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^<>]{0,300}>", "", _inline(text))).strip()


def _html(lines: list[str]) -> str:
    """The lines of a comment as HTML: a paragraph for each, and lists of those that are deeper than the first."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return ""
    marks = [_MARKS.match(line) for line in filled]
    own = marks[0].end() if marks[0] else 0
    parts = []
    for line, mark in zip(filled, marks, strict=True):
        end = mark.end() if mark else 0
        text = _inline(line[end:].strip())
        is_item = end > own and line[end - 1] in "*#"
        if text:
            parts.append(f"<ul><li>{text}</li></ul>" if is_item else f"<p>{text}</p>")
    return "".join(parts)
