"""Boilerplate at the edges of an article: its title once more, a byline, tags, related articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.article.sanitize import ArticleBlock
from rumor_tui.readers.html.vocabulary import HEADING_TAGS, SENTENCE_END, comparison_key
from rumor_tui.readers.vocabulary.matching import PhraseTable, first_word_start, fold
from rumor_tui.readers.vocabulary.page_words import (
    ACTS,
    BUTTONS,
    BY,
    COMMENT_WORDS,
    EDITED,
    FORM_STARTS,
    split_table,
)

MAX_LABEL: Final = 90
"""Characters up to which a block at an edge may be a label rather than a sentence."""
MIN_LINK_SHARE: Final = 0.6
"""The share of links in a block at an edge that makes it one of links."""

_LABELS: Final = PhraseTable(
    (
        *(word for word in BY if word not in ("from", "via")),
        *(*ACTS, *EDITED, *BUTTONS, *COMMENT_WORDS, *FORM_STARTS),
        *split_table(
            """
tags|tag|tagged|filed under|category|categories|label|labels|topics|sharing|listen|info|image|home|see also|related
last updated|sign up|subscribe|you must be|follow us|trending|recommended|what to read next|kategorie|kategorien
schlagwort|schlagworte|schlagwörter|stichworte|themen|abgelegt unter|veröffentlicht|aktualisiert|auch interessant
lesen sie auch|ähnliche|anzeige|werbung|catégorie|catégories|mots-clés|étiquettes|lire aussi|mis à jour le|publicité
categoría|categorías|etiquetas|archivado en|relacionados|relacionadas|publicidad|actualizado|categorie|etichette
leggi anche|pubblicato|lees ook|geplaatst|marcadores|leia também|関連記事|タグ|標籤|分類|标签|相關文章
"""
        ),
    )
)
"""The beginnings of labels around a text: author, date, categories, share buttons, what to read next."""
_READING_TIME: Final = re.compile(r"\b\d+ ?min", re.IGNORECASE)
_OTHER: Final = (
    r"related|recommended|similar|latest|recent|popular|more|other|further|featured|trending|suggested|ähnliche"
    r"|verwandte|weitere|mehr|autres|más|otr[oa]s|altr[ie]|mais|outr[oa]s|meer|andere|gerelateerde|fler|relaterade"
)
_THINGS: Final = (
    r"posts?|articles?|stories|story|content|news|reads?|readings?|links|resources?|blogs?|topics|guides?|videos?"
    r"|reviews?|products?|features?|publications|interviews|recipes|beiträge|artikel|nachrichten|themen|artículos"
    r"|noticias|entradas|articoli|notizie|artikelen|berichten|artigos|notícias|publicações|artiklar"
)
_OTHER_TEXTS: Final = re.compile(
    rf"(?:(?:{_OTHER})(?: \w+){{0,2}}? (?:{_THINGS})\b.*|related|recommended|trending|see also|also (?:in|on|from) .*"
    r"|(?:[\w-]+ ){1,3}(?:relacionad[oa]s|recomendad[oa]s|relevantes|similares|semelhantes|simili|correlat[ie]"
    r"|consigliat[ie]|similaires|liés|recommandés)"
    r"|recommended for you|more (?:from|in|on|by|like) .*|(?:(?:what to )?read|up) next|keep reading"
    r"|most (?:read|popular|viewed)"
    r"|(?:you|we) (?:may|might|could|also)(?: also)? (?:like|enjoy|be interested|love|recommend).*"
    r"|about (?:the )?(?:authors?|writer|contributor|reviewer)|meet (?:the|our) (?:authors?|writer|expert|team)"
    r"|leave a (?:comment|reply)|join the (?:conversation|discussion)|share this.*|(?:©|copyright\b).*"
    r"|über (?:den autor|die autorin)|(?:das )?könnte (?:sie|dich) auch.*|lesen sie auch.*|auch interessant"
    r"|mehr (?:zum thema|aus|von).*|(?:à )?lire aussi.*|sur le même .*|à propos de l.auteur.*"
    r"|te puede interesar.*|sobre (?:el autor|la autora|o autor)|leggi anche.*|lees ook.*|leia também.*|läs också.*"
    r"|читайте также.*|関連記事|相關文章|相关文章|延伸閱讀)\W*$",
    re.IGNORECASE,
)
"""A heading above texts other than the article, or about its author; "Related work" in a paper is none."""
MAX_LINK_LINE: Final = 120
"""Characters of a line between paragraphs that is only a link to another text of the site,"""
MAX_LINK_LINES: Final = 0.1
"""and the share of the article in such lines above which they are what it is about."""
MAX_TEASER: Final = 500
"""Characters of a paragraph above which it is no teaser of another text."""
MIN_REPEATED: Final = 3
"""Blocks in the same order as before that are a repetition rather than a refrain."""
_HREF: Final = re.compile(r'<a href="([^"]*)"')
_HEADLINE_BLOCKS: Final = 8
"""Blocks at the start among which the headline is looked for."""


def trim_edges(blocks: Sequence[ArticleBlock], title: str, base: str = "", byline: str = "") -> list[ArticleBlock]:
    """The blocks of an article without the boilerplate at its edges.

    Links at an edge are removed if they lead to the same site as `base`, the page's address.
    """
    names = {comparison_key(name) for name in (title, byline) if name}
    site = site_of(base)
    blocks = _without_link_lines(_without_repeats(blocks), site)
    end = _end_of_text(blocks, byline)
    pictures, start = _opening(blocks[:end], names, site)
    while end > start and (blocks[end - 1].kind in HEADING_TAGS or _is_edge(blocks[end - 1], names, site)):
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


def _without_link_lines(blocks: list[ArticleBlock], site: str) -> list[ArticleBlock]:
    """The blocks without the lines between paragraphs that are a link within the site, if those are a small part."""
    lines = {
        index
        for index, block in enumerate(blocks)
        if block.kind == "p" and 0 < block.size <= MAX_LINK_LINE and _is_link_line(block, site)
    }
    is_part = sum(blocks[index].size for index in lines) <= MAX_LINK_LINES * sum(block.size for block in blocks)
    return [block for index, block in enumerate(blocks) if index not in lines] if is_part else blocks


def _is_link_line(block: ArticleBlock, site: str) -> bool:
    """Whether a line leads to another text and no more: it neither introduces what follows nor is a picture's link."""
    return not block.text.rstrip().endswith((":", "：")) and _is_navigation(block, site)


def _opening(blocks: Sequence[ArticleBlock], names: set[str], site: str) -> tuple[list[ArticleBlock], int]:
    """The pictures before the text, among labels that are removed, and where the text begins."""
    pictures: list[ArticleBlock] = []
    after_headline = _after_headline(blocks, names)
    start = 0
    for index, block in enumerate(blocks):
        if not block.text:
            pictures.append(block)
        elif index < after_headline or _is_edge(block, names, site):
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


def _end_of_text(blocks: Sequence[ArticleBlock], byline: str) -> int:
    """Where the article ends before other texts, each with some prose, or before a text headed by its author."""
    total = after = sum(block.size for block in blocks)
    last_paragraph = max((index for index, block in enumerate(blocks) if block.size > MAX_TEASER), default=0)
    for index, block in enumerate(blocks):
        if index > last_paragraph and 2 * after < total and _begins_other_text(block, byline):
            return index
        after -= block.size
    return len(blocks)


def _begins_other_text(block: ArticleBlock, byline: str) -> bool:
    """Whether a block is the heading of other texts, of the comments or of a text about the author."""
    text = block.text.strip()[:MAX_LABEL]
    if block.kind in HEADING_TAGS:
        is_author = bool(byline) and comparison_key(text) == comparison_key(byline)
        if is_author or text.strip(" :()0123456789").casefold() in COMMENT_WORDS:
            return True
    return bool(_OTHER_TEXTS.match(text))


def _is_edge(block: ArticleBlock, names: set[str], site: str) -> bool:
    """Whether a block is boilerplate at an edge of the text: labels, the title, links within the site."""
    if not block.text or block.kind == "pre":
        return False
    if block.size <= 2 * MAX_LABEL and all(_is_label(line, names) for line in block.text.split("\n") if line.strip()):
        return True
    return block.size <= 4 * MAX_LABEL and _is_navigation(block, site)


def _is_label(line: str, names: set[str]) -> bool:
    """Whether a line is a label: the title, the author, a date, or what begins as one and does not end a sentence."""
    line = line.strip()
    if len(line) > MAX_LABEL or comparison_key(line) in names or not any(map(str.isalnum, line)):
        return len(line) <= MAX_LABEL
    low = fold(line)
    begins = _LABELS.end_of_words(low, first_word_start(low)) > 0 or bool(_READING_TIME.search(line))
    return (begins and not SENTENCE_END.search(line)) or _is_date(line)


def _is_date(line: str) -> bool:
    """Whether a line is a date and hardly more."""
    from rumor_tui.readers.dates.find import find_date

    span = find_date(line) if any(map(str.isdigit, line)) else None
    return span is not None and 2 * (span[1] - span[0]) > len(line)


def _is_navigation(block: ArticleBlock, site: str) -> bool:
    """Whether a block is mostly links, all of them within the page's site."""
    targets = _HREF.findall(block.html) if site and block.linked >= MIN_LINK_SHARE * block.size else []
    return bool(targets) and all(site_of(target) == site for target in targets)


def site_of(address: str) -> str:
    """The last two labels of an address's host, which most sites have in common; "" for a relative address."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])
