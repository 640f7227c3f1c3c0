"""Pages that list what can be read elsewhere: front pages of news sites and blogs, topics of a forum, search results.

A list shows in its structure: many links that stand in the same place of alike rows, each the title of its row, with a
count of comments or a summary besides, and hardly anything on the page that is no such row. An article beside which
related ones are listed has its text outside of the rows, and a discussion has its own in them; both are no lists here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui import links, markdown_format
from rumor_tui.model import Entry
from rumor_tui.readers.html import metadata, vocabulary
from rumor_tui.readers.html.article import boilerplate, main_content
from rumor_tui.readers.html.dom import TextDensity, measure_density

MIN_ROWS: Final = 5
"""Rows of a list whose titles are links in plain rows."""

MIN_COUNTED_ROWS: Final = 3
"""Rows of a list where most rows say how many comments there are, or have their titles in headings."""

MIN_TEXT_SHARE: Final = 0.55
"""The share of the page's text (menus and the like apart) that stands in the rows."""

MAX_PROSE_OUTSIDE: Final = 400
"""Characters of prose outside of the rows that make the page an article."""

MAX_TITLE: Final = 300
MIN_TITLE: Final = 8
MAX_SUMMARY: Final = 300
MAX_COUNT: Final = 60
"""Characters."""

_UP: Final = 4
"""Elements round a link by whose tags and classes alike links are known."""

_DIGITS: Final = re.compile(r"\d+")
_COUNT: Final = re.compile(
    r"(\d[\d.,\u202f\xa0]*)\s*(k?)\s*(?:comments?|replies|reply|responses?|answers?|kommentare?n?|antworten|antwort|"
    r"commentaires?|réponses?|comentarios?|respuestas?|comentários?|respostas?|commenti|commento|risposte|risposta|reacties|"
    r"reactie|odpowiedzi|komentarzy|komentarze|kommentarer|svar|комментари\w*|ответ\w*|则回复|則回應|則留言|条评论|件のコメント|"
    r"コメント|댓글)(?!\w)",
    re.IGNORECASE,
)
"""A count of comments and the noun for them."""

_COUNT_AFTER: Final = re.compile(
    r"(?:comments|replies|responses|kommentare|antworten|commentaires|réponses|comentarios|respuestas)\s*[:(]\s*(\d[\d.,]*)",
    re.IGNORECASE,
)
"""The noun and then the count."""

_NONE: Final = re.compile(
    r"^(?:discuss|comments?|no comments?(?: yet)?|no replies|leave a comment|add comment|kommentare?|keine kommentare|"
    r"aucun commentaire|sin comentarios|nessun commento|kommentieren|reply)$",
    re.IGNORECASE,
)
"""The link to a discussion where nobody has said anything."""

_COUNTER: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|replies|reply|responses?|answers?|posts|antworten)", re.IGNORECASE
)
_COUNTERS: Final = frozenset({"a", "td", "span", "div", "li", "p", "small", "dd", "dl", "strong", "b"})
"""Elements in which a count stands."""

_VIEWS: Final = re.compile(r"views|score|votes|points|likes", re.IGNORECASE)
_WHEN: Final = re.compile(r"^\W*(?:\d[\d:./, -]*|\d+ \w+ ago|vor \d+ \w+|(?:\w+ )?\w+ \d+, \d{4})\W*$", re.IGNORECASE)
_TWICE: Final = re.compile(r"(?<=\d) \d{9,11}$")
"""A moment in seconds after the same one in words, as Hacker News gives it."""

_TEXT: Final = re.compile("entry|post|article|story|markdown", re.IGNORECASE)
_AUTHOR: Final = re.compile(r"(?:^|[\s_-])(?:author|user|username|hnuser|byline|poster|by)(?:$|[\s_-])", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    """Alike links of a page, and for each the page's row where its own row of the list begins; and the list's end."""

    links: list[int]
    begins: list[int]
    end: int
    around: int
    """The element that holds the list."""

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """For each entry its link, and its first and last row (not included)."""
        for nth, link in enumerate(self.links):
            last = self.begins[nth + 1] if nth + 1 < len(self.begins) else self.end
            yield link, self.begins[nth], last


def find_entries(tree: LexborHTMLParser, url: str = "") -> list[Entry]:
    """What a list page lists, in its order; nothing where the page is no list. Never raises.

    An entry's address is that of its discussion where it has one of its own, else that of its title; it is empty
    where it is relative and `url`, the page's own address, is not known.
    """
    head = metadata.read_head(tree)
    if head.meta("og:type").startswith(("article", "video")):
        return []
    if tree.body is None:
        return []
    page = measure_density(tree.body)
    base = metadata.find_address(head, url) or ""
    beside = main_content.find_boilerplate(page)
    for group in _groups(page, beside):
        if _is_list(page, group, beside):
            return [_entry(page, span, base) for span in group.spans()]
    return []


def _groups(page: TextDensity, beside: Sequence[bool]) -> Iterator[_Group]:
    """Runs of alike title links, those with the most text first."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, tag in enumerate(page.tag):
        if tag == "a" and not beside[row] and _is_title(page, row):
            found[_place(page, row)].append(row)
    for rows in sorted(found.values(), key=lambda rows: -sum(page.linked[_block(page, row)] for row in rows)):
        if len(rows) >= MIN_COUNTED_ROWS and (group := _group(page, _first_of_block(page, rows))):
            yield group


def _is_title(page: TextDensity, row: int) -> bool:
    """Whether a link may be the title of a row: it says enough, and hardly anything else stands in its line."""
    node = page.nodes[row]
    address = node.attributes.get("href") or ""
    if not address or address.startswith(("#", "javascript:", "mailto:")):
        return False
    block = _block(page, row)
    return 2 * page.linked[block] >= page.text[block] and MIN_TITLE <= page.text[block] <= 4 * MAX_TITLE


def _block(page: TextDensity, row: int) -> int:
    """The block in whose text an inline element stands."""
    while page.tag[row] in vocabulary.INLINE_TAGS and page.parent[row] >= 0:
        row = page.parent[row]
    return row


def _place(page: TextDensity, row: int) -> tuple[str, ...]:
    """The tags and classes of a link and of what is round it, without numbers, by which alike links are known."""
    found = []
    for _ in range(_UP):
        if row < 0:
            break
        name = page.nodes[row].attributes.get("class") or ""
        kind = next((word for word in name.split() if not _DIGITS.search(word)), "")
        found.append(f"{page.tag[row]}.{kind}")
        row = page.parent[row]
    return tuple(found)


def _first_of_block(page: TextDensity, rows: Sequence[int]) -> list[int]:
    """Of several links in one block the first."""
    kept: dict[int, int] = {}
    for row in rows:
        kept.setdefault(_block(page, row), row)
    return [row for row in kept.values() if MIN_TITLE <= len(_line(page.nodes[row])) <= MAX_TITLE]


def _group(page: TextDensity, rows: list[int]) -> _Group | None:
    """The rows round alike links; nothing if their titles or addresses are often the same."""
    texts = {_line(page.nodes[row]) for row in rows}
    addresses = {urldefrag(page.nodes[row].attributes.get("href") or "")[0] for row in rows}
    if min(len(texts), len(addresses)) < max(MIN_COUNTED_ROWS, 0.8 * len(rows)):
        return None
    if sum(1 for text in texts if _WHEN.match(text) or "://" in text) * 4 > len(texts):
        return None
    around = _common(page, rows)
    children = list(page.children(around))
    begins = [children[bisect_right(children, row) - 1] for row in rows]
    if len(set(begins)) < len(begins):
        return None
    stride = max(after - before for before, after in pairwise(begins))
    last = begins[-1] + max(stride, page.size[begins[-1]] + 1)
    return _Group(rows, begins, min(last, around + page.size[around] + 1), around)


def _common(page: TextDensity, rows: Sequence[int]) -> int:
    """The smallest element round all of some rows."""
    around = page.parent[rows[0]]
    while not around <= rows[-1] <= around + page.size[around]:
        around = page.parent[around]
    return around


def _is_list(page: TextDensity, group: _Group, beside: Sequence[bool]) -> bool:
    """Whether the page is a list of these rows: they hold most of its text, and little prose stands elsewhere."""
    text = sum(size for row, size in enumerate(page.text) if not beside[row])
    inside = range(group.begins[0], group.end)
    held = sum(page.text[row] for row in inside if not beside[row])
    prose = sum(size for row, size in enumerate(page.own) if not beside[row])
    within = sum(page.own[row] for row in inside if not beside[row])
    if held < MIN_TEXT_SHARE * text or prose - within > MAX_PROSE_OUTSIDE:
        return False
    if _is_in_text(page, group.around):
        return False
    counted = sum(1 for _, begin, end in group.spans() if _comments(page, begin, end)[0] is not None)
    headed = sum(1 for row in group.links if _is_headed(page, row))
    size = len(group.links)
    if 2 * counted <= size and not _stays(page, group):
        return False
    fewest = MIN_COUNTED_ROWS if 2 * max(counted, headed) > size else MIN_ROWS
    # Rows of prose with neither are posts of a discussion, or the sections of one long article.
    plain = within <= 2 * held / 3 or 2 * counted > size or 2 * headed > size
    return size >= fewest and plain


def _is_in_text(page: TextDensity, row: int) -> bool:
    """Whether an element is one article's text, or in it: sections with linked headings are no list."""
    while row >= 0:
        if page.tag[row] == "article" or (vocabulary.is_body_name(page.name[row]) and _TEXT.search(page.name[row])):
            return True
        row = page.parent[row]
    return False


def _stays(page: TextDensity, group: _Group) -> bool:
    """Whether nearly all titles lead to one site: a list without counts of what is elsewhere is somebody's article."""
    sites = Counter(boilerplate.site_of(page.nodes[row].attributes.get("href") or "") for row in group.links)
    return 5 * max(sites.values()) >= 4 * len(group.links)


def _is_headed(page: TextDensity, row: int) -> bool:
    return any(
        page.tag[up] in ("h1", "h2", "h3", "h4") for up in (page.parent[row], page.parent[page.parent[row]]) if up >= 0
    )


def _comments(page: TextDensity, begin: int, end: int) -> tuple[int | None, str]:
    """How many comments a row of the list says there are, and the address of the discussion if it is linked."""
    row, best = begin, -1
    count: int | None = None
    while row < end:
        if best >= 0 and row > best + page.size[best]:
            break
        if page.tag[row] in _COUNTERS and page.text_below[row] <= MAX_COUNT and (said := _said(page, row)) is not None:
            count, best = said, row
        row += 1
    return count, _linked(page, best) if best >= 0 else ""


def _said(page: TextDensity, row: int) -> int | None:
    """The number of comments that an element states."""
    text = _line(page.nodes[row])
    if found := _COUNT.search(text):
        return _number(found[1], found[2])
    if found := _COUNT_AFTER.search(text):
        return _number(found[1], "")
    if page.tag[row] == "a" and _NONE.match(text):
        return 0
    name, digits = page.name[row], text.replace(",", "").replace(".", "")
    counter = _COUNTER.search(name) and not _VIEWS.search(name) and digits.isascii() and digits.isdigit()
    return int(digits[:9]) if counter else None


def _number(written: str, thousands: str) -> int:
    if thousands:
        whole, _, part = written.strip(".,").replace(",", ".").partition(".")
        return int(whole[:6] or 0) * 1000 + int(
            (part[:3] or "0").ljust(3, "0") if part[:3].isdigit() or not part else 0
        )
    return int("".join(_DIGITS.findall(written))[:9])


def _linked(page: TextDensity, row: int) -> str:
    """The address of the link that an element is, is in, or has in it alone."""
    node = page.nodes[row]
    around = node.parent
    inside = [node] if node.tag == "a" else node.css("a[href]")
    if not inside and around is not None and around.tag == "a":
        inside = [around]
    return (inside[0].attributes.get("href") or "") if len(inside) == 1 else ""


def _entry(page: TextDensity, span: tuple[int, int, int], base: str) -> Entry:
    link, begin, end = span
    node = page.nodes[link]
    count, discussion = _comments(page, begin, end)
    told = (discussion, node.attributes.get("href") or "")
    address = next((found for one in told if one and (found := links.openable(one, base or None))), "")
    seconds, written = _when(page, begin, end)
    return Entry(
        title=markdown_format.clean_field(_line(node)[:MAX_TITLE]) or "",
        byline=_author(page, begin, end),
        published=seconds,
        published_text=written,
        comments=count,
        address=address if address.startswith("http") else "",
        summary=_summary(page, begin, end),
    )


def _author(page: TextDensity, begin: int, end: int) -> str | None:
    rows = (row for row in range(begin, end) if page.name[row] and page.text_below[row] <= MAX_COUNT)
    named = (row for row in rows if _AUTHOR.search(page.name[row]))
    return next(filter(None, (metadata.clean_byline(_line(page.nodes[row])) for row in named)), None)


def _when(page: TextDensity, begin: int, end: int) -> tuple[float | None, str | None]:
    for row in range(begin, end):
        attributes = page.nodes[row].attributes if page.tag[row] in ("time", "abbr") or "age" in page.name[row] else {}
        for key in ("datetime", "title"):
            if written := markdown_format.clean_field((attributes.get(key) or "")[:80]):
                written = _TWICE.sub("", written)
                return metadata.parse_date(written), written
    return None, None


def _summary(page: TextDensity, begin: int, end: int) -> str:
    for row in range(begin, end):
        if page.own[row]:
            text = _line(page.nodes[row])
            return (
                markdown_format.clean_field(text if len(text) <= MAX_SUMMARY else text[: MAX_SUMMARY - 1] + "…") or ""
            )
    return ""


def _line(node: LexborNode) -> str:
    return " ".join(node.text().split())
