"""Boilerplate at the edges of an article: its title once more, a byline, tags, related articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.article.sanitize import ArticleBlock
from rumor_tui.readers.html.vocabulary import HEADING_TAGS, comparison_key

MAX_LABEL: Final = 90
"""Characters up to which a block at an edge may be a label rather than a sentence."""
MIN_LINK_SHARE: Final = 0.6
"""The share of links in a block at an edge that makes it one of links."""

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
"""The start of a label before the text: author, date, reading time; or a date alone."""
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
"""The start of a label after the text: categories, share buttons, what to read next."""
_THINGS: Final = (
    r"(?:posts?|articles?|stories|story|content|news|reads?|readings?|links|resources?|blogs?|topics|guides?|videos?|"
    r"reviews?|products?|features?|publications|interviews|recipes|beiträge|artikel|nachrichten|articles?|artículos|"
    r"noticias|entradas|articoli|notizie|artikelen|berichten|artigos|notícias|artiklar)"
)
_OTHER_TEXTS: Final = re.compile(
    rf"(?:(?:related|recommended|similar|latest|recent|popular|more|other|further|featured|trending|suggested)"
    rf"(?: \w+){{0,2}}? {_THINGS}\b|(?:related|recommended|trending|read next|up next|keep reading|see also)"
    r"|also (?:in|on|from) .*|recommended for you|more (?:from|in|on|by|like) .*|(?:what to )?read next"
    r"|(?:you|we) (?:may|might|could|also)(?: also)? (?:like|enjoy|be interested|love|recommend).*"
    r"|about (?:the )?(?:authors?|writer|contributor|reviewer)|meet (?:the|our) (?:authors?|writer|expert|team)"
    r"|(?:good )?articles to read.*|leave a (?:comment|reply)|join the (?:conversation|discussion)|share this.*"
    r"|über (?:den autor|die autorin)|(?:das )?könnte (?:sie|dich) auch.*|lesen sie auch.*|auch interessant|ähnliche .*"
    r"|(?:mehr|weitere) (?:zum thema|artikel|beiträge|aus|von).*|(?:à )?lire aussi.*|sur le même .*"
    r"|à propos de l.auteur.*|articles? (?:liés|similaires)|te puede interesar.*|artículos relacionados"
    r"|sobre (?:el autor|la autora|o autor)|leggi anche.*|lees ook.*|leia também.*|läs också.*|читайте также.*"
    r"|関連記事|相關文章|相关文章|延伸閱讀)\W*$",
    re.IGNORECASE,
)
"""A heading above texts other than the article, or about its author; "Related work" in a paper is none."""
_LICENCE: Final = re.compile(
    r"licen[sc]ed under|creative commons .*licen[sc]e|all rights reserved|lizenz:", re.IGNORECASE
)
"""A notice of the licence of an article."""
_SHARE: Final = re.compile(
    r"sharer|/share|intent/tweet|pin/create|whatsapp|mailto:|addtoany|t\.me/share", re.IGNORECASE
)
MAX_TEASER: Final = 500
"""Characters of a paragraph above which it is no teaser of another text."""
MIN_REPEATED: Final = 3
"""Blocks in the same order as before that are a repetition rather than a refrain."""
_HREF: Final = re.compile(r'<a href="([^"]*)"')
_ALT: Final = re.compile(r'<img alt="([^"]*)"')
_HEADLINE_BLOCKS: Final = 8
"""Blocks at the start among which the headline is looked for."""


def trim_edges(blocks: Sequence[ArticleBlock], title: str, base: str = "", byline: str = "") -> list[ArticleBlock]:
    """The blocks of an article without the boilerplate at its edges.

    Links at an edge are removed if they lead to the same site as `base`, the page's address, or share the page.
    """
    blocks = _without_repeats(blocks)
    names = {comparison_key(name) for name in (title, byline) if name}
    site = site_of(base)
    end = _end_of_text(blocks, byline)
    pictures, start = _opening(blocks[:end], names, site)
    while end > start and (blocks[end - 1].kind in HEADING_TAGS or _is_edge(blocks[end - 1], names, _AFTER, site)):
        end -= 1
    return [*pictures, *blocks[start:end]] if any(block.text for block in blocks[start:end]) else list(blocks)


def _without_repeats(blocks: Sequence[ArticleBlock]) -> list[ArticleBlock]:
    """The blocks without the runs that the page has once more for another width of the window."""
    first: dict[str, int] = {}
    kept: list[ArticleBlock] = []
    start = 0
    while start < len(blocks):
        end, before = start, start - first.get(blocks[start].text, start)
        while end < len(blocks) and before > end - start and "" != blocks[end].text == blocks[end - before].text:
            end += 1
        if end - start < MIN_REPEATED or sum(block.size for block in blocks[start:end]) < MAX_TEASER:
            first.setdefault(blocks[start].text, start)
            kept.append(blocks[start])
            end = start + 1
        start = end
    return kept


def _opening(blocks: Sequence[ArticleBlock], names: set[str], site: str) -> tuple[list[ArticleBlock], int]:
    """The pictures before the text, among labels that are removed, and where the text begins."""
    pictures: list[ArticleBlock] = []
    after_headline = _after_headline(blocks, names)
    start = 0
    for index, block in enumerate(blocks):
        if not block.text:
            pictures += [] if _is_portrait(block, names) else [block]
        elif index < after_headline or _is_edge(block, names, _BEFORE, site):
            start = index + 1
        else:
            return pictures, index
    return [], start


def _after_headline(blocks: Sequence[ArticleBlock], names: set[str]) -> int:
    """The index after the headline if it is among the first blocks, with only labels before it; else 0."""
    for index, block in enumerate(blocks[:_HEADLINE_BLOCKS]):
        if block.kind in HEADING_TAGS and comparison_key(block.text) in names:
            return index + 1
        if block.size > MAX_LABEL:
            break
    return 0


def _is_portrait(block: ArticleBlock, names: set[str]) -> bool:
    """Whether a picture is one of the author."""
    return any(comparison_key(alt) in names for alt in _ALT.findall(block.html))


def _end_of_text(blocks: Sequence[ArticleBlock], byline: str) -> int:
    """Where the article ends before other texts, each with some prose, or before a text about its author."""
    total = after = sum(block.size for block in blocks)
    end = len(blocks)
    last_paragraph = max((index for index, block in enumerate(blocks) if block.size > MAX_TEASER), default=0)
    for index, block in enumerate(blocks):
        if index > last_paragraph and 2 * after < total and _OTHER_TEXTS.match(block.text.strip()[:MAX_LABEL]):
            end = index
            break
        after -= block.size
    while end and 3 * sum(block.size for block in blocks[end - 1 :]) < total and _is_about(blocks[end - 1], byline):
        end -= 1
    return end


def _is_about(block: ArticleBlock, byline: str) -> bool:
    """Whether a block is a picture, or a paragraph about the author, whom it begins with."""
    return not block.text or bool(byline and block.kind == "p" and block.text.strip().startswith(byline))


def _is_edge(block: ArticleBlock, names: set[str], label: re.Pattern[str], site: str) -> bool:
    """Whether a block is boilerplate at one edge of the text, where `label` is the pattern of its labels."""
    if not block.text or block.kind == "pre":
        return False
    is_short = block.size <= 2 * MAX_LABEL
    if is_short and comparison_key(block.text) in names:
        return True
    if block.size <= 3 * MAX_LABEL and _LICENCE.search(block.text):
        return label is _AFTER
    if is_short and all(_is_label(line, names, label) for line in block.text.split("\n") if line.strip()):
        return True
    return block.size <= 4 * MAX_LABEL and _is_navigation(block, site)


def _is_label(line: str, names: set[str], label: re.Pattern[str]) -> bool:
    return len(line) <= MAX_LABEL and bool(comparison_key(line) in names or label.match(line.strip()))


def _is_navigation(block: ArticleBlock, site: str) -> bool:
    """Whether a block is mostly links, and all of them stay on the page's site or share the page."""
    targets = _HREF.findall(block.html) if block.linked >= MIN_LINK_SHARE * block.size else []
    return bool(targets) and all(_SHARE.search(target) or (site and site_of(target) == site) for target in targets)


def site_of(address: str) -> str:
    """The last two labels of an address's host, which most sites have in common; "" for a relative address."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])
