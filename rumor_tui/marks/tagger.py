"""Names in a text by a trained tagger: what is a name, where it starts and ends, and of which type it is.

A linear chain over the tokens of a paragraph: each token gets a score for beginning a name and for going on with one,
as the sum of the weights of its attributes (`features`), and the best sequence of labels is taken. Most tokens can
be part of no name wherever they stand; they are passed over, and only what lies between them is scored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rumor_tui.marks import features, tokens, weights
from rumor_tui.marks.features import EDGE, Word
from rumor_tui.marks.weights import SCALE, Pair, Transitions, Weights

Type = Literal["person", "organisation", "product", "place", "name"]
Label = Literal[0, 1, 2]

KEPT = 60_000
"""Forms of tokens that are kept; past that the store is emptied."""

JOINTS = 60_000
"""Pairs of forms that are kept."""

HOPELESS = -1 * SCALE
"""A token whose own score for beginning a name is below this at any place begins none."""

LINKED = -3 * SCALE
"""A token whose own score for going on with a name is below this at any place stands within none."""

GAP = 3
"""So many tokens between two that may begin a name may belong to one name with them: "of the", ". F. "."""

PLACES = [start + writing for start in "SOHN" for writing in "CHLN"]

NONE: Pair = (0, 0)


class Tagged(NamedTuple):
    """A name: `text[start:end]`, in characters, without white space at its edges and without a possessive ending."""

    start: int
    end: int
    type: Type


class Entry:
    """A form with its scores, each a pair for B and for I.

    `placed` has the score of its own attributes at each place, filled as needed. `before` is what it adds to the
    token after it, `after` to the token before it; `far_before` and `far_after` to those one further. `maybe` tells
    that it can begin a name, `link` that it can go on with one.
    """

    __slots__ = ("after", "before", "far_after", "far_before", "link", "maybe", "own", "placed", "shape", "word")

    def __init__(self, word: Word, model: Model) -> None:
        self.word = word
        self.shape = word.shape
        add = model.sum
        self.own = add("", features.own(word))
        near, far = features.near(word), features.far(word)
        self.before, self.after = add("-", near), add("+", near)
        self.far_before, self.far_after = add("<", far), add(">", far)
        self.placed: dict[str, Pair] = {}
        most = [model.placed(word, place) for place in PLACES]
        self.maybe = word.shape in "lTUIMcd" and self.own[0] + max(begin for begin, _ in most) >= HOPELESS
        self.link = self.own[1] + max(inside for _, inside in most) >= LINKED

    def at(self, place: str, model: Model) -> Pair:
        """The score of its own attributes at a place."""
        pair = self.placed.get(place)
        if pair is None:
            begin, inside = model.placed(self.word, place)
            pair = self.placed[place] = (self.own[0] + begin, self.own[1] + inside)
        return pair


class Forms(dict[str, Entry]):
    """Form -> entry, made when first asked for. Overlong forms share one entry and are not kept."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model
        self._long = Entry(features.describe("x" * 99, model.data.known), model)

    def __missing__(self, form: str) -> Entry:
        if len(form) > features.LONGEST and features.shape_of(form) == "X":
            return self._long
        entry = Entry(features.describe(form, self._model.data.known), self._model)
        if len(form) <= features.LONGEST:
            self[form] = entry
        return entry


class Model:
    """The weights, and what has been added up from them."""

    def __init__(self, data: Weights) -> None:
        self.data = data
        self._pairs = data.pairs
        self._places: dict[tuple[str, str, int, int, str], Pair] = {}
        self._joints: dict[tuple[str, str, str], Pair] = {}
        self.forms = Forms(self)
        self.edge = Entry(EDGE, self)

    def sum(self, prefix: str, names: Sequence[str]) -> Pair:
        """The weights of some attributes, added up."""
        get = self._pairs.get
        begin = inside = 0
        for name in names:
            pair = get(prefix + name)
            if pair:
                begin += pair[0]
                inside += pair[1]
        return begin, inside

    def placed(self, word: Word, place: str) -> Pair:
        """The score of a form at a place, without what it has everywhere."""
        return self.sum("", features.placed(word, place))

    def joint(self, before: Word, word: Word, after: Word) -> Pair:
        """The score of a token for the tokens beside it, beyond what each of them adds alone."""
        return self.sum("", features.joint(before, word, after))


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that ships; reading it takes some hundredths of a second."""
    return Model(weights.load())


def tag(text: str) -> list[Tagged]:
    """The names of a text, in order, never overlapping. What stands in one paragraph has no bearing on another."""
    using = model()
    forms, find = using.forms, tokens.pattern().findall
    out: list[Tagged] = []
    for start, end in tokens.units(text):
        found = find(text, start, end)
        entries = [forms[form] for form in found]
        hopes = [at for at, entry in enumerate(entries) if entry.maybe]
        if hopes:
            hopes = _linked(entries, hopes)
            spans = _runs(using, entries, hopes)
            if spans:
                _add(out, text, start, found, spans)
        if len(forms) > KEPT:
            forms.clear()
    return out


def _linked(entries: list[Entry], hopes: list[int]) -> list[int]:
    """The tokens that may begin a name, with those after each of them that may go on with it."""
    out: list[int] = []
    last = len(entries) - 1
    for number, at in enumerate(hopes):
        out.append(at)
        following = hopes[number + 1] if number < len(hopes) - 1 else last + 1
        for other in range(at + 1, min(following, at + 1 + GAP)):
            if not entries[other].link:
                break
            out.append(other)
    return out


def _runs(using: Model, entries: list[Entry], hopes: list[int]) -> list[tuple[int, int]]:
    """The names of a unit as numbers of tokens: first, and one past the last."""
    words = [entry.word for entry in entries]
    shapes = "".join([entry.shape for entry in entries])
    spans: list[tuple[int, int]] = []
    last = len(hopes) - 1
    run: list[Pair] = []
    edge, count = using.edge, len(entries)
    for number, at in enumerate(hopes):
        entry = entries[at]
        before = entries[at - 1] if at else edge
        after = entries[at + 1] if at + 1 < count else edge
        far_before = entries[at - 2].far_before if at > 1 else edge.far_before
        far_after = entries[at + 2].far_after if at + 2 < count else edge.far_after
        one = entry.at(features.place_of(words, shapes, at), using)
        two = using.joint(before.word, entry.word, after.word)
        run.append(
            (
                one[0] + two[0] + before.before[0] + after.after[0] + far_before[0] + far_after[0],
                one[1] + two[1] + before.before[1] + after.after[1] + far_before[1] + far_after[1],
            )
        )
        if number == last or hopes[number + 1] != at + 1:
            first = at + 1 - len(run)
            spans += [
                (first + a, first + b)
                for a, b in decode(run, using.data.transitions, opens=not first, closes=at + 1 == count)
            ]
            run = []
    return spans


def decode(scores: Sequence[Pair], moves: Transitions, *, opens: bool, closes: bool) -> list[tuple[int, int]]:
    """The names in a run of tokens: first token, and one past the last.

    The run stands between tokens outside names, unless it `opens` or `closes` its unit.
    """
    start, ob, bo, bb, bi, io, ib, ii = moves
    from_outside = start if opens else ob
    low = -1_000_000
    out, begin, inside = 0, low, low
    steps: list[tuple[int, int, int]] = []
    for for_begin, for_inside in scores:
        to_out, from_out = out, 0
        if begin + bo > to_out:
            to_out, from_out = begin + bo, 1
        if inside + io > to_out:
            to_out, from_out = inside + io, 2
        to_begin, from_begin = out + from_outside, 0
        if begin + bb > to_begin:
            to_begin, from_begin = begin + bb, 1
        if inside + ib > to_begin:
            to_begin, from_begin = inside + ib, 2
        to_inside, from_inside = (begin + bi, 1) if begin + bi >= inside + ii else (inside + ii, 2)
        steps.append((from_out, from_begin, from_inside))
        out, begin, inside = to_out, to_begin + for_begin, to_inside + for_inside
        from_outside = ob
    ends = (out, begin, inside) if closes else (out, begin + bo, inside + io)
    return _spans(steps, ends.index(max(ends)))


def _spans(steps: list[tuple[int, int, int]], label: int) -> list[tuple[int, int]]:
    """The names on the best way back from the last token, which has this label."""
    spans: list[tuple[int, int]] = []
    end = 0
    for at in range(len(steps) - 1, -1, -1):
        if label and not end:
            end = at + 1
        if label == 1:
            spans.append((at, end))
            end = 0
        label = steps[at][label]
    return spans[::-1]


def _add(out: list[Tagged], text: str, start: int, found: list[str], spans: list[tuple[int, int]]) -> None:
    """The names of a unit, as characters: each token is looked for after the one before."""
    at, number = start, 0
    for first, past in spans:
        begin = at
        while number < past:
            at = text.index(found[number], at)
            if number == first:
                begin = at
            at += len(found[number])
            number += 1
        out.append(Tagged(begin, at, "name"))
