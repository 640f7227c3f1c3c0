"""What the tagger is trained on: corpora with marked names, as labelled units, and a table of the frequent words."""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from rumor_tui.marks.names import tokens
from rumor_tui.marks.names.features import WordInfo

CORPORA = ("wnut17", "ewt", "gum", "btc")
"""The corpora, in the order in which they are learned."""

CORPUS_TYPES = {
    "person": "person",
    "PER": "person",
    "location": "place",
    "LOC": "place",
    "group": "organisation",
    "corporation": "organisation",
    "ORG": "organisation",
    "product": "product",
    "creative-work": "name",
}
"""Maps the entity types of the corpora to ours."""

COPY_EVERY = 10
"""One unit in so many is learned once more in capitals, and once more in lower case."""
Span = tuple[int, int, str]
"""Where a name starts and ends, in characters, and its type."""

PROPER_NOUN_RUN = "NNP"
"""The type of a run of proper nouns in a treebank, which is not quite a name."""

RUN_LINKS = frozenset((" of ", " of the ", " & "))
"""What may stand between two runs that form one name."""


class TrainingUnit(NamedTuple):
    """A paragraph of a corpus: its text, and its names with the types of the corpus."""

    text: str
    spans: list[Span]


_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec mr mrs ms dr sir god internet web ok tv pm am pst est gmt
    """
NOT_NAMES = frozenset(_CALENDAR.split())
"""Proper nouns in the treebanks that are no names."""

_ROLES = """
    mr mrs ms miss dr sir president senator sen gov governor prof professor minister prime captain capt general gen
    judge secretary rep sheikh chief director mayor chairman bishop professor doctor ambassador justice colonel col lt
    lieutenant sgt sergeant detective deputy vice manager officer fellow congressman chancellor
    """
ROLES = frozenset(_ROLES.split())
"""Proper nouns in the treebanks that stand before a name and are no part of it."""


def read_units(path: Path) -> Iterator[TrainingUnit]:
    """The units of a corpus, with the names that the tagger is to find."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            text = item["text"]
            runs = join_runs(text, [without_role(text, *span) for span in item["spans"]])
            spans = [(start, end, kind) for start, end, kind in runs if _is_name(text[start:end], kind)]
            for start, end in tokens.split_units(text):
                inside = [(a - start, b - start, kind) for a, b, kind in spans if start <= a and b <= end]
                yield TrainingUnit(text[start:end], inside)


def without_role(text: str, start: int, end: int, kind: str) -> Span:
    """A run of proper nouns without the titles at its start; empty if there is nothing else."""
    while kind == PROPER_NOUN_RUN and start < end:
        word = text[start:end].split(maxsplit=1)[0]
        if word.lower().rstrip(".") not in ROLES:
            break
        start += len(word)
        start += len(text[start:end]) - len(text[start:end].lstrip(" ."))
    return start, end, kind


def join_runs(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, where runs of proper nouns with only "of" or "&" between them are one: University of Oxford."""
    out: list[Span] = []
    for start, end, kind in spans:
        if kind == PROPER_NOUN_RUN and out and out[-1][0] < out[-1][1] and text[out[-1][1] : start] in RUN_LINKS:
            out[-1] = out[-1][0], end, kind
        elif start < end:
            out.append((start, end, kind))
    return out


def _is_name(name: str, kind: str) -> bool:
    if name[:1] in "@#":
        return False
    words = [word.strip(".,").lower() for word in name.split()]
    return kind != PROPER_NOUN_RUN or not all(word in NOT_NAMES or word.isdigit() for word in words)


def with_copies(units: Iterable[TrainingUnit], every: int = COPY_EVERY) -> Iterator[TrainingUnit]:
    """The units, some of them followed by copies in capitals and in lower case."""
    for at, unit in enumerate(units):
        yield unit
        if at % every == 0:
            for text in (unit.text.upper(), unit.text.lower()):
                if len(text) == len(unit.text):
                    yield TrainingUnit(text, unit.spans)


def label_tokens(token_spans: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[str]:
    """B, I or O for each token: begins a name, is inside one, or is outside."""
    out, at = ["O"] * len(token_spans), 0
    for start, end, _ in sorted(spans):
        while at < len(token_spans) and token_spans[at][1] <= start:
            at += 1
        inside = "B"
        while at < len(token_spans) and token_spans[at][0] < end:
            out[at], inside = inside, "I"
            at += 1
    return out


TABLE_SIZE = 50_000
"""Words in the table."""

PROBABILITY_FLOOR = 2e-9
"""The probability of a form that the lexeme table does not have."""


def read_lexemes(name: str) -> dict[str, Any]:
    """One of spaCy's lookup tables of English lexemes, from form to value."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the word table needs the package spacy-lookups-data: pip install 'rumor-tui[train]'")
    with gzip.open(Path(spec.origin).parent / "data" / f"en_lexeme_{name}.json.gz") as file:
        table: dict[str, Any] = json.load(file)
    return table


def build_word_table(size: int = TABLE_SIZE) -> dict[str, WordInfo]:
    """Maps the most frequent words to what is known of them, in order of frequency.

    The table's frequencies are logarithms and of forms as written. The cluster is that of the most frequent form that
    has one.
    """
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for form, chance in read_lexemes("prob").items():
        if form.isalpha() and len(form) <= 24:
            shares[form.lower()][form] = math.exp(chance)
    clusters = read_lexemes("cluster")
    order = sorted(shares, key=lambda low: (-sum(shares[low].values()), low))
    order = [low for low in order if low != low.upper() and "\n" not in low][:size]
    return {low: _word_info(low, shares[low], rank, clusters) for rank, low in enumerate(order)}


def _word_info(low: str, forms: dict[str, float], rank: int, clusters: dict[str, int]) -> WordInfo:
    lower = forms.get(low, 0.0) + PROBABILITY_FLOOR
    title = forms.get(low.capitalize(), 0.0) + PROBABILITY_FLOOR
    upper = forms.get(low.upper(), 0.0) if len(low) > 1 else 0.0
    mixed = sum(forms.values()) - lower - title - upper
    shout = math.log2((upper + PROBABILITY_FLOOR) / (lower + title))
    best = max((form for form in forms if clusters.get(form)), key=lambda form: (forms[form], form), default=None)
    return WordInfo(
        title=min(9, max(0, round(math.log2(title / lower)) + 4)),
        upper=sum(shout > edge for edge in (-5, -2, 0)),
        mixed=int(mixed > 0.3 * (lower + title + upper)),
        rank=min(7, int(math.log2(1 + rank / 100))),
        cluster=f"{clusters[best]:b}"[::-1][:12] if best else "",
    )
