"""The word table: what spaCy's tables of English lexemes say of the most frequent words, in small classes."""

from __future__ import annotations

import gzip
import json
import math
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rumor_tui.marks.features import Known

WORDS = 50_000
"""Words in the table."""

FLOOR = 2e-9
"""The chance of a form that the table of lexemes does not have."""


def lexemes(name: str) -> dict[str, Any]:
    """One of spaCy's look-up tables of English lexemes: form -> value."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the word table needs the package spacy-lookups-data: pip install 'rumor-tui[train]'")
    with gzip.open(Path(spec.origin).parent / "data" / f"en_lexeme_{name}.json.gz") as file:
        table: dict[str, Any] = json.load(file)
    return table


def word_table(size: int = WORDS) -> dict[str, Known]:
    """The most frequent words -> what is known of them, by frequency.

    The frequencies are of forms as written, in logarithms. The cluster is that of the most frequent form that has one.
    """
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for form, chance in lexemes("prob").items():
        if form.isalpha() and len(form) <= 24:
            shares[form.lower()][form] = math.exp(chance)
    clusters = lexemes("cluster")
    order = sorted(shares, key=lambda low: (-sum(shares[low].values()), low))
    order = [low for low in order if low != low.upper() and "\n" not in low][:size]
    return {low: _known(low, shares[low], rank, clusters) for rank, low in enumerate(order)}


def _known(low: str, forms: dict[str, float], rank: int, clusters: dict[str, int]) -> Known:
    lower = forms.get(low, 0.0) + FLOOR
    title = forms.get(low.capitalize(), 0.0) + FLOOR
    upper = forms.get(low.upper(), 0.0) if len(low) > 1 else 0.0
    mixed = sum(forms.values()) - lower - title - upper
    shout = math.log2((upper + FLOOR) / (lower + title))
    best = max((form for form in forms if clusters.get(form)), key=lambda form: (forms[form], form), default=None)
    return Known(
        title=min(9, max(0, round(math.log2(title / lower)) + 4)),
        upper=sum(shout > edge for edge in (-5, -2, 0)),
        mixed=int(mixed > 0.3 * (lower + title + upper)),
        rank=min(7, int(math.log2(1 + rank / 100))),
        cluster=f"{clusters[best]:b}"[::-1][:12] if best else "",
    )
