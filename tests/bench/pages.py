"""How fast web pages become threads: the shared corpus of real pages, beside the parser alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.programs import ROOT
from tests.bench.report import Bench, Row, middle, progress, spread

PAGES = ROOT.parent / "shared" / "corpus" / "html"
"""Where the pages of other people's sites are, which are not part of this project."""
SLOWEST = 0.2
"""Seconds a megabyte of pages may take: 5 MB a second."""


def corpus(folder: Path = PAGES) -> list[tuple[str, str]]:
    """The pages with their names; none where there is no corpus."""
    return [(file.name, file.read_text("utf-8", "replace")) for file in sorted(folder.glob("*.html"))]


def measure_pages(bench: Bench) -> Iterator[Row]:
    """A megabyte of web pages as threads, in one process, beside lexbor's parsing of the same pages.

    Guards the passes over all elements of a page (signs, families, the measure of prose). It bites from about 5,000
    elements on, where each further pass is felt as a wait.
    """
    pages = corpus()
    if not pages:
        yield Row("web pages to threads", None, "s", note=f"no pages at {PAGES.name}")
        return
    from selectolax.lexbor import LexborHTMLParser

    from rumor_tui.readers.html import page_reader
    from rumor_tui.readers.source import Hint

    megabytes = sum(len(text.encode()) for _, text in pages) / 1e6
    page_reader.read_page(pages[0][1], Hint(pages[0][0]))
    parsing = _runs(pages, lambda text, _: LexborHTMLParser(text), bench.runs)
    whole = _runs(pages, lambda text, name: page_reader.read_page(text, Hint(name)), bench.runs)
    ours, theirs = middle(whole) / megabytes, middle(parsing) / megabytes
    yield Row(
        "web pages to threads, a megabyte", ours, "s", limit=SLOWEST, note=f"{1 / ours:.1f} MB/s; {spread(whole)}"
    )
    yield Row("web pages to threads: the parser's share", ours, "s", theirs, "lexbor alone")


def _runs(pages: Sequence[tuple[str, str]], work: Callable[[str, str], object], runs: int) -> list[float]:
    """Seconds that all pages take, run by run."""
    found = []
    for run in range(runs):
        began = time.perf_counter()
        for name, text in pages:
            work(text, name)
        found.append(time.perf_counter() - began)
        progress(f"{len(pages)} pages, run {run + 1} of {runs}: {found[-1]:.2f} s")
    return found


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"pages": measure_pages}
