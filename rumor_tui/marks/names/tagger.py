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

from rumor_tui.marks import weights
from rumor_tui.marks.names import features, tokens
from rumor_tui.marks.names.features import EDGE_WORD, Word
from rumor_tui.marks.weights import NAME_TYPES, SCALE, TYPE_SCALE, LabelScores, NameType, Transitions, Weights

MAX_CACHED = 30_000
"""Forms of tokens that are kept; past that the store is emptied."""

RECALL_BIAS = SCALE // 2
"""What each beginning of a name is worth beyond its weights: a reader misses a name more than they mind one too many.
On the development sets it trades 2 to 5 points of precision for 2 to 3 of recall."""

MIN_BEGIN_SCORE = 0 * SCALE
"""A token whose own score for beginning a name is below this at every place begins none.

This and the two below cost 0.2 points of F1 at most on the dev sets, and a quarter of the time is saved.
"""

MIN_INSIDE_SCORE = -4 * SCALE
"""A token whose own score for going on with a name is below this at every place stands within none."""

MAX_GAP = 4
"""So many tokens between two that may begin a name may belong to one name with them: "of the", ". F. "."""

STARTS, WRITINGS = "SOHN", "CHLN"
"""The letters of a place (see `features.place_of`)."""

NOT_SUMMED: tuple[int, ...] = ()
"""A pair that nobody has asked for yet."""

PositionScores = dict[str, LabelScores]
"""What stands at each place -> what it adds."""

TYPE_MARGIN = TYPE_SCALE * 3 // 4
"""By how much a type has to be likelier than the next one to be said."""


NO_START_SCORES: dict[str, LabelScores] = dict.fromkeys(STARTS, (0, 0))
"""What a form adds at each start of a place, for all the forms that add nothing."""


class TaggedName(NamedTuple):
    """A name: `text[start:end]`, in characters, without white space at its edges and without a possessive ending.

    Where its type is not clear, it is "name".
    """

    start: int
    end: int
    type: NameType


class Capital(NamedTuple):
    """A word with a capital, or a code such as F30: `text[start:end]`, whether it is part of a name.

    `opens` tells that it begins a sentence, or may begin one, so that its capital tells little.
    """

    start: int
    end: int
    tagged: bool
    opens: bool


class ScoredForm:
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

    def __init__(self, word: Word, model: TaggerModel) -> None:
        self.word = word
        self.shape = word.shape
        total = model.sum
        self.own = total("", features.form_attributes(word))
        self.before = self.after = self.far_before = self.far_after = NOT_SUMMED
        self.placed: dict[str, LabelScores] = {}
        opens = {start: total("", features.sentence_start_attributes(word, start)) for start in STARTS}
        self._start = opens if any(map(any, opens.values())) else NO_START_SCORES
        self._places = model.places(word)
        begin, inside = map(max, zip(*self._start.values(), strict=True))
        best_begin, best_inside = model.best(word)
        self.maybe = word.shape in "lTUIMcd" and self.own[0] + begin + best_begin >= MIN_BEGIN_SCORE
        self.link = self.own[1] + inside + best_inside >= MIN_INSIDE_SCORE

    def at(self, place: str) -> LabelScores:
        """The score of its own attributes at a place."""
        pair = self.placed.get(place)
        if pair is None:
            begin, inside = self._places[place]
            more_begin, more_inside = self._start[place[0]]
            pair = self.placed[place] = (self.own[0] + begin + more_begin, self.own[1] + inside + more_inside)
        return pair

    def beside(self, side: str, model: TaggerModel) -> tuple[int, ...]:
        """Add up what it is to the token after it (-), before it (+), after that (<), before that (>)."""
        names = features.neighbour_attributes(self.word) if side in "-+" else features.distant_attributes(self.word)
        pair = model.sum(side, names)
        setattr(self, _SIDES[side], pair)
        return pair


_SIDES = {"-": "before", "+": "after", "<": "far_before", ">": "far_after"}


class ScoredForms(dict[str, ScoredForm]):
    """Form -> entry, made when first asked for. Overlong forms share one entry and are not kept."""

    def __init__(self, model: TaggerModel) -> None:
        super().__init__()
        self._model = model
        self._long = ScoredForm(features.describe_word("x" * 99, model.data.known), model)

    def __missing__(self, form: str) -> ScoredForm:
        if len(form) > features.MAX_WORD_CHARS and features.shape_of(form) == "X":
            return self._long
        entry = ScoredForm(features.describe_word(form, self._model.data.known), self._model)
        if len(form) <= features.MAX_WORD_CHARS:
            self[form] = entry
        return entry


class TaggerModel:
    """The weights, and what has been added up from them."""

    def __init__(self, data: Weights) -> None:
        self.data = data
        self._pairs = data.pairs
        self.moves = with_recall_bias(data.transitions)
        self._sorts: dict[tuple[str, int, int, str], tuple[PositionScores, LabelScores]] = {}
        self._kinds: dict[tuple[str, str, str], LabelScores] = {}
        self.forms = ScoredForms(self)
        self.edge = ScoredForm(EDGE_WORD, self)

    def sum(self, prefix: str, names: Sequence[str]) -> LabelScores:
        """The weights of some attributes, added up."""
        get = self._pairs.get
        begin = inside = 0
        for name in names:
            pair = get(prefix + name)
            if pair:
                begin += pair[0]
                inside += pair[1]
        return begin, inside

    def places(self, word: Word) -> PositionScores:
        """The score of a form at each place, without what it has everywhere."""
        return self._sort(word)[0]

    def best(self, word: Word) -> LabelScores:
        """The highest scores of `places` for B and for I, which need not be at one place."""
        return self._sort(word)[1]

    def _sort(self, word: Word) -> tuple[PositionScores, LabelScores]:
        key = features.position_class(word)
        known = self._sorts.get(key)
        if known is None:
            names = [start + writing for start in STARTS for writing in WRITINGS]
            places = {place: self.sum("", features.position_attributes(word, place)) for place in names}
            begins, insides = zip(*places.values(), strict=True)
            known = self._sorts[key] = places, (max(begins), max(insides))
        return known

    def joint(self, before: Word, word: Word, after: Word) -> LabelScores:
        """The score of a token for the tokens beside it, beyond what each of them adds alone."""
        key = before.kind, word.kind, after.kind
        known = self._kinds.get(key)
        if known is None:
            if len(self._kinds) > MAX_CACHED:
                self._kinds.clear()
            known = self._kinds[key] = self.sum("", features.case_attributes(*key))
        begin, inside = known
        get = self._pairs.get
        for name in features.joint_attributes(before, word, after):
            pair = get(name)
            if pair:
                begin += pair[0]
                inside += pair[1]
        return begin, inside


def with_recall_bias(moves: Transitions) -> Transitions:
    """The weights of transitions, with what a name's beginning is worth beyond them."""
    return moves._replace(
        start=moves.start + RECALL_BIAS, ob=moves.ob + RECALL_BIAS, bb=moves.bb + RECALL_BIAS, ib=moves.ib + RECALL_BIAS
    )


@lru_cache(maxsize=1)
def load_model() -> TaggerModel:
    """The model that ships; reading it takes some hundredths of a second."""
    return TaggerModel(weights.load_weights())


class TaggedUnit(NamedTuple):
    """A unit: where it starts, its tokens, and its names as numbers of tokens: the first, and one past the last."""

    start: int
    found: list[str]
    entries: list[ScoredForm]
    spans: list[tuple[int, int]]


def tag_names(text: str) -> list[TaggedName]:
    """The names of a text, in order, never overlapping. What stands in one paragraph has no bearing on another."""
    using = load_model()
    out: list[TaggedName] = []
    for unit in _tag_units(text, using):
        if unit.spans:
            out += _to_names(text, unit, using)
    return out


def capitals(text: str) -> list[Capital]:
    """Every word of a text with a capital, and every code of letters and digits, tagged or not, in order."""
    using = load_model()
    out: list[Capital] = []
    for start, found, entries, spans in _tag_units(text, using):
        named = {at for first, past in spans for at in range(first, past)}
        shapes, words = "".join([entry.shape for entry in entries]), [entry.word for entry in entries]
        end = start
        for number, (form, shape) in enumerate(zip(found, shapes, strict=True)):
            at = text.index(form, end)
            end = at + len(form)
            if shape in "TUIMc":
                opens = features.position_of(words, shapes, number)[0] != "N"
                out.append(Capital(at, end, number in named, opens))
    return out


def _tag_units(text: str, using: TaggerModel) -> Iterator[TaggedUnit]:
    """The units of a text."""
    forms, find = using.forms, tokens.token_pattern().findall
    for start, end in tokens.split_units(text):
        found = find(text, start, end)
        entries = [forms[form] for form in found]
        hopes = [at for at, entry in enumerate(entries) if entry.maybe]
        spans = _decode_runs(using, entries, _with_links(entries, hopes)) if hopes else []
        yield TaggedUnit(start, found, entries, spans)
        if len(forms) > MAX_CACHED:
            forms.clear()


def _with_links(entries: list[ScoredForm], hopes: list[int]) -> list[int]:
    """The tokens that may begin a name, with those after each of them that may go on with it."""
    out: list[int] = []
    last = len(entries) - 1
    for number, at in enumerate(hopes):
        out.append(at)
        following = hopes[number + 1] if number < len(hopes) - 1 else last + 1
        for other in range(at + 1, min(following, at + 1 + MAX_GAP)):
            if not entries[other].link:
                break
            out.append(other)
    return out


def _decode_runs(using: TaggerModel, entries: list[ScoredForm], hopes: list[int]) -> list[tuple[int, int]]:
    """The names of a unit as numbers of tokens: first, and one past the last."""
    words = [entry.word for entry in entries]
    shapes = "".join([entry.shape for entry in entries])
    spans: list[tuple[int, int]] = []
    last = len(hopes) - 1
    run: list[LabelScores] = []
    edge, count = using.edge, len(entries)
    for number, at in enumerate(hopes):
        entry = entries[at]
        before = entries[at - 1] if at else edge
        after = entries[at + 1] if at + 1 < count else edge
        far_before = entries[at - 2] if at > 1 else edge
        far_after = entries[at + 2] if at + 2 < count else edge
        one = entry.at(features.position_of(words, shapes, at))
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
                for a, b in decode_labels(run, using.moves, opens=not first, closes=at + 1 == count)
            ]
            run = []
    return spans


def decode_labels(
    scores: Sequence[LabelScores], moves: Transitions, *, opens: bool, closes: bool
) -> list[tuple[int, int]]:
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


def _to_names(text: str, unit: TaggedUnit, using: TaggerModel) -> list[TaggedName]:
    """The names of a unit, as characters: each token is looked for after the one before."""
    out: list[TaggedName] = []
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
        out.append(TaggedName(begin, at, _type_of(entries, first, past, using)))
    return out


def _type_of(entries: list[ScoredForm], first: int, past: int, using: TaggerModel) -> NameType:
    """The type of the name that is these tokens. A code of letters and digits in it makes it a product's."""
    before = entries[first - 1].word if first else EDGE_WORD
    after = entries[past].word if past < len(entries) else EDGE_WORD
    sums = [0] * len(NAME_TYPES)
    get = using.data.types.get
    for name in features.name_attributes(before, [entry.word for entry in entries[first:past]], after):
        row = get(name)
        if row:
            sums = list(map(add, sums, row))
    best = max(sums)
    likely = NAME_TYPES[sums.index(best)]
    if likely != "person" and any(entry.shape == "c" for entry in entries[first:past]):
        return "product"
    return likely if best - sorted(sums)[-2] >= TYPE_MARGIN else "name"
