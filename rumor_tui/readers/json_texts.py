"""Which texts of a JSON document a thread does not hold, though they stand where its comments have theirs.

A document has much that is no comment: titles, profiles, descriptions of pictures. So a string counts only if its
field is called as one in which bodies of the thread's comments stand, and if no other string of the same object is
held; then a reply in a wrapper that no reader understands is seen, whatever the wrapper is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rumor_tui.model import Thread
from rumor_tui.readers.accounting import article_texts, is_held, split_words, triples

MIN_TEXT_WORDS = 3
"""Words of a string below which it is not compared: many comments say "thanks"."""

MIN_BODY_SHARE = 0.2
"""The share of all bodies of comments that stand in a field, if it is theirs."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many texts the thread does not hold, by the dotted path of their field.

    `words` are the words of these, `held` is how many texts in the same fields the thread does hold.
    """

    paths: Counter[str] = field(default_factory=Counter)
    words: int = 0
    held: int = 0

    @property
    def count(self) -> int:
        """How many texts are left out."""
        return self.paths.total()

    @property
    def share(self) -> float:
        """The share of the texts that are left out."""
        return self.count / max(self.count + self.held, 1)


class _Text(NamedTuple):
    """A string that may be a text: the number of its object, its path, and the string."""

    owner: int
    path: str
    text: str

    @property
    def field(self) -> str:
        """The name of the field that it stands in."""
        return self.path.rpartition(".")[2]


def _iter_texts(top: Any) -> Iterator[_Text]:
    """The strings of a document, in its order. No recursion."""
    from rumor_tui.readers.api.document import decode_fully

    waiting = [(0, "", top)]
    objects = 0
    while waiting:
        owner, path, value = waiting.pop()
        if not isinstance(value, (dict, list, str)):
            value = decode_fully(value)
        if isinstance(value, str):
            yield _Text(owner, path, value)
        elif isinstance(value, dict):
            objects += 1
            under = f"{path}." if path else ""
            waiting += [(objects, under + key, item) for key, item in reversed(value.items()) if _may_hold_text(item)]
        elif isinstance(value, list):
            waiting += [(owner, path, item) for item in reversed(value) if _may_hold_text(item)]


def _may_hold_text(value: Any) -> bool:
    """Whether a value is a string that says something, a container, or not decoded yet."""
    return bool(value) and not isinstance(value, (int, float))


def find_left_out(top: Any, thread: Thread) -> LeftOut:
    """The texts in fields of bodies that stand neither in a comment nor in the article. Linear.

    `top` is the document's outermost value. A text that stands in the document several times counts once. Mostly the
    bodies are strings of the document as they are, and then no text is split into words.
    """
    texts = list({text.text: text for text in _iter_texts(top)}.values())
    bodies = {body for body in thread.bodies if body}
    held = {text for text in texts if text.text in bodies}
    if 2 * len(held) < len(bodies):
        held = _find_word_by_word(texts, bodies)
    fields = _body_fields(held, len(bodies))
    owners = {text.owner for text in held}
    missing = [text for text in texts if text.field in fields and text.owner not in owners and " " in text.text]
    if missing:
        missing = _not_held(missing, thread)
    words = [len(split_words(text.text)) for text in missing]
    return LeftOut(Counter(text.path for text in missing), sum(words), len(held))


def _find_word_by_word(texts: Iterable[_Text], bodies: Iterable[str]) -> set[_Text]:
    """The texts that have the same words as a body, whatever the markup is."""
    known = {tuple(split_words(body)) for body in bodies}
    return {text for text in texts if " " in text.text and tuple(split_words(text.text)) in known}


def _not_held(texts: Iterable[_Text], thread: Thread) -> list[_Text]:
    """The texts that do not stand in the thread in other words or in pieces; those with too few words do not count."""
    known = triples([*thread.bodies, *article_texts(thread.article), thread.aside])
    split = {text: split_words(text.text) for text in texts}
    rest = [text for text, words in split.items() if len(words) >= MIN_TEXT_WORDS and not is_held(words, known)]
    owners = {text.owner for text in split} - {text.owner for text in rest}
    return [text for text in rest if text.owner not in owners]


def _body_fields(held: Iterable[_Text], bodies: int) -> frozenset[str]:
    """The names of the fields in which bodies of comments stand, of which there are so many in all."""
    bodies_in = Counter(text.field for text in held)
    return frozenset(name for name, count in bodies_in.items() if count >= MIN_BODY_SHARE * bodies)


def describe_left_out(left_out: LeftOut) -> str:
    """A sentence on the texts that are left out; an empty string where there are none."""
    if not left_out.count:
        return ""
    stand = "text of the source stands" if left_out.count == 1 else "texts of the source stand"
    fields = _describe_fields(left_out.paths.most_common(3))
    more = ", …" if len(left_out.paths) > 3 else ""
    return f"{left_out.count:,} {stand} in no comment, since their form is unknown: {fields}{more}."


def _describe_fields(paths: Sequence[tuple[str, int]]) -> str:
    from rumor_tui.text import neutralise_line

    return ", ".join(f"{neutralise_line(path)[:60]} ({count:,})" for path, count in paths)
