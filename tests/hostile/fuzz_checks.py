"""What holds for everything that a reader gives, whatever it was given."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence

from rumor_tui import blocks, export
from rumor_tui.model import COLUMNS, Article, Listing, SourceError, Thread
from rumor_tui.readers.source import Hint
from rumor_tui.text import neutralise

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no export may hold."""

OPENED = 3
"""Entries of a listing that are opened."""

DEEP = 4
"""Bodies of a thread that are parsed in a deep check."""


class Finding(AssertionError):
    """Something that must hold and does not."""


def hold(truth: object, says: str) -> None:
    """Raise Finding where something is not so."""
    if not truth:
        raise Finding(says)


def check_content(content: Thread | Listing, *, deep: bool = False) -> None:
    """A thread or a listing holds together; of a listing the first entries are opened."""
    if isinstance(content, Thread):
        check_thread(content)
        if deep:
            check_texts(content)
            check_reopened(content)
        return
    _check_listing(content, deep)


def _check_listing(content: Listing, deep: bool) -> None:
    hold(_is_line(content.title), "the title of a listing is not one neutral line")
    for entry in content.entries:
        for value in (entry.title, entry.byline, entry.published_text, entry.site):
            hold(_is_line(value), f"an entry has {value!r}, which is not one neutral line")
        hold(_is_line(entry.address) and _is_line(entry.link), "an entry's address is not one neutral line")
    for number in range(min(OPENED, len(content.entries))):
        if not content.elsewhere:
            _check_opened(content, number, deep)
    if content.whole is not None:
        try:
            check_content(content.whole(), deep=deep)
        except SourceError as error:
            check_sentence(str(error))


def _check_opened(content: Listing, number: int, deep: bool) -> None:
    try:
        check_content(content.open(number), deep=deep)
        if content.count is not None:
            content.count(number)
    except SourceError as error:
        check_sentence(str(error))


def check_sentence(said: str) -> None:
    """An error is one printable sentence, and none that asks for a report."""
    hold(_is_line(said) and said and said[-1] in ".!?”", f"no sentence: {said!r}")
    hold("Please report" not in said, said)


def check_thread(thread: Thread) -> None:
    """Columns are as long as each other, parents in pre-order, fields neutral lines, stubs at their places."""
    size = len(thread)
    for name in COLUMNS:
        hold(len(getattr(thread, name)) == size, f"the column {name} has another length")
    _check_preorder(thread.parent)
    for comment in thread.comments():
        hold(isinstance(comment.body, str), "a body is no text")
        hold(comment.author is None or (_is_line(comment.author) and comment.author), f"an author {comment.author!r}")
        for value in (comment.published_text, comment.id, comment.url):
            hold(_is_line(value), f"a field {value!r} is not one neutral line")
        hold(isinstance(comment.deleted, bool), "deleted is no truth")
        hold(comment.score is None or isinstance(comment.score, int), "a score is no number")
        hold(comment.published is None or -1e12 < comment.published < 1e12, f"a moment {comment.published!r}")
    for stub in thread.stubs:
        hold(-1 <= stub.parent < size and stub.count >= 0, "a stub below no row")
    _check_article(thread.article)


def _check_article(article: Article) -> None:
    for value in (article.title, article.byline, article.published_text, article.url, article.link):
        hold(_is_line(value), f"the article has {value!r}, which is not one neutral line")
    if article.linked is not None:
        for value in (article.linked.url, article.linked.title, article.linked.byline, article.linked.published_text):
            hold(_is_line(value), f"the linked page has {value!r}, which is not one neutral line")
    for piece in article.pieces:
        hold(isinstance(piece, str), "a piece is no text")


def _check_preorder(parents: Sequence[int]) -> None:
    path: list[int] = []
    for row, parent in enumerate(parents):
        hold(-1 <= parent < row, "a parent does not precede")
        while path and path[-1] != parent:
            path.pop()
        hold(path or parent < 0, "the rows are not in pre-order")
        path.append(row)


def _is_line(value: str | None) -> bool:
    """Whether a field is a line that steers nothing; joiners are spelling."""
    if value is None or value.isprintable():
        return True
    return all(char in VISIBLE or unicodedata.category(char) not in _STEERING for char in value)


_STEERING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

VISIBLE = frozenset(
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    + "".join(map(chr, range(0x13430, 0x13439)))
)
"""Format characters that are spelling: joiners, the signs around numbers (Unicode 16, section 9.2), which are seen, and
what puts hieroglyphs together (section 11.4)."""


def check_neutral(text: str) -> None:
    """A text on its way to a screen steers nothing, and making it neutral again changes nothing."""
    hold(neutralise(text) == text, f"not neutral: {text[:80]!r}")


def check_texts(thread: Thread) -> None:
    """The first bodies and pieces have blocks whose texts are neutral and whose spans are inside them."""
    texts = [(body, thread.format) for body in thread.bodies[:DEEP]]
    for body, form in [*texts, *((piece, thread.article.format) for piece in list(thread.article.pieces)[:DEEP])]:
        for block in blocks.parse_body(body, form, thread.repair):
            check_neutral(block.text.replace("\t", " ") if block.kind == "table" else block.text)
            hold(all(0 <= it.start < it.end <= len(block.text) for it in block.spans), "a span outside its text")


def check_reopened(thread: Thread) -> None:
    """Our own JSON of the thread, read again, has the same tree with the same fields; no export has a control."""
    from rumor_tui.readers import own_json

    out = io.StringIO()
    export.write(thread, "json", out)
    written = out.getvalue()
    hold(not CONTROLS.search(written), "the export has a control character")
    again = own_json.read(written.encode(), Hint("again.json"))
    check_thread(again)
    hold(list(again.parent) == list(thread.parent), "the tree that was read again is another one")
    for name in ("authors", "ids", "scores", "deleted"):
        before, after = list(getattr(thread, name)), list(getattr(again, name))
        hold(before == after, f"the column {name} was {before!r:.80} and is {after!r:.80}")
    hold(again.article.title == thread.article.title, "the title that was read again is another one")


def check_exports(thread: Thread) -> None:
    """Every export of a thread is neutral and can be opened again, with as many comments."""
    from rumor_tui import readers

    for form in export.FORMATS:
        out = io.StringIO()
        export.write(thread, form, out)
        written = out.getvalue()
        hold(not CONTROLS.search(written), f"the export as {form} has a control character")
        again = readers.as_thread(readers.read_source(written.encode(), Hint("-")))
        check_thread(again)
        hold(len(again) == len(thread), f"as {form} there are {len(again)} comments instead of {len(thread)}")
