"""What stands at an article's edges and is not its text: its title once more, a byline, tags, related articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.article.sanitize import ArticleBlock
from rumor_tui.readers.html.vocabulary import comparison_key

MAX_LABEL: Final = 90
"""Characters up to which a block at an edge may be a label and no sentence."""

MIN_LINK_SHARE: Final = 0.6
"""The share of links in a block at an edge that makes it one of links."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_BEFORE: Final = re.compile(
    r"(?:by|von|par|por|di|door|av|af|written by|posted|published|updated|last (?:updated|modified|edited)|asked|print|"
    r"veröffentlicht|geschrieben|aktualisiert|publié|mis à jour le|publicado|actualizado|pubblicato|geplaatst|"
    r"jump to|skip to|share|listen|save|drucken|teilen|comments?|kommentare?|\d+ (?:comments?|kommentare?|views?)|"
    r"advertisement|anzeige|werbung|publicité|publicidad|image|home)\b"
    r"|.*\b\d+ ?(?:min|mins|minutes?|minuten)\b.*\b(?:read|lesezeit|lecture|lectura)\b"
    r"|\W*$"
    r"|(?:\w+,? )?(?:\d{1,2}\.? \w+ \d{4}|\w+ \d{1,2}, \d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4})\W*(?:\d{1,2}:\d\d.*)?$",
    re.IGNORECASE,
)
"""How a label before the text begins: who, when, how long to read; a date alone."""

_AFTER: Final = re.compile(
    r"(?:tags?|tagged(?: with)?|filed under|posted (?:in|by|on|at)|categor(?:y|ies)|labels?|topics?|share|sharing|"
    r"pin it|tweet|print|e-?mail|info|like this|follow us|advertisement|leave a (?:comment|reply)|comments?|"
    r"\d+ comments?|add (?:a )?comment|reply|log ?in|you must (?:be logged|log) in|sign up|subscribe|previous|next|"
    r"read more|more from|see also|related|you (?:may|might) (?:also|enjoy)|what to read next|recommended|trending|"
    r"about the author|kategorien?|schlagw(?:orte?|örter)|stichworte?|themen|veröffentlicht|abgelegt unter|teilen|"
    r"drucken|weiterlesen|mehr zum thema|lesen sie auch|auch interessant|das könnte|ähnliche|kommentar(?:e|ieren)?|"
    r"anzeige|werbung|catégories?|mots[- ]clés?|étiquettes?|partager|lire aussi|à lire|sur le même|"
    r"articles? (?:liés|similaires)|categorías?|etiquetas?|compartir|comparte|relacionad[oa]s?|leer más|"
    r"artículos relacionados|archivado en|categorie|etichette|condividi|leggi anche|correlati|delen|lees ook|"
    r"marcadores|compartilhe|leia também|last edited|zuletzt (?:bearbeitet|geändert)|edited by)\b"
    r"|関連記事|タグ|標籤|分類|标签|相關文章",
    re.IGNORECASE,
)
"""How a label after the text begins: filed under what, share it, read on."""

_TAIL: Final = re.compile(
    r"related|you (?:may|might) (?:also|enjoy)|what to read next|recommended|read (?:more|next)|more (?:from|in|on)|"
    r"see also|share (?:this|on)|trending|about the author|leave a (?:comment|reply)|sign up|subscribe|newsletter|"
    r"mehr zum thema|lesen sie auch|auch interessant|das könnte|ähnliche|weitere (?:artikel|beiträge)|"
    r"lire aussi|à lire|sur le même|articles? (?:liés|similaires)|artículos relacionados|te puede interesar|"
    r"leggi anche|lees ook|leia também|läs också|читайте также|関連|相關|相关|延伸閱讀",
    re.IGNORECASE,
)
"""How what follows an article is headed."""

_LICENCE: Final = re.compile(
    r"licen[sc]ed under|creative commons .*licen[sc]e|all rights reserved|lizenz:", re.IGNORECASE
)
"""What says under which licence an article stands."""

_SHARE: Final = re.compile(
    r"sharer|/share|intent/tweet|pin/create|whatsapp|mailto:|addtoany|t\.me/share", re.IGNORECASE
)
_HREF: Final = re.compile(r'<a href="([^"]*)"')
_ALT: Final = re.compile(r'<img alt="([^"]*)"')
_FIRST: Final = 8
"""Blocks at the start among which the headline is looked for."""

_LAST: Final = 40
"""Blocks at the end among which the heading of what follows is looked for."""


def trim_edges(found: Sequence[ArticleBlock], title: str, base: str = "", byline: str = "") -> list[ArticleBlock]:
    """The blocks of an article without those at its edges that are not its text.

    Links at an edge go when they lead to the same site as `base`, the page's address, or share the page.
    """
    named = {comparison_key(name) for name in (title, byline) if name}
    own = site_of(base)
    end = _tail(found)
    kept, start = _opening(found[:end], named, own)
    while end > start and (found[end - 1].kind in _HEADINGS or _is_edge(found[end - 1], named, _AFTER, own)):
        end -= 1
    return [*kept, *found[start:end]] if any(part.text for part in found[start:end]) else list(found)


def _opening(found: Sequence[ArticleBlock], named: set[str], own: str) -> tuple[list[ArticleBlock], int]:
    """The pictures that stand before the text, among labels that go, and where the text begins."""
    kept: list[ArticleBlock] = []
    begin = _headline(found, named)
    start = 0
    for nth, part in enumerate(found):
        if not part.text:
            kept += [] if _is_portrait(part, named) else [part]
        elif nth < begin or _is_edge(part, named, _BEFORE, own):
            start = nth + 1
        else:
            return kept, nth
    return [], start


def _headline(found: Sequence[ArticleBlock], named: set[str]) -> int:
    """Where the text begins if the headline is among the first blocks, with labels before it alone; else 0."""
    for nth, part in enumerate(found[:_FIRST]):
        if part.kind in _HEADINGS and comparison_key(part.text) in named:
            return nth + 1
        if part.size > MAX_LABEL:
            break
    return 0


def _is_portrait(part: ArticleBlock, named: set[str]) -> bool:
    """Whether a picture is one of who wrote the article."""
    return any(comparison_key(alt) in named for alt in _ALT.findall(part.html))


def _tail(found: Sequence[ArticleBlock]) -> int:
    """Where the article ends before a heading such as "Related posts" with nothing but labels and links below it."""
    end = len(found)
    for nth in range(len(found) - 1, max(0, len(found) - _LAST), -1):
        part = found[nth]
        if part.size > MAX_LABEL and part.linked < MIN_LINK_SHARE * part.size and not _LICENCE.search(part.text):
            break
        if part.size <= MAX_LABEL and _TAIL.match(part.text):
            end = nth
    return end


def _is_edge(part: ArticleBlock, named: set[str], label: re.Pattern[str], own: str) -> bool:
    if not part.text or part.kind == "pre":
        return False
    if part.size <= 2 * MAX_LABEL and comparison_key(part.text) in named:
        return True
    if part.size <= 3 * MAX_LABEL and _LICENCE.search(part.text):
        return label is _AFTER
    lines = [line for line in part.text.split("\n") if line.strip()]
    if part.size <= 2 * MAX_LABEL and all(
        len(line) <= MAX_LABEL and (comparison_key(line) in named or label.match(line.strip())) for line in lines
    ):
        return True
    return part.size <= 4 * MAX_LABEL and part.linked >= MIN_LINK_SHARE * part.size and _leads_on(part, own)


def _leads_on(part: ArticleBlock, own: str) -> bool:
    """Whether all the links of a block stay on the page's site, or share the page."""
    targets = _HREF.findall(part.html)
    return bool(targets) and all(_SHARE.search(target) or (own and site_of(target) == own) for target in targets)


def site_of(address: str) -> str:
    """The last two names of an address's host, which nearly all sites keep among their pages; "" for a relative one."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])
