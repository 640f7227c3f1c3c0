"""Dumps of the shared pages by the tools that people use, scored by the truth of the page.

`python -m tests.bench.dumps [--tools NAMES] [--half even|odd] [--only corpus|wcxb] [-v]` turns the pages of the corpus
and the forum pages of WCXB into text with every tool that is installed, reads the text, and prints a row a tool:

    found    the share of the comments that are found, of those whose bodies the dump holds
    author   among the found ones with a known author, the share whose author is right
    parent   among the found ones, the share whose parent is right; only pages whose dump holds the nesting
    whole    F1 over comments that are right in body, author and parent (the parent only where the nesting is held)
    title    the share of pages whose title is the beginning of the page's heading or of its title
    stray    the share of the dump's words that a reader neither shows nor sets aside as furniture (mean of pages)

A dump *holds a body* when the letters and digits with which the truth says that it begins stand in it. It *holds the
nesting* when the indentation of the bodies' first lines, or of the nearest lines above with their authors' names, or
the number of `>` before them, gives at least nine parents of ten. A flat discussion is held by definition.

The corpus brings its truths; of a forum page of WCXB our own reading of the HTML counts as the truth, where it holds
the benchmark's words and has a few comments with names. Dumps and these truths are kept under the system's temporary
folder, never in the repository, until somebody removes them there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.page_scores import SHARED, load_scorer, run_here

CACHE = Path(tempfile.gettempdir()) / "rumor-tui-dumps"

Converter = Callable[[Path], str]
"""From a page in UTF-8 to its text."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "lynx": ("lynx", "-dump", "-nolist", "-force_html", "-assume_charset=utf-8", "-display_charset=utf-8"),
    "lynx-links": ("lynx", "-dump", "-width=120", "-force_html", "-assume_charset=utf-8", "-display_charset=utf-8"),
    "w3m": ("w3m", "-dump", "-cols", "100", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"),
    "links": ("links", "-dump", "-codepage", "utf-8", "-html-assume-codepage", "utf-8", "-html-hard-assume", "1"),
    "elinks": (
        *("elinks", "-no-home", "-dump", "1", "-dump-charset", "utf-8", "-force-html"),
        *("-eval", "set document.codepage.assume='utf-8'", "-eval", "set document.codepage.force_assumed=1"),
    ),
    "pandoc-plain": ("pandoc", "-f", "html", "-t", "plain"),
    "pandoc-gfm": ("pandoc", "-f", "html", "-t", "gfm"),
}
"""Command lines of tools, without the page's name, which comes last."""

MARKDOWN = ("pandoc-gfm", "html2text", "markdownify")
SECONDS = 60


def run_tool(name: str, page: Path) -> str:
    """What a tool prints of a page. Raises OSError and subprocess.TimeoutExpired."""
    argv = [*COMMANDS[name], str(page)]
    return subprocess.run(argv, capture_output=True, timeout=SECONDS, check=False).stdout.decode(errors="replace")


def by_inscriptis(page: Path) -> str:
    """The text as the library inscriptis lays it out."""
    from inscriptis import get_text

    text: str = get_text(page.read_text(encoding="utf-8"))
    return text


def by_html2text(page: Path) -> str:
    """Markdown by the library html2text, with its own settings."""
    import html2text

    text: str = html2text.html2text(page.read_text(encoding="utf-8"))
    return text


def by_markdownify(page: Path) -> str:
    """Markdown by the library markdownify, with its own settings."""
    import markdownify

    text: str = markdownify.markdownify(page.read_text(encoding="utf-8"))
    return text


def text_nodes(page: Path) -> str:
    """The text nodes of the page that are not blank, each on a line, as a quick script takes them out."""
    from lxml import html

    tree = html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    nodes = tree.xpath("//text()[not(parent::script or parent::style or parent::template or parent::noscript)]")
    return "\n".join(line for text in nodes if (line := " ".join(text.split())))


LIBRARIES: dict[str, Converter] = {
    "inscriptis": by_inscriptis,
    "text-nodes": text_nodes,
    "html2text": by_html2text,
    "markdownify": by_markdownify,
}

TOOLS = ("lynx", "lynx-links", "w3m", "links", "elinks", "inscriptis", "pandoc-plain", "text-nodes", *MARKDOWN)


def is_installed(tool: str) -> bool:
    """Whether a tool is at hand: its program, or its library."""
    if tool in COMMANDS:
        return shutil.which(COMMANDS[tool][0]) is not None
    if tool == "text-nodes":
        return True
    from importlib.util import find_spec

    return find_spec(tool) is not None


def dump(tool: str, name: str, data: bytes) -> str:
    """The dump of a page by a tool, from the cache or made now; empty where the tool failed."""
    kept = CACHE / tool / f"{name}.txt"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            page.write_text(as_utf8(data), encoding="utf-8")
            try:
                text = LIBRARIES[tool](page) if tool in LIBRARIES else run_tool(tool, page)
            except (subprocess.TimeoutExpired, RecursionError, ValueError):
                text = ""
        kept.write_text(text, encoding="utf-8", newline="\n")
    return kept.read_text(encoding="utf-8")


def as_utf8(data: bytes) -> str:
    """The page's text, which says that it is in UTF-8."""
    from rumor_tui.readers.decode import decode_text

    text = decode_text(data)
    head = re.sub(r"""(?i)(charset\s*=\s*["']?)[\w.:-]+""", r"\1utf-8", text[:4096])
    return head + text[4096:]


Truth = dict[str, Any]


def corpus_pages() -> Iterator[tuple[str, bytes, Truth]]:
    """Name, bytes and truth of every HTML page of the corpus."""
    for page in sorted((SHARED / "corpus" / "html").glob("*.html")):
        yield page.stem, page.read_bytes(), json.loads(page.with_suffix(".truth.json").read_text())


def wcxb_pages() -> Iterator[tuple[str, bytes, Truth]]:
    """Name, bytes and our own reading of every forum page of WCXB whose reading holds the benchmark's words."""
    for page in sorted((SHARED / "wcxb" / "html").glob("*.html.gz")):
        identity = page.name.split(".")[0]
        truth = json.loads((SHARED / "wcxb" / "ground-truth" / f"{identity}.json").read_text())
        kind = (truth.get("_internal") or {}).get("page_type") or {}
        if (kind.get("primary") if isinstance(kind, dict) else kind) != "forum":
            continue
        data = gzip.decompress(page.read_bytes())
        reading = own_reading(identity, data, truth["ground_truth"].get("main_content") or "")
        if reading:
            yield identity, data, reading


MIN_COMMENTS = 3
MIN_OVERLAP = 0.85
"""Below this F1 of words our own reading of a page is not taken for its truth."""


def own_reading(identity: str, data: bytes, content: str) -> Truth | None:
    """Our reading of a page as a truth, from the cache or made now; None where it does not look right."""
    kept = CACHE / "truth" / f"{identity}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_read_truth(data, content)))
    reading: Truth | None = json.loads(kept.read_text())
    return reading


def _read_truth(data: bytes, content: str) -> Truth | None:
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(data)
        file.flush()
        run = run_here(["export", "export", file.name, "--to", "json"])
    if run.returncode:
        return None
    export = json.loads(run.stdout)
    comments = export.get("comments") or []
    names = sum(bool(comment.get("author")) for comment in comments)
    article = (export.get("article") or {}).get("text") or ""
    got = words(" ".join([article, *(comment.get("text") or "" for comment in comments)]))
    want = words(content)
    overlap = 2 * sum((got & want).values()) / max(1, sum(got.values()) + sum(want.values()))
    if len(comments) < MIN_COMMENTS or names * 10 < len(comments) * 9 or overlap < MIN_OVERLAP:
        return None
    kept = [
        {
            "author": comment.get("author"),
            "text_start": (comment.get("text") or "")[:60],
            "parent": comment.get("parent"),
        }
        for comment in comments
    ]
    return {"title": (export.get("article") or {}).get("title"), "comments": kept}


def words(text: str) -> Counter[str]:
    """The bag of words of a text."""
    return Counter(re.findall(r"\w+", text.lower()))


def letters(text: str | None, most: int = 40) -> str:
    """The first letters and digits of a text, case-folded."""
    return re.sub(r"\W+", "", (text or "").casefold())[:most]


def locate_bodies(lines: Sequence[str], truth: Truth) -> list[int | None]:
    """The line on which each body of a truth begins, or None for one that the dump does not hold."""
    spelled = [letters(line, 2 * len(line)) for line in lines]
    rows = [row for row, part in enumerate(spelled) for _ in part]
    whole = "".join(spelled)
    located: list[int | None] = []
    last = -1
    for comment in truth["comments"]:
        start = letters(comment["text_start"], 24)
        place = whole.find(start, last + 1) if start else -1
        place = whole.find(start) if place < 0 and start else place
        located.append(rows[place] if place >= 0 else None)
        last = max(last, place)
    return located


def without_missing(truth: Truth, missing: set[int]) -> Truth:
    """The truth less some comments, whose answers hang from the nearest ancestor that stays."""
    comments = truth["comments"]
    kept = [i for i in range(len(comments)) if i not in missing]
    new = {i: place for place, i in enumerate(kept)}

    def above(parent: int | None) -> int | None:
        while parent is not None and parent in missing:
            parent = comments[parent]["parent"]
        return None if parent is None else new[parent]

    return {**truth, "comments": [{**comments[i], "parent": above(comments[i]["parent"])} for i in kept]}


AUTHOR_REACH = 8
"""How many lines above a body the author's name is looked for."""


def holds_nesting(lines: Sequence[str], truth: Truth, rows: Sequence[int]) -> bool:
    """Whether the dump shows who answers whom; `rows` are the lines on which the bodies begin."""
    parents = [comment["parent"] for comment in truth["comments"]]
    if not any(parent is not None for parent in parents):
        return True
    names = [
        _author_row(lines, row, comment.get("author")) for row, comment in zip(rows, truth["comments"], strict=True)
    ]
    columns = (
        [_column(lines[row]) for row in rows],
        [_column(lines[row]) for row in names],
        [lines[row][:40].replace(" ", "").count(">") for row in rows],
    )
    return any(_share_right(column, parents) >= 0.9 for column in columns)


def _author_row(lines: Sequence[str], row: int, author: str | None) -> int:
    name = letters(author)
    near = range(row, max(-1, row - AUTHOR_REACH), -1)
    return next((i for i in near if name and name in letters(lines[i], 200)), row)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\xa0"))


def _share_right(columns: Sequence[int], parents: Sequence[int | None]) -> float:
    """How many parents are the nearest earlier row that begins further left."""
    right, above = 0, list[int]()
    for row, (column, parent) in enumerate(zip(columns, parents, strict=True)):
        while above and columns[above[-1]] >= column:
            above.pop()
        right += (above[-1] if above else None) == parent
        above.append(row)
    return right / len(parents)


def score_dump(scorer: Any, text: str, truth: Truth, name: str) -> dict[str, float]:
    """The counts of the shared scorer for one dump, those of parents only where the dump holds the nesting."""
    lines = text.split("\n")
    located = locate_bodies(lines, truth)
    truth = without_missing(truth, {i for i, row in enumerate(located) if row is None})
    nested = holds_nesting(lines, truth, [row for row in located if row is not None])
    export = read_dump(text, name)
    if not nested:
        truth = {**truth, "comments": [{**comment, "parent": None} for comment in truth["comments"]]}
        export = {**export, "comments": [{**comment, "parent": None} for comment in export.get("comments") or []]}
    counts: dict[str, float] = scorer.score(truth, export)
    counts["parents"] = counts["found"] if nested else 0
    counts["parent_ok"] *= nested
    counts["stray"] = stray_share(text, export)
    title = letters((export.get("article") or {}).get("title"), 200)
    titles = [letters(truth.get(key), 200) for key in ("h1", "title")]
    counts["titled"] = bool(title) and any(title == other or other.startswith(title) for other in titles)
    return counts


def read_dump(text: str, name: str) -> dict[str, Any]:
    """What an export of the text gives, with the text set aside and the words of furniture under keys of their own."""
    import io

    from rumor_tui import export
    from rumor_tui.readers import as_thread, read_source
    from rumor_tui.readers.source import Hint

    thread = as_thread(read_source(text.encode(), Hint(name)))
    out = io.StringIO()
    export.write(thread, "json", out)
    exported: dict[str, Any] = json.loads(out.getvalue())
    exported["aside"] = thread.aside
    return exported


LONG_LINE = 60
"""Characters from which a line that was set aside is prose rather than furniture."""


def stray_share(text: str, export: Mapping[str, Any]) -> float:
    """The share of words that stand neither in the article nor in a comment nor in short lines that were set aside."""
    article = export.get("article") or {}
    shown = words(" ".join(filter(None, [article.get("title"), article.get("byline"), article.get("text")])))
    for comment in export.get("comments") or []:
        shown += words(" ".join(filter(None, [comment.get("author"), comment.get("text")])))
    furniture = words(" ".join(line for line in text.split("\n") if len(line.strip()) < LONG_LINE))
    everything = words(text)
    return sum((everything - shown - furniture).values()) / max(1, sum(everything.values()))


def main(arguments: Sequence[str]) -> int:
    """Print the table; 2 where the shared pages are not at hand."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dumps", description=__doc__.splitlines()[0])
    parser.add_argument("--tools", default=",".join(TOOLS), help="tools, separated by commas")
    parser.add_argument("--half", choices=("even", "odd"), help="only one half of the pages, by their names")
    parser.add_argument("--only", choices=("corpus", "wcxb"))
    parser.add_argument("-v", action="store_true", help="a row a page, too")
    chosen = parser.parse_args(arguments)
    try:
        scorer = load_scorer("score_corpus")
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    pages = [
        page for kind in (corpus_pages, wcxb_pages) if chosen.only in (None, kind.__name__[:-6]) for page in kind()
    ]
    pages = [page for page in pages if chosen.half in (None, half_of(page[0]))]
    print(f"{len(pages)} pages")
    for tool in chosen.tools.split(","):
        print(tool_row(scorer, tool, pages, verbose=chosen.v), flush=True)
    return 0


def half_of(name: str) -> str:
    """The half that a page belongs to: `even` or `odd`."""
    return "odd" if zlib.crc32(name.encode()) % 2 else "even"


def tool_row(scorer: Any, tool: str, pages: Sequence[tuple[str, bytes, Truth]], *, verbose: bool) -> str:
    """The row of one tool."""
    if not is_installed(tool):
        return f"{tool:13} is not installed"
    total: dict[str, float] = defaultdict(float)
    suffix = ".md" if tool in MARKDOWN else ".txt"
    for name, data, truth in pages:
        text = dump(tool, name, data)
        if not text.strip():
            continue
        counts = score_dump(scorer, text, truth, name + suffix)
        if verbose:
            print(f"  {tool:13} {name[:28]:28} {rates(counts)}")
        for key, value in counts.items():
            total[key] += value
        total["pages"] += 1
    total["stray"] /= max(1, total["pages"])
    total["titled"] /= max(1, total["pages"])
    return f"{tool:13} {int(total['pages']):3} pages  {rates(total)}"


def rates(counts: Mapping[str, float]) -> str:
    """The figures of a row."""

    def share(part: str, of: str) -> str:
        return f"{counts[part] / counts[of]:.3f}" if counts[of] else "    -"

    both = counts["got"] + counts["truth"]
    whole = 2 * counts["whole"] / both if both else 1.0
    return (
        f"truth {int(counts['truth']):5} got {int(counts['got']):5} found {share('found', 'truth')} "
        f"author {share('author_ok', 'author_known')} parent {share('parent_ok', 'parents')} "
        f"whole {whole:.3f} stray {counts['stray']:.3f} title {counts['titled']:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
