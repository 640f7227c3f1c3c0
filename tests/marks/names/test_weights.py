"""The data of the tagger that ship: that they are what the README beside them says, and that they go in and out."""

from __future__ import annotations

import hashlib
import lzma
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from rumor_tui.marks.names import weights
from rumor_tui.marks.names.features import UNKNOWN_WORD, WordInfo
from rumor_tui.marks.names.weights import DATA, NAME_TYPES, Transitions, pack_weights, unpack_weights

ROOT = Path(__file__).parents[3]
SETS = ROOT.parent / "shared" / "language" / "names"
SAID = dict(re.findall(r"^\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|$", (DATA.parent / "README.md").read_text(), re.M))
"""The digests that the README gives."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_data_are_those_of_the_readme() -> None:
    assert digest(lzma.decompress(DATA.read_bytes())) == SAID["names.bin"]
    assert DATA.stat().st_size <= 400_000


@pytest.mark.skipif(not SETS.is_dir(), reason="the shared sets of names are not beside this checkout")
@pytest.mark.parametrize("name", [name for name in SAID if name.endswith(".jsonl")])
def test_the_sets_are_those_of_the_readme(name: str) -> None:
    assert digest((SETS / name).read_bytes()) == SAID[name]


@pytest.mark.skipif(find_spec("spacy_lookups_data") is None, reason="the extra `train` is not installed")
@pytest.mark.parametrize("name", [name for name in SAID if name.startswith("en_lexeme")])
def test_the_lexemes_are_those_of_the_readme(name: str) -> None:
    spec = find_spec("spacy_lookups_data")
    assert spec is not None and spec.origin is not None
    assert digest((Path(spec.origin).parent / "data" / name).read_bytes()) == SAID[name]


def test_every_source_has_its_digest() -> None:
    assert len(SAID) == 7


def test_data_go_in_and_out() -> None:
    table = {
        "the": WordInfo(0, 1, 0, 0, "1101"),
        "anna": WordInfo(9, 0, 0, 3, ""),
        "iphone": WordInfo(5, 3, 1, 3, "0101011"),
    }
    pairs = {"w=anna": (127, -127), "w=the": (-90, 0)}
    moves = Transitions(6, -12, -5, -40, 90, -8, -60, 77)
    types = {"bias": (1, -2, 3, -4, 127), "w=anna": (-127, 0, 0, 0, 0)}
    back = unpack_weights(pack_weights(table, pairs, moves, types))
    assert {word: back.known(word) for word in table} == table
    assert back.known("unheard") is UNKNOWN_WORD
    assert (back.pairs, back.transitions, back.types) == (pairs, moves, types)


def test_what_is_loaded() -> None:
    data = weights.load_weights()
    assert len(data.words) == 50_000
    assert data.known("obama").title >= 7
    assert data.known("because").title < 3
    assert all(len(row) == len(NAME_TYPES) for row in data.types.values())
