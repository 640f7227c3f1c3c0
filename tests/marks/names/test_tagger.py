"""The tagger of names: what it finds, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.marks.names import tagger, weights
from rumor_tui.marks.names.tagger import TaggedName, decode_labels, tag_names
from rumor_tui.marks.names.weights import NAME_TYPES, Transitions

WRITTEN = [
    ("My brother went to Toronto with Anna Keller last week.", ["Toronto", "Anna Keller"]),
    ("I met Dr. Segler at the University of Oxford.", ["Segler", "University of Oxford"]),
    ("This is how it has always been, and nobody noticed.", []),
    ("Honestly, the dealer never called me back. What a waste.", []),
    ("I think it was Microsoft's fault, not Google's.", ["Microsoft", "Google"]),
    ("THIS IS THE WORST THING EVER", []),
    ("They moved from New York to San Francisco in 2011.", ["New York", "San Francisco"]),
    ("so i asked my boss and he said no", []),
    ("", []),
    ("\n\n  \n", []),
    ("?!?! ... --- 12 345", []),
]


@pytest.mark.parametrize(("text", "names"), WRITTEN)
def test_names(text: str, names: list[str]) -> None:
    found = [text[start:end] for start, end, _ in tag_names(text)]
    assert [name.removeprefix("Dr. ") for name in found] == names


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("I went to school with Michael Johnson.", "Michael Johnson", "person"),
        ("We drove through Texas all night.", "Texas", "place"),
        ("She works for Microsoft now.", "Microsoft", "organisation"),
    ],
)
def test_types(text: str, name: str, type: str) -> None:
    (found,) = tag_names(text)
    assert (text[found.start : found.end], found.type) == (name, type)


PIECES = (
    "the The of in a Anna KELLER Keller's Oxford iPhone U.S. F30 1M @gabe #tag http://a.b/c Dr . , ! ? ( ) - ' \" : & "
    "don’t O'Brien AT&T 3.5 é Ä ß 東京 \u0301 \u200b _ * i"
)
words = st.sampled_from(PIECES.split(" "))
spaces = st.sampled_from([" ", "  ", "", "\n", "\t", "\u00a0"])
texts = st.lists(st.tuples(words, spaces), max_size=40).map(lambda pieces: "".join(w + s for w, s in pieces))
any_text = st.one_of(texts, st.text(max_size=120))


@settings(deadline=None)
@given(any_text)
def test_names_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end, type in tag_names(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert type in NAME_TYPES
        at = end


@settings(deadline=None)
@given(any_text, any_text)
def test_a_paragraph_bears_on_no_other(first: str, second: str) -> None:
    shift = len(first) + 2
    later = [TaggedName(start + shift, end + shift, type) for start, end, type in tag_names(second)]
    assert tag_names(f"{first}\n\n{second}") == tag_names(first) + later


@pytest.mark.parametrize("unit", ["a", "A", "Ab", ".", "A.", "@", "'", "é", "1", "1.", "-", "AT&", "www.", "😀"])
def test_long_texts_without_spaces_are_read(unit: str) -> None:
    """Not for the result: that nothing fails, and that nothing takes more than moments."""
    assert all(name.end <= 40_000 for name in tag_names(unit * (40_000 // len(unit))))


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "MAX_CACHED", 100)
    using = tagger.TaggerModel(weights.load_weights())
    monkeypatch.setattr(tagger, "load_model", lambda: using)
    text = "\n".join(f"word{number} Name{number}" for number in range(1_000))
    whole = tag_names(text)
    assert len(using.forms) <= 110
    assert whole == tag_names(text)


MOVES = Transitions(start=0, ob=-2, bo=-1, bb=-9, bi=4, io=-1, ib=-9, ii=3)
FROM = {"O": {"O": 0, "B": -2, "I": -99_999}, "B": {"O": -1, "B": -9, "I": 4}, "I": {"O": -1, "B": -9, "I": 3}}


def best_of_all(scores: list[tuple[int, int]], opens: bool, closes: bool) -> int:
    """The score of the best sequence of labels, by trying them all."""
    totals = {"O": 0} if not opens else {"": 0}
    for begin, inside in scores:
        new: dict[str, int] = {}
        for label, own in (("O", 0), ("B", begin), ("I", inside)):
            new[label] = own + max(
                total + (FROM[before][label] if before else (-99_999 if label == "I" else 0))
                for before, total in totals.items()
            )
        totals = new
    return max(total + (0 if closes else FROM[label]["O"]) for label, total in totals.items())


def score_of(scores: list[tuple[int, int]], spans: list[tuple[int, int]], opens: bool, closes: bool) -> int:
    labels = ["O"] * len(scores)
    for first, past in spans:
        labels[first:past] = ["B"] + ["I"] * (past - first - 1)
    total, before = 0, "" if opens else "O"
    for (begin, inside), label in zip(scores, labels, strict=True):
        total += {"O": 0, "B": begin, "I": inside}[label] + (FROM[before][label] if before else 0)
        before = label
    return total + (0 if closes or not before else FROM[before]["O"])


pairs = st.tuples(st.integers(-12, 12), st.integers(-12, 12))


@settings(deadline=None)
@given(st.lists(pairs, min_size=1, max_size=7), st.booleans(), st.booleans())
def test_decoding_finds_the_best_sequence(scores: list[tuple[int, int]], opens: bool, closes: bool) -> None:
    spans = decode_labels(scores, MOVES, opens=opens, closes=closes)
    assert score_of(scores, spans, opens, closes) == best_of_all(scores, opens, closes)
