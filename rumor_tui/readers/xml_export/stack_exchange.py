"""Stack Exchange's data dump: the questions of a `Posts.xml`, with comments and names from the files beside it.

A dump has gigabytes, so its rows are only indexed, and a row is parsed when its thread is opened. Every row is one
element without content: `<row Id="2" PostTypeId="2" ParentId="1" …/>`. The schema:
meta.stackexchange.com/questions/2677; post type 1 is a question, 2 an answer, the others are not part of threads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Draft, Entry, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers.source import Hint, name_source

MAX_BESIDE_BYTES = 2 * 1024**3
"""Size of a file beside the posts up to which it is read."""

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>)?\s*<posts>\s*<row\s")
_ROW = re.compile(rb'<row((?>(?:\s+\w+="[^"]*")+))\s*/?>')
_ATTRIBUTE = re.compile(rb'\s(\w+)="([^"]*)"')
_ID = re.compile(rb'\sId="(\d{1,18})"')
_POST_TYPE = re.compile(rb'\sPostTypeId="(\d{1,4})"')
_PARENT = re.compile(rb'\sParentId="(\d{1,18})"')
_POST = re.compile(rb'\sPostId="(\d{1,18})"')
_QUESTION, _ANSWER = 1, 2

Beside = Callable[[str], bytes]
"""What gives the bytes of the file "Comments" or "Users" of the same dump, or empty bytes where there is none."""


@dataclass(slots=True)
class PostIndex:
    """Where the rows of posts begin: of questions, and of the answers to each question, which may be missing."""

    questions: dict[int, int] = field(default_factory=dict)
    answers: dict[int, list[int]] = field(default_factory=dict)


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether the bytes begin as the posts of a dump."""
    return bool(_START.match(data[:1_000]))


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The thread of a question, or the questions to choose from. Raises SourceError when there are none."""
    return read_dump(data, hint, partial(_file_beside, hint))


def read_dump(data: bytes, hint: Hint, beside: Beside) -> Thread | Listing:
    """The same, with the other files of the dump as `beside` gives them."""
    dump = Dump(data, hint, beside)
    if not dump.numbers:
        raise SourceError(f"{name_source(hint)} is a dump of posts without a question or an answer. Open another one.")
    if len(dump.numbers) == 1:
        return dump.thread(0)
    name = markdown_format.clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Posts"
    return Listing(
        name, LazyColumn(dump.entry, range(len(dump.numbers))), dump.thread, source=hint.name, noun="question"
    )


class Dump:
    """The posts of a dump with the comments on them and the names of their authors."""

    def __init__(self, data: bytes, hint: Hint, beside: Beside) -> None:
        self._data = data
        self._hint = hint
        self._beside = beside
        self._posts = _index_posts(data)
        missing = (number for number in self._posts.answers if number not in self._posts.questions)
        self.numbers: Sequence[int] = [*self._posts.questions, *missing]

    @cached_property
    def _comment_data(self) -> bytes:
        return self._beside("Comments")

    @cached_property
    def _comments(self) -> dict[int, list[int]]:
        """Where the comments on each post begin."""
        places: dict[int, list[int]] = {}
        for row in _ROW.finditer(self._comment_data):
            post = _POST.search(row[1])
            if post:
                places.setdefault(int(post[1]), []).append(row.start())
        return places

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of users by their numbers."""
        rows = (_attributes(row[1]) for row in _ROW.finditer(self._beside("Users")))
        return {row.get("Id", ""): row.get("DisplayName", "") for row in rows}

    def entry(self, place: int) -> Entry:
        """A question in the listing."""
        number = self.numbers[place]
        question = self._question(number)
        answers = self._posts.answers.get(number, [])
        posts = [number, *(self._number(place) for place in answers)] if self._comments else []
        return Entry(
            title=question.get("Title", "") or f"Answers to question {number}",
            byline=self._author(question),
            published=_date(question),
            comments=len(answers) + sum(len(self._comments.get(post, ())) for post in posts),
        )

    def thread(self, place: int) -> Thread:
        """A question with its answers, the accepted one first and then by score, and the comments on each."""
        number = self.numbers[place]
        question = self._question(number)
        article = Article(
            title=markdown_format.clean_field(question.get("Title")) or f"Answers to question {number}",
            byline=self._author(question),
            published=_date(question),
            pieces=[question["Body"]] if question.get("Body") else [],
            format="html",
            score=_integer(question.get("Score")),
        )
        builder = ThreadBuilder(article)
        self._add_comments(builder, number, None)
        answers = [self._row(self._data, start) for start in self._posts.answers.get(number, [])]
        accepted = question.get("AcceptedAnswerId")
        for answer in sorted(answers, key=lambda row: (row.get("Id") != accepted, -(_integer(row.get("Score")) or 0))):
            row = builder.add(self._draft(answer, answer.get("Body", ""), None))
            self._add_comments(builder, _integer(answer.get("Id")) or 0, row)
        return builder.build("html", source=self._hint.name)

    def _add_comments(self, builder: ThreadBuilder, post: int, parent: int | None) -> None:
        from html import escape

        for start in self._comments.get(post, ()):
            comment = self._row(self._comment_data, start)
            builder.add(self._draft(comment, f"<p>{escape(comment.get('Text', ''), quote=False)}</p>", parent))

    def _draft(self, row: dict[str, str], body: str, parent: int | None) -> Draft:
        return Draft(
            body=body,
            author=self._author(row),
            parent=parent,
            published=_date(row),
            id=row.get("Id"),
            score=_integer(row.get("Score")),
        )

    def _question(self, number: int) -> dict[str, str]:
        start = self._posts.questions.get(number)
        return {} if start is None else self._row(self._data, start)

    def _number(self, start: int) -> int:
        row = _ROW.match(self._data, start)
        number = _ID.search(row[1]) if row else None
        return int(number[1]) if number else 0

    def _row(self, data: bytes, start: int) -> dict[str, str]:
        row = _ROW.match(data, start)
        return _attributes(row[1]) if row else {}

    def _author(self, row: dict[str, str]) -> str | None:
        """The name of a user, or what the row calls the author, or the number of the user."""
        number = row.get("OwnerUserId") or row.get("UserId") or ""
        written = row.get("OwnerDisplayName") or row.get("UserDisplayName")
        named = written or (self._names.get(number) if number else None)
        return markdown_format.clean_field(named or (f"user{number}" if number else None))


def _index_posts(data: bytes) -> PostIndex:
    index = PostIndex()
    for row in _ROW.finditer(data):
        kind, number = _POST_TYPE.search(row[1]), _ID.search(row[1])
        if kind is None or number is None:
            continue
        parent = _PARENT.search(row[1])
        if int(kind[1]) == _QUESTION:
            index.questions[int(number[1])] = row.start()
        elif int(kind[1]) == _ANSWER and parent:
            index.answers.setdefault(int(parent[1]), []).append(row.start())
    return index


def _attributes(row: bytes) -> dict[str, str]:
    from html import unescape

    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(row)}


def _date(row: dict[str, str]) -> float | None:
    return markdown_format.parse_iso(row.get("CreationDate", ""))


def _integer(written: str | None) -> int | None:
    return int(written) if written and re.fullmatch(r"-?\d{1,15}", written) else None


def _file_beside(hint: Hint, name: str) -> bytes:
    """The file of the same dump that has this name in the place of "Posts"."""
    folder, last = os.path.split(hint.name)
    if "Posts" not in last:
        return b""
    path = Path(folder, last.replace("Posts", name))
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BESIDE_BYTES else b""
    except (OSError, ValueError):
        return b""
