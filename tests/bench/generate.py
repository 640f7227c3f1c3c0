"""Generated threads and articles for the bench, written as a stream: a million comments need little memory.

    python -m tests.bench.generate KIND N FILE [--seed S] [--mean CHARACTERS]

KIND is one of `algolia`, `mbox`, `threads`, `export`, `chain`, `deep` (N comments) or `article` (N characters). The
same N, seed and mean always give the same bytes, and `algolia`, `mbox` and `export` hold the same thread; `threads` is
a mailbox of many short ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from itertools import chain, islice
from json import JSONEncoder
from pathlib import Path
from random import Random
from time import gmtime, strftime
from typing import TextIO

from tests.bench import prose
from tests.bench.prose import Paragraph, Prose

SEED = 20260110
MEAN = 290.0
"""Mean length of a body in characters, markup not counted; 100,000 comments are then 54 MB as Algolia items."""
TITLE = "Velostar K2 Coupé production rumours: 600 or 1,250 cars?"
URL = "https://news.example.org/velostar-k2"
ALGOLIA_FIELDS = (
    "id", "created_at", "created_at_i", "type", "author", "title", "url", "text", "points", "parent_id", "story_id",
    "options",
)  # fmt: skip
SUBJECT = "K2 rumours"
HOST = "h.test"
"""The mailbox has a short subject and short addresses, so that it weighs about what the Algolia item weighs."""
STORY_ID = 40_000_000
BEGIN = 1_767_312_000
"""When the article was published: 2 January 2026, 00:00 UTC, in seconds since 1970."""
DELETED_SHARE = 0.004
THREAD = 20
"""Mean number of messages in a thread of a mailbox that holds many."""
DEEPEST = 90
"""No generated tree is deeper; a chain has no such limit."""
FIRST_WORD = "Quillback"
"""A word that stands in the first paragraph of every generated article and nowhere else."""

encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Depths = Callable[[int, Random], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One comment in pre-order. `parent` is a row, or -1; `time` is in seconds since 1970 UTC.

    A deleted comment has no author and no body.
    """

    index: int
    parent: int
    depth: int
    author: str | None
    time: int
    body: list[Paragraph]

    @property
    def id(self) -> int:
        """The number that the site would give; every comment has its own."""
        return STORY_ID + 1 + self.index


def tree_depths(count: int, rng: Random) -> Iterator[int]:
    """Depths in pre-order with a heavy tail: nearly all are below 8, some branches run on past 30.

    Each run of answers draws how likely one more answer is; for one run in 150 that is nearly certain, so
    that two people answer each other for a long time. After a run the next comment answers one of the last few
    ancestors or, as often as one time in five, the article itself.
    """
    depth, eagerness = -1, 0.0
    for _ in range(count):
        if rng.random() >= eagerness:
            depth = -1 if rng.random() < 0.2 else depth - 1 - int(rng.expovariate(0.8))
            eagerness = 0.96 if rng.random() < 1 / 400 else rng.uniform(0.2, 0.65)
        depth = min(max(depth, -1) + 1, DEEPEST)
        yield depth


def chain_depths(count: int, _rng: Random) -> Iterator[int]:
    """Every comment answers the one before it."""
    yield from range(count)


def short_depths(count: int, rng: Random) -> Iterator[int]:
    """Trees of about `THREAD` messages one after another, each below its own first message."""
    left = count
    while left > 0:
        size = min(1 + int(rng.expovariate(1 / (THREAD - 1))), left)
        yield 0
        yield from (depth + 1 for depth in tree_depths(size - 1, rng))
        left -= size


def rows(count: int, *, seed: int = SEED, mean: float = MEAN, depths: Depths = tree_depths) -> Iterator[Row]:
    """The comments of one thread in pre-order, made one at a time."""
    rng = Random(seed)
    source = Prose(Random(seed + 1), mean)
    authors = prose.zipf_authors(Random(seed + 2), max(12, count // 12))
    ancestors: list[tuple[int, int]] = []
    for index, depth in enumerate(depths(count, Random(seed + 3))):
        del ancestors[depth:]
        parent, since = ancestors[-1] if ancestors else (-1, BEGIN)
        time = since + 30 + int(rng.expovariate(1 / 5400))
        ancestors.append((index, time))
        gone = rng.random() < DELETED_SHARE and index > 0
        author, body = next(authors), source.body()
        yield Row(index, parent, depth, None if gone else prose.handle(author), time, [] if gone else body)


def stamp(seconds: int) -> str:
    """The time as Algolia writes it."""
    return strftime("%Y-%m-%dT%H:%M:%S.000Z", gmtime(seconds))


def article_text() -> str:
    """The words under the article's title, in one paragraph."""
    return f"{FIRST_WORD} reports that Velostar will build only 600 of the K2 Coupé; the dealer says 1,250."


def _algolia_head(**fields: object) -> str:
    """An item up to its children, with the fields in Algolia's order and those not given null."""
    empty: dict[str, object] = dict.fromkeys(ALGOLIA_FIELDS)
    return encode({**empty, "story_id": STORY_ID, "options": [], **fields})[:-1] + ',"children":['


def _comment_head(row: Row) -> str:
    return _algolia_head(
        id=row.id,
        created_at=stamp(row.time),
        created_at_i=row.time,
        type="comment",
        author=row.author,
        text=prose.html(row.body) if row.author else None,
        parent_id=STORY_ID + 1 + row.parent,
    )


def write_algolia(thread: Iterator[Row], out: TextIO) -> None:
    """A Hacker News item as the Algolia interface serves it, its replies nested under `children`."""
    story = {"id": STORY_ID, "created_at": stamp(BEGIN), "created_at_i": BEGIN, "type": "story", "author": "gazette"}
    rest = {"title": TITLE, "url": URL, "text": f"<p>{article_text()}", "points": 412}
    out.write(_algolia_head(**story, **rest))
    last = -1
    for row in thread:
        if last >= 0:
            out.write("]}" * (last - row.depth + 1))
            out.write("," if row.depth <= last else "")
        out.write(_comment_head(row))
        last = row.depth
    out.write("]}" * (last + 2))


def write_mbox(thread: Iterator[Row], out: TextIO) -> None:
    """The thread as a mailbox: the article is the first message, the top-level comments answer it.

    `References` holds the first ancestor and the last ten, as mailers cut it.
    """
    out.write(_mail_head("gazette", BEGIN, SUBJECT, [STORY_ID]))
    out.write(_mail_body(article_text()))
    ancestors: list[int] = []
    for row in thread:
        del ancestors[row.depth :]
        ancestors.append(row.id)
        out.write(_mail_head(row.author or "nobody", row.time, f"Re: {SUBJECT}", [STORY_ID, *ancestors[-11:]]))
        out.write(_mail_body(prose.plain(row.body) if row.author else "[deleted]"))


def write_threads(thread: Iterator[Row], out: TextIO) -> None:
    """A mailbox of many threads: each comment at the top begins one, with a subject of its own."""
    ancestors: list[int] = []
    number = 0
    for row in thread:
        del ancestors[row.depth :]
        number += not ancestors
        ancestors.append(row.id)
        subject = f"{'Re: ' if row.depth else ''}{SUBJECT}, part {number}"
        out.write(_mail_head(row.author or "nobody", row.time, subject, [ancestors[0], *ancestors[1:][-11:]]))
        out.write(_mail_body(prose.plain(row.body) if row.author else "[deleted]"))


def _mail_head(author: str, time: int, subject: str, path: list[int]) -> str:
    """The header of the message whose identifier ends `path`, which begins with its remotest ancestors."""
    moment = gmtime(time)
    *references, own = (f"<{item}@{HOST}>" for item in path)
    answer = f"In-Reply-To: {references[-1]}\nReferences: {' '.join(references)}\n" if references else ""
    return (
        f"From {author}@{HOST} {strftime('%a %b %d %H:%M:%S %Y', moment)}\n"
        f"From: {author}@{HOST}\nDate: {strftime('%a, %d %b %Y %H:%M:%S +0000', moment)}\n"
        f"Subject: {subject}\nMessage-ID: {own}\n{answer}"
        "Content-Type: text/plain; charset=utf-8\n\n"
    )


def _mail_body(text: str) -> str:
    """The text with the lines that would begin a new message quoted, as mailboxes have it."""
    return f"\n{text}".replace("\nFrom ", "\n>From ")[1:] + "\n\n"


def write_export(thread: Iterator[Row], out: TextIO) -> None:
    """The thread in rumor-tui's own export form, where `parent` is a row or null."""
    article = {
        "title": TITLE, "byline": "gazette", "published": stamp(BEGIN), "url": URL,
        "text": article_text(), "markdown": article_text(),
    }  # fmt: skip
    head = encode({"version": 1, "source": "generated", "article": article})
    out.write(head[:-1] + ',"comments":[')
    for row in thread:
        out.write(",\n" if row.index else "\n")
        out.write(encode(_exported(row)))
    out.write("\n]}\n")


def _exported(row: Row) -> dict[str, object]:
    return {
        "index": row.index, "id": str(row.id), "parent": row.parent if row.parent >= 0 else None, "depth": row.depth,
        "author": row.author, "published": stamp(row.time), "published_text": None, "text": prose.plain(row.body),
        "markdown": prose.markdown(row.body), "score": None, "url": None, "deleted": row.author is None,
    }  # fmt: skip


def article_blocks(seed: int = SEED) -> Iterator[str]:
    """Endless Markdown blocks: mostly paragraphs, with headings, lists, quotes, code, tables and rules."""
    rng = Random(seed)
    source = Prose(Random(seed + 1), 420.0)
    yield f"# {TITLE}"
    yield f"**{FIRST_WORD}** brings {article_text()}"
    kinds = (_heading, _paragraphs, _list, _quote, _fence, _table)
    while True:
        yield from rng.choices(kinds, weights=(2, 10, 2, 1, 1, 1))[0](source, rng)


def _line(source: Prose) -> str:
    return " ".join(prose.plain(source.body()[:1]).split())[:160]


def _heading(source: Prose, rng: Random) -> list[str]:
    return ["#" * rng.randint(2, 4) + " " + _line(source)[:60].strip()]


def _paragraphs(source: Prose, rng: Random) -> list[str]:
    linked = f"See [the {rng.choice(prose.NOUNS)}]({prose.address(rng)}) or `{rng.choice(prose.CODE).strip()}`."
    return [prose.markdown(source.body()), linked] if rng.random() < 0.2 else [prose.markdown(source.body())]


def _list(source: Prose, rng: Random) -> list[str]:
    marker = rng.choice(("-", "*", "1."))
    return ["\n".join(f"{marker} {_line(source)}" for _ in range(rng.randint(2, 7)))]


def _quote(source: Prose, _rng: Random) -> list[str]:
    return ["\n>\n".join(f"> {_line(source)}" for _ in range(2))]


def _fence(_source: Prose, rng: Random) -> list[str]:
    lines = "\n".join(rng.choices(prose.CODE, k=rng.randint(2, 9)))
    return [f"```python\n{lines}\n```"]


def _table(_source: Prose, rng: Random) -> list[str]:
    cells = [f"| {prose.name(rng)} | {prose.number(rng)} | {prose.number(rng)} |" for _ in range(rng.randint(2, 8))]
    return ["\n".join(["| Who | Then | Now |", "| --- | ---: | ---: |", *cells])]


def write_article(size: int, out: TextIO, *, seed: int = SEED) -> None:
    """A Markdown article of at least `size` characters, ending with a whole block."""
    written = 0
    for block in article_blocks(seed):
        written += out.write(block + "\n\n")
        if written >= size:
            return


Writer = Callable[[Iterator[Row], TextIO], None]
THREAD_KINDS: dict[str, tuple[Writer, Depths, str]] = {
    "algolia": (write_algolia, tree_depths, "json"),
    "mbox": (write_mbox, tree_depths, "mbox"),
    "threads": (write_threads, short_depths, "mbox"),
    "export": (write_export, tree_depths, "json"),
    "chain": (write_export, chain_depths, "json"),
    "deep": (write_algolia, chain_depths, "json"),
}
SUFFIXES = {kind: suffix for kind, (_, _, suffix) in THREAD_KINDS.items()} | {"article": "md"}


def write(kind: str, count: int, out: TextIO, *, seed: int = SEED, mean: float = MEAN) -> None:
    """Write `count` comments (or characters of an article) of this kind. Raises KeyError for an unknown kind."""
    if kind == "article":
        write_article(count, out, seed=seed)
        return
    writer, depths, _ = THREAD_KINDS[kind]
    writer(rows(count, seed=seed, mean=mean, depths=depths), out)


def make(kind: str, count: int, path: Path, *, seed: int = SEED, mean: float = MEAN) -> None:
    """Write the file at `path`; it appears there only when it is whole."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8", newline="\n") as out:
        write(kind, count, out, seed=seed, mean=mean)
    unfinished.replace(path)


def cached(folder: Path, kind: str, count: int, *, mean: float = MEAN) -> Path:
    """The file of this kind in `folder`, made now if it is not there yet.

    Its name holds a digest of a small file of the same kind, so that a changed generator makes a new file.
    """
    sample = StringIO()
    write(kind, 300, sample, mean=mean)
    digest = sha256(sample.getvalue().encode()).hexdigest()[:8]
    path = folder / f"{kind}-{count}-{digest}.{SUFFIXES[kind]}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(kind, count, path, mean=mean)
    return path


def occurrences(count: int, queries: Sequence[str], *, mean: float = MEAN) -> dict[str, int]:
    """How often each query stands in the generated tree's title, article and bodies, letter case aside."""
    found = dict.fromkeys(queries, 0)
    texts = chain((TITLE, article_text()), (prose.plain(row.body) for row in rows(count, mean=mean)))
    for text in map(str.lower, texts):
        for query in queries:
            found[query] += text.count(query.lower())
    return found


def first_authors(count: int, wanted: int) -> list[str]:
    """The authors of the tree's first comments that are not deleted."""
    return [row.author for row in islice(rows(count), wanted) if row.author]


def main() -> None:
    """Write one file, as the command line asks."""
    parser = argparse.ArgumentParser(description="Write a generated thread or article.")
    parser.add_argument("kind", choices=sorted(SUFFIXES))
    parser.add_argument("n", type=int, help="comments; for an article, characters")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mean", type=float, default=MEAN, help="mean characters a body")
    options = parser.parse_args()
    make(options.kind, options.n, options.file, seed=options.seed, mean=options.mean)


if __name__ == "__main__":
    main()
