"""The features of a token for the tagger: attributes that training weighs and whose weights the tagger sums up.

Every attribute is a short string. Those of a form are the same wherever it stands (`form_attributes`), depend on its
position in the sentence (`position_attributes`), or count for its neighbours (`neighbour_attributes`,
`distant_attributes`); `joint_attributes` combine a token with the two beside it. The score of a token is the sum of the
weights, so that all sums but those of joint attributes can be cached per form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_WORD_CHARS = 40
"""The longest form that counts as a word; longer ones are not looked at."""

_ABBREVIATIONS = "mr mrs ms dr prof st jr sr gen col capt lt sgt rev hon gov sen rep pres vs mt ft no"
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Words whose full stop ends no sentence."""


class WordInfo(NamedTuple):
    """What the word table knows of a word, all in small classes; `UNKNOWN_WORD` for a word that is not in it.

    `title` and `upper` are the shares of its capitalised and all-capital forms, `mixed` says that there are forms such
    as iPhone, `rank` is a frequency class, and `cluster` the path of its Brown cluster in bits from the root.
    """

    title: int
    upper: int
    mixed: int
    rank: int
    cluster: str


UNKNOWN_WORD = WordInfo(-1, -1, 0, -1, "")


@dataclass(slots=True, frozen=True)
class Word:
    """A form: `low` in lower case, its `shape` (one letter, see `shape_of`), its case class `kind`."""

    form: str
    low: str
    shape: str
    kind: str
    known: WordInfo


def shape_of(form: str) -> str:
    """The class of a form in one letter.

    l lower case, T a capital and then lower case, U capitals, I one capital, M mixed (iPhone), d digits, c digits and
    letters, f letters without case, X overlong, h an address, @ and # as they stand, s a clitic ('s), and for signs
    one of . , " ( ) - : & / and e for all others.
    """
    if len(form) > MAX_WORD_CHARS:
        return "h" if form[:4] in ("http", "www.") else "X"
    first = form[0]
    if first.isalpha():
        return _word_shape(form)
    if first.isdigit():
        return "c" if any(map(str.isalpha, form)) else "d"
    if len(form) > 1 and first in "'’@#" and form[1].isalnum():
        return first if first in "@#" else "s"
    return _SIGNS.get(first, "e")


_SIGNS = {
    **dict.fromkeys(".!?…", "."), **dict.fromkeys(",;", ","), **dict.fromkeys("\"“”„«»'‘’`", '"'),
    **dict.fromkeys("([{<", "("), **dict.fromkeys(")]}>", ")"), **dict.fromkeys("-–—", "-"), ":": ":", "&": "&",
    "/": "/", "*": "*", "#": "*",
}  # fmt: skip


def _word_shape(form: str) -> str:
    if form[:4] in ("http", "www.") and ("://" in form or form[3] == "."):
        return "h"
    if not form.isalpha() and any(map(str.isdigit, form)):
        return "c"
    if form.islower():
        return "l"
    if form.isupper():
        return "U" if len(form) > 1 else "I"
    if form[0].isupper() and form[1:].islower():
        return "T"
    return "f" if form.lower() == form.upper() else "M"


def describe_word(form: str, look_up: Callable[[str], WordInfo]) -> Word:
    """A form with what the word table knows of it."""
    shape = shape_of(form)
    if shape in "Xh":
        return Word("", shape, shape, shape, UNKNOWN_WORD)
    low = form.lower().replace("’", "'")
    if shape in "dc":
        low = "".join("0" if char.isdigit() else char for char in low)
    elif shape in "@#":
        low = shape
    elif low.endswith("'t"):
        low = "n't"
    known = look_up(low.replace(".", "") if shape == "U" else low)
    kind = shape
    if shape in "lTUM":
        kind += "?" if known is UNKNOWN_WORD else "0123456789"[known.title]
    return Word(form, low, shape, kind, known)


def long_shape(form: str) -> str:
    """The shape of a form with repeated letters collapsed: Xx, XxXx, Xd, x'x."""
    out = ""
    for char in form:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if kind != out[-1:]:
            out += kind
    return out[:8]


def form_attributes(word: Word) -> list[str]:
    """The attributes of a form that hold wherever it stands."""
    if not word.form:
        return ["k=" + word.kind]
    known, low, shape = word.known, word.low, word.shape
    out = ["k=" + word.kind, "w=" + low]
    if shape not in "lTUIMcf":
        return out
    out += ["l=" + long_shape(word.form), f"wk={low}|{shape}", f"n={shape}{min(len(low), 12)}"]
    if shape != "f":
        out += [f"s{size}={shape}{low[-size:]}" for size in (2, 3, 4) if len(low) > size]
        out += [f"p{size}={shape}{low[:size]}" for size in (2, 3, 4) if len(low) > size]
    if known is UNKNOWN_WORD:
        return out
    out += [
        f"u={word.kind}{known.upper}{known.mixed}",
        f"r={word.kind}{known.rank}",
        f"ur={shape}{known.upper}{known.rank}",
    ]
    path = known.cluster
    if path:
        out += [f"c={shape}{path}", f"C={path}", *(f"c{size}={shape}{path[:size]}" for size in (4, 6, 8))]
    return out


def position_attributes(word: Word, place: str) -> list[str]:
    """The attributes of a form at a position (see `position_of`), equal for all forms of one `position_class`."""
    out = [f"P={place}{word.kind}", f"Q={place[0]}{word.kind}", f"R={place[1]}{word.kind}"]
    known = word.known
    if word.shape in "lTUM":
        out.append(f"pr={place[0]}{word.kind}{known.rank}")
        out.append(f"pu={place}{word.shape}{known.upper}")
        if known.cluster:
            out.append(f"pc={place[0]}{word.shape}{known.cluster[:6]}")
    return out


def position_class(word: Word) -> tuple[str, int, int, str]:
    """What `position_attributes` depends on: forms of one class have the same attributes at every position."""
    return word.kind, word.known.rank, word.known.upper, word.known.cluster[:6]


def sentence_start_attributes(word: Word, start: str) -> list[str]:
    """The attributes of a form where a sentence begins or may begin; `start` is the first letter of the position."""
    return [f"pw={start}{word.shape}{word.low}"] if start != "N" and word.shape in "lTUM" else []


def neighbour_attributes(word: Word) -> list[str]:
    """The attributes that a form adds to the token beside it."""
    out = ["k=" + word.kind, "w=" + word.low]
    known = word.known
    if known.cluster:
        out += ["C=" + known.cluster, *(f"c{size}={known.cluster[:size]}" for size in (4, 6, 8))]
    if word.shape in "lTUM":
        out += [f"r={word.kind}{known.rank}", f"s3={word.low[-3:]}"]
    return out


def distant_attributes(word: Word) -> list[str]:
    """The attributes that a form adds to the token two places away."""
    out = ["k=" + word.kind, "w=" + word.low]
    if word.known.cluster:
        out.append(f"c6={word.known.cluster[:6]}")
    return out


def case_attributes(before: str, kind: str, after: str) -> list[str]:
    """The attributes of a token's case class combined with those of its neighbours."""
    return [f"a={before}|{kind}", f"b={kind}|{after}", f"d={before}|{kind}|{after}"]


def joint_attributes(before: Word, word: Word, after: Word) -> list[str]:
    """The attributes of a token combined with the words beside it."""
    kind, low = word.kind, word.low
    return [
        f"e={before.low}|{kind}",
        f"f={kind}|{after.low}",
        f"g={before.shape}|{low}",
        f"h={low}|{after.shape}",
    ]


EDGE_WORD = Word("", "^", "^", "^", UNKNOWN_WORD)
"""Stands before the first and after the last token of a unit."""


def position_of(words: list[Word], shapes: str, at: int) -> str:
    """The position of a token in its sentence and the case of the text around it, in one letter each.

    First: S at the start of a sentence, O after a sign that may open one (a quotation mark, a colon, a dash), H after
    a handle, N elsewhere. Then: C among capitals, H in a headline, L where nothing has a capital, N elsewhere.
    `shapes` are the shapes of all tokens of the unit.
    """
    if at == 0:
        start = "S"
    else:
        before = words[at - 1]
        if before.shape == ".":
            start = "N" if before.low == "." and at > 1 and _abbreviated(words[at - 2]) else "S"
        elif before.shape in '"(-:*)':
            start = "O"
        else:
            start = "H" if before.shape in "@#h" else "N"
    return start + _writing(shapes[max(0, at - 6) : at], shapes[at + 1 : at + 7])


def _abbreviated(word: Word) -> bool:
    return word.shape == "I" or (word.low in ABBREVIATIONS and word.shape == "T")


def _writing(before: str, after: str) -> str:
    around = before + after
    lower, upper, title = around.count("l"), around.count("U"), around.count("T") + around.count("M")
    if upper > 2 and upper > 2 * (lower + title):
        return "C"
    if title > 2 and title >= 2 * lower:
        return "H"
    return "L" if lower > 3 and not upper and not title else "N"


def name_attributes(before: Word, words: Sequence[Word], after: Word) -> list[str]:
    """The attributes of a name as a whole, which decide its type: its words and the token on either side."""
    first, last = words[0], words[-1]
    out = [
        "bias",
        f"n={min(len(words), 4)}",
        "all=" + " ".join(word.low for word in words[:4]),
        "kinds=" + "".join(word.kind for word in words[:4]),
        f"-w={before.low}",
        f"+w={after.low}",
        f"-k={before.kind}",
        f"+k={after.kind}",
    ]
    for side, word in (("f", first), ("l", last)):
        out += [f"{side}w={word.low}", f"{side}s={word.low[-3:]}", f"{side}k={word.kind}{word.known.rank}"]
        path = word.known.cluster
        if path:
            out += [f"{side}c{size}={path[:size]}" for size in (4, 6, 8, 12)]
    for side, word in (("-", before), ("+", after)):
        if word.known.cluster:
            out += [f"{side}c{size}={word.known.cluster[:size]}" for size in (6, 12)]
    out += ["w=" + word.low for word in words[:6]]
    return out


def token_attributes(words: list[Word]) -> list[list[str]]:
    """The attributes of each token of a unit, for training; the tagger sums up the weights of the same ones."""
    shapes = "".join([word.shape for word in words])
    padded = [EDGE_WORD, EDGE_WORD, *words, EDGE_WORD, EDGE_WORD]
    out = []
    for at, word in enumerate(words):
        two_before, before, _, after, two_after = padded[at : at + 5]
        place = position_of(words, shapes, at)
        out.append(
            form_attributes(word)
            + position_attributes(word, place)
            + sentence_start_attributes(word, place[0])
            + ["-" + each for each in neighbour_attributes(before)]
            + ["+" + each for each in neighbour_attributes(after)]
            + ["<" + each for each in distant_attributes(two_before)]
            + [">" + each for each in distant_attributes(two_after)]
            + case_attributes(before.kind, word.kind, after.kind)
            + joint_attributes(before, word, after)
        )
    return out
