"""Pairs of states of real pages: a page of the corpus, and the page with comments taken out, added and edited in it.

The changes are made in the source: elements of a tree of HTML, records of JSON, messages of a mailbox, lines of a text.
A comment is found there by some of its words, which nothing else in the source has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

from rumor_tui.blocks import body_text
from rumor_tui.model import SourceError, Thread
from rumor_tui.readers import Hint, as_thread, read_source

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PAGES = sorted(
    path
    for folder in ("html", "json", "mbox", "text")
    for path in (CORPUS / folder).glob("*")
    if path.suffix in (".html", ".json", ".mbox", ".txt") and not re.search(r"\.(truth|main|meta)\.", path.name)
)
LEAST = 4
"""Comments that a page must have which could be found in its source."""

_WORDS = re.compile(r"[^\W\d_]\w*(?:,? \w+){3,9}")
_OTHER = "Nothing of this stood here before the page was looked at again"


@dataclass
class Made:
    """What was made of a page: both states as they are read, and the words of what was changed."""

    before: Thread
    after: Thread
    gone: str
    edited: str
    new: str


@dataclass(frozen=True)
class Comment:
    """A comment to be found in a source by `words` that stand once in it; such words and the authors of the one before,
    of itself, and of the one behind."""

    words: str
    around: Sequence[tuple[str, str | None]]
    id: str | None


class NoPairError(Exception):
    """No pair can be made of a page; the text says why."""


def make_pair(path: Path) -> Made:
    """The pair of a page. Raises NoPairError where none can be made of it."""
    source = SOURCES[path.suffix](path.read_bytes())
    before = _read(source.data(), path)
    marks = _marks(before, source.text())
    if len(marks) < LEAST:
        raise NoPairError(f"only {len(marks)} comments can be found in the source")
    rows = _chosen(before, marks)
    gone, copied = (_comment(before, row, marks) for row in rows[:2])
    others = [words for row, words in marks.items() if row not in rows[:2]]
    edited = marks[rows[2]]
    source.copy(copied, [*others, gone.words])
    source.remove(gone, [*others, copied.words, _OTHER])
    source.edit(edited, _edited(edited))
    after = _read(source.data(), path)
    if list(after.bodies) == list(before.bodies):
        raise NoPairError("the comments are read from elsewhere in the source, such as a script")
    return Made(before, after, gone.words, edited, _OTHER)


def _chosen(thread: Thread, marks: Mapping[int, str]) -> list[int]:
    """A comment to take out, one to copy, and one to edit. Of the first two all neighbours can be found, too."""
    answered = set(thread.parent)
    leaves = [row for row in marks if row not in answered and {row - 1, row + 1} <= marks.keys()]
    if len(leaves) < 2:
        raise NoPairError("too few comments without replies can be found in the source")
    gone, copied = leaves[len(leaves) // 4], leaves[len(leaves) // 2]
    if gone == copied:
        copied = leaves[-1]
    rest = [row for row in marks if row not in (gone, copied)]
    return [gone, copied, rest[len(rest) * 3 // 4]]


def _comment(thread: Thread, row: int, marks: Mapping[int, str]) -> Comment:
    around = [(marks[place], thread.authors[place]) for place in (row - 1, row, row + 1)]
    return Comment(marks[row], around, thread.ids[row])


def _read(data: bytes, path: Path) -> Thread:
    try:
        return as_thread(read_source(data, Hint(str(path))))
    except SourceError as error:
        raise NoPairError(str(error)) from error


def _marks(thread: Thread, text: str) -> dict[int, str]:
    """For each comment that has such, words that stand once in the source, and in no other comment."""
    found: dict[int, str] = {}
    texts = [body_text(body, thread.format, thread.repair) for body in thread.bodies]
    whole = "\n".join(texts)
    for row, body in enumerate(texts):
        for match in _WORDS.finditer(body):
            if len(match[0]) > 20 and text.count(match[0]) == whole.count(match[0]) == 1:
                found[row] = match[0]
                break
    return found


def _edited(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first} altogether {rest}"


def _renumber(text: str, id: str | None) -> str:
    """A text with another number where it has an identifier."""
    number = max(re.findall(r"\d+", id or ""), key=len, default="")
    return text if len(number) < 2 else re.sub(rf"(?<!\d){number}(?!\d)", "9" * (len(number) - 1) + "7", text)


class HtmlSource:
    """The tree of a page."""

    def __init__(self, data: bytes) -> None:
        self.tree = html.document_fromstring(data, parser=html.HTMLParser(encoding=_charset(data), huge_tree=True))

    def data(self) -> bytes:
        return bytes(etree.tostring(self.tree, encoding="utf-8", method="html", doctype="<!DOCTYPE html>"))

    def text(self) -> str:
        return "\n".join(filter(None, (text for one in self.tree.iter() for text in (one.text, one.tail))))

    def _place(self, words: str) -> tuple[Any, str]:
        for one in self.tree.iter():
            for part in ("text", "tail"):
                if words in (getattr(one, part) or ""):
                    return one, part
        raise NoPairError("the words are gone from the tree")

    def _comment(self, words: str, others: Sequence[str]) -> Any:
        """The largest element around some words that has none of the others."""
        one, part = self._place(words)
        one = one.getparent() if part == "tail" else one
        while (above := one.getparent()) is not None and above.tag not in ("body", "html"):
            text = above.text_content()
            if any(other in text for other in others):
                break
            one = above
        if one.tag in ("head", "body"):
            raise NoPairError("the comment is no element of the page's body")
        return one

    def edit(self, words: str, other: str) -> None:
        one, part = self._place(words)
        setattr(one, part, getattr(one, part).replace(words, other))

    def remove(self, comment: Comment, others: Sequence[str]) -> None:
        for one in self._elements(comment.words, others):
            one.drop_tree()

    def copy(self, comment: Comment, others: Sequence[str]) -> None:
        elements = self._elements(comment.words, others)
        for one in reversed(elements):
            text = etree.tostring(one, encoding="unicode", method="html", with_tail=False)
            copied = html.fragment_fromstring(_renumber(text, comment.id).replace(comment.words, _OTHER))
            copied.tail = one.tail
            elements[-1].addnext(copied)

    def _elements(self, words: str, others: Sequence[str]) -> list[Any]:
        """The elements of a comment: one, or in a list of definitions the term as well."""
        one = self._comment(words, others)
        before = one.getprevious()
        return [before, one] if one.tag == "dd" and before is not None and before.tag == "dt" else [one]


def _charset(data: bytes) -> str:
    match = re.search(rb"charset=[\"']?([\w-]+)", data[:4_000])
    return match[1].decode() if match else "utf-8"


class JsonSource:
    """The records of a document."""

    def __init__(self, data: bytes) -> None:
        self.value = json.loads(data)

    def data(self) -> bytes:
        return json.dumps(self.value).encode()

    def text(self) -> str:
        return "\n".join(text for _, text in _strings(self.value, []))

    def _record(self, words: str, others: Sequence[str]) -> tuple[list[Any], int]:
        """The innermost list with the record that has some words, and none of the others, and its place there."""
        for path, text in _strings(self.value, []):
            if words not in text:
                continue
            for place in range(len(path) - 1, -1, -1):
                holder = self._at(path[:place])
                if isinstance(holder, list):
                    held = "\n".join(text for _, text in _strings(holder[path[place]], []))
                    if not any(other in held for other in others):
                        return holder, path[place]
        raise NoPairError("the comment is no record of a list")

    def _at(self, path: Sequence[Any]) -> Any:
        value = self.value
        for key in path:
            value = value[key]
        return value

    def edit(self, words: str, other: str) -> None:
        path = next(path for path, text in _strings(self.value, []) if words in text)
        holder = self._at(path[:-1])
        holder[path[-1]] = holder[path[-1]].replace(words, other)

    def remove(self, comment: Comment, others: Sequence[str]) -> None:
        holder, place = self._record(comment.words, others)
        del holder[place]

    def copy(self, comment: Comment, others: Sequence[str]) -> None:
        holder, place = self._record(comment.words, others)
        held = [path for path, text in _strings(holder[place], []) if comment.words in text]
        holder.insert(place + 1, _copied(holder[place], held[0], comment.words))


def _copied(record: Any, path: Sequence[Any], words: str) -> Any:
    """A record with other words, and with other identifiers in the objects that hold them."""
    copied = value = deepcopy(record)
    for key in path:
        for name in (
            ("id", "post_number", "objectID", "name", "uri", "comment_id", "answer_id")
            if isinstance(value, dict)
            else ()
        ):
            if isinstance(value.get(name), int):
                value[name] += 7_000_000
            elif name != "name" or "_" in str(value.get(name)):
                value[name] = f"{value[name]}7" if isinstance(value.get(name), str) else value.get(name)
        if key == path[-1]:
            value[key] = value[key].replace(words, _OTHER)
        value = value[key]
    return copied


def _strings(value: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    """All strings of a value, with the keys that lead to them."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(one, [*path, key])


class TextSource:
    """The lines of a text. A comment is its byline and its text, with whatever stands before or behind these."""

    def __init__(self, data: bytes) -> None:
        self.lines = data.decode("utf-8", "replace").split("\n")

    def data(self) -> bytes:
        return "\n".join(self.lines).encode()

    def text(self) -> str:
        return "\n".join(self.lines)

    def _block(self, comment: Comment) -> slice:
        """The lines of a comment: from its byline up to the next one, or from behind the one before up to its own."""
        before, here, behind = (self._line_of(words) for words, _ in comment.around)
        (_, earlier), (_, author), (_, later) = comment.around
        own, following = self._byline(author, here, before), self._byline(later, behind, here)
        if min(own, following) >= 0:
            return slice(own, following)
        own, preceding = self._byline(author, here, behind), self._byline(earlier, before, here)
        if min(own, preceding) >= 0:
            return slice(preceding + 1, own + 1)
        raise NoPairError("no byline can be found in the text")

    def _line_of(self, words: str) -> int:
        return next(n for n, line in enumerate(self.lines) if words in line)

    def _byline(self, author: str | None, start: int, end: int) -> int:
        """The line next to `start`, on the way to `end`, with an author's name; -1 without one."""
        lines = range(start, end, 1 if end > start else -1)[1:]
        return next((line for line in lines if author and author in self.lines[line]), -1)

    def edit(self, words: str, other: str) -> None:
        self.lines = self.text().replace(words, other).split("\n")

    def remove(self, comment: Comment, others: Sequence[str]) -> None:
        del self.lines[self._block(comment)]

    def copy(self, comment: Comment, others: Sequence[str]) -> None:
        block = self._block(comment)
        copied = "\n".join(self.lines[block]).replace(comment.words, _OTHER)
        self.lines[block.stop : block.stop] = copied.split("\n")


class MailSource:
    """The messages of a mailbox."""

    def __init__(self, data: bytes) -> None:
        self.messages = re.split(r"(?m)^(?=From )", data.decode("latin-1"))

    def data(self) -> bytes:
        return "".join(self.messages).encode("latin-1")

    def text(self) -> str:
        return "".join(self.messages).encode("latin-1").decode("utf-8", "replace")

    def _place(self, words: str) -> int:
        held = words.encode().decode("latin-1")
        return next(place for place, message in enumerate(self.messages) if held in message)

    def edit(self, words: str, other: str) -> None:
        at = self._place(words)
        held = words.encode().decode("latin-1")
        self.messages[at] = self.messages[at].replace(held, other.encode().decode("latin-1"))

    def remove(self, comment: Comment, others: Sequence[str]) -> None:
        del self.messages[self._place(comment.words)]

    def copy(self, comment: Comment, others: Sequence[str]) -> None:
        at = self._place(comment.words)
        copied = self.messages[at].replace(comment.words.encode().decode("latin-1"), _OTHER)
        self.messages.insert(at + 1, re.sub(r"(?im)^(message-id: *<)", r"\1copy-", copied, count=1))


SOURCES: dict[str, Callable[[bytes], Any]] = {
    ".html": HtmlSource,
    ".json": JsonSource,
    ".txt": TextSource,
    ".mbox": MailSource,
}
