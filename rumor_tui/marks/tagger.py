"""Names in a text by a trained tagger: what is a name, where it starts and ends, and of which type it is.

A linear chain over the tokens of a paragraph: each token gets a score for beginning a name and for going on with one,
as the sum of the weights of its attributes (`features`), and the best sequence of labels is taken. Most tokens can
be part of no name wherever they stand; they are passed over, and only what lies between them is scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from rumor_tui.marks import features, tokens, weights
from rumor_tui.marks.features import EDGE, Word
from rumor_tui.marks.weights import SCALE, TYPE_SCALE, TYPES, Pair, Transitions, Type, Weights

KEPT = 30_000
"""Forms of tokens that are kept; past that the store is emptied."""

HOPELESS = 0 * SCALE
"""A token whose own score for beginning a name is below this at every place begins none.

This and the two below cost 0.2 points of F1 at most on the dev sets, and a quarter of the time is saved.
"""

LINKED = -4 * SCALE
"""A token whose own score for going on with a name is below this at every place stands within none."""

GAP = 4
"""So many tokens between two that may begin a name may belong to one name with them: "of the", ". F. "."""

STARTS, WRITINGS = "SOHN", "CHLN"
"""The letters of a place (see `features.place_of`)."""

UNSUMMED: tuple[int, ...] = ()
"""A pair that nobody has asked for yet."""

Places = dict[str, Pair]
"""What stands at each place -> what it adds."""

SURE = TYPE_SCALE * 3 // 4
"""By how much a type has to be likelier than the next one to be said."""


NO_OPENING: dict[str, Pair] = dict.fromkeys(STARTS, (0, 0))
"""What a form adds at each start of a place, for all the forms that add nothing."""


class Tagged(NamedTuple):
    """A name: `text[start:end]`, in characters, without white space at its edges and without a possessive ending.

    Where its type is not clear, it is "name".
    """

    start: int
    end: int
    type: Type


class Capital(NamedTuple):
    """A word with a capital, or a code such as F30: `text[start:end]`, whether it is part of a name.

    `opens` tells that it begins a sentence, or may begin one, so that its capital tells little.
    """

    start: int
    end: int
    tagged: bool
    opens: bool


class Entry:
    """A form with its scores, each a pair for B and for I.

    `placed` has the score of its own attributes at each place, filled as needed. `before` is what it adds to the
    token after it, `after` to the token before it; `far_before` and `far_after` to those one further. `maybe` tells
    that it can begin a name, `link` that it can go on with one.
    """

    __slots__ = (
        "_places",
        "_start",
        "after",
        "before",
        "far_after",
        "far_before",
        "link",
        "maybe",
        "own",
        "placed",
        "shape",
        "word",
    )

    def __init__(self, word: Word, model: Model) -> None:
        self.word = word
        self.shape = word.shape
        total = model.sum
        self.own = total("", features.own(word))
        self.before = self.after = self.far_before = self.far_after = UNSUMMED
        self.placed: dict[str, Pair] = {}
        opens = {start: total("", features.opening(word, start)) for start in STARTS}
        self._start = opens if any(map(any, opens.values())) else NO_OPENING
        self._places = model.places(word)
        begin, inside = map(max, zip(*self._start.values(), strict=True))
        best_begin, best_inside = model.best(word)
        self.maybe = word.shape in "lTUIMcd" and self.own[0] + begin + best_begin >= HOPELESS
        self.link = self.own[1] + inside + best_inside >= LINKED

    def at(self, place: str) -> Pair:
        """The score of its own attributes at a place."""
        pair = self.placed.get(place)
        if pair is None:
            begin, inside = self._places[place]
            more_begin, more_inside = self._start[place[0]]
            pair = self.placed[place] = (self.own[0] + begin + more_begin, self.own[1] + inside + more_inside)
        return pair

    def beside(self, side: str, model: Model) -> tuple[int, ...]:
        """Add up what it is to the token after it (-), before it (+), after that (<), before that (>)."""
        names = features.near(self.word) if side in "-+" else features.far(self.word)
        pair = model.sum(side, names)
        setattr(self, _SIDES[side], pair)
        return pair


_SIDES = {"-": "before", "+": "after", "<": "far_before", ">": "far_after"}


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
        self._sorts: dict[tuple[str, int, int, str], tuple[Places, Pair]] = {}
        self._kinds: dict[tuple[str, str, str], Pair] = {}
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

    def places(self, word: Word) -> Places:
        """The score of a form at each place, without what it has everywhere."""
        return self._sort(word)[0]

    def best(self, word: Word) -> Pair:
        """The highest scores of `places` for B and for I, which need not be at one place."""
        return self._sort(word)[1]

    def _sort(self, word: Word) -> tuple[Places, Pair]:
        key = features.sort_of(word)
        known = self._sorts.get(key)
        if known is None:
            names = [start + writing for start in STARTS for writing in WRITINGS]
            places = {place: self.sum("", features.placed(word, place)) for place in names}
            begins, insides = zip(*places.values(), strict=True)
            known = self._sorts[key] = places, (max(begins), max(insides))
        return known

    def joint(self, before: Word, word: Word, after: Word) -> Pair:
        """The score of a token for the tokens beside it, beyond what each of them adds alone."""
        key = before.kind, word.kind, after.kind
        known = self._kinds.get(key)
        if known is None:
            if len(self._kinds) > KEPT:
                self._kinds.clear()
            known = self._kinds[key] = self.sum("", features.kinds(*key))
        begin, inside = known
        get = self._pairs.get
        for name in features.joint(before, word, after):
            pair = get(name)
            if pair:
                begin += pair[0]
                inside += pair[1]
        return begin, inside


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that ships; reading it takes some hundredths of a second."""
    return Model(weights.load())


class Read(NamedTuple):
    """A unit: where it starts, its tokens, and its names as numbers of tokens: the first, and one past the last."""

    start: int
    found: list[str]
    entries: list[Entry]
    spans: list[tuple[int, int]]


def tag(text: str) -> list[Tagged]:
    """The names of a text, in order, never overlapping. What stands in one paragraph has no bearing on another."""
    using = model()
    out: list[Tagged] = []
    for unit in _read(text, using):
        if unit.spans:
            out += _tagged(text, unit, using)
    return out


def capitals(text: str) -> list[Capital]:
    """Every word of a text with a capital, and every code of letters and digits, tagged or not, in order."""
    using = model()
    out: list[Capital] = []
    for start, found, entries, spans in _read(text, using):
        named = {at for first, past in spans for at in range(first, past)}
        shapes, words = "".join([entry.shape for entry in entries]), [entry.word for entry in entries]
        end = start
        for number, (form, shape) in enumerate(zip(found, shapes, strict=True)):
            at = text.index(form, end)
            end = at + len(form)
            if shape in "TUIMc":
                opens = features.place_of(words, shapes, number)[0] != "N"
                out.append(Capital(at, end, number in named, opens))
    return out


def _read(text: str, using: Model) -> Iterator[Read]:
    """The units of a text."""
    forms, find = using.forms, tokens.pattern().findall
    for start, end in tokens.units(text):
        found = find(text, start, end)
        entries = [forms[form] for form in found]
        hopes = [at for at, entry in enumerate(entries) if entry.maybe]
        spans = _runs(using, entries, _linked(entries, hopes)) if hopes else []
        yield Read(start, found, entries, spans)
        if len(forms) > KEPT:
            forms.clear()


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
        far_before = entries[at - 2] if at > 1 else edge
        far_after = entries[at + 2] if at + 2 < count else edge
        one = entry.at(features.place_of(words, shapes, at))
        two = using.joint(before.word, entry.word, after.word)
        three = before.before or before.beside("-", using)
        four = after.after or after.beside("+", using)
        five = far_before.far_before or far_before.beside("<", using)
        six = far_after.far_after or far_after.beside(">", using)
        begin = one[0] + two[0] + three[0] + four[0] + five[0] + six[0]
        run.append((begin, one[1] + two[1] + three[1] + four[1] + five[1] + six[1]))
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


def _tagged(text: str, unit: Read, using: Model) -> list[Tagged]:
    """The names of a unit, as characters: each token is looked for after the one before."""
    out: list[Tagged] = []
    found, entries = unit.found, unit.entries
    at, number = unit.start, 0
    for first, past in unit.spans:
        while past > first + 1 and entries[past - 1].shape == "s":
            past -= 1
        begin = at
        while number < past:
            at = text.index(found[number], at)
            if number == first:
                begin = at
            at += len(found[number])
            number += 1
        out.append(Tagged(begin, at, _type(entries, first, past, using)))
    return out


def _type(entries: list[Entry], first: int, past: int, using: Model) -> Type:
    """The type of the name that is these tokens. A code of letters and digits in it makes it a product's."""
    before = entries[first - 1].word if first else EDGE
    after = entries[past].word if past < len(entries) else EDGE
    sums = [0] * len(TYPES)
    get = using.data.types.get
    for name in features.mention(before, [entry.word for entry in entries[first:past]], after):
        row = get(name)
        if row:
            sums = list(map(add, sums, row))
    best = max(sums)
    likely = TYPES[sums.index(best)]
    if likely != "person" and any(entry.shape == "c" for entry in entries[first:past]):
        return "product"
    return likely if best - sorted(sums)[-2] >= SURE else "name"
