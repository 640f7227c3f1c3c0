"""Made-up messages for the library's bench: their words are as unevenly frequent as those of a language.

Words are drawn one by one, so that texts compress worse than real ones, whose phrases repeat; nothing that is measured
on them is better than it would be in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from json import JSONEncoder
from pathlib import Path
from random import Random
from time import gmtime, strftime

from tests.bench import prose

SEED = 20260112
VOCABULARY = 60_000
AUTHORS = 40_000
THREAD = 3.2, 1.3
"""The logarithm of a thread's number of comments, and how far it varies: about 57 on average, most of them in few."""

BEGIN = 1_700_000_000
_COMMON = prose.words("""
    the of and a to in is was he for it with as his on be at by i this had not are but from or have an they which
    one you were her all she there would their we him been has when who will more no if out so said what up its
    about into than them can only other new some could time these two may then do first any my now such like our
    over man me even most made after also did many before must through back years where much your way well down
    should because each just those people mr how too little state good very make world still own see men work long
    get here between""")
_SYLLABLES = prose.words("""
    ba be bi bo ca ce co da de di do fa fe fi ga go ha he ka ki la le li lo ma me mi mo na ne ni no pa pe po ra re
    ri ro sa se si so ta te ti to tra tri van ver vi wa we win za zen zo""")

encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Message:
    """A comment of a thread; `parent` is a row of it, or -1."""

    parent: int
    author: str
    moment: int
    text: str


def vocabulary(rng: Random) -> list[str]:
    """Distinct words, the frequent ones first and short."""
    words = dict.fromkeys(_COMMON)
    while len(words) < VOCABULARY:
        words["".join(rng.choices(_SYLLABLES, k=rng.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


def threads(count: int, mean: float = 200.0, seed: int = SEED) -> Iterator[list[Message]]:
    """Threads with `count` comments in all, of about `mean` characters each."""
    rng = Random(seed)
    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    author_weights = list(accumulate(1 / (rank + 10) for rank in range(AUTHORS)))
    authors = [f"{rng.choice(words[100:2_000])}{rng.choice(('', '_', '-'))}{number}" for number in range(AUTHORS)]
    left = count
    number = 0
    while left:
        size = min(left, 1 + int(rng.lognormvariate(*THREAD)))
        begin = BEGIN + number * 997
        names = rng.choices(authors, cum_weights=author_weights, k=size)
        yield [
            Message(rng.randrange(-1, row), names[row], begin + row * 61, _text(rng, words, weights, mean))
            for row in range(size)
        ]
        left -= size
        number += 1


def _text(rng: Random, words: list[str], weights: list[float], mean: float) -> str:
    """Sentences of a few words, some with a figure."""
    wanted = max(3, int(rng.expovariate(1 / (mean / 6.1))))
    drawn = rng.choices(words, cum_weights=weights, k=wanted)
    for start in range(0, wanted, 11):
        drawn[start] = drawn[start].capitalize()
        if start:
            drawn[start - 1] += "."
    if rng.random() < 0.2:
        drawn[wanted // 2] = f"{rng.randrange(1, 5_000):,}"
    return " ".join(drawn) + "."


def write_dump(path: Path, count: int, mean: float = 200.0, seed: int = SEED) -> int:
    """Write the threads as JSON lines of our own export form; the answer is the size of authors and texts in bytes."""
    size = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, thread in enumerate(threads(count, mean, seed)):
            size += sum(map(len_of, thread))
            out.write(exported(number, thread) + "\n")
    return size


def len_of(message: Message) -> int:
    """The size in bytes of what is searched of a message: its author's name, and its text."""
    return len(message.author.encode()) + len(message.text.encode())


def exported(number: int, thread: list[Message]) -> str:
    """A thread in our own export form, on one line."""
    address = f"https://forum.example/t/{number}"
    title = thread[0].text.partition(".")[0]
    article = {"title": title, "byline": thread[0].author, "published": _date(thread[0].moment), "url": address}
    comments = [
        {
            "index": row,
            "id": f"{number}-{row}",
            "parent": message.parent if message.parent >= 0 else None,
            "author": message.author,
            "published": _date(message.moment),
            "text": message.text,
        }
        for row, message in enumerate(thread)
    ]
    return encode({"version": 1, "source": address, "article": article, "comments": comments})


def _date(moment: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(moment))


def write_maildir(folder: Path, count: int, mean: float = 200.0, seed: int = SEED) -> int:
    """Write the same messages as a mail folder, a file each; the answer is how many files."""
    written = 0
    for number, thread in enumerate(threads(count, mean, seed)):
        for row, message in enumerate(thread):
            place = folder / f"{written // 10_000:03}" / "cur"
            if not written % 10_000:
                place.mkdir(parents=True, exist_ok=True)
            answer = f"In-Reply-To: <{number}-{message.parent}@h.test>\n" if message.parent >= 0 else ""
            (place / f"{written}:2,S").write_text(
                f"From: {message.author}@h.test\n"
                f"Date: {strftime('%a, %d %b %Y %H:%M:%S +0000', gmtime(message.moment))}"
                f"\nSubject: t{number}\nMessage-ID: <{number}-{row}@h.test>\n{answer}"
                f"Content-Type: text/plain; charset=utf-8\n\n{message.text}\n",
                encoding="utf-8",
            )
            written += 1
    return written
