"""From the corpora and the word table to the weights that ship.

Training runs twice: first with an L1 norm that makes most weights zero and so selects the attributes that matter, then
on these alone with an L2 norm. That is almost as good as using all of them, at a quarter of the size.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path

from rumor_tui.marks.names import features, tokens
from rumor_tui.marks.names.features import EDGE_WORD, UNKNOWN_WORD, Word, WordInfo, describe_word
from rumor_tui.marks.names.training.corpora import (
    CORPORA,
    CORPUS_TYPES,
    TrainingUnit,
    label_tokens,
    read_units,
    with_copies,
)
from rumor_tui.marks.names.weights import NAME_TYPES, SCALE, TYPE_SCALE, LabelScores, Transitions

CORPUS_WEIGHTS: dict[str, int] = {"wnut17": 2, "btc": 2}
"""How many times a corpus is learned, if not once: comments are closest to what is read."""

SELECTION_SETTINGS: dict[str, object] = {
    "c1": 0.4,
    "c2": 0.05,
    "max_iterations": 70,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
"""The trainer's settings for selecting attributes: `c1` weighs the L1 norm, `c2` the L2 norm."""

TRAINING_SETTINGS: dict[str, object] = {
    "c1": 0.0,
    "c2": 1.0,
    "max_iterations": 90,
    "feature.minfreq": 1,
    "feature.possible_transitions": True,
}
"""The trainer's settings for the final weights."""

TYPED_CORPORA = {"wnut17": 3, "btc": 1}
"""The corpora with types, and how many times each is learned: the second has no products."""

TYPE_SETTINGS: dict[str, object] = {"c1": 0.6, "c2": 0.1, "max_iterations": 120, "feature.minfreq": 2}
"""The trainer's settings for the types."""

NAME_BIAS = 0.12
"""Added to the score of every name, since training tends to leave names out."""

MIN_WEIGHT = 2
"""An attribute whose weights are all smaller than this, in steps, is dropped."""

Example = tuple[list[list[str]], list[str]]
"""A training sequence: the attributes of each of its items, and the labels."""

CrfWeights = tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]
"""Weights of (attribute, label), and of (label, next label)."""


class UnitReader:
    """Reads units as words, describing each form once."""

    def __init__(self, table: Mapping[str, WordInfo]) -> None:
        self._table = table
        self._cache: dict[str, Word] = {}

    def words(self, text: str) -> tuple[list[tuple[int, int]], list[Word]]:
        """The spans of a unit's tokens, and the tokens as words."""
        spans = [match.span() for match in tokens.token_pattern().finditer(text)]
        return spans, [self._word(text[start:end]) for start, end in spans]

    def _word(self, form: str) -> Word:
        word = self._cache.get(form)
        if word is None:
            word = self._cache[form] = describe_word(form, lambda low: self._table.get(low, UNKNOWN_WORD))
        return word


def training_units(folder: Path) -> Iterator[TrainingUnit]:
    """All units in the order in which they are learned."""
    for name in CORPORA:
        for _ in range(CORPUS_WEIGHTS.get(name, 1)):
            yield from with_copies(read_units(folder / f"{name}_train.jsonl"))


def name_examples(units: Iterable[TrainingUnit], reader: UnitReader) -> Iterator[Example]:
    """The units as attributes and labels of their tokens."""
    for unit in units:
        spans, words = reader.words(unit.text)
        if words:
            yield features.token_attributes(words), label_tokens(spans, unit.spans)


def type_examples(units: Iterable[TrainingUnit], reader: UnitReader) -> Iterator[Example]:
    """The names of the corpora with types, each with its type."""
    for unit in units:
        spans, words = reader.words(unit.text)
        padded = [EDGE_WORD, *words, EDGE_WORD]
        for start, end, kind in unit.spans:
            inside = [at for at, (a, b) in enumerate(spans, 1) if a < end and b > start]
            if inside and kind in CORPUS_TYPES:
                first, last = inside[0], inside[-1]
                attributes = features.name_attributes(padded[first - 1], padded[first : last + 1], padded[last + 1])
                yield [attributes], [CORPUS_TYPES[kind]]


def train_crf(
    examples: Iterable[Example], settings: Mapping[str, object], keep: Container[str] | None = None
) -> CrfWeights:
    """Train on examples, with all their attributes or only those to keep."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(settings)
    for items, wanted in examples:
        chosen = items if keep is None else [[name for name in item if name in keep] for item in items]
        trainer.append(chosen, wanted)
    with tempfile.TemporaryDirectory() as place:
        file = str(Path(place) / "names.crfsuite")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
        return dict(info.state_features), dict(info.transitions)


def train_names(
    folder: Path, table: Mapping[str, WordInfo], say: Callable[[str], None]
) -> tuple[dict[str, LabelScores], Transitions]:
    """The tagger's weights, from the corpora in a folder."""
    reader = UnitReader(table)
    first, _ = train_crf(name_examples(training_units(folder), reader), SELECTION_SETTINGS)
    keep = {attribute for attribute, _ in first}
    say(f"{len(keep):,} attributes matter")
    states, moves = train_crf(name_examples(training_units(folder), reader), TRAINING_SETTINGS, keep)
    return to_label_scores(states), to_transitions(moves)


def train_types(folder: Path, table: Mapping[str, WordInfo]) -> dict[str, tuple[int, ...]]:
    """Maps each attribute to its weights for the types, in the order of `NAME_TYPES`."""
    reader = UnitReader(table)
    typed = (
        unit
        for name, times in TYPED_CORPORA.items()
        for _ in range(times)
        for unit in with_copies(read_units(folder / f"{name}_train.jsonl"))
    )
    states, _ = train_crf(type_examples(typed, reader), TYPE_SETTINGS)
    rows = {
        name: tuple(_step(states.get((name, kind), 0.0), TYPE_SCALE) for kind in NAME_TYPES)
        for name in sorted({attribute for attribute, _ in states})
    }
    return {name: row for name, row in rows.items() if any(row)}


def to_label_scores(states: Mapping[tuple[str, str], float]) -> dict[str, LabelScores]:
    """What each attribute adds to B and to I, relative to O, without the small weights."""
    pairs: dict[str, LabelScores] = {}
    for name in sorted({attribute for attribute, _ in states}):
        out, begin, inside = (states.get((name, label), 0.0) for label in "OBI")
        pair = _step(begin - out), _step(inside - out)
        if max(map(abs, pair)) >= MIN_WEIGHT:
            pairs[name] = pair
    return pairs


def _step(weight: float, scale: int = SCALE) -> int:
    """A weight in steps, clamped to a signed byte."""
    return max(-127, min(127, round(weight * scale)))


def to_transitions(moves: Mapping[tuple[str, str], float]) -> Transitions:
    """The weights of label after label in steps, relative to O after O, including `NAME_BIAS`."""
    base = moves[("O", "O")]

    def between(before: str, after: str) -> int:
        bias = NAME_BIAS if after != "O" else 0.0
        return round((moves.get((before, after), 0.0) - base + bias) * SCALE)

    return Transitions(
        start=round(NAME_BIAS * SCALE),
        ob=between("O", "B"), bo=between("B", "O"), bb=between("B", "B"), bi=between("B", "I"),
        io=between("I", "O"), ib=between("I", "B"), ii=between("I", "I"),
    )  # fmt: skip
