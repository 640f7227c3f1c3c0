"""From the sets and the word table to the weights that ship.

The weights are learned twice: first with a norm that makes most of them zero, which tells the attributes that matter,
then those alone with a norm that only keeps them small. That is almost as good as all of them together, at a quarter
of the size.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path

from rumor_tui.marks import features, tokens
from rumor_tui.marks.features import EDGE, UNKNOWN, Known, Word, describe
from rumor_tui.marks.training.sets import SETS, TYPES, Unit, labels, units_of, with_copies
from rumor_tui.marks.weights import SCALE, TYPE_SCALE, Pair, Transitions

TIMES: dict[str, int] = {"wnut17": 2, "btc": 2}
"""How many times a set is learned, where that is not once: comments are what is read."""

CHOOSING: dict[str, object] = {
    "c1": 0.4,
    "c2": 0.05,
    "max_iterations": 70,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
"""What the trainer is told at first: `c1` weighs the L1 norm, `c2` the L2 norm."""

LEARNING: dict[str, object] = {
    "c1": 0.0,
    "c2": 1.0,
    "max_iterations": 90,
    "feature.minfreq": 1,
    "feature.possible_transitions": True,
}
"""What the trainer is told then."""

TYPED = {"wnut17": 3, "btc": 1}
"""The sets that tell types, and how many times each is learned: the second knows no products."""

TYPING: dict[str, object] = {"c1": 0.6, "c2": 0.1, "max_iterations": 120, "feature.minfreq": 2}
"""What the trainer of types is told."""

LEANING = 0.12
"""What is added to the score of every name, for training leans to leaving names out."""

SMALLEST = 2
"""An attribute whose weights are all smaller than this, in steps, is left out."""

Example = tuple[list[list[str]], list[str]]
"""A sequence as the trainer takes it: the attributes of each of its items, and the labels."""

Learned = tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]
"""Weights of (attribute, label), and of (label, next label)."""


class Reader:
    """Units as words, each form described once."""

    def __init__(self, table: Mapping[str, Known]) -> None:
        self._table = table
        self._kept: dict[str, Word] = {}

    def words(self, text: str) -> tuple[list[tuple[int, int]], list[Word]]:
        """Where the tokens of a unit are, and what they are."""
        found = [match.span() for match in tokens.pattern().finditer(text)]
        return found, [self._word(text[start:end]) for start, end in found]

    def _word(self, form: str) -> Word:
        word = self._kept.get(form)
        if word is None:
            word = self._kept[form] = describe(form, lambda low: self._table.get(low, UNKNOWN))
        return word


def sets(folder: Path) -> Iterator[Unit]:
    """All units in the order in which they are learned."""
    for name in SETS:
        for _ in range(TIMES.get(name, 1)):
            yield from with_copies(units_of(folder / f"{name}_train.jsonl"))


def chains(units: Iterable[Unit], reader: Reader) -> Iterator[Example]:
    """The units as attributes and labels of their tokens."""
    for unit in units:
        found, words = reader.words(unit.text)
        if words:
            yield features.attributes(words), labels(found, unit.spans)


def mentions(units: Iterable[Unit], reader: Reader) -> Iterator[Example]:
    """The names of the sets that tell types, one by one, each with its type."""
    for unit in units:
        found, words = reader.words(unit.text)
        padded = [EDGE, *words, EDGE]
        for start, end, kind in unit.spans:
            held = [at for at, (a, b) in enumerate(found, 1) if a < end and b > start]
            if held and kind in TYPES:
                before, after = padded[held[0] - 1], padded[held[-1] + 1]
                yield [features.mention(before, padded[held[0] : held[-1] + 1], after)], [TYPES[kind]]


def learn(examples: Iterable[Example], settings: Mapping[str, object], keep: Container[str] | None = None) -> Learned:
    """Train on examples, on all their attributes or on those to keep."""
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


def learn_names(
    folder: Path, table: Mapping[str, Known], say: Callable[[str], None]
) -> tuple[dict[str, Pair], Transitions]:
    """What the tagger weighs, from the sets in a folder."""
    reader = Reader(table)
    first, _ = learn(chains(sets(folder), reader), CHOOSING)
    keep = {attribute for attribute, _ in first}
    say(f"{len(keep):,} attributes matter")
    states, moves = learn(chains(sets(folder), reader), LEARNING, keep)
    return pairs_of(states), transitions_of(moves)


def learn_types(folder: Path, table: Mapping[str, Known]) -> dict[str, tuple[int, ...]]:
    """What the types are told by: attribute -> a weight for each type, in the order of `weights.TYPES`."""
    from rumor_tui.marks.weights import TYPES as order

    reader = Reader(table)
    typed = (
        unit
        for name, times in TYPED.items()
        for _ in range(times)
        for unit in with_copies(units_of(folder / f"{name}_train.jsonl"))
    )
    states, _ = learn(mentions(typed, reader), TYPING)
    rows = {
        name: tuple(_step(states.get((name, kind), 0.0), TYPE_SCALE) for kind in order)
        for name in sorted({attribute for attribute, _ in states})
    }
    return {name: row for name, row in rows.items() if any(row)}


def pairs_of(states: Mapping[tuple[str, str], float]) -> dict[str, Pair]:
    """Weights of (attribute, label) -> what each attribute adds to B and to I, against O, without the small ones."""
    pairs: dict[str, Pair] = {}
    for name in sorted({attribute for attribute, _ in states}):
        out, begin, inside = (states.get((name, label), 0.0) for label in "OBI")
        pair = _step(begin - out), _step(inside - out)
        if max(map(abs, pair)) >= SMALLEST:
            pairs[name] = pair
    return pairs


def _step(weight: float, scale: int = SCALE) -> int:
    """A weight in steps, within a signed byte."""
    return max(-127, min(127, round(weight * scale)))


def transitions_of(moves: Mapping[tuple[str, str], float]) -> Transitions:
    """The weights of label after label in steps, against O after O, with the leaning to names in them."""
    base = moves[("O", "O")]

    def between(before: str, after: str) -> int:
        """From O to O is one step for each token; what begins or goes on leans to be a name."""
        lean = LEANING if after != "O" else 0.0
        return round((moves.get((before, after), 0.0) - base + lean) * SCALE)

    return Transitions(
        start=round(LEANING * SCALE),
        ob=between("O", "B"), bo=between("B", "O"), bb=between("B", "B"), bi=between("B", "I"),
        io=between("I", "O"), ib=between("I", "B"), ii=between("I", "I"),
    )  # fmt: skip
