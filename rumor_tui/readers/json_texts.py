"""Which texts of a JSON document a thread does not hold, though they stand where its comments have theirs.

A document has much that is no comment: titles, profiles, descriptions of pictures. So a string counts only if its
field is called as one in which bodies of the thread's comments stand; then a reply in a wrapper that no reader
understands is seen, whatever the wrapper is called.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.model import Thread
from rumor_tui.readers.accounting import article_texts, split_words

MIN_TEXT_WORDS = 3
"""Words of a string below which it is not compared: many comments say "thanks"."""

MIN_BODY_SHARE = 0.2
"""The share of a field's strings that are bodies of comments, if it is the field of bodies."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many texts the thread does not hold, by the dotted path of their field, and how many it could hold."""

    paths: Counter[str] = field(default_factory=Counter)
    total: int = 0

    @property
    def held(self) -> int:
        """How many texts the thread holds."""
        return self.total - self.count

    @property
    def count(self) -> int:
        """How many texts are left out."""
        return self.paths.total()

    @property
    def share(self) -> float:
        """The share of the texts that are left out."""
        return self.count / max(self.total, 1)


def iter_strings(top: Any) -> Iterator[tuple[str, str]]:
    """Every string of a document with the dotted path of its field, in the order of the document. No recursion."""
    from rumor_tui.readers.api.document import decode_fully

    waiting = [("", top)]
    while waiting:
        path, value = waiting.pop()
        value = decode_fully(value)
        if isinstance(value, dict):
            waiting.extend((f"{path}.{key}" if path else key, item) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((path, item) for item in reversed(value))
        elif isinstance(value, str):
            yield path, value


def field_name(path: str) -> str:
    """The name of the field at the end of a path."""
    return path.rpartition(".")[2]


def find_left_out(top: Any, thread: Thread) -> LeftOut:
    """The texts in fields of bodies that stand neither in a comment nor in the article. Linear.

    `top` is the document's outermost value. A text that stands in the document several times counts once.
    """
    fields: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for path, text in iter_strings(top):
        words = tuple(split_words(text))
        if len(words) >= MIN_TEXT_WORDS and " " in text.strip():
            fields[field_name(path)].setdefault(words, path)
    bodies = [split_words(body) for body in thread.bodies]
    held, begun = {tuple(body) for body in bodies}, _beginnings(bodies)
    rest = _beginnings([split_words(text) for text in article_texts(thread.article)])
    left_out: Counter[str] = Counter()
    total = 0
    for texts in fields.values():
        missing = {words: path for words, path in texts.items() if words not in held and not _stands(words, begun)}
        if len(texts) - len(missing) >= max(1.0, MIN_BODY_SHARE * len(texts)):
            total += len(texts)
            left_out.update(path for words, path in missing.items() if not _stands(words, rest))
    return LeftOut(left_out, total)


def _beginnings(texts: Sequence[Sequence[str]]) -> frozenset[int]:
    """The hashes of the triples of words in the texts."""
    return frozenset(hash(triple) for text in texts for triple in zip(text, text[1:], text[2:], strict=False))


def _stands(words: Sequence[str], triples: frozenset[int]) -> bool:
    """Whether at least half of the triples of a text are among these."""
    made = [hash(triple) for triple in zip(words, words[1:], words[2:], strict=False)]
    return 2 * sum(one in triples for one in made) >= len(made)


def describe_left_out(left_out: LeftOut) -> str:
    """A sentence on the texts that are left out; an empty string where there are none."""
    from rumor_tui.text import neutralise_line

    if not left_out.count:
        return ""
    shown = [f"{neutralise_line(path)[:60]} ({count:,})" for path, count in left_out.paths.most_common(3)]
    more = ", …" if len(left_out.paths) > len(shown) else ""
    texts = "text of the source stands" if left_out.count == 1 else "texts of the source stand"
    return f"{left_out.count:,} {texts} in no comment, since the form is unknown: {', '.join(shown)}{more}."
