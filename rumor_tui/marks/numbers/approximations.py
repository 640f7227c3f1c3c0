"""Whether the text says that a figure is not exact: "around 100", "~600", "600 or so", "600ish"."""

from __future__ import annotations

from typing import Final

from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.numbers.quantity import Quantity
from rumor_tui.marks.scanning import text_after, words_before

_COMPARED: Final = frozenset(("money", "percent", "range", "quantity", "number", "year"))

_BEFORE: Final = frozenset(
    split_words("""
        around about approximately approx approx. roughly nearly almost circa ca. c. some near rund etwa ca ungefähr
        environ casi unos unas fast knapp approaching approximates estimated practically virtually abt approximate
        """)
)
"""Words right before a figure that make it an estimate."""

_TOPIC_WORDS: Final = frozenset(
    split_words("""
        what how think talk talking thinking care know something anything nothing heard worry worried tell told say
        said wrong complain ask asked read learn worrying turn turned look looking walk all get move wrap wrapped got
        summary story article post book movie film joke quote thread discussion question comment comments posts stories
        video news
        """)
)
"""Words after which "about" and "around" do not mean an estimate."""

_PHRASES: Final = {
    "to": frozenset(("close", "closer", "near")),
    "of": frozenset(split_words("order region ballpark neighborhood neighbourhood vicinity couple")),
    "like": frozenset(
        split_words(
            "something more somewhere for in the is it's was at only just took takes cost costs after than maybe of"
        )
    ),
    "de": frozenset(("alrededor", "cerca", "près")),
}
"""Maps the last word of a phrase that makes an estimate to the words before it ("close to")."""

_AFTER: Final = (
    *(" or so", "-ish", " ish", " odd", "-odd", "-something", " give or take", ", give or take", " or thereabouts"),
    "-some",
)
"""What stands right after an estimate."""

_SIGNS: Final = "~≈∼"


def flag_approximation(text: str, quantity: Quantity) -> Quantity:
    """The quantity, marked as an estimate if the words around it say so."""
    if quantity.type not in _COMPARED or not quantity.low:
        return quantity
    is_estimate = _is_hedged(text, quantity.start) or _has_vague_ending(text, quantity.end)
    return quantity._replace(about=True) if is_estimate else quantity


def _has_vague_ending(text: str, end: int) -> bool:
    """Whether what follows a figure makes it an estimate: "600 or so"."""
    if text[end : end + 1] not in (" ", "-", ","):
        return False
    phrase = next((phrase for phrase in _AFTER if text_after(text, end).startswith(phrase)), "")
    return bool(phrase) and not text[end + len(phrase) : end + len(phrase) + 1].isalnum()


def _is_hedged(text: str, start: int) -> bool:
    """Whether what stands before a figure makes it an estimate."""
    if not start or text[start - 1] in _SIGNS:
        return start > 0
    words = words_before(text, start, 3) if text[start - 1] in " \u00a0" else []
    if len(words) > 1 and words[-1] in ("a", "the", "just", "only"):
        words.pop()
    if not words:
        return False
    earlier, last = ["", *words][-2:]
    if last in ("some", "fast") and "-" in text[start : start + 12]:
        return False
    if last in _BEFORE:
        return last not in ("about", "around") or earlier not in _TOPIC_WORDS
    return earlier in _PHRASES.get(last, ()) or last in ("~", "≈", "±")
