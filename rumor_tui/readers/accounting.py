"""How much of a source's prose a thread holds: in its article, in its comments, among what was set aside, or nowhere.

The prose of a source is a list of passages: the lines of a text, the strings of a JSON document, the blocks of a page
(`original`). A passage is held where at least half of its word triples are: order and markup do not matter, a name
or a label cut off does not either, and common words alone prove nothing. Work is linear in the length of both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rumor_tui.model import Account, Article, Thread

MIN_WORDS = 8
"""Words of a passage below which it is a label, a name or a date rather than prose."""

MIN_REPETITIONS = 3
"""How often a passage stands in the source, numbers aside, if a template printed it."""

_STRETCH = 8_192
"""Characters of a body that are split at once, so that a count in the background rests often enough."""


@cache
def _word() -> re.Pattern[str]:
    """A word without digits (dates and counts are no prose); in scripts without spaces, a character."""
    wide = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
    return re.compile(rf"[{wide}]|[^\W\d_{wide}]+")


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"<[^<>]{1,2000}>")


class Loss(NamedTuple):
    """The passages, by number, that stand nowhere in a thread, and those that stand in its article or in a comment.

    `words` are the words of the missing ones, `commented` those of passages in comments, `total` those of all.
    """

    missing: Sequence[int] = ()
    in_article: Sequence[int] = ()
    in_comments: Sequence[int] = ()
    words: int = 0
    commented: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """The share of the words that stand nowhere."""
        return self.words / max(self.total, 1)


def split_words(text: str) -> list[str]:
    """The case-folded words of a text, without markup."""
    if "&" in text:
        from html import unescape

        text = unescape(text)
    if "<" in text:
        text = _tag().sub(" ", text)
    words: list[str] = _word().findall(text.casefold())
    return words


def is_prose(words: Sequence[str]) -> bool:
    """Whether the words of a passage are enough for a sentence."""
    return len(words) >= MIN_WORDS


def is_address(passage: str) -> bool:
    """Whether a passage is the address of a link, perhaps numbered, as text browsers list them: that is no prose."""
    return "://" in passage and len(passage.split()) < 4


def no_rest() -> None:
    """The `breathe` of a count that nobody waits for."""


def account(passages: Iterable[str], thread: Thread, breathe: Callable[[], object] = no_rest) -> Account:
    """Where the passages of a source stand in the thread that was read from it.

    A passage that stands in several places counts for the first of article, comments and aside. All bodies are
    decoded, so a large thread is for the background, where `breathe` is called every few milliseconds.
    """
    places = [triples(texts, breathe) for texts in (article_texts(thread.article), thread.bodies, [thread.aside])]
    counts = [0, 0, 0, 0]
    for words in _prose(passages):
        breathe()
        found = next((number for number, place in enumerate(places) if is_held(words, place)), len(places))
        counts[found] += len(words)
    return Account(*counts)


def _prose(passages: Iterable[str]) -> Iterator[list[str]]:
    """The words of each passage that is prose; of passages that repeat, none."""
    passages = list(passages)
    printed = repeated(passages)
    for passage in passages:
        words = split_words(passage)
        if is_prose(words) and template(passage) not in printed:
            yield words


def template(passage: str) -> str:
    """A passage without its numbers and its outer white space: what a template printed."""
    return re.sub(r"\d+", "", passage).strip()


def repeated(passages: Iterable[str]) -> frozenset[str]:
    """The templates of the passages that the source repeats."""
    return frozenset(words for words, count in Counter(map(template, passages)).items() if count >= MIN_REPETITIONS)


def article_texts(article: Article) -> Iterator[str]:
    """What an article says, its title first."""
    yield article.title
    yield from article.pieces


def triples(texts: Iterable[str | None], breathe: Callable[[], object] = no_rest) -> set[int]:
    """The hashes of all triples of words that follow each other in the texts."""
    found: set[int] = set()
    for text in texts:
        last: list[str] = []
        for start in range(0, len(text or ""), _STRETCH):
            words = last + split_words((text or "")[start : start + _STRETCH])
            found.update(map(hash, zip(words, words[1:], words[2:], strict=False)))
            last = words[-2:]
            breathe()
    return found


def is_held(words: Sequence[str], place: set[int]) -> bool:
    """Whether at least half of the triples of a passage's words are among these."""
    made = list(map(hash, zip(words, words[1:], words[2:], strict=False)))
    return bool(made) and 2 * sum(one in place for one in made) >= len(made)


def stands_as_written(lines: Sequence[str], thread: Thread, share: float, *, aside: bool) -> bool:
    """Whether no more than a share of a text's characters is in lines that do not stand in the thread as they are.

    With `aside`, what the thread sets aside counts. Takes a hundredth of the time of `find_loss`.
    """
    known = _known_lines(thread, aside=aside)
    stripped = [line.strip() for line in lines]
    rest = sum(len(line) for line in stripped if line not in known)
    return rest <= share * sum(map(len, stripped))


def _known_lines(thread: Thread, *, aside: bool) -> set[str]:
    texts = [*article_texts(thread.article), *thread.bodies, *([thread.aside] if aside else ())]
    return {line.strip() for text in texts for line in text.split("\n")}


def find_stray_lines(lines: Sequence[str], thread: Thread) -> list[str]:
    """The lines of a text with a word that stands nowhere in the thread, not even among what is set aside."""
    known = _known_lines(thread, aside=True)
    rest = [line for line in map(str.strip, lines) if line not in known]
    if not rest:
        return []
    article = thread.article
    facts = [article.byline, article.published_text, *thread.authors, *thread.published_text]
    texts = [*article_texts(article), *thread.bodies, thread.aside, *facts]
    words = {word for text in texts if text for word in split_words(text)}
    return [line for line in rest if not words.issuperset(split_words(line))]


def find_loss(passages: Sequence[str], thread: Thread, *, aside: bool) -> Loss:
    """The passages that stand nowhere in the thread; with `aside`, what it sets aside counts as held.

    What stands behind the last passage of a comment is the end of a page, and no loss, unless most comments are empty.
    """
    printed = repeated(passages)
    prose = {i: words for i, passage in enumerate(passages) if is_prose(words := split_words(passage))}
    prose = {
        i: words for i, words in prose.items() if template(passages[i]) not in printed and not is_address(passages[i])
    }
    comments = triples(thread.bodies)
    rest = triples([*article_texts(thread.article), *([thread.aside] if aside else ())])
    in_comments = [i for i, words in prose.items() if is_held(words, comments)]
    in_article = [i for i, words in prose.items() if is_held(words, rest)]
    end = len(passages) if is_mostly_empty(thread) else max(in_comments, default=-1)
    missing = sorted({i for i in prose if i < end} - {*in_comments, *in_article})
    return Loss(missing, in_article, in_comments, *(_words(prose, rows) for rows in (missing, in_comments, prose)))


def _words(prose: Mapping[int, Sequence[str]], rows: Iterable[int]) -> int:
    return sum(len(prose[row]) for row in rows)


def is_mostly_empty(thread: Thread) -> bool:
    """Whether most comments, not counting the deleted ones, have no text, or there is no comment at all."""
    kept = [body for body, deleted in zip(thread.bodies, thread.deleted, strict=True) if not deleted]
    return 2 * sum(not body.strip() for body in kept) >= len(kept)
