"""Comments that are no elements of their own: signed paragraphs of a wiki's talk page, messages in `<pre>` elements.

MediaWiki signs what is written on a talk page with links to its author's pages and a date with a time zone, in the
order of the site's language ("20:01, 14 November 2023 (UTC)"); answers are indented by lists. Archives of mailing
lists show a thread as `<pre>` elements, each with a line "From: NAME @ DATE", and the tree as an overview of links.
Source: https://www.mediawiki.org/wiki/Help:Signatures, https://www.mediawiki.org/wiki/Help:Namespaces,
https://public-inbox.org/design_www.html.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from rumor_tui.readers.dates.find import find_date
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.text_lines import paragraph_html, text_lines
from rumor_tui.readers.html.dom import Dom

MIN_SIGNED: Final = 2
"""Signed paragraphs or messages that make a page one of these kinds."""
MAX_SIGNATURE_PIECES: Final = 10
"""Pieces of text before a signature's date in which the link to the author is."""
MAX_SEPARATOR: Final = 16
"""Characters of text between the links of a signature, and between them and the date."""
_LISTS: Final = frozenset(("dl", "ul", "ol"))
_SIGNED = re.compile(r"(?=.*\d{1,2}[:.h]\d\d)(?=.*\d{4}).*\((?:UTC[+-]?\d*|[A-Z]{2,5})\)[\s)]*$", re.DOTALL)
_PAGE = re.compile(r"(?:^|[/=])([^/:&?#=]{2,60}):([^/&?#]+)(?:/([^/&?#]+))?")
"""An address of a wiki's page in a namespace: the namespace, the title and the subpage."""
_USER_NAMESPACE = re.compile(
    "user|benutzer|utilisat|usu[aá]ri|utent|utilizator|gebruiker|användar|bruker|bruger|käyttäjä|kasutaja|notandi|"
    "wikipedyst|użytkowni|uživatel|redaktor|suradni|korisni|uporabni|szerkesztő|kullanıcı|lietotāj|naudotoj|erabiltzaile|"
    "vikipediist|uzanto|usator|pengguna|pemakai|thành.viên|участни|користувач|корисни|потребител|удзельні|χρήστη|"
    "利用者|用户|用戶|使用者|사용자|مستخدم|کاربر|משתמש|सदस्य|ผู้ใช้",
    re.IGNORECASE,
)
"""What MediaWiki's namespaces of users, and of the talk with them, are called in its languages."""
_SPECIAL_NAMESPACE = re.compile(
    "^(?:spe[czt][a-zčšžțņ]*|sp[ée]cial|especial|erikois|eri|istimewa|posebno|özel|đặc.biệt|служебная|спеціальна|"
    "специални|посебно|特別|特殊|특수|خاص|ویژه|מיוחד|speċjali|špeciálne|speciální|specjalna|speciel|spesial)",
    re.IGNORECASE,
)
"""What its namespace of special pages is called, in which are the contributions of people without an account."""
_HEADING_WRAPPER: Final = "mw-heading"
"""The class of the element around a heading and what can be done with its section."""
MAX_REMARK: Final = 100
"""Characters in which a signature says that somebody else added it ("Preceding unsigned comment added by")."""
_DASHES = " \t\r\n-–—~|·"
_FROM = re.compile(r"^From: *([^\n@<]{1,80}?)(?: *<[^>\n]*>)? *@ *(\d{4}-\d\d-\d\d[^\n(]{0,20})", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(slots=True)
class _Paragraphs:
    """The pieces of text of what may become a comment, by block, and how many lists its first block is in."""

    depth: int = 0
    blocks: list[tuple[int, Sequence[int]]] = field(default_factory=list)


def find_signed_comments(dom: Dom) -> tuple[list[CommentNode], list[int | None]]:
    """The comments of a talk page, or the messages of an archive, and for each the index of the one it answers."""
    for found, depths in (_talk(dom), _messages(dom)):
        if len(found) >= MIN_SIGNED:
            return found, _parents(depths)
    return [], []


def _parents(depths: Sequence[int]) -> list[int | None]:
    """The parent of each comment: the last one before it that is less deep. A depth of -1 begins another section."""
    parents: list[int | None] = []
    path: list[tuple[int, int]] = []
    for index, depth in enumerate(depths):
        while path and path[-1][0] >= depth:
            path.pop()
        parents.append(path[-1][1] if path else None)
        path.append((depth, index))
    return parents


# Talk pages


def _talk(dom: Dom) -> tuple[list[CommentNode], list[int]]:
    comments: list[CommentNode] = []
    depths: list[int] = []
    if sum(1 for piece in dom.pieces if len(piece) < 200 and _SIGNED.match(piece)) < MIN_SIGNED:
        return comments, depths
    current, is_first = _Paragraphs(), True
    for line in text_lines(dom):
        block, pieces = line.block, range(line.first, line.last)
        if _is_in_heading(dom, block):
            current, is_first = _Paragraphs(), True
            continue
        if not current.blocks:
            current.depth = _list_depth(dom, block)
        current.blocks.append((block, pieces))
        for at, piece in enumerate(pieces):
            if _SIGNED.match(dom.pieces[piece]) and (start := _signature_start(dom, pieces, at)) >= 0:
                current.blocks[-1] = (block, pieces[: _remark_start(dom, pieces, start)])
                comments.append(_signed_comment(dom, current, pieces[start], piece))
                depths.append(-1 if is_first else current.depth)
                current, is_first = _Paragraphs(), False
                break
    return comments, depths


def _is_in_heading(dom: Dom, block: int) -> bool:
    """Whether a block is a heading, or in one or in the element that is around it."""
    while block > 0:
        if dom.tag[block] in vocabulary.HEADING_TAGS or _HEADING_WRAPPER in dom.classes[block]:
            return True
        block = dom.parent[block]
    return False


def _list_depth(dom: Dom, number: int) -> int:
    depth = 0
    while number > 0:
        depth += dom.tag[number] in _LISTS
        number = dom.parent[number]
    return depth


def _signature_start(dom: Dom, pieces: Sequence[int], at: int) -> int:
    """The place of the piece at which the signature begins that ends with a date; -1 if no person is linked there."""
    start = -1
    for place in range(at - 1, max(-1, at - MAX_SIGNATURE_PIECES), -1):
        piece = pieces[place]
        if _person(dom, piece):
            start = place
        elif len(dom.pieces[piece].strip()) > MAX_SEPARATOR:
            break
    return start


def _remark_start(dom: Dom, pieces: Sequence[int], start: int) -> int:
    """The place at which a signature begins with what is around it in small print, as where another one added it."""
    number = dom.owner[pieces[start]]
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.tag[number] != "small":
        number = dom.parent[number]
    if dom.tag[number] != "small":
        return start
    first = bisect_left(pieces, dom.first[number])
    remark = sum(len(dom.pieces[piece]) for piece in pieces[first:start])
    return first if 0 < first < start and remark <= MAX_REMARK else start


def _person(dom: Dom, piece: int) -> str:
    """The name of the person to whose page a piece of text links."""
    number = dom.owner[piece]
    while dom.tag[number] in vocabulary.INLINE_TAGS and dom.tag[number] != "a":
        number = dom.parent[number]
    match = _PAGE.search(unquote(dom.attribute(number, "href"))) if dom.tag[number] == "a" else None
    if match is None:
        return ""
    if _USER_NAMESPACE.search(match[1]):
        name = match[2]
    else:
        name = match[3] if match[3] and _SPECIAL_NAMESPACE.search(match[1]) else ""
    return name.replace("_", " ").strip()


def _signed_comment(dom: Dom, paragraphs: _Paragraphs, signature: int, dated: int) -> CommentNode:
    texts = ("".join(_inline(dom, piece) for piece in pieces).strip(_DASHES) for _, pieces in paragraphs.blocks)
    return CommentNode(
        paragraphs.blocks[0][0],
        [(block, dom.end[block]) for block, _ in paragraphs.blocks],
        author=_person(dom, signature),
        date_text=dom.pieces[dated].lstrip(_DASHES + ")").strip().replace("))", ")"),
        html="".join(f"<p>{text}</p>" for text in texts if text),
    )


def _inline(dom: Dom, piece: int) -> str:
    """A piece of text as HTML, with its link."""
    owner, text = dom.owner[piece], html.escape(dom.pieces[piece])
    address = dom.attribute(owner, "href") if dom.tag[owner] == "a" else ""
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text


# Messages in <pre>


def _messages(dom: Dom) -> tuple[list[CommentNode], list[int]]:
    comments: list[CommentNode] = []
    for number, tag in enumerate(dom.tag):
        if tag != "pre":
            continue
        text = dom.nodes[number].text()
        if head := _FROM.search(text):
            comments.append(_message(dom, number, text, head))
    overview = _overview(dom) if comments else {}
    nested = [_list_depth(dom, comment.number) for comment in comments]
    listed = [max((overview.get(anchor, 0) for anchor in comment.ids), default=0) for comment in comments]
    return comments, listed if any(listed) else nested


def _message(dom: Dom, number: int, text: str, head: re.Match[str]) -> CommentNode:
    paragraphs = _BLANK_LINES.split(text[head.end() :].strip("\n"))[1:]
    if len(paragraphs) > 1 and "permalink" in paragraphs[-1]:
        paragraphs.pop()
    anchors = (dom.attribute(inner, "id") for inner in range(number, dom.end[number]))
    return CommentNode(
        number,
        [(number, dom.end[number])],
        author=head[1].strip(),
        date_text=head[2].strip(),
        html="".join(map(paragraph_html, filter(str.strip, paragraphs))),
        ids=tuple(filter(None, anchors)),
    )


def _overview(dom: Dom) -> dict[str, int]:
    """The depth of each message, by its anchor, in an overview of links that are indented as the answers are."""
    depths: dict[str, int] = {}
    for number, tag in enumerate(dom.tag):
        address = dom.attribute(number, "href") if tag == "a" else ""
        piece = dom.first[number] - 1
        if len(address) > 1 and address[0] == "#" and piece >= 0:
            before = dom.pieces[piece].rsplit("\n", 1)[-1]
            if before.rstrip().endswith("`") or find_date(before):
                depths.setdefault(address[1:], max(0, before.find("`")))
    return depths
