"""From the sets and the word table to the data that ship."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rumor_tui.marks import features, tokens
from rumor_tui.marks.features import UNKNOWN, Known, Word, describe
from rumor_tui.marks.training.sets import SETS, Unit, labels, units_of, with_copies
from rumor_tui.marks.weights import SCALE, Pair, Transitions

WEIGHTS: dict[str, int] = {"wnut17": 2}
"""How many times a set is learned, where that is not once: comments are what is read."""

SETTINGS: dict[str, object] = {
    "c1": 0.2,
    "c2": 0.1,
    "max_iterations": 100,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
"""What the trainer is told: the first weighs the L1 norm, which makes most weights zero, the second the L2 norm."""

LEANING = 0.5
"""What is added to the score of every name, for training leans to leaving names out."""

SMALLEST = 2
"""An attribute whose weights are all smaller than this, in steps, is left out."""

Sequence = tuple[list[list[str]], list[str]]
"""A unit as the trainer takes it: the attributes of each token, and its label."""


def sequences(units: Iterable[Unit], table: Mapping[str, Known]) -> Iterator[Sequence]:
    """The units as attributes and labels."""
    kept: dict[str, Word] = {}
    for unit in units:
        found = [match.span() for match in tokens.pattern().finditer(unit.text)]
        forms = [unit.text[start:end] for start, end in found]
        for form in forms:
            if form not in kept:
                kept[form] = describe(form, lambda word: table.get(word, UNKNOWN))
        if forms:
            yield features.attributes([kept[form] for form in forms]), labels(found, unit.spans)


def learn(
    folder: Path, table: Mapping[str, Known]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Train on the sets in a folder: weights of (attribute, label), and weights of (label, next label)."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    for name in SETS:
        units = list(units_of(folder / f"{name}_train.jsonl", name))
        for _ in range(WEIGHTS.get(name, 1)):
            for attributes, wanted in sequences(with_copies(units), table):
                trainer.append(attributes, wanted)
    with tempfile.TemporaryDirectory() as place:
        file = str(Path(place) / "names.crfsuite")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
        return dict(info.state_features), dict(info.transitions)


def pairs_of(weights: Mapping[tuple[str, str], float]) -> dict[str, Pair]:
    """Weights of (attribute, label) -> what each attribute adds to B and to I, against O, without the small ones."""
    names = {attribute for attribute, _ in weights}
    pairs: dict[str, Pair] = {}
    for name in sorted(names):
        out, begin, inside = (weights.get((name, label), 0.0) for label in "OBI")
        pair = _step(begin - out), _step(inside - out)
        if max(map(abs, pair)) >= SMALLEST:
            pairs[name] = pair
    return pairs


def _step(weight: float) -> int:
    return max(-127, min(127, round(weight * SCALE)))


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
