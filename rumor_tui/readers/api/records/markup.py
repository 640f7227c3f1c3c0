"""Markup of bodies that is neither HTML nor Markdown, as HTML: BBCode, Jira's wiki markup, Slack's and VK's brackets.

A dialect is known by a platform or by what only it writes: closed tags in square brackets (BBCode), macros in braces
and headings `h3.` (Jira), `[id1|name]` (VK). All are linear in the length of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from rumor_tui.readers.api.records.names import name_set
from rumor_tui.readers.api.records.rich_text import text_to_html

People = Mapping[str, str]
"""Names of people by their identifiers."""

_SIGNS = (
    ("bbcode", re.compile(r"\[/(?:b|i|u|url|quote|list|code|spoiler|img|h[1-6]|strike)(?::\w{5,10})?\]", re.I)),
    ("wiki", re.compile(r"\{(?:quote|noformat|code|panel)(?::[^}\n]{0,200})?\}|^(?:h[1-6]|bq)\. |\[~[\w.:-]{1,99}\]",
                        re.MULTILINE)),
    ("vk", re.compile(r"\[(?:id|club|public)\d{1,15}(?::[^|\]\n]{0,80})?\|[^\]\n]{1,200}\]")),
)  # fmt: skip
_LONGEST_LOOK = 20_000
"""Characters of a text in which the signs of a dialect are looked for."""

MENTION = re.compile(r"<@!?([\w-]{2,64})(?:\|[^<>\n]{0,100})?>")
"""A person in the texts of Slack and Discord, by an identifier."""


def find_dialect(texts: Sequence[str]) -> str:
    """The dialect that some texts are written in; empty where they have no sign of one."""
    for name, sign in _SIGNS:
        if any(sign.search(text[:_LONGEST_LOOK]) for text in texts if "[" in text or "{" in text or ". " in text):
            return name
    return ""


def to_html(dialect: str, people: People) -> Callable[[str], str]:
    """The function that turns texts of a dialect into HTML; `people` are the names that mentions stand for."""
    if dialect == "slack":
        return lambda text: slack_to_html(text, people)
    if dialect == "wiki":
        return lambda text: wiki_to_html(text, people)
    return bbcode_to_html if dialect == "bbcode" else vk_to_html


def name_mentions(text: str, people: People) -> str:
    """A text with names in place of the identifiers of people who are known."""
    return MENTION.sub(lambda match: "@" + people[match[1]] if match[1] in people else match[0], text)


_QUOTED_REPLY = re.compile(r"<mx-reply>(?:(?!<mx-reply>).)*?</mx-reply>", re.DOTALL)


def strip_fallback(text: str) -> str:
    """A Matrix message without the quotation of what it answers, which is there for programs without replies."""
    if text.startswith("> <@"):
        lines = text.split("\n")
        quoted = next((place for place, line in enumerate(lines) if not line.startswith(">")), len(lines))
        return "\n".join(lines[quoted:]).lstrip("\n") or text
    return _QUOTED_REPLY.sub("", text) if text.startswith("<mx-reply>") else text


# Slack and VK

_SLACK = re.compile(r"<([^<>|\s]+)(?:\|([^<>]*))?>")
_VK = re.compile(r"\[[^|\[\]\s]{1,300}\|([^\[\]\n]{1,200})\]")


def slack_to_html(text: str, people: People) -> str:
    """Slack's links and mentions, `<https://…|label>` and `<@U1|ann>`, as HTML; its other characters are escaped."""
    parts: list[str] = []
    place = 0
    for match in _SLACK.finditer(text):
        parts.append(text[place : match.start()].replace("\n", "<br>"))
        target, label = match[1], match[2]
        if target[:1] in "@#!":
            key = target.lstrip("@#!").split("^")[0]
            parts.append(html.escape(target[0].replace("!", "@") + (people.get(key) or label or key)))
        else:
            parts.append(f'<a href="{html.escape(html.unescape(target))}">{label or target}</a>')
        place = match.end()
    return "".join([*parts, text[place:].replace("\n", "<br>")])


def vk_to_html(text: str) -> str:
    """VK's `[id1|Anna]` and `[https://…|label]` as what is shown of them."""
    return text_to_html(_VK.sub(r"\1", text))


# BBCode

_BBCODE = re.compile(r"\[(/?)([A-Za-z]{1,12}[1-6]?)(?::[\w:]{5,12})?(?:=([^\]\n]{0,500}))?\]|\[\*\]")
_BB_TAGS = {
    "b": "strong", "i": "em", "u": "u", "s": "s", "strike": "s", "quote": "blockquote", "list": "ul", "olist": "ol",
    "code": "pre", "noparse": "pre", "h1": "h3", "h2": "h3", "h3": "h3", "li": "li", "p": "p", "table": "p", "tr": "p",
}  # fmt: skip
_BB_DROPPED = name_set("spoiler color colour size font center left right td th img hr align")
_BREAKS = re.compile(r"(?>(?:<br>\s*)+)")
_BLOCK_BEFORE = re.compile(r"</?(?:blockquote|ul|ol|li|h3|pre|p)>\Z")
_BLOCK_AFTER = re.compile(r"\Z|</?(?:blockquote|ul|ol|li|h3|pre|p)>")
_LONGEST_TAG = 13


def bbcode_to_html(text: str) -> str:
    """A text in BBCode as HTML; tags that are not known stay as they are."""
    parts: list[str] = []
    place = 0
    for match in _BBCODE.finditer(text):
        tag = _bb_tag(match)
        if tag is not None:
            parts += [text_to_html(text[place : match.start()]), tag]
            place = match.end()
    return _trim_breaks("".join([*parts, text_to_html(text[place:])]))


def _bb_tag(match: re.Match[str]) -> str | None:
    """The HTML of a tag; None where it is no tag."""
    if match[0] == "[*]":
        return "<li>"
    closes, name, value = match[1], match[2].lower(), (match[3] or "").strip('"')
    if name == "url":
        return "</a>" if closes else f'<a href="{html.escape(value)}">'
    if name in _BB_DROPPED:
        return ""
    tag = _BB_TAGS.get(name)
    if tag is None:
        return None
    said = f"<p>{html.escape(value.partition(';')[0])}:</p>" if name == "quote" and value and not closes else ""
    return f"<{'/' if closes else ''}{tag}>{said}"


def _trim_breaks(markup: str) -> str:
    """Markup without line breaks beside blocks, which begin a line anyway, and at its end."""

    def trim(match: re.Match[str]) -> str:
        start, end = match.span()
        beside = _BLOCK_BEFORE.search(markup[max(start - _LONGEST_TAG, 0) : start]) or _BLOCK_AFTER.match(markup, end)
        return "" if beside else match[0]

    return _BREAKS.sub(trim, markup)


# Jira's wiki markup

_MACRO = re.compile(r"\{(quote|noformat|code|panel)(?::[^}\n]{0,200})?\}")
_COLOUR = re.compile(r"\{color(?::[^}\n]{0,40})?\}")
_HEADING = re.compile(r"h[1-6]\.\s+(.*)")
_ITEM = re.compile(r"\s{0,8}([*#-])[*#-]{0,5}\s+(.*)")
_ROW = re.compile(r"\|\|?(.+?)\|?\|\s*\Z")
_WIKI_INLINE = re.compile(
    r"\[~(?:accountid:)?(?P<person>[^\]\s]{1,100})\]"
    r"|\[(?:(?P<label>[^\]|\[\n]{1,300})\|)?(?P<target>(?:https?://|mailto:)[^\]|\s]{1,1000})(?:\|[^\]\n]{0,50})?\]"
    r"|\{\{(?P<code>[^{}\n]{1,300})\}\}"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<em>[^\s_](?:[^_\n]{0,300}[^\s_])?)_(?![\w_])"
    r"|(?<!\w)!(?P<image>[\w.:/ -]{1,200}\.\w{2,4})(?:\|[^!\n]{0,80})?!"
)


def wiki_to_html(text: str, people: People) -> str:
    """A text in Jira's wiki markup as HTML."""
    parts: list[str] = []
    opened = ""
    for place, piece in enumerate(_MACRO.split(_COLOUR.sub("", text.replace("\r\n", "\n")))):
        if place % 2 == 0:
            raw = opened in ("noformat", "code")
            parts.append(f"<pre>{html.escape(piece.strip(chr(10)))}</pre>" if raw else _wiki_lines(piece, people))
        elif opened == piece:
            parts.append("</blockquote>" if piece in ("quote", "panel") else "")
            opened = ""
        elif not opened:
            parts.append("<blockquote>" if piece in ("quote", "panel") else "")
            opened = piece
    return "".join([*parts, "</blockquote>" if opened in ("quote", "panel") else ""])


def _wiki_lines(text: str, people: People) -> str:
    parts: list[str] = []
    listed = ""
    for line in text.split("\n"):
        item = _ITEM.match(line)
        tag = "" if item is None else "ol" if item[1] == "#" else "ul"
        if tag != listed:
            parts.append((f"</{listed}>" if listed else "") + (f"<{tag}>" if tag else ""))
            listed = tag
        parts.append(_wiki_line(line, item, people))
    return _trim_breaks("".join([*parts, f"</{listed}>" if listed else ""]))


def _wiki_line(line: str, item: re.Match[str] | None, people: People) -> str:
    if item is not None:
        return f"<li>{_wiki_inline(item[2], people)}</li>"
    if heading := _HEADING.match(line):
        return f"<h3>{_wiki_inline(heading[1], people)}</h3>"
    if line.startswith("bq. "):
        return f"<blockquote>{_wiki_inline(line[4:], people)}</blockquote>"
    if row := _ROW.match(line):
        return f"<p>{_wiki_inline(row[1].replace('||', ' | ').replace('|', ' | '), people)}</p>"
    return _wiki_inline(line, people) + "<br>"


def _wiki_inline(text: str, people: People) -> str:
    parts: list[str] = []
    place = 0
    for match in _WIKI_INLINE.finditer(text):
        kind, value = match.lastgroup or "", match[match.lastgroup or 0] or ""
        parts += [html.escape(text[place : match.start()], quote=False), _wiki_piece(kind, value, match, people)]
        place = match.end()
    return "".join([*parts, html.escape(text[place:], quote=False)])


def _wiki_piece(kind: str, value: str, match: re.Match[str], people: People) -> str:
    shown = html.escape(value, quote=False)
    if kind == "person":
        return html.escape("@" + people.get(value, value), quote=False)
    if kind == "target":
        return f'<a href="{html.escape(value)}">{html.escape(match["label"] or value, quote=False)}</a>'
    return f"[{shown}]" if kind == "image" else f"<{kind}>{shown}</{kind}>"
