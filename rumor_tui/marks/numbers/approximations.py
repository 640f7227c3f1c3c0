"""What says that a figure is not exact: "around 100", "~600", "600 or so", "600ish"."""

from __future__ import annotations

from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import text_after, words_before

_COMPARED = frozenset(("money", "percent", "range", "quantity", "number", "year"))

_BEFORE = frozenset(
    (
        "around", "about", "approximately", "approx", "approx.", "roughly", "nearly", "almost", "circa", "ca.", "c.",
        "some", "near", "rund", "etwa", "ca", "ungefähr", "circa", "environ", "casi", "unos",
        "unas", "fast", "knapp",
        "approaching", "approximates", "estimated", "practically", "virtually", "abt", "approximate",
    )
)  # fmt: skip
"""Words right before a figure that make it an estimate."""

_TALK = frozenset(
    (
        "what", "how", "think", "talk", "talking", "thinking", "care", "know", "something", "anything", "nothing",
        "heard",
        "worry", "worried", "tell", "told", "say", "said", "wrong", "complain", "ask", "asked", "read", "learn",
        "worrying",
        "turn", "turned", "look", "looking", "walk", "all", "get", "move", "wrap", "wrapped", "get",
        "got", "summary", "story", "article", "post", "book", "movie", "film", "joke", "quote", "thread", "discussion",
        "question", "comment", "comments", "posts", "stories", "video", "news",
    )
)  # fmt: skip
"""Words that take away from a following "about" or "around" that it estimates."""

_PHRASES = {
    "to": ("close", "closer", "near"),
    "of": ("order", "region", "ballpark", "neighborhood", "neighbourhood", "vicinity", "couple"),
    "like": (
        "something",
        "more",
        "somewhere",
        "for",
        "in",
        "the",
        "is",
        "it's",
        "was",
        "at",
        "only",
        "just",
        "took",
        "takes",
        "cost",
        "costs",
        "after",
        "than",
        "maybe",
        "of",
    ),
    "de": ("alrededor", "cerca", "près"),
}
"""Last words of phrases that estimate, with the word that stands before them (but for "the")."""

_AFTER = (
    " or so",
    "-ish",
    " ish",
    " odd",
    "-odd",
    "-something",
    " give or take",
    ", give or take",
    " or thereabouts",
    "-some",
)
"""What stands right after an estimate."""

_SIGNS = "~≈∼"


def flag_approximation(text: str, figure: Quantity) -> Quantity:
    """The figure, marked as an estimate if the words around it say so."""
    if figure.type not in _COMPARED or not figure.low:
        return figure
    start, end = figure.start, figure.end
    if start and (_is_hedged(text, start) or text[start - 1] in _SIGNS):
        return figure._replace(about=True)
    if text[end : end + 1] in _OPENS and end < len(text):
        found = next((phrase for phrase in _AFTER if text_after(text, end).startswith(phrase)), "")
        if found and not text[end + len(found) : end + len(found) + 1].isalnum():
            return figure._replace(about=True)
    return figure


_OPENS = frozenset((" ", "-", ","))


def _is_hedged(text: str, start: int) -> bool:
    """Whether the words before a figure make it an estimate."""
    if text[start - 1] not in " \u00a0~":
        return False
    words = words_before(text, start, 3)
    if not words:
        return False
    last = words[-1]
    if last in ("a", "the", "just", "only") and len(words) > 1:
        words.pop()
        last = words[-1]
    if last in ("some", "fast") and "-" in text[start : start + 12]:
        return False
    if last in _BEFORE:
        return last not in ("about", "around") or len(words) < 2 or words[-2] not in _TALK
    if last in _PHRASES and len(words) > 1:
        return words[-2] in _PHRASES[last]
    return last in ("~", "≈", "±")
