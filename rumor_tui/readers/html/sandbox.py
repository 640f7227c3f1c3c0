"""Pages that a tree parser takes badly: a cheap check of the markup, and a subprocess with limits to parse them in.

Parsers follow the rules of HTML, by which unclosed formatting elements are reopened in every paragraph (60 kB of them
took lexbor 16 s, lexbor issue 340) and nesting has no limit (100,000 levels took it 10 s). A page that fails the check
is parsed in a subprocess that is killed when it takes too long or too much memory. Its result is sent back pickled;
when there is none, the page is shown as plain text, which `blocks` reads in linear time whatever the nesting.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final

from rumor_tui.model import Article
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.html.page_result import PageResult

MAX_DEPTH: Final = 512
"""Levels of nesting up to which a page is calm; browsers stop there too."""
MAX_UNCLOSED: Final = 400
"""Formatting elements that may stay open: old pages leave some."""
MAX_LENGTH: Final = 8_000_000
"""Characters of a page that is read at once."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
_FREE_NAMES = (
    "p li td tr th dt dd option tbody thead tfoot colgroup br hr img input meta link area base col embed source track"
    " wbr param html head body rp rt path circle rect g use"
)
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_FREE = frozenset(_FREE_NAMES.split())
"""Elements that need no end, or end with what is around them."""


def is_safe_to_parse(text: str) -> bool:
    """Whether a page may be parsed at once. Takes time in proportion to its length."""
    if len(text) > MAX_LENGTH:
        return False
    depth = unclosed = 0
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _FREE:
            continue
        if not tag[1]:
            opened[name] += 1
        elif opened[name]:  # an end of what is not open closes nothing
            opened[name] -= 1
        else:
            continue
        if name in _FORMATTING:
            unclosed += -1 if tag[1] else 1
        else:
            depth += -1 if tag[1] else 1
        if unclosed > MAX_UNCLOSED or depth > MAX_DEPTH:
            return False
    return True


DEADLINE: Final = 12.0
"""Seconds that a page may take."""
MAX_MEMORY: Final = 2 * 1024**3
"""Bytes of address space that reading a page may take."""

_HOME: Final = Path(__file__).parents[3]
"""The folder that this package is in, wherever the program was started."""
_PIECE: Final = 20_000


def parse_in_subprocess(text: str, hint: Hint, deadline: float = DEADLINE) -> PageResult:
    """All that a page has, or its plain text with a word on why it is no more."""
    found = _ask(text, hint, deadline)
    return _plain(text) if found is None else found


def _ask(text: str, hint: Hint, deadline: float) -> PageResult | None:
    # -P: what lies in the folder that the page was opened from is not to be imported.
    command = [sys.executable, "-P", "-c", "from rumor_tui.readers.html.sandbox import answer; answer()"]
    try:
        run = subprocess.run(
            command,
            input=pickle.dumps((text, hint)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=deadline,
            check=True,
            env={**os.environ, "PYTHONPATH": str(_HOME)},
        )
        found = pickle.loads(run.stdout)
    except Exception:  # whatever it was that ended it or garbled its answer
        return None
    return found if isinstance(found, PageResult) else None


def answer() -> None:
    """The other process: read the page that comes in, within the limits, and write what was found."""
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(DEADLINE) + 1, int(DEADLINE) + 2))
    from rumor_tui.readers.html import page_reader

    text, hint = pickle.loads(sys.stdin.buffer.read())
    found = page_reader.read_page(text, hint)
    found.article.pieces = list(found.article.pieces)
    sys.stdout.buffer.write(pickle.dumps(found))


def _plain(text: str) -> PageResult:
    said = "<p><em>This page is too large or nested too deeply: only its plain text is shown.</em></p>"
    pieces = [said, *_cut(text)]
    return PageResult(Article(title=_title(text), pieces=pieces, format="html"))


def _cut(text: str) -> list[str]:
    """The page in pieces, cut before tags; where one of them ends matters little to plain text."""
    pieces, start = [], 0
    while start < len(text):
        end = text.find("<", start + _PIECE) if start + _PIECE < len(text) else -1
        end = len(text) if end < 0 else end
        pieces.append(text[start:end])
        start = end
    return pieces


def _title(text: str) -> str:
    from rumor_tui import blocks, markdown_format

    low = text[:200_000].lower()
    start, end = low.find("<title"), low.find("</title")
    if not 0 <= start < end:
        return ""
    return markdown_format.clean_field(blocks.plain(text[start:end].partition(">")[2][:500], "html")) or ""
