"""The shared scorers in one process: `python -m tests.bench.page_scores article|forum|corpus|reports [their options]`.

`bylines [-v]` is our own: of the articles of WCXB whose truth has an author or a date, those that have the same.

They start the program once a page, which is most of their time. Here their `subprocess.run` is an export in this
process, without the inferred replies, which they do not look at; all other options go to the scorer as they are, but
for `--half even|odd`, which leaves out every second page of WCXB (by the last digit of its id), and `--pages
general|hidden`, which reads HTML pages without the table of platforms, or with all class names replaced as well.
"""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from rumor_tui.model import Listing, Thread
from tests.bench.programs import ROOT

SHARED = ROOT.parent / "shared"
KINDS = {
    "article": ("score_wcxb", "wcxb", ("--type", "article", "--jobs", "1")),
    "forum": ("score_wcxb", "wcxb", ("--type", "forum", "--jobs", "1")),
    "corpus": ("score_corpus", "corpus", ()),
    "reports": ("score_reports", "reports", ()),
}
"""What is scored: the scorer, the folder of its inputs, and options."""


def load_scorer(name: str, pages: str = "") -> ModuleType:
    """A shared scorer as a module whose commands run in this process. Raises FileNotFoundError.

    `pages` is how HTML pages are read: "general" without the table of platforms, "hidden" without class names too.
    """
    path = SHARED / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(f"there is no scorer at {path}")
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.subprocess = SimpleNamespace(
        run=partial(run_here, pages=pages),
        DEVNULL=subprocess.DEVNULL,
        CompletedProcess=subprocess.CompletedProcess,
        TimeoutExpired=subprocess.TimeoutExpired,
    )
    loaded: ModuleType = module
    return loaded


def run_here(argv: Sequence[str], pages: str = "", **_: object) -> subprocess.CompletedProcess[bytes]:
    """What `rumor-tui export FILE --to FORMAT` gives, from the command's second and last words."""
    from rumor_tui import export
    from rumor_tui.model import SourceError
    from rumor_tui.readers import as_thread, read_path
    from rumor_tui.text import neutralise

    out = io.StringIO()
    try:
        is_changed = pages and argv[2].endswith(".html")
        content = _read_changed(Path(argv[2]), pages) if is_changed else read_path(argv[2])
        export.write(as_thread(content), argv[-1], out)
    except SourceError as error:
        message = f"rumor-tui: {neutralise(' '.join(str(error).split()))}\n"
        return subprocess.CompletedProcess(argv, 1, b"", message.encode())
    return subprocess.CompletedProcess(argv, 0, out.getvalue().encode(errors="replace"), b"")


def _read_changed(path: Path, pages: str) -> Thread | Listing:
    """What is read from a page without the table of platforms, and without class names if `pages` is "hidden"."""
    from rumor_tui.readers import decode
    from rumor_tui.readers.html.page_reader import read_page
    from rumor_tui.readers.source import Hint
    from tests.readers.html.discussion.made_pages import hide_classes

    text, hint = decode.decode_text(path.read_bytes()), Hint(path.name)
    return read_page(hide_classes(text) if pages == "hidden" else text, hint, ()).content(hint)


def main(arguments: Sequence[str]) -> int:
    """Run a scorer; 2 when there is nothing to score."""
    if arguments and arguments[0] == "bylines":
        from tests.bench.byline_scores import score_bylines

        return score_bylines(SHARED / "wcxb", verbose="-v" in arguments)
    if not arguments or arguments[0] not in KINDS:
        print(f"name one of {', '.join(KINDS)}, bylines", file=sys.stderr)
        return 2
    name, folder, options = KINDS[arguments[0]]
    rest = list(arguments[1:])
    half = ""
    if "--half" in rest:
        at = rest.index("--half")
        half = rest[at + 1]
        del rest[at : at + 2]
    pages = ""
    if "--pages" in rest:
        at = rest.index("--pages")
        pages = rest[at + 1]
        del rest[at : at + 2]
    given = [word for word in rest[:1] if not word.startswith("-")]
    try:
        module: Any = load_scorer(name, pages)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if half:
        rest += ["--skip", str(_write_other_half(SHARED / folder, half))]
    sys.argv = [name, *(given or [str(SHARED / folder)]), *options, *rest[len(given) :]]
    result: int = module.main()
    return result


def _write_other_half(folder: Path, half: str) -> Path:
    """A file with the ids of the pages that are not in a half, `even` or `odd`."""
    import tempfile

    ids = (page.name.split(".")[0] for page in sorted((folder / "html").glob("*.html.gz")))
    left_out = [name for name in ids if int(name[-1]) % 2 == (half == "even")]
    with tempfile.NamedTemporaryFile("w", suffix=".ids", delete=False) as file:
        file.write("\n".join(left_out))
    return Path(file.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
