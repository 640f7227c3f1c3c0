"""How many bylines and dates of WCXB's articles are right: `python -m tests.bench.page_scores bylines [-v]`.

Authors are compared by their letters, a list of them in any order; dates by the day, one more or less for time zones.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.decode import decode_text
from rumor_tui.readers.html import metadata
from rumor_tui.readers.html.article.extract import extract_article
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.dom import Dom

_DAY = 86_400.0


def score_bylines(folder: Path, *, verbose: bool) -> int:
    """Print the shares that are right, and with `verbose` what is wrong; 2 when there is nothing to score."""
    right = {"authors": 0, "dates": 0}
    all_ = {"authors": 0, "dates": 0}
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth["_internal"]["page_type"]["primary"] != "article":
            continue
        page = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes())
        dom = Dom(LexborHTMLParser(decode_text(page)))
        article = extract_article(dom, metadata.find_address(dom.head, "") or "", page_title(dom))
        wanted = truth["ground_truth"]
        for kind, want, got, is_right in (
            ("authors", wanted.get("author"), article.byline, are_same_authors),
            ("dates", wanted.get("publish_date"), article.published, is_same_day),
        ):
            if want:
                all_[kind] += 1
                right[kind] += is_right(got, want)
                if verbose and not is_right(got, want):
                    print(f"{path.stem} {kind}: got {got!r}, want {want!r}")
    if not all_["authors"]:
        print(f"there are no articles in {folder}", file=sys.stderr)
        return 2
    print(", ".join(f"{kind} {right[kind]}/{all_[kind]} = {right[kind] / all_[kind]:.3f}" for kind in all_))
    return 0


def are_same_authors(got: object, want: str) -> bool:
    """Whether two lists of names are the same, whatever their order, case and punctuation."""
    return isinstance(got, str) and _names(got) == _names(want)


def _names(written: str) -> list[str]:
    names = re.split(r",|;|&|\band\b|\|", written)
    return sorted(key for name in names if (key := re.sub(r"\W+", "", name.casefold())))


def is_same_day(got: object, want: str) -> bool:
    """Whether a moment in seconds since 1970 UTC is on the day, or on one next to it."""
    if not isinstance(got, float) or not re.fullmatch(r"\d{4}-\d\d-\d\d.*", want):
        return False
    day = datetime.fromisoformat(want[:10]).replace(tzinfo=UTC).timestamp()
    return -_DAY <= got - day < 2 * _DAY
