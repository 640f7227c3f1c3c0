"""Raised and lowered text (`<sup>`, `<sub>`) as plain text that cannot be mistaken for what it stands beside.

Digits and signs have characters of their own, so 2<sup>30</sup> becomes 2³⁰, which neither reads nor is found as 230.
Other short text beside a letter or a digit is written as people type it: x^T, x^(a/b), V_max. Ordinals and
abbreviations (5th, 1er, Mme), marks of footnotes ("[1]", "*") and whole phrases set small stay as they are.
"""

from __future__ import annotations

from typing import Final

TAGS: Final = frozenset({"sup", "sub"})

_SIGNS: Final = {ord(char): "-" for char in "−–"}
_RAISED: Final = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ") | dict.fromkeys(_SIGNS, "⁻")
_LOWERED: Final = str.maketrans("0123456789+-=()ni", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ") | dict.fromkeys(_SIGNS, "₋")
"""What Unicode has raised and lowered, and most fonts too: there are more letters, but few fonts draw them."""
_CHARACTERS: Final = frozenset(map(chr, _RAISED)) | {",", " "}
"""With what stands between the marks of two footnotes."""
_NAMED: Final = {"TM": "™", "SM": "℠", "o": "º", "a": "ª"}
_LONGEST: Final = 24
"""Characters of raised or lowered text that may belong to what stands before it; longer text is only set small."""
_LONGEST_ALONE: Final = 4
"""The same for figures that stand beside nothing: the mark before a footnote, the halves of ½."""


def script_text(tag: str, text: str, before: str) -> str:
    """The text of a `sup` or `sub` element as plain text; `before` is the character before it, or an empty string."""
    inner = text.strip()
    beside = before.isalnum() or (before != "" and before in ")]}′’'")
    if not inner or len(inner) > (_LONGEST if beside else _LONGEST_ALONE):
        return text
    if _CHARACTERS.issuperset(inner):
        return text.translate(_RAISED if tag == "sup" else _LOWERED)
    if not beside or any(map(str.isspace, text)) or not _is_expression(inner):
        return text
    if tag == "sup" and _is_ending(inner, before):
        return _NAMED.get(inner, inner)
    sign = "^" if tag == "sup" else "_"
    bare = inner[0] == "(" or inner.replace(".", "").isalnum()
    return sign + (inner if bare else f"({inner})")


def _is_expression(inner: str) -> bool:
    """Whether a text is no mark of a footnote: it begins with a letter, a digit or a sign, or has some in brackets."""
    return inner[0].isalnum() or inner[0] in "+-−–." or (inner[0] == "(" and any(sign in inner for sign in "+-−*/^="))


def _is_ending(inner: str, before: str) -> bool:
    """Whether a raised text ends an ordinal or an abbreviation (5th, XXe, Mme, Nº), or a name (™)."""
    if inner in ("TM", "SM"):
        return True
    if not inner.islower() or not inner.isalpha():
        return False
    if len(inner) > 1 or inner in "aeo":
        return before.isdigit() or before.isupper()
    return inner == "r" and before.isupper()
