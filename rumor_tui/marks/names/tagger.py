"""Names in a text by a trained tagger: where they start and end, and of which type they are.

A linear-chain model over the tokens of a paragraph: each token gets a score for the labels B (begins a name) and I (is
inside one), as the sum of the weights of its attributes (`features`), and the best sequence of labels is decoded. Most
tokens cannot be part of any name wherever they stand; they are skipped, and only the runs between them are scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from rumor_tui.marks.names import features, tokens, weights
from rumor_tui.marks.names.features import EDGE_WORD, Word
from rumor_tui.marks.names.weights import NAME_TYPES, SCALE, TYPE_SCALE, LabelScores, NameType, Transitions, Weights

MAX_CACHED = 30_000
"""Forms of tokens whose scores are cached; beyond that the cache is emptied."""

RECALL_BIAS = SCALE // 2
"""Added to the score of every beginning of a name: a missed name is worse for readers than a spurious one. On the
development sets it trades 2 to 5 points of precision for 2 to 3 of recall."""

MIN_BEGIN_SCORE = 0 * SCALE
"""A token whose own score for B is below this at every position begins no name.

This and the next two cost at most 0.2 points of F1 on the development sets and save a quarter of the time.
"""

MIN_INSIDE_SCORE = -4 * SCALE
"""A token whose own score for I is below this at every position is inside no name."""

MAX_GAP = 4
"""The most tokens between two possible beginnings that may belong to one name with them: "of the", ". F. "."""

STARTS, WRITINGS = "SOHN", "CHLN"
"""The letters of a position (see `features.position_of`)."""

NOT_SUMMED: tuple[int, ...] = ()
"""Stands for scores that are not summed up yet."""

PositionScores = dict[str, LabelScores]
"""Maps a position to its scores."""

TYPE_MARGIN = TYPE_SCALE * 3 // 4
"""The lead that a type needs over the second best one."""
NO_START_SCORES: dict[str, LabelScores] = dict.fromkeys(STARTS, (0, 0))
"""The sentence-start scores of all forms that have none."""


class TaggedName(NamedTuple):
    """A name: `text[start:end]`, in characters, without white space at its edges and without a possessive ending.

    Where its type is not clear, it is "name".
    """

    start: int
    end: int
    type: NameType


class ScoredForm:
    """A form with its scores, each a pair for B and for I.

    `placed` caches the score of its own attributes by position. `before` is what it adds to the token after it, `after`
    to the token before it; `far_before` and `far_after` to the ones beyond. `maybe` means that it can begin a name,
    `link` that it can continue one.
    """

    __slots__ = (
        *("_places", "_start", "after", "before", "far_after", "far_before"),
        *("link", "maybe", "own", "placed", "shape", "word"),
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
        """The score of its own attributes at a position."""
        pair = self.placed.get(place)
        if pair is None:
            begin, inside = self._places[place]
            more_begin, more_inside = self._start[place[0]]
            pair = self.placed[place] = (self.own[0] + begin + more_begin, self.own[1] + inside + more_inside)
        return pair

    def beside(self, side: str, model: TaggerModel) -> tuple[int, ...]:
        """Sum up its scores as a neighbour of the token after it (-), before it (+), after that (<), before that
        (>)."""
        names = features.neighbour_attributes(self.word) if side in "-+" else features.distant_attributes(self.word)
        pair = model.sum(side, names)
        setattr(self, _SIDES[side], pair)
        return pair


_SIDES = {"-": "before", "+": "after", "<": "far_before", ">": "far_after"}


class ScoredForms(dict[str, ScoredForm]):
    """Maps a form to its scores, made on first use. Overlong forms share one entry and are not cached."""

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
    """The weights, and the sums of them that are cached."""

    def __init__(self, data: Weights) -> None:
        self.data = data
        self._pairs = data.pairs
        self.moves = with_recall_bias(data.transitions)
        self._sorts: dict[tuple[str, int, int, str], tuple[PositionScores, LabelScores]] = {}
        self._kinds: dict[tuple[str, str, str], LabelScores] = {}
        self.forms = ScoredForms(self)
        self.edge = ScoredForm(EDGE_WORD, self)

    def sum(self, prefix: str, names: Sequence[str]) -> LabelScores:
        """The sum of the weights of some attributes."""
        get = self._pairs.get
        begin = inside = 0
        for name in names:
            pair = get(prefix + name)
            if pair:
                begin += pair[0]
                inside += pair[1]
        return begin, inside

    def places(self, word: Word) -> PositionScores:
        """What a form adds to its score at each position."""
        return self._sort(word)[0]

    def best(self, word: Word) -> LabelScores:
        """The highest scores of `places` for B and for I, which may be at different positions."""
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
        """The score of a token together with its neighbours, beyond what each of them adds alone."""
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
    """The weights of transitions with `RECALL_BIAS` added to every beginning of a name."""
    return moves._replace(
        start=moves.start + RECALL_BIAS, ob=moves.ob + RECALL_BIAS, bb=moves.bb + RECALL_BIAS, ib=moves.ib + RECALL_BIAS
    )


@lru_cache(maxsize=1)
def load_model() -> TaggerModel:
    """The model that ships; loading it takes a few hundredths of a second."""
    return TaggerModel(weights.load_weights())


class TaggedUnit(NamedTuple):
    """A unit of text: where it starts, its tokens, and its names as token ranges, first up to but not including
    last."""

    start: int
    tokens: list[str]
    entries: list[ScoredForm]
    spans: list[tuple[int, int]]


def tag_names(text: str) -> list[TaggedName]:
    """The names of a text, in order, never overlapping. Paragraphs are read independently of each other."""
    model = load_model()
    names: list[TaggedName] = []
    for unit in _tag_units(text, model):
        if unit.spans:
            names += _to_names(text, unit, model)
    return names


def tag_outside_addresses(raw: str, text: str) -> list[TaggedName]:
    """The names of a text outside its addresses; `raw` has the addresses, and in `text` they are blanked."""
    return tag_names(raw) if raw is text else [name for name in tag_names(raw) if text[name.start] != "\n"]


def _tag_units(text: str, model: TaggerModel) -> Iterator[TaggedUnit]:
    """The units of a text with their names."""
    forms, find = model.forms, tokens.token_pattern().findall
    for start, end in tokens.split_units(text):
        unit_tokens = find(text, start, end)
        entries = [forms[form] for form in unit_tokens]
        starts = [at for at, entry in enumerate(entries) if entry.maybe]
        spans = _decode_runs(model, entries, _with_links(entries, starts)) if starts else []
        yield TaggedUnit(start, unit_tokens, entries, spans)
        if len(forms) > MAX_CACHED:
            forms.clear()


def _with_links(entries: list[ScoredForm], starts: list[int]) -> list[int]:
    """The tokens that may begin a name, and those after each of them that may continue it."""
    candidates: list[int] = []
    for at, following in zip(starts, [*starts[1:], len(entries)], strict=True):
        candidates.append(at)
        for other in range(at + 1, min(following, at + 1 + MAX_GAP)):
            if not entries[other].link:
                break
            candidates.append(other)
    return candidates


def _decode_runs(model: TaggerModel, entries: list[ScoredForm], candidates: list[int]) -> list[tuple[int, int]]:
    """The names of a unit as token ranges; only the candidate tokens are scored."""
    words = [entry.word for entry in entries]
    shapes = "".join([entry.shape for entry in entries])
    padded = [model.edge, model.edge, *entries, model.edge, model.edge]
    spans: list[tuple[int, int]] = []
    run: list[LabelScores] = []
    for at, following in zip(candidates, [*candidates[1:], -1], strict=True):
        far_before, before, entry, after, far_after = padded[at : at + 5]
        own = entry.at(features.position_of(words, shapes, at))
        joint = model.joint(before.word, entry.word, after.word)
        left, right = before.before or before.beside("-", model), after.after or after.beside("+", model)
        far_left = far_before.far_before or far_before.beside("<", model)
        far_right = far_after.far_after or far_after.beside(">", model)
        begin = own[0] + joint[0] + left[0] + right[0] + far_left[0] + far_right[0]
        run.append((begin, own[1] + joint[1] + left[1] + right[1] + far_left[1] + far_right[1]))
        if following != at + 1:
            first = at + 1 - len(run)
            names = decode_labels(run, model.moves, opens=not first, closes=at + 1 == len(entries))
            spans += [(first + start, first + end) for start, end in names]
            run = []
    return spans


def decode_labels(
    scores: Sequence[LabelScores], moves: Transitions, *, opens: bool, closes: bool
) -> list[tuple[int, int]]:
    """The names of the best label sequence for a run of tokens, as token ranges.

    The tokens around the run are outside names, unless it `opens` or `closes` its unit.
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
    """The names on the best path back from the last token, which has this label."""
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


def _to_names(text: str, unit: TaggedUnit, model: TaggerModel) -> list[TaggedName]:
    """The names of a unit with their character offsets: each token is searched after the one before."""
    names: list[TaggedName] = []
    entries = unit.entries
    at, number = unit.start, 0
    for first, past in unit.spans:
        while past > first + 1 and entries[past - 1].shape == "s":
            past -= 1
        begin = at
        while number < past:
            at = text.index(unit.tokens[number], at)
            if number == first:
                begin = at
            at += len(unit.tokens[number])
            number += 1
        names.append(TaggedName(begin, at, _type_of(entries, first, past, model)))
    return names


def _type_of(entries: list[ScoredForm], first: int, past: int, model: TaggerModel) -> NameType:
    """The type of the name that these tokens form. A code of letters and digits in it makes it a product."""
    before = entries[first - 1].word if first else EDGE_WORD
    after = entries[past].word if past < len(entries) else EDGE_WORD
    sums = [0] * len(NAME_TYPES)
    get = model.data.types.get
    for name in features.name_attributes(before, [entry.word for entry in entries[first:past]], after):
        row = get(name)
        if row:
            sums = list(map(add, sums, row))
    best = max(sums)
    likely = NAME_TYPES[sums.index(best)]
    if likely != "person" and any(entry.shape == "c" for entry in entries[first:past]):
        return "product"
    return likely if best - sorted(sums)[-2] >= TYPE_MARGIN else "name"
